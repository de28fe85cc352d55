"""The patient's own pages: one address, whose link says which page it opens."""

from collections.abc import Callable, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from tautband.clinic.account.address import client_address
from tautband.clinic.after import before, care, checking_in, measure, opening
from tautband.clinic.pace import Pace
from tautband.clinic.record.models import OwnLink

NOT_FOUND, TOO_SOON = 404, 429
Handler = Callable[[HttpRequest, OwnLink, str, str], HttpResponseBase]
# Each takes the request, the link, its secret, and the part of the page that is asked for.
HANDLERS: Mapping[str, Handler] = {
    "check-in": checking_in.page,
    "measure": measure.page,
    "before": before.page,
    "care": care.page,
}
_pace = Pace(settings.TAUTBAND_PACE)


@sensitive_variables("secret")
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def own_page(request: HttpRequest, secret: str, part: str = "") -> HttpResponseBase:
    """The page of a link, or one of its parts; one 404 for every bad link."""
    if _pace.wait_s(client_address(request)):
        return _private(_gone(request, TOO_SOON))
    link = opening.find(secret, timezone.now())
    handler = HANDLERS.get(link.purpose) if link is not None else None
    if link is None or handler is None:
        return _private(_gone(request, NOT_FOUND))
    return _private(handler(request, link, secret, part))


def _gone(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, "after/gone.html", status=status)


def _private(response: HttpResponseBase) -> HttpResponseBase:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
