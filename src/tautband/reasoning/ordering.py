"""In which order to take the steps, so that few bits are in play at any time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

CHEAP = 1_500_000  # weights; below, the line is good enough
HOPELESS = 10**11  # weights; above, no order of these steps will do
PULLS = (0.5, 1.0)
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

    Steps that share bits are laid out along the Fiedler vector of the graph of bits, the smooth
    line through them; where that would still be much work, a greedy search from both ends of the
    line tries to do better if asked to try ``hard``.
    """
    lines = _fiedler_lines(masks)
    best = min((trace(masks, line) for line in lines), key=lambda order: order.cost)
    if hard and CHEAP < best.cost < HOPELESS:
        ends = sorted({lines[0][0], lines[0][-1]})
        tried = [trace(masks, _greedy(masks, s, pull)) for s in ends for pull in PULLS]
        best = min([best, *tried], key=lambda order: order.cost)
    return best


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
