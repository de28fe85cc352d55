"""Numbers in a complaint: a temperature, how long it has lasted, how strong it is."""

from collections.abc import Sequence

import msgspec

from tautband.base.errors import InputError
from tautband.text.numbers import Strength, number_at, value_at
from tautband.text.tokens import Token

# Fever begins at 38 degrees Celsius or 100.4 Fahrenheit by common convention.
FEVER_C, HOTTEST_C = 38.0, 43.0
FEVER_F, HOTTEST_F = 100.4, 109.0
COLDEST_C, COLDEST_F = 34.0, 93.0
SEVERE_FROM = 7
TOP = 10

_CUES = frozenset({"temperature", "fever", "degrees", "degree", "c", "celsius", "f", "fahrenheit"})
_HOURS = {
    "hour": 1.0, "hours": 1.0, "hr": 1.0, "hrs": 1.0, "h": 1.0,
    "day": 24.0, "days": 24.0, "week": 168.0, "weeks": 168.0, "month": 720.0, "months": 720.0,
}  # fmt: skip
_LOOSE = {"a": 1.0, "couple": 2.0, "few": 3.0, "several": 3.0, "whole": 1.0, "full": 1.0}


class Figures(msgspec.Struct, frozen=True):
    """``fever`` is None where no temperature is named; ``hours`` is the longest time named."""

    fever: bool | None
    hours: float | None
    strength: int | None
    used: frozenset[int]


def read_figures(tokens: Sequence[Token]) -> Figures:
    """Read the numbers of a text; never raises."""
    fever: bool | None = None
    used: set[int] = set()
    hours: list[float] = []
    strengths: list[int] = []
    for i, token in enumerate(tokens):
        hot = _fever(tokens, i)
        if hot is not None:
            fever = hot or bool(fever)
            used |= set(range(i, min(i + 3, len(tokens)))) if hot else {i}
        said = _hours(tokens, i)
        if said is not None:
            hours.append(said)
        strength = _strength(tokens, i)
        if strength is not None:
            strengths.append(strength)
        if token.kind == "number":
            used.add(i)
    return Figures(fever, max(hours, default=None), max(strengths, default=None), frozenset(used))


def _fever(tokens: Sequence[Token], i: int) -> bool | None:
    """True or False for a number that is a temperature, None for any other."""
    if tokens[i].kind != "number":
        return None
    value = float(tokens[i].norm)
    around = {t.norm for t in tokens[max(0, i - 4) : i + 4]}
    cued = bool(around & _CUES)
    if COLDEST_C <= value <= HOTTEST_C and (cued or "." in tokens[i].norm):
        return value >= FEVER_C
    if COLDEST_F <= value <= HOTTEST_F and (cued or "." in tokens[i].norm):
        return value >= FEVER_F
    return None


def _hours(tokens: Sequence[Token], i: int) -> float | None:
    if i + 1 >= len(tokens):
        return None
    amount = value_at(tokens, i)
    if amount is None:
        amount = _LOOSE.get(tokens[i].norm)
    j = i + 2 if tokens[i + 1].norm == "of" and i + 2 < len(tokens) else i + 1
    unit = _HOURS.get(tokens[j].norm)
    return None if amount is None or unit is None else amount * unit


def _strength(tokens: Sequence[Token], i: int) -> int | None:
    try:
        found = number_at(tokens, i)
    except InputError:
        return TOP  # "11/10": more than the scale can say
    return found.value if isinstance(found, Strength) else None
