"""Handing the tablet over, the patient's drawing, and what it saves."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from tautband.base.errors import InputError
from tautband.clinic.account.idle import lock
from tautband.clinic.handed.mode import hand_over, handed_over
from tautband.clinic.policy import Action
from tautband.clinic.record.errors import ClosedError, NotFoundError
from tautband.clinic.record.models import Assessment
from tautband.clinic.record.services import keeping
from tautband.clinic.record.services.trailing import leave
from tautband.clinic.trail.deeds import Deed
from tautband.clinic.visit_pages.assessment_rows import save_row
from tautband.clinic.visit_pages.door import Visit, in_json, visit

# What a patient says: where it hurts, and how they put it.
_OWN = frozenset({"drawing", "told"})


@require_POST
@visit(Action.RECORD_WRITE)
def begin(request: HttpRequest, at: Visit, assessment: UUID) -> HttpResponseBase:
    """Hand the tablet over for one open assessment; the trail says that it was."""
    found = _open(at, assessment)
    path = reverse("visit_handed", args=_ids(at, found))
    leave(at.seat, Deed.LOCK, found, {"reason": "handed-over"})
    hand_over(request, path)
    return redirect(path)


@require_safe
@visit(Action.RECORD_WRITE)
def page(request: HttpRequest, at: Visit, assessment: UUID) -> HttpResponseBase:
    """The patient's page.

    Opened by a clinician that has not handed it over, it leads back.  What was finished elsewhere
    meanwhile takes no more paint: the tablet locks and waits for its owner.
    """
    found = _find(at, assessment, reading=True)
    back = reverse("visit_assessment", args=_ids(at, found))
    if handed_over(request) is None:
        return redirect(back)
    if not found.is_draft:
        lock(request)
        return redirect(f"{reverse('account_unlock')}?{urlencode({'next': back})}")
    data = {
        "id": str(found.pk),
        "version": found.version,
        "drawing": found.drawing,
        "sex": at.patient.sex or None,
        "save": reverse("visit_handed_save", args=_ids(at, found)),
        "lock": reverse("account_lock"),
        "back": back,
    }
    return render(request, "visit/handed.html", at.context("assessment", page="handed", data=data))


@require_POST
@visit(Action.RECORD_WRITE)
@in_json
def save(at: Visit, told: dict[str, Any], assessment: UUID) -> dict[str, Any]:
    """Store the drawing as far as it is painted."""
    values = told.get("values")
    if told.get("kind") != "assessment" or not isinstance(values, dict) or values.keys() - _OWN:
        raise InputError("values", "are not the patient's own", "a drawing")
    return save_row(at, _open(at, assessment), told)


def _open(at: Visit, assessment: UUID) -> Assessment:
    found = _find(at, assessment)
    if not found.is_draft:
        raise ClosedError("assessment", "is finished", "a new one")
    return found


def _find(at: Visit, assessment: UUID, *, reading: bool = False) -> Assessment:
    look = keeping.read if reading else keeping.find
    found = look(at.seat, Assessment, assessment)
    if found.episode_id != at.episode.pk:
        raise NotFoundError("an assessment of another episode")
    return found


def _ids(at: Visit, assessment: Assessment) -> list[Any]:
    return [at.seat.clinic.pk, at.patient.pk, at.episode.pk, assessment.pk]
