"""Bits and steps: what is left of a network once everything that factorises is multiplied in.

A *bit* is a region (has a cause lit it yet?) or a driver (is it on?).  A *step* is one cause, or
one table over drivers, that touches a few bits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tautband.reasoning.network import Floats, Ints, Network


@dataclass(frozen=True, eq=False)
class Bit:
    """A region that still matters, or a driver; ``number`` is its number in the network.

    A region comes in unlit.  ``closed``: likelihood of the evidence if in the end (no cause, some
    cause) has lit it; ``by_leak``: the part of the first in which the leak alone paints it.
    A driver comes in off and on with the weights ``opened``, and leaves as it is.
    """

    closed: tuple[float, float]
    by_leak: float
    number: int
    driver: bool
    opened: tuple[float, float] = (1.0, 1.0)


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

    @cached_property
    def mask(self) -> int:
        """The bits touched, as a binary number."""
        return sum([1 << b for b in (*self.drivers, *self.regions)])


def table_step(drivers: tuple[int, ...], factor: Floats) -> Step:
    """A step that weighs each setting of some drivers, (2**drivers,)."""
    return Step(-1, drivers, (), factor[:, None], np.zeros((1, 0)))


def opened_weight(step: Step, bits: Sequence[Bit], opens: int) -> Floats:
    """The weight of a step with that of the drivers that it is the first to touch."""
    cube = step.weight.reshape(*(2,) * len(step.drivers), -1)
    for axis, bit in enumerate(step.drivers):
        if opens >> bit & 1:
            pair = np.array(bits[bit].opened)
            cube = cube * pair.reshape(-1, *(1,) * (len(step.drivers) - axis))
    return cube.reshape(step.weight.shape)


@dataclass(frozen=True, eq=False)
class Reach:
    """The regions that each cause may still light, all causes in one table.

    ``regions`` (B,): the live regions, bit b standing for ``regions[b]``.  Pairs of a cause and a
    bit are sorted; those of cause c are ``first[c]`` to ``first[c + 1]``.  ``bit`` (P,): the bit of
    each pair, ``chance`` (P, V + 1): the chance that each state of its cause lights it.
    """

    regions: Ints
    first: list[int]
    bit: list[int]
    chance: Floats

    @property
    def linked(self) -> NDArray[np.bool_]:
        """Whether each cause (C,) lights any."""
        return np.diff(self.first) > 0

    def of(self, cause: int) -> tuple[tuple[int, ...], Floats]:
        """Bits of a cause, and chances (V + 1, bits)."""
        its = slice(self.first[cause], self.first[cause + 1])
        return tuple(self.bit[its]), self.chance[its].T


def reach(network: Network, links: NDArray[np.bool_]) -> Reach:
    """What these links of the network reach."""
    regions, bit = np.unique(network.link_region[links], return_inverse=True)
    count = max(len(regions), 1)
    pair, row = np.unique(network.link_cause[links] * count + bit, return_inverse=True)
    chance = np.zeros((len(pair), network.variants + 1))
    chance[row, network.link_variant[links] + 1] = network.link_chance[links]
    first = np.searchsorted(pair, np.arange(network.causes + 1) * count)
    return Reach(regions, first.tolist(), (pair % count).tolist(), chance)


def components(masks: Sequence[int]) -> list[list[int]]:
    """Indices of masks that share bits, directly or through others, each group sorted."""
    leader = list(range(len(masks)))  # of each index; one that leads itself leads its group

    def lead(index: int) -> int:
        while leader[index] != index:
            leader[index] = leader[leader[index]]
            index = leader[index]
        return index

    first: dict[int, int] = {}  # index that touched a bit first
    for index, mask in enumerate(masks):
        while mask:
            low = mask & -mask
            mask ^= low
            leader[lead(first.setdefault(low, index))] = lead(index)
    groups: dict[int, list[int]] = {}
    for index in range(len(masks)):
        groups.setdefault(lead(index), []).append(index)
    return list(groups.values())
