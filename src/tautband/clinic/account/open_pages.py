"""What a browser may ask for that is signed in but not fully, or whose screen is locked.

Everything else is closed: a page that is added later is behind the second factor and the lock
without anybody having to think of it.
"""

from django.http import HttpRequest

# Pages that show no person's data, and the part of the API that keeps no session.
_PUBLIC = ("/draw", "/about", "/forecast/", "/measures/", "/atlas/", "/evidence/", "/health", "/p/")
_PUBLIC_API = "/api/"
_CLOSED_API = "/api/clinic/"
_SETTING_UP = (
    "/account/mfa/",
    "/account/reauthenticate/",
    "/account/login/",
    "/account/password/reset/",
)
_LOCKED = ("/account/unlock/",)
_ALWAYS = ("/account/logout/", "/account/lock/", "/account/session/")


def is_public(path: str) -> bool:
    """True for what anybody may see."""
    if path.startswith(_PUBLIC_API):
        return not path.startswith(_CLOSED_API)
    return path == "/" or path.startswith(_PUBLIC)


def is_open_without_second_factor(path: str) -> bool:
    """True for what is needed to set one up, or to leave."""
    return is_public(path) or path.startswith(_SETTING_UP + _LOCKED + _ALWAYS)


def is_open_while_locked(path: str) -> bool:
    """True for what is needed to unlock, or to leave."""
    return is_public(path) or path.startswith(_LOCKED + _ALWAYS)


def wants_page(request: HttpRequest) -> bool:
    """True when a person looks at the answer, false when a script of ours reads it."""
    if request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate":
        return False
    return "application/json" not in request.headers.get("Accept", "")
