"""How the effect of sessions runs over time: sums over sessions, quickly and for many draws."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Reals = npt.NDArray[np.floating[Any]]  # double or single precision
FEW = 16  # times, which it does not pay to sort
LEAST_EXCESS, MOST_EXCESS = -5.0, 20.0


@dataclass(frozen=True, eq=False)
class Dose:
    """Sessions as the model sees them.

    ``days`` (M,) rising.  ``excess`` (M,): insertions and twitches beyond this patient's own
    middle, 0 where not recorded.  ``twitches`` (M,): local twitch responses beyond this patient's
    mean; 0 where not assessed, which is the mean and not "none".
    """

    days: Floats
    excess: Floats
    twitches: Floats

    def and_then(self, days: Floats) -> "Dose":
        """These sessions and further usual ones."""
        more = np.zeros(len(days))
        return Dose(
            np.concatenate([self.days, days]),
            np.concatenate([self.excess, more]),
            np.concatenate([self.twitches, more]),
        )


def dose(days: list[float], insertions: list[int | None], twitches: list[int | None]) -> Dose:
    """Sessions from what was recorded, with every unknown at this patient's own middle."""
    load = _beyond(insertions, np.median) + _beyond(twitches, np.median)
    return Dose(
        np.array(days, float),
        np.clip(load, LEAST_EXCESS, MOST_EXCESS),
        _beyond(twitches, np.mean),
    )


def _beyond(counts: list[int | None], middle: object) -> Floats:
    known = [count for count in counts if count is not None]
    if not known:
        return np.zeros(len(counts))
    centre = float(middle(known))  # type: ignore[operator]
    return np.array([0.0 if count is None else count - centre for count in counts])


class Powers:
    """``exp(-rate t)`` for many rates: weeks times the days within one, so that few differ."""

    def __init__(self, times: Floats, kind: type[np.floating[Any]] = np.float64) -> None:
        self.kind = kind
        if len(times) <= FEW:
            self.weeks, self.which_week = times, None
            return
        weeks, within = np.divmod(times, 7.0)
        self.weeks, self.which_week = np.unique(7.0 * weeks, return_inverse=True)
        self.within, self.which_within = np.unique(within, return_inverse=True)

    def decay(self, rate: Floats) -> Any:
        """``rate`` (S,): (n, S), times first."""
        weeks = np.exp(self.weeks[:, None] * -rate).astype(self.kind)
        if self.which_week is None:
            return weeks
        found = weeks[self.which_week]
        found *= np.exp(self.within[:, None] * -rate).astype(self.kind)[self.which_within]
        return found


class Clock:
    """Times at which a course is asked about, with the sessions before each.

    A score on the day of a session counts as taken before it, unless a fraction of a day says
    otherwise.  Arrays hold the times first, so that a look-up copies whole rows; ``decayed`` turns
    them round, (S, n), without a copy.  In single precision (``kind``) they take half the time, for
    where that is enough.
    """

    def __init__(
        self, times: Floats, given: Dose, kind: type[np.floating[Any]] = np.float64
    ) -> None:
        self.kind = kind
        self.times = times
        self.given = given
        self.last = np.searchsorted(given.days, times, side="left") - 1
        gaps = (
            np.where(self.last >= 0, times - given.days[self.last], 0.0)
            if len(given.days)
            else np.zeros(len(times))
        )
        self.since = Powers(gaps, kind)
        self.between = np.diff(given.days)
        self.whole = Powers(times, kind)

    def decayed(
        self, rates: Sequence[Floats], weights: Floats, sizes: Floats | None = None
    ) -> list[Any]:
        """``sum over earlier sessions of weight exp(-rate gap)`` for each rate: (S, n).

        ``rates`` (S,) per day; ``weights`` (M,), the same for each draw, or (M, W), one column for
        each kind of weight, with ``sizes`` (W, S), what each kind is worth in each draw.
        """
        draws = len(rates[0])
        if not len(self.given.days):
            return [np.zeros((len(self.times), draws), self.kind).T for _ in rates]
        worth = np.tile(weights[:, None], draws) if sizes is None else weights @ sizes
        found = []
        for rate in rates:
            one = self._standing(rate, worth)[self.last]
            one *= self.since.decay(rate)
            found.append(one.T)
        return found

    def built(self, fade: Floats, build: Floats, weights: Sequence[Floats]) -> list[Any]:
        """``sum over earlier sessions of weight exp(-fade gap) (1 - exp(-build gap))``: (n, S).

        One array, times first, for each of ``weights`` (M,).
        """
        faded, unbuilt = self.since.decay(fade), self.since.decay(fade + build)
        found = []
        for weight in weights:
            worth = np.tile(weight[:, None], len(fade))
            one = self._standing(fade, worth)[self.last]
            one *= faded
            less = self._standing(fade + build, worth)[self.last]
            less *= unbuilt
            one -= less
            found.append(one)
        return found

    def _standing(self, rate: Floats, worth: Floats) -> Reals:
        """The sum right after each session (M + 1, S); the last row is before the first."""
        standing = np.empty((len(worth) + 1, worth.shape[1]))
        standing[-1] = 0.0
        standing[0] = worth[0]
        steps = np.exp(self.between[:, None] * -rate)
        for number in range(1, len(worth)):
            standing[number] = standing[number - 1] * steps[number - 1] + worth[number]
        return standing.astype(self.kind)
