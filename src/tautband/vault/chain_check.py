"""Checking a chain against its seals, its digests and its heads, and naming what was done to it.

The rows are read once, in the order of the database, and never held: a chain of a million entries
takes no more memory than one of ten.  Which entry a row truly is follows from its seal, not from
the number that it claims, so entries that were moved or renumbered are recognised.  Findings
beyond `LIMIT` are counted, not described.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hmac import compare_digest

from tautband.vault.chain import BEGINNING, Head, Stored, digest_after, entry_seal
from tautband.vault.chain_order import Gap, Order

LIMIT = 1000
REACH = 1000  # how far a row may be from the number it claims to be recognised at once
TRIALS = 2_000_000  # seals that are tried in all to recognise rows

KeyOf = Callable[[str], bytes | None]


class Harm(StrEnum):
    """What was done to a chain."""

    EDITED = "edited"
    REMOVED = "removed"
    INSERTED = "inserted"
    REORDERED = "reordered"
    REPEATED = "repeated"
    CUT_OFF = "cut off"
    HASH = "hash altered"
    UNKNOWN_KEY = "unknown key"
    HEAD_MISSING = "head missing"
    HEAD_ALTERED = "head altered"
    HEAD_DIFFERS = "head differs"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.  ``first`` to ``last`` are the entries; 0 where it is none."""

    harm: Harm
    first: int
    last: int
    sentence: str


@dataclass(frozen=True, slots=True)
class SeenHead:
    """A head as it was found: where, and what is there (None when it cannot be read)."""

    place: str
    head: Head | None


@dataclass(frozen=True, slots=True)
class Report:
    """What a check of one chain saw."""

    chain: str
    entries: int
    last: int
    last_time: datetime | None
    findings: tuple[Finding, ...]
    more: int  # findings beyond LIMIT
    notes: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """True when nothing is wrong."""
        return not self.findings


def check(chain: str, rows: Iterable[Stored], heads: Sequence[SeenHead], key_of: KeyOf) -> Report:
    """Check one chain.  Read the heads before the rows, so that no head is ahead of them.

    An empty ``heads`` is a finding unless there are no rows either.
    """
    checker = _Checker(chain, key_of)
    ends = [seen for seen in heads if checker.is_sound(seen)]
    checker.expect({seen.head.number for seen in ends if seen.head})
    for row in rows:
        checker.feed(row)
    return checker.report(heads, ends)


@dataclass(slots=True)
class _Checker:
    chain: str
    key_of: KeyOf
    order: Order = field(init=False)
    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    more: int = 0
    entries: int = 0
    last_time: datetime | None = None
    digest: bytes = BEGINNING
    shift: int = 0
    trials: int = 0
    bytes_of: tuple[Stored, int, bytes] | None = None  # of the row that was recognised last
    keys: dict[str, bytes | None] = field(default_factory=dict)
    unknown: dict[str, list[int]] = field(default_factory=dict)  # key id -> first, last, count
    wanted: set[int] = field(default_factory=set)
    digests: dict[int, bytes] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.order = Order(self._accept)

    # Heads

    def is_sound(self, seen: SeenHead) -> bool:
        """True for a head that can be trusted; what is wrong with another is noted."""
        head, place = seen.head, seen.place
        if head is None or head.chain != self.chain:
            self._find(Harm.HEAD_ALTERED, 0, 0, f"The head in {place} cannot be read.")
            return False
        key = self._key(head.key_id)
        if key is None:
            self._find(
                Harm.HEAD_ALTERED,
                0,
                0,
                f"The head in {place} is sealed with key {head.key_id}, which the key ring lacks.",
            )
            return False
        if not head.is_genuine(key):
            self._find(
                Harm.HEAD_ALTERED,
                0,
                0,
                f"The head in {place} was altered: its seal does not fit what it says.",
            )
            return False
        return True

    def expect(self, numbers: set[int]) -> None:
        """Entries whose digest a head keeps."""
        self.wanted = numbers
        self.digests[0] = BEGINNING

    # Rows

    def feed(self, row: Stored) -> None:
        """The next row in the order of the database."""
        self.entries += 1
        number = self._true_number(row)
        if number is not None:
            self.shift = number - row.entry.number
        self.order.feed(number, row)
        if len(self.order.gaps) + len(self.order.misplaced) > LIMIT:
            self._describe()

    def _key(self, key_id: str) -> bytes | None:
        if key_id not in self.keys:
            self.keys[key_id] = self.key_of(key_id)
        return self.keys[key_id]

    def _true_number(self, row: Stored) -> int | None:
        key = self._key(row.key_id)
        claimed = row.entry.number
        if row.entry.chain != self.chain:
            return None
        if key is None:
            seen = self.unknown.setdefault(row.key_id, [claimed, claimed, 0])
            seen[1], seen[2] = claimed, seen[2] + 1
            return claimed
        if self._fits(row, claimed, key):
            return claimed
        if self.shift and claimed + self.shift >= 1 and self._fits(row, claimed + self.shift, key):
            return claimed + self.shift
        if self._fits(row, self.order.next, key):
            return self.order.next
        return self._searched(row, key)

    def _fits(self, row: Stored, number: int, key: bytes) -> bool:
        canonical = row.entry.canonical(number)
        if not compare_digest(entry_seal(key, canonical), row.seal):
            return False
        self.bytes_of = (row, number, canonical)
        return True

    def _searched(self, row: Stored, key: bytes) -> int | None:
        if self.trials > TRIALS:
            return None
        claimed = row.entry.number
        for distance in range(1, REACH + 1):
            for number in (claimed + distance, claimed - distance):
                self.trials += 1
                if number >= 1 and self._fits(row, number, key):
                    return number
        return None

    def _accept(self, number: int, row: Stored, follows: bool) -> None:
        known = self.bytes_of
        same = known is not None and known[0] is row and known[1] == number
        canonical = known[2] if known and same else row.entry.canonical(number)
        fitting = digest_after(self.digest, canonical)
        if follows and not compare_digest(fitting, row.digest):
            self._find(
                Harm.HASH,
                number,
                number,
                f"The hash of entry {number} was altered: it does not follow from the entries "
                "before it.",
            )
            self.digest = fitting
        else:
            self.digest = row.digest  # behind a gap there is nothing to compute it from
        self.last_time = row.entry.time
        if number in self.wanted:
            self.digests[number] = self.digest

    # What it comes to

    def report(self, heads: Sequence[SeenHead], ends: Sequence[SeenHead]) -> Report:
        """After the last row."""
        end = max((seen.head.number for seen in ends if seen.head), default=0)
        tail = self.order.finish(end)
        last = self.order.next - 1
        self._describe(tail)
        self._unknown_keys()
        self._compare(heads, ends, last)
        self.findings.sort(key=lambda finding: (finding.first or end + last, finding.last))
        return Report(
            chain=self.chain,
            entries=self.entries,
            last=last,
            last_time=self.last_time,
            findings=tuple(self.findings),
            more=self.more,
            notes=tuple(self.notes),
        )

    def _find(self, harm: Harm, first: int, last: int, sentence: str) -> None:
        if len(self.findings) >= LIMIT:
            self.more += 1
        else:
            self.findings.append(Finding(harm, first, last, sentence))

    def _describe(self, tail: Gap | None = None) -> None:
        """Turn gaps and misplaced rows into findings."""
        gaps = [*self.order.gaps, tail] if tail else list(self.order.gaps)
        places = [(one.number, one.after) for one in self.order.misplaced]
        self.order.gaps.clear()
        self.order.misplaced.clear()
        self._recognise(gaps, places)
        missing = _Missing(gaps)
        repeated: set[int] = set()
        for number, after in places:
            if missing.take(number):
                where = f"after entry {after}" if after else "at the beginning"
                sentence = f"Entry {number} is out of order: it now stands {where}."
                self._find(Harm.REORDERED, number, number, sentence)
            elif number not in repeated:
                repeated.add(number)
                sentence = f"Entry {number} stands in the chain more than once."
                self._find(Harm.REPEATED, number, number, sentence)
        for gap in gaps:
            self._gap(gap, missing.of(gap), cut=gap is tail)

    def _recognise(self, gaps: list[Gap], places: list[tuple[int, int]]) -> None:
        """Strangers that are missing entries from far away."""
        numbers = [number for gap in gaps for number in _few(range(gap.first, gap.last + 1))]
        if len(numbers) > LIMIT:
            return
        for gap in gaps:
            strangers, gap.strangers = gap.strangers, []
            for row in strangers:
                key = self._key(row.key_id)
                found = [
                    number
                    for number in numbers
                    if key and row.entry.chain == self.chain and self._fits(row, number, key)
                ]
                if found:
                    places.append((found[0], gap.first - 1))
                else:
                    gap.strangers.append(row)

    def _gap(self, gap: Gap, missing: list[range], cut: bool) -> None:
        """Pair strangers with missing numbers: those were edited; the rest is more or less."""
        numbers = {number for part in missing for number in _few(part)}
        rest: list[Stored] = []
        for row in gap.strangers:
            claimed = row.entry.number
            if claimed in numbers:
                numbers.discard(claimed)
                self._edited(claimed, row)
            else:
                rest.append(row)
        open_numbers = sorted(numbers)
        for number, row in zip(open_numbers, rest, strict=False):
            numbers.discard(number)
            self._edited(number, row)
        for row in rest[len(open_numbers) :]:
            self._added(gap, row, cut)
        for part in missing:
            for first, last in _runs(part, numbers):
                self._lost(first, last, cut)

    def _edited(self, number: int, row: Stored) -> None:
        sentence = f"Entry {number} was edited. It now says: {said(row)}."
        self._find(Harm.EDITED, number, number, sentence)

    def _added(self, gap: Gap, row: Stored, cut: bool) -> None:
        claimed = row.entry.number
        where = f"after entry {gap.first - 1}" if gap.first > 1 else "at the beginning"
        sentence = (
            f"A row that claims number {claimed} was inserted {where}: its seal does not fit. "
            f"It says: {said(row)}."
        )
        if cut:  # an entry whose head was not written yet may have stood there
            sentence += " It stands behind the last head, so it may be an edited entry instead."
        self._find(Harm.INSERTED, claimed, claimed, sentence)

    def _lost(self, first: int, last: int, cut: bool) -> None:
        which = f"Entry {first}" if first == last else f"Entries {first} to {last}"
        verb = "was" if first == last else "were"
        if cut:
            sentence = f"{which} {verb} cut off at the end of the chain."
            self._find(Harm.CUT_OFF, first, last, sentence)
        else:
            self._find(Harm.REMOVED, first, last, f"{which} {verb} removed.")

    def _unknown_keys(self) -> None:
        for key_id, (first, last, count) in self.unknown.items():
            entries = "1 entry is" if count == 1 else f"{count} entries are"
            sentence = (
                f"{entries} sealed with key {key_id}, which the key ring lacks, and cannot be "
                f"checked (number {first}" + ("" if first == last else f" to {last}") + ")."
            )
            self._find(Harm.UNKNOWN_KEY, first, last, sentence)

    def _compare(self, heads: Sequence[SeenHead], ends: Sequence[SeenHead], last: int) -> None:
        if not heads and self.entries:
            sentence = "The head is missing, so nobody can say whether the end was cut off."
            self._find(Harm.HEAD_MISSING, 0, 0, sentence)
        for seen in ends:
            head = seen.head
            if head is None:
                continue
            digest = self.digests.get(head.number)
            if digest is not None and not compare_digest(digest, head.digest):
                self._find(
                    Harm.HEAD_DIFFERS,
                    head.number,
                    head.number,
                    f"The head in {seen.place} keeps another hash for entry {head.number}: hashes "
                    "at or before it were computed anew.",
                )
            if head.number < last:
                behind = last - head.number
                entries = "1 entry" if behind == 1 else f"{behind} entries"
                self.notes.append(
                    f"The head in {seen.place} is {entries} behind: it was written for entry "
                    f"{head.number}, the chain ends at {last}. A stop between commit and head "
                    "leaves this; the next entry mends it. Until then nobody could tell if entries "
                    f"after {head.number} were cut off."
                )


class _Missing:
    """The numbers missing in gaps, as ranges from which single ones can be taken."""

    def __init__(self, gaps: list[Gap]) -> None:
        self._gaps = [gap for gap in gaps if gap.last >= gap.first]
        self._taken: set[int] = set()

    def take(self, number: int) -> bool:
        """True when the number was missing; it then is not any more."""
        if number in self._taken:
            return False
        if any(gap.first <= number <= gap.last for gap in self._gaps):
            self._taken.add(number)
            return True
        return False

    def of(self, gap: Gap) -> list[range]:
        """What is still missing there."""
        parts, first = [], gap.first
        for number in sorted(self._taken):
            if gap.first <= number <= gap.last:
                parts.append(range(first, number))
                first = number + 1
        parts.append(range(first, gap.last + 1))
        return [part for part in parts if part]


def said(row: Stored) -> str:
    """What a row says, in one line; ids only."""
    entry = row.entry
    parts = [f"{entry.action} of {entry.kind} {entry.object_id}".rstrip()]
    if entry.patient_id and entry.patient_id != entry.object_id:
        parts.append(f"of patient {entry.patient_id}")
    parts.append(f"by {entry.actor or 'nobody signed in'}")
    return f"{' '.join(parts)}, {entry.time:%Y-%m-%d %H:%M:%S} UTC"


def _few(numbers: range) -> range:
    return numbers[:LIMIT]


def _runs(part: range, few: set[int]) -> list[tuple[int, int]]:
    """The stretches of a range that are left when numbers outside `few` are not missing."""
    runs: list[tuple[int, int]] = []
    for number in _few(part):
        if number not in few:
            continue
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    beyond = part.start + LIMIT
    if part.stop > beyond:
        first = beyond
        if runs and runs[-1][1] == beyond - 1:
            first = runs.pop()[0]
        runs.append((first, part.stop - 1))
    return runs
