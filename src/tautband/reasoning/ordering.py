"""In which order to take the steps, so that few bits are in play at any time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

CHEAP = 500_000  # weights; below, the first order found is good enough
DEAR = 4_000_000  # weights; above, a slower search is worth its time
HOPELESS = 10**11  # weights; above, no order of these steps will do
PULLS = (0.5, 1.0)
FEW_WAYS, MANY_WAYS = 1, 8  # partial orders of closing that are followed at once
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

    Bits are closed one after the other, that which makes room first; the alternative lays steps
    that share bits along the Fiedler vector of the graph of bits, the smooth line through them.
    Where that would still be much work, more is tried if asked to try ``hard``.
    """
    lines = _fiedler_lines(masks)
    tried = [*lines, _closing(masks, FEW_WAYS)]
    best = _cheapest(trace(masks, steps) for steps in tried)
    if hard and best.cost > CHEAP:
        best = _cheapest([best, trace(masks, _closing(masks, MANY_WAYS))])
    if hard and DEAR < best.cost < HOPELESS:
        ends = sorted({lines[0][0], lines[0][-1]})
        tried = [_greedy(masks, start, pull) for start in ends for pull in PULLS]
        best = _cheapest([best, *(trace(masks, steps) for steps in tried)])
    return best


def _cheapest(orders: Iterable[Order]) -> Order:
    return min(orders, key=lambda order: order.cost)


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


def _greedy(masks: Sequence[int], start: int, pull: float) -> list[int]:
    """Always the step that opens fewest and closes most bits, and brings others near closing.

    ``pull``: what it is worth to take one of n remaining steps of a bit in play, in 1/n bits.
    """
    left: dict[int, int] = {}
    for mask in masks:
        for bit in _each(mask):
            left[bit] = left.get(bit, 0) + 1
    touched = [list(_each(mask)) for mask in masks]
    waiting = set(range(len(masks)))
    steps, live, now = list[int](), 0, start
    while True:
        waiting.discard(now)
        steps.append(now)
        live |= masks[now]
        for bit in touched[now]:
            left[bit] -= 1
            if not left[bit]:
                live &= ~bit
        if not waiting:
            return steps
        best = (np.inf, -1)
        for step in waiting:
            gain = 0.0
            for bit in touched[step]:
                gain += _worth(bit & live, left[bit], pull)
            best = min(best, (-gain, step))
        now = best[1]


def _worth(in_play: int, left: int, pull: float) -> float:
    if left == 1:
        return 1.0 if in_play else 0.0
    return pull / left if in_play else -1.0


def _each(mask: int) -> Iterator[int]:
    """The bits of a binary number, each as a power of two."""
    while mask:
        low = mask & -mask
        yield low
        mask ^= low
