"""The page of an episode: what it is, what the patient wants, and how it goes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from tautband.atlas.presentations import read_presentations
from tautband.clinic.access import Seat, member
from tautband.clinic.policy import Action
from tautband.clinic.record.errors import NotFoundError
from tautband.clinic.record.models import Activity, Episode, Goal, Measure, Patient, Session
from tautband.clinic.record.services.trailing import leave
from tautband.clinic.record_pages.answering import page, private
from tautband.clinic.record_pages.chart import Chart, draw
from tautband.clinic.record_pages.presenting import Line, said
from tautband.clinic.record_pages.timeline import timeline
from tautband.clinic.trail.deeds import Deed
from tautband.measures.instruments import load_instruments

PSFS = "psfs"
TOLD = ("onset_told", "cause_told", "sport", "competition", "competes_on", "ended_because")


@require_safe
@member(Action.RECORD_READ)
@private
def episode(request: HttpRequest, seat: Seat, patient: UUID, episode: UUID) -> HttpResponse:
    """One complaint: its course in pictures, goals, activities, and its part of the timeline."""
    care, one = _chosen(seat, patient, episode)
    entries, further = timeline(one.pk, episode=care.pk)
    held = Session.objects.filter(episode=care).order_by("began_at")
    begun = list(held.values_list("began_at", "state", "pk"))
    visits = [timezone.localdate(at) for at, _, _ in begun]
    # Asked for once; what is sealed in them is opened only where it is read.
    measures = list(Measure.objects.filter(episode=care).order_by("taken_at"))
    answered = [one for one in measures if one.instrument == PSFS]
    rows = list(Activity.objects.filter(episode=care).order_by("place"))
    for row in (*answered, *rows):
        row.patient = one  # whose key opens it, without asking again
    goals = list(Goal.objects.filter(episode=care).order_by("written_at"))
    for goal in goals:
        goal.patient = one
    named = read_presentations().get(care.presentation)
    values = {
        "who": Line.of(one),
        "patient": one,
        "care": care,
        "onset": said(care, TOLD),
        "presentation": named.name if named else "",
        "charts": charts(
            (
                (row.instrument, row.about, row.taken_at, row.value)
                for row in measures
                if row.value is not None
            ),
            visits,
        ),
        "visits": len(visits),
        "may_needle": seat.may(Action.NEEDLE),
        "is_going": any(state == "open" for _, state, _ in begun),
        "last_session": begun[-1][2] if begun else None,
        "session_id": uuid4(),
        "goals": goals,
        "activities": activities(rows, answered),
        "entries": entries,
        "further": further,
    }
    return page(request, seat, "episode.html", values)


def _chosen(seat: Seat, patient: UUID, episode: UUID) -> tuple[Episode, Patient]:
    with transaction.atomic():
        found = Episode.objects.in_clinic(seat.clinic).select_related("patient")
        care = found.filter(pk=episode, patient=patient).first()
        if care is None or care.patient.erased_at or care.patient.restricted_at:
            raise NotFoundError("episode")
        leave(seat, Deed.READ, care)
    return care, care.patient


def charts(
    scores: Iterable[tuple[str, str, datetime, float]], visits: Sequence[date]
) -> list[Chart]:
    """A picture for each instrument with a score; an instrument asked in two ways gets two.

    A score is its instrument, what it is about, its time and its value.
    """
    known = load_instruments()
    found: dict[tuple[str, str], list[tuple[date, float]]] = defaultdict(list)
    for instrument, about, at, value in scores:
        if instrument in known:
            found[instrument, about].append((timezone.localdate(at), value))
    drawn = []
    for (name, about), values in sorted(found.items()):
        one = known[name]
        title = f"{one.short}, {about}" if about else one.short
        drawn.append(draw(title, one.unit, one.better, one.range, values, visits))
    return drawn


def activities(
    rows: Sequence[Activity], scores: Sequence[Measure]
) -> list[tuple[Activity, list[float]]]:
    """Each activity with its scores in the order of time; an unanswered one is left out."""
    answered = [row.items for row in scores if row.instrument == PSFS and row.items]
    found = []
    for position, row in enumerate(rows):
        values = [items[position] for items in answered if position < len(items)]
        found.append((row, [value for value in values if value is not None]))
    return found
