"""Multiply out all that factorises, and hand on what is left.

Free regions only change the weight of each variant.  A region that one cause alone can paint, or
none, does too.  Causes that can light no region any more are weighed into their drivers
(``families``); a driver with which nothing else has to do is settled at once.  What remains is a
set of bits, and of steps that touch a few bits each (``steps``).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tautband.reasoning.assembly import Assembled, assemble
from tautband.reasoning.evidence import Evidence
from tautband.reasoning.network import Floats, Ints, Network
from tautband.reasoning.steps import Bit, reach


@dataclass(frozen=True, eq=False)
class Reduced:
    """What is ``left`` to solve, and the logarithm of all that was multiplied out.

    ``folded`` (R,): regions that one cause at most can paint; ``on``, ``off`` (R,): likelihoods of
    the evidence, of which the larger is 1.
    """

    left: Assembled
    log_constant: float
    folded: NDArray[np.bool_]
    on: Floats
    off: Floats


def reduce(network: Network, evidence: Evidence) -> Reduced:
    """Multiply out all that factorises and name what is left."""
    scale = np.maximum(evidence.like_on, evidence.like_off)
    on, off = evidence.like_on / scale, evidence.like_off / scale
    free, unknown = on == 0, on == off
    log_weight = _log_weights(network, evidence, free)
    usable = np.isfinite(log_weight).ravel()[network.link_cell]
    live_link = usable & ~(free | unknown)[network.link_region]
    parents = _parents(network, live_link)
    base = on * network.leak + off * (1 - network.leak)
    fold = ~free & ~unknown & (parents <= 1)
    log_weight += _folded(network, on, off, base, live_link & fold[network.link_region])
    constant = _sorted_sum(np.log(scale)) + _sorted_sum(np.log(base[fold | free]))
    shift = np.maximum(log_weight.max(axis=1, initial=0.0), 0.0)
    constant += _sorted_sum(shift)
    kept_link = live_link & ~fold[network.link_region]
    state = np.exp(np.column_stack([-shift, log_weight - shift[:, None]]))
    reached = reach(network, kept_link)
    bits = _region_bits(reached.regions, network.leak, on, off)
    left = assemble(network, state, reached, bits)
    return Reduced(left, left.log_constant + constant, fold, on, off)


def _region_bits(regions: Ints, leak: Floats, on: Floats, off: Floats) -> list[Bit]:
    by_leak = on * leak
    unlit = by_leak + off * (1 - leak)
    return [
        Bit((float(unlit[r]), float(on[r])), float(by_leak[r]), r, driver=False)
        for r in regions.tolist()
    ]


def _log_weights(network: Network, evidence: Evidence, free: NDArray[np.bool_]) -> Floats:
    """Log weight of each variant against off, given on: share, findings and free regions."""
    with np.errstate(divide="ignore"):
        weight = network.log_share + np.log(evidence.variant_weight)
    weight += np.log(evidence.finding_lr)[:, None]
    at = free[network.link_region]
    missed = np.bincount(network.link_cell[at], network.link_log_missed[at], weight.size)
    result: Floats = weight + missed.reshape(weight.shape)
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
    cell = network.link_cell[links]
    order = np.lexsort((gain, cell))
    size = network.causes * network.variants
    total: Floats = np.bincount(cell[order], gain[order], size).astype(np.float64)
    return total.reshape(network.causes, network.variants)


def _sorted_sum(values: Floats) -> float:
    """A sum that does not depend on the order of the terms, down to the last digit."""
    return float(np.sort(values).sum())
