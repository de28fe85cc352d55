"""An index of names in memory: prefix, either order, near spelling.

Each part of a query must fit some part of the name.  A part fits when it is equal, begins it, is
near to it (one edit from four letters on, two from eight), or is near to its beginning; swapped
neighbours are one edit.  Better fits come first, then the order of the alphabet.  Nothing here
prints a name.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from tautband.vault.name_forms import NameForms, query_parts
from tautband.vault.near_words import NearWords

EQUAL, BEGINS, NEAR, NEAR_BEGINNING = 0, 1, 4, 6  # what a part costs; an edit adds one
_NO_FIT = 255
LONGEST_QUERY = 80
MOST_PARTS = 6
_PAST_ALL = "\U0010ffff"


class Name(NamedTuple):
    """A person's names as the record has them."""

    family: str
    given: str

    def __repr__(self) -> str:
        return "Name()"  # never the name: it would reach logs


@dataclass(frozen=True, slots=True)
class Hit:
    """A row that fits a query; a smaller cost fits better."""

    row: UUID
    cost: int
    sort: str

    def __repr__(self) -> str:
        return f"Hit({self.row})"


class NameIndex:
    """Names that are searched together; it does not change once it is built."""

    __slots__ = ("_beginnings", "_first", "_forms", "_near_forms", "_posts", "_rows", "_sorts")

    def __init__(self, names: Mapping[UUID, Name]) -> None:
        forms = NameForms()
        ordered = sorted((forms.sort(*name), row) for row, name in names.items())
        self._rows = [row for _, row in ordered]
        self._sorts = [sort for sort, _ in ordered]
        posts: dict[str, list[int]] = {}
        for number, row in enumerate(self._rows):
            for form in forms.of(" ".join(names[row])):
                posts.setdefault(form, []).append(number)
        self._forms = sorted(posts)
        # The numbers of all rows, form after form; a range of forms is one slice.
        self._posts = np.fromiter(
            (number for form in self._forms for number in posts[form]), dtype=np.int32
        )
        self._near_forms = NearWords(self._forms)
        self._beginnings: dict[int, tuple[NearWords, list[int]]] = {}
        self._first = [0]
        for form in self._forms:
            self._first.append(self._first[-1] + len(posts[form]))

    def __len__(self) -> int:
        return len(self._rows)

    def __repr__(self) -> str:
        return f"NameIndex({len(self)} names)"

    def alphabetical(self) -> Iterator[tuple[str, UUID]]:
        """Each row with what it is sorted by, in the order of the alphabet."""
        return zip(self._sorts, self._rows, strict=True)

    def find(self, query: str, limit: int, without: frozenset[UUID] = frozenset()) -> list[Hit]:
        """The best `limit` rows, leaving out some; none for a query without a letter or digit."""
        parts = query_parts(query[:LONGEST_QUERY])[:MOST_PARTS]
        if not parts or not self._rows:
            return []
        total = np.zeros(len(self._rows), dtype=np.int16)
        fits = np.ones(len(self._rows), dtype=bool)
        for part in dict.fromkeys(parts):
            cost = self._costs(part)
            total += cost
            fits &= cost < _NO_FIT
        return self._best(total, np.flatnonzero(fits), limit, without)

    def _best(
        self,
        total: NDArray[np.int16],
        numbers: NDArray[np.intp],
        limit: int,
        without: frozenset[UUID],
    ) -> list[Hit]:
        order = numbers[np.argsort(total[numbers], kind="stable")]  # numbers are alphabetical
        found: list[Hit] = []
        for number in order:
            if len(found) == limit:
                break
            row = self._rows[number]
            if row not in without:
                found.append(Hit(row, int(total[number]), self._sorts[number]))
        return found

    def _costs(self, part: str) -> NDArray[np.int16]:
        """What the part costs at each row; `_NO_FIT` where it fits nothing."""
        cost = np.full(len(self._rows), _NO_FIT, dtype=np.int16)
        # Worst first, so that a better fit is written over it.
        for price, begin, end in sorted(self._near(part), reverse=True):
            cost[self._slice(begin, end)] = price
        begin = bisect_left(self._forms, part)
        cost[self._slice(begin, bisect_left(self._forms, part + _PAST_ALL))] = BEGINS
        if begin < len(self._forms) and self._forms[begin] == part:
            cost[self._slice(begin, begin + 1)] = EQUAL
        return cost

    def _slice(self, begin: int, end: int) -> NDArray[np.int32]:
        return self._posts[self._first[begin] : self._first[end]]

    def _near(self, part: str) -> Iterator[tuple[int, int, int]]:
        """What is near: the cost, and from which form to before which."""
        edits = allowed_edits(part)
        if not edits:
            return
        for number, apart in self._near_forms.alike(part, edits):
            yield NEAR + apart, number, number + 1
        beginnings, first = self._beginnings_of(len(part))
        for number, apart in beginnings.alike(part, 1):
            yield NEAR_BEGINNING + apart, first[number], first[number + 1]

    def _beginnings_of(self, length: int) -> tuple[NearWords, list[int]]:
        """The distinct beginnings of the forms, and the first form of each; made at first use."""
        known = self._beginnings.get(length)
        if known is None:
            cut = [form[:length] for form in self._forms]
            first = [n for n, one in enumerate(cut) if n == 0 or one != cut[n - 1]]
            known = NearWords([cut[n] for n in first]), [*first, len(cut)]
            self._beginnings[length] = known
        return known


def allowed_edits(part: str) -> int:
    """How many slips a part may have: none below four letters, where they would fit anybody."""
    return 0 if len(part) < 4 else 1 if len(part) < 8 else 2
