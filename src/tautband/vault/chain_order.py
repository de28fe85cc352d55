"""Where genuine entries of a chain stand out of order, and what is missing between them.

Rows arrive in the order in which the database holds them.  Each carries its **true number**: the
one under which its seal fits, whatever number the row claims; None for a row whose seal fits
nothing.  `Order` finds the longest way through that ascends; a genuine row beside that way is out
of place, a number that the way skips is missing, a row without a true number is a stranger.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field

from tautband.vault.chain import Stored

CALM = 8  # so many rows in sequence end a stretch of disorder
LONGEST = 4000  # rows of one such stretch that are weighed together


@dataclass(slots=True)
class Gap:
    """Between two genuine entries in order: the numbers missing and the strangers found there."""

    first: int
    last: int  # first - 1 when nothing is missing
    strangers: list[Stored] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Misplaced:
    """A genuine row beside the way, and the number of the entry that it stands behind."""

    number: int
    after: int


@dataclass(slots=True)
class Order:
    """Takes rows one by one; `accept` is called with each row in order, and whether it follows
    the one accepted before without a gap."""

    accept: Callable[[int, Stored, bool], None]
    next: int = 1
    gaps: list[Gap] = field(default_factory=list)
    misplaced: list[Misplaced] = field(default_factory=list)
    _waiting: list[tuple[int | None, Stored]] = field(default_factory=list)
    _calm: int = 0
    _strangers: list[Stored] = field(default_factory=list)

    def feed(self, number: int | None, row: Stored) -> None:
        """The next row of the database."""
        if number == self.next and not self._waiting and not self._strangers:
            self.next += 1
            self.accept(number, row, True)
            return
        previous = self._waiting[-1][0] if self._waiting else None
        follows = number is not None and previous is not None and number == previous + 1
        self._calm = self._calm + 1 if follows else int(number is not None)
        self._waiting.append((number, row))
        if self._calm >= CALM or len(self._waiting) >= LONGEST:
            self._settle()

    def finish(self, end: int) -> Gap:
        """After the last row: what is missing up to `end`, and strangers behind everything."""
        self._settle()
        tail = Gap(self.next, max(end, self.next - 1), self._strangers)
        self._strangers = []
        return tail

    def _settle(self) -> None:
        way = set(ascending([number for number, _ in self._waiting], self.next))
        for place, (number, row) in enumerate(self._waiting):
            if number is None:
                self._strangers.append(row)
            elif place in way:
                follows = number == self.next and not self._strangers
                if not follows:
                    self.gaps.append(Gap(self.next, number - 1, self._strangers))
                    self._strangers = []
                self.next = number + 1
                self.accept(number, row, follows)
            else:
                self.misplaced.append(Misplaced(number, self.next - 1))
        self._waiting.clear()
        self._calm = 0


def ascending(numbers: list[int | None], least: int) -> list[int]:
    """Places of a longest strictly ascending selection of numbers that are at least `least`."""
    ends: list[int] = []  # the smallest number in which a selection of each length can end
    places: list[int] = []
    before: list[int] = [-1] * len(numbers)
    for place, number in enumerate(numbers):
        if number is None or number < least:
            continue
        length = bisect_left(ends, number)
        before[place] = places[length - 1] if length else -1
        ends[length : length + 1] = [number]
        places[length : length + 1] = [place]
    way = []
    place = places[-1] if places else -1
    while place >= 0:
        way.append(place)
        place = before[place]
    return way[::-1]
