"""What a request must fulfil before a view sees it, and the headers that every answer carries.

The API keeps no session and sets no cookie, so there is no authority that another site could
borrow.  It still refuses a POST which a browser says was started by another site, and any POST
whose content type is not JSON: a foreign form cannot send that, and a foreign script would have to
ask first, which is never granted.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from tautband.base.errors import InputError

API_PREFIX = "/api/"
_OWN_PAGES = ("", "same-origin", "none")
_PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def problem(error: InputError, status: int) -> HttpResponse:
    """The one error shape, as JSON."""
    return JsonResponse(error.as_dict(), status=status)


def is_api(request: HttpRequest) -> bool:
    """True when the request is answered in JSON."""
    return request.path.startswith(API_PREFIX)


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
            fresh = "no-store" if request.method == "POST" else "no-cache"
            response.headers.setdefault("Cache-Control", fresh)
        return response


class ApiMiddleware:
    """Refuses a POST to the API before its body is read: origin, content type, length."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The refusal, or what lies behind."""
        if not is_api(request):
            return self.get_response(request)
        if request.method == "POST":
            return self._refusal(request) or self.get_response(request)
        response = self.get_response(request)
        if response.status_code == 405:
            allowed = response.headers.get("Allow", "")
            response = problem(InputError("method", f"is {request.method}", allowed), 405)
            response.headers["Allow"] = allowed
        return response

    def _refusal(self, request: HttpRequest) -> HttpResponse | None:
        site = request.headers.get("Sec-Fetch-Site", "")
        if site not in _OWN_PAGES:
            return problem(InputError("request", "comes from another site", "our own page"), 403)
        if request.content_type != "application/json":
            given = request.content_type or "nothing"
            return problem(InputError("Content-Type", f"is {given[:80]}", "application/json"), 415)
        return _length_refusal(request.headers.get("Content-Length", ""))


def _length_refusal(declared: str) -> HttpResponse | None:
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    if not declared.isdecimal():
        return problem(InputError("Content-Length", "is missing", "the length of the body"), 411)
    if int(declared[:20]) > limit:
        return problem(
            InputError("body", "is too large", f"at most {limit // 1_000_000} MB of JSON"), 413
        )
    return None
