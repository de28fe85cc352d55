"""Which messages are due now; each is stored once, whatever number of workers ask."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from tautband.atlas.load import read_muscles
from tautband.atlas.records import Muscle
from tautband.clinic.after.own import page_seat
from tautband.clinic.after.purposes import PURPOSES
from tautband.clinic.after.reach import permitted, reach
from tautband.clinic.policy import Action
from tautband.clinic.record.errors import ConflictError, NotFoundError
from tautband.clinic.record.models import LedgerEntry, OwnLink, Session
from tautband.clinic.record.services import keeping
from tautband.safety.events.zones import check_in_hours, zones_needled

# The last time of `safety/events/data/zones.toml` is 14 days.
LONGEST = timedelta(days=15)


def plan_due(now: datetime) -> None:
    """Store the messages whose time has come; the same again stores nothing."""
    for planner in PLANNERS:
        for row in planner(now):
            patient = row.patient
            if permitted(patient, row.purpose) and reach(patient, now.date()) is not None:
                _store(row)


def check_ins(now: datetime) -> Iterator[OwnLink]:
    """Sessions after which a time to ask has come, each with the latest such time."""
    recent = Session.objects.filter(
        state="closed", closed_at__gt=now - LONGEST, patient__is_synthetic=False
    )
    for session in recent.select_related("patient", "clinic"):
        hours = due_hours(session, now)
        if hours is not None:
            yield OwnLink(
                id=row_id(session.pk, f"check-in {hours}"),
                purpose="check-in",
                occasion=f"{session.pk} {hours}",
                patient=session.patient,
                clinic=session.clinic,
                session=session,
                hours=hours,
                due_at=closed(session) + timedelta(hours=hours),
            )


# One for each purpose that is sent without anybody asking for it.
PLANNERS: tuple[Callable[[datetime], Iterator[OwnLink]], ...] = (check_ins,)


def row_id(of: UUID, occasion: str) -> UUID:
    """The same for the same occasion, so that two workers make one row."""
    return uuid5(of, occasion)


def muscles_of(session: Session) -> list[Muscle]:
    """What was needled, by the ledger; empty when a muscle is not in the atlas: nobody knows."""
    told = set(
        LedgerEntry.objects.filter(session=session, kind="insertion").values_list(
            "muscle", flat=True
        )
    )
    known = read_muscles()
    return [known[name] for name in told] if told <= known.keys() else []


def due_hours(session: Session, now: datetime) -> int | None:
    """The latest time, in hours after closing, that has come and is not too long ago."""
    since = now - closed(session)
    late = PURPOSES["check-in"].late
    come = [
        int(hours)
        for hours in check_in_hours(zones_needled(muscles_of(session)))
        if timedelta(0) <= since - timedelta(hours=hours) < late
    ]
    return max(come, default=None)


def closed(session: Session) -> datetime:
    """When a session was closed; when it began, for one that was closed before this was kept."""
    return session.closed_at or session.began_at


def _store(row: OwnLink) -> None:
    if OwnLink.objects.filter(pk=row.pk).exists():
        return
    try:
        keeping.add(page_seat(row.clinic), row, action=Action.OWN_PAGE)
    except (ConflictError, NotFoundError):  # another worker was first, or the patient is restricted
        return
