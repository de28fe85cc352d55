"""The clock of a clinic's names."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from uuid import UUID

from django.db import models, transaction

from tautband.clinic.following import follow
from tautband.clinic.people.models import Clinic

_shared: ContextVar[Mapping[UUID, int]] = ContextVar("shared", default={})  # noqa: B039 (read only)


class NameClock(models.Model):
    """Counts the changes of names in a clinic.

    Whoever changes a name holds this row until they commit, so numbers become visible in their
    order: a reader that has seen number n has missed nothing before it.  Clock times do not have
    this property.
    """

    clinic = models.OneToOneField(Clinic, models.CASCADE, primary_key=True, related_name="+")
    number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.number}"


class NameNumberField(models.BigIntegerField):  # type: ignore[type-arg]
    """The number at which the names of this row last changed; taken whenever the row is saved.

    `follows` names the columns that hold the names.  The row has a `clinic`, and is saved inside a
    transaction: otherwise the number would be seen before the name.
    """

    def __init__(self, *args: Any, follows: tuple[str, ...] | list[str], **kwargs: Any) -> None:
        self.follows = tuple(follows)
        kwargs.update(editable=False, default=0)
        super().__init__(*args, **kwargs)

    def contribute_to_class(self, cls: type[models.Model], name: str, *args: Any) -> None:
        """Watch over the names."""
        super().contribute_to_class(cls, name, *args)
        follow(cls, name, self.follows)

    def deconstruct(self) -> Any:
        """For migrations."""
        name, path, args, kwargs = super().deconstruct()
        del kwargs["default"], kwargs["editable"]
        return name, path, args, {**kwargs, "follows": self.follows}

    def pre_save(self, model_instance: models.Model, add: bool) -> int:
        """The clinic's next number."""
        clinic: UUID = model_instance.clinic_id  # type: ignore[attr-defined]
        number = _shared.get().get(clinic) or next_number(clinic)
        setattr(model_instance, self.attname, number)
        return number


@contextmanager
def one_number(clinic: UUID) -> Iterator[None]:
    """A transaction in which all names of a clinic change at one number, as an import of many does.

    Rows that become visible together need no numbers of their own.
    """
    with transaction.atomic():
        token = _shared.set({**_shared.get(), clinic: next_number(clinic)})
        try:
            yield
        finally:
            _shared.reset(token)


def next_number(clinic: UUID) -> int:
    """Take the clinic's next number; nobody else gets one there until this transaction ends."""
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("names change inside a transaction")
    clocks = NameClock.objects.filter(clinic_id=clinic)
    step = {"number": models.F("number") + 1}
    if not clocks.update(**step):
        NameClock.objects.get_or_create(clinic_id=clinic)
        clocks.update(**step)
    return clocks.values_list("number", flat=True).get()
