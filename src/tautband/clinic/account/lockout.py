"""Too many wrong passwords: who is locked out, and the page that says when to try again.

django-axes counts in the database, by account and by address.  A passkey is not a password: nobody
guesses one, so it opens a locked account too, and an attacker cannot shut a clinician out.
"""

import logging
import math
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tautband.base.errors import InputError
from tautband.clinic.account.address import client_address
from tautband.clinic.account.open_pages import wants_page
from tautband.clinic.boundary import problem

TOO_MANY = 429
_log = logging.getLogger("tautband.security")


def account_of(request: HttpRequest, credentials: Mapping[str, Any] | None) -> str | None:
    """The account that somebody tries, whatever the capitals."""
    given = credentials or {}
    name = given.get("email") or given.get("username") or request.POST.get("login")
    return str(name).strip().lower()[:254] if name else None


def open_again_at(request: HttpRequest, account: str | None) -> datetime:
    """When the last failure of this account or address will have been forgotten."""
    tried = Q(ip_address=client_address(request))
    if account:
        tried |= Q(username=account)
    last = AccessAttempt.objects.filter(tried).aggregate(last=Max("attempt_time"))["last"]
    opens: datetime = (last or timezone.now()) + settings.AXES_COOLOFF_TIME
    return opens


def locked_out(
    request: HttpRequest, response: HttpResponse, credentials: Mapping[str, Any] | None
) -> HttpResponse:
    """429 with the minutes to wait; the same whether or not the account exists."""
    _log.warning("an account or address is locked out")
    wait = open_again_at(request, account_of(request, credentials)) - timezone.now()
    minutes = max(1, math.ceil(wait.total_seconds() / 60))
    if wants_page(request):
        answer = render(request, "account/locked_out.html", {"minutes": minutes}, status=TOO_MANY)
    else:
        why = "were refused too often"
        answer = problem(InputError("password", why, f"again in {minutes} minutes"), TOO_MANY)
    answer.headers["Retry-After"] = str(minutes * 60)
    return answer
