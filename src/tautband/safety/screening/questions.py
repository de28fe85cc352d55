"""The questionnaire: each question in two wordings, its kind, and when a follow-up is asked."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Literal

import msgspec

from tautband.base.errors import InputError
from tautband.safety.screening.expression import (
    Condition,
    Here,
    atoms,
    parse_condition,
)

Kind = Literal["yes_no", "choice", "number", "days", "medicines", "places", "text"]
DERIVED = "bmi"  # computed from height and weight, never asked


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One question.

    ``risk`` says which answer of a yes/no question worries: "yes" for a risk, "no" for a safeguard
    that counts only when it is known.  ``again`` is the wording at a return visit, empty where it
    is not asked again; ``lasts`` whether an answer still holds then when nothing is said.  ``low``
    and ``high`` are the limits of a number or of days.
    """

    key: str
    section: str
    kind: Kind
    patient: str
    clinician: str
    risk: Literal["yes", "no", ""] = ""
    choices: tuple[str, ...] = ()
    unit: str = ""
    low: float | None = None
    high: float | None = None
    asked_when: str = ""
    again: str = ""
    lasts: bool = True
    by: Literal["patient", "clinician"] = "patient"


class _File(msgspec.Struct, forbid_unknown_fields=True):
    questions: tuple[Question, ...]


def parse_questions(text: str) -> Mapping[str, Question]:
    """Read and check a questionnaire; raises InputError that names the question."""
    try:
        listed = msgspec.convert(tomllib.loads(text), _File).questions
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InputError("questions", str(error)) from error
    found = {question.key: question for question in listed}
    if len(found) < len(listed):
        raise InputError("questions", "has a key twice", "each key once")
    for question in listed:
        _check(question)
        if question.asked_when:
            _check_follow_up(question, parse_condition(question.asked_when), found)
    return found


@cache
def load_questions() -> Mapping[str, Question]:
    """The questionnaire that ships, in the order in which it is asked."""
    folder = resources.files("tautband.safety.screening").joinpath("data")
    return parse_questions(folder.joinpath("questions.toml").read_text("utf-8"))


def question_of(key: str, questions: Mapping[str, Question]) -> Question:
    """The question of a key; raises InputError with close keys for an unknown one."""
    from tautband.text.near import close_names

    if key in questions:
        return questions[key]
    raise InputError(
        f"answers.{key[:60]}",
        "is not a question",
        "a key that 'tautband screen --questions' lists",
        close_names(key, questions),
    )


def _check(question: Question) -> None:
    where = f"question {question.key}"
    if (question.kind == "yes_no") != bool(question.risk):
        raise InputError(f"{where}.risk", "does not fit its kind", "'yes' or 'no' for yes_no only")
    if (question.kind == "choice") != bool(question.choices):
        raise InputError(f"{where}.choices", "do not fit its kind", "choices for 'choice' only")
    if question.kind in ("number", "days"):
        low, high = question.low, question.high
        if low is None or high is None or low >= high or not question.unit:
            raise InputError(f"{where}.low", "has no proper range", "low < high, and a unit")
    if not question.lasts and not question.again:
        raise InputError(
            f"{where}.again", "is missing", "a wording, since the answer does not last"
        )
    if not question.patient or not question.clinician:
        raise InputError(where, "lacks a wording", "one for patients and one for clinicians")


def _check_follow_up(
    question: Question, condition: Condition, known: Mapping[str, Question]
) -> None:
    for atom, _ in atoms(condition):
        if isinstance(atom, Here):
            raise InputError(
                f"question {question.key}.asked_when", "depends on a target", "answers only"
            )
        name = getattr(atom, "question", None)
        if name is not None and (name not in known or name == question.key):
            raise InputError(
                f"question {question.key}.asked_when", f"names '{name}'", "another question"
            )
