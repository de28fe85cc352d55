"""Fields whose values the database never sees: sealed when saved, opened when read.

A value is bound to its model, column and row (`vault.sealed`), so the row needs a UUID of its own
before it is saved.  `key_of` names whose key seals it: `"self"` when the row has a `DataKeyField`,
or a foreign key to the row that has one; without it the installation's ring does.

The database cannot search, sort or compare such a column: every lookup but `isnull` is refused, and
so is `QuerySet.update` or `bulk_update` with a value, because they would write it bare.  `values()`
gives `Sealed`, which opens with the row's id.
"""

import datetime
import json
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from uuid import UUID

from django.core import checks, validators
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import Exact, IsNull
from django.db.models.query_utils import DeferredAttribute

from tautband.clinic.keyring import key_ring
from tautband.clinic.patient_keys import DataKeyField, KeyHolder
from tautband.vault.keys import KeyRing
from tautband.vault.sealed import Erased, Sealer, key_id_of

SELF = "self"
_Set = TypeVar("_Set")
_Get = TypeVar("_Get")


class Sealed:
    """A value as it is stored.  It shows nothing, and compares by its bytes."""

    __slots__ = ("_field", "stored")

    def __init__(self, stored: bytes, field: "SealedField[Any, Any]") -> None:
        self.stored = stored
        self._field = field

    def __repr__(self) -> str:
        return f"<sealed {self._field.name}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sealed) and other.stored == self.stored

    def __hash__(self) -> int:
        return hash(self.stored)

    def open(self, row: UUID, key: KeyRing | Sealer | None = None) -> Any:
        """The value, for the row that it was read from; `key` is needed for a field with `key_of`.

        Raises `vault.sealed.CannotOpen`.
        """
        opener = key_ring() if key is None else key
        return self._field.decode(opener.open(self.stored, self._field.about(row)))


class SealedExact(Exact):
    """Finds a row whose value nobody changed since it was read, or one without a value."""

    def get_prep_lookup(self) -> Any:
        """Refuse a bare value: the same words are never sealed alike."""
        if self.rhs is None or isinstance(self.rhs, Sealed):
            return self.rhs
        raise _no_search(self.lhs.output_field, "exact")


def _no_search(field: "SealedField[Any, Any]", lookup: str) -> FieldError:
    return FieldError(
        f"{field.model._meta.label}.{field.name} is sealed and cannot be searched with '{lookup}'; "
        "use a blind index or the index of names"
    )


class SealedAttribute(DeferredAttribute):
    """Opens a value when it is first read from its row."""

    field: "SealedField[Any, Any]"

    def __get__(self, instance: models.Model | None, cls: Any = None) -> Any:
        if instance is None:
            return self
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            value = value.open(instance.pk, self.field.opener(instance))
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


if TYPE_CHECKING:
    _Base = models.Field
else:

    class _Base(models.Field):
        """Django's field, which cannot be given types when the code runs."""

        def __class_getitem__(cls, _types):
            return cls


class SealedField(_Base[_Set, _Get], Generic[_Set, _Get]):
    """What all sealed fields share; a kind of value adds `encode` and `decode`."""

    descriptor_class = SealedAttribute
    empty_values = [None]  # noqa: RUF012 (Django's own attribute)

    def __init__(
        self, *args: Any, key_of: str | None = None, bound_as: str | None = None, **kwargs: Any
    ) -> None:
        for name in ("unique", "db_index", "primary_key", "choices", "db_default"):
            if kwargs.get(name):
                raise FieldError(f"a sealed field cannot have {name}: its bytes never repeat")
        self.key_of = key_of
        self.bound_as = bound_as
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)
        if self.max_length is not None:
            self.validators.append(validators.MaxLengthValidator(self.max_length))

    def encode(self, value: Any) -> bytes:
        """The bytes of a value; raises TypeError for one of another type."""
        raise NotImplementedError

    def decode(self, plain: bytes) -> Any:
        """The value of the bytes."""
        raise NotImplementedError

    def about(self, row: Any) -> str:
        """The place that a value is bound to: `app.model.column:row`.

        `bound_as` keeps the first part when a model or column is given another name.
        """
        if not isinstance(row, UUID):
            raise TypeError(f"{self.model._meta.label}.{self.name} needs a row with a UUID")
        return f"{self.bound_as or f'{self.model._meta.label_lower}.{self.name}'}:{row}"

    def opener(self, instance: models.Model) -> KeyRing | Sealer:
        """The key for this row; raises `Erased` when it was destroyed."""
        holder = self.holder(instance)
        return key_ring() if holder is None else holder.key()

    def holder(self, instance: models.Model) -> KeyHolder | None:
        """Where the key of this row is kept, or None for the installation's ring."""
        if self.key_of is None:
            return None
        if self.key_of == SELF:
            return KeyHolder.own(instance)
        return KeyHolder.through(instance, self.key_of)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The sealed value.  One that was never opened is written only where it can be read."""
        value = model_instance.__dict__.get(self.attname)
        if self.attname not in model_instance.__dict__:
            value = getattr(model_instance, self.attname)
        if value is None or hasattr(value, "resolve_expression"):
            return value
        if isinstance(value, Sealed):
            return self._kept(value, model_instance)
        about = self.about(model_instance.pk)
        return Sealed(self.opener(model_instance).seal(self.encode(value), about), self)

    def _kept(self, value: Sealed, instance: models.Model) -> Sealed:
        try:
            opener = self.opener(instance)
        except Erased:
            return value
        about = self.about(instance.pk)
        plain = opener.open(value.stored, about)
        if isinstance(opener, KeyRing) and key_id_of(value.stored) != opener.active:
            return Sealed(opener.seal(plain, about), self)
        return value

    def get_internal_type(self) -> str:
        """Bytes, on every database."""
        return "BinaryField"

    def from_db_value(self, value: Any, *_: Any) -> Sealed | None:
        """Wrap what is stored; it is opened when somebody reads it."""
        return None if value is None else Sealed(bytes(value), self)

    def get_prep_value(self, value: Any) -> Any:
        """Only what is sealed, or nothing, may reach the database."""
        if value is None or isinstance(value, Sealed) or hasattr(value, "resolve_expression"):
            return value
        raise FieldError(
            f"{self.model._meta.label}.{self.name} is sealed: save the row itself, because "
            "update() and bulk_update() would write the value bare"
        )

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """The bytes, as the database takes them."""
        value = self.get_prep_value(value)
        return connection.Database.Binary(value.stored) if isinstance(value, Sealed) else value

    def get_lookup(self, lookup_name: str) -> Any:
        """`isnull`, and `exact` for None or for a `Sealed`: nothing else has an answer."""
        if lookup_name == "isnull":
            return IsNull
        if lookup_name == "exact":
            return SealedExact
        raise _no_search(self, lookup_name)

    def get_transform(self, lookup_name: str) -> Any:
        """Refused: nothing can be taken out of a sealed value."""
        raise _no_search(self, lookup_name)

    def value_to_string(self, obj: models.Model) -> str:
        """Refused: a dump would hold the value bare.  Back up instead."""
        raise FieldError(f"{self.model._meta.label}.{self.name} is sealed and cannot be dumped")

    def deconstruct(self) -> Any:
        """For migrations."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        if self.editable:
            kwargs["editable"] = True
        if self.key_of is not None:
            kwargs["key_of"] = self.key_of
        if self.bound_as is not None:
            kwargs["bound_as"] = self.bound_as
        return name, path, args, kwargs

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        """Add: the row has a UUID, and `key_of` leads to a key."""
        found = super().check(**kwargs)
        if not isinstance(self.model._meta.pk, models.UUIDField):
            message = "a sealed field needs a row whose primary key is a UUID"
            found.append(checks.Error(message, obj=self, id="vault.E1"))
        if self.key_of is not None and self._key_field() is None:
            message = f"key_of='{self.key_of}' leads to no DataKeyField"
            found.append(checks.Error(message, obj=self, id="vault.E2"))
        return found

    def _key_field(self) -> DataKeyField | None:
        if self.key_of == SELF:
            return DataKeyField.of(self.model)
        for field in self.model._meta.get_fields():
            if field.name == self.key_of and isinstance(field, models.ForeignKey):
                return DataKeyField.of(field.related_model)
        return None


class SealedTextField(SealedField[_Set, _Get]):
    """Text."""

    _pyi_private_set_type: str
    _pyi_private_get_type: str

    def encode(self, value: str) -> bytes:
        """UTF-8."""
        if not isinstance(value, str):
            raise TypeError(f"{self.name} takes text")
        return value.encode()

    def decode(self, plain: bytes) -> str:
        """UTF-8."""
        return plain.decode()


class SealedDateField(SealedField[_Set, _Get]):
    """A day, such as a birth date."""

    _pyi_private_set_type: datetime.date
    _pyi_private_get_type: datetime.date

    def encode(self, value: datetime.date) -> bytes:
        """As `2026-11-26`."""
        if not isinstance(value, datetime.date) or isinstance(value, datetime.datetime):
            raise TypeError(f"{self.name} takes a date without a time")
        return value.isoformat().encode()

    def decode(self, plain: bytes) -> datetime.date:
        """As `encode` wrote it."""
        return datetime.date.fromisoformat(plain.decode())


class SealedJSONField(SealedField[_Set, _Get]):
    """Anything that JSON can hold; JSON's own null is stored as such, Python's None as NULL."""

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def encode(self, value: Any) -> bytes:
        """Compact JSON; raises ValueError for NaN and infinity."""
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        return text.encode()

    def decode(self, plain: bytes) -> Any:
        """As `encode` wrote it."""
        return json.loads(plain)
