"""Rows as plain data, and plain data as the one sequence of bytes that is compared and signed."""

import hashlib
import json
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone

# Who and when stand beside a state, not in it.
BESIDE = frozenset({"id", "clinic", "written_by", "written_at", "version", "name_number"})


def plain(row: models.Model) -> dict[str, Any]:
    """The state of a row: every column but keys, blind forms and those that stand beside it."""
    return {
        field.name: told(field.value_from_object(row))
        for field in row._meta.concrete_fields
        if field.name not in BESIDE and not isinstance(field, models.BinaryField)
    }


def same_on_repeat(row: models.Model) -> dict[str, Any]:
    """The state without times that are filled in when none is told: a repeat has others."""
    filled = {f.name for f in row._meta.concrete_fields if f.default is timezone.now}
    return {name: value for name, value in plain(row).items() if name not in filled}


def told(value: Any) -> Any:
    """A column's value as JSON has it: times in UTC, ids as text."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def canonical(data: Any) -> str:
    """The one way to write plain data: keys sorted, no space, no NaN, as Unicode text."""
    return json.dumps(
        data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def sha256(text: str) -> str:
    """The SHA-256 of a text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()
