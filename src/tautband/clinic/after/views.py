"""The clinic's list of what waits for a person, and the links of one patient."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from tautband.base.errors import InputError
from tautband.clinic.access import Seat, member
from tautband.clinic.after import given, sending, worklist
from tautband.clinic.policy import Action
from tautband.clinic.record.errors import ConflictError
from tautband.clinic.record.models import OwnLink, Patient, Report
from tautband.clinic.record.services import keeping
from tautband.clinic.record_pages.answering import page, private
from tautband.clinic.record_pages.presenting import Line

CONFLICT, REFUSED = 409, 422
BY_HAND = ("care", "measure")


@require_safe
@member(Action.RECORD_READ)
@private
def warnings(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """What patients told and nobody has dealt with, gravest first."""
    return _list(request, seat)


@require_POST
@member(Action.RECORD_WRITE)
@private
def handled(request: HttpRequest, seat: Seat, report: UUID) -> HttpResponseBase:
    """Take one off the list, with what was done."""
    found = keeping.find(seat, Report, report)
    done = request.POST.get("done", "").strip()
    try:
        worklist.close(seat, found, _version(request), done)
    except ConflictError as error:
        return _list(request, seat, error=" ".join(error.changes), status=CONFLICT)
    except InputError as error:
        return _list(request, seat, error=str(error), typed={found.pk: done}, status=REFUSED)
    return redirect("clinic_warnings", seat.clinic.pk)


@require_safe
@member(Action.PATIENT_LIST)
@private
def links(request: HttpRequest, seat: Seat, patient: UUID) -> HttpResponseBase:
    """What a patient was sent, what may be sent now, and ending what is open."""
    return _links(request, seat, keeping.read(seat, Patient, patient))


@require_POST
@member(Action.PATIENT_ADMIT)
@private
def give_link(request: HttpRequest, seat: Seat, patient: UUID) -> HttpResponseBase:
    """Send one by hand."""
    found = keeping.find(seat, Patient, patient)
    try:
        sending.give(seat, found, request.POST.get("purpose", ""), _row(request))
    except InputError as error:
        return _links(request, seat, found, error=str(error), status=REFUSED)
    except ConflictError as error:
        return _links(request, seat, found, error=" ".join(error.changes), status=CONFLICT)
    return redirect("patient_links", seat.clinic.pk, found.pk)


@require_POST
@member(Action.PATIENT_ADMIT)
@private
def revoke_link(request: HttpRequest, seat: Seat, patient: UUID, link: UUID) -> HttpResponseBase:
    """End one."""
    found = keeping.find(seat, Patient, patient)
    row = keeping.find(seat, OwnLink, link)
    if row.patient_id == found.pk:
        try:
            sending.revoke(seat, row)
        except ConflictError as error:
            return _links(request, seat, found, error=" ".join(error.changes), status=CONFLICT)
    return redirect("patient_links", seat.clinic.pk, found.pk)


def _version(request: HttpRequest) -> int:
    version = request.POST.get("version", "")
    return int(version) if version.isdecimal() else 0


def _row(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("id", ""))
    except ValueError as error:
        raise InputError("id", "is missing", "the one of the form") from error


def _list(request: HttpRequest, seat: Seat, status: int = 200, **more: Any) -> HttpResponse:
    values = {"tab": "warnings", "waiting": worklist.waiting(seat, more.pop("typed", {}))}
    values["unsure"] = worklist.unsure(seat)
    return page(request, seat, "warnings.html", {**values, **more}, status)


def _links(
    request: HttpRequest, seat: Seat, patient: Patient, status: int = 200, error: str = ""
) -> HttpResponse:
    values = {
        "tab": "patients",
        "who": Line.of(patient),
        "links": given.links_of(seat, patient, timezone.now()),
        "by_hand": [(purpose, uuid4()) for purpose in given.may_send(patient, BY_HAND)],
        "channel": given.channel_of(patient),
        "view": "links",
        "error": error,
    }
    return page(request, seat, "links.html", values, status)
