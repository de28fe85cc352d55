"""Sealing everything anew with the active key, in batches, while the clinic works.

No place is kept where a rotation stands: each sealed value names its key, so whatever names another
one is still to do.  A rotation that was interrupted is finished by starting it again.  A row that
somebody changes meanwhile is left alone: it was sealed with the active key by that change, or the
next round finds it.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import UUID

from django.db import models, transaction

from tautband.clinic.blind_fields import BlindIndexField
from tautband.clinic.keyring import key_ring
from tautband.clinic.patient_keys import DataKeyField, remembered_keys
from tautband.clinic.sealed_fields import Sealed, SealedField
from tautband.clinic.sealed_models import models_with
from tautband.vault.keys import KeyRing, Purpose
from tautband.vault.sealed import ID_AT, ID_BYTES, CannotOpen

BATCH = 500
ROUNDS = 5

# Other places that name a key, such as a file outside the database: each answers which keys it
# needs, and what for.  An application adds its own when it is ready.
OTHER_USES: list[Callable[[], Mapping[str, str]]] = []
# Secrets that are sealed outside such columns: each seals its own anew, and answers how many.
OTHER_SECRETS: list[Callable[[], int]] = []


@dataclass(frozen=True, slots=True)
class Column:
    """A column whose values name a key of the ring."""

    model: type[models.Model]
    field: Any

    @property
    def name(self) -> str:
        """As `record.patient.data_key`."""
        return f"{self.model._meta.label_lower}.{self.field.name}"

    def keyed(self) -> "models.QuerySet[Any]":
        """The rows with a value, each with the `key_of_value` that it names."""
        begins = 1 if isinstance(self.field, BlindIndexField) else ID_AT + 1
        key = models.Func(
            models.F(self.field.attname),
            begins,
            ID_BYTES,
            function="SUBSTR",
            output_field=models.BinaryField(),
        )
        empty = {f"{self.field.attname}__isnull": True}
        rows: Any = self.model._base_manager.exclude(**empty).annotate(key_of_value=key)
        return cast("models.QuerySet[Any]", rows)

    def stale(self, active: str) -> "models.QuerySet[Any]":
        """The rows whose value names another key than the active one."""
        return self.keyed().exclude(key_of_value=bytes.fromhex(active)).order_by("pk")


def columns() -> Iterator[Column]:
    """Every column that the ring itself seals or indexes.

    What a patient's key seals is not among them: that key is wrapped anew, and nothing else.
    """
    for model, one in models_with(DataKeyField):
        yield Column(model, one)
    for model, one in models_with(SealedField):
        if one.key_of is None:
            yield Column(model, one)
    for model, one in models_with(BlindIndexField):
        yield Column(model, one)


def uses() -> dict[str, Counter[str]]:
    """For each key id that is named anywhere: how many values of which column name it."""
    found: dict[str, Counter[str]] = {}
    for column in columns():
        counted = column.keyed().values("key_of_value").annotate(values=models.Count("pk"))
        for row in counted.order_by():
            key_id = bytes(row["key_of_value"]).hex()
            found.setdefault(key_id, Counter())[column.name] += row["values"]
    for other in OTHER_USES:
        for key_id, what in other().items():
            found.setdefault(key_id, Counter())[what] += 1
    return found


@dataclass(slots=True)
class Progress:
    """What a rotation did: values sealed anew, left to others, and those that cannot be opened."""

    done: int = 0
    changed_meanwhile: int = 0
    broken: list[str] = field(default_factory=list)


def rotate(batch: int = BATCH, tell: Callable[[Progress], None] = lambda _: None) -> Progress:
    """Seal anew whatever does not name the active key; `tell` is called after each batch.

    A value that cannot be opened is left as it is and named in `broken`.
    """
    ring = key_ring()
    progress = Progress()
    for _ in range(ROUNDS):
        progress.changed_meanwhile = 0
        progress.broken = []
        for column in list(columns()):
            _rotate_column(column, ring, batch, progress, tell)
        if not progress.changed_meanwhile:
            break
    progress.done += sum(seal_anew() for seal_anew in OTHER_SECRETS)
    return progress


def _rotate_column(
    column: Column,
    ring: KeyRing,
    batch: int,
    progress: Progress,
    tell: Callable[[Progress], None],
) -> None:
    after: UUID | None = None
    while True:
        rows = column.stale(ring.active)
        if after is not None:
            rows = rows.filter(pk__gt=after)
        with transaction.atomic(), remembered_keys():
            found = list(rows[:batch])
            for row in found:
                _rotate_value(column, ring, row, progress)
        if not found:
            return
        after = found[-1].pk
        tell(progress)


def _rotate_value(column: Column, ring: KeyRing, row: models.Model, progress: Progress) -> None:
    name = column.field.attname
    stored = row.__dict__[name]
    try:
        anew = _sealed_anew(column, ring, row, stored)
    except CannotOpen as told:
        progress.broken.append(str(told))
        return
    # Only over the value that was read: what somebody wrote meanwhile stays.
    changed = column.model._base_manager.filter(pk=row.pk, **{name: stored}).update(**{name: anew})
    if changed:
        progress.done += 1
    else:
        progress.changed_meanwhile += 1


def _sealed_anew(column: Column, ring: KeyRing, row: models.Model, stored: Any) -> Any:
    if isinstance(column.field, BlindIndexField):
        return column.field.index(row)
    about = column.field.about(row.pk)
    if isinstance(column.field, DataKeyField):
        plain = ring.open(stored, about, Purpose.WRAP)
        return ring.seal(plain, about, Purpose.WRAP)
    plain = ring.open(stored.stored, about)
    return Sealed(ring.seal(plain, about), column.field)
