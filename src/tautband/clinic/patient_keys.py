"""The key of each patient: made with the row, kept wrapped in one column, destroyed to forget.

Rows that belong to a patient reach the key through their foreign key.  Within `remembered_keys()`
(one request, one command) a key is read and unwrapped once.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from django.db import models

from tautband.clinic.keyring import key_ring
from tautband.vault.data_keys import DataKey
from tautband.vault.sealed import Erased

_opened: ContextVar[dict[tuple[str, UUID], DataKey] | None] = ContextVar("opened", default=None)
_ON_ROW = "_tautband_data_key"


class DataKeyField(models.BinaryField):  # type: ignore[type-arg]
    """The wrapped key of the row; NULL once it was destroyed.

    It is written when the row is made and never by a later save, so that a copy of the row from
    before cannot bring a destroyed key back; only `destroy_keys` and a rotation change it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["null"] = True
        kwargs["default"] = None
        super().__init__(*args, **kwargs)

    @classmethod
    def of(cls, model: Any) -> Self | None:
        """The model's field of this kind, or None."""
        return next((one for one in model._meta.concrete_fields if isinstance(one, cls)), None)

    def about(self, row: UUID) -> str:
        """The place that the wrapped key is bound to."""
        return f"{self.model._meta.label_lower}.{self.name}:{row}"

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The key on the first save, what is stored already on every other."""
        if not add:
            return models.F(self.attname)
        KeyHolder.own(model_instance).key()
        return getattr(model_instance, self.attname)

    def from_db_value(self, value: Any, *_: Any) -> bytes | None:
        """Bytes from either database."""
        return None if value is None else bytes(value)


@dataclass(frozen=True, slots=True)
class KeyHolder:
    """The row that has somebody's key: which model, which row, and the row itself if loaded."""

    model: type[models.Model]
    row: UUID
    using: str | None
    loaded: models.Model | None

    @classmethod
    def own(cls, instance: models.Model) -> Self:
        """The row itself."""
        return cls(type(instance), instance.pk, instance._state.db, instance)

    @classmethod
    def through(cls, instance: models.Model, name: str) -> Self:
        """The row that a foreign key of the instance points to; raises ValueError when none."""
        field: Any = instance._meta.get_field(name)
        row = getattr(instance, field.attname)
        if row is None:
            raise ValueError(f"{instance._meta.label} has no {name}, whose key would seal it")
        loaded = field.get_cached_value(instance, default=None)
        return cls(field.related_model, row, instance._state.db, loaded)

    def key(self) -> DataKey:
        """The key, made now for a row that is not stored yet; raises `Erased`, `CannotOpen`."""
        if self.loaded is not None:
            return self._from_row(self.loaded)
        remembered = _opened.get()
        place = (self.model._meta.label_lower, self.row)
        if remembered is not None and place in remembered:
            return remembered[place]
        key = self._unwrapped(self._stored())
        if remembered is not None:
            remembered[place] = key
        return key

    def _from_row(self, row: models.Model) -> DataKey:
        field = _field(self.model)
        wrapped: bytes | None = getattr(row, field.attname)
        if wrapped is None and row._state.adding:
            key = DataKey.make()
            wrapped = key.wrap(key_ring(), field.about(self.row))
            setattr(row, field.attname, wrapped)
            row.__dict__[_ON_ROW] = wrapped, key
            return key
        known: tuple[bytes, DataKey] | None = row.__dict__.get(_ON_ROW)
        if known is None or known[0] != wrapped:
            known = row.__dict__[_ON_ROW] = wrapped or b"", self._unwrapped(wrapped)
        return known[1]

    def _stored(self) -> bytes | None:
        field = _field(self.model)
        rows = self.model._base_manager.using(self.using).filter(pk=self.row)
        found: bytes | None = rows.values_list(field.attname, flat=True).first()
        return found

    def _unwrapped(self, wrapped: bytes | None) -> DataKey:
        about = _field(self.model).about(self.row)
        if wrapped is None:
            raise Erased(f"{about}: the key was destroyed")
        return DataKey.unwrap(key_ring(), wrapped, about)


def _field(model: type[models.Model]) -> DataKeyField:
    field = DataKeyField.of(model)
    if field is None:
        raise LookupError(f"{model._meta.label} has no DataKeyField")
    return field


def is_erased(row: models.Model) -> bool:
    """True when the key of the row, which has a `DataKeyField`, was destroyed."""
    wrapped = getattr(row, _field(type(row)).attname)
    return wrapped is None and not row._state.adding


@contextmanager
def remembered_keys() -> Iterator[None]:
    """Read and unwrap each key once until the end of the block; afterwards they are forgotten."""
    token = _opened.set({})
    try:
        yield
    finally:
        _opened.reset(token)
