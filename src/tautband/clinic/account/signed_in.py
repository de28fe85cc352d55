"""How and when this session was signed in to."""

import time

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest


def signed_in_recently(request: HttpRequest) -> bool:
    """True when the password or a passkey was given in the last minutes."""
    if isinstance(request.user, AnonymousUser):
        return False
    records = get_authentication_records(request, request.user)
    last = max((float(record.get("at", 0)) for record in records), default=0.0)
    return time.time() - last < float(app_settings.REAUTHENTICATION_TIMEOUT)
