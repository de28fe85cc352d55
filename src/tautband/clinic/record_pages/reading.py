"""One entry of the record, whole and as it stands: for whoever opens a line of the timeline."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tautband.clinic.access import Seat, member
from tautband.clinic.policy import Action
from tautband.clinic.record.canonical import BESIDE
from tautband.clinic.record.errors import NotFoundError
from tautband.clinic.record.models import (
    Amendment,
    ComparableSign,
    Finding,
    Kept,
    LedgerEntry,
    Movement,
    PlanTarget,
    PressureThreshold,
    Reaction,
    Retest,
    SessionTarget,
    Signature,
    Strength,
)
from tautband.clinic.record.services import keeping
from tautband.clinic.record_pages.answering import page, private
from tautband.clinic.record_pages.presenting import Line, named, plainly
from tautband.clinic.record_pages.states import changes
from tautband.clinic.record_pages.timeline import SOURCES

# What hangs on an entry and is read with it: the model and its foreign key.
BELOW: Mapping[str, tuple[tuple[type[Kept], str], ...]] = {
    "assessment": (
        (Finding, "assessment"),
        (Movement, "assessment"),
        (Strength, "assessment"),
        (PressureThreshold, "assessment"),
        (ComparableSign, "assessment"),
    ),
    "plan": ((PlanTarget, "plan"),),
    "session": (
        (SessionTarget, "session"),
        (LedgerEntry, "session"),
        (Retest, "session"),
        (Reaction, "session"),
    ),
    "note": ((Amendment, "note"), (Signature, "note")),
}
# Ids, what stands at the head of the page, what is drawn, and what is read where it was made.
_LEFT_OUT = BESIDE | {
    "patient", "episode", "drawing", "body_version", "strokes", "signed", "card", "whole",
    "session_version", "about", "accounts_for", "needle", "follows", "note_version",
    "follows_sha256", "trace", "assessment", "session", "note", "plan", "amendment",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """One field: its name in the catalogue, and what it says; ``parts`` where it has an inside."""

    name: str
    text: str = ""
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that hang on an entry, with the columns in which any of them says something."""

    kind: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@require_safe
@member(Action.RECORD_READ)
@private
def entry(
    request: HttpRequest, seat: Seat, patient: UUID, entry_kind: str, entry: UUID
) -> HttpResponse:
    """An entry with all that it says; the reading of it is in the trail."""
    kind = entry_kind
    if kind not in SOURCES:
        raise Http404
    found: Any = keeping.read(seat, SOURCES[kind].model, entry)
    if found.patient_id != patient:
        raise NotFoundError(kind)
    values = {
        "who": Line.of(found.patient),
        "entry": found,
        "kind": kind,
        "at": _time(found, kind),
        "told": list(told(found)),
        "note": _note_page(found, kind),
        "tables": [one for one in _tables(found, kind) if one.rows],
        "changes": changes(seat, found),
        "signature": signature_paths(getattr(found, "strokes", None)),
    }
    return page(request, seat, "entry.html", values)


def _note_page(row: Any, kind: str) -> tuple[UUID, UUID] | None:
    """Episode and session whose note this entry is, or has; None for every other entry."""
    if kind == "session":
        return row.episode_id, row.pk
    if kind == "note" and row.kind == "session" and row.session_id and row.episode_id:
        return row.episode_id, row.session_id
    return None


def told(row: Kept) -> Iterator[Told]:
    """What the fields of a row say, those that say nothing left out."""
    for field in row._meta.concrete_fields:
        if field.name in _LEFT_OUT or isinstance(field, models.BinaryField):
            continue
        value = getattr(row, field.name)
        if value is None or value in ("", [], {}) or isinstance(value, Kept):
            continue
        name = field.name.replace("_", "-")
        if isinstance(value, dict | list):
            yield Told(name, parts=tuple(_inside(value)))
        else:
            yield Told(name, named(field.name, value))


def signature_paths(strokes: Any) -> tuple[str, ...]:
    """A drawn signature as points of polylines in a box of 300 by 100."""
    if not isinstance(strokes, list):
        return ()
    return tuple(" ".join(f"{x * 300:.1f},{y * 100:.1f}" for x, y in stroke) for stroke in strokes)


def _tables(row: Kept, kind: str) -> Iterator[Table]:
    for model, key in BELOW.get(kind, ()):
        rows = list(model._default_manager.filter(**{key: row.pk}).order_by("written_at"))
        for one in rows:
            one.patient = row.patient  # type: ignore[attr-defined] # whose key opens it
        lines = [{item.name: item.text or _joined(item.parts) for item in told(r)} for r in rows]
        columns = tuple(dict.fromkeys(name for line in lines for name in line))
        cells = tuple(tuple(line.get(name, "") for name in columns) for line in lines)
        yield Table(str(model._meta.model_name), columns, cells)


def _inside(value: Any, above: str = "") -> Iterator[tuple[str, str]]:
    """Plain data as pairs of a path and a text."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _inside(inner, f"{above} {key}".strip().replace("_", " "))
    elif isinstance(value, list) and any(isinstance(one, dict | list) for one in value):
        for number, inner in enumerate(value, start=1):
            yield from _inside(inner, f"{above} {number}".strip())
    elif isinstance(value, list):
        if value:
            yield above, ", ".join(plainly(one) for one in value)
    elif value not in (None, ""):
        yield above, plainly(value)


def _joined(parts: tuple[tuple[str, str], ...]) -> str:
    return "; ".join(f"{name}: {text}" if name else text for name, text in parts)


def _time(row: Any, kind: str) -> datetime:
    for name in ("held_at", "answered_at", "signed_at", "began_at", "taken_at", "at"):
        value = getattr(row, name, None)
        if isinstance(value, datetime):
            return value
    found: datetime = row.written_at
    return found
