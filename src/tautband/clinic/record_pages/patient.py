"""A patient's pages: who it is and what happened; and what lasts from one episode to the next."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tautband.base.errors import InputError
from tautband.clinic.access import Seat, member
from tautband.clinic.policy import Action
from tautband.clinic.record.models import (
    BodyMeasure,
    Episode,
    Guardian,
    HistoryItem,
    Medication,
    Patient,
)
from tautband.clinic.record_pages.alerts import alerts
from tautband.clinic.record_pages.answering import page, private
from tautband.clinic.record_pages.chosen import chosen
from tautband.clinic.record_pages.presenting import Line, said
from tautband.clinic.record_pages.timeline import FILTERS, timeline

CONTACTS = (
    "phone",
    "email",
    "address",
    "contact_notes",
    "occupation",
    "clinic_number",
    "national_id",
)


@require_safe
@member(Action.PATIENT_LIST)
@private
def patient(request: HttpRequest, seat: Seat, patient: UUID) -> HttpResponse:
    """Who it is, what to know, the episodes, and what happened.

    The desk gets who it is and how to reach them, and nothing clinical.
    """
    if not seat.may(Action.RECORD_READ):
        return _contacts(request, seat, patient)
    one = chosen(seat, patient, "timeline")
    show = request.GET.get("show", "")
    number = page_number(request)
    try:
        entries, further = timeline(one.pk, show=show, page=number)
    except InputError:
        raise Http404 from None
    values = {
        "who": Line.of(one),
        "patient": one,
        "alerts": alerts(one, clinical=True),
        "episodes": list(Episode.objects.filter(patient=one).order_by("-began_on")),
        "entries": entries,
        "further": further,
        "number": number,
        "show": show,
        "filters": list(FILTERS),
        "view": "timeline",
    }
    return page(request, seat, "patient.html", values)


@require_safe
@member(Action.PATIENT_LIST)
@private
def background(request: HttpRequest, seat: Seat, patient: UUID) -> HttpResponse:
    """Contacts and guardians; for those who treat also measures, medication and history."""
    if not seat.may(Action.RECORD_READ):
        return _contacts(request, seat, patient)
    one = chosen(seat, patient, "background")
    values = {
        **_about(one),
        "measures": _lasting(BodyMeasure, one, "-measured_on"),
        "medications": _lasting(Medication, one, "-since"),
        "history": _lasting(HistoryItem, one, "kind"),
        "clinical": True,
    }
    return page(request, seat, "background.html", values)


def _contacts(request: HttpRequest, seat: Seat, patient: UUID) -> HttpResponse:
    one = chosen(seat, patient, "contacts")
    return page(request, seat, "background.html", {**_about(one), "clinical": False})


def _about(one: Patient) -> dict[str, object]:
    return {
        "who": Line.of(one),
        "patient": one,
        "contacts": said(one, CONTACTS),
        "alerts": alerts(one, clinical=False),
        "guardians": _lasting(Guardian, one, "until"),
        "view": "background",
    }


def _lasting(model: type, patient: Patient, order: str) -> list[object]:
    rows = model.objects.filter(patient=patient).order_by(order, "-written_at")  # type: ignore[attr-defined]
    found = list(rows)
    for one in found:
        one.patient = patient  # whose key opens it, without asking again
    return found


def page_number(request: HttpRequest) -> int:
    """The page asked for, 1 when it is none."""
    asked = request.GET.get("page", "1")
    return max(int(asked), 1) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
