"""What a request must fulfil before a view sees it, and the headers that every answer carries.

The API keeps no session and sets no cookie, so there is no authority that another site could
borrow.  It still refuses a POST which a browser says was started by another site, and any POST
whose content type is not JSON: a foreign form cannot send that, and a foreign script would have to
ask first, which is never granted.
"""

import logging
import math
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from tautband.base.errors import InputError
from tautband.clinic.account.address import client_address
from tautband.clinic.pace import Pace

_log = logging.getLogger("tautband.security")
API_PREFIX = "/api/"
_OWN_PAGES = ("", "same-origin", "none")
_PRIVATE_PAGES = ("/account/", "/clinic/", "/invitation/")
_PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def problem(error: InputError, status: int) -> HttpResponse:
    """The one error shape, as JSON."""
    return JsonResponse(error.as_dict(), status=status)


def is_api(request: HttpRequest) -> bool:
    """True when the request is answered in JSON."""
    return request.path.startswith(API_PREFIX)


def is_from_us(request: HttpRequest) -> bool:
    """False when a browser says that another site's page sent this."""
    return request.headers.get("Sec-Fetch-Site", "") in _OWN_PAGES


class HeadersMiddleware:
    """Adds what Django has no setting for; answers that may hold patient data are never stored."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, then complete the headers."""
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith(settings.STATIC_URL):
            private = request.method == "POST" or request.path.startswith(_PRIVATE_PAGES)
            fresh = "no-store" if private else "no-cache"
            response.headers.setdefault("Cache-Control", fresh)
        return response


class ApiMiddleware:
    """Refuses before a body is read: its length; for the API origin, content type and pace too."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.pace = Pace(settings.TAUTBAND_PACE)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The refusal, or what lies behind."""
        if not is_api(request):
            return _too_large(request) or self.get_response(request)
        if settings.SECURE_SSL_REDIRECT and not request.is_secure():
            return problem(InputError("request", "came over plain HTTP", "https"), 403)
        if request.method == "POST":
            return self._refusal(request) or self.get_response(request)
        response = self.get_response(request)
        if response.status_code == 405:
            allowed = response.headers.get("Allow", "")
            response = problem(InputError("method", f"is {request.method}", allowed), 405)
            response.headers["Allow"] = allowed
        return response

    def _refusal(self, request: HttpRequest) -> HttpResponse | None:
        if not is_from_us(request):
            return problem(InputError("request", "comes from another site", "our own page"), 403)
        if request.content_type != "application/json":
            given = request.content_type or "nothing"
            return problem(InputError("Content-Type", f"is {given[:80]}", "application/json"), 415)
        return _length_refusal(request.headers.get("Content-Length", "")) or self._wait(request)

    def _wait(self, request: HttpRequest) -> HttpResponse | None:
        wait = math.ceil(self.pace.wait_s(client_address(request)))
        if not wait:
            return None
        _log.warning("an address was slowed down at %s", request.path)
        again = InputError("request", "comes too soon after many others", f"again in {wait} s")
        response = problem(again, 429)
        response.headers["Retry-After"] = str(wait)
        return response


def _too_large(request: HttpRequest) -> HttpResponse | None:
    """A page's body over the limit is refused before any of it is kept."""
    declared = request.headers.get("Content-Length", "")
    limit = settings.TAUTBAND_MAX_BODY
    if not declared.isdecimal() or int(declared[:20]) <= limit:
        return None
    texts = {"title": "error-413-title", "message": "error-413"}
    return render(request, "error.html", texts, status=413)


def _length_refusal(declared: str) -> HttpResponse | None:
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if not declared.isdecimal():
        return problem(InputError("Content-Length", "is missing", "the length of the body"), 411)
    if int(declared[:20]) > limit:
        return problem(
            InputError("body", "is too large", f"at most {limit // 1_000_000} MB of JSON"), 413
        )
    return None
