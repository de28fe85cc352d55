"""The list of patients, finding one, and admitting or changing one."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tautband.base.errors import InputError
from tautband.clinic.access import Seat, member
from tautband.clinic.policy import Action
from tautband.clinic.record.models import Patient
from tautband.clinic.record.services import keeping
from tautband.clinic.record.services.importing import find_twins
from tautband.clinic.record_pages import finding
from tautband.clinic.record_pages.answering import page, private
from tautband.clinic.record_pages.forms import PatientForm
from tautband.clinic.record_pages.presenting import Line, is_minor

LONGEST_SEARCH = 100


@require_safe
@member(Action.PATIENT_LIST)
@private
def patients(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Who was here last; older pages by number."""
    asked = request.GET.get("page", "1")
    listed = finding.recent(seat, int(asked) if asked.isascii() and asked.isdigit() else 1)
    return page(request, seat, "patients.html", {"listed": listed, "lines": _lines(listed)})


@sensitive_post_parameters("q")
@require_POST
@member(Action.PATIENT_LIST)
@private
def search(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Who fits what was typed.  A name is sent in the body, since addresses are written down."""
    words = request.POST.get("q", "")[:LONGEST_SEARCH].strip()
    listed = finding.search(seat, words) if words else finding.recent(seat, 1)
    values = {"listed": listed, "lines": _lines(listed), "query": words}
    template = "patients_found.html" if request.POST.get("part") == "list" else "patients.html"
    return page(request, seat, template, values)


def _lines(listed: finding.Listed) -> list[Line]:
    return [Line.of(patient) for patient in listed.patients]


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@member(Action.PATIENT_ADMIT)
@private
def admit(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """A new patient.  Somebody of the same name and day of birth is shown before a second one."""
    if request.method != "POST":
        return _form(request, seat, PatientForm())
    form = PatientForm(request.POST)
    if not form.is_valid():
        return _form(request, seat, form, status=400)
    new = Patient(
        id=form.cleaned_data["id"], is_synthetic=seat.clinic.is_synthetic, **form.values()
    )
    twins = [] if "another" in request.POST else find_twins(seat, new)
    if twins:
        return _form(request, seat, form, twins=twins, status=409)
    try:
        stored = keeping.add(seat, new)
    except InputError as error:
        form.refuse(error)
        return _form(request, seat, form, status=400)
    if is_minor(stored):
        return redirect("guardian_add", clinic=seat.clinic.pk, patient=stored.pk)
    return redirect("patient", clinic=seat.clinic.pk, patient=stored.pk)


def _form(
    request: HttpRequest,
    seat: Seat,
    form: PatientForm,
    status: int = 200,
    twins: list[Patient] | None = None,
) -> HttpResponse:
    values = {"form": form, "part": "patient", "twins": [Line.of(one) for one in twins or ()]}
    return page(request, seat, "admit.html", values, status)
