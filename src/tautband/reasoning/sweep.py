"""Exact sums over one component: a sweep forward over its steps, and one back for the posteriors.

The sweep carries the weight of every setting of the bits in play, that is of every set of painted
regions explained so far (and of drivers).  Each step moves weight upward only, so all terms are
non-negative and the relative error stays near (number of steps) * 1e-16.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from tautband.reasoning.kernel import Kernel, make_kernel
from tautband.reasoning.network import Floats
from tautband.reasoning.ordering import Order
from tautband.reasoning.reduction import Bit, Step


@dataclass(frozen=True, eq=False)
class Solved:
    """Posterior joint (2**drivers, S) of each step, in the order of the component's steps.

    ``log_total``: logarithm of the summed weight; ``bound``: total variation at most so far from
    the truth; ``widest``: most bits in play at once; ``weights``: how many weights went through
    steps.
    """

    joint: list[Floats]
    log_total: float
    bound: float
    widest: int
    weights: int


class Account(Protocol):
    """What is known of one step on the way back."""

    @property
    def kernel(self) -> Kernel:
        """The step as it acted."""

    @property
    def joint(self) -> Floats:
        """Weights (2**drivers, S) of its states."""

    def lit_by(self) -> list[float]:
        """Weight of all in which the step itself lights its region, for each of its regions."""

    def unlit(self, place: int) -> float:
        """Weight of all in which no cause lights the region that the step closes, the leak does."""


Listener = Callable[[Account], None]


@dataclass(frozen=True, eq=False)
class _Dense:
    """An account from completion weights behind the step and weights before it."""

    kernel: Kernel
    ahead: Floats
    mass: Floats
    joint: Floats

    def lit_by(self) -> list[float]:
        return self.kernel.lit_by(self.ahead, self.mass)

    def unlit(self, place: int) -> float:
        by_leak = self.kernel.regions[place].by_leak
        return self.kernel.unlit(place, by_leak, self.ahead, self.mass)


@dataclass(frozen=True, eq=False)
class _Stop:
    index: int
    kernel: Kernel
    before: list[int]
    after: list[int]
    mass: Floats


def sweep(
    steps: list[Step], bits: list[Bit], order: Order, listener: Listener | None = None
) -> Solved:
    """Solve one component exactly."""
    stops, log_total = _forward(steps, bits, order)
    joint: list[Floats] = [np.empty(0)] * len(steps)
    ahead, live = np.ones(1), list[int]()
    while stops:
        stop = stops.pop()
        kernel = stop.kernel
        shape = (*kernel.shape_after, stop.mass.shape[-1])
        arranged = _transposed(ahead, live, stop.after).reshape(shape)
        before, found = kernel.backward(arranged, stop.mass)
        joint[stop.index] = found / found.sum()
        if listener is not None:
            listener(_Dense(kernel, arranged, stop.mass, found))
        ahead, live = before.ravel() / before.max(), stop.before
    return Solved(joint, log_total, 0.0, order.widest, order.cost)


def _forward(steps: list[Step], bits: list[Bit], order: Order) -> tuple[list[_Stop], float]:
    """Carry the weights through all steps; they are rescaled at each, the logarithm is kept."""
    mass, live, log_total = np.ones(1), list[int](), 0.0
    stops = []
    for index, opens, closes in zip(order.steps, order.opens, order.closes, strict=True):
        step = steps[index]
        kernel = make_kernel(step, bits, opens, closes)
        own = (*step.drivers, *kernel.step.regions)
        rest = [b for b in live if b not in own]
        before = [b for b in own if not opens >> b & 1] + rest
        after = [b for b in own if not closes >> b & 1] + rest
        shape = kernel.shape_before
        arranged = _transposed(mass, live, before).reshape(*shape, 1 << len(rest))
        stops.append(_Stop(index, kernel, before, after, arranged))
        out = kernel.forward(arranged)
        top = float(out.max())
        mass, live = out.ravel() / top, after
        log_total += float(np.log(top))
    return stops, log_total + float(np.log(mass.sum()))


def _transposed(values: Floats, axes: list[int], wanted: list[int]) -> Floats:
    """Flat weights over bits, with the bits in another order."""
    if axes == wanted:
        return values
    place = {b: i for i, b in enumerate(axes)}
    cube = values.reshape((2,) * len(axes)).transpose([place[b] for b in wanted])
    return cube.reshape(-1)
