"""What was answered, checked once; what was not answered, or answered "unknown", is not known."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tautband.base.errors import InputError
from tautband.safety.screening.medicines import Medicine, read_medicines
from tautband.safety.screening.places import Place, parse_place
from tautband.safety.screening.questions import DERIVED, Question, question_of
from tautband.safety.screening.rules import Knowledge
from tautband.text.near import close_names

SCHEMA = "tautband.answers/1"
UNKNOWN, SAME = "unknown", "same"
LONGEST_TEXT, MOST_ENTRIES = 500, 100
_YES_NO = {"yes": True, "no": False, "true": True, "false": False}
_FIELDS = ("schema", "synthetic", "answered_on", "answers")

Value = bool | float | str | tuple[Place, ...] | tuple[Medicine, ...]


@dataclass(frozen=True)
class Answers:
    """The known answers by question.

    ``opened`` are the questions that were expressly left unknown; ``same`` were confirmed as last
    time, and ``carried`` were taken over because nothing was said of them.
    """

    values: Mapping[str, Value] = field(default_factory=dict)
    answered_on: date | None = None
    synthetic: bool = False
    opened: frozenset[str] = frozenset()
    same: frozenset[str] = frozenset()
    carried: tuple[str, ...] = ()

    def get(self, key: str) -> Value | None:
        """The answer, or None when it is not known; the body mass index is computed."""
        if key == DERIVED:
            height, weight = self.values.get("height"), self.values.get("weight")
            if isinstance(height, float) and isinstance(weight, float):
                return weight / (height / 100) ** 2
            return None
        return self.values.get(key)

    @property
    def medicines(self) -> tuple[Medicine, ...]:
        """What was read in the list of medicines; empty also when it is not known."""
        listed = self.values.get("medicines")
        return (
            tuple(m for m in listed if isinstance(m, Medicine)) if isinstance(listed, tuple) else ()
        )


def parse_answers(data: object, known: Knowledge, again: bool = False) -> Answers:
    """Read an answers file; raises InputError that names the question and what would be right.

    ``again`` allows the word ``same`` for an answer that has not changed since the last visit.
    A bare object of question: answer, without the fields around it, is read as such.
    """
    if not isinstance(data, dict):
        raise InputError("answers", "is not an object", f"an object with schema {SCHEMA}")
    if data and not any(key in _FIELDS for key in data):
        data = {"answers": data}
    for key in data:
        if key not in _FIELDS:
            raise InputError(
                str(key)[:60], "is not a field", "one of " + ", ".join(_FIELDS),
                close_names(str(key), _FIELDS),
            )  # fmt: skip
    if data.get("schema", SCHEMA) != SCHEMA:
        raise InputError("schema", f"is '{data.get('schema')}'", SCHEMA)
    if not isinstance(data.get("answers"), dict):
        raise InputError("answers", "is missing or no object", "an object of question: answer")
    if not isinstance(data.get("synthetic", False), bool):
        raise InputError("synthetic", "is no truth value", "true or false")
    day = _date("answered_on", data["answered_on"]) if data.get("answered_on") else None
    values: dict[str, Value] = {}
    same: set[str] = set()
    opened: set[str] = set()
    for key, raw in data["answers"].items():
        question = question_of(str(key), known.questions)
        if raw == SAME:
            if not again:
                raise InputError(
                    f"answers.{key}", "is 'same'", "an answer; 'same' needs --return-of"
                )
            same.add(question.key)
            continue
        value = _value(question, raw, known, day)
        if value is None:
            opened.add(question.key)
        else:
            values[question.key] = value
    synthetic = bool(data.get("synthetic", False))
    return Answers(values, day, synthetic, frozenset(opened), frozenset(same))


def merge_return(previous: Answers, now: Answers, questions: Mapping[str, Question]) -> Answers:
    """A return visit's answers laid over the previous ones.

    What was answered now counts.  ``same`` takes the previous answer over.  What was left open
    takes over only what lasts (a joint replacement does, having eaten does not), and is listed as
    carried.  An answer that was "unknown" now stays unknown.
    """
    values: dict[str, Value] = dict(now.values)
    carried: list[str] = []
    for key, value in previous.values.items():
        if key in values or key in now.opened:
            continue
        if key in now.same or questions[key].lasts:
            values[key] = value
            if key not in now.same:
                carried.append(key)
    return replace(now, values=values, carried=tuple(carried))


def template(questions: Mapping[str, Question]) -> dict[str, Any]:
    """An answers file in which everything is still unknown."""
    return {
        "schema": SCHEMA,
        "answered_on": None,
        "answers": dict.fromkeys(questions, UNKNOWN),
    }


def _value(question: Question, raw: object, known: Knowledge, day: date | None) -> Value | None:
    where = f"answers.{question.key}"
    if raw is None or (isinstance(raw, str) and raw.strip().casefold() in (UNKNOWN, "")):
        return None
    match question.kind:
        case "yes_no":
            return _yes_no(where, raw)
        case "choice":
            return _choice(where, raw, question)
        case "number":
            return _number(where, raw, question)
        case "days":
            return _days(where, raw, question, day)
        case "medicines":
            return read_medicines(_lines(where, raw, "medicines"), known.lexicon)
        case "places":
            return _places(where, raw, known)
        case _:
            if not isinstance(raw, str) or len(raw) > LONGEST_TEXT:
                raise InputError(where, "is no short text", f"text, at most {LONGEST_TEXT} signs")
            return raw


def _yes_no(where: str, raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and raw.strip().casefold() in _YES_NO:
        return _YES_NO[raw.strip().casefold()]
    raise InputError(where, f"is {_shown(raw)}", "'yes', 'no' or 'unknown'")


def _choice(where: str, raw: object, question: Question) -> str:
    # A question with "no" among its choices may be answered by false.
    told = "no" if raw is False else raw
    if isinstance(told, str):
        word = told.strip().casefold().replace("_", " ")
        if word in question.choices:
            return word
        close = close_names(word, question.choices)
    else:
        close = ()
    right = ", ".join(f"'{choice}'" for choice in question.choices)
    raise InputError(where, f"is {_shown(raw)}", f"{right} or 'unknown'", close)


def _number(where: str, raw: object, question: Question) -> float:
    assert question.low is not None
    assert question.high is not None
    right = f"a number from {question.low:g} to {question.high:g} ({question.unit}), or 'unknown'"
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise InputError(where, f"is {_shown(raw)}", right)
    try:
        value = float(raw)
    except OverflowError:
        value = math.inf
    # The negation also refuses NaN.
    if not question.low <= value <= question.high:
        raise InputError(where, f"is {value:g}", right)
    return value


def _days(where: str, raw: object, question: Question, day: date | None) -> float:
    if not isinstance(raw, str):
        return _number(where, raw, question)
    then = _date(where, raw)
    if day is None:
        raise InputError(where, "is a date, but answered_on is missing", "answered_on, or days")
    ago = (day - then).days
    return _number(where, ago if question.unit.endswith("ago") else -ago, question)


def _date(where: str, raw: object) -> date:
    try:
        return date.fromisoformat(str(raw))
    except ValueError:
        raise InputError(where, f"is {_shown(raw)}", "a date such as 2026-11-25") from None


def _lines(where: str, raw: object, what: str) -> list[str]:
    entries = [raw] if isinstance(raw, str) else raw
    if not isinstance(entries, list) or not all(isinstance(e, str) for e in entries):
        raise InputError(where, f"is {_shown(raw)}", f"a list of {what} as text, or 'unknown'")
    if len(entries) > MOST_ENTRIES or any(len(e) > LONGEST_TEXT for e in entries):
        raise InputError(where, "is too long", f"at most {MOST_ENTRIES} short entries")
    return entries


def _places(where: str, raw: object, known: Knowledge) -> tuple[Place, ...] | None:
    if isinstance(raw, bool):
        raw = "yes" if raw else "no"
    entries = _lines(where, raw, "places")
    words = [e.strip() for e in entries if e.strip()]
    if [w.casefold() for w in words] in (["no"], ["none"]):
        return ()
    # Somewhere, but not told where: it may be anywhere.
    if any(w.casefold() in ("yes", UNKNOWN) for w in words):
        return None
    return tuple(parse_place(word, known.places, where) for word in words)


def _shown(raw: object) -> str:
    return f"'{str(raw)[:40]}'"
