"""Visits of another scheduler: matched for certain or not at all, booked once."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tautband.base.errors import InputError
from tautband.clinic.day.lists import read_visits
from tautband.clinic.record.models import Appointment
from tests.clinic.cast import Cast
from tests.clinic.pages_as_text import page_of
from tests.clinic.record import made

ZONE = ZoneInfo("America/Phoenix")
TODAY = date(2026, 11, 26)
NOW = timezone.localdate()
CSV = f"""date;time;patient;number;minutes;with
{NOW};9:30;Okafor, Ngozi;;40;Clinician
{NOW};10:00;Nobody Known;;;
{NOW};late;Okafor, Ngozi;;;
{NOW};11:00;;N-77;;
""".encode()
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


def calendar(*events: str) -> bytes:
    """A calendar of events, each given as its lines."""
    inside = "".join(f"BEGIN:VEVENT\n{one}\nEND:VEVENT\n" for one in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//made up//EN\n{inside}END:VCALENDAR\n".encode()


def take(cast: Cast, data: bytes) -> str:
    """Look at it and take it over; answers the page that was looked at."""
    status, page = post(cast, data)
    assert status == 200, page
    sha256 = page.split('name="confirm"')[1].split('value="')[1].split('"')[0]
    assert post(cast, data, confirm=sha256)[0] == 302
    return page


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
    # Whose visit it is stands sealed: no name is part of what the visit is known by.
    assert not {"okafor", "ngozi", "n-77"} & set(first.outside_id.lower().replace(",", "").split())
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


def test_two_of_one_name_are_told_apart_by_the_birth_date(cast: Cast) -> None:
    by = made.seat(cast, "clinician")
    born = date(1990, 2, 28)
    other = made.patient(by, given_name="Ngozi", family_name="Okafor", birth_date=born)
    told = f"{NOW},9:30,Ngozi Okafor,"
    assert "fits 2" in post(cast, f"day,time,patient,born\n{told}\n".encode())[1]
    take(cast, f"day,time,patient,born\n{told}1990-02-28\n".encode())
    assert Appointment.objects.get().patient == other


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("{day},9:30,Ngozi Okafor,abc,", "minutes: are"),
        ("{day},9:30,Ngozi Okafor,999,", "5 to 480"),
        ("9999-12-31,9:30,Ngozi Okafor,,", "day: is 9999-12-31"),
        ("someday,9:30,Ngozi Okafor,,", "day: "),
        ("{day},9:30,Ngozi Okafor,,soon", "born: "),
    ],
)
def test_a_row_that_cannot_be_booked_is_said_before_anything_is(
    cast: Cast, row: str, said: str
) -> None:
    data = f"day,time,patient,minutes,born\n{row.format(day=NOW)}\n".encode()
    status, page = post(cast, data)
    assert (status, said in page, 'name="confirm"' in page) == (200, True, False), page


def test_a_visit_that_a_list_tells_twice_is_booked_once(cast: Cast) -> None:
    line = f"{NOW},9:30,Ngozi Okafor\n"
    assert "tells a visit again" in take(cast, f"day,time,patient\n{line}{line}".encode())
    assert Appointment.objects.count() == 1


def test_what_the_calendar_moves_or_cancels_follows_until_somebody_has_come(cast: Cast) -> None:
    day = NOW + timedelta(days=2)

    def event(hour: int, *more: str) -> bytes:
        told = (f"UID:one\nDTSTART:{day:%Y%m%d}T{hour:02}0000", "SUMMARY:Ngozi Okafor", *more)
        return calendar("\n".join(told))

    def row() -> tuple[str, str, int]:
        one = Appointment.objects.get()
        local: datetime = one.begins_at.astimezone(ZoneInfo(cast.clinic.time_zone))
        return local.strftime("%H"), one.state, one.version

    assert 'name="confirm"' not in post(cast, event(8, "STATUS:CANCELLED"))[1]
    take(cast, event(9))
    assert "1 was moved in your calendar" in take(cast, event(11, "DURATION:PT45M"))
    assert row() == ("11", "booked", 2)
    assert "1 was cancelled" in take(cast, event(11, "DURATION:PT45M", "STATUS:CANCELLED"))
    assert row() == ("11", "cancelled", 3)
    assert "1 was taken over before" in post(cast, event(15))[1]


@pytest.mark.parametrize(
    "lines",
    [
        "DTSTART:soon",
        "DTSTART:20261126T090000\nDTSTART:20261126T100000",
        "DTSTART:20261126T090000\nDTEND:20261126T100000\nDTEND:20261126T110000",
        "DTSTART:20261126T090000\nDTEND:20261126T230000",
        "DURATION:PT30M",
    ],
)
def test_an_event_that_cannot_be_read_is_one_line_of_the_preview(lines: str) -> None:
    (one,) = read_visits(calendar(f"UID:a\n{lines}\nSUMMARY:Ngozi Okafor"), ZONE, TODAY)
    assert one.problem


def test_a_calendar_may_reach_to_the_ends_of_time() -> None:
    ends = (f"UID:{at}\nDTSTART:{at}\nSUMMARY:x" for at in ("00010101T000000Z", "99991231T235959Z"))
    assert read_visits(calendar(*ends), ZONE, TODAY) == []
