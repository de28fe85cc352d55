"""Locking and unlocking; the other pages of an account are allauth's, with our templates."""

import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth as passkeys
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token, rotate_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tautband.base.errors import InputError
from tautband.clinic.account.idle import idle_seconds, is_locked, lock, note_use, unlock
from tautband.clinic.account.open_pages import wants_page
from tautband.clinic.boundary import problem
from tautband.clinic.handed.mode import handed_over, take_back
from tautband.clinic.people.models import User
from tautband.clinic.trail.deeds import Deed
from tautband.clinic.trail.writing import note_login

REFUSED = 403


@require_http_methods(["GET", "POST"])
def session(request: HttpRequest) -> HttpResponse:
    """What a page of ours has to know of its session; POST says that the person is at work."""
    if not request.user.is_authenticated:
        return JsonResponse({"user": None, "locked": False})
    if request.method == "POST":
        note_use(request, time.time())
    return JsonResponse(
        {
            "user": str(request.user.pk),
            "locked": is_locked(request),
            "handed": handed_over(request) is not None,
            "idle_s": idle_seconds(request),
            "csrf": get_token(request),
        }
    )


@require_POST
def lock_now(request: HttpRequest) -> HttpResponseBase:
    """Lock this session in all its windows."""
    if isinstance(request.user, User) and not is_locked(request):
        lock(request)
        note_login(request.user, Deed.LOCK, kind="session")
    if wants_page(request):
        return redirect("account_unlock")
    return HttpResponse(status=204)


@login_required
@require_GET
def unlock_options(request: HttpRequest) -> HttpResponse:
    """What the browser needs to ask for a passkey."""
    assert isinstance(request.user, User)
    return JsonResponse({"request_options": passkeys.begin_authentication(request.user)})


@sensitive_post_parameters("password", "credential")
@login_required
@require_http_methods(["GET", "POST"])
def unlock_page(request: HttpRequest) -> HttpResponseBase:
    """Unlock by password or passkey; a script gets JSON and goes on where it stood."""
    if request.method == "GET":
        if not is_locked(request):
            return redirect(_next(request))
        return _form(request)
    error = _refusal(request)
    if error is not None:
        if wants_page(request):
            return _form(request, error, status=REFUSED)
        return problem(InputError("password", "is not yours", "your own"), REFUSED)
    unlock(request, time.time())
    take_back(request)
    assert isinstance(request.user, User)
    method = "passkey" if request.POST.get("credential") else "password"
    note_login(request.user, Deed.UNLOCK, kind="session", detail={"method": method})
    rotate_token(request)
    if wants_page(request):
        return redirect(_next(request))
    return JsonResponse({"locked": False, "csrf": get_token(request)})


def _refusal(request: HttpRequest) -> str | None:
    """The text to show, or None when it was them."""
    assert isinstance(request.user, User)
    if request.POST.get("credential"):
        form = ReauthenticateWebAuthnForm(request.POST, user=request.user)
        if not form.is_valid():
            return "account-error-incorrect-passkey"
        form.save()
        return None
    if not get_adapter().reauthenticate(request.user, request.POST.get("password", "")):
        return "account-error-incorrect-password"
    reauthenticate_by_password(request)
    return None


def _form(request: HttpRequest, error: str | None = None, status: int = 200) -> HttpResponse:
    values: dict[str, Any] = {"error": error, "next": _next(request), "is_unlock": True}
    return render(request, "account/unlock.html", values, status=status)


def _next(request: HttpRequest) -> str:
    asked = request.POST.get("next") or request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(asked, {request.get_host()}, request.is_secure()):
        return asked
    return reverse("clinics")
