"""Searching a clinic's sealed names: an index in the memory of each process, opened when needed.

A search asks the database one thing: which number the clinic's names have reached (`NameClock`).
Rows that changed since are read and opened; the index is the large part built before plus a small
one of what changed since, until that grows and both are built anew.  Names live in the memory of
the process only; a clinic that is not searched makes room for another.
"""

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from heapq import merge
from itertools import islice
from threading import Lock
from typing import Any
from uuid import UUID

from django.db import models, transaction

from tautband.clinic.keyring import key_ring
from tautband.clinic.names.models import NameClock, NameNumberField
from tautband.clinic.patient_keys import DataKeyField
from tautband.vault.data_keys import DataKey
from tautband.vault.keys import KeyRing
from tautband.vault.names import Hit, Name, NameIndex
from tautband.vault.sealed import CannotOpen

MOST_NAMES = 200_000  # of all clinics together
MOST_CHANGES = 500  # searched beside the large index before it is built anew
MOST_HITS = 200
_EMPTY = NameIndex({})


@dataclass(frozen=True, slots=True)
class Found:
    """The rows that fit, best first, and how many could not be opened and so were not searched."""

    rows: tuple[UUID, ...]
    unreadable: int


@dataclass(frozen=True, slots=True)
class _View:
    """The names of a clinic at one moment: the small index answers for what changed."""

    large: NameIndex = _EMPTY
    small: NameIndex = _EMPTY
    changed: frozenset[UUID] = frozenset()
    unreadable: frozenset[UUID] = frozenset()
    count: int = 0


@dataclass(slots=True)
class _Known:
    """What this process knows of one clinic; changed under its lock alone."""

    lock: Lock = field(default_factory=Lock)
    number: int = -1
    keys: frozenset[str] = frozenset()
    names: dict[UUID, Name] = field(default_factory=dict)
    view: _View = _View()

    def copy(self) -> "_Known":
        """The same, to be changed alone."""
        return replace(self, lock=Lock(), names=dict(self.names))


class NameIndexes:
    """The indexes of one model, a clinic each; `family` and `given` are its sealed columns.

    The model has a `clinic` and a `NameNumberField` that follows both columns.  A row is left out
    once its key is destroyed or one of the columns in `absent` (such as `erased_at`) is set.
    """

    def __init__(
        self,
        model: type[models.Model],
        family: str,
        given: str,
        absent: tuple[str, ...] = (),
        most_names: int = MOST_NAMES,
    ) -> None:
        fields = model._meta.concrete_fields
        self._model = model
        self._family: Any = model._meta.get_field(family)
        self._given: Any = model._meta.get_field(given)
        self._number = next(one.attname for one in fields if isinstance(one, NameNumberField))
        self._key = DataKeyField.of(model)
        self._absent = absent
        self._most = most_names
        self._clinics: OrderedDict[UUID, _Known] = OrderedDict()
        self._lock = Lock()

    def __repr__(self) -> str:
        return f"NameIndexes({self._model._meta.label}, {len(self._clinics)} clinics)"

    def search(self, clinic: UUID, query: str, limit: int = 20) -> Found:
        """The rows of the clinic that fit the query best (see `vault.names`); at most 200."""
        limit = min(limit, MOST_HITS)
        view = self._current(clinic)
        hits = [*view.large.find(query, limit, view.changed), *view.small.find(query, limit)]
        hits.sort(key=_order)
        return Found(tuple(hit.row for hit in hits[:limit]), len(view.unreadable))

    def alphabetical(self, clinic: UUID, offset: int, limit: int) -> tuple[UUID, ...]:
        """A page of all rows of the clinic in the order of the alphabet."""
        view = self._current(clinic)
        kept = (one for one in view.large.alphabetical() if one[1] not in view.changed)
        both: Iterator[tuple[str, UUID]] = merge(kept, view.small.alphabetical())
        return tuple(row for _, row in islice(both, offset, offset + limit))

    def count(self, clinic: UUID) -> int:
        """How many rows of the clinic can be found."""
        return self._current(clinic).count

    def forget(self) -> None:
        """Drop every name from memory."""
        with self._lock:
            self._clinics.clear()

    def _current(self, clinic: UUID) -> _View:
        reached = NameClock.objects.filter(clinic_id=clinic).values_list("number", flat=True)
        number = reached.first() or 0
        ring = key_ring()
        with self._lock:
            known = self._clinics.setdefault(clinic, _Known())
            self._clinics.move_to_end(clinic)
        with known.lock:
            keys = frozenset(key.id for key in ring)
            if known.keys != keys:  # a key came or went: what can be opened may have changed
                known.keys, known.number, known.names, known.view = keys, -1, {}, _View()
            if number > known.number:
                # Inside a transaction this may be its own change, which can still be undone: then
                # nobody else may see it, and what was read is used once.
                if transaction.get_connection().in_atomic_block:
                    known = known.copy()
                self._catch_up(clinic, number, ring, known)
            view = known.view
        self._make_room()
        return view

    def _catch_up(self, clinic: UUID, number: int, ring: KeyRing, known: _Known) -> None:
        changed: set[UUID] = set()
        unreadable = set(known.view.unreadable)
        # Numbers become visible in their order, so nothing up to the clock's can be missing here.
        for row, at, name in self._read(clinic, known.number, ring):
            number = max(number, at)
            changed.add(row)
            known.names.pop(row, None)
            unreadable.discard(row)
            if isinstance(name, Name):
                known.names[row] = name
            elif isinstance(name, CannotOpen):
                unreadable.add(row)
        known.number = number
        known.view = _next_view(known.view, known.names, changed, frozenset(unreadable))

    def _read(
        self, clinic: UUID, after: int, ring: KeyRing
    ) -> Iterator[tuple[UUID, int, Name | CannotOpen | None]]:
        """Each row that changed after that number: its names, why not, or None when it is gone."""
        key_column = () if self._key is None else (self._key.attname,)
        columns = "pk", self._number, self._family.attname, self._given.attname
        rows = self._model._base_manager.filter(
            clinic_id=clinic, **{f"{self._number}__gt": after}
        ).values_list(*columns, *self._absent, *key_column)
        for row, number, family, given, *others in rows.iterator(chunk_size=2000):
            absent = others[: len(self._absent)]
            if any(absent) or (self._key is not None and others[-1] is None):
                yield row, number, None
                continue
            try:
                opener = ring if self._key is None else self._unwrapped(ring, others[-1], row)
                opened = (one.open(row, opener) if one else "" for one in (family, given))
                yield row, number, Name(*opened)
            except CannotOpen as told:
                yield row, number, told

    def _unwrapped(self, ring: KeyRing, wrapped: bytes, row: UUID) -> DataKey:
        assert self._key is not None
        return DataKey.unwrap(ring, wrapped, self._key.about(row))

    def _make_room(self) -> None:
        """Forget the clinics that were searched longest ago, never the one searched now."""
        with self._lock:
            held = sum(one.view.count for one in self._clinics.values())
            while held > self._most and len(self._clinics) > 1:
                _, dropped = self._clinics.popitem(last=False)
                held -= dropped.view.count


def _next_view(
    view: _View, names: dict[UUID, Name], changed: set[UUID], unreadable: frozenset[UUID]
) -> _View:
    together = view.changed | changed
    if len(together) > MOST_CHANGES:
        return _View(NameIndex(names), unreadable=unreadable, count=len(names))
    some = {row: names[row] for row in together if row in names}
    return _View(view.large, NameIndex(some), together, unreadable, len(names))


def _order(hit: Hit) -> tuple[int, str, UUID]:
    return hit.cost, hit.sort, hit.row
