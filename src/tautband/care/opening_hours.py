"""When a clinic is open, as its owner writes it: ``Mon-Fri 08:00-18:00; Sat 09:00-12:00``.

Times are local to the clinic and naive here; whoever asks converts them.  Nothing declared is not
the same as closed: then it is not known whether anybody is there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import pairwise

from tautband.base.errors import InputError

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_FIELD = "opening_hours"
_RIGHT = "such as Mon-Fri 08:00-12:00, 13:00-18:00; Sat 09:00-12:00"
_DAYS = re.compile(rf"(?P<first>{'|'.join(DAYS)})(-(?P<last>{'|'.join(DAYS)}))?\s+", re.I)
_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*[-–]\s*(\d{1,2}):(\d{2})")
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Span:
    """Open on one day of the week (0 is Monday) from a time to a later one."""

    day: int
    begins: time
    ends: time


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """The spans of one week, in order; none at all means not declared."""

    spans: tuple[Span, ...] = ()

    @property
    def is_declared(self) -> bool:
        """True once the clinic said when it is open."""
        return bool(self.spans)

    def open_until(self, local: datetime) -> datetime | None:
        """When the span that holds `local` ends; None when it is not known to be open."""
        for span in self.spans:
            if span.day == local.weekday() and span.begins <= local.time() < span.ends:
                return datetime.combine(local.date(), span.ends)
        return None

    def next_opening(self, local: datetime) -> datetime | None:
        """The first moment after `local` at which a span begins; None when none is declared."""
        for ahead in range(_WEEK + 1):
            date = local.date() + timedelta(days=ahead)
            for span in self.spans:
                begins = datetime.combine(date, span.begins)
                if span.day == date.weekday() and begins > local:
                    return begins
        return None


def read_hours(text: str) -> OpeningHours:
    """The hours as they were written; empty text is not declared.

    Parts stand between semicolons; a part is a day or a range of days and one or more spans between
    commas.  Raises InputError for `opening_hours` that names the part which cannot be read.
    """
    found: list[Span] = []
    for part in (one.strip() for one in text.split(";")):
        if part:
            found += _read_part(part)
    found.sort(key=lambda span: (span.day, span.begins))
    for one, other in pairwise(found):
        if one.day == other.day and other.begins < one.ends:
            both = f"{DAYS[one.day]} is open twice at {other.begins:%H:%M}"
            raise InputError(_FIELD, both, "spans that do not overlap")
    return OpeningHours(tuple(found))


def _read_part(part: str) -> Iterator[Span]:
    days = _DAYS.match(part)
    if days is None:
        raise InputError(_FIELD, f"'{part[:30]}' does not begin with a day", _RIGHT)
    first = _day(days["first"])
    last = _day(days["last"] or days["first"])
    for text in part[days.end() :].split(","):
        begins, ends = _read_span(text.strip())
        for ahead in range((last - first) % _WEEK + 1):
            yield Span((first + ahead) % _WEEK, begins, ends)


def _day(name: str) -> int:
    return DAYS.index(name.capitalize())


def _read_span(text: str) -> tuple[time, time]:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise InputError(_FIELD, f"'{text[:30]}' is no span of time", _RIGHT)
    hour, minute, last_hour, last_minute = (int(number) for number in found.groups())
    try:
        begins = time(hour, minute)
        # Midnight at the end of a day is the last moment that a time of day can name.
        ends = time.max if (last_hour, last_minute) == (24, 0) else time(last_hour, last_minute)
    except ValueError as error:
        raise InputError(_FIELD, f"'{text[:30]}' holds no time of day", _RIGHT) from error
    if ends <= begins:
        raise InputError(_FIELD, f"'{text[:30]}' ends before it begins", _RIGHT)
    return begins, ends
