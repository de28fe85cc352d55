"""The list of a day: who sees what of it, booking by hand, one tap for each state."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tautband.clinic.record.models import Appointment, Episode, Patient, Session
from tautband.clinic.record.services import keeping, sessions
from tests.clinic.cast import Cast
from tests.clinic.pages_as_text import page_of
from tests.clinic.record import made


def noon(cast: Cast, days: int = 0) -> datetime:
    """Twelve o'clock at the clinic today."""
    zone = ZoneInfo(cast.clinic.time_zone)
    today = timezone.localdate(timezone=zone) + timedelta(days=days)
    return datetime(today.year, today.month, today.day, 12, tzinfo=zone)


@pytest.fixture
def care(cast: Cast) -> Episode:
    by = made.seat(cast, "clinician")
    return made.episode(by, made.patient(by), title="Front of the shoulder")


def booked(cast: Cast, care: Episode, **values: Any) -> Appointment:
    by = made.seat(cast, "clinician")
    told = {"begins_at": noon(cast), "clinician": by.user, "patient": care.patient}
    return keeping.add(by, Appointment(**{**told, **values}))


def address(cast: Cast, *more: Any) -> str:
    return reverse("clinic_today_change" if more else "clinic_today", args=[cast.clinic.pk, *more])


def test_reception_sees_who_comes_and_nothing_clinical(cast: Cast, care: Episode) -> None:
    booked(cast, care)
    client = cast.browser("reception")
    page = page_of(client.get(address(cast)))
    assert "Okafor" in page
    assert "12:00" in page
    assert "Front of the shoulder" not in page
    assert reverse("visit_open", args=[cast.clinic.pk, care.patient_id, care.pk]) not in page
    page = page_of(cast.browser("clinician").get(address(cast)))
    assert "Front of the shoulder" in page
    assert reverse("visit_open", args=[cast.clinic.pk, care.patient_id, care.pk]) in page


def test_how_far_a_visit_is_follows_from_the_record(cast: Cast, care: Episode) -> None:
    booked(cast, care)
    client, by = cast.browser("clinician"), made.seat(cast, "clinician")

    def state() -> str:
        page = client.get(address(cast)).context["day"]
        (line,) = page.lines
        return str(line.state)

    assert state() == "booked"
    session = made.session(by, care, began_at=timezone.now())
    assert state() == "treating"
    sessions.finish(by, session.pk, Session.objects.get(pk=session.pk).version)
    assert state() == "note-open"
    note = made.note(by, care, session=session)
    from tautband.clinic.record.services import notes

    notes.sign(by, note.pk, 1, uuid4())
    assert state() == "done"


def test_one_tap_changes_a_state_and_the_second_of_two_is_told(cast: Cast, care: Episode) -> None:
    row, client = booked(cast, care), cast.browser("reception")
    change = address(cast, row.pk)
    assert client.post(change, {"state": "arrived", "version": "1"}).status_code == 302
    assert Appointment.objects.get().state == "arrived"
    late = client.post(change, {"state": "cancelled", "version": "1"})
    assert late.status_code == 409
    assert Appointment.objects.get().state == "arrived"
    moved = client.post(change, {"time": "15:30", "version": "2"})
    assert moved.status_code == 302
    local = Appointment.objects.get().begins_at.astimezone(ZoneInfo(cast.clinic.time_zone))
    assert local.strftime("%H:%M") == "15:30"
    assert client.post(change, {"state": "eaten", "version": "3"}).status_code == 422


def book(client: Client, cast: Cast, **told: str) -> tuple[int, str]:
    values = {"id": str(uuid4()), "who": "okafor", "time": "09:30", "minutes": "40", **told}
    answer = client.post(address(cast), values)
    return answer.status_code, page_of(answer)


def test_booking_by_name_asks_where_two_fit(cast: Cast, care: Episode) -> None:
    client = cast.browser("reception")
    assert book(client, cast)[0] == 302
    row = Appointment.objects.get()
    assert (row.patient, row.minutes, row.state) == (care.patient, 40, "booked")
    made.patient(made.seat(cast, "clinician"), given_name="Ada", family_name="Okafor")
    status, page = book(client, cast)
    assert status == 422
    assert "fits 2 patients" in page
    assert 'type="radio"' in page
    assert 'value="09:30"' in page  # what was typed stays
    other = Patient.objects.exclude(pk=care.patient_id).get()
    assert book(client, cast, patient=str(other.pk))[0] == 302
    assert Appointment.objects.count() == 2


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"who": ""}, "patient: is empty"),
        ({"who": "nobody at all"}, "fits 0 patients"),
        ({"time": "half past"}, "time: is &#x27;half past&#x27;"),
        ({"minutes": "long"}, "minutes"),
        ({"minutes": "9999"}, "minutes"),
        ({"clinician": str(uuid4())}, "clinician"),
    ],
)
def test_what_cannot_be_booked_is_said(
    cast: Cast, care: Episode, told: dict[str, str], said: str
) -> None:
    status, page = book(cast.browser("reception"), cast, **told)
    assert (status, said in page) == (422, True), page
    assert not Appointment.objects.exists()


def test_a_student_reads_the_day_and_books_nobody(cast: Cast, care: Episode) -> None:
    client = cast.browser("student")
    assert client.get(address(cast)).status_code == 200
    assert book(client, cast)[0] == 404
    row = booked(cast, care)
    assert client.post(address(cast, row.pk), {"state": "arrived"}).status_code == 404


def test_another_day_is_another_list(cast: Cast, care: Episode) -> None:
    booked(cast, care, begins_at=noon(cast, 1))
    client = cast.browser("clinician")
    assert client.get(address(cast)).context["day"].lines == ()
    tomorrow = noon(cast, 1).date().isoformat()
    assert len(client.get(address(cast) + f"?day={tomorrow}").context["day"].lines) == 1
    assert client.get(address(cast) + "?day=never").status_code == 404
