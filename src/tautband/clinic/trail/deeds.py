"""What the trail can say: a closed list of deeds, and details that cannot hold words."""

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from uuid import UUID

from tautband.vault.chain import Detail, detail_text


class Deed(StrEnum):
    """What was done."""

    READ = "read"
    WRITE = "write"
    SIGN = "sign"
    PRINT = "print"
    EXPORT = "export"
    IMPORT = "import"
    ERASE = "erase"
    LOGIN = "login"
    LOGIN_FAILED = "login.failed"
    LOGOUT = "logout"
    LOCK = "lock"
    UNLOCK = "unlock"
    KEY_ROTATION = "key.rotation"
    BACKUP = "backup"
    RESTORE = "restore"


MAX_CODES = 60
MAX_COUNT = 2**53 - 1
_CODE = re.compile(r"[a-z0-9][a-z0-9_.:-]{0,63}")
_KIND = re.compile(r"[a-z][a-z0-9_.]{0,39}")
_OBJECT = re.compile(r"[0-9A-Za-z][0-9A-Za-z_.:-]{0,63}")

# What a detail may be called, and whether it is a count, a code or several codes.
DETAILS: Mapping[str, type] = {
    "bytes": int,
    "count": int,
    "entries": int,
    "rows": int,
    "version": int,
    "fields": list,  # names of fields that were written, never their values
    "action": str,  # of the policy
    "form": str,  # of a page or a report
    "format": str,  # pdf, json, csv
    "from_key": str,
    "method": str,  # password, totp, passkey, recovery
    "reason": str,
    "role": str,
    "step": str,
    "to_key": str,
}


def checked_kind(kind: str) -> str:
    """The kind of an object, such as `patient`; raises ValueError for anything but a code."""
    if not _KIND.fullmatch(kind):
        raise ValueError("the kind of an audit entry is a short code in lower case")
    return kind


def checked_object(object_id: UUID | str | None) -> str:
    """The id of an object, '' for none; raises ValueError for what could be a text."""
    if object_id is None:
        return ""
    text = str(object_id)
    if not _OBJECT.fullmatch(text):
        raise ValueError("the object of an audit entry is given by its id")
    return text


def checked_detail(detail: Detail | None) -> str:
    """The detail as it is stored; raises ValueError for a name or value that is not allowed."""
    for name, value in (detail or {}).items():
        wanted = DETAILS.get(name)
        if wanted is None:
            raise ValueError(f"'{name}' is not a detail of the audit trail, see DETAILS")
        if not _fits(wanted, value):
            raise ValueError(f"the audit detail '{name}' is not a {_WORDS[wanted]}")
    return detail_text(detail)


_WORDS = {int: "count", str: "code", list: "list of codes"}


def _fits(wanted: type, value: int | str | Sequence[str]) -> bool:
    if wanted is int:
        return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MAX_COUNT
    if wanted is str:
        return _is_code(value)
    return (
        isinstance(value, (list, tuple)) and len(value) <= MAX_CODES and all(map(_is_code, value))
    )


def _is_code(value: object) -> bool:
    return isinstance(value, str) and bool(_CODE.fullmatch(value))
