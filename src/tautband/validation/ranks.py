"""Where the right muscle stands in an order: first, among the first k, and by chance alone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import comb, inf

import numpy as np

from tautband.base.errors import InputError
from tautband.validation.intervals import Estimate, FloatArray, mean, share

TOPS = (1, 3, 5, 10)
NOT_FOUND = inf


def best_rank(scores: Mapping[str, float], right: Collection[str]) -> float:
    """Rank of the best of the right ones among all others, 1 is first.

    Where others have the same score, the rank is the mean over all orders of the tied ones: of m
    right ones among N tied, the best stands at (N + 1) / (m + 1) on average.  So a method gains
    nothing by the order in which it happens to list what it cannot tell apart.
    """
    known = [name for name in right if name in scores]
    if not known:
        raise InputError("right", f"{sorted(right)} have no score", "at least one that has")
    best = max(scores[name] for name in known)
    tied_right = sum(scores[name] == best for name in known)
    tied = sum(score == best for score in scores.values())
    above = sum(score > best for score in scores.values())
    return above + (tied + 1) / (tied_right + 1)


def reciprocal(rank: float) -> float:
    """1 / rank; 0 for what was not found."""
    return 0.0 if rank == NOT_FOUND else 1 / rank


@dataclass(frozen=True)
class Ranks:
    """Shares of cases whose right muscle is among the first k, and the mean reciprocal rank."""

    count: int
    top: dict[int, Estimate]
    mrr: Estimate


def summary(ranks: Sequence[float], weights: FloatArray, clusters: int) -> Ranks:
    """Summarise ranks, one a case; ``weights`` (times, N) from ``resamples`` of the clusters."""
    array = np.array(ranks, dtype=np.float64)
    return Ranks(
        len(array),
        {k: share(array <= k, weights, clusters) for k in TOPS},
        mean([reciprocal(rank) for rank in ranks], weights, clusters),
    )


@dataclass(frozen=True)
class Difference:
    """How much more often the first method finds it among the first k, case by case, and by MRR."""

    top: dict[int, Estimate]
    mrr: Estimate


def difference(
    first: Sequence[float], second: Sequence[float], weights: FloatArray, clusters: int
) -> Difference:
    """Paired difference of two methods on the same cases, first minus second."""
    a, b = np.array(first, dtype=np.float64), np.array(second, dtype=np.float64)
    inverse = [reciprocal(x) - reciprocal(y) for x, y in zip(first, second, strict=True)]
    return Difference(
        {k: mean((a <= k).astype(float) - (b <= k), weights, clusters) for k in TOPS},
        mean(inverse, weights, clusters),
    )


@dataclass(frozen=True)
class Chance:
    """What an order drawn at random reaches."""

    top: dict[int, float]
    mrr: float


def chance(total: int, right: Sequence[int]) -> Chance:
    """The mean over cases with so many right muscles each, among ``total`` muscles."""
    if not right:
        return Chance({k: float("nan") for k in TOPS}, float("nan"))
    at_least = [[_first_beyond(total, n, place) for place in range(total)] for n in right]
    top = {k: float(np.mean([1 - beyond[min(k, total - 1)] for beyond in at_least])) for k in TOPS}
    # E[1/rank] = sum over places of P(rank = place) / place.
    mrr = [
        sum((b - (beyond[i + 1] if i + 1 < total else 0.0)) / (i + 1) for i, b in enumerate(beyond))
        for beyond in at_least
    ]
    return Chance(top, float(np.mean(mrr)))


def _first_beyond(total: int, right: int, place: int) -> float:
    """Chance that none of the right ones is among the first ``place``."""
    return comb(total - right, place) / comb(total, place)
