"""Visits of a file of another system: a CSV list or an iCal calendar; who they are with is text."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar

from tautband.base.errors import InputError
from tautband.clinic.record.lists.dates import read_date, settle_order
from tautband.clinic.record.lists.table import MOST_BYTES, MOST_ROWS, Table, read_table

COLUMNS = {
    "day": ("day", "date"),
    "time": ("time", "start", "begins", "from"),
    "patient": ("patient", "name", "client"),
    "number": ("number", "patient number", "id"),
    "minutes": ("minutes", "length", "duration"),
    "with": ("with", "clinician", "therapist"),
}
USUAL_MINUTES = 30
_LAST = datetime.max.replace(tzinfo=UTC)
FAR = timedelta(days=366)  # a calendar holds years; what is further away is no appointment


@dataclass(frozen=True, slots=True)
class Listed:
    """One visit as the file tells it; ``problem`` says why it cannot be one."""

    line: int
    outside_id: str
    begins_at: datetime | None
    minutes: int
    patient: str
    number: str = ""
    clinician: str = ""
    problem: str = ""


def read_visits(data: bytes, zone: ZoneInfo, today: date) -> list[Listed]:
    """The visits of a file, whichever of the two it is; raises InputError for one that is neither.

    Times without a zone are those of the clinic.  Of a calendar, what is past or more than a year
    away is left out.
    """
    if data.lstrip()[:15].upper().startswith(b"BEGIN:VCALENDAR"):
        return _calendar(data, zone, today)
    return list(_rows(read_table(data), zone))


def _rows(table: Table, zone: ZoneInfo) -> Iterator[Listed]:
    places = _places(table.header)
    order = settle_order([row[places["day"]] for row in table.rows if len(row) > places["day"]])
    for line, row in zip(table.lines, table.rows, strict=True):
        told = {name: row[at].strip() for name, at in places.items() if at < len(row)}
        begins, problem = None, ""
        try:
            on = read_date(told.get("day", ""), order)
            begins = datetime.combine(on, _time(told.get("time", "")), zone)
        except InputError as error:
            problem = str(error)
        who, number = told.get("patient", ""), told.get("number", "")
        if not problem and not (who or number):
            problem = "patient: is empty. Expected a name or a number."
        outside = f"{begins.isoformat()} {number or who}"[:200] if begins else ""
        yield Listed(line, outside, begins, _minutes(told.get("minutes", "")), who, number,
                     told.get("with", ""), problem)  # fmt: skip


def _places(header: tuple[str, ...]) -> dict[str, int]:
    known = {word: name for name, words in COLUMNS.items() for word in words}
    found: dict[str, int] = {}
    for place, shown in enumerate(header):
        name = known.get(" ".join(shown.lower().replace("_", " ").split()))
        if name is not None:
            found.setdefault(name, place)
    for needed in ("day", "time"):
        if needed not in found:
            right = " or ".join(f"'{word}'" for word in COLUMNS[needed])
            raise InputError("columns", f"have no {needed}", right)
    return found


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text if ":" not in text[:2] else f"0{text}")
    except ValueError:
        right = "hours and minutes, such as 09:30"
        raise InputError("time", f"is '{text[:20]}'", right) from None


def _minutes(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else USUAL_MINUTES


def _calendar(data: bytes, zone: ZoneInfo, today: date) -> list[Listed]:
    if len(data) > MOST_BYTES:
        raise InputError("file", f"has {len(data):,} bytes", f"at most {MOST_BYTES:,}")
    try:
        read = icalendar.Calendar.from_ical(data)
    except (ValueError, IndexError, KeyError) as error:
        raise InputError("file", "is no calendar that can be read", "iCal, RFC 5545") from error
    found = [_event(line, one, zone) for line, one in enumerate(read.walk("VEVENT"), start=1)]
    if len(found) > MOST_ROWS:
        raise InputError("file", f"has {len(found):,} events", f"at most {MOST_ROWS:,}")
    latest = today + FAR
    near = [
        one for one in found
        if one.begins_at is None or today <= one.begins_at.astimezone(zone).date() <= latest
    ]  # fmt: skip
    return sorted(near, key=lambda one: (one.begins_at or _LAST, one.line))


def _event(line: int, event: Any, zone: ZoneInfo) -> Listed:
    start = event.get("DTSTART")
    begins = start.dt if start is not None else None
    who = str(event.get("SUMMARY", "")).strip()
    problem = ""
    if not isinstance(begins, datetime):
        begins, problem = None, "event: has no time of day. Expected a beginning with hours."
    elif event.get("RRULE") is not None:
        problem = "event: repeats. Expected each visit as an event of its own."
    elif not who:
        problem = "event: has no title. Expected the patient's name or number."
    if begins is not None and begins.tzinfo is None:
        begins = begins.replace(tzinfo=zone)
    uid = str(event.get("UID", ""))[:150]
    moment = f" {event['RECURRENCE-ID'].dt.isoformat()}" if "RECURRENCE-ID" in event else ""
    return Listed(line, (uid + moment)[:200], begins, _length(event, begins), who, problem=problem)


def _length(event: Any, begins: datetime | None) -> int:
    end = event.get("DTEND")
    if begins is None or end is None or not isinstance(end.dt, datetime):
        return USUAL_MINUTES
    closes = end.dt if end.dt.tzinfo else end.dt.replace(tzinfo=begins.tzinfo)
    return max(1, round((closes - begins).total_seconds() / 60))
