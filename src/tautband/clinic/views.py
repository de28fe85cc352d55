"""The pages.  They hold no data: what is drawn stays in the browser and goes to the API."""

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tautband.base.errors import InputError
from tautband.clinic.account.open_pages import wants_page
from tautband.clinic.boundary import is_api, problem
from tautband.clinic.health import report


@require_safe
def body(request: HttpRequest) -> HttpResponse:
    """The clinician's page: the body and the ranking beside it."""
    return render(request, "body.html", {"page": "body"})


@require_safe
def draw(request: HttpRequest) -> HttpResponse:
    """The patient's page: the drawing alone."""
    return render(request, "draw.html", {"page": "draw"})


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What Tautband is meant for, what not, and where its knowledge comes from."""
    return render(request, "about.html", {"page": "about"})


@require_safe
def forecast(request: HttpRequest) -> HttpResponse:
    """A course typed in, and whether it is working."""
    return render(request, "forecast.html", {"page": "forecast"})


@require_safe
def measures(request: HttpRequest) -> HttpResponse:
    """Item answers typed in, and what their score is worth."""
    return render(request, "measures.html", {"page": "forecast"})


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For whoever watches the server: it is up, and its data were loaded."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
def readiness(request: HttpRequest) -> HttpResponse:
    """Whether all that the clinic needs is well: 200, or 503 with what is not."""
    found = report()
    well = all(found.values())
    return JsonResponse({"well": well, **found}, status=200 if well else 503)


def bad_request(request: HttpRequest, exception: SuspiciousOperation) -> HttpResponse:
    """400, which a wrong host name gets too."""
    return _error(request, 400, InputError("request", "cannot be understood"))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return _error(request, 403, InputError("request", "is not allowed"))


def not_from_us(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without the token of this session, most often of a page left open for long."""
    if is_api(request) or not wants_page(request):
        return problem(InputError("token", "is not of this session", "the page loaded anew"), 403)
    texts = {"title": "account-stale-form-title", "message": "account-stale-form"}
    return render(request, "error.html", texts, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return _error(request, 404, InputError("address", "is not one of this server"))


def server_error(request: HttpRequest) -> HttpResponse:
    """500, said without details."""
    return _error(request, 500, InputError("server", "failed; nothing was stored"))


def _error(request: HttpRequest, status: int, error: InputError) -> HttpResponse:
    if is_api(request):
        return problem(error, status)
    texts = {"title": f"error-{status}-title", "message": f"error-{status}"}
    return render(request, "error.html", texts, status=status)
