"""How an entry came to be as it is: who changed what, when and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db import models

from tautband.clinic.access import Seat
from tautband.clinic.people.models import User
from tautband.clinic.record.canonical import BESIDE
from tautband.clinic.record.models import Kept
from tautband.clinic.record.services import keeping
from tautband.clinic.record_pages.presenting import named

# What a change brings along without anybody having typed it.
_OF_ITSELF = frozenset({"body_version", "signed", "note_version", "trace"})
# Seen only where it is drawn: that it changed is told, not how.
_DRAWN = frozenset({"drawing", "strokes"})
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a change: its name in the catalogue, and what it said before and after."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One state after the first."""

    number: int
    at: datetime
    by: str
    why: str
    differences: tuple[Difference, ...]


def changes(seat: Seat, row: Kept) -> list[Change]:
    """The changes of a row, the newest first; none for one that stands as it was first written.

    That they were read is in the trail.
    """
    if row.version == 1:
        return []
    states = keeping.versions(seat, row)
    found = [
        Change(
            now.number,
            now.written_at,
            str(now.written_by),
            now.why,
            tuple(_differences(row, before.content, now.content)),
        )
        for before, now in pairwise(states)
    ]
    return found[::-1]


def tellable(field: models.Field[Any, Any]) -> bool:
    """Whether a change of this column is shown: not what the row belongs to, and no key."""
    if field.name in BESIDE | _OF_ITSELF or isinstance(field, models.BinaryField):
        return False
    # Of the foreign keys, those that name a person are left.
    return not isinstance(field, models.ForeignKey) or field.related_model is User


def _differences(
    row: Kept, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Difference]:
    for field in row._meta.concrete_fields:
        name = field.name
        was, now = before.get(name), after.get(name)
        if was == now or not tellable(field):
            continue
        label = name.replace("_", "-")
        if name in _DRAWN:
            yield Difference(label, "", "")
        elif isinstance(field, models.ForeignKey):
            yield Difference(label, _person(was), _person(now))
        else:
            yield Difference(label, _said(field, was, now), _said(field, now, was))


def _person(told: Any) -> str:
    return str(User.objects.filter(pk=told).first() or "") if told else ""


def _said(field: models.Field[Any, Any], value: Any, other: Any) -> str:
    """A stored value in one line; of what has an inside, the parts that the other has not."""
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, dict):
        held = other if isinstance(other, dict) else {}
        inner = [f"{k.replace('_', ' ')}: {v}" for k, v in value.items() if held.get(k) != v]
        text = "; ".join(inner)
    elif isinstance(value, list):
        text = "; ".join(str(one) for one in value)
    else:
        # A state is kept as JSON, in which a time is text.
        is_time = isinstance(field, models.DateTimeField) and isinstance(value, str)
        text = named(field.name, datetime.fromisoformat(value) if is_time else value)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
