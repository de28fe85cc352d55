"""The slow, readable truth: every configuration of every cause, one after the other."""

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from tautband.reasoning.evidence import Evidence
from tautband.reasoning.network import Network

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Truth:
    probability: Floats
    variant: Floats
    evidence: float
    lit_by: Floats  # (C, R): cause on, and it lights the region
    leak_only: Floats  # (R,): region truly on although no cause lights it


def enumerate_all(network: Network, evidence: Evidence) -> Truth:
    """Sum over all configurations; a cause's state -1 is off."""
    chance = np.zeros((network.causes, network.variants, network.regions))
    chance[network.link_cause, network.link_variant, network.link_region] = network.link_chance
    total = 0.0
    variant = np.zeros((network.causes, network.variants))
    lit_by = np.zeros((network.causes, network.regions))
    leak_only = np.zeros(network.regions)
    for states in product(range(-1, network.variants), repeat=network.causes):
        weight = _prior(network, evidence, states)
        if weight == 0:
            continue
        q = np.array([chance[c, v] if v >= 0 else chance[c, 0] * 0 for c, v in enumerate(states)])
        missed = np.prod(1 - q, axis=0)
        off = (1 - network.leak) * missed
        likelihood = evidence.like_on * (1 - off) + evidence.like_off * off
        weight *= likelihood.prod()
        total += weight
        for c, v in enumerate(states):
            if v >= 0:
                variant[c, v] += weight
            lit_by[c] += weight * q[c] * evidence.like_on / likelihood
        leak_only += weight * missed * network.leak * evidence.like_on / likelihood
    return Truth(
        variant.sum(axis=1) / total, variant / total, total, lit_by / total, leak_only / total
    )


def _prior(network: Network, evidence: Evidence, states: tuple[int, ...]) -> float:
    odds = network.odds.copy()
    for d, c, f in zip(network.driver, network.child, network.factor, strict=True):
        if states[d] >= 0:
            odds[c] *= f
    weight = 1.0
    for c, v in enumerate(states):
        if v < 0:
            weight *= 1 / (1 + odds[c])
        else:
            weight *= odds[c] / (1 + odds[c]) * network.share[c, v]
            weight *= evidence.finding_lr[c] * evidence.variant_weight[c, v]
    return weight
