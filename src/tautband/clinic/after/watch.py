"""Whether anybody of the clinic reads answers now, and who is told that one waits."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from tautband.care.opening_hours import read_hours
from tautband.clinic.people.memberships import readers, told_now
from tautband.clinic.people.models import Clinic, User


@dataclass(frozen=True, slots=True)
class Watch:
    """``until`` when the clinic is open now; else ``opens``, when it next does, if that is known.

    Both are local to the clinic.
    """

    until: datetime | None
    opens: datetime | None


def watch(clinic: Clinic, now: datetime) -> Watch:
    """Who reads at a moment, by the hours that the clinic declared."""
    local = now.astimezone(ZoneInfo(clinic.time_zone)).replace(tzinfo=None)
    hours = read_hours(clinic.opening_hours)
    return Watch(hours.open_until(local), hours.next_opening(local))


def told_of(clinic: Clinic, needler: User | None) -> list[str]:
    """The e-mail addresses of who is told: those whom the clinic chose, and whoever needled.

    Somebody who may no longer read the record, or has left, is not among them.
    """
    wanted = told_now(clinic) | ({needler.pk} if needler is not None else set())
    return sorted({one.email for one in readers(clinic) if one.pk in wanted})
