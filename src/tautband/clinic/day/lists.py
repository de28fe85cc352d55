"""Visits of a file of another system: a CSV list or an iCal calendar; who they are with is text."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar

from tautband.base.errors import InputError
from tautband.clinic.record.lists.dates import Order, read_date, settle_order
from tautband.clinic.record.lists.table import MOST_BYTES, MOST_ROWS, Table, read_table
from tautband.clinic.record.models.appointment import LONGEST, SHORTEST

COLUMNS = {
    "day": ("day", "date"),
    "time": ("time", "start", "begins", "from"),
    "patient": ("patient", "name", "client"),
    "born": ("born", "birth date", "date of birth", "dob"),
    "number": ("number", "patient number", "id"),
    "minutes": ("minutes", "length", "duration"),
    "with": ("with", "clinician", "therapist"),
}
USUAL_MINUTES = 30
_LAST = datetime.max.replace(tzinfo=UTC)
FAR = timedelta(days=366)  # what is further away is a slip, or an old entry of a calendar


@dataclass(frozen=True, slots=True)
class Listed:
    """One visit as the file tells it; ``problem`` says why it cannot be one.

    ``outside_id`` is what a calendar calls it; a list has no names for its visits.
    """

    line: int
    outside_id: str
    begins_at: datetime | None
    minutes: int
    patient: str
    number: str = ""
    clinician: str = ""
    problem: str = ""
    born: date | None = None
    is_cancelled: bool = False


def read_visits(data: bytes, zone: ZoneInfo, today: date) -> list[Listed]:
    """The visits of a file, whichever of the two it is; raises InputError for one that is neither.

    Times without a zone are those of the clinic.  Of a calendar, what is past or more than a year
    away is left out.
    """
    if data.lstrip()[:15].upper().startswith(b"BEGIN:VCALENDAR"):
        return _calendar(data, zone, today)
    return list(_rows(read_table(data), zone, today))


def _rows(table: Table, zone: ZoneInfo, today: date) -> Iterator[Listed]:
    places = _places(table.header)
    told = [
        {name: row[at].strip() for name, at in places.items() if at < len(row)}
        for row in table.rows
    ]
    orders = {name: settle_order(one.get(name, "") for one in told) for name in ("day", "born")}
    for line, one in zip(table.lines, told, strict=True):
        yield _row(line, one, orders, zone, today)


def _row(
    line: int, told: dict[str, str], orders: dict[str, Order | None], zone: ZoneInfo, today: date
) -> Listed:
    who, number = told.get("patient", ""), told.get("number", "")
    begins, minutes, born, problem = None, USUAL_MINUTES, None, ""
    try:
        on = _date("day", told.get("day", ""), orders["day"])
        if abs(on - today) > FAR:
            raise InputError("day", f"is {on.isoformat()}", "a day within a year of today")
        begins = datetime.combine(on, _time(told.get("time", "")), zone)
        minutes = _minutes(told.get("minutes", ""))
        if told.get("born"):
            born = _date("born", told["born"], orders["born"])
        if not (who or number):
            raise InputError("patient", "is empty", "a name or a number")
    except InputError as error:
        problem = str(error)
    return Listed(line, "", begins, minutes, who, number, told.get("with", ""), problem, born)


def _date(field: str, text: str, order: Order | None) -> date:
    try:
        return read_date(text, order)
    except InputError as error:  # which speaks of a birth date
        raise InputError(field, error.problem, error.expected) from error


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
    if not text:
        return USUAL_MINUTES
    if not (text.isascii() and text.isdigit() and SHORTEST <= int(text[:6]) <= LONGEST):
        raise InputError("minutes", f"are '{text[:20]}'", f"{SHORTEST} to {LONGEST}")
    return int(text)


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
    near = [one for one in found if one.begins_at is None or _is_near(one.begins_at, zone, today)]
    return sorted(near, key=lambda one: (one.begins_at or _LAST, one.line))


def _is_near(begins: datetime, zone: ZoneInfo, today: date) -> bool:
    if abs(begins.year - today.year) > 2:  # the ends of the calendar have no other zone
        return False
    return today <= begins.astimezone(zone).date() <= today + FAR


def _event(line: int, event: Any, zone: ZoneInfo) -> Listed:
    who = _first(event, "SUMMARY").strip()
    begins, minutes, problem = None, USUAL_MINUTES, ""
    try:
        begins, ends, has_time = _when(event, zone)
        if not has_time:
            raise InputError("event", "has no time of day", "a beginning with hours")
        if event.get("RRULE") is not None:
            raise InputError("event", "repeats", "each visit as an event of its own")
        if not who:
            raise InputError("event", "has no title", "the patient's name or number")
        if ends != begins:
            minutes = _minutes(str(round((ends - begins).total_seconds() / 60)))
    except InputError as error:
        problem = str(error)
    outside = " ".join(filter(None, (_first(event, "UID")[:150], _first(event, "RECURRENCE-ID"))))
    is_cancelled = _first(event, "STATUS").upper() == "CANCELLED"
    return Listed(line, outside[:200], begins, minutes, who, problem=problem,
                  is_cancelled=is_cancelled)  # fmt: skip


def _when(event: Any, zone: ZoneInfo) -> tuple[datetime, datetime, bool]:
    """Beginning and end, and whether it has a time of day."""
    try:
        starts, ends = event.start, event.end
    except (ValueError, OverflowError) as error:  # what is missing, broken or told twice
        right = "one beginning, and one end or length"
        raise InputError("event", "has times that cannot be read", right) from error
    return _moment(starts, zone), _moment(ends, zone), isinstance(starts, datetime)


def _moment(told: date, zone: ZoneInfo) -> datetime:
    if not isinstance(told, datetime):
        return datetime.combine(told, time.min, zone)
    return told if told.tzinfo else told.replace(tzinfo=zone)


def _first(event: Any, name: str) -> str:
    """A property as text, the first where it stands twice; empty without one."""
    found = event.get(name, "")
    one = found[0] if isinstance(found, list) else found
    return str(one) if isinstance(one, str) else one.to_ical().decode(errors="replace")
