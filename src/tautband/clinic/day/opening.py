"""How a visit opens: what was done last, how it was since, whether anything changed, what next."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from tautband.base.errors import InputError
from tautband.clinic.after.told import told_since
from tautband.clinic.couch.state import counts_of
from tautband.clinic.day.course import forecast
from tautband.clinic.policy import Action
from tautband.clinic.record.models import (
    AdverseEvent,
    Assessment,
    Measure,
    Plan,
    Reaction,
    Screening,
    Session,
)
from tautband.clinic.record.services import consents
from tautband.clinic.record_pages.presenting import named
from tautband.clinic.visit_pages import targets
from tautband.clinic.visit_pages.door import Visit, visit
from tautband.clinic.visit_pages.questionnaire import NO, YES, listed, read_form
from tautband.clinic.visit_pages.screening import last_screening, store
from tautband.measures.instruments import find_instrument
from tautband.safety.events.taxonomy import load_taxonomy
from tautband.safety.screening.answers import SAME

NONE = "none"


@dataclass(frozen=True, slots=True)
class DayQuestion:
    """A question that holds for one day, and the answer that worries nobody."""

    key: str
    text: str
    answer: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a first visit: its text in the catalogue, its address, whether it is done."""

    text: str
    address: str
    is_done: bool


def day_questions() -> list[DayQuestion]:
    """The questions that are asked anew each day, with the harmless answer.

    Medicines are "as before"; numbers that nobody knows beforehand are left to the questionnaire.
    """
    found = []
    for one in listed(again=True):
        if one.lasts or one.asked_when:
            continue
        if one.kind == "yes_no":
            found.append(DayQuestion(one.key, one.again, YES if one.risk == NO else NO))
        elif one.kind == "places":
            found.append(DayQuestion(one.key, one.again, NO))
        elif one.kind == "medicines":
            found.append(DayQuestion(one.key, one.again, SAME))
        elif NONE in one.choices:
            found.append(DayQuestion(one.key, one.again, NONE))
    return found


@require_safe
@visit(Action.RECORD_READ)
def opened(request: HttpRequest, at: Visit) -> HttpResponseBase:
    """A returning patient with the last session on top; a new one with the steps of a visit."""
    held = list(_sessions(at).select_related("plan").order_by("-began_at"))
    going = next((one for one in held if one.state == "open"), None)
    last = next((one for one in held if one.state == "closed"), None)
    screening = last_screening(at)
    content = at.context(
        "open",
        going=going,
        last=last,
        begin_id=uuid4(),
        may_needle=at.seat.may(Action.NEEDLE),
        writes=at.seat.may(Action.RECORD_WRITE),
        consent=_consented(at),
        screening=screening,
        screening_day=timezone.localdate(screening.answered_at).isoformat() if screening else "",
        screened_today=screening is not None and _is_today(at, screening.answered_at),
    )
    if last is None:
        content["steps"] = _steps(at, screening)
    else:
        content |= _since(at, last, held)
        content["last_day"] = timezone.localdate(last.began_at).isoformat()
        content["questions"] = day_questions()
        content["unchanged_id"] = uuid4()
    return render(request, "visit/open.html", content)


@require_POST
@visit(Action.RECORD_WRITE)
def unchanged(request: HttpRequest, at: Visit) -> HttpResponseBase:
    """Store that nothing has changed and that each question of the day was answered as listed."""
    previous = last_screening(at)
    if previous is None:
        raise InputError("screening", "was not answered yet", "a first screening")
    posted = {f"q-{one.key}": one.answer for one in day_questions()}
    told = read_form(posted, at.today, again=True).answers
    words = targets.in_words(targets.suggested(at))
    stored = store(at, told, previous, {"id": request.POST.get("id", ""), "muscles": words})
    if stored.decision in ("proceed", "precaution", "ask"):
        return redirect("visit_open", at.seat.clinic.pk, at.patient.pk, at.episode.pk)
    return redirect("visit_screening", at.seat.clinic.pk, at.patient.pk, at.episode.pk, stored.pk)


def _sessions(at: Visit) -> Any:
    return Session.objects.in_clinic(at.seat.clinic).filter(episode=at.episode)


def _is_today(at: Visit, when: datetime) -> bool:
    return timezone.localdate(when) == at.today


def _consented(at: Visit) -> bool:
    return bool(consents.standing(at.seat, at.patient))


def _steps(at: Visit, screening: Screening | None) -> list[Step]:
    """Drawing and examination, screening, plan, consent; the first that is missing comes next."""
    mine = {"clinic": at.seat.clinic, "episode": at.episode}
    ids = [at.seat.clinic.pk, at.patient.pk, at.episode.pk]
    done = {
        "assessments": Assessment.objects.filter(**mine).exclude(finished_at=None).exists(),
        "screenings": screening is not None,
        "plans": Plan.objects.filter(**mine).exists(),
        "consents": _consented(at),
    }
    return [
        Step(f"day-step-{name}", reverse(f"visit_{name}", args=ids), is_done)
        for name, is_done in done.items()
    ]


def _since(at: Visit, last: Session, held: list[Session]) -> dict[str, Any]:
    """The last session, and what was told and measured since."""
    kinds = load_taxonomy().kinds
    measures = list(
        Measure.objects.in_clinic(at.seat.clinic)
        .filter(episode=at.episode, taken_at__gte=last.began_at)
        .order_by("taken_at")
    )
    reactions = Reaction.objects.filter(session=last).exclude(kind="none")
    events = AdverseEvent.objects.in_clinic(at.seat.clinic).filter(
        patient=at.patient, resolved_at=None
    )
    closed = [one for one in held if one.state == "closed"]
    told = forecast(at, held)
    return {
        "muscles": [{**one, "name": named("muscle", one["muscle"])} for one in counts_of(last)],
        "reactions": [(kinds[r.kind].name, r.severity) for r in reactions if r.kind in kinds],
        "events": [(kinds[e.kind].name, e.grade, e.began_at) for e in events if e.kind in kinds],
        "measures": [
            (find_instrument(m.instrument).short, m.about, m.value, m.unit, m.taken_at)
            for m in measures
            if m.value is not None
        ],
        "own": told_since(at.patient, last.began_at),
        "count": len(closed),
        "forecast": told,
        "review": _review(told, len(closed), last, _assessed_since(at, last.began_at)),
    }


def _review(told: dict[str, Any] | None, count: int, last: Session, assessed: bool) -> str:
    """The catalogue's id of what asks for a re-assessment; empty when nothing does, or it is done.

    Half and full course are counted in sessions of the plan; that progress stalls is the
    forecast's own judgement (`response.verdict`).
    """
    planned = last.plan.sessions_planned if last.plan else None
    if assessed:
        return ""
    if told is not None and told["review"]["stalled"]:
        return "day-review-stalled"
    if planned and count >= planned:
        return "day-review-full"
    if planned and count == (planned + 1) // 2:
        return "day-review-half"
    return ""


def _assessed_since(at: Visit, when: datetime) -> bool:
    rows = Assessment.objects.in_clinic(at.seat.clinic).filter(episode=at.episode)
    return rows.filter(held_at__gt=when).exists()
