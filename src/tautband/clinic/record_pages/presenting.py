"""A patient as a line and as a head of a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self
from uuid import UUID

from django.utils import timezone

from tautband.clinic.record.models import Kept, Patient
from tautband.measures.instruments import find_instrument
from tautband.reasoning.knowledge import load_knowledge

# Until this age somebody else decides with or for them in nearly every place; where the law sets
# another one, the guardian is entered or left out by whoever admits.
ADULT_YEARS = 18
# Columns that hold an id of a table, in which words are joined by underscores.
_CODED = frozenset({"code", "joint", "kind", "movement", "presentation", "sheet", "sign", "where"})


@dataclass(frozen=True, slots=True)
class Line:
    """Who somebody is, as far as a list tells it."""

    id: UUID
    name: str
    born: date | None
    age: int | None
    sex: str
    phone: str
    clinic_number: str
    here_at: datetime | None
    is_synthetic: bool

    @classmethod
    def of(cls, patient: Patient) -> Self:
        """Opens the few sealed fields that a list shows."""
        return cls(
            patient.pk,
            listed_name(patient),
            patient.birth_date,
            patient.age_on(timezone.localdate()),
            patient.sex,
            patient.phone,
            patient.clinic_number,
            patient.last_seen_at,
            patient.is_synthetic,
        )


def listed_name(patient: Patient) -> str:
    """``Family, Given``, as lists are read."""
    return ", ".join(part for part in (patient.family_name, patient.given_name) if part)


def is_minor(patient: Patient) -> bool:
    """True for somebody known to be under age today."""
    age = patient.age_on(timezone.localdate())
    return age is not None and age < ADULT_YEARS


def said(row: Kept, names: Sequence[str]) -> list[tuple[str, object]]:
    """Fields of a row that say something: the id of the field's text, and the value."""
    values = ((name, getattr(row, name)) for name in names)
    return [(f"patients-field-{name.replace('_', '-')}", value) for name, value in values if value]


def named(column: str, value: object) -> str:
    """What a column of a row says, as text: what the tables know by an id has its name."""
    if column == "muscle" and isinstance(value, str):
        record = load_knowledge().atlas.muscles.get(value)
        return record.name if record else value.replace("_", " ")
    if column == "instrument" and isinstance(value, str):
        return find_instrument(value).short
    if column in _CODED and isinstance(value, str):
        return value.replace("_", " ")
    return plainly(value)


def plainly(value: object) -> str:
    """One value of a row as text; times in the time zone in use."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:g}" if isinstance(value, float) else str(value)
