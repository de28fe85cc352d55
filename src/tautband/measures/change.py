"""What a change is worth: important by the nearest published population, real by this patient.

The two are told side by side and never merged: a change can be important and not real, or real and
not important.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import mean, stdev

from scipy.stats import t

from tautband.base.errors import InputError
from tautband.measures.instruments import Instrument, Threshold

LEAST_REPEATS = 3
LEVEL = 0.95


@dataclass(frozen=True)
class Important:
    """A threshold beside the change: reached by its low end, by its high end, or not."""

    threshold: Threshold
    points: tuple[float, float]
    reached: str
    nearest: bool


@dataclass(frozen=True)
class Real:
    """What this patient's own repeated measures say.

    ``change`` would have to exceed ``least`` to stand out from this patient's usual ups and downs,
    taken from ``repeats`` measures before treatment; ``None`` when there are too few.
    """

    repeats: int
    sd: float | None
    least: float | None
    stands_out: bool | None
    text: str


@dataclass(frozen=True)
class Change:
    """``points`` and ``percent`` of baseline, positive for better; then both readings of it."""

    points: float
    percent: float | None
    important: tuple[Important, ...]
    real: Real


def change(
    instrument: Instrument,
    before: float,
    after: float,
    *,
    region: str = "",
    repeats: Sequence[float] = (),
) -> Change:
    """Weigh a change; ``repeats`` are this patient's scores over days without treatment.

    Raises InputError for a score outside the instrument's range.
    """
    for name, value in (("before", before), ("after", after)):
        in_range(instrument, name, value)
    for value in repeats:
        in_range(instrument, "repeats", value)
    gain = before - after if instrument.better == "lower" else after - before
    percent = 100 * gain / before if before and instrument.better == "lower" else None
    return Change(
        gain,
        percent,
        tuple(_important(instrument, gain, before, region)),
        _real(gain, repeats),
    )


def in_range(instrument: Instrument, name: str, value: float) -> None:
    """Raise InputError unless a score can be one of this instrument."""
    low, high = instrument.range
    if not low <= value <= high:
        raise InputError(name, f"is {value:g}", f"{low:g} to {high:g} for {instrument.short}")


def _important(instrument: Instrument, gain: float, before: float, region: str) -> list[Important]:
    found = []
    fits = [bool(region) and region in one.regions for one in instrument.thresholds]
    for threshold, near in zip(instrument.thresholds, fits, strict=True):
        scale = before / 100 if threshold.relative else 1.0
        low, high = threshold.low * scale, threshold.high * scale
        size = abs(gain)
        reached = "yes" if size >= high else "between" if size >= low else "no"
        # Without one for this region, those for anybody are the nearest there is.
        nearest = near or (not any(fits) and not threshold.regions)
        found.append(Important(threshold, (low, high), reached, nearest))
    return found


def _real(gain: float, repeats: Sequence[float]) -> Real:
    """Change against a mean of k repeats: SD sqrt(1 + 1/k) t, a prediction interval's half."""
    k = len(repeats)
    if k < LEAST_REPEATS:
        text = (
            f"{k} measures of this patient without treatment: at least {LEAST_REPEATS} are needed "
            "to tell a real change from usual ups and downs."
        )
        return Real(k, None, None, None, text)
    sd = stdev(repeats)
    least = sd * sqrt(1 + 1 / k) * float(t.ppf((1 + LEVEL) / 2, k - 1))
    text = (
        f"From {k} own measures (mean {mean(repeats):.3g}, SD {sd:.2g}): one later score more than "
        f"{least:.2g} away stands out."
    )
    return Real(k, sd, least, abs(gain) > least, text)
