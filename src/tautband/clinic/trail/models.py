"""The trail's one table, to which rows can be added and nothing else be done."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, NoReturn, Self

from django.db import models

from tautband.vault.chain import Entry, Stored

INSTALLATION = uuid.UUID(int=0)  # the chain of what belongs to no clinic


class AppendOnlyError(TypeError):
    """Somebody tried to change or delete an entry of the audit trail."""

    def __init__(self) -> None:
        super().__init__("entries of the audit trail are never changed nor deleted")


class EntryQuerySet(models.QuerySet["AuditEntry"]):
    """Entries are found by this, and by this alone: nothing here writes."""

    def of(self, chain: uuid.UUID) -> Self:
        """The entries of one clinic, or of `INSTALLATION`."""
        return self.filter(chain=chain)

    def update(self, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise AppendOnlyError

    def delete(self) -> NoReturn:
        """Refused."""
        raise AppendOnlyError

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise AppendOnlyError

    def bulk_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused: an entry gets its place in the chain from `writing.note` alone."""
        raise AppendOnlyError


class AuditEntry(models.Model):
    """Who did what, when and to whose data, by ids alone; see `tautband.vault.chain`.

    The migration adds triggers which refuse UPDATE and DELETE in the database as well.
    """

    pk = models.CompositePrimaryKey("chain", "number")
    chain = models.UUIDField(help_text="the clinic, or zeros for the installation")
    number = models.BigIntegerField()
    time = models.DateTimeField()
    actor = models.UUIDField(null=True, help_text="the user; empty for nobody or the system")
    action = models.CharField(max_length=20)
    kind = models.CharField(max_length=40)
    object_id = models.CharField(max_length=64, blank=True)
    patient_id = models.UUIDField(null=True)
    detail = models.TextField(blank=True, help_text="JSON as tautband.vault.chain writes it")
    digest = models.BinaryField(max_length=32)
    key_id = models.CharField(max_length=40)
    seal = models.BinaryField(max_length=32)

    objects = EntryQuerySet.as_manager()

    class Meta:
        """The page of the owner asks by patient and by person."""

        indexes: ClassVar = [
            models.Index(fields=["chain", "patient_id", "number"], name="trail_by_patient"),
            models.Index(fields=["chain", "actor", "number"], name="trail_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.chain} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row; an existing one is never written again, not even under its own key."""
        if not self._state.adding:
            raise AppendOnlyError
        super().save(force_insert=True, using=kwargs.get("using"))

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise AppendOnlyError

    @classmethod
    def of_stored(cls, stored: Stored) -> AuditEntry:
        """The row of a sealed entry, not yet saved."""
        entry = stored.entry
        return cls(
            chain=uuid.UUID(entry.chain),
            number=entry.number,
            time=entry.time,
            actor=_uuid(entry.actor),
            action=entry.action,
            kind=entry.kind,
            object_id=entry.object_id,
            patient_id=_uuid(entry.patient_id),
            detail=entry.detail,
            digest=stored.digest,
            key_id=stored.key_id,
            seal=stored.seal,
        )

    def as_stored(self) -> Stored:
        """What the chain's check reads."""
        entry = Entry(
            chain=str(self.chain),
            number=self.number,
            time=self.time,
            actor=_text(self.actor),
            action=self.action,
            kind=self.kind,
            object_id=self.object_id,
            patient_id=_text(self.patient_id),
            detail=self.detail,
        )
        return Stored(entry, bytes(self.digest), self.key_id, bytes(self.seal))


def _uuid(text: str) -> uuid.UUID | None:
    return uuid.UUID(text) if text else None


def _text(value: uuid.UUID | None) -> str:
    return "" if value is None else str(value)
