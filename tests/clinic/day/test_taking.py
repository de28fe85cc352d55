"""Visits of another scheduler: matched for certain or not at all, booked once."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tautband.base.errors import InputError
from tautband.clinic.day.lists import read_visits
from tautband.clinic.record.models import Appointment
from tests.clinic.cast import Cast
from tests.clinic.pages_as_text import page_of
from tests.clinic.record import made

ZONE = ZoneInfo("America/Phoenix")
TODAY = date(2026, 11, 26)
CSV = b"""date;time;patient;number;minutes;with
2026-11-26;9:30;Okafor, Ngozi;;40;Clinician
2026-11-26;10:00;Nobody Known;;;
2026-11-26;late;Okafor, Ngozi;;;
2026-11-26;11:00;;N-77;;
"""
ICAL = b"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//made up//EN
BEGIN:VEVENT
UID:one@example.org
DTSTART:20261126T160000Z
DTEND:20261126T164500Z
SUMMARY:Ngozi Okafor
END:VEVENT
BEGIN:VEVENT
UID:two@example.org
DTSTART:20261126T090000
SUMMARY:N-77
END:VEVENT
BEGIN:VEVENT
UID:old@example.org
DTSTART:20200101T090000
SUMMARY:Ngozi Okafor
END:VEVENT
BEGIN:VEVENT
UID:whole@example.org
DTSTART;VALUE=DATE:20261127
SUMMARY:Holiday
END:VEVENT
BEGIN:VEVENT
UID:weekly@example.org
DTSTART:20261127T090000
RRULE:FREQ=WEEKLY
SUMMARY:Ngozi Okafor
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture(autouse=True)
def patients(cast: Cast) -> None:
    by = made.seat(cast, "clinician")
    made.patient(by, given_name="Ngozi", family_name="Okafor")
    made.patient(by, given_name="Ada", family_name="Brandt", clinic_number="N-77")
    made.patient(made.seat(cast, "outsider"), given_name="Nobody", family_name="Known")


def post(cast: Cast, data: bytes, **more: str) -> tuple[int, str]:
    address = reverse("clinic_today_take", args=[cast.clinic.pk])
    given = {"list": SimpleUploadedFile("list.csv", data), **more}
    answer = cast.browser("reception").post(address, given)
    return answer.status_code, page_of(answer)


def test_a_csv_list_is_matched_for_certain_or_not_at_all(cast: Cast) -> None:
    status, page = post(cast, CSV)
    assert status == 200
    assert "2 visits to book" in page
    assert "2 to be booked by hand" in page
    assert "fits 0" in page  # a patient of another clinic is nobody here
    assert "late" in page
    assert not Appointment.objects.exists()


def test_what_was_looked_at_is_booked_once(cast: Cast) -> None:
    page = post(cast, CSV)[1]
    sha256 = page.split('name="confirm"')[1].split('value="')[1].split('"')[0]
    for _ in range(2):
        assert post(cast, CSV, confirm=sha256)[0] == 302
    first, second = Appointment.objects.order_by("begins_at")
    assert (first.minutes, first.clinician, first.source) == (40, cast["clinician"], "csv")
    assert (second.minutes, second.clinician) == (30, None)
    assert "2 were taken over before" in post(cast, CSV)[1]
    status, page = post(cast, CSV + b"\n", confirm=sha256)
    assert (status, "not the one that was looked at" in page) == (400, True)


def test_a_calendar_is_read_in_its_zones_and_without_what_is_no_visit() -> None:
    found = {one.outside_id: one for one in read_visits(ICAL, ZONE, TODAY)}
    assert "old@example.org" not in found
    one = found["one@example.org"]
    assert one.begins_at is not None
    assert one.begins_at.astimezone(ZONE).strftime("%H:%M") == "09:00"
    assert one.minutes == 45
    two = found["two@example.org"]
    assert two.begins_at is not None
    assert two.begins_at.tzinfo == ZONE
    assert "no time of day" in found["whole@example.org"].problem
    assert "repeats" in found["weekly@example.org"].problem


@pytest.mark.parametrize(
    "data",
    [b"", b"name;time\nAda;09:00\n", b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n", b"\0\0\0"],
)
def test_what_is_neither_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(InputError):
        read_visits(data, ZONE, TODAY)
