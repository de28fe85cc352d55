"""The made-up clinic's day: who was here already, who is waiting, and who comes later."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tautband.clinic.access import Seat
from tautband.clinic.day.listing import bounds
from tautband.clinic.record.models import Appointment, Episode, Session
from tautband.clinic.record.services import keeping

EVERY = timedelta(minutes=30)
VISITS = (12, 6, 6)  # of each clinician, in their order
MOST_NEW = 3  # of twelve: ten of twelve patients come again
RESTED = timedelta(days=3)  # since the last needling, so that the same muscle is no question


def book(seats: Sequence[Seat], now: datetime) -> None:
    """Book a day around `now` for each clinician.  Must run inside a transaction."""
    coming = _coming(seats[0], now)
    for seat, count in zip(seats, VISITS, strict=True):
        done = _held_today(seat, now)
        for session in done:
            _add(seat, session.episode, session.began_at, "done")
        for place, (care, at) in enumerate(zip(coming, _times(seat, now), strict=False)):
            if place + len(done) >= count:
                break
            _add(seat, care, at, "arrived" if place == 0 else "booked")


def _add(seat: Seat, care: Episode, at: datetime, state: str) -> None:
    keeping.add(
        seat,
        Appointment(
            patient=care.patient, episode=care, begins_at=at, clinician=seat.user, state=state
        ),
    )


def _held_today(seat: Seat, now: datetime) -> list[Session]:
    begins, _ = bounds(seat, now.astimezone(ZoneInfo(seat.clinic.time_zone)).date())
    held = Session.objects.in_clinic(seat.clinic).filter(began_at__gte=begins, needler=seat.user)
    return list(held.select_related("episode__patient").order_by("began_at"))


def _times(seat: Seat, now: datetime) -> Iterator[datetime]:
    """Every half hour from the last full one on, as long as the day lasts."""
    zone = ZoneInfo(seat.clinic.time_zone)
    local = now.astimezone(zone)
    at = local.replace(minute=local.minute // 30 * 30, second=0, microsecond=0)
    while at.date() == local.date():
        yield at
        at += EVERY


def _coming(seat: Seat, now: datetime) -> Iterator[Episode]:
    """Complaints in care, returning patients first, a few new ones among them; each once."""
    held: dict[object, datetime] = {}
    sessions = Session.objects.in_clinic(seat.clinic).values_list("episode_id", "began_at")
    for care, at in sessions.order_by("began_at"):
        held[care] = at
    rows = Episode.objects.in_clinic(seat.clinic).filter(ended_on=None).select_related("patient")
    cares = list(rows.order_by("written_at", "pk"))
    again = [one for one in cares if one.pk in held and now - held[one.pk] >= RESTED]
    again.sort(key=lambda one: held[one.pk], reverse=True)
    new = [one for one in cares if one.pk not in held]
    yield from again[:2]
    yield from new[:1]
    yield from again[2:6]
    yield from new[1:MOST_NEW]
    yield from again[6:]
    yield from new[MOST_NEW:]
