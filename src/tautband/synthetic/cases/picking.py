"""Drawing by lot, quickly: one uniform number for each toss."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import TypeVar

import numpy as np

T = TypeVar("T")


def pick(items: Sequence[T], weights: Sequence[float], rng: np.random.Generator) -> T:
    """One of some things, as often as its weight says."""
    sums = list(accumulate(weights))
    return items[min(bisect_right(sums, rng.random() * sums[-1]), len(items) - 1)]


def pick_key(weights: Mapping[T, float], rng: np.random.Generator) -> T:
    """One key of a table of weights."""
    return pick(list(weights), list(weights.values()), rng)


def one_of(items: Sequence[T], rng: np.random.Generator) -> T:
    """One of some things, each as likely."""
    return items[int(rng.random() * len(items))]


def some_of(items: Sequence[T], count: int, rng: np.random.Generator) -> tuple[T, ...]:
    """So many different things, in the order of the toss."""
    return tuple(items[i] for i in rng.permutation(len(items))[:count])


def toss(chance: float, rng: np.random.Generator) -> bool:
    """True with that chance."""
    return bool(rng.random() < chance)


def within(value: float, low: float, high: float) -> float:
    """The value, or the limit that it passes."""
    return min(max(value, low), high)
