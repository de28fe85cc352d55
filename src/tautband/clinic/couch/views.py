"""The couch page and what it asks the server: begin, muscles, retest, reaction, and the state."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from tautband.base.errors import InputError
from tautband.clinic.couch import state
from tautband.clinic.couch.targets import Judged, add, judge
from tautband.clinic.people.needling import credential_of, is_student, may_needle
from tautband.clinic.policy import Action
from tautband.clinic.record.errors import ClosedError, NotFoundError
from tautband.clinic.record.models import (
    AdverseEvent,
    Plan,
    Reaction,
    Retest,
    Session,
    SessionTarget,
)
from tautband.clinic.record.services import keeping, sessions
from tautband.clinic.visit_pages.door import Visit, in_json, uuid_of, visit
from tautband.clinic.visit_pages.screening import last_screening
from tautband.safety.decision import Decision
from tautband.safety.events.taxonomy import load_taxonomy

LONGEST_REASON = 2000


@require_POST
@visit(Action.NEEDLE)
def begin(request: HttpRequest, at: Visit) -> HttpResponseBase:
    """Open a session, or the one that is open already, and go to its page."""
    going = Session.objects.in_clinic(at.seat.clinic).filter(episode=at.episode, state="open")
    found = going.order_by("-began_at").first()
    if found is not None:
        return redirect(_page(at, found.pk))
    try:
        needler, supervisor = _who_needles(at)
    except InputError as error:
        content = at.context("couch", error=str(error))
        return render(request, "visit/couch_refused.html", content, status=403)
    plan = _plan(at)
    made = Session(
        id=uuid_of({"id": request.POST.get("id")}, "id"),
        episode=at.episode,
        plan=plan,
        screening=last_screening(at),
        number=1 + Session.objects.filter(episode=at.episode).count(),
        needler=needler,
        supervisor=supervisor,
        began_at=timezone.now(),
    )
    return redirect(_page(at, sessions.begin(at.seat, made).pk))


def _who_needles(at: Visit) -> tuple[Any, Any]:
    """Whose hand it is, and who supervises; a student who may not needle documents.

    Raises InputError for who may not needle here today.
    """
    said = may_needle(at.seat, at.today)
    credential = credential_of(at.seat.user, at.seat.clinic)
    supervisor = credential.supervisor if credential and is_student(at.seat.roles) else None
    if said.decision < Decision.NOT_TODAY:
        return at.seat.user, supervisor
    if supervisor is not None:
        return supervisor, supervisor
    why = " ".join(r.why for r in said.reasons if r.decision >= Decision.NOT_TODAY)
    raise InputError("session", f"is not begun: {why}", "somebody who may needle here")


def _plan(at: Visit) -> Plan | None:
    plans = Plan.objects.in_clinic(at.seat.clinic).filter(episode=at.episode)
    return plans.order_by("-written_at").first()


def _page(at: Visit, session: UUID) -> str:
    return reverse("visit_couch", args=[at.seat.clinic.pk, at.patient.pk, at.episode.pk, session])


def _session(at: Visit, session: UUID, *, reading: bool = False) -> Session:
    look = keeping.read if reading else keeping.find
    found = look(at.seat, Session, session)
    if found.episode_id != at.episode.pk:
        raise NotFoundError("a session of another episode")
    return found


@require_safe
@visit(Action.RECORD_READ)
def page(request: HttpRequest, at: Visit, session: UUID) -> HttpResponseBase:
    """The session as it stands; a closed one is read in the record."""
    found = _session(at, session, reading=True)
    if found.state == "closed" or not at.seat.may(Action.RECORD_WRITE):
        return redirect("patient_entry", at.seat.clinic.pk, at.patient.pk, "session", found.pk)
    data = state.page_data(at, found)
    return render(request, "visit/couch.html", at.context("couch", session=found, data=data))


@require_safe
@visit(Action.RECORD_READ)
def now(request: HttpRequest, at: Visit, session: UUID) -> HttpResponseBase:
    """What the session holds now, for a second tablet."""
    found = _session(at, session, reading=True)
    return JsonResponse(state.held(found))


@require_POST
@visit(Action.NEEDLE)
@in_json
def target(at: Visit, told: dict[str, Any], session: UUID) -> dict[str, Any]:
    """Add a muscle; answers its limits, or what it takes to go on."""
    found = _open(at, session)
    chosen = (str(told.get("muscle", ""))[:60], str(told.get("side", ""))[:8])
    reason = str(told.get("reason", ""))
    if len(reason) > LONGEST_REASON:
        raise InputError("reason", f"has {len(reason)} signs", f"at most {LONGEST_REASON}")
    answer = add(at, found, uuid_of(told, "id"), chosen, reason)
    if isinstance(answer, SessionTarget):
        return {"state": "added", "target": state.target_json(answer)}
    return {"state": "stopped" if answer.is_final else "reason", "judged": answer.as_dict()}


@require_POST
@visit(Action.RECORD_WRITE)
@in_json
def ahead(at: Visit, told: dict[str, Any], session: UUID) -> dict[str, Any]:
    """What the rules say of muscles before one is chosen; nothing is stored."""
    _open(at, session)
    rows = told.get("muscles")
    if not isinstance(rows, list) or not 1 <= len(rows) <= state.MOST_AHEAD:
        raise InputError("muscles", "are missing", f"1 to {state.MOST_AHEAD} of {{muscle, side}}")
    chosen = [(str(one.get("muscle")), str(one.get("side"))) for one in rows]
    judged: list[Judged] = judge(at, chosen)
    return {"judged": [one.as_dict() for one in judged]}


@require_POST
@visit(Action.RECORD_WRITE)
@in_json
def retest(at: Visit, told: dict[str, Any], session: UUID) -> dict[str, Any]:
    """Store the comparable sign as it was tested before or after the needles."""
    row = Retest(
        id=uuid_of(told, "id"),
        session=_open(at, session, Retest, told),
        movement=str(told.get("movement", ""))[:300],
        when=str(told.get("when", "")),
        degrees=_number(told, "degrees"),
        pain=_number(told, "pain"),
    )
    return {"id": str(keeping.add(at.seat, row).pk)}


@require_POST
@visit(Action.RECORD_WRITE)
@in_json
def reaction(at: Visit, told: dict[str, Any], session: UUID) -> dict[str, Any]:
    """Store how the patient took it; what is graver than usual is an adverse event as well."""
    found = _open(at, session, Reaction, told)
    kind, row = str(told.get("kind", "")), uuid_of(told, "id")
    kinds = load_taxonomy().kinds
    grave = kind in kinds and kinds[kind].usual in ("severe", "serious")
    with transaction.atomic():
        # The time of the tap, so that the same tap sent again is the same.
        began_at = _moment(told, "at")
        keeping.add(at.seat, Reaction(id=row, session=found, kind=kind, began_at=began_at))
        of = uuid5(row, "event")
        # Sent again, the event may have been added to since.
        if grave and not AdverseEvent.objects.filter(pk=of).exists():
            event = AdverseEvent(
                id=of,
                patient=at.patient,
                session=found,
                kind=kind,
                grade=kinds[kind].usual,
                began_at=began_at,
            )
            keeping.add(at.seat, event)
    return {"id": str(row), "is_event": grave}


def _open(
    at: Visit, session: UUID, model: Any = None, told: dict[str, Any] | None = None
) -> Session:
    """The open session; a row that is stored already may be sent again after it was closed."""
    found = _session(at, session)
    if found.state == "closed":
        again = model is not None and model.objects.filter(pk=uuid_of(told or {}, "id")).exists()
        if not again:
            raise ClosedError("session", "is closed", "an amendment of its note")
    return found


def _number(told: dict[str, Any], field: str) -> float | None:
    value = told.get(field)
    if value is None or value == "":
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise InputError(field, "is no number", "a number")
    return float(value)


def _moment(told: dict[str, Any], field: str) -> datetime:
    right = "a moment with its zone, such as 2026-11-26T09:30:00+00:00"
    try:
        found = datetime.fromisoformat(str(told.get(field)))
    except ValueError as error:
        raise InputError(field, "is no moment", right) from error
    if found.tzinfo is None:
        raise InputError(field, "has no time zone", right)
    return found
