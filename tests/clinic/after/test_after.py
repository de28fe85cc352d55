"""After the needle: who is asked, by one message each, what they answer, and who deals with it."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tautband.clinic.account.mail import NotTakenError, send_text
from tautband.clinic.after import asking, planning, sending
from tautband.clinic.record.models import OwnLink, Report, Session
from tautband.clinic.record.models.consent import Withdrawal
from tautband.clinic.record.services import consents, keeping
from tests.clinic.after.rounds import round_at
from tests.clinic.cast import Cast
from tests.clinic.pages_as_text import page_of
from tests.clinic.record import made

pytestmark = pytest.mark.usefixtures("address")
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def check_ins_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other messages have tests of their own."""
    monkeypatch.setattr(planning, "PLANNERS", (planning.check_ins,))


def closed(session: Session) -> datetime:
    assert session.closed_at is not None
    return session.closed_at


def asked(session: Session, due_at: datetime) -> OwnLink:
    """A check-in after two hours, planned."""
    return OwnLink(
        purpose="check-in", occasion=f"{session.pk} 2", patient=session.patient, session=session,
        hours=2, due_at=due_at,
    )  # fmt: skip


def link_of(index: int = -1) -> str:
    found = re.search(r"https://clinic\.example\.org(/p/\S+)", str(mail.outbox[index].body))
    assert found
    return found[1]


@pytest.fixture
def link(treated: Session) -> str:
    round_at(closed(treated) + 2 * HOUR)
    return link_of()


def test_near_the_lung_people_are_asked_after_2_24_and_48_hours_once_each(treated: Session) -> None:
    began = closed(treated)
    for hour in range(60):
        round_at(began + hour * HOUR)
        round_at(began + hour * HOUR)
    assert list(OwnLink.objects.order_by("hours").values_list("hours", "state")) == [
        (2, "sent"), (24, "sent"), (48, "sent"),
    ]  # fmt: skip
    assert len(mail.outbox) == 3
    assert len({link_of(index) for index in range(3)}) == 3
    for one in mail.outbox:
        assert one.to == ["ngozi@example.org"]
        assert not re.search("needl|pain|trapezius|Okafor|treat", f"{one.subject} {one.body}", re.I)


def test_what_passed_while_the_server_was_off_is_not_made_up_for(treated: Session) -> None:
    round_at(closed(treated) + 20 * HOUR)
    assert not OwnLink.objects.exists()


def withdrawn(session: Session, by: Any) -> None:
    (consent,) = consents.standing(by, session.patient)
    consents.withdraw(by, Withdrawal(consent=consent))


def test_nobody_is_asked_after_withdrawal_even_when_it_was_planned(
    cast: Cast, treated: Session
) -> None:
    now = closed(treated) + 2 * HOUR
    planning.plan_due(now)
    withdrawn(treated, made.seat(cast, "clinician"))
    round_at(now)
    round_at(now + 22 * HOUR)
    assert not mail.outbox
    assert list(OwnLink.objects.values_list("state", flat=True)) == ["stopped"]


def test_a_mail_server_that_is_away_is_asked_again(
    treated: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = closed(treated) + 2 * HOUR

    def away(*_args: Any, **_values: Any) -> None:
        raise NotTakenError("away")

    with monkeypatch.context() as patched:
        patched.setattr(sending, "send_text", away)
        round_at(now)
    assert OwnLink.objects.get().state == "waiting"
    round_at(now + HOUR)
    assert OwnLink.objects.get().state == "sent"
    assert len(mail.outbox) == 1


class Killed(BaseException):
    """The worker is gone."""


@pytest.mark.parametrize("after_sending", [False, True])
def test_a_worker_killed_while_sending_never_sends_twice_and_the_list_says_so(
    cast: Cast, treated: Session, monkeypatch: pytest.MonkeyPatch, after_sending: bool
) -> None:
    now = timezone.now()
    real: Callable[..., None] = send_text

    def killed(*args: Any, **values: Any) -> None:
        if after_sending:
            real(*args, **values)
        raise Killed

    row = keeping.add(
        made.seat(cast, "clinician"),
        asked(treated, now - HOUR),
    )
    with monkeypatch.context() as patched:
        patched.setattr(sending, "send_text", killed)
        with pytest.raises(Killed):
            sending.send(row, now)
    sending.send(row, now)  # what another worker had read before
    for row in OwnLink.objects.filter(state="waiting"):
        sending.send(row, now)
    assert len(mail.outbox) == int(after_sending)
    page = page_of(cast.browser("clinician").get(reverse("clinic_warnings", args=[cast.clinic.pk])))
    assert "Sending broke off" in page
    assert "Okafor" in page


def told(**values: Any) -> dict[str, Any]:
    return {"id": str(uuid4()), "sign": [], "confirm": "none", "words": "", **values}


def test_the_page_names_nobody_and_shows_the_number_of_the_place(link: str) -> None:
    answer = Client().get(link)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert "Okafor" not in page
    assert "Ngozi" not in page
    assert 'href="tel:911"' in page
    assert "harder to breathe" in page
    assert "<nav" not in page


def test_an_emergency_gets_advice_at_once_and_stays_on_the_list(cast: Cast, link: str) -> None:
    browser = Client()
    answer = browser.post(link, told(sign=["breathless"], confirm="all"), follow=True)
    assert answer.status_code == 200
    assert "911" in page_of(answer)
    report = Report.objects.get()
    assert report.urgency == "emergency"
    assert report.written_by.name == "Patient's own page"
    browser.post(link, {"intent": "1", "will_do": "called"})
    here = reverse("clinic_warnings", args=[cast.clinic.pk])
    clinician = cast.browser("clinician")
    page = page_of(clinician.get(here))
    assert "Okafor" in page
    assert "I called for help." in page
    close = reverse("clinic_warning_handled", args=[cast.clinic.pk, report.pk])
    assert clinician.post(close, {"version": "2", "done": " "}).status_code == 422
    assert clinician.post(close, {"version": "1", "done": "called"}).status_code == 409
    assert "Okafor" in page_of(clinician.get(here))
    assert clinician.post(close, {"version": "2", "done": "At the hospital."})["Location"] == here
    assert "Okafor" not in page_of(clinician.get(here))
    assert cast.browser("outsider").post(close, {"version": "3", "done": "x"}).status_code == 404


def test_the_same_answer_twice_is_stored_once(link: str) -> None:
    values = told(sign=["fever"], confirm="all")
    for _ in range(2):
        assert Client().post(link, values).status_code == 302
    assert Report.objects.count() == 1


def test_none_of_these_needs_nobody(cast: Cast, link: str) -> None:
    assert Client().post(link, told()).status_code == 302
    assert Report.objects.get().urgency == "self_care"
    page = page_of(cast.browser("clinician").get(reverse("clinic_warnings", args=[cast.clinic.pk])))
    assert "Nobody waits." in page


@pytest.mark.parametrize(
    "values",
    [
        {"confirm": ""},
        {"sign": ["fever"]},
        {"confirm": "all"},
        {"sign": ["no-such-sign"], "confirm": "all"},
        {"id": "x"},
        {"words": "a" * 2001},
    ],
)
def test_what_cannot_be_right_comes_back_with_what_was_typed(
    link: str, values: dict[str, Any]
) -> None:
    answer = Client().post(link, told(**{"words": "my own words", **values}))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert values.get("words", "my own words") in answer.content.decode()
    assert not Report.objects.exists()


def test_every_bad_link_looks_alike(cast: Cast, treated: Session, link: str) -> None:
    unknown = Client().get("/p/" + "a" * 43 + "/")
    assert unknown.status_code == 404
    withdrawn(treated, made.seat(cast, "clinician"))
    ended = Client().get(link)
    assert (ended.status_code, ended.content) == (404, unknown.content)
    assert Client().post(link, told()).status_code == 404


def test_a_link_ends_after_seven_days(link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from tautband.clinic.after import opening

    row = OwnLink.objects.get()
    assert row.expires_at
    assert opening.find(link.split("/")[2], row.expires_at - HOUR) == row
    assert opening.find(link.split("/")[2], row.expires_at) is None


def test_the_secret_is_not_kept_and_not_logged(link: str) -> None:
    from tautband.clinic.logs import masked

    secret = link.split("/")[2]
    row = OwnLink.objects.get()
    assert len(secret) >= 43
    assert secret not in str(row.__dict__)
    assert secret not in masked(f'"GET {link} HTTP/1.1" 200')


def test_the_workers_round_plans_and_sends(treated: Session, cast: Cast) -> None:
    keeping.add(
        made.seat(cast, "clinician"),
        asked(treated, timezone.now() - HOUR),
    )
    asking.ask_due.call()
    asking.ask_due.call()
    assert OwnLink.objects.get().state == "sent"
    assert len(mail.outbox) == 1
