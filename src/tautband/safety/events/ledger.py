"""The needle ledger: a set of entries, and the counts that follow from it.

The counts are a function of the set, not of the order in which entries came: two devices may send
theirs late, mixed and twice.  A removal that arrives before its insertion waits; until the
insertion is there the ledger is not whole and cannot be closed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.safety.events.entries import (
    Correction,
    Entry,
    Incident,
    Insertion,
    Redirection,
    Removal,
    Twitches,
)


@dataclass(frozen=True)
class Counts:
    """What a session comes to.

    ``needles`` are different needles and ``needles_out`` those of them that are out altogether;
    ``insertions`` are passages through the skin and ``out`` those that ended.  ``open`` are
    insertions whose needle is still in.  ``waiting`` are entries that speak of an entry which has
    not arrived, or no longer counts.
    """

    needles: int
    needles_out: int
    insertions: int
    out: int
    redirections: int
    open: tuple[str, ...]
    waiting: tuple[str, ...]

    @property
    def equal(self) -> bool:
        """True when every needle that went in came out, and nothing is waited for."""
        return not self.open and not self.waiting


@dataclass(frozen=True)
class TwitchCount:
    """Local twitch responses of a muscle: those counted, and how often none was assessed.

    ``counted`` is None where nothing was assessed at all.
    """

    counted: int | None
    not_assessed: int


@dataclass(frozen=True)
class Ledger:
    """The entries of one session by id; adding gives a new ledger."""

    entries: Mapping[str, Entry] = field(default_factory=dict)

    def add(self, entry: Entry) -> "Ledger":
        """The ledger with one more entry; the same entry again changes nothing.

        Raises InputError when the id already stands for something else.
        """
        known = self.entries.get(entry.id)
        if known == entry and type(known) is type(entry):
            return self
        if known is not None:
            raise InputError("entry.id", f"'{entry.id}' stands for another entry", "a new id")
        return Ledger({**self.entries, entry.id: entry})

    def add_all(self, entries: Iterable[Entry]) -> "Ledger":
        """The ledger with several more entries, in any order."""
        ledger = self
        for entry in entries:
            ledger = ledger.add(entry)
        return ledger

    def in_force(self) -> tuple[Entry, ...]:
        """Entries that no correction has taken back, corrections themselves left out, by id.

        A correction is not corrected: whoever erred in correcting writes the entry anew.
        """
        gone = {e.of for e in self.entries.values() if isinstance(e, Correction)}
        standing = [
            e for e in self.entries.values() if not isinstance(e, Correction) and e.id not in gone
        ]
        return tuple(sorted(standing, key=lambda entry: entry.id))

    def insertions(self) -> dict[str, Insertion]:
        """Insertions in force by id."""
        return {e.id: e for e in self.in_force() if isinstance(e, Insertion)}

    def incidents(self) -> tuple[Incident, ...]:
        """Incidents in force."""
        return tuple(e for e in self.in_force() if isinstance(e, Incident))

    def counts(self) -> Counts:
        """What the entries come to."""
        standing = self.in_force()
        insertions = self.insertions()
        removed = {e.insertion for e in standing if isinstance(e, Removal)}
        out = [i for i, e in insertions.items() if not e.retained or i in removed]
        open_ = set(insertions) - set(out)
        needles = {e.needle for e in insertions.values()}
        redirected = [e for e in standing if isinstance(e, Redirection)]
        return Counts(
            needles=len(needles),
            needles_out=len(needles - {insertions[i].needle for i in open_}),
            insertions=len(insertions),
            out=len(out),
            redirections=sum(e.times for e in redirected if e.insertion in insertions),
            open=tuple(sorted(open_)),
            waiting=self._waiting(standing, insertions),
        )

    def _waiting(
        self, standing: Iterable[Entry], insertions: Mapping[str, Insertion]
    ) -> tuple[str, ...]:
        waiting = [
            e.id
            for e in standing
            if isinstance(e, Removal | Redirection) and e.insertion not in insertions
        ]
        for entry in standing:
            if isinstance(entry, Incident) and not set(entry.insertions) <= set(insertions):
                waiting.append(entry.id)
        for entry in self.entries.values():
            if isinstance(entry, Correction):
                of = self.entries.get(entry.of)
                if of is None or isinstance(of, Correction):
                    waiting.append(entry.id)
        return tuple(sorted(waiting))

    def twitches(self, muscle: str, side: Side) -> TwitchCount:
        """Local twitch responses of a muscle, from its insertions and from counts for the whole.

        A count for the whole muscle stands instead of the sum over its insertions, because the
        clinician who counted both counted the same twitches; of several the largest stands.
        """
        here = [e for e in self.insertions().values() if (e.muscle, e.side) == (muscle, side)]
        whole = [
            e.count
            for e in self.in_force()
            if isinstance(e, Twitches) and (e.muscle, e.side) == (muscle, side)
        ]
        assessed = [e.twitches for e in here if e.twitches is not None]
        missing = len(here) - len(assessed) + sum(count is None for count in whole)
        counts = [count for count in whole if count is not None]
        if counts:
            return TwitchCount(max(counts), missing)
        return TwitchCount(sum(assessed) if assessed else None, missing)

    def minutes_in(self, insertion: str) -> float | None:
        """Minutes that a retained needle was in; None while it is in or where a time is missing.

        Raises InputError when it came out before it went in.
        """
        began = self.insertions().get(insertion)
        ends = [
            e.at_minute
            for e in self.in_force()
            if isinstance(e, Removal) and e.insertion == insertion and e.at_minute is not None
        ]
        if began is None or began.at_minute is None or not ends:
            return None
        minutes = min(ends) - began.at_minute
        if minutes < 0:
            raise InputError("removal.at_minute", "lies before the insertion", "a later minute")
        return minutes
