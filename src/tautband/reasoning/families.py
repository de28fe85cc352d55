"""Causes that touch no bit: they only tell something of their drivers, and hear from them.

Of 500 causes some 400 can paint nothing that was drawn, so these are weighed all at once.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tautband.reasoning.network import Floats, Ints, Kin

SAME_FOR_ALL_DRIVERS = 1e-14  # below this a difference between weights is rounding, not evidence


@dataclass(frozen=True, eq=False)
class Family:
    """Causes (N) without bits of their own that have equally many drivers, k.

    ``sets`` (G, k) and ``of`` (N,) as in ``Kin``; ``given`` (N, 2**k, V + 1): chance of each state
    of a cause for each setting of its drivers.
    """

    causes: Ints
    sets: Ints
    of: Ints
    given: Floats

    @property
    def used(self) -> list[int]:
        """The sets that some cause of the family has."""
        return sorted(set(self.of.tolist()))


@dataclass(frozen=True, eq=False)
class Telling:
    """What the causes of a family tell of their drivers.

    ``log_factor`` (G, 2**k): logarithm of the weight of each setting of each set of drivers;
    ``felt`` (G,): whether that differs between settings; ``log_constant``: of all that does not.
    """

    log_factor: Floats
    felt: NDArray[np.bool_]
    log_constant: float


def weights(odds: Floats, state: Floats) -> Floats:
    """Weights (N, n, states) of causes from odds (N, n).

    ``state`` (N, states): what the evidence makes of each state, the odds aside.
    """
    table = np.repeat(state[:, None, :], odds.shape[1], axis=1)
    table[:, :, 0] /= 1 + odds
    table[:, :, 1:] *= (1 / (1 + 1 / odds))[:, :, None]
    return table


def driver_family(causes: Ints, weight: Floats) -> tuple[Family, Floats]:
    """Drivers without bits of regions, each as if driven by itself, from weights (N, states).

    Also the logarithm of the weights (N, 2) that each is off and on.
    """
    given = np.zeros((len(causes), 2, weight.shape[1]))
    given[:, 0, 0] = weight[:, 0]
    given[:, 1, 1:] = weight[:, 1:]
    total = given.sum(axis=2)
    given /= np.where(total > 0, total, 1.0)[:, :, None]
    with np.errstate(divide="ignore"):
        log_total = np.log(total)
    return Family(causes, causes[:, None], np.arange(len(causes)), given), log_total


def family_of(kin: Kin, which: NDArray[np.bool_], weight: Floats) -> tuple[Family, Telling]:
    """The causes ``which`` (N,) among kin as a family, and what they tell of their drivers."""
    of, its = kin.of[which], weight[which]
    total = its.sum(axis=2)
    low, high = total.min(axis=1), total.max(axis=1)
    felt = high - low > SAME_FOR_ALL_DRIVERS * high
    log_total = np.log(total)
    telling = Telling(
        _summed(log_total[felt], of[felt], len(kin.sets)),
        np.bincount(of[felt], minlength=len(kin.sets)) > 0,
        float(np.sort(log_total[~felt, 0]).sum()),
    )
    return Family(kin.causes[which], kin.sets, of, its / total[:, :, None]), telling


def _summed(values: Floats, of: Ints, sets: int) -> Floats:
    """Rows (N, n) summed by set; sorted first, so that nothing hangs on how causes are numbered."""
    width = values.shape[1]
    cell = (of[:, None] * width + np.arange(width)).ravel()
    flat = values.ravel()
    order = np.lexsort((flat, cell))
    total: Floats = np.bincount(cell[order], flat[order], sets * width).astype(np.float64)
    return total.reshape(sets, width)
