"""What happened to a patient, newest first: one query over everything that has a time.

A line of the timeline is made from columns that stand open (times, codes, counts), so nothing has
to be unsealed for it; the words are read where an entry is opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    F,
    Field,
    FloatField,
    IntegerField,
    QuerySet,
    UUIDField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce

from tautband.base.errors import InputError
from tautband.clinic.record.models import (
    AdverseEvent,
    Amendment,
    Assessment,
    Consent,
    Kept,
    Measure,
    Note,
    Plan,
    Reaction,
    Screening,
    Session,
    Withdrawal,
)

PAGE = 30


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what it is, when, in which episode, by whom.

    ``what`` and ``state`` are codes of its kind; ``count`` and ``twitches`` are None where nothing
    was counted, which is not 0.
    """

    kind: str
    id: UUID
    at: datetime
    episode: UUID | None
    by: str
    what: str
    state: str
    count: int | None
    twitches: int | None
    value: float | None
    about: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where lines of one kind come from: the expressions for the columns of an `Entry`."""

    model: type[Kept]
    at: str | Combinable
    episode: str
    what: str | Combinable = ""
    state: str | Combinable = ""
    count: str | None = None
    twitches: str | None = None
    value: str | None = None
    about: str | Combinable = ""


SOURCES: Mapping[str, Source] = {
    "assessment": Source(
        Assessment,
        "held_at",
        "episode_id",
        "kind",
        Case(When(finished_at=None, then=Value("draft")), default=Value("finished")),
    ),
    "screening": Source(Screening, "answered_at", "episode_id", "form", "decision"),
    "consent": Source(Consent, "signed_at", "episode_id", "kind"),
    "withdrawal": Source(Withdrawal, "at", "consent__episode_id", "consent__kind"),
    "plan": Source(Plan, "written_at", "episode_id", "decision", count="sessions_planned"),
    "session": Source(Session, "began_at", "episode_id", "", "state", "insertions", "twitches"),
    "reaction": Source(
        Reaction,
        Coalesce("began_at", "session__began_at"),
        "session__episode_id",
        "kind",
        value="severity",
    ),
    "event": Source(AdverseEvent, "began_at", "session__episode_id", "kind", "grade"),
    "note": Source(Note, Coalesce("signed_at", "written_at"), "episode_id", "kind", "state"),
    "amendment": Source(Amendment, "written_at", "note__episode_id", "note__kind"),
    "check": Source(Measure, "taken_at", "episode_id", "instrument", value="value", about="about"),
}
# What one may ask to see, and the kinds that belong together there.
FILTERS: Mapping[str, tuple[str, ...]] = {
    "assessments": ("assessment",),
    "screenings": ("screening",),
    "consents": ("consent", "withdrawal"),
    "plans": ("plan",),
    "sessions": ("session",),
    "reactions": ("reaction", "event"),
    "notes": ("note", "amendment"),
    "checks": ("check",),
}


def timeline(
    patient: UUID,
    *,
    show: str = "",
    episode: UUID | None = None,
    page: int = 1,
    size: int = PAGE,
) -> tuple[list[Entry], bool]:
    """A page of a patient's entries, newest first, and whether there are older ones.

    `show` is one of `FILTERS`, empty for everything; raises InputError for another word.  The
    caller has checked that the patient may be seen, and leaves the trail.
    """
    if show not in ("", *FILTERS):
        raise InputError("show", f"is '{show[:20]}'", ", ".join(FILTERS))
    kinds = FILTERS[show] if show else tuple(SOURCES)
    first = (max(page, 1) - 1) * size
    queries = [_lines(kind, SOURCES[kind], patient, episode) for kind in kinds]
    joined = queries[0].union(*queries[1:], all=True) if len(queries) > 1 else queries[0]
    rows = list(joined.order_by("-line_at", "line_row")[first : first + size + 1])
    return [_entry(row) for row in rows[:size]], len(rows) > size


def _lines(kind: str, source: Source, patient: UUID, episode: UUID | None) -> QuerySet[Any, Any]:
    every: QuerySet[Any] = source.model._default_manager.all()
    rows = every.filter(patient_id=patient)
    if episode is not None:
        rows = rows.filter(**{source.episode: episode})
    columns = {
        "line_kind": Value(kind, output_field=CharField()),
        "line_row": F("pk"),
        "line_at": _column(source.at),
        "line_episode": Cast(F(source.episode), UUIDField()),
        "line_by": F("written_by__name"),
        "line_what": _coded(source.what),
        "line_state": _coded(source.state),
        "line_count": _number(source.count, IntegerField()),
        "line_twitches": _number(source.twitches, IntegerField()),
        "line_value": _number(source.value, FloatField()),
        "line_about": _coded(source.about),
    }
    lines: QuerySet[Any, Any] = rows.order_by().annotate(**columns).values_list(*columns)
    return lines


def _column(given: str | Combinable) -> Combinable:
    return F(given) if isinstance(given, str) else given


def _coded(given: str | Combinable) -> Combinable:
    """A code as text of one type, which the parts of a union must have in common."""
    empty = Value("", output_field=CharField())
    return Cast(_column(given), CharField()) if given else empty


def _number(given: str | None, kind: Field[Any, Any]) -> Combinable:
    return Cast(F(given) if given else Value(None), kind)


def _entry(row: tuple[Any, ...]) -> Entry:
    return Entry(*row)
