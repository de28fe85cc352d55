"""Which messages are due now; each is stored once, whatever number of workers ask."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.db.models import Max, Min, QuerySet

from tautband.atlas.load import read_muscles
from tautband.atlas.records import Muscle
from tautband.clinic.after.own import page_seat
from tautband.clinic.after.purposes import PURPOSES
from tautband.clinic.after.reach import permitted, reach
from tautband.clinic.day.course import OUTCOME
from tautband.clinic.policy import Action
from tautband.clinic.record.errors import ConflictError, NotFoundError
from tautband.clinic.record.models import (
    Appointment,
    Episode,
    LedgerEntry,
    Measure,
    OwnLink,
    Session,
)
from tautband.clinic.record.services import keeping
from tautband.safety.events.zones import check_in_hours, zones_needled

# The last time of `safety/events/data/zones.toml` is 14 days.
LONGEST = timedelta(days=15)
AFTER_SESSION = timedelta(minutes=10)  # time to mend a plan that was closed too early
WEEK = timedelta(days=7)
# A visit that measured shortly before the week was over has asked already.
MEASURED_WITHIN = timedelta(days=4)
COURSE_ENDS = timedelta(days=42)
AHEAD = timedelta(hours=24)


def plan_due(now: datetime) -> None:
    """Store the messages whose time has come; the same again stores nothing."""
    for planner in PLANNERS:
        due = {row.pk: row for row in planner(now)}
        there = set(OwnLink.objects.filter(pk__in=due).values_list("pk", flat=True))
        for row in (one for pk, one in due.items() if pk not in there):
            patient = row.patient
            if permitted(patient, row.purpose) and reach(patient, now.date()) is not None:
                _store(row)


def check_ins(now: datetime) -> Iterator[OwnLink]:
    """Sessions after which a time to ask has come, each with the latest such time."""
    for session in _closed_after(now - LONGEST):
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


def care_pages(now: datetime) -> Iterator[OwnLink]:
    """What was done and what to do, once after each session."""
    for session in _closed_after(now - PURPOSES["care"].late):
        yield OwnLink(
            id=row_id(session.pk, "care"),
            purpose="care",
            occasion=str(session.pk),
            patient=session.patient,
            clinic=session.clinic,
            session=session,
            due_at=closed(session) + AFTER_SESSION,
        )


def weekly(now: datetime) -> Iterator[OwnLink]:
    """Episodes at work of which a week is over since the first session, and nothing was measured.

    It ends with the episode, or when no session was held for `COURSE_ENDS`.
    """
    held = Session.objects.filter(state="closed", patient__is_synthetic=False)
    spans = (
        held.filter(episode__ended_on=None)
        .values("episode")
        .annotate(first=Min("closed_at"), last=Max("closed_at"))
        .filter(last__gt=now - COURSE_ENDS)
    )
    for span in spans:
        weeks = (now - span["first"]) // WEEK
        due_at = span["first"] + weeks * WEEK
        if weeks < 1 or now - due_at > PURPOSES["measure"].late:
            continue
        episode = Episode.objects.select_related("patient", "clinic").get(pk=span["episode"])
        measured = Measure.objects.filter(
            episode=episode, instrument=OUTCOME, taken_at__gt=due_at - MEASURED_WITHIN
        )
        if not measured.exists():
            yield OwnLink(
                id=row_id(episode.pk, f"week {weeks}"),
                purpose="measure",
                occasion=f"{episode.pk} week {weeks}",
                patient=episode.patient,
                clinic=episode.clinic,
                episode=episode,
                due_at=due_at,
            )


def before_visits(now: datetime) -> Iterator[OwnLink]:
    """Visits within a day, of somebody who was needled here before; once a day of a visit."""
    soon = Appointment.objects.filter(
        state="booked",
        begins_at__gt=now,
        begins_at__lte=now + AHEAD,
        patient__is_synthetic=False,
    )
    for one in soon.select_related("patient", "clinic"):
        held = Session.objects.filter(patient=one.patient, state="closed")
        last = held.order_by("-closed_at").first()
        if last is None or one.begins_at - AHEAD + PURPOSES["before"].late < now:
            continue
        day = f"{one.begins_at.astimezone(ZoneInfo(one.clinic.time_zone)):%Y-%m-%d}"
        yield OwnLink(
            id=row_id(one.pk, day),
            purpose="before",
            occasion=f"{one.pk} {day}",
            patient=one.patient,
            clinic=one.clinic,
            appointment=one,
            session=last,
            due_at=one.begins_at - AHEAD,
        )


# One for each purpose that is sent without anybody asking for it.
PLANNERS: tuple[Callable[[datetime], Iterator[OwnLink]], ...] = (
    check_ins,
    care_pages,
    weekly,
    before_visits,
)


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


def _closed_after(moment: datetime) -> QuerySet[Session]:
    """Sessions of people who are not made up."""
    held = Session.objects.filter(state="closed", patient__is_synthetic=False)
    return held.filter(closed_at__gt=moment).select_related("patient", "clinic")


def _store(row: OwnLink) -> None:
    try:
        keeping.add(page_seat(row.clinic), row, action=Action.OWN_PAGE)
    except (ConflictError, NotFoundError):  # another worker was first, or the patient is restricted
        return
