"""The lock of a screen that nobody touches.

The page covers itself (`frontend/src/session`) and tells the server; the server also counts for
itself, so that a page which was closed, or whose script does not run, is locked as well.  A locked
session keeps all it had and answers nothing until it is unlocked.
"""

import time
from collections.abc import Callable
from typing import cast

from django.contrib.auth import logout
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from tautband.base.errors import InputError
from tautband.clinic.account.open_pages import is_open_while_locked, wants_page
from tautband.clinic.account.sessions import LOCK, SessionStore
from tautband.clinic.boundary import GetResponse, problem

LOCKED = 423
DEFAULT_IDLE_S = 15 * 60
LONGEST_SESSION_S = 12 * 3600  # a day's work; then everybody signs in anew
_TOUCH_EVERY_S = 20  # a session row is written at most this often for being in use
_SEEN, _BEGAN, _IDLE = "seen_at", "began_at", "idle_s"

Clock = Callable[[], float]


def idle_seconds(request: HttpRequest) -> int:
    """After how long without a touch this session is locked."""
    return int(request.session.get(_IDLE, DEFAULT_IDLE_S))


def set_idle_minutes(request: HttpRequest, minutes: int) -> None:
    """Use the time of the clinic that the person is in; the session is written only on a change."""
    if idle_seconds(request) != minutes * 60:
        request.session[_IDLE] = minutes * 60


def is_locked(request: HttpRequest) -> bool:
    """True when the session waits to be unlocked."""
    return bool(request.session.get(LOCK))


def lock(request: HttpRequest) -> None:
    """Answer nothing more until unlocked."""
    _store(request).lock()


def unlock(request: HttpRequest, now: float) -> None:
    """Go on where the session stood."""
    _store(request).unlock()
    request.session[_SEEN] = now


def note_use(request: HttpRequest, now: float) -> None:
    """Count a request: the session is in use, or it was left too long and locks now."""
    session = request.session
    session.setdefault(_BEGAN, now)
    seen = float(session.get(_SEEN, 0.0)) or now
    if now - seen > idle_seconds(request) + _TOUCH_EVERY_S:
        lock(request)
    elif _SEEN not in session or now - seen >= _TOUCH_EVERY_S:
        session[_SEEN] = now


def _store(request: HttpRequest) -> SessionStore:
    """The session as `SESSION_ENGINE` makes it."""
    return cast(SessionStore, request.session)


def is_over(request: HttpRequest, now: float) -> bool:
    """True when the session has lasted as long as any may."""
    return now - float(request.session.get(_BEGAN, now)) > LONGEST_SESSION_S


class IdleMiddleware:
    """Locks and ends sessions; refuses everything while locked."""

    clock: Clock = staticmethod(time.time)

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, never kept by a browser, or the refusal while locked."""
        if not request.user.is_authenticated:
            return self.get_response(request)
        ended = is_over(request, self.clock())
        response = self._refusal(request) or self.get_response(request)
        response.headers["Cache-Control"] = "no-store"
        if not request.user.is_authenticated:
            # Who signs out leaves nothing.  When the day is over, taps that wait on the device
            # stay, sealed, until the same person signs in again.
            kept = '"cache"' if ended else '"cache", "storage"'
            response.headers["Clear-Site-Data"] = kept
        return response

    def _refusal(self, request: HttpRequest) -> HttpResponseBase | None:
        now = self.clock()
        if is_over(request, now):
            logout(request)
            return None
        if not is_locked(request) and not request.path.startswith("/account/session/"):
            note_use(request, now)
        if not is_locked(request) or is_open_while_locked(request.path):
            return None
        if request.method in ("GET", "HEAD") and wants_page(request):
            back = urlencode({"next": request.get_full_path()})
            return redirect(f"{reverse('account_unlock')}?{back}")
        error = InputError("session", "is locked", "unlock it; nothing was stored")
        return problem(error, LOCKED)
