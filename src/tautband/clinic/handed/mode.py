"""The session of a tablet in a patient's hands: it opens one page and nothing else.

It is kept in the session on the server, so no address, second tab or reload gets out of it; whoever
shows that they are the one who signed in ends it.
"""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from tautband.base.errors import InputError
from tautband.clinic.account.idle import LOCKED
from tautband.clinic.account.open_pages import is_open_while_locked, is_public, wants_page
from tautband.clinic.boundary import GetResponse, problem

_KEY = "handed_over"
# What painting needs: the body, and places told in words.  No ranking is among it.
_PAINTING = ("/api/body", "/api/words")


def hand_over(request: HttpRequest, path: str) -> None:
    """From now on this session opens `path` and what lies below it alone."""
    request.session[_KEY] = path


def take_back(request: HttpRequest) -> str | None:
    """End it; answers the page that was handed over, or None."""
    path: str | None = request.session.pop(_KEY, None)
    return path


def handed_over(request: HttpRequest) -> str | None:
    """The page that a patient holds, or None."""
    path: str | None = request.session.get(_KEY)
    return path


def is_open(path: str, handed: str) -> bool:
    """True for the page in the patient's hands, what painting asks for, and the way back."""
    if path.startswith(handed) or path.startswith(_PAINTING):
        return True
    return is_open_while_locked(path) and not is_public(path)


class PatientModeMiddleware:
    """Refuses everything else while a patient holds the tablet."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, or the way to the one page that is open."""
        handed = handed_over(request) if request.user.is_authenticated else None
        if handed is None or is_open(request.path, handed):
            return self.get_response(request)
        if request.method in ("GET", "HEAD") and wants_page(request):
            return redirect(handed)
        return problem(InputError("session", "is in a patient's hands", "take it back"), LOCKED)
