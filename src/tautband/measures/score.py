"""Scores from item answers, by each instrument's own rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from tautband.base.errors import InputError
from tautband.measures.instruments import Instrument


@dataclass(frozen=True)
class Score:
    """A score with what made it: raw items (``None``: not answered), and how many were missing.

    ``value`` is ``None`` when too many are missing: ``why`` says so.  A missing item is never 0.
    """

    instrument: str
    items: tuple[float | None, ...]
    value: float | None
    missing: int
    why: str = ""


def score(instrument: Instrument, answers: Sequence[float | None]) -> Score:
    """Score answers in the order of the items; raises InputError for one that cannot be."""
    items = tuple(answers)
    _check(instrument, items)
    given = [v for v in items if v is not None]
    missing = len(items) - len(given)
    if not given:
        why = f"{missing} of {len(items)} items are not answered"
        return Score(instrument.id, items, None, missing, why)
    if missing > instrument.missing.most:
        most = instrument.missing.most
        why = f"{missing} of {len(items)} items are not answered; at most {most} may be missing"
        return Score(instrument.id, items, None, missing, why)
    if instrument.rule == "subscales to 100":
        return _of_subscales(instrument, items, missing)
    return Score(instrument.id, items, _value(instrument, given, len(items)), missing)


def _value(instrument: Instrument, given: list[float], count: int) -> float:
    total, answered = sum(given), len(given)
    low, high = instrument.items.low, instrument.items.high
    match instrument.rule:
        case "value" | "mean":
            found = total / answered
        case "sum":
            # Missing items, where the rule allows any, take the mean of the answered ones.
            found = total + (count - answered) * total / answered
        case "percent of answered":
            found = 100 * total / (high * answered)
        case _:  # "mean to 100"
            found = (total / answered - low) * 100 / (high - low)
    return found * instrument.factor


def _of_subscales(instrument: Instrument, items: tuple[float | None, ...], missing: int) -> Score:
    """Mean of the subscales, each in percent of what its answered items could reach."""
    shares, start = [], 0
    for size in instrument.parts:
        part = [v for v in items[start : start + size] if v is not None]
        start += size
        if not part:
            why = "a whole subscale is not answered"
            return Score(instrument.id, items, None, missing, why)
        shares.append(100 * sum(part) / (instrument.items.high * len(part)))
    return Score(instrument.id, items, sum(shares) / len(shares), missing)


def _check(instrument: Instrument, items: tuple[float | None, ...]) -> None:
    spec = instrument.items
    least = spec.least_count or spec.count
    if not least <= len(items) <= spec.count:
        right = f"{spec.count}" if least == spec.count else f"{least} to {spec.count}"
        raise InputError(
            instrument.short, f"has {len(items)} answers", f"{right}, '-' for one not answered"
        )
    for number, value in enumerate(items, start=1):
        if value is None:
            continue
        where = f"{instrument.short} item {number}"
        if spec.allowed:
            if value not in spec.allowed:
                right = ", ".join(f"{v:g}" for v in spec.allowed)
                raise InputError(where, f"is {value:g}", f"one of {right}")
        elif not (isfinite(value) and spec.low <= value <= spec.high):
            raise InputError(where, f"is {value:g}", f"{spec.low:g} to {spec.high:g}")
        elif spec.whole and value != int(value):
            raise InputError(where, f"is {value:g}", "a whole number")
