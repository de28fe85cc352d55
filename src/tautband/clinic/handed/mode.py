"""The session of a tablet in a patient's hands: it opens one page and nothing else.

It is kept in the session on the server, so no address, second tab or reload gets out of it; whoever
shows that they are the one who signed in ends it.
"""

from typing import cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from tautband.base.errors import InputError
from tautband.clinic.account.idle import LOCKED, is_locked
from tautband.clinic.account.open_pages import is_open_while_locked, is_public, wants_page
from tautband.clinic.account.sessions import HANDED, SessionStore
from tautband.clinic.boundary import GetResponse, problem

# What painting needs: the body, and places told in words.  No ranking is among it.
_PAINTING = ("/api/body", "/api/words")
# From the locked screen one may sign out, as always; from the page that is painted on, not.
_LEAVING = "/account/logout/"


def hand_over(request: HttpRequest, path: str) -> None:
    """From now on this session opens `path` and what lies below it alone.

    The session's key changes, so that the browser drops the pages that it kept for Back.
    """
    session = cast(SessionStore, request.session)
    session.hand_over(path)
    session.cycle_key()


def take_back(request: HttpRequest) -> str | None:
    """End it; answers the page that was handed over, or None."""
    return cast(SessionStore, request.session).take_back()


def handed_over(request: HttpRequest) -> str | None:
    """The page that a patient holds, or None."""
    path: str | None = request.session.get(HANDED)
    return path


def is_open(path: str, handed: str, *, locked: bool) -> bool:
    """True for the page in the patient's hands, what painting asks for, and the way back."""
    if path.startswith((handed, *_PAINTING)):
        return True
    if path.startswith(_LEAVING):
        return locked
    return is_open_while_locked(path) and not is_public(path)


class PatientModeMiddleware:
    """Refuses everything else while a patient holds the tablet."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, or the way to the one page that is open."""
        handed = handed_over(request) if request.user.is_authenticated else None
        if handed is None or is_open(request.path, handed, locked=is_locked(request)):
            return self.get_response(request)
        if request.method in ("GET", "HEAD") and wants_page(request):
            return redirect(handed)
        return problem(InputError("session", "is in a patient's hands", "take it back"), LOCKED)
