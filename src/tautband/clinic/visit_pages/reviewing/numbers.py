"""The numbers of a review as plain data (``tautband.review/1``): what is shown is what is kept."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from statistics import median
from typing import Any

from django.db.models import Q
from django.utils import timezone

from tautband.base.errors import InputError
from tautband.body.drawing import from_json
from tautband.body.regions import load_regions
from tautband.care.review import moment, painted
from tautband.clinic.day.course import forecast
from tautband.clinic.figures.changing import REGIONS
from tautband.clinic.record.models import (
    AdverseEvent,
    Appointment,
    Assessment,
    Measure,
    Plan,
    Reaction,
    Session,
)
from tautband.clinic.visit_pages.door import Visit
from tautband.measures.change import change
from tautband.measures.instruments import load_instruments
from tautband.safety.events.taxonomy import load_taxonomy

SCHEMA = "tautband.review/1"


def numbers(at: Visit) -> dict[str, Any]:
    """Everything that a review is decided on, in the order in which it is read."""
    held = list(_mine(Session, at).select_related("plan").order_by("began_at"))
    done = [one for one in held if one.state == "closed"]
    plan = _mine(Plan, at).order_by("-written_at").first()
    planned = plan.sessions_planned if plan else None
    told = forecast(at, held)
    stalled = bool(told and told["review"]["stalled"])
    return {
        "schema": SCHEMA,
        "moment": moment(len(done), planned, stalled),
        "sessions": {"done": len(done), "planned": planned},
        "adherence": _adherence(at, done),
        "forecast": told,
        "measures": _measures(at, done),
        "drawings": _drawings(at),
        "events": _events(at, done),
    }


def _mine(model: Any, at: Visit) -> Any:
    return model.objects.in_clinic(at.seat.clinic).filter(episode=at.episode)


def _day(moment: datetime) -> str:
    return timezone.localdate(moment).isoformat()


def _adherence(at: Visit, done: Sequence[Session]) -> dict[str, Any]:
    """Visits kept and missed, of appointments that are over; the usual gap between sessions."""
    over = _mine(Appointment, at).filter(begins_at__lt=timezone.now())
    states = list(over.values_list("state", flat=True))
    days = [timezone.localdate(one.began_at) for one in done]
    gaps = [(later - sooner).days for sooner, later in pairwise(days)]
    return {
        "kept": sum(one in ("arrived", "done") for one in states),
        "missed": states.count("missed"),
        "cancelled": states.count("cancelled"),
        "gap_days": median(gaps) if gaps else None,
    }


def _measures(at: Visit, done: Sequence[Session]) -> list[dict[str, Any]]:
    """First and last score of each instrument, with what the change is worth and how sure."""
    known, found = load_instruments(), defaultdict(list)
    for row in _mine(Measure, at).exclude(value=None).order_by("taken_at"):
        if row.instrument in known:
            found[row.instrument, row.about].append((row.taken_at, row.value))
    first_needle = done[0].began_at if done else None
    region = REGIONS.get(at.episode.presentation, "")
    told = []
    for (instrument, about), scores in sorted(found.items()):
        before = [value for when, value in scores if first_needle and when < first_needle]
        told.append(_measure(instrument, about, scores, before, region))
    return told


def _measure(
    name: str,
    about: str,
    scores: Sequence[tuple[datetime, float]],
    before: Sequence[float],
    region: str,
) -> dict[str, Any]:
    one = load_instruments()[name]
    (begun, first), (ended, last) = scores[0], scores[-1]
    told: dict[str, Any] = {
        "name": f"{one.short}, {about}" if about else one.short,
        "unit": one.unit,
        "better": one.better,
        "count": len(scores),
        "first": {"day": _day(begun), "value": first},
        "last": {"day": _day(ended), "value": last},
        "gain": None,
        "important": [],
        "real": "",
    }
    if len(scores) < 2:
        return told
    try:
        found = change(one, first, last, region=region, repeats=before)
    except InputError:
        return told  # a score of an older form of the instrument is shown, and not weighed
    told["gain"] = round(found.points, 2)
    told["real"] = found.real.text
    told["important"] = [
        {
            "size": _range(*each.points),
            "reached": "worse" if found.points < 0 and each.reached == "yes" else each.reached,
            "population": each.threshold.population,
            "sources": list(each.threshold.sources),
        }
        for each in found.important
        if each.nearest and each.threshold.kind == "important"
    ]
    return told


def _range(low: float, high: float) -> str:
    """A size of change as it is read: one figure, or two."""
    return f"{low:.3g}" if low == high else f"{low:.3g} to {high:.3g}"


def _drawings(at: Visit) -> list[dict[str, Any]]:
    table = load_regions()
    found = []
    first = None
    for row in _mine(Assessment, at).exclude(body_version="").order_by("held_at"):
        row.patient = at.patient  # whose key opens it, without asking again
        try:
            facts = painted(from_json(row.drawing, table.surface), table)
        except InputError:
            continue  # of an older body
        first = first or facts
        moved = facts.moved_cm(first)
        found.append(
            {
                "day": _day(row.held_at),
                "place": facts.place,
                "moved_cm": None if moved is None else round(moved, 1),
                "highest": facts.highest,
                "qualities": {name: round(share, 2) for name, share in facts.qualities.items()},
                "area_percent": round(facts.area_percent, 2),
            }
        )
    return found


def _events(at: Visit, done: Sequence[Session]) -> dict[str, Any]:
    """Adverse events of this episode or of no session, reactions, how often one was asked."""
    kinds = load_taxonomy().kinds
    mine = [one.pk for one in done]
    # One that is tied to no session, or to one that is not closed yet, is never left out.
    elsewhere = Q(session=None) | Q(session__episode=at.episode)
    rows = AdverseEvent.objects.in_clinic(at.seat.clinic).filter(elsewhere, patient=at.patient)
    told = Reaction.objects.in_clinic(at.seat.clinic).filter(session__in=mine)
    asked: set[Any] = set()
    counts: dict[str, int] = defaultdict(int)
    for session, kind in told.values_list("session_id", "kind"):
        asked.add(session)
        if kind in kinds:
            counts[kinds[kind].name] += 1
    return {
        "events": [
            {"kind": kinds[one.kind].name, "grade": one.grade, "day": _day(one.began_at)}
            for one in rows.order_by("began_at")
            if one.kind in kinds
        ],
        "reactions": dict(sorted(counts.items())),
        "asked_after": len(asked),
        "sessions": len(done),
    }
