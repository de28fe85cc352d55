"""Steps that touch few regions, as matrices on the weights of the bits that they touch.

Most steps of a drawing touch one driver and one to three regions; making and asking each alone
costs far more than its sums.  So steps with equally many drivers, regions and states are made
together, and their posteriors are read off together at the end of the way back.

A state that lights a region bit with chance q acts on (unlit, lit) as [[1 - q, 0], [q, 1]].  A bit
that closes is weighed at once with the likelihoods of its evidence, [[a, b], [0, 0]] times that; of
a bit that opens only the column of unlit is used.  All entries are non-negative: nothing cancels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import EllipsisType

import numpy as np

from tautband.reasoning.network import Floats
from tautband.reasoning.ordering import Order
from tautband.reasoning.steps import Bit, Step, opened_weight

WIDEST_MATRIX = 5  # up to so many region bits, one matrix for all states is fastest


@dataclass(frozen=True, eq=False)
class _Batch:
    """Steps (n) with equally many drivers, regions (k) and states (S).

    ``weight`` (n, 2**drivers, S); ``chance`` (n, S, k); ``ends`` (3, n, 1, k): a and b above, and
    0 for a bit that closes, 1, 0 and 1 for one that stays; ``pairs`` (n, 2**drivers, 4**k): what is
    behind each step times what is before it, bits behind first, filled in on the way back.
    """

    weight: Floats
    chance: Floats
    ends: Floats
    pairs: Floats

    @cached_property
    def factor(self) -> Floats:
        """The matrix of each region bit, (n, S, k, out, in)."""
        return _factor(self.chance, self.ends)

    @cached_property
    def whole(self) -> Floats:
        """The matrix of all region bits, flat: (n, S, 4**k)."""
        return _whole(self.factor)

    @cached_property
    def joint(self) -> Floats:
        """Posterior (n, 2**drivers, S) of the states of all steps."""
        found = self.weight * np.matmul(self.pairs, self.whole.swapaxes(1, 2))
        joint: Floats = found / found.sum(axis=(1, 2), keepdims=True)
        return joint

    def total(self, place: int, factor: Floats) -> Floats:
        """Weights (2**drivers, S) of one step, with this factor (S, k, out, in)."""
        total: Floats = self.weight[place] * (self.pairs[place] @ _whole(factor).T)
        return total


@dataclass(frozen=True)
class _Layout:
    """How the entries of a step make its matrix.

    ``index`` and ``axes`` take entries (2,) * (drivers + 2 * regions) to ``shape``: drivers that
    it alone touches; drivers that stay; rows, the bits that it opens or leaves; columns, those
    that it finds.  ``enters``, ``leaves``: places of its bits in columns and rows, drivers that
    stay being first in both.
    """

    index: tuple[int | slice | EllipsisType, ...]
    axes: tuple[int, ...]
    shape: tuple[int, int, int, int]
    enters: tuple[int, ...]
    leaves: tuple[int, ...]

    @property
    def cube(self) -> tuple[int, ...]:
        """The matrix with one axis for each bit."""
        return (2,) * (len(self.axes) - self.shape[0].bit_length() + 1)


@lru_cache(maxsize=4096)  # knows nothing but which of a few bits open and close
def _layout(drivers: int, opens: tuple[int, ...], closes: tuple[int, ...]) -> _Layout:
    driving, regions = range(drivers), range(drivers, len(opens))
    alone = [i for i in driving if opens[i] and closes[i]]
    stay = [i for i in driving if not opens[i] and not closes[i]]
    new = [i for i in driving if opens[i] and not closes[i]]
    last = [i for i in driving if closes[i] and not opens[i]]
    out = [i for i in regions if not closes[i]]
    into = [i for i in regions if not opens[i]]
    every = slice(None)
    return _Layout(
        (
            *[every] * drivers,
            *(0 if closes[i] else every for i in regions),
            *(0 if opens[i] else every for i in regions),
            ...,  # an array even where no axis is left
        ),
        (
            *alone,
            *stay,
            *new,
            *range(drivers, drivers + len(out)),
            *last,
            *range(drivers + len(out), drivers + len(out) + len(into)),
        ),
        (1 << len(alone), 1 << len(stay), 1 << len(new + out), 1 << len(last + into)),
        (*stay, *last, *into),
        (*stay, *new, *out),
    )


@dataclass(frozen=True, eq=False)
class Matrix:
    """One step of a batch, an ``Act`` of a sweep.

    ``enters``, ``leaves``: the bits that weights must come with, and those that they go with, in
    front of all others.  ``value`` ([stay,] rows, columns).
    """

    step: Step
    regions: list[Bit]
    enters: list[int]
    leaves: list[int]
    value: Floats
    layout: _Layout
    batch: _Batch
    place: int

    def forward(self, mass: Floats) -> Floats:
        """(2**enters, rest) to (2**leaves, rest)."""
        shape = self.value.shape
        moved: Floats = np.matmul(self.value, mass.reshape(*shape[:-2], shape[-1], -1))
        return moved.reshape(1 << len(self.leaves), -1)

    def backward(self, ahead: Floats, mass: Floats) -> Floats:
        """Completion weights before the step, (2**enters, rest), from those behind it.

        What they tell with ``mass``, the weights before the step, is kept with the batch.
        """
        *stay, rows, columns = self.value.shape
        behind = ahead.reshape(*stay, rows, -1)
        pairs = np.matmul(behind, mass.reshape(*stay, columns, -1).swapaxes(-1, -2))
        layout = self.layout
        kept = _entries(self.batch.pairs[self.place], self.step)[layout.index]
        kept.transpose(layout.axes)[...] = pairs.reshape(layout.cube)
        before: Floats = np.matmul(self.value.swapaxes(-1, -2), behind)
        return before.reshape(1 << len(self.enters), -1)

    @property
    def joint(self) -> Floats:
        """Posterior (2**drivers, S) of the states, once the way back is done."""
        joint: Floats = self.batch.joint[self.place]
        return joint

    def account(self, ahead: Floats, mass: Floats) -> "MatrixAccount":
        """What a listener may ask, once ``backward`` was here."""
        return MatrixAccount(self.step.cause, self.regions, self.batch, self.place)


@dataclass(frozen=True, eq=False)
class MatrixAccount:
    """What is known of a step on the way back; see ``Account``."""

    cause: int
    regions: list[Bit]
    batch: _Batch
    place: int

    @cached_property
    def joint(self) -> Floats:
        """Weights (2**drivers, S) of its states."""
        return self.batch.total(self.place, self.batch.factor[self.place])

    def closes(self, region: int) -> bool:
        """Whether no later step touches this one of its regions."""
        return not self.batch.ends[2, self.place, 0, region]

    def lit_by(self) -> list[float]:
        """Weight of all in which the step itself lights its region, for each of its regions."""
        return [self._lit(region) for region in range(len(self.regions))]

    def _lit(self, region: int) -> float:
        """The step lights the bit with chance q, whatever it was: [[0, 0], [q, q]]."""
        chance = self.batch.chance[self.place, :, region, None]
        _, lit, stays = self.batch.ends[:, self.place, 0, region]
        return self._with(region, chance * (lit, lit), chance * (stays, stays))

    def unlit(self, region: int) -> float:
        """Weight of all in which no cause lights the region that the step closes, the leak does."""
        chance = self.batch.chance[self.place, :, region, None]
        return self._with(region, (1 - chance) * (self.regions[region].by_leak, 0.0), 0 * chance)

    def _with(self, region: int, closed: Floats, stays: Floats) -> float:
        """Weight in all if the rows (S, in) of one region's matrix were others."""
        factor = self.batch.factor[self.place].copy()
        factor[:, region, 0], factor[:, region, 1] = closed, stays
        return float(self.batch.total(self.place, factor).sum())


def matrices(steps: Sequence[Step], bits: Sequence[Bit], order: Order) -> list[Matrix | None]:
    """A matrix for each step, in this order, or None for one that touches too many regions."""
    groups: dict[tuple[int, ...], list[int]] = {}
    for turn, index in enumerate(order.steps):
        step = steps[index]
        if len(step.regions) <= WIDEST_MATRIX:
            groups.setdefault((*step.weight.shape, len(step.regions)), []).append(turn)
    found: list[Matrix | None] = [None] * len(order.steps)
    for turns in groups.values():
        its = [steps[order.steps[turn]] for turn in turns]
        batch = _batch(its, bits, [order.opens[t] for t in turns], [order.closes[t] for t in turns])
        entries = np.matmul(batch.weight, batch.whole)
        for place, (turn, step) in enumerate(zip(turns, its, strict=True)):
            own = (*step.drivers, *step.regions)
            opens, closes = order.opens[turn], order.closes[turn]
            layout = _layout(
                len(step.drivers),
                tuple([opens >> b & 1 for b in own]),
                tuple([closes >> b & 1 for b in own]),
            )
            found[turn] = Matrix(
                step,
                [bits[b] for b in step.regions],
                [own[i] for i in layout.enters],
                [own[i] for i in layout.leaves],
                _arranged(_entries(entries[place], step), layout),
                layout,
                batch,
                place,
            )
    return found


def _batch(
    steps: list[Step], bits: Sequence[Bit], opens: Sequence[int], closes: Sequence[int]
) -> _Batch:
    weight = np.array([opened_weight(s, bits, o) for s, o in zip(steps, opens, strict=True)])
    ends = [
        [(*bits[b].closed, 0.0) if c >> b & 1 else (1.0, 0.0, 1.0) for b in step.regions]
        for step, c in zip(steps, closes, strict=True)
    ]
    chance = np.array([step.chance for step in steps])
    each = np.array(ends).reshape(len(steps), 1, -1, 3)
    pairs = np.zeros((*weight.shape[:2], 4 ** chance.shape[2]))
    return _Batch(weight, chance, np.moveaxis(each, 3, 0), pairs)


def _entries(flat: Floats, step: Step) -> Floats:
    """One axis for each driver, for each region behind the step, and for each before it."""
    return flat.reshape((2,) * (len(step.drivers) + 2 * len(step.regions)))


def _arranged(entries: Floats, layout: _Layout) -> Floats:
    """The matrix ([stay,] rows, columns), summed over drivers that no other step touches."""
    alone, stay, rows, columns = layout.shape
    value = entries[layout.index].transpose(layout.axes)
    value = value.reshape(alone, *((stay,) if stay > 1 else ()), rows, columns)
    summed: Floats = value.sum(axis=0) if alone > 1 else value[0]
    return summed


def _factor(chance: Floats, ends: Floats) -> Floats:
    """Matrices (..., out, in) for chances (...) and ends (3, ...)."""
    unlit, lit, stays = ends
    factor = np.empty((*chance.shape, 2, 2))
    factor[..., 0, 0] = unlit * (1 - chance) + lit * chance
    factor[..., 0, 1] = lit
    factor[..., 1, 0] = stays * chance
    factor[..., 1, 1] = stays
    return factor


def _whole(factor: Floats) -> Floats:
    """The Kronecker product of the factors (..., k, 2, 2), flat: (..., 4**k)."""
    *lead, count, _, _ = factor.shape
    whole = np.ones((*lead, 1, 1))
    for region in range(count):
        one = factor[..., region, None, :, None, :]
        size = 2 << region
        whole = (whole[..., :, None, :, None] * one).reshape(*lead, size, size)
    return whole.reshape(*lead, -1)
