"""What a snapshot takes from the record: columns that stand open, of one clinic.

Patients who are restricted or erased are left out.  Each function answers rows in the order of the
columns of its table in `columns.TABLES`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from tautband.atlas.atlas import load_atlas
from tautband.atlas.presentations import read_presentations
from tautband.clinic.figures.changing import outcome
from tautband.clinic.people.models import Clinic
from tautband.clinic.record.models import (
    AdverseEvent,
    Appointment,
    Episode,
    LedgerEntry,
    Measure,
    Plan,
    Reaction,
    Session,
)
from tautband.clinic.record.models.base import Kept
from tautband.safety.events.taxonomy import load_taxonomy

AT_ONCE = 20_000
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Treatments:
    """The rows of `treatment`, and the number of each session."""

    rows: list[Row]
    numbers: Mapping[UUID, int]


def of_clinic(model: type[Kept], clinic: Clinic) -> QuerySet[Any]:
    """Rows of a clinic whose patients are there for daily work."""
    rows: QuerySet[Any] = model._default_manager.filter(clinic=clinic)
    return rows.filter(patient__erased_at=None, patient__restricted_at=None)


def treatments(clinic: Clinic) -> Treatments:
    """Closed sessions, numbered in the order of time."""
    found = of_clinic(Session, clinic).filter(state="closed").order_by("began_at")
    columns = ("pk", "episode_id", "patient_id", "began_at", "needles", "insertions", "twitches")
    day = _day_in(clinic)
    numbers: dict[UUID, int] = {}
    seen: dict[UUID, int] = {}
    rows: list[Row] = []
    for pk, episode, patient, at, *counts in found.values_list(*columns).iterator(AT_ONCE):
        numbers[pk] = len(numbers) + 1
        seen[episode] = seen.get(episode, 0) + 1
        rows.append((numbers[pk], episode, patient, day(at), seen[episode], *counts))
    return Treatments(rows, numbers)


def insertions(clinic: Clinic, numbers: Mapping[UUID, int]) -> Iterator[Row]:
    """Every insertion of a closed session that was not taken back."""
    entries = LedgerEntry.objects.filter(clinic=clinic)
    taken_back = _about(entries, "correction")
    moved = _about(entries, "redirection")
    areas = _areas()
    columns = ("pk", "session_id", "muscle", "side", "retained")
    found = entries.filter(kind="insertion").order_by().values_list(*columns)
    for pk, session, muscle, side, retained in found.iterator(AT_ONCE):
        number = numbers.get(session)
        if number is None or pk in taken_back:
            continue
        technique = "moved" if pk in moved else "left in place" if retained else "in and out"
        yield number, muscle, areas.get(muscle), side or None, technique


def _about(entries: QuerySet[Any], kind: str) -> frozenset[UUID]:
    found = entries.filter(kind=kind).exclude(about=None).order_by()
    return frozenset(found.values_list("about", flat=True))


def events(clinic: Clinic, numbers: Mapping[UUID, int]) -> list[Row]:
    """Adverse events that followed a treatment, and reactions told of one."""
    rows: list[Row] = []
    kinds = load_taxonomy().kinds
    reactions = of_clinic(Reaction, clinic).exclude(kind="none").order_by()
    for session, kind in reactions.values_list("session_id", "kind"):
        if session in numbers:
            rows.append((numbers[session], kind, kinds[kind].usual, "reaction"))
    cases = of_clinic(AdverseEvent, clinic).exclude(session=None).order_by()
    # What is known not to come from needling is no event of needling; not known counts.
    cases = cases.exclude(tied_to_needling=False)
    for session, kind, grade in cases.values_list("session_id", "kind", "grade"):
        if session in numbers:
            rows.append((numbers[session], kind, grade, "event"))
    return rows


def episodes(clinic: Clinic, done: list[Row], now: datetime) -> list[Row]:
    """Episodes with their last plan, their sessions and the next appointment."""
    held: dict[UUID, tuple[int, date]] = {}
    for _, episode, _, day, number, *_ in done:
        held[episode] = (number, day)
    plans = of_clinic(Plan, clinic).order_by("written_at")
    planned = {
        episode: (review, count)
        for episode, review, count in plans.values_list(
            "episode_id", "review_on", "sessions_planned"
        )
    }
    booked = of_clinic(Appointment, clinic).filter(begins_at__gte=now).order_by("-begins_at")
    booked = booked.filter(state__in=("booked", "arrived")).exclude(episode=None)
    day = _day_in(clinic)
    coming = {one: day(at) for one, at in booked.values_list("episode_id", "begins_at")}
    known = read_presentations()
    rows = of_clinic(Episode, clinic).order_by()
    columns = ("pk", "patient_id", "presentation", "began_on", "ended_on")
    found: list[Row] = []
    for pk, patient, presentation, began, ended in rows.values_list(*columns).iterator(AT_ONCE):
        area = known[presentation].area if presentation in known else None
        last_plan = planned.get(pk, (None, None))
        visits = held.get(pk, (0, None))
        own = (pk, patient, presentation or None, area, began, ended)
        found.append((*own, *last_plan, *visits, coming.get(pk)))
    return found


def outcomes(clinic: Clinic, presentations: Mapping[UUID, str | None]) -> Iterator[Row]:
    """First and last score of each instrument in an episode, asked in the same way."""
    scored = of_clinic(Measure, clinic).exclude(value=None)
    ordered = scored.order_by("episode_id", "instrument", "about", "taken_at")
    columns = ("episode_id", "instrument", "about", "taken_at", "value")
    rows = ordered.values_list(*columns).iterator(AT_ONCE)
    for (episode, instrument, _), same in groupby(rows, key=itemgetter(0, 1, 2)):
        scores = [(at, value) for *_, at, value in same]
        told = outcome(instrument, presentations.get(episode), scores)
        if told is not None:
            yield episode, instrument, *told


@cache
def _areas() -> Mapping[str, str]:
    return {one.id: one.area for one in load_atlas().muscles.values()}


def _day_in(clinic: Clinic) -> Any:
    zone = ZoneInfo(clinic.time_zone)
    return lambda moment: moment.astimezone(zone).date()
