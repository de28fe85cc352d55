"""What every row of the record has in common: an id made by who wrote it, a clinic, a history."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any, ClassVar, NoReturn, Self, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils import timezone

from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.clinic.people.models import Clinic, User
from tautband.clinic.policy import Action
from tautband.clinic.record.errors import OverwriteError

SIDES = [(side.value, side.value) for side in Side]
LONGEST_CODE = 60


_Row = TypeVar("_Row", bound=models.Model)


class KeptQuery(models.QuerySet[_Row]):
    """Rows of the record: read by clinic, never changed or removed in bulk."""

    def in_clinic(self, clinic: Clinic) -> Self:
        """Those of one clinic, the only way in which views reach them."""
        return self.filter(clinic=clinic)

    def claim(self, row: UUID, version: int, **also: Any) -> bool:
        """Take the next version of a row; False when somebody else was first."""
        numbered = self.filter(pk=row, version=version)
        return models.QuerySet.update(numbered, version=version + 1, **also) == 1

    def update(self, **_values: Any) -> NoReturn:
        """Refused: a change goes through `services.keeping`, which keeps what was before."""
        raise OverwriteError("rows of the record are not changed in bulk")

    def bulk_update(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refused, as `update`."""
        raise OverwriteError("rows of the record are not changed in bulk")

    def delete(self) -> NoReturn:
        """Refused: nothing is removed except by `services.erasure`."""
        raise OverwriteError("rows of the record are not deleted")


KeptManager = models.Manager.from_queryset(KeptQuery)


class Kept(models.Model):
    """A row of the record.

    ``version`` counts its states; each state is kept whole as a `Version`.  A row whose model is
    ``append_only`` has one state for ever: what was wrong in it is answered by a further row.
    """

    append_only: ClassVar[bool] = False
    derived: ClassVar[tuple[str, ...]] = ()  # columns that `check_values` makes from sealed ones
    reads: ClassVar[Action] = Action.RECORD_READ
    writes: ClassVar[Action] = Action.RECORD_WRITE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="+")
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects: ClassVar[KeptManager[Self]] = KeptManager()

    class Meta:
        """Shared columns only."""

        abstract = True

    @property
    def is_draft(self) -> bool:
        """True while it is being written: until then a change needs no reason."""
        return False

    def check_values(self) -> None:
        """Fill in what follows from the rest; raise InputError for a field that cannot be right."""

    def check_columns(self) -> None:
        """Raise InputError for a code that its column does not know or cannot hold.

        PostgreSQL would refuse what is too long by an error of its own, and SQLite would store it.
        """
        for field in self._meta.concrete_fields:
            value = getattr(self, field.attname)
            if not isinstance(field, models.CharField) or not isinstance(value, str) or not value:
                continue
            known = [str(key) for key, _ in field.flatchoices]
            if known and value not in known:
                raise InputError(field.name, f"is '{value[:20]}'", ", ".join(known))
            if field.max_length is not None and len(value) > field.max_length:
                right = f"at most {field.max_length} characters"
                raise InputError(field.name, f"has {len(value)} characters", right)
            if "\x00" in value:
                raise InputError(field.name, "holds a NUL character", "text")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new row; a stored one is changed by `services.keeping` alone."""
        if not self._state.adding:
            raise OverwriteError(f"{type(self).__name__} is changed by services.keeping alone")
        super().save(*args, **{**kwargs, "force_insert": True})

    def rewrite(self, fields: Iterable[str]) -> None:
        """For `services.keeping`, which has claimed the version and keeps the state before."""
        if self.append_only:
            raise OverwriteError(f"{type(self).__name__} is never changed")
        super().save(update_fields=list(fields))

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refused, as in bulk."""
        raise OverwriteError("rows of the record are not deleted")


class OfPatient(Kept):
    """A row that belongs to one patient, whose key seals it."""

    patient = models.ForeignKey("record.Patient", models.PROTECT, related_name="+")

    class Meta:
        """Shared columns only."""

        abstract = True


def person(related: str = "+", **options: Any) -> models.ForeignKey[Any, Any]:
    """A column for somebody who works in the clinic."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name=related, **options
    )


def code(**options: Any) -> models.CharField[str, str]:
    """A column for an id of the atlas, a rule or another table of the product."""
    return models.CharField(max_length=LONGEST_CODE, **options)


def side(**options: Any) -> models.CharField[str, str]:
    """A column for the patient's own left, right or midline."""
    return models.CharField(max_length=8, choices=SIDES, **options)
