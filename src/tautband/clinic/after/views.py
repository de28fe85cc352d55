"""The patient's own page behind one link, and the clinic's list of what waits for a person."""

from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tautband.base.errors import InputError
from tautband.clinic.access import Seat, member
from tautband.clinic.account.address import client_address
from tautband.clinic.after import telling, worklist
from tautband.clinic.pace import Pace
from tautband.clinic.policy import Action
from tautband.clinic.record.errors import ConflictError
from tautband.clinic.record.models import CheckIn, Report
from tautband.clinic.record.services import keeping
from tautband.clinic.record_pages.answering import page, private
from tautband.safety.events.urgency import Urgency

CONFLICT, REFUSED, TOO_SOON = 409, 422, 429
_pace = Pace(settings.TAUTBAND_PACE)


@sensitive_variables("secret")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def own_page(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Ask, show what to do, and take what the patient will do; one 404 for every bad link."""
    if _pace.wait_s(client_address(request)):
        return _private(render(request, "after/gone.html", status=TOO_SOON))
    row = telling.find(secret, timezone.now())
    if row is None:
        return _private(render(request, "after/gone.html", status=404))
    if request.method == "POST":
        return _private(_answer(request, row, secret))
    telling.opened(row)
    report = telling.latest(row)
    if report is None or "again" in request.GET:
        return _private(_ask(request, row))
    return _private(_advice(request, row, report))


def _answer(request: HttpRequest, row: CheckIn, secret: str) -> HttpResponse:
    posted = request.POST
    report = telling.latest(row)
    try:
        if "will_do" in posted or "intent" in posted:
            if report is None:
                raise InputError("signs", "are not answered", "the answers first")
            telling.will_do(report, posted.get("will_do", ""))
        else:
            telling.tell(row, _told(request), timezone.now())
    except ConflictError:  # sent twice at once: what is stored is shown
        pass
    except InputError as error:
        telling.opened(row)
        if report is not None and "intent" in posted:
            return _advice(request, row, report, error=error.field, status=REFUSED)
        return _ask(request, row, error=error.field, status=REFUSED)
    return redirect("own_page", secret=secret)


def _told(request: HttpRequest) -> telling.Told:
    posted = request.POST
    try:
        row = UUID(posted.get("id", ""))
    except ValueError as error:
        raise InputError("signs", "have no id", "the one of the form") from error
    ticked = tuple(dict.fromkeys(posted.getlist("sign")))
    words = posted.get("words", "").strip()
    return telling.Told(row, ticked, posted.get("confirm", ""), words)


def _ask(request: HttpRequest, row: CheckIn, status: int = 200, error: str = "") -> HttpResponse:
    asked = telling.questions(row, timezone.now())
    values = {
        "signs": [(one, one.urgency is Urgency.EMERGENCY) for one in asked],
        "new_id": request.POST.get("id") or uuid4(),
        "ticked": request.POST.getlist("sign"),
        "typed": request.POST,
        "error": error,
    }
    return _own(request, row, "ask.html", values, status)


def _advice(
    request: HttpRequest, row: CheckIn, report: Report, status: int = 200, error: str = ""
) -> HttpResponse:
    values = {
        "report": report,
        "say": report.triaged["say"],
        "is_urgent": telling.is_urgent(report),
        "is_emergency": report.urgency == Urgency.EMERGENCY.key,
        "choices": Report.WILL_DO,
        "error": error,
    }
    return _own(request, row, "advice.html", values, status)


def _own(
    request: HttpRequest, row: CheckIn, template: str, values: dict[str, Any], status: int
) -> HttpResponse:
    shared = {"clinic": row.clinic, "number": telling.number_of(row)}
    return render(request, f"after/{template}", {**shared, **values}, status=status)


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


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
    version = request.POST.get("version", "")
    done = request.POST.get("done", "").strip()
    try:
        worklist.close(seat, found, int(version) if version.isdecimal() else 0, done)
    except ConflictError as error:
        return _list(request, seat, error=" ".join(error.changes), status=CONFLICT)
    except InputError as error:
        return _list(request, seat, error=str(error), typed={found.pk: done}, status=REFUSED)
    return redirect("clinic_warnings", seat.clinic.pk)


def _list(request: HttpRequest, seat: Seat, status: int = 200, **more: Any) -> HttpResponse:
    values = {"tab": "warnings", "waiting": worklist.waiting(seat, more.pop("typed", {}))}
    values["unsure"] = worklist.unsure(seat)
    return page(request, seat, "warnings.html", {**values, **more}, status)
