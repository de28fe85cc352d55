"""The secrets of authenticator apps and recovery codes, sealed with the installation's keys.

allauth keeps them as texts in a JSON column, which the sealed fields do not reach; so they are
counted among the uses of a key, and sealed anew with the rest, from here.
"""

import base64
from collections.abc import Mapping
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from tautband.clinic.keyring import key_ring
from tautband.vault.sealed import key_id_of

ABOUT = "allauth.mfa.secret"
_FIELDS = ("secret", "seed")  # of an app, of recovery codes
_MIGRATED = "migrated_codes"


def seal_text(text: str, about: str = ABOUT) -> str:
    """The text sealed for one purpose, as letters that JSON carries."""
    return base64.b64encode(key_ring().seal(text.encode(), about)).decode("ascii")


def open_text(sealed: str, about: str = ABOUT) -> str:
    """The text; raises `vault.sealed.CannotOpen` for anything that we did not seal for this."""
    return key_ring().open(base64.b64decode(sealed), about).decode()


def keys_in_use() -> Mapping[str, str]:
    """The keys that these secrets name."""
    return {
        key_id_of(base64.b64decode(sealed)): "secrets of authenticator apps"
        for one in Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN)
        for sealed in _sealed(one.data)
    }


def seal_anew() -> int:
    """Seal with the active key whatever names another one; answers how many rows changed."""
    active = key_ring().active
    changed = 0
    for pk in Authenticator.objects.exclude(type=Authenticator.Type.WEBAUTHN).values_list("pk"):
        with transaction.atomic():
            one = Authenticator.objects.select_for_update().get(pk=pk[0])
            stale = [s for s in _sealed(one.data) if key_id_of(base64.b64decode(s)) != active]
            if stale:
                one.data = _anew(one.data)
                one.save(update_fields=["data"])
                changed += 1
    return changed


def _sealed(data: dict[str, Any]) -> list[str]:
    return [*(data[name] for name in _FIELDS if name in data), *data.get(_MIGRATED, [])]


def _anew(data: dict[str, Any]) -> dict[str, Any]:
    found = dict(data)
    for name in _FIELDS:
        if name in found:
            found[name] = seal_text(open_text(found[name]))
    if _MIGRATED in found:
        found[_MIGRATED] = [seal_text(open_text(code)) for code in found[_MIGRATED]]
    return found
