"""Intervals: bootstrap over clusters, and the exact one of a share."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tautband.base.errors import InputError
from tautband.figures.rates import Rate

FloatArray = npt.NDArray[np.float64]
LEVEL = 0.95
FEW = 5  # clusters, below which no bootstrap interval is given


@dataclass(frozen=True)
class Estimate:
    """A figure with its 95 % interval; ``low`` and ``high`` are NaN where there is none."""

    value: float
    low: float
    high: float

    @property
    def stated(self) -> bool:
        """False when nothing was there to estimate from."""
        return bool(np.isfinite(self.value))


NOTHING = Estimate(np.nan, np.nan, np.nan)


def resamples(clusters: Sequence[object], times: int, seed: int) -> FloatArray:
    """How often each observation is drawn, (times, N), when whole clusters are drawn again.

    Observations of one cluster (the cases of one report, the muscles of one patient) are drawn
    together, because they are not independent.
    """
    if times < 1:
        raise InputError("resamples", f"is {times}", "1 or more")
    if not len(clusters):
        raise InputError("clusters", "there is none", "at least one")
    names = {name: number for number, name in enumerate(dict.fromkeys(clusters))}
    member = np.array([names[name] for name in clusters], dtype=np.int64)
    random = np.random.default_rng(seed)
    drawn = random.multinomial(len(names), np.full(len(names), 1 / len(names)), size=times)
    return drawn[:, member].astype(np.float64)


def mean(
    values: Sequence[float] | FloatArray, weights: FloatArray, clusters: int = FEW
) -> Estimate:
    """The mean with its percentile bootstrap interval (Efron and Tibshirani 1993, chapter 13).

    With fewer than five clusters there is no interval: so few cannot be drawn again.
    """
    array = np.asarray(values, dtype=np.float64)
    if not len(array):
        return NOTHING
    if clusters < FEW:
        return Estimate(float(array.mean()), np.nan, np.nan)
    total = weights.sum(axis=1)
    undefined = np.full(len(total), np.nan)  # a resample may hold none of these observations
    drawn = np.divide(weights @ array, total, out=undefined, where=total > 0)
    return estimate(float(array.mean()), drawn)


def share(hits: npt.NDArray[np.bool_], weights: FloatArray, clusters: int) -> Estimate:
    """A share with its bootstrap interval.

    Where all or none are hits, resamples say nothing; then the exact interval is given, as if each
    cluster were one observation, so that "none of 12" is never shown as surely none.
    """
    if not len(hits):
        return NOTHING
    if hits.all() or not hits.any():
        return exact_share(clusters if hits.all() else 0, clusters)
    return mean(hits.astype(np.float64), weights, clusters)


def estimate(value: float, drawn: FloatArray) -> Estimate:
    """A figure with the middle 95 % of its values on resamples, undefined ones left out."""
    known = drawn[np.isfinite(drawn)]
    if not len(known):
        return Estimate(value, np.nan, np.nan)
    low, high = np.percentile(known, [50 * (1 - LEVEL), 50 * (1 + LEVEL)])
    return Estimate(value, float(low), float(high))


def exact_share(count: int, total: int) -> Estimate:
    """A share with its exact binomial interval (Clopper and Pearson, Biometrika 1934;26:404)."""
    rate = Rate(count, total)
    return Estimate(rate.share, rate.low, rate.high)
