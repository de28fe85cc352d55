"""Exact sums over one component: a sweep forward over its steps, and one back for the posteriors.

The sweep carries the weight of every setting of the bits in play, that is of every set of painted
regions explained so far (and of drivers).  Each step moves weight upward only, so all terms are
non-negative and the relative error stays near (number of steps) * 1e-16.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from tautband.reasoning.kernel import make_kernel
from tautband.reasoning.matrices import matrices
from tautband.reasoning.network import Floats
from tautband.reasoning.ordering import Order
from tautband.reasoning.steps import Bit, Step
from tautband.reasoning.wide import WideAct


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
    """What is known of one step on the way back; ``joint`` (2**drivers, S): its states' weights."""

    @property
    def cause(self) -> int:
        """The cause of the step, or -1."""

    @property
    def regions(self) -> list[Bit]:
        """The regions that it touches."""

    @property
    def joint(self) -> Floats:
        """Weights (2**drivers, S) of its states."""

    def closes(self, region: int) -> bool:
        """Whether no later step touches this one of its regions."""

    def lit_by(self) -> list[float]:
        """Weight of all in which the step itself lights its region, for each of its regions."""

    def unlit(self, region: int) -> float:
        """Weight of all in which no cause lights the region that the step closes, the leak does."""


Listener = Callable[[Account], None]


class Act(Protocol):
    """A step that acts on weights (2**bits in front, 2**bits behind these)."""

    @property
    def enters(self) -> list[int]:
        """The bits that must be in front before it."""

    @property
    def leaves(self) -> list[int]:
        """The bits that are in front behind it."""

    @property
    def joint(self) -> Floats:
        """Posterior (2**drivers, S) of its states, once the way back is done."""

    def forward(self, mass: Floats) -> Floats:
        """Weights behind the step."""

    def backward(self, ahead: Floats, mass: Floats) -> Floats:
        """Completion weights before the step from those behind it, and weights before it."""

    def account(self, ahead: Floats, mass: Floats) -> Account:
        """For a listener, after ``backward``."""


class _Stop(NamedTuple):
    """A step on the way back: the weights before it, and the bits behind its own."""

    act: Act
    mass: Floats
    rest: list[int]


def sweep(
    steps: list[Step], bits: list[Bit], order: Order, listener: Listener | None = None
) -> Solved:
    """Solve one component exactly."""
    acts = _acts(steps, bits, order)
    stops, log_total = _forward(acts)
    ahead, live = np.ones(1), list[int]()
    while stops:
        act, mass, rest = stops.pop()
        arranged = _fronted(ahead, live, act.leaves, rest)
        before = act.backward(arranged, mass)
        if listener is not None:
            listener(act.account(arranged, mass))
        ahead, live = before / before.max(), act.enters + rest
    joint: list[Floats] = [np.empty(0)] * len(steps)
    for index, act in zip(order.steps, acts, strict=True):
        joint[index] = act.joint
    return Solved(joint, log_total, 0.0, order.widest, order.cost)


def _acts(steps: list[Step], bits: list[Bit], order: Order) -> list[Act]:
    acts: list[Act] = []
    for turn, matrix in enumerate(matrices(steps, bits, order)):
        step, opens, closes = steps[order.steps[turn]], order.opens[turn], order.closes[turn]
        acts.append(matrix or WideAct(make_kernel(step, bits, opens, closes)))
    return acts


def _forward(acts: list[Act]) -> tuple[list[_Stop], float]:
    """Carry the weights through all steps; they are rescaled at each, the logarithm is kept."""
    mass, live, stops, tops = np.ones(1), list[int](), list[_Stop](), list[float]()
    for act in acts:
        rest = [b for b in live if b not in act.enters]
        arranged = _fronted(mass, live, act.enters, rest)
        stops.append(_Stop(act, arranged, rest))
        mass, live = act.forward(arranged), act.leaves + rest
        top = float(mass.max())
        mass /= top
        tops.append(top)
    return stops, float(np.log(tops).sum()) + float(np.log(mass.sum()))


def _fronted(values: Floats, axes: list[int], front: list[int], rest: list[int]) -> Floats:
    """Weights over bits, (2**front, 2**rest), with the bits ``axes`` in another order."""
    wanted = front + rest
    if axes != wanted:
        place = {b: i for i, b in enumerate(axes)}
        values = values.reshape((2,) * len(axes)).transpose([place[b] for b in wanted])
    return values.reshape(1 << len(front), -1)
