"""A rate as a count of a number, with its exact interval: nothing seen is never "0 %"."""

import math
from dataclasses import dataclass

from scipy.special import betaincinv

from tautband.base.errors import InputError

LEVEL = 0.95
_TAIL = (1 - LEVEL) / 2


@dataclass(frozen=True, slots=True)
class Rate:
    """``count`` of ``of``; ``low`` and ``high`` are the ends of the exact 95 % interval.

    Clopper CJ, Pearson ES. The use of confidence or fiducial limits illustrated in the case of the
    binomial. Biometrika 1934;26:404.  Both tails hold at most 2.5 %, whatever the count.
    """

    count: int
    of: int

    def __post_init__(self) -> None:
        if self.of < 1 or not 0 <= self.count <= self.of:
            raise InputError(
                "rate", f"is {self.count} of {self.of}", "a count from 0 to a number above 0"
            )

    @property
    def share(self) -> float:
        """The share that was seen, 0 to 1."""
        return self.count / self.of

    @property
    def low(self) -> float:
        """Lower end of the interval, 0 to 1."""
        if self.count == 0:
            return 0.0
        return float(betaincinv(self.count, self.of - self.count + 1, _TAIL))

    @property
    def high(self) -> float:
        """Upper end of the interval, 0 to 1."""
        if self.count == self.of:
            return 1.0
        return float(betaincinv(self.count + 1, self.of - self.count, 1 - _TAIL))

    @property
    def at_most_one_in(self) -> int:
        """The upper end as "1 in N", N rounded down so that it promises no more than is known."""
        return max(1, math.floor(1 / self.high + 1e-9))


def percent(share: float) -> str:
    """A share of 0 to 1 in percent, with two figures that count; below 0.01 % as a limit.

    Only exactly 0 and 1 are "0" and "100": an end of an interval, never something that was seen.
    """
    value = 100 * share
    if value in (0.0, 100.0):
        return f"{value:.0f}"
    if value < 0.01:
        return "<0.01"
    digits = 2 if value < 1 else 1 if value < 10 or value > 99 else 0
    return f"{min(value, 99.9):.{digits}f}"
