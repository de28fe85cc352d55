"""In which order to take the steps, so that few bits are in play at any time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

LITTLE = 50_000  # weights; below, a second order is not worth looking for
CHEAP = 1_000_000  # weights; below, the first order found is good enough
DEAR = 4_000_000  # weights; above, a slower search is worth its time
HOPELESS = 10**11  # weights; above, no order of these steps will do
FEW_WAYS, MANY_WAYS, MOST_WAYS = 1, 8, 40  # partial orders of closing that are followed at once
FEW_BITS = 3  # below, any order will do


@dataclass(frozen=True)
class Order:
    """Steps in order, and for each the bits that it opens and closes, and all bits in play."""

    steps: list[int]
    opens: list[int]
    closes: list[int]
    during: list[int]

    @property
    def widest(self) -> int:
        """The largest number of bits in play at once."""
        return max((m.bit_count() for m in self.during), default=0)

    @property
    def cost(self) -> int:
        """How many weights pass through all the steps."""
        return sum(1 << m.bit_count() for m in self.during)


def best_order(masks: Sequence[int], hard: bool = False) -> Order:
    """A cheap order of steps given by the bits that they touch (all in one component).

    Only steps whose bits no other step covers are put in order (``_core``); the others go where
    they cost least.  Bits are closed one after the other, that which makes room first; the
    alternative lays steps that share bits along the Fiedler vector of the graph of bits, the
    smooth line through them.  Where that would still be much work, more is tried if asked to try
    ``hard``.
    """
    shared = _shared(masks)
    if not shared:
        return trace(masks, list(range(len(masks))))
    core = _core([mask & shared for mask in masks])

    def whole(steps: list[int]) -> Order:
        return trace(masks, _filled(masks, shared, [core[s] for s in steps]))

    best = whole(_closing(core, FEW_WAYS))
    if best.cost <= LITTLE:
        return best
    best = _cheapest(best, whole(_straightest(core, _fiedler_lines(core))))
    if hard and best.cost > CHEAP:
        best = _cheapest(best, whole(_closing(core, MANY_WAYS)))
    if hard and DEAR < best.cost < HOPELESS:
        best = _cheapest(best, whole(_closing(core, MOST_WAYS)))
    return best


def _shared(masks: Iterable[int]) -> int:
    """The bits that several steps touch; when the others come and go is all the same."""
    once, again = 0, 0
    for mask in masks:
        again |= once & mask
        once |= mask
    return again


def _core(masks: Iterable[int]) -> list[int]:
    """The masks that no other covers, once each, in the order in which they came."""
    core: list[int] = []
    for mask in sorted(set(masks), key=lambda m: (-m.bit_count(), m)):
        if not any(mask & ~other == 0 for other in core):
            core.append(mask)
    kept = set(core)
    return [mask for mask in dict.fromkeys(masks) if mask in kept]


def _filled(masks: Sequence[int], shared: int, core: Sequence[int]) -> list[int]:
    """All steps, each where fewest bits are in play: with a mask of the core, or behind it."""
    order = trace(core, list(range(len(core))))
    behind = [live & ~closed for live, closed in zip(order.during, order.closes, strict=True)]
    in_play = [live for both in zip(order.during, behind, strict=True) for live in both]
    narrow_first = sorted(range(len(in_play)), key=lambda n: in_play[n].bit_count())
    places: dict[int, int] = {}
    groups: list[list[int]] = [[] for _ in in_play]
    for step, mask in enumerate(masks):
        own = mask & shared
        if own not in places:
            places[own] = next(n for n in narrow_first if not own & ~in_play[n])
        groups[places[own]].append(step)
    return [step for group in groups for step in group]


def _cheapest(*orders: Order) -> Order:
    return min(orders, key=lambda order: order.cost)


def _straightest(core: Sequence[int], ways: Iterable[list[int]]) -> list[int]:
    """The cheapest of several orders of the core alone."""
    return min(ways, key=lambda steps: trace(core, steps).cost)


def trace(masks: Sequence[int], steps: list[int]) -> Order:
    """Which bits open, close and are in play at each step of this order."""
    opens, closes, during = [], [], []
    seen = 0
    for s in steps:
        opens.append(masks[s] & ~seen)
        seen |= masks[s]
    still = 0
    for s in reversed(steps):
        closes.append(masks[s] & ~still)
        still |= masks[s]
    closes.reverse()
    live = 0
    for opened, closed in zip(opens, closes, strict=True):
        live |= opened
        during.append(live)
        live &= ~closed
    return Order(steps, opens, closes, during)


def _fiedler_lines(masks: Sequence[int]) -> list[list[int]]:
    """Steps by the mean, and by the lowest and highest, place of their bits on the line."""
    width = max(masks).bit_length()
    if width == 0:
        return [list(range(len(masks)))]
    touch = np.array([[m >> b & 1 for b in range(width)] for m in masks], dtype=np.float64)
    touch = touch[:, touch.any(axis=0)]
    near = touch.T @ touch
    np.fill_diagonal(near, 0.0)
    if touch.shape[1] < FEW_BITS:
        return [list(range(len(masks)))]
    vectors = np.linalg.eigh(np.diag(near.sum(axis=1)) - near)[1]
    line = vectors[:, 1]
    mean = touch @ line / touch.sum(axis=1)
    low = np.where(touch > 0, line, np.inf).min(axis=1)
    high = np.where(touch > 0, line, -np.inf).max(axis=1)
    return [np.argsort(place, kind="stable").tolist() for place in (mean, low, high)]


def _closing(masks: Sequence[int], ways: int) -> list[int]:
    """Steps in the order in which they let bits close, of several ``ways`` the cheapest.

    To close a bit all steps that touch it must be taken, which opens its neighbours.  What is in
    play then depends on the set of closed bits alone, so of two ways to one set one is kept.
    """
    near: dict[int, int] = {}
    for mask in masks:
        for bit in _each(mask):
            near[bit] = near.get(bit, 0) | mask
    kept: dict[int, _Way] = {0: _Way(0, 0, ())}
    for _ in near:
        reached: dict[int, _Way] = {}
        for closed, way in kept.items():
            live = way.seen & ~closed
            for bit, its in near.items():
                if closed & bit or (live and not its & live):
                    continue
                seen, done = way.seen | its, closed | bit
                cost = way.cost + (1 << (seen & ~closed).bit_count())
                if done not in reached or cost < reached[done].cost:
                    reached[done] = _Way(cost, seen, (bit, way.path))
        promise = {
            done: (way.cost + (4 << (way.seen & ~done).bit_count()), done)
            for done, way in reached.items()
        }
        kept = {done: reached[done] for done in sorted(reached, key=promise.__getitem__)[:ways]}
    path, bits = next(iter(kept.values())).path, list[int]()
    while path:
        bits.append(path[0])
        path = path[1]
    return _steps_closing(masks, near, bits[::-1])


class _Way(NamedTuple):
    """``cost`` in weights, bits ``seen`` so far, and the closed bits, last first, as a chain."""

    cost: int
    seen: int
    path: Any


def _steps_closing(masks: Sequence[int], near: dict[int, int], bits: list[int]) -> list[int]:
    """Steps such that bits close in this order, each where fewest bits are in play."""
    seen, closed, in_play = 0, 0, list[int]()
    turn: dict[int, int] = {}
    for number, bit in enumerate(bits):
        seen |= near[bit]
        in_play.append(seen & ~closed)
        closed |= bit
        turn[bit] = number
    groups: list[list[int]] = [[] for _ in range(len(bits) + 1)]
    for step, mask in enumerate(masks):
        due = min((turn[bit] for bit in _each(mask)), default=len(bits))
        earlier = [n for n in range(due) if not mask & ~in_play[n]]
        groups[min([*earlier, due], key=lambda n: _width(in_play, n))].append(step)
    steps, live = list[int](), 0
    for group in groups:
        while group:
            step = min(group, key=lambda s: ((masks[s] & ~live).bit_count(), s))
            group.remove(step)
            steps.append(step)
            live |= masks[step]
    return steps


def _width(in_play: list[int], number: int) -> int:
    return in_play[number].bit_count() if number < len(in_play) else 0


def _each(mask: int) -> Iterator[int]:
    """The bits of a binary number, each as a power of two."""
    while mask:
        low = mask & -mask
        yield low
        mask ^= low
