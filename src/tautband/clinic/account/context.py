"""What the frame of every page knows of the person."""

from functools import partial
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest

from tautband.clinic.account.demonstration import is_demonstration
from tautband.clinic.account.idle import idle_seconds, is_locked


def demonstration_context(request: HttpRequest) -> dict[str, Any]:
    """Whether the made-up clinic can be opened from here, asked by the one page that shows it."""
    return {"demonstration": partial(is_demonstration, request)}


def account_context(request: HttpRequest) -> dict[str, Any]:
    """Whether somebody is signed in, asked only of a browser that has a session.

    The page that says the server failed is drawn with this too, so a database that does not answer
    is taken as nobody.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return {"signed_in": False}
    try:
        if not request.user.is_authenticated:
            return {"signed_in": False}
        return {
            "signed_in": True,
            "session_user": request.user.pk,
            "session_idle_s": idle_seconds(request),
            "session_locked": is_locked(request),
        }
    except (DatabaseError, AttributeError):
        return {"signed_in": False}
