"""Screening: the questionnaire of a first visit, what has changed since, and the decision."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from tautband.atlas.atlas import load_atlas
from tautband.base.errors import InputError
from tautband.care.screen import (
    asked_now,
    default_policy,
    read_answers,
    read_policy,
    screen_targets,
)
from tautband.care.screen_wire import screening_json
from tautband.clinic.policy import Action
from tautband.clinic.record.errors import NotFoundError
from tautband.clinic.record.models import BodyMeasure, Medication, Plan, Screening
from tautband.clinic.record.services import keeping
from tautband.clinic.record.services.trailing import leave, one_turn
from tautband.clinic.trail.deeds import Deed
from tautband.clinic.visit_pages import targets
from tautband.clinic.visit_pages.deciding import grouped
from tautband.clinic.visit_pages.door import Visit, in_json, uuid_of, visit
from tautband.clinic.visit_pages.questionnaire import (
    file_of,
    laid_over,
    read_form,
    sections,
    stored_answers,
)
from tautband.clinic.visit_pages.versions import versions
from tautband.safety.screening.answers import Answers
from tautband.safety.screening.policy import Policy
from tautband.safety.screening.rules import load_knowledge
from tautband.safety.screening.targets import parse_plan

MOST_EARLIER = 20


@require_http_methods(["GET", "HEAD", "POST"])
@visit(Action.RECORD_WRITE)
def form(request: HttpRequest, at: Visit) -> HttpResponseBase:
    """The questionnaire; after an earlier screening, what has changed unless all is asked anew."""
    previous = last_screening(at)
    if request.GET.get("form") == "first":
        previous = None
    if request.method == "POST":
        return _take(request, at, previous)
    known = {} if previous else _known_of(at)
    return _page(request, at, previous, known, from_record=frozenset(known))


def _page(
    request: HttpRequest,
    at: Visit,
    previous: Screening | None,
    values: dict[str, Any],
    *,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    posted: QueryDict | dict[str, str] = request.POST if request.method == "POST" else {}
    before = stored_answers(previous)["answers"] if previous else None
    errors, general = more.get("errors", {}), more.get("general", "")
    parts = sections(
        values,
        previous is not None,
        before=before,
        errors=errors,
        from_record=more.get("from_record", frozenset()),
    )
    count = sum(len(part.asked) for part in parts)
    content = at.context(
        "screening",
        sections=parts,
        count=count,
        previous=previous,
        errors=[a for part in parts for a in part.asked if a.error],
        general=general,
        muscles=posted.get("muscles", "") or targets.in_words(targets.suggested(at)),
        answering=posted.get("wording", "patient"),
        screening_id=posted.get("id") or more.get("fresh", keeping_id()),
        earlier=earlier(at),
    )
    return render(request, "visit/screening.html", content, status=status)


def keeping_id() -> str:
    """An id for a form, so that sending it twice stores it once."""
    from uuid import uuid4

    return str(uuid4())


def _take(request: HttpRequest, at: Visit, previous: Screening | None) -> HttpResponseBase:
    again = previous is not None
    told = read_form(request.POST, at.today, again)
    if told.errors:
        return _page(request, at, previous, told.answers, status=422, errors=told.errors)
    try:
        stored = store(at, told.answers, previous, request.POST)
    except InputError as error:
        return _page(request, at, previous, told.answers, status=422, general=str(error))
    return redirect("visit_screening", at.seat.clinic.pk, at.patient.pk, at.episode.pk, stored.pk)


def store(
    at: Visit, told: dict[str, Any], previous: Screening | None, posted: Mapping[str, str]
) -> Screening:
    """Judge answers and keep them: those of a first visit, or what changed since `previous`.

    `posted` has the row's ``id`` and the ``muscles`` in words.  Raises InputError.
    """
    synthetic = at.patient.is_synthetic
    row_id = uuid_of({"id": posted.get("id")}, "id")
    mine = Screening.objects.in_clinic(at.seat.clinic).filter(pk=row_id, episode=at.episode)
    if sent_before := mine.select_related("follows").first():
        # Sent again, it still follows what it followed then, and not itself.
        previous = sent_before.follows
    now = file_of(told, at.today, synthetic)
    before = stored_answers(previous) if previous else None
    answers = read_answers(now, before)
    whole = now
    if before is not None:
        held = laid_over(before["answers"], told, answers)
        whole = {**file_of(held, at.today, synthetic), "told": told}
    row = judged(
        at,
        answers,
        posted.get("muscles", "").strip(),
        id=row_id,
        form="return visit" if previous else "first visit",
        follows=previous,
        answers=whole,
    )
    return keeping.add(at.seat, row)


def judged(at: Visit, given: Answers, muscles: str, **told: Any) -> Screening:
    """A screening, not stored yet: what the clinic's policy decides for muscles in words.

    `told` are the further fields of the row.  Raises InputError for an unknown muscle.
    """
    planned = parse_plan(muscles, load_atlas(), load_knowledge().places) if muscles else ()
    decided = screening_json(screen_targets(given, planned, policy=policy_of(at)))
    return Screening(
        patient=at.patient,
        episode=at.episode,
        decided=decided,
        decision=decided["decision"],
        policy=str(decided["policy"]["name"])[:200],
        versions=versions(),
        **told,
    )


@visit(Action.RECORD_WRITE)
@in_json
def follow_ups(at: Visit, told: dict[str, Any]) -> dict[str, Any]:
    """Which follow-up questions the answers so far call for; nothing is stored."""
    asked = told.get("answers")
    if not isinstance(asked, dict) or len(asked) > 500:
        raise InputError("answers", "is no object", "what was tapped, by name of its input")
    posted = {str(key): str(value)[:2000] for key, value in asked.items()}
    again = bool(told.get("again"))
    found = read_form(posted, at.today, again)
    good = {k: v for k, v in found.answers.items() if k not in found.errors}
    previous = last_screening(at) if again else None
    before = stored_answers(previous) if previous else None
    if before is None:
        good = {k: v for k, v in good.items() if v != "same"}
    return {"ask": list(asked_now(read_answers(file_of(good, at.today, False), before)))}


@require_safe
@visit(Action.RECORD_READ)
def result(request: HttpRequest, at: Visit, screening: UUID) -> HttpResponseBase:
    """A screening as it was decided on its day: the decision and every rule, on one page."""
    found = keeping.read(at.seat, Screening, screening)
    if found.patient_id != at.patient.pk:
        raise NotFoundError("a screening of another patient")
    content = at.context(
        "screening",
        screening=found,
        decided=found.decided,
        groups=grouped(found.decided),
        earlier=[one for one in earlier(at) if one.pk != found.pk],
        plans=_plans_on(at, found),
        writes=at.seat.may(Action.RECORD_WRITE),
    )
    return render(request, "visit/screening_result.html", content)


def _plans_on(at: Visit, screening: Screening) -> list[Plan]:
    """The plans that rest on a screening: who went on with it, and why; each is read."""
    rows = Plan.objects.in_clinic(at.seat.clinic).filter(screening=screening)
    shown = list(rows.select_related("written_by").order_by("written_at")[:MOST_EARLIER])
    with transaction.atomic(), one_turn(at.seat):
        for plan in shown:
            leave(at.seat, Deed.READ, plan)
    return shown


def last_screening(at: Visit) -> Screening | None:
    """The patient's newest screening, whatever the episode: what they told holds for all."""
    return (
        Screening.objects.in_clinic(at.seat.clinic)
        .filter(patient=at.patient)
        .order_by("-answered_at")
        .first()
    )


def earlier(at: Visit) -> list[Screening]:
    """The newest screenings, without what was answered."""
    rows = Screening.objects.in_clinic(at.seat.clinic).filter(patient=at.patient)
    return list(rows.order_by("-answered_at")[:MOST_EARLIER])


def policy_of(at: Visit) -> Policy:
    """The clinic's own screening policy, or the default; raises InputError for a broken one."""
    written = at.seat.clinic.screening_policy
    return read_policy(written) if written.strip() else default_policy()


def _known_of(at: Visit) -> dict[str, Any]:
    """What the record already knows, to be confirmed on the form."""
    known: dict[str, Any] = {}
    if at.age is not None:
        known["age"] = float(at.age)
    if at.patient.sex:
        known["sex"] = at.patient.sex
    mine = {"clinic": at.seat.clinic, "patient": at.patient}
    for one in BodyMeasure.objects.filter(**mine, kind__in=("height", "weight")).order_by(
        "measured_on"
    ):
        known[one.kind] = one.value
    taken = Medication.objects.filter(**mine, until=None).order_by("written_at")
    if medicines := [one.told for one in taken]:
        known["medicines"] = medicines
    return known
