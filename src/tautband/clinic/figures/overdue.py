"""Who is overdue: found in a snapshot, looked at again in the record before it is shown."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from django.utils import timezone

from tautband.clinic.access import Seat
from tautband.clinic.figures.snapshot import Snapshot
from tautband.clinic.record.models import Appointment, Episode, Patient, Session

# A course is taken up again weekly or every other week; three weeks without a visit or a booking
# is a break.  Ninety days without either is a course that ended and was not closed.
BREAK_DAYS, SILENT_DAYS = 21, 90
MOST = 20
Why = Literal["review", "break", "silent"]


@dataclass(frozen=True, slots=True)
class Overdue:
    """One episode: its patient, why it is overdue, and since when."""

    patient: Patient
    episode: UUID
    why: Why
    since: date


def count(of: Snapshot, today: date) -> int:
    """How many episodes were overdue by the snapshot."""
    found = of.rows(f"SELECT count(*) FROM ({_QUESTION})", _days(today))
    return int(found[0][0])


def overdue(of: Snapshot, seat: Seat, today: date) -> list[Overdue]:
    """The first of them, reviews first and the latest due first; those that still are.

    Four questions to the database, however many there are.
    """
    rows = of.rows(f"{_QUESTION} ORDER BY rank, since DESC LIMIT {MOST}", _days(today))
    wanted = [UUID(str(row[0])) for row in rows]
    mine = Episode.objects.in_clinic(seat.clinic).filter(pk__in=wanted, ended_on=None)
    mine = mine.filter(patient__erased_at=None, patient__restricted_at=None)
    going = {one.pk: one.patient for one in mine.select_related("patient")}
    now = timezone.now()
    booked = Appointment.objects.in_clinic(seat.clinic).filter(episode__in=wanted)
    booked = booked.filter(begins_at__gte=now, state__in=("booked", "arrived"))
    seen = Session.objects.in_clinic(seat.clinic).filter(
        episode__in=wanted, began_at__gte=of.made_at
    )
    met = {*booked.values_list("episode_id", flat=True), *seen.values_list("episode_id", flat=True)}
    return [
        Overdue(going[UUID(str(key))], UUID(str(key)), why, since)
        for key, why, since, _ in rows
        if UUID(str(key)) in going and UUID(str(key)) not in met
    ]


def _days(today: date) -> list[date]:
    silent, paused = today - timedelta(days=SILENT_DAYS), today - timedelta(days=BREAK_DAYS)
    return [today, today, silent, paused]


_QUESTION = """
    SELECT episode, why, since, rank FROM (
        SELECT episode,
            CASE WHEN review_on < ? AND last_on < review_on THEN 'review'
                 WHEN next_on >= ? THEN NULL
                 WHEN last_on < ? THEN 'silent'
                 WHEN last_on < ? AND sessions < planned THEN 'break'
            END AS why,
            CASE why WHEN 'review' THEN review_on ELSE last_on END AS since,
            CASE why WHEN 'review' THEN 1 WHEN 'break' THEN 2 ELSE 3 END AS rank
        FROM episode
        WHERE ended_on IS NULL AND sessions > 0
    ) WHERE why IS NOT NULL
"""
