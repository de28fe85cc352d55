"""A control chart of a rate: each period against all that went before it, by an exact test.

A p-chart takes the long-run rate as known and its counts as normal; in one clinic neither holds.
Here each period's count is judged given the total of it and everything before: without a change
that is a hypergeometric count, whatever the rate (Fisher's exact test), so that a false alarm
is at most as frequent as `FALSE_ALARMS` says, with few treatments or many.  The price is power: a
small clinic will see only large changes.  A period that signals stays in what later ones are
compared with: nothing is left out after the fact.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.stats import hypergeom

from tautband.figures.rates import Rate

FALSE_ALARMS = 0.005  # at most, for one period of one chart, both directions together
_TAIL = FALSE_ALARMS / 2

Signal = Literal["", "more", "fewer"]


@dataclass(frozen=True, slots=True)
class Period:
    """Treatments with an event in a period, ``count`` of ``of``; ``name`` such as "2026-03"."""

    name: str
    count: int
    of: int


@dataclass(frozen=True, slots=True)
class Judged:
    """A period with what went before it.

    A count of at least ``upper`` or at most ``lower`` would signal; None where no count could.
    """

    period: Period
    before: Rate | None
    upper: int | None
    lower: int | None
    signal: Signal


def judge(periods: Sequence[Period]) -> list[Judged]:
    """Judge periods in the order of time; those without a treatment are left out."""
    count = of = 0
    judged = []
    for one in periods:
        if one.of == 0:
            continue
        judged.append(_judge(one, count, of))
        count, of = count + one.count, of + one.of
    return judged


def _judge(one: Period, count: int, of: int) -> Judged:
    if of == 0:
        return Judged(one, None, None, None, "")
    upper, lower = limits(one.of, count, of)
    signal: Signal = ""
    if upper is not None and one.count >= upper:
        signal = "more"
    elif lower is not None and one.count <= lower:
        signal = "fewer"
    return Judged(one, Rate(count, of), upper, lower, signal)


def limits(n: int, count: int, of: int) -> tuple[int | None, int | None]:
    """The least count of n that signals "more", and the highest that signals "fewer".

    ``count`` of ``of`` went before.  For x of n the tails are those of the hypergeometric
    distribution of x, given x + count events in n + of treatments.
    """
    x = np.arange(n + 1)
    upper_tail = hypergeom.sf(x - 1, n + of, x + count, n)
    lower_tail = hypergeom.cdf(x, n + of, x + count, n)
    more = np.flatnonzero(upper_tail <= _TAIL)
    fewer = np.flatnonzero(lower_tail <= _TAIL)
    return (int(more[0]) if more.size else None, int(fewer[-1]) if fewer.size else None)
