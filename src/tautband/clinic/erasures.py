"""Forgetting a patient: the key is destroyed, and the deed is listed outside the database.

A backup from before still holds the wrapped key.  The list, `erased.jsonl` in the data folder, lets
a restore destroy it again.  It holds ids only.  It is written once the erasure is committed; should
the machine stop between the two, `complete_list` adds what the list lacks.
"""

import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from tautband.base.errors import InputError
from tautband.clinic.blind_fields import BlindIndexField
from tautband.clinic.names.models import NameNumberField, next_number
from tautband.clinic.patient_keys import DataKeyField
from tautband.clinic.sealed_models import models_with

FILE_NAME = "erased.jsonl"


class Erasure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose key was destroyed: the model, the row, and when the list was written."""

    model: str
    row: UUID
    listed_at: datetime


def erasures_file() -> Path:
    """Where the list stands."""
    return Path(settings.TAUTBAND_DATA) / FILE_NAME


def destroy_key(row: models.Model) -> bool:
    """Make everything unreadable that the key of this row has sealed; False when it was already.

    Blind indexes of the row go too.  Must run inside a transaction, with whatever else the erasure
    does; the list follows when it is committed.
    """
    using = row._state.db
    if not transaction.get_connection(using).in_atomic_block:
        raise transaction.TransactionManagementError("an erasure needs a transaction")
    changed = _destroy(type(row), row.pk, using)
    if changed:
        erasure = Erasure(type(row)._meta.label_lower, row.pk, timezone.now())
        transaction.on_commit(lambda: add_to_list([erasure]), using=using)
    return changed


def _destroy(model: type[models.Model], row: UUID, using: str | None = None) -> bool:
    key = DataKeyField.of(model)
    if key is None:
        raise LookupError(f"{model._meta.label} has no DataKeyField")
    rows = model._base_manager.using(using).filter(pk=row)
    left: dict[str, Any] = {key.attname: None}
    for field in model._meta.local_concrete_fields:
        if isinstance(field, BlindIndexField):
            left[field.attname] = None
        if isinstance(field, NameNumberField):  # so that indexes of names let go of it
            clinic = rows.values_list("clinic_id", flat=True).first()
            if clinic is not None:
                left[field.attname] = next_number(clinic)
    return rows.exclude(**{f"{key.attname}__isnull": True}).update(**left) > 0


def add_to_list(erasures: Iterable[Erasure], path: Path | None = None) -> None:
    """Append to the list and wait until it is on the disk."""
    lines = b"".join(msgspec.json.encode(one) + b"\n" for one in erasures)
    target = path or erasures_file()
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(target, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, lines)
        os.fsync(handle)
    finally:
        os.close(handle)


def listed(path: Path | None = None) -> list[Erasure]:
    """The whole list, oldest first; raises InputError for a line that cannot be read."""
    source = path or erasures_file()
    if not source.exists():
        return []
    return list(_read(source))


def _read(source: Path) -> Iterator[Erasure]:
    for number, line in enumerate(source.read_bytes().splitlines(), start=1):
        if not line.strip():
            continue
        try:
            yield msgspec.json.decode(line, type=Erasure)
        except ValueError:
            raise InputError(
                f"{source.name} line {number}", "cannot be read", "one erasure as JSON"
            ) from None


def reapply(erasures: Iterable[Erasure]) -> int:
    """Destroy the keys again, as after a restore; answers how many had come back."""
    with transaction.atomic():
        return sum(_destroy(apps.get_model(one.model), one.row) for one in erasures)


def complete_list() -> int:
    """Add erased rows of the database that the list lacks; answers how many.

    Asked for by a backup, and by a restore before it puts another database in this one's place.
    """
    lacking = _missing()
    if lacking:
        add_to_list(lacking)
    return len(lacking)


def _missing() -> list[Erasure]:
    """Erased rows of the database that the list lacks."""
    known = {(one.model, one.row) for one in listed()}
    now = timezone.now()
    return [
        Erasure(model._meta.label_lower, row, now)
        for model, field in models_with(DataKeyField)
        for row in model._base_manager.filter(**{f"{field.attname}__isnull": True}).values_list(
            "pk", flat=True
        )
        if (model._meta.label_lower, row) not in known
    ]
