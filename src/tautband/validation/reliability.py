"""How well probabilities keep their word: of all that were given 30 %, are 30 % true?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tautband.base.errors import InputError
from tautband.validation.intervals import (
    Estimate,
    FloatArray,
    estimate,
    exact_share,
    mean,
    resamples,
    share,
)

BoolArray = npt.NDArray[np.bool_]
BINS = (0.0, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 1.0)
LEAST_TOLD = 0.02  # the calibration error is about what a clinician would look at
DRAWS_BY_CHANCE = 200
TOPS = (1, 3, 5)


@dataclass(frozen=True)
class Bin:
    """Predictions between two limits: how many, their mean, and the share that came true.

    The interval of ``observed`` is the exact binomial one; it takes predictions as independent.
    """

    low: float
    high: float
    count: int
    predicted: float
    observed: Estimate


@dataclass(frozen=True)
class Decomposition:
    """Brier = reliability - resolution + uncertainty + rest (Murphy, J Appl Meteorol 1973;12:595).

    ``reliability`` is what the probabilities lose by not keeping their word, ``resolution`` what
    they gain by telling cases apart, ``uncertainty`` the score of the base rate alone; ``rest`` is
    what bins lose of the differences inside them.
    """

    reliability: float
    resolution: float
    uncertainty: float
    rest: float


@dataclass(frozen=True)
class Calibration:
    """Reliability of the probabilities of P patients, with bootstrap intervals over patients.

    ``error``: expected calibration error, the mean distance of predicted and observed share over
    predictions of at least 2 %; ``error_by_chance``: what it would be on average, with as many
    predictions, if every probability were right.  ``skill``: 1 - Brier / uncertainty, the part of
    the base rate's error that is removed.  ``top``: share of active muscles that stand among the
    first 1, 3 and 5 muscles beyond the other active ones of the same patient; ``mrr``: mean
    reciprocal of that rank.
    """

    bins: tuple[Bin, ...]
    error: Estimate
    error_by_chance: float
    brier: Estimate
    skill: Estimate
    parts: Decomposition
    top: dict[int, Estimate]
    mrr: Estimate
    patients: int


def calibration(
    predicted: Iterable[FloatArray],
    truth: Iterable[BoolArray],
    *,
    times: int = 1000,
    seed: int = 0,
) -> Calibration:
    """Compare probabilities with the truth, patient by patient, over the same units."""
    chances, facts = list(predicted), list(truth)
    if not chances:
        raise InputError("predictions", "there is none", "those of at least one patient")
    counts = _Counts.of(chances, facts)
    weights = resamples(range(len(chances)), times, seed)
    brier = estimate(float(_brier(counts, None)[0]), _brier(counts, weights))
    ranks = [_ranks(c, f) for c, f in zip(chances, facts, strict=True)]
    flat = np.concatenate(ranks)
    with_active = sum(len(r) > 0 for r in ranks)
    by_rank = np.repeat(weights, [len(r) for r in ranks], axis=1)
    return Calibration(
        bins=_bins(counts),
        error=estimate(float(_error(counts, None)[0]), _error(counts, weights)),
        error_by_chance=_error_by_chance(np.concatenate(chances), seed),
        brier=brier,
        skill=estimate(float(_skill(counts, None)[0]), _skill(counts, weights)),
        parts=_parts(counts, brier.value),
        top={k: share(flat <= k, by_rank, with_active) for k in TOPS},
        mrr=mean(1 / flat, by_rank, with_active),
        patients=len(chances),
    )


@dataclass(frozen=True, eq=False)
class _Counts:
    """By patient and bin, (P, B): number, sum of predictions, number true; (P,): squared error."""

    number: FloatArray
    predicted: FloatArray
    true: FloatArray
    squared: FloatArray

    @classmethod
    def of(cls, chances: Sequence[FloatArray], facts: Sequence[BoolArray]) -> "_Counts":
        rows = []
        for p, t in zip(chances, facts, strict=True):
            which = _which_bin(p)
            sums = [
                np.bincount(which, weights=w, minlength=len(BINS) - 1)
                for w in (np.ones(len(p)), p, t.astype(float))
            ]
            rows.append((*sums, float(((p - t) ** 2).sum())))
        number, predicted, true, squared = zip(*rows, strict=True)
        return cls(np.array(number), np.array(predicted), np.array(true), np.array(squared))

    def sums(
        self, weights: FloatArray | None
    ) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        """Weighted sums over patients, (W, B) three times and (W,); plain sums without weights."""
        w = np.ones((1, len(self.number))) if weights is None else weights
        return w @ self.number, w @ self.predicted, w @ self.true, w @ self.squared


def _which_bin(p: FloatArray) -> npt.NDArray[np.int64]:
    found: npt.NDArray[np.int64] = np.clip(
        np.searchsorted(BINS, p, side="right") - 1, 0, len(BINS) - 2
    )
    return found


def _error(counts: _Counts, weights: FloatArray | None) -> FloatArray:
    number, predicted, true, _ = counts.sums(weights)
    told = np.array(BINS[:-1]) >= LEAST_TOLD
    total = number[:, told].sum(axis=1)
    off = np.abs(predicted - true)[:, told].sum(axis=1)
    error: FloatArray = np.divide(off, total, out=np.zeros_like(off), where=total > 0)
    return error


def _brier(counts: _Counts, weights: FloatArray | None) -> FloatArray:
    number, _, _, squared = counts.sums(weights)
    score: FloatArray = squared / number.sum(axis=1)
    return score


def _skill(counts: _Counts, weights: FloatArray | None) -> FloatArray:
    number, _, true, squared = counts.sums(weights)
    total = number.sum(axis=1)
    base = true.sum(axis=1) / total
    spread = base * (1 - base)
    skill: FloatArray = 1 - np.divide(
        squared / total, spread, out=np.full_like(base, np.nan), where=spread > 0
    )
    return skill


def _parts(counts: _Counts, brier: float) -> Decomposition:
    number, predicted, true, _ = (s[0] for s in counts.sums(None))
    some, total = number > 0, number.sum()
    base = float(true.sum() / total)
    said = predicted[some] / number[some]
    seen = true[some] / number[some]
    share = number[some] / total
    reliability = float((share * (said - seen) ** 2).sum())
    resolution = float((share * (seen - base) ** 2).sum())
    uncertainty = base * (1 - base)
    rest = brier - (reliability - resolution + uncertainty)
    return Decomposition(reliability, resolution, uncertainty, rest)


def _bins(counts: _Counts) -> tuple[Bin, ...]:
    number, predicted, true, _ = (s[0] for s in counts.sums(None))
    return tuple(
        Bin(
            BINS[b],
            BINS[b + 1],
            int(number[b]),
            float(predicted[b] / number[b]),
            exact_share(int(true[b]), int(number[b])),
        )
        for b in range(len(BINS) - 1)
        if number[b] > 0
    )


def _error_by_chance(p: FloatArray, seed: int) -> float:
    """Mean calibration error when each prediction comes true with its own probability.

    Even right probabilities show some error on few predictions (Broecker and Smith, Weather
    Forecast 2007;22:651).
    """
    told = p[p >= LEAST_TOLD]
    if not len(told):
        return 0.0
    which = _which_bin(told)
    random = np.random.default_rng(seed)
    said = np.bincount(which, weights=told, minlength=len(BINS) - 1)
    errors = []
    for _ in range(DRAWS_BY_CHANCE):
        true = np.bincount(which, weights=random.random(len(told)) < told, minlength=len(BINS) - 1)
        errors.append(np.abs(said - true).sum() / len(told))
    return float(np.mean(errors))


def _ranks(p: FloatArray, active: BoolArray) -> npt.NDArray[np.int64]:
    """Rank of each active unit among the inactive ones, best first."""
    inactive = np.sort(p[~active])
    above: npt.NDArray[np.int64] = len(inactive) - np.searchsorted(
        inactive, p[active], side="right"
    )
    return above + 1
