"""How one step acts on the weights of lit and unlit bits, and what it learns on the way back.

A region bit of a state that lights it with chance q acts as [[1 - q, 0], [q, 1]] on (unlit, lit).
A bit that the step is the first to touch comes in unlit, one that it is the last to touch leaves
with the likelihoods of its evidence, so both shrink the matrix.  All entries are
non-negative: nothing cancels.
"""

import math
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from tautband.reasoning.network import Floats, Ints
from tautband.reasoning.steps import Bit, Step, opened_weight

GROUP = 4  # bits are taken in groups of so many, state by state


@dataclass(frozen=True, eq=False)
class Kernel:
    """A step with the bits it opens and closes.

    ``factor[i]`` (rows, out, in) belongs to region bit i; states that light alike share a row
    (``row`` (S,) tells which).  ``weight`` (2, ..., 2, rows) has one axis per driver.
    """

    step: Step
    row: Ints
    weight: Floats
    factor: list[Floats]
    new_drivers: tuple[int, ...]
    last_drivers: tuple[int, ...]
    opens: list[bool]
    closes: list[tuple[float, float] | None]
    regions: list[Bit]

    @cached_property
    def chances(self) -> Floats:
        """Chance (rows, regions) that each row lights each region."""
        chance = np.zeros((self.weight.shape[-1], len(self.regions)))
        chance[self.row] = self.step.chance
        return chance

    @property
    def row_weight(self) -> Floats:
        """Weights (2**drivers, rows)."""
        return self.weight.reshape(-1, self.weight.shape[-1])

    @property
    def shape_before(self) -> tuple[int, ...]:
        """The axes of weights before the step, without the last."""
        axes = (1 if i in self.new_drivers else 2 for i in range(len(self.step.drivers)))
        return (*axes, math.prod(f.shape[2] for f in self.factor))

    @property
    def shape_after(self) -> tuple[int, ...]:
        """The axes of weights behind the step, without the last."""
        axes = (1 if i in self.last_drivers else 2 for i in range(len(self.step.drivers)))
        return (*axes, math.prod(f.shape[1] for f in self.factor))

    def forward(self, mass: Floats) -> Floats:
        """(driver axes, in, rest) to (driver axes, out, rest); axes of 1 are new or closed."""
        out = self._weigh(_apply(self.factor, mass), mass.shape[-1])
        return _sum(out, self.last_drivers)

    def backward(self, ahead: Floats, mass: Floats) -> tuple[Floats, Floats]:
        """Completion weights before the step, and the joint weight (2**drivers, S) of its states.

        ``ahead``: completion weights behind the step, ``mass``: weights before it.
        """
        stack = _apply_turned(self.factor, ahead)
        before = _sum(self._weigh(stack, ahead.shape[-1]), self.new_drivers)
        found = self._flat(_inner(stack, mass))
        joint: Floats = self.step.weight * found[:, self.row]
        return before, joint

    def lit_by(self, ahead: Floats, mass: Floats) -> list[float]:
        """Weight of all in which the step itself lights its region, for each of its regions."""
        places = range(len(self.factor))
        stack = _apply(self.factor, mass)
        return [
            self._lit_behind(place, stack, ahead)
            if self.closes[place] is None
            else self._total(place, self._lit_factor(place), ahead, mass)
            for place in places
        ]

    def _lit_behind(self, place: int, stack: Floats, ahead: Floats) -> float:
        """As ``lit_by``, for a bit still in play: the step lights it with chance q whatever it was.

        Behind the step (unlit, lit) is ((1 - q) a, q a + b) where a, b would be without its act on
        this bit, so the part that it lights is q (a + b), q times the sum of the two.
        """
        before = math.prod(f.shape[1] for f in self.factor[:place])
        both = stack.reshape(*stack.shape[:-1], before, 2, -1).sum(axis=-2)
        lit = ahead.reshape(*ahead.shape[:-2], before, 2, -1)[..., 1, :]
        found = np.matmul(
            both.reshape(*stack.shape[:-1], -1), lit.reshape(*ahead.shape[:-2], -1, 1)
        )
        return self._weighed(self._flat(found[..., 0]) * self.chances[:, place])

    def _lit_factor(self, place: int) -> Floats:
        chance = self.chances[:, place]
        factor = np.zeros((len(chance), 2, 2))
        factor[:, 1, :] = chance[:, None]
        return _contracted(factor, self.opens[place], self.closes[place])

    def _weighed(self, found: Floats) -> float:
        """Sum (2**drivers, rows) with the weights of the rows."""
        return float((self.weight.reshape(found.shape) * found).sum())

    def unlit(self, place: int, by_leak: float, ahead: Floats, mass: Floats) -> float:
        """Weight of all in which no cause lights the region that the step closes, the leak does."""
        factor = _factor(self.chances[:, place], self.opens[place], (by_leak, 0.0))
        return self._total(place, factor, ahead, mass)

    def _total(self, place: int, factor: Floats, ahead: Floats, mass: Floats) -> float:
        """Summed weight with another factor in one place."""
        factors = [*self.factor]
        factors[place] = factor
        return self._weighed(self._flat(_inner(_apply_turned(factors, ahead), mass)))

    def _weigh(self, stack: Floats, width: int) -> Floats:
        """Sum over rows with their weights: (driver axes, out, rest)."""
        summed: Floats = np.matmul(self.weight[..., None, :], stack)
        return summed.reshape(*summed.shape[:-2], -1, width)

    def _flat(self, values: Floats) -> Floats:
        """(driver axes, n) to (2**drivers, n), spread over axes of 1."""
        axes = self.weight.shape[:-1]
        return np.broadcast_to(values, (*axes, values.shape[-1])).reshape(-1, values.shape[-1])


def make_kernel(step: Step, bits: list[Bit], opens: int, closes: int) -> Kernel:
    """The kernel of a step that is the first to touch ``opens`` and the last to touch ``closes``.

    Both are sets of bits as binary numbers.  Axes of region bits come in the order of
    ``kernel.step.regions``, axes of drivers in that of ``step.drivers``.
    """
    step = _closing_first(replace(step, weight=opened_weight(step, bits, opens)), opens, closes)
    row, chance = _distinct(step.chance)
    weight = np.zeros((len(step.weight), len(chance)))
    for state, r in enumerate(row.tolist()):
        weight[:, r] += step.weight[:, state]
    opened = [bool(opens >> b & 1) for b in step.regions]
    closed = [bits[b].closed if closes >> b & 1 else None for b in step.regions]
    factor = [
        _factor(chance[:, i], *ends) for i, ends in enumerate(zip(opened, closed, strict=True))
    ]
    return Kernel(
        step,
        row,
        weight.reshape(*(2,) * len(step.drivers), len(chance)),
        factor,
        tuple(i for i, b in enumerate(step.drivers) if opens >> b & 1),
        tuple(i for i, b in enumerate(step.drivers) if closes >> b & 1),
        opened,
        closed,
        [bits[b] for b in step.regions],
    )


def _closing_first(step: Step, opens: int, closes: int) -> Step:
    """Regions that close first, those that open last: what is carried between is then least."""
    order = sorted(
        range(len(step.regions)),
        key=lambda i: (opens >> step.regions[i] & 1) - (closes >> step.regions[i] & 1),
    )
    regions = tuple(step.regions[i] for i in order)
    return replace(step, regions=regions, chance=np.ascontiguousarray(step.chance[:, order]))


def _factor(chance: Floats, opens: bool, closes: tuple[float, float] | None) -> Floats:
    """Matrices (rows, out, in) on (unlit, lit); out is 1 if the bit closes, in if it opens."""
    factor = np.zeros((len(chance), 2, 2))
    factor[:, 0, 0] = 1 - chance
    factor[:, 1, 0] = chance
    factor[:, 1, 1] = 1
    return _contracted(factor, opens, closes)


def _contracted(factor: Floats, opens: bool, closes: tuple[float, float] | None) -> Floats:
    """A bit opens unlit, and closes with the likelihoods of (unlit, lit)."""
    if opens:
        factor = factor[:, :, :1]
    if closes is not None:
        factor = np.array(closes)[None, :] @ factor
    return factor


def _distinct(chance: Floats) -> tuple[Ints, Floats]:
    """Rows that light alike, once each: (row of each state, distinct rows)."""
    seen: dict[bytes, int] = {}
    row = [seen.setdefault(line.tobytes(), len(seen)) for line in chance]
    first = [row.index(i) for i in range(len(seen))]
    return np.array(row, dtype=np.int64), chance[first]


def _whole(factor: list[Floats], rows: int) -> Floats:
    """The Kronecker product of the factors, row by row: (rows, out, in)."""
    whole = np.ones((rows, 1, 1))
    for f in factor:
        o, i = whole.shape[1] * f.shape[1], whole.shape[2] * f.shape[2]
        whole = (whole[:, :, None, :, None] * f[:, None, :, None, :]).reshape(rows, o, i)
    return whole


def _apply(factor: list[Floats], values: Floats) -> Floats:
    """Each row's own matrices on (driver axes, in, rest): (driver axes, rows, out * rest)."""
    held = values.shape[:-2]
    stack = values.reshape(math.prod(held), 1, -1)
    done = 1
    for at in range(0, len(factor), GROUP):
        group = _whole(factor[at : at + GROUP], len(factor[0]))
        stack = stack.reshape(len(stack), stack.shape[1], done, group.shape[2], -1)
        stack = np.matmul(group[None, :, None], stack)
        done *= group.shape[1]
    return stack.reshape(*held, stack.shape[1], -1)


def _apply_turned(factor: list[Floats], values: Floats) -> Floats:
    """As ``_apply`` with each matrix turned, from the last region to the first."""
    held, rest = values.shape[:-2], values.shape[-1]
    stack = values.reshape(math.prod(held), 1, -1)
    done = rest
    for end in range(len(factor), 0, -GROUP):
        group = _whole(factor[max(end - GROUP, 0) : end], len(factor[0])).swapaxes(-1, -2)
        stack = stack.reshape(len(stack), stack.shape[1], -1, group.shape[2], done)
        stack = np.matmul(group[None, :, None], stack)
        done *= group.shape[1]
    return stack.reshape(*held, stack.shape[1], -1)


def _inner(stack: Floats, values: Floats) -> Floats:
    """Inner products of (driver axes, rows, n) with (driver axes, in, rest), in * rest = n."""
    flat = values.reshape(*values.shape[:-2], -1, 1)
    product: Floats = np.matmul(stack, flat)[..., 0]
    return product


def _sum(values: Floats, axes: tuple[int, ...]) -> Floats:
    return values.sum(axis=axes, keepdims=True) if axes else values
