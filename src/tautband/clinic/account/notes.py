"""What happens to accounts, written into the audit trail, and a new second factor counted at once.

Connected when the application is ready; every entry holds ids and codes, never an address.
"""

from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.account.signals import password_changed, password_reset
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import (
    authentication_failed,
    authenticator_added,
    authenticator_removed,
    authenticator_reset,
)
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

from tautband.clinic.account.lockout import account_of
from tautband.clinic.account.second_factor import METHOD
from tautband.clinic.people.models import User
from tautband.clinic.trail.deeds import Deed
from tautband.clinic.trail.writing import note, note_login

_NAMES = {"webauthn": "passkey", "recovery_codes": "recovery", "totp": "totp"}


def method_of(request: HttpRequest, user: User) -> str:
    """How the session was opened: password, or the second factor that came after it."""
    records = get_authentication_records(request, user)
    last = next((r for r in reversed(records) if r.get("method") == METHOD), None)
    return "password" if last is None else _NAMES.get(str(last.get("type")), "password")


def _logged_in(request: HttpRequest, user: User, **_: Any) -> None:
    note_login(user, Deed.LOGIN, detail={"method": method_of(request, user)})


def _logged_out(user: User | None, **_: Any) -> None:
    if user is not None:
        note_login(user, Deed.LOGOUT, kind="logout")


def _login_failed(
    credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any
) -> None:
    # Once the account is shut, each further try is refused unread; noting those would let anybody
    # fill the trail.
    if getattr(request, "axes_failures_since_start", None) is None:
        return
    assert request is not None
    user = User.objects.filter(email=account_of(request, credentials) or "").first()
    if user is None:
        note(None, None, Deed.LOGIN_FAILED, "login")
    else:
        note_login(user, Deed.LOGIN_FAILED)


def _second_factor_failed(user: User, authenticator: Authenticator, **_: Any) -> None:
    # allauth lets ten be tried in five minutes, so this cannot fill the trail.
    detail = {"method": _NAMES[str(authenticator.type)]}
    note_login(user, Deed.LOGIN_FAILED, kind="second_factor", detail=detail)


def _second_factor_added(
    request: HttpRequest, user: User, authenticator: Authenticator, **_: Any
) -> None:
    kind = str(authenticator.type)
    if kind != Authenticator.Type.RECOVERY_CODES:
        # Whoever just set it up has shown that they hold it.
        record_authentication(request, user, METHOD, id=authenticator.pk, type=kind)
    detail = {"method": _NAMES[kind], "step": "added"}
    note_login(user, Deed.WRITE, kind="second_factor", detail=detail)


def _second_factor_removed(user: User, authenticator: Authenticator, **_: Any) -> None:
    detail = {"method": _NAMES[str(authenticator.type)], "step": "removed"}
    note_login(user, Deed.WRITE, kind="second_factor", detail=detail)


def _password_changed(user: User, **_: Any) -> None:
    note_login(user, Deed.WRITE, kind="password")


def connect() -> None:
    """Listen, once for each process."""
    for signal, receiver in (
        (user_logged_in, _logged_in),
        (user_logged_out, _logged_out),
        (user_login_failed, _login_failed),
        (authentication_failed, _second_factor_failed),
        (authenticator_added, _second_factor_added),
        (authenticator_reset, _second_factor_added),
        (authenticator_removed, _second_factor_removed),
        (password_changed, _password_changed),
        (password_reset, _password_changed),
    ):
        signal.connect(receiver, dispatch_uid=f"tautband.{receiver.__name__}")
