"""Steps and bits in an order that depends on what they are, not on how they were numbered.

Exact sums come out the same in any order, up to rounding; what is left out of a large sum does
not.  Each bit and step gets a colour from its own numbers, then from its neighbours' colours, a
few times over (Weisfeiler and Leman).  Colours are whole numbers added modulo 2**64, so their sums
do not depend on order.  Numbers enter in single precision, which hides the last digits of doubles.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tautband.reasoning.network import Floats, Ints
from tautband.reasoning.steps import Bit, Step

ROUNDS = 3
Colours = NDArray[np.uint64]


@dataclass(frozen=True, eq=False)
class Canonical:
    """Steps and bits renumbered; ``origin[i]``: index before of step i."""

    steps: list[Step]
    bits: list[Bit]
    origin: list[int]
    turned: list[tuple[int, ...]]

    def restored(self, joint: list[Floats]) -> list[Floats]:
        """Joint tables of the renumbered steps, in the order and with the driver axes of before."""
        result: list[Floats] = [np.empty(0)] * len(joint)
        for table, index, axes in zip(joint, self.origin, self.turned, strict=True):
            cube = table.reshape(*(2,) * len(axes), -1)
            back = cube.transpose(*np.argsort(axes).tolist(), len(axes))
            result[index] = back.reshape(table.shape)
        return result


def canonical(steps: list[Step], bits: list[Bit]) -> Canonical:
    """Steps and the bits that they touch, renumbered by their colours."""
    used = sorted({b for step in steps for b in (*step.drivers, *step.regions)})
    place = {b: i for i, b in enumerate(used)}
    ends = np.array([(*bits[b].closed, *bits[b].opened, bits[b].driver) for b in used])
    bit_colour = _summed(_coloured(ends), 1)
    link = np.concatenate([_links(step) for step in steps])
    touched = [[place[b] for b in (*step.drivers, *step.regions)] for step in steps]
    bit = np.array([b for its in touched for b in its], dtype=np.int64)
    owner = np.repeat(np.arange(len(steps)), [len(its) for its in touched])
    for _ in range(ROUNDS):
        seen = _mixed(link + bit_colour[bit])
        step_colour = _mixed(_gathered(seen, owner, len(steps)))
        gained = _gathered(_mixed(seen + step_colour[owner]), bit, len(used))
        bit_colour = _mixed(bit_colour) + gained
    new = {used[i]: n for n, i in enumerate(np.argsort(bit_colour, kind="stable").tolist())}
    origin = np.argsort(step_colour, kind="stable").tolist()
    turned = [tuple(_ranked([new[b] for b in steps[i].drivers])) for i in origin]
    return Canonical(
        [_renumbered(steps[i], axes, new) for i, axes in zip(origin, turned, strict=True)],
        [bits[b] for b in sorted(used, key=lambda b: new[b])],
        origin,
        turned,
    )


def _renumbered(step: Step, axes: tuple[int, ...], new: dict[int, int]) -> Step:
    cube = step.weight.reshape(*(2,) * len(axes), -1).transpose(*axes, len(axes))
    columns = _ranked([new[b] for b in step.regions])
    return replace(
        step,
        drivers=tuple(new[step.drivers[i]] for i in axes),
        regions=tuple(new[step.regions[i]] for i in columns),
        weight=cube.reshape(step.weight.shape),
        chance=np.ascontiguousarray(step.chance[:, columns]),
    )


def _links(step: Step) -> Colours:
    """A colour for each bit that the step touches, drivers first: how it acts on it."""
    weight = _coloured(step.weight)
    state = _mixed(_summed(weight, 0))
    number = np.arange(len(weight))[:, None]
    digits = np.arange(len(step.drivers) - 1, -1, -1)
    on = (number >> digits & 1).astype(np.uint64)
    drivers = _mixed(_summed(on[:, :, None] * weight[:, None, :], (0, 2)))
    regions = _summed(_mixed(state[:, None] + _coloured(step.chance)), 0)
    return np.concatenate([drivers, regions]) + _summed(state[None, :], 1)


def _ranked(numbers: list[int]) -> list[int]:
    return sorted(range(len(numbers)), key=lambda i: numbers[i])


def _coloured(values: ArrayLike) -> Colours:
    """A colour for each number."""
    single = np.ascontiguousarray(values, dtype=np.float32)
    return _mixed(single.view(np.uint32).astype(np.uint64))


def _summed(colours: Colours, axes: int | tuple[int, ...]) -> Colours:
    return np.asarray(colours.sum(axis=axes, dtype=np.uint64))


def _gathered(colours: Colours, at: Ints, count: int) -> Colours:
    """The sum of the colours at each place."""
    total = np.zeros(count, dtype=np.uint64)
    np.add.at(total, at, colours)
    return total


def _mixed(colours: Colours) -> Colours:
    """Spread colours over all 64 bits (the finaliser of SplitMix64)."""
    mixed = colours + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
