"""The pages of a treatment, of the weekly measure and before a visit: when they are sent, what they
keep, and the consent that is taken back on one."""

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tautband.clinic.after import planning, sending
from tautband.clinic.after.own import page_seat
from tautband.clinic.policy import Action
from tautband.clinic.record.models import (
    Appointment,
    Consent,
    Measure,
    OwnAnswer,
    OwnLink,
    Report,
    Session,
    Withdrawal,
)
from tautband.clinic.record.services import keeping
from tests.clinic.after.rounds import round_at
from tests.clinic.cast import Cast
from tests.clinic.pages_as_text import page_of
from tests.clinic.record import made

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


pytestmark = pytest.mark.usefixtures("address")


def sent(purpose: str) -> list[OwnLink]:
    return list(OwnLink.objects.filter(purpose=purpose, state="sent").order_by("due_at"))


def opened(of: Session, purpose: str, **about: Any) -> str:
    """A link that was sent now, as the message has it."""
    link = OwnLink(
        purpose=purpose, occasion=str(uuid4()), patient=of.patient, due_at=timezone.now(),
        clinic=of.clinic, **about,
    )  # fmt: skip
    kept = keeping.add(page_seat(of.clinic), link, action=Action.OWN_PAGE)
    sending.send(kept, timezone.now())
    found = re.search(r"https://clinic\.example\.org(/p/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def booked(cast: Cast, session: Session, begins_at: datetime, **values: Any) -> Appointment:
    row = Appointment(patient=session.patient, begins_at=begins_at, **values)
    return keeping.add(made.seat(cast, "reception"), row)


class TestPlanning:
    """Each message once, at its time."""

    def test_the_page_of_a_treatment_once_after_a_session(self, treated: Session) -> None:
        began = treated.closed_at
        assert began
        round_at(began)
        assert not sent("care")
        for hour in range(1, 80, 3):
            round_at(began + hour * HOUR)
        assert len(sent("care")) == 1

    def test_the_weekly_question_once_a_week_while_a_course_goes_on(self, treated: Session) -> None:
        began = treated.closed_at
        assert began
        for hour in range(0, 80 * 24, 12):
            round_at(began + hour * HOUR)
        weeks = [one.occasion.rsplit(" ", 1)[1] for one in sent("measure")]
        assert weeks == ["1", "2", "3", "4", "5"]  # nobody came for six weeks

    def test_a_week_in_which_a_visit_measured_is_left_out(
        self, cast: Cast, treated: Session
    ) -> None:
        began = treated.closed_at
        assert began
        made.measure(made.seat(cast, "clinician"), treated.episode, taken_at=began + 5 * DAY)
        round_at(began + 7 * DAY + HOUR)
        assert not sent("measure")
        round_at(began + 14 * DAY + HOUR)
        assert len(sent("measure")) == 1

    def test_nothing_is_asked_of_an_episode_that_ended(self, cast: Cast, treated: Session) -> None:
        began = treated.closed_at
        assert began
        planning.plan_due(began + 7 * DAY)
        episode = treated.episode
        keeping.change(
            made.seat(cast, "clinician"), episode, episode.version,
            {"ended_on": timezone.localdate(), "ended_because": "well"}, why="well",
        )  # fmt: skip
        round_at(began + 7 * DAY)
        round_at(began + 14 * DAY)
        assert not sent("measure")

    def test_before_a_visit_once_and_only_of_who_was_here_before(
        self, cast: Cast, treated: Session
    ) -> None:
        began = treated.closed_at
        assert began
        visit = booked(cast, treated, began + 6 * DAY)
        stranger = made.patient(made.seat(cast, "clinician"), family_name="Rossi")
        keeping.add(
            made.seat(cast, "reception"), Appointment(patient=stranger, begins_at=began + 6 * DAY)
        )
        for hour in range(0, 7 * 24, 5):
            round_at(began + hour * HOUR)
        (link,) = sent("before")
        assert link.appointment == visit
        assert link.due_at == visit.begins_at - DAY

    @pytest.mark.parametrize(
        "values", [{"state": "cancelled"}, {"begins_at": None}], ids=["cancelled", "moved"]
    )
    def test_a_visit_that_is_off_is_not_asked_about(
        self, cast: Cast, treated: Session, values: dict[str, Any]
    ) -> None:
        began = treated.closed_at
        assert began
        visit = booked(cast, treated, began + 6 * DAY)
        planning.plan_due(began + 5 * DAY)
        if "begins_at" in values:
            values = {"begins_at": began + 9 * DAY}
        keeping.change(made.seat(cast, "reception"), visit, visit.version, values)
        for hour in range(7 * 24):
            round_at(began + hour * HOUR)
        assert not sent("before")

    def test_a_moved_visit_is_asked_about_at_its_new_time(
        self, cast: Cast, treated: Session
    ) -> None:
        began = treated.closed_at
        assert began
        visit = booked(cast, treated, began + 6 * DAY)
        planning.plan_due(began + 5 * DAY)
        moved = {"begins_at": began + 9 * DAY}
        keeping.change(made.seat(cast, "reception"), visit, visit.version, moved)
        for hour in range(10 * 24):
            round_at(began + hour * HOUR)
        assert [one.due_at for one in sent("before")] == [began + 8 * DAY]


class TestMeasure:
    """One number, kept as the patient's own score."""

    def test_the_score_is_kept_once_and_said_to_be_the_patients(self, treated: Session) -> None:
        link = opened(treated, "measure", episode=treated.episode)
        told = {"id": str(uuid4()), "average": "3", "words": "better"}
        for _ in range(2):
            assert Client().post(link, told).status_code == 302
        Client().post(link, {**told, "id": str(uuid4()), "average": "9"})
        (score,) = Measure.objects.all()
        assert (score.value, score.told_by, score.items) == (3.0, "patient", [None, 3, None])
        assert OwnAnswer.objects.get().told == "better"
        assert "saved" in page_of(Client().get(link))

    def test_words_beside_the_number_stand_where_the_visit_opens(
        self, cast: Cast, treated: Session
    ) -> None:
        link = opened(treated, "measure", episode=treated.episode)
        Client().post(link, {"id": str(uuid4()), "average": "3", "words": "my hand is numb"})
        at = [cast.clinic.pk, treated.patient_id, treated.episode_id]
        page = page_of(cast.browser("clinician").get(reverse("visit_open", args=at)))
        assert "my hand is numb" in page

    def test_it_asks_what_the_clinic_asked_last(self, cast: Cast, treated: Session) -> None:
        made.measure(
            made.seat(cast, "clinician"),
            treated.episode,
            items=[None, None, 7],
            about="worst, 24 h",
        )
        link = opened(treated, "measure", episode=treated.episode)
        text = page_of(Client().get(link))
        assert "at its worst" in text
        assert "on average" not in text
        Client().post(link, {"id": str(uuid4()), "worst": "5"})
        last = Measure.objects.order_by("-taken_at").first()
        assert last
        assert (last.value, last.about) == (5.0, "worst, 24 h")

    @pytest.mark.parametrize("told", [{}, {"average": "11"}, {"average": "x"}])
    def test_what_cannot_be_is_refused_and_what_was_typed_stays(
        self, treated: Session, told: dict[str, str]
    ) -> None:
        link = opened(treated, "measure", episode=treated.episode)
        answer = Client().post(link, {"id": str(uuid4()), "words": "still here", **told})
        assert answer.status_code == 422
        assert "still here" in page_of(answer)
        assert not Measure.objects.exists()


BEFORE = {"sore": "day", "strength": "4", "exercised": "some", "confirm": "none", "words": ""}


class TestBefore:
    """What changed, as the patient puts it."""

    def post(self, link: str, **values: Any) -> Any:
        return Client().post(link, {**BEFORE, "id": str(uuid4()), **values})

    def test_answers_are_kept_and_shown_where_the_visit_opens(
        self, cast: Cast, treated: Session
    ) -> None:
        link = opened(treated, "before", session=treated)
        assert (
            self.post(link, changed=["medicines"], confirm="all", words="slept").status_code == 302
        )
        kept = OwnAnswer.objects.get()
        assert kept.answers == {
            "sore": "day", "strength": 4, "exercised": "some", "changed": ["medicines"],
        }  # fmt: skip
        assert not Report.objects.exists()
        page = page_of(
            cast.browser("clinician").get(
                reverse(
                    "visit_open",
                    args=[cast.clinic.pk, treated.patient_id, treated.episode_id],
                )
            )
        )
        for words in ("For a day", "4/10", "On some days", "Other medicines have changed", "slept"):
            assert words in page

    def test_what_is_grave_stands_on_the_list_before_the_visit(self, treated: Session) -> None:
        link = opened(treated, "before", session=treated)
        self.post(link, changed=["red_flags", "pregnant"], confirm="all")
        assert Report.objects.get().urgency == "ask"
        assert "Get help" in page_of(Client().get(link))

    def test_words_of_an_emergency_are_heard(self, treated: Session) -> None:
        link = opened(treated, "before", session=treated)
        self.post(link, words="I cannot breathe and have chest pain")
        assert Report.objects.get().urgency == "emergency"
        page = page_of(Client().get(link))
        assert "Get help" in page
        assert "Call 911" in page

    @pytest.mark.parametrize(
        "values",
        [
            {"confirm": ""},
            {"confirm": "all"},
            {"changed": ["pregnant"]},
            {"strength": "12"},
            {"sore": "maybe"},
            {"words": "x" * 2001},
        ],
    )
    def test_what_cannot_be_is_refused(self, treated: Session, values: dict[str, Any]) -> None:
        link = opened(treated, "before", session=treated)
        assert self.post(link, **values).status_code == 422
        assert not OwnAnswer.objects.exists()


class TestCare:
    """What was done, who did it, and the way out."""

    def test_it_says_what_was_done_what_to_expect_and_by_whom(
        self, cast: Cast, treated: Session
    ) -> None:
        page = page_of(Client().get(opened(treated, "care", session=treated)))
        for words in (
            "thin needles", "Trapezius", "not acupuncture", "Call 911", "What to expect",
            treated.needler.name, "has not told us a licence",
        ):  # fmt: skip
            assert words in page
        assert "Okafor" not in page

    def test_consent_is_taken_back_by_the_patient_and_nothing_is_sent_after(
        self, cast: Cast, treated: Session
    ) -> None:
        link = opened(treated, "care", session=treated)
        asked = Client().get(f"{link}withdraw/")
        assert asked.status_code == 200
        assert not Withdrawal.objects.exists()
        done = Client().post(f"{link}withdraw/")
        assert "taken back" in page_of(done)
        assert Withdrawal.objects.get().consent == Consent.objects.get()
        mail.outbox.clear()
        assert treated.closed_at
        for hour in range(0, 15 * 24, 6):
            round_at(treated.closed_at + hour * HOUR)
        assert not mail.outbox
        assert Client().get(link).status_code == 404
        page = page_of(
            cast.browser("clinician").get(
                reverse("patient", args=[cast.clinic.pk, treated.patient_id])
            )
        )
        assert "consent" in page.lower()

    def test_no_other_part_of_a_page_is_there(self, treated: Session) -> None:
        link = opened(treated, "care", session=treated)
        assert Client().get(f"{link}other/").status_code == 404
        link = opened(treated, "measure", episode=treated.episode)
        assert Client().get(f"{link}withdraw/").status_code == 404
        assert Client().post(f"{link}withdraw/").status_code == 404
        assert not Withdrawal.objects.exists()
