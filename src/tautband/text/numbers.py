"""How strong, said as a number: 6/10, "six out of ten", VAS 8, 4-6/10, 65/100."""

import math
from collections.abc import Sequence

import msgspec

from tautband.base.errors import InputError
from tautband.text.tokens import Token
from tautband.text.wordset import word_set

WORDS = {
    word: float(n)
    for n, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
}
_SCALES = word_set("vas nprs nrs npr vnrs nras vrs")
_CUES = word_set("intensity rated rating score scored scores severity level")
_CUE_FILLER = word_set("of at : = is was as a score about around pain level rating current ~")
_UNITS = word_set(
    "day days week weeks month months year years yr yrs wk wks hour hours hr hrs minute minutes min"
    " mins times cm mm km kg mg ml percent % yo session sessions th st nd rd"
)


class Strength(msgspec.Struct, frozen=True):
    """Intensity 0-10 named by ``tokens[start:end]``."""

    start: int
    end: int
    value: int


class Amount(msgspec.Struct, frozen=True):
    """A number that is no intensity, such as "6 months" or "aged 45": ``tokens[start:end]``."""

    start: int
    end: int


def number_at(tokens: Sequence[Token], i: int) -> Strength | Amount | None:
    """The intensity or other amount that begins at token ``i``, or None.

    Raises InputError for an intensity above its scale, such as 11/10.
    """
    return _scaled(tokens, i) or _cued(tokens, i) or _amount(tokens, i)


def value_at(tokens: Sequence[Token], i: int) -> float | None:
    """The number written at ``i`` in figures or in words up to twelve."""
    if not 0 <= i < len(tokens):
        return None
    token = tokens[i]
    if token.kind == "number":
        return float(token.norm)
    return WORDS.get(token.norm)


def _norm(tokens: Sequence[Token], i: int) -> str:
    return tokens[i].norm if 0 <= i < len(tokens) else ""


def _range(tokens: Sequence[Token], i: int) -> tuple[float, int] | None:
    """One number, or the higher of "4-6" and "4 to 6"; and where it ends."""
    low = value_at(tokens, i)
    if low is None:
        return None
    high = value_at(tokens, i + 2) if _norm(tokens, i + 1) in {"-", "to", "or"} else None
    return (low, i + 1) if high is None else (max(low, high), i + 3)


def _scaled(tokens: Sequence[Token], i: int) -> Strength | None:
    found = _range(tokens, i)
    if found is None:
        return None
    value, j = found
    if _norm(tokens, j) == "/":
        top, end = value_at(tokens, j + 1), j + 2
        if _norm(tokens, end) == "/":  # a date
            return None
    elif _norm(tokens, j) == "out" and _norm(tokens, j + 1) == "of":
        top, end = value_at(tokens, j + 2), j + 3
    elif _norm(tokens, j) == "of":
        top, end = value_at(tokens, j + 1), j + 2
    else:
        return None
    if i and _norm(tokens, i - 1) == "/":
        return None
    if top not in (10.0, 100.0):
        return None
    return Strength(i, end, _intensity(value, top, _written(tokens, i, end)))


def _cued(tokens: Sequence[Token], i: int) -> Strength | None:
    """ "VAS 8", "NPRS of 7", "pain level 7", "rated 4 to 6", "intensity: 5"."""
    cue = _norm(tokens, i)
    if cue not in _SCALES and cue not in _CUES:
        return None
    j = i + 1
    while j < len(tokens) and j - i < 6 and _norm(tokens, j) in _CUE_FILLER | _SCALES:
        j += 1
    scaled = _scaled(tokens, j)
    if scaled is not None:
        return Strength(i, scaled.end, scaled.value)
    found = _range(tokens, j)
    if found is None:
        return None
    value, end = found
    if _norm(tokens, end) == "mm":
        return Strength(i, end + 1, _intensity(value, 100.0, _written(tokens, i, end + 1)))
    if _norm(tokens, end) in _UNITS:
        return None
    return Strength(i, end, _intensity(value, 10.0, _written(tokens, i, end)))


def _intensity(value: float, top: float, written: str) -> int:
    if not value <= top:
        raise InputError(
            "intensity", f'"{written}" is above the end of its scale', "a number from 0 to 10"
        )
    # Halves go up: the tie-to-even of round() would read 6.5 as 6, milder than what was said.
    return math.floor(value * 10.0 / top + 0.5)


def _written(tokens: Sequence[Token], i: int, end: int) -> str:
    return " ".join(token.norm for token in tokens[i:end]).replace(" / ", "/")


def _amount(tokens: Sequence[Token], i: int) -> Amount | None:
    if value_at(tokens, i) is None:
        return None
    end = i + 1
    while end < len(tokens) and (
        tokens[end].norm in _UNITS
        or tokens[end].kind == "number"
        or (tokens[end].norm in {"/", "-", "to"} and value_at(tokens, end + 1) is not None)
    ):
        end += 1
    if end == i + 1 and tokens[i].kind == "word":
        return None  # "one side", "two fingers": an ordinary word
    if _norm(tokens, end) in {"ago", "old"}:
        end += 1
    return Amount(i, end)
