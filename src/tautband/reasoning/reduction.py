"""What is left to solve once everything that factorises has been multiplied in.

Free regions only change the weight of each variant.  A region that one cause alone can paint, or
none, does too.  What remains is a set of *bits* (region: has a cause lit it yet; driver: is it on)
and a set of *steps* (one cause each, or one table over drivers) that touch a few bits each.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tautband.reasoning.evidence import Evidence
from tautband.reasoning.network import Floats, Ints, Network

SAME_FOR_ALL_DRIVERS = 1e-14  # below this a difference between weights is rounding, not evidence


@dataclass(frozen=True)
class Bit:
    """A region that still matters, or a driver; ``number`` is its number in the network.

    ``closed``: likelihood of the evidence if in the end (no cause, some cause) has lit the region;
    ``by_leak``: the part of the first in which the leak alone paints it.  A driver has (1, 1).
    """

    closed: tuple[float, float]
    by_leak: float
    number: int
    driver: bool


@dataclass(frozen=True, eq=False)
class Step:
    """One cause, or one table over drivers (``cause`` -1), acting on bits.

    ``weight`` (2**drivers, S): weight of each state of the cause for each setting of its drivers,
    the first driver being the highest binary digit; state 0 is off, state v + 1 is variant v.
    ``chance`` (S, regions): chance that the state lights each of its region bits.
    """

    cause: int
    drivers: tuple[int, ...]
    regions: tuple[int, ...]
    weight: Floats
    chance: Floats

    @property
    def mask(self) -> int:
        """The bits touched, as a binary number."""
        return sum(1 << b for b in (*self.drivers, *self.regions))


@dataclass(frozen=True, eq=False)
class Family:
    """Causes without any bit of their own that share one set of drivers (cause numbers).

    ``weight`` (N, 2**drivers, V + 1) as in Step; ``plain``: the drivers do not feel them.
    """

    drivers: tuple[int, ...]
    causes: Ints
    weight: Floats
    plain: bool


@dataclass(frozen=True, eq=False)
class Reduced:
    """Bits, steps and families, and the logarithm of all that was multiplied out."""

    log_constant: float
    bits: list[Bit]
    steps: list[Step]
    families: list[Family]
    region_bit: Ints
    driver_bit: dict[int, int]
    log_weight: Floats
    folded: NDArray[np.bool_]
    on: Floats
    off: Floats


def reduce(network: Network, evidence: Evidence) -> Reduced:
    """Multiply out all that factorises and name what is left."""
    scale = np.maximum(evidence.like_on, evidence.like_off)
    on, off = evidence.like_on / scale, evidence.like_off / scale
    free, unknown = on == 0, on == off
    log_weight = _log_weights(network, evidence, free)
    usable = np.isfinite(log_weight[network.link_cause, network.link_variant])
    live_link = usable & ~(free | unknown)[network.link_region]
    parents = _parents(network, live_link)
    base = on * network.leak + off * (1 - network.leak)
    fold = ~free & ~unknown & (parents <= 1)
    log_weight += _folded(network, on, off, base, live_link & fold[network.link_region])
    constant = _sorted_sum(np.log(scale)) + _sorted_sum(np.log(base[fold | free]))
    shift = np.maximum(log_weight.max(axis=1, initial=0.0), 0.0)
    constant += _sorted_sum(shift)
    kept_link = live_link & ~fold[network.link_region]
    return _assemble(network, constant, log_weight, shift, kept_link, fold, on, off)


def _log_weights(network: Network, evidence: Evidence, free: NDArray[np.bool_]) -> Floats:
    """Log weight of each variant against off, given on: share, findings and free regions."""
    share = network.share / np.sort(network.share, axis=1).sum(axis=1, keepdims=True)
    with np.errstate(divide="ignore"):
        weight = np.log(share) + np.log(evidence.variant_weight)
    weight += np.log(evidence.finding_lr)[:, None]
    at = free[network.link_region]
    cell = (network.link_cause * network.variants + network.link_variant)[at]
    missed = np.bincount(
        cell, weights=np.log1p(-network.link_chance[at]), minlength=weight.size
    ).reshape(weight.shape)
    result: Floats = weight + missed
    return result


def _parents(network: Network, links: NDArray[np.bool_]) -> Ints:
    """How many causes can still paint each region."""
    pair = np.unique(network.link_region[links] * network.causes + network.link_cause[links])
    return np.bincount(pair // network.causes, minlength=network.regions)


def _folded(
    network: Network, on: Floats, off: Floats, base: Floats, links: NDArray[np.bool_]
) -> Floats:
    """What regions with a single possible cause add to the log weight of its variants."""
    region, chance = network.link_region[links], network.link_chance[links]
    unlit = (1 - network.leak[region]) * (1 - chance)
    lit = network.leak[region] + chance - network.leak[region] * chance
    gain = np.log((on[region] * lit + off[region] * unlit) / base[region])
    cell = (network.link_cause * network.variants + network.link_variant)[links]
    order = np.lexsort((gain, cell))
    size = network.causes * network.variants
    total: Floats = np.bincount(cell[order], gain[order], size).astype(np.float64)
    return total.reshape(network.causes, network.variants)


def _sorted_sum(values: Floats) -> float:
    """A sum that does not depend on the order of the terms, down to the last digit."""
    return float(np.sort(values).sum())


def _assemble(
    network: Network,
    constant: float,
    log_weight: Floats,
    shift: Floats,
    links: NDArray[np.bool_],
    fold: NDArray[np.bool_],
    on: Floats,
    off: Floats,
) -> Reduced:
    region_bit = np.full(network.regions, -1, dtype=np.int64)
    live = np.unique(network.link_region[links])
    region_bit[live] = np.arange(len(live))
    bits = [
        Bit((a * leak + b * (1 - leak), a), a * leak, int(r), driver=False)
        for r, leak, a, b in zip(
            live, network.leak[live].tolist(), on[live].tolist(), off[live].tolist(), strict=True
        )
    ]
    driver_bit: dict[int, int] = {}
    for cause in np.unique(network.driver).tolist():
        driver_bit[cause] = len(bits)
        bits.append(Bit((1.0, 1.0), 0.0, cause, driver=True))
    state = np.exp(np.column_stack([-shift, log_weight - shift[:, None]]))
    linked = np.zeros(network.causes, dtype=np.bool_)
    linked[network.link_cause[links]] = True
    linked[list(driver_bit)] = True
    steps: list[Step] = []
    families: list[Family] = []
    start = np.searchsorted(network.link_cause[links], np.arange(network.causes + 1))
    at = np.flatnonzero(links)
    for drivers, causes, odds in _by_driver_set(network):
        weight = _table(odds, state[causes])
        own = linked[causes]
        for i in np.flatnonzero(own).tolist():
            cause = int(causes[i])
            rows = at[start[cause] : start[cause + 1]]
            steps.append(_step(network, cause, drivers, weight[i], rows, region_bit, driver_bit))
        if not own.all():
            families.extend(_families(drivers, causes[~own], weight[~own]))
    return Reduced(
        constant, bits, steps, families, region_bit, driver_bit, log_weight, fold, on, off
    )


def _by_driver_set(network: Network) -> list[tuple[tuple[int, ...], Ints, Floats]]:
    """Causes grouped by their drivers, with odds (N, 2**drivers) for each setting of these."""
    groups: dict[tuple[int, ...], list[int]] = {}
    factors: list[list[float]] = [[] for _ in range(network.causes)]
    drivers: list[list[int]] = [[] for _ in range(network.causes)]
    order = np.lexsort((network.driver, network.child))
    for d, c, f in zip(
        network.driver[order].tolist(),
        network.child[order].tolist(),
        network.factor[order].tolist(),
        strict=True,
    ):
        drivers[c].append(d)
        factors[c].append(f)
    for cause, its in enumerate(drivers):
        groups.setdefault(tuple(its), []).append(cause)
    result = []
    for key, causes in groups.items():
        pattern = _settings(len(key))
        raised = np.array([factors[c] for c in causes]).reshape(len(causes), 1, len(key))
        product = np.sort(np.where(pattern, raised, 1.0), axis=2).prod(axis=2)
        at = np.array(causes, dtype=np.int64)
        result.append((key, at, network.odds[at, None] * product))
    return result


def _settings(count: int) -> NDArray[np.bool_]:
    """All 2**count settings of on and off, the first being the highest binary digit."""
    number = np.arange(1 << count)[:, None]
    bits: NDArray[np.bool_] = (number >> np.arange(count - 1, -1, -1)) & 1 == 1
    return bits


def _table(odds: Floats, state: Floats) -> Floats:
    """Weights (N, settings, states) from odds (N, settings) and state weights (N, states)."""
    table = np.repeat(state[:, None, :], odds.shape[1], axis=1)
    table[:, :, 0] /= 1 + odds
    table[:, :, 1:] *= (1 / (1 + 1 / odds))[:, :, None]
    return table


def _step(
    network: Network,
    cause: int,
    drivers: tuple[int, ...],
    weight: Floats,
    links: Ints,
    region_bit: Ints,
    driver_bit: dict[int, int],
) -> Step:
    touched = region_bit[network.link_region[links]]
    bits = sorted(set(touched.tolist()))
    place = {b: i for i, b in enumerate(bits)}
    chance = np.zeros((weight.shape[1], len(bits)))
    column = [place[b] for b in touched.tolist()]
    chance[network.link_variant[links] + 1, column] = network.link_chance[links]
    own = tuple(driver_bit[d] for d in drivers)
    if cause in driver_bit:  # the bit says whether the driver itself is on
        own = (driver_bit[cause],)
        two = np.zeros((2, weight.shape[1]))
        two[0, 0] = weight[0, 0]
        two[1, 1:] = weight[0, 1:]
        weight = two
    return Step(cause, own, tuple(bits), weight, chance)


def _families(drivers: tuple[int, ...], causes: Ints, weight: Floats) -> list[Family]:
    """Split causes without bits into those that tell something of their drivers and the others."""
    total = weight.sum(axis=2)
    low, high = total.min(axis=1), total.max(axis=1)
    plain = high - low <= SAME_FOR_ALL_DRIVERS * high
    return [
        Family(drivers, causes[which], weight[which], flag)
        for flag, which in ((True, plain), (False, ~plain))
        if which.any()
    ]


def family_factor(family: Family) -> tuple[Floats, float]:
    """The weight of each setting of the drivers, and the logarithm of what was taken out."""
    total = np.log(family.weight.sum(axis=2))
    factor = np.sort(total, axis=0).sum(axis=0)
    highest = float(factor.max())
    return np.exp(factor - highest), highest


def components(masks: Sequence[int]) -> list[list[int]]:
    """Indices of masks that share bits, directly or through others, each group sorted."""
    groups: list[tuple[int, list[int]]] = []
    for i, mask in enumerate(masks):
        apart = []
        members = [i]
        for other, its in groups:
            if other & mask:
                mask |= other
                members += its
            else:
                apart.append((other, its))
        groups = [*apart, (mask, members)]
    return [sorted(members) for _, members in groups]
