"""A column by which a sealed identifier is found: see `vault.blind`."""

from collections.abc import Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import FieldError
from django.db import models

from tautband.clinic.following import follow
from tautband.clinic.keyring import key_ring
from tautband.clinic.sealed_fields import Sealed
from tautband.vault.blind import Identifier, blind, blinds, key_id_of_blind
from tautband.vault.sealed import Erased

Row = TypeVar("Row", bound=models.Model)


class BlindIndexField(models.BinaryField):  # type: ignore[type-arg]
    """The blind index of another column of the row, which also has a `clinic`.

    `source` is a column, or a property made from the columns that `follows` names.  The index is
    written whenever the row is saved; NULL when there is nothing to find.
    """

    def __init__(
        self,
        *args: Any,
        source: str,
        identifier: str,
        follows: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        self.source = source
        self.follows = tuple(follows) or (source,)
        self.identifier = Identifier(identifier)
        kwargs["null"] = True
        self._indexed = bool(kwargs.setdefault("db_index", True))
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: type[models.Model], name: str, *args: Any) -> None:
        """Watch over the source."""
        super().contribute_to_class(cls, name, *args)
        follow(cls, name, self.follows)

    def deconstruct(self) -> Any:
        """For migrations."""
        name, path, args, kwargs = super().deconstruct()
        return (
            name,
            path,
            args,
            {
                **kwargs,
                "source": self.source,
                "follows": self.follows,
                "identifier": self.identifier.value,
                "db_index": self._indexed,
            },
        )

    def index(self, row: models.Model) -> bytes | None:
        """The index of what the row holds now; None when empty or erased."""
        try:
            value = getattr(row, self.source)
        except Erased:
            return None
        clinic: UUID = row.clinic_id  # type: ignore[attr-defined]
        return blind(key_ring(), value, self.identifier, str(clinic)) if value else None

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes | None:
        """The index; one that is right already is kept without opening its source."""
        known: bytes | None = model_instance.__dict__.get(self.attname)
        unread = isinstance(model_instance.__dict__.get(self.source), Sealed)
        if not (unread and known and key_id_of_blind(known) == key_ring().active):
            known = self.index(model_instance)
            setattr(model_instance, self.attname, known)
        return known

    def from_db_value(self, value: Any, *_: Any) -> bytes | None:
        """Bytes from either database."""
        return None if value is None else bytes(value)

    def get_prep_value(self, value: Any) -> Any:
        """Refuse a bare value, which would never be found."""
        if isinstance(value, str):
            raise FieldError(f"{self.name} holds blind indexes: search with `found_by`")
        return super().get_prep_value(value)


def found_by(
    rows: "models.QuerySet[Row]", column: str, value: str, clinic: UUID
) -> "models.QuerySet[Row]":
    """The rows of a clinic whose source of that column equals the value, in its normal form."""
    field: Any = rows.model._meta.get_field(column)
    wanted = blinds(key_ring(), value, field.identifier, str(clinic))
    return rows.filter(clinic_id=clinic, **{f"{column}__in": wanted})
