"""In which order to take the steps, so that few bits are in play at any time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MOST_STARTS = 12


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


def best_order(masks: Sequence[int]) -> Order:
    """The cheapest of several greedy orders of steps given by the bits that they touch."""
    everything = 0
    for mask in masks:
        everything |= mask
    bits = [b for b in range(everything.bit_length()) if everything >> b & 1]
    near = {b: _union(m for m in masks if m >> b & 1) for b in bits}
    starts = sorted(bits, key=lambda b: (near[b].bit_count(), b))[:MOST_STARTS]
    orders = [trace(masks, _greedy(masks, bits, near, start)) for start in starts]
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
    for s, opened, closed in zip(steps, opens, closes, strict=True):
        live |= opened
        during.append(live)
        live &= ~closed
    return Order(steps, opens, closes, during)


def _greedy(masks: Sequence[int], bits: list[int], near: dict[int, int], start: int) -> list[int]:
    """Close one bit after the other, always the one that leaves the fewest bits in play."""
    waiting = list(range(len(masks)))
    steps: list[int] = []
    live, target = 0, start
    open_bits = set(bits)
    while waiting:
        now = [s for s in waiting if masks[s] >> target & 1]
        waiting = [s for s in waiting if not masks[s] >> target & 1]
        while now:
            seen = live
            now.sort(key=lambda s: ((masks[s] & ~seen).bit_count(), s), reverse=True)
            s = now.pop()
            live |= masks[s]
            steps.append(s)
        left = _union(masks[s] for s in waiting)
        open_bits = {b for b in open_bits if left >> b & 1}
        live &= left
        if open_bits:
            target = min(open_bits, key=lambda b: ((live | near[b]).bit_count(), b))
    return steps


def _union(masks: Iterable[int]) -> int:
    result = 0
    for mask in masks:
        result |= mask
    return result
