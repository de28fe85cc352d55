"""The chance of recorded scores: each stands for an interval of the burden.

``interval_chance`` is the definition.  ``Scores.log_chance`` gives the sum over all scores of its
logarithm several times faster: the normal density is integrated over each interval by the
Gauss-Legendre rule with five nodes, whose symmetric pairs make a cosh,

    P = h phi(u) (w_0 + sum_i 2 w_i exp(-(h x_i)^2 / 2) cosh(h x_i u)),

with u the distance of the middle and h half the width, both in SD.  Scores at an end of the scale
take a whole tail.  Draws in which the noise is so small that the rule would be coarse take the
definition.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import log_ndtr, ndtr

from tautband.response.shape import Floats, Reals

TINY = 1e-300
COARSE = 1.0  # half a step in SD of the noise, beyond which the rule is not used
_nodes, _weights = np.polynomial.legendre.leggauss(5)
CENTRE = float(_weights[2])
PAIRS = tuple(zip(_nodes[3:].tolist(), _weights[3:].tolist(), strict=True))
LOG_ROOT_TWO_PI = 0.5 * np.log(2 * np.pi)
LARGEST = 40.0  # of the argument of cosh: two such values can still be multiplied


@dataclass(frozen=True, eq=False)
class Observed:
    """Scores of one outcome as burdens: times (n,), and the interval (n,) that each stands for."""

    times: Floats
    low: Floats
    high: Floats


def interval_chance(burden: Floats, sd: Floats, seen: Observed) -> Floats:
    """Chance of each recorded score; differences in the lower tail, where they keep digits.

    ``burden`` and the result (..., n), ``sd`` to match.
    """
    high, low = (seen.high - burden) / sd, (seen.low - burden) / sd
    flip = low > 0
    upper, lower = np.where(flip, -low, high), np.where(flip, -high, low)
    chance: Floats = np.maximum(ndtr(upper) - ndtr(lower), TINY)
    return chance


class Scores:
    """Scores of one outcome, sorted into those within the scale and those at its ends."""

    def __init__(self, seen: Observed) -> None:
        self.seen = seen
        self.bottom = np.flatnonzero(np.isinf(seen.low))
        self.top = np.flatnonzero(np.isinf(seen.high))
        inner = np.isfinite(seen.low) & np.isfinite(seen.high)
        self.inner = np.flatnonzero(inner)
        self.middle = (seen.low[inner] + seen.high[inner])[:, None] / 2
        self.half = float((seen.high[inner] - seen.low[inner])[0] / 2) if inner.any() else 0.0

    def middles(self) -> Floats:
        """The scores as burdens (n,); those at an end of the scale are put at that end."""
        low = np.where(np.isinf(self.seen.low), self.seen.high, self.seen.low)
        high = np.where(np.isinf(self.seen.high), self.seen.low, self.seen.high)
        found: Floats = (low + high) / 2
        return found

    def log_chance(self, burden: Reals, sd: Floats) -> Floats:
        """Log chance of all scores: ``burden`` (n, S), times first; ``sd`` (S,): (S,).

        In the precision of ``burden``.
        """
        coarse = self.half / sd > COARSE
        found = self._quick(burden, sd)
        if coarse.any():
            exact = interval_chance(
                burden[:, coarse].T.astype(np.float64), sd[coarse, None], self.seen
            )
            found[coarse] = np.log(exact).sum(axis=1)
        return found

    def _quick(self, burden: Reals, sd: Floats) -> Floats:
        total = np.zeros(len(sd))
        for at, ends, sign in ((self.bottom, self.seen.high, 1.0), (self.top, self.seen.low, -1.0)):
            if len(at):
                total += log_ndtr(sign * (ends[at, None] - burden[at]) / sd).sum(axis=0)
        if not len(self.inner):
            return total
        inner = burden if len(self.inner) == len(burden) else burden[self.inner]
        kind = burden.dtype
        u = (self.middle.astype(kind) - inner) / sd.astype(kind)
        total -= 0.5 * np.einsum("ns,ns->s", u, u)
        h = np.minimum(self.half / sd, COARSE)
        total += len(u) * (np.log(h) - LOG_ROOT_TWO_PI)
        # What is left is near 1 and smooth, so that single precision does.
        y = (u * h.astype(kind)).astype(np.float32, copy=False)
        np.clip(y, -LARGEST, LARGEST, out=y)
        mass = np.full_like(y, CENTRE)
        for node, weight in PAIRS:
            grown = np.exp(y * np.float32(node))
            grown += np.reciprocal(grown)
            grown *= (weight * np.exp(-0.5 * (h * node) ** 2)).astype(np.float32)
            mass += grown
        total += np.log(_paired(mass)).sum(axis=0, dtype=np.float64)
        return total


def _paired(x: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Rows multiplied by twos, so that half as many logarithms are taken."""
    half = len(x) // 2
    found = x[:half] * x[half : 2 * half]
    return np.concatenate([found, x[2 * half :]])
