"""For any condition, answers (and a target) that make it true, made from the condition itself."""

from collections.abc import Iterator
from typing import Any

from tautband.safety.screening.expression import (
    AllOf,
    AnyOf,
    Compares,
    Condition,
    Here,
    Is,
    Not,
    Placed,
    Takes,
    Yes,
)
from tautband.safety.screening.rules import NOT_RECOGNISED, load_knowledge
from tautband.safety.screening.targets import Target

KNOWN = load_knowledge()
# What to add to the limit for a value that does, and one that does not, compare so.
_STEP = {"<": (-1, 0), "<=": (0, 1), ">": (1, 0), ">=": (0, -1)}


def drug_of(drug_class: str) -> str:
    """A medicine of a class, chosen so that it belongs to as few others as possible."""
    if drug_class == NOT_RECOGNISED:
        return "foozumab"
    fits = [d for d in KNOWN.lexicon.drugs if drug_class in KNOWN.lexicon.classes_of(d)]
    return min(fits, key=lambda d: len(KNOWN.lexicon.classes_of(d))).replace("_", " ")


def witnesses(condition: Condition, target: Target, wanted: bool) -> Iterator[dict[str, Any]]:
    """Changes of a healthy person's answers that make a condition at a target ``wanted``."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            every = isinstance(condition, AllOf) == wanted
            if every:
                yield from _joined(parts, target, wanted)
            else:
                for part in parts:
                    yield from witnesses(part, target, wanted)
        case Not(inner):
            yield from witnesses(inner, target, not wanted)
        case Here(feature, value):
            if ((feature, value) in target.features) == wanted:
                yield {}
        case Yes(question):
            yield {question: "yes" if wanted else "no"}
        case Is(question, choice):
            if wanted:
                yield {question: choice.replace("_", " ")}
            else:
                for other in KNOWN.questions[question].choices:
                    if other.replace(" ", "_") != choice:
                        yield {question: other}
        case Compares(question, sign, limit):
            number = limit + _STEP[sign][0 if wanted else 1]
            if question == "bmi":
                yield {"height": 200, "weight": number * 4}
            else:
                yield {question: number}
        case Takes(drug_class):
            yield {"medicines": [drug_of(drug_class)] if wanted else []}
        case Placed(how, question):
            place = sorted(target.parts)[0] if target.parts else "hand"
            if how == "any":
                place = "hand"
            yield {question: [f"{place} {target.side}"] if wanted else []}


def _joined(parts: tuple[Condition, ...], target: Target, wanted: bool) -> Iterator[dict[str, Any]]:
    if not parts:
        yield {}
        return
    for first in witnesses(parts[0], target, wanted):
        for rest in _joined(parts[1:], target, wanted):
            joined = {**first, **rest}
            if "medicines" in first and "medicines" in rest and wanted:
                joined["medicines"] = [*first["medicines"], *rest["medicines"]]
            yield joined
