"""What an assessment's page saves, a row at a time: which kinds there are, and their fields.

Each tap and each field that was left is one message: the row's id, made by the page; the version
on which it was made, 0 for a new row; and its values.  The same message twice changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from math import isfinite
from typing import Any

from django.utils.timezone import get_current_timezone, localdate

from tautband.atlas.clinical_tests import read_tests
from tautband.base.errors import InputError
from tautband.body.drawing import from_json
from tautband.body.regions import load_regions
from tautband.clinic.record.errors import ClosedError, NotFoundError
from tautband.clinic.record.models import (
    Assessment,
    ComparableSign,
    Finding,
    Measure,
    Movement,
    PressureThreshold,
    Strength,
)
from tautband.clinic.record.models.assessment import OfAssessment
from tautband.clinic.record.services import keeping
from tautband.clinic.visit_pages.door import Visit, uuid_of
from tautband.measures.instruments import find_instrument
from tautband.reasoning.knowledge import load_knowledge

LONGEST_CODE, LONGEST_WORDS, MOST_LISTED = 60, 4000, 200


@dataclass(frozen=True)
class Kind:
    """Rows of an assessment: the model, and its fields by what they hold."""

    model: type[OfAssessment]
    codes: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    words: tuple[str, ...] = ("told",)
    flags: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """All of them, as a page gets them."""
        return (*self.codes, *self.numbers, *self.words, *self.flags)


KINDS: Mapping[str, Kind] = {
    "finding": Kind(Finding, ("muscle", "side", "sign", "answer")),
    "movement": Kind(
        Movement, ("joint", "movement", "side", "unit"), ("amount", "pain"), flags=("passive",)
    ),
    "strength": Kind(Strength, ("what", "side"), ("grade", "newtons", "pain")),
    "threshold": Kind(PressureThreshold, ("where", "side"), ("kpa", "probe_cm2")),
    "sign": Kind(ComparableSign, ("when",), ("degrees", "pain"), ("movement", "told")),
}
_OWN_WORDS = ("told", "impression")


def save_row(at: Visit, assessment: Assessment, told: Mapping[str, Any]) -> dict[str, Any]:
    """Store what one message says; answers the row's version, and a measure's score."""
    kind, values = told.get("kind"), told.get("values")
    if not isinstance(values, dict):
        raise InputError("values", "is no object", "the fields of the row")
    if assessment.finished_at is not None:
        raise ClosedError("assessment", "is finished", "a further assessment")
    version = _version(told.get("version"))
    if kind == "assessment":
        return _save_own(at, assessment, version, values)
    if kind == "measure":
        return _save_measure(at, told, version, values)
    if not isinstance(kind, str) or kind not in KINDS:
        known = ", ".join((*KINDS, "assessment", "measure"))
        raise InputError("kind", f"is '{str(kind)[:40]}'", known)
    return _save_part(at, assessment, KINDS[kind], told, version, values)


def _save_own(
    at: Visit, assessment: Assessment, version: int, values: dict[str, Any]
) -> dict[str, Any]:
    checked: dict[str, Any] = {}
    for name, value in values.items():
        if name == "drawing":
            if value is not None:
                from_json(value, load_regions().surface)
            checked[name] = value
        elif name in _OWN_WORDS:
            checked[name] = _text(name, value, LONGEST_WORDS)
        else:
            raise InputError(name[:40], "is not a field here", "drawing, told, impression")
    now = keeping.change(at.seat, assessment, version, checked)
    return {"id": str(now.pk), "version": now.version}


def _save_part(
    at: Visit,
    assessment: Assessment,
    kind: Kind,
    told: Mapping[str, Any],
    version: int,
    values: dict[str, Any],
) -> dict[str, Any]:
    checked = {name: _checked(kind, name, value) for name, value in values.items()}
    if kind.model is Finding:
        _check_place(checked)
    row = uuid_of(dict(told), "id")
    if version == 0:
        stored = keeping.add(at.seat, kind.model(id=row, assessment=assessment, **checked))
        return {"id": str(stored.pk), "version": stored.version}
    found = keeping.find(at.seat, kind.model, row)
    if found.assessment_id != assessment.pk:
        raise NotFoundError("a row of another assessment")
    now = keeping.change(at.seat, found, version, checked)
    return {"id": str(now.pk), "version": now.version}


def _save_measure(
    at: Visit, told: Mapping[str, Any], version: int, values: dict[str, Any]
) -> dict[str, Any]:
    for name in values:
        if name not in ("instrument", "items", "told_by", "about", "why"):
            right = "instrument, items, told_by, about, why"
            raise InputError(name[:40], "is not a field here", right)
    items = values.get("items")
    if not isinstance(items, list) or len(items) > MOST_LISTED:
        raise InputError("items", "is no list", "one answer an item, null where unanswered")
    fields = {
        "items": [_number(f"item {n}", item) for n, item in enumerate(items, start=1)],
        "told_by": _text("told_by", values.get("told_by") or "patient", 12),
        "about": _text("about", values.get("about") or "", LONGEST_CODE),
    }
    row = uuid_of(dict(told), "id")
    if version == 0:
        one = find_instrument(_text("instrument", values.get("instrument"), LONGEST_CODE))
        measure = Measure(id=row, episode=at.episode, instrument=one.id, **fields)
        stored = keeping.add(at.seat, measure)
    else:
        found = keeping.find(at.seat, Measure, row)
        if found.episode_id != at.episode.pk:
            raise NotFoundError("a measure of another episode")
        why = _text("why", values.get("why") or "", LONGEST_WORDS)
        stored = keeping.change(at.seat, found, version, fields, why=why)
    return {
        "id": str(stored.pk),
        "version": stored.version,
        "value": stored.value,
        "unit": stored.unit,
    }


def _check_place(values: Mapping[str, Any]) -> None:
    """A finding is at a muscle of the atlas, or is the answer of a clinical test."""
    muscle = values.get("muscle")
    if muscle is None:
        return
    if muscle not in load_knowledge().atlas.muscles and muscle not in read_tests():
        raise InputError("muscle", f"'{muscle[:60]}' is not in the atlas", "a muscle's id")


def _checked(kind: Kind, name: str, value: Any) -> Any:
    if name in kind.codes:
        return _text(name, value, LONGEST_CODE)
    if name in kind.words:
        return _text(name, value, LONGEST_WORDS)
    if name in kind.numbers:
        return _number(name, value)
    if name in kind.flags:
        if not isinstance(value, bool):
            raise InputError(name, "is no truth value", "true or false")
        return value
    raise InputError(name[:40], "is not a field here", ", ".join(kind.fields))


def _text(name: str, value: Any, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest or "\0" in value:
        raise InputError(name, "is no short text", f"text, at most {longest} signs")
    return value.strip()


def _number(name: str, value: Any) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise InputError(name, "is not a number", "a number, or nothing")
    return float(value)


def _version(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**31:
        raise InputError("version", "is no number", "the version that was read, 0 for a new row")
    return value


def rows_of(at: Visit, assessment: Assessment) -> dict[str, list[dict[str, Any]]]:
    """All rows of an assessment as its page has them, by kind."""
    found: dict[str, list[dict[str, Any]]] = {}
    for name, kind in KINDS.items():
        rows = kind.model._default_manager.filter(
            clinic=at.seat.clinic, assessment=assessment
        ).order_by("written_at", "pk")
        found[name] = [
            {"id": str(row.pk), "version": row.version}
            | {field: getattr(row, field) for field in kind.fields}
            for row in rows
        ]
    found["measure"] = [_measure(one) for one in _measures(at, assessment)]
    return found


def _measures(at: Visit, assessment: Assessment) -> list[Measure]:
    """The episode's measures, newest first; of a finished assessment those of its day alone."""
    rows = Measure.objects.in_clinic(at.seat.clinic).filter(episode=at.episode)
    if not assessment.is_draft:
        day = localdate(assessment.held_at)
        begins = datetime.combine(day, time.min, tzinfo=get_current_timezone())
        rows = rows.filter(taken_at__gte=begins, taken_at__lt=begins + timedelta(days=1))
    return list(rows.order_by("-taken_at")[:MOST_LISTED])


def _measure(one: Measure) -> dict[str, Any]:
    return {
        "id": str(one.pk),
        "version": one.version,
        "instrument": one.instrument,
        "name": find_instrument(one.instrument).short,
        "items": one.items,
        "told_by": one.told_by,
        "about": one.about,
        "value": one.value,
        "unit": one.unit,
        "taken_at": one.taken_at.isoformat(),
    }
