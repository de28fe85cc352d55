"""The questionnaire of `tautband.safety` as a form, and a form as answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tautband.base.errors import InputError
from tautband.care.screen import read_answers
from tautband.clinic.record.models import Screening
from tautband.safety.screening.answers import SAME, SCHEMA, UNKNOWN, Answers
from tautband.safety.screening.questions import Question, load_questions

NO, YES, WHERE = "no", "yes", "-where"
# What an answers file may hold; a stored one also keeps what was told at a return visit.
_FIELDS = ("schema", "synthetic", "answered_on", "answers")


@dataclass(frozen=True)
class Asked:
    """One question as it stands on the page: what was typed, what held before, what is wrong."""

    question: Question
    typed: str
    where: str = ""
    before: str = ""
    from_record: bool = False
    error: str = ""

    @property
    def field(self) -> str:
        """The name of its input."""
        return f"q-{self.question.key}"

    @property
    def choices(self) -> tuple[str, ...]:
        """What can be tapped; a question with none is typed."""
        match self.question.kind:
            case "yes_no":
                return (YES, NO)
            case "places":
                return (NO, YES)
            case "choice":
                return self.question.choices
            case _:
                return ()

    @property
    def no_is_safe(self) -> bool:
        """True where "no" is the harmless answer: one tap never denies a safeguard."""
        return NO in self.choices and self.question.risk != "no"

    @property
    def follow_up(self) -> bool:
        """True when it is asked only because of another answer."""
        return bool(self.question.asked_when)

    @property
    def decimal(self) -> bool:
        """True when a number is typed."""
        return self.question.kind in ("number", "days")


@dataclass(frozen=True)
class Section:
    """Questions under one heading."""

    title: str
    asked: tuple[Asked, ...]

    @property
    def taps(self) -> bool:
        """True when there are questions that one tap can answer with no."""
        return any(one.no_is_safe for one in self.asked)


@dataclass(frozen=True)
class Told:
    """What a form said: the answers as plain data, and what is wrong by question."""

    answers: dict[str, Any]
    errors: dict[str, str] = field(default_factory=dict)


def listed(again: bool) -> list[Question]:
    """The questions of the first visit, or those that are asked again."""
    return [one for one in load_questions().values() if one.again or not again]


def read_form(posted: Mapping[str, str], day: date, again: bool) -> Told:
    """Answers from a posted form; every question that is wrong is named, not only the first."""
    told: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for question in listed(again):
        raw = _raw(question, posted)
        if again and not posted.get(f"q-{question.key}", "").strip():
            continue  # nothing was said of it: what lasts holds
        told[question.key] = raw
        if raw in (UNKNOWN, SAME):
            continue
        try:
            read_answers(
                {"schema": SCHEMA, "answered_on": day.isoformat(), "answers": {question.key: raw}}
            )
        except InputError as error:
            close = f" Did you mean {', '.join(error.suggestions)}?" if error.suggestions else ""
            errors[question.key] = f"It {error.problem}. Expected {error.expected}.{close}"
    return Told(told, errors)


def _raw(question: Question, posted: Mapping[str, str]) -> Any:
    name = f"q-{question.key}"
    typed = posted.get(name, "").strip()
    if not typed or typed in (UNKNOWN, SAME):
        return typed or UNKNOWN
    match question.kind:
        case "places":
            places = [w.strip() for w in posted.get(name + WHERE, "").split(",") if w.strip()]
            return (places or [YES]) if typed == YES else [typed]
        case "medicines":
            return [line.strip() for line in typed.splitlines() if line.strip()]
        case "number":
            return _number(typed)
        case "days":
            return typed if "-" in typed.strip("-") else _number(typed)
        case _:
            return typed


def _number(typed: str) -> Any:
    try:
        return float(typed.replace(",", "."))
    except ValueError:
        return typed


def file_of(answers: Mapping[str, Any], day: date, synthetic: bool) -> dict[str, Any]:
    """Answers by schema ``tautband.answers/1``."""
    return {
        "schema": SCHEMA,
        "synthetic": synthetic,
        "answered_on": day.isoformat(),
        "answers": dict(answers),
    }


def stored_answers(screening: Screening) -> dict[str, Any]:
    """What a stored screening was decided on, by schema ``tautband.answers/1``."""
    return {key: value for key, value in screening.answers.items() if key in _FIELDS}


def laid_over(
    previous: Mapping[str, Any], now: Mapping[str, Any], merged: Answers
) -> dict[str, Any]:
    """What holds at a return visit, as plain data, so that the next can lie over it."""
    held = {
        key: now[key] if now.get(key, SAME) not in (SAME, UNKNOWN) else previous[key]
        for key in merged.values
    }
    return {**held, **dict.fromkeys(merged.opened - held.keys(), UNKNOWN)}


def sections(
    values: Mapping[str, Any],
    again: bool,
    *,
    before: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
    from_record: frozenset[str] = frozenset(),
) -> list[Section]:
    """The form, filled in with `values` as plain data."""
    grouped: dict[str, list[Asked]] = {}
    for question in listed(again):
        typed, where = _typed(question, values.get(question.key), again)
        grouped.setdefault(question.section, []).append(
            Asked(
                question,
                typed,
                where,
                shown((before or {}).get(question.key)),
                question.key in from_record,
                (errors or {}).get(question.key, ""),
            )
        )
    return [Section(title, tuple(asked)) for title, asked in grouped.items()]


def _typed(question: Question, value: Any, again: bool) -> tuple[str, str]:
    if value is None or (value == UNKNOWN and not again):
        return "", ""
    if value in (SAME, UNKNOWN):
        return value, ""
    if question.kind == "places":
        entries = [value] if isinstance(value, str) else list(value)
        if entries == [NO]:
            return NO, ""
        return YES, ", ".join(e for e in entries if e != YES)
    if question.kind == "medicines" and isinstance(value, list):
        return "\n".join(value), ""
    if isinstance(value, bool):
        return (YES if value else NO), ""
    return shown(value), ""


def shown(value: Any) -> str:
    """An answer as words; empty for what is not known."""
    if value is None or value == UNKNOWN:
        return ""
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return f"{value:g}" if isinstance(value, float) else str(value)
