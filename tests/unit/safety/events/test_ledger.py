"""The needle ledger, against a slow reference, in any order and with everything sent twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.safety.events.closing import close, incidents_of, load_actions
from tautband.safety.events.entries import (
    Correction,
    Detection,
    Entry,
    Incident,
    IncidentCode,
    Insertion,
    Redirection,
    Removal,
    Twitches,
)
from tautband.safety.events.ledger import Ledger, TwitchCount


def insertion(id_: str, *, needle: str = "", retained: bool = False, **more: Any) -> Insertion:
    more = {"muscle": "trapezius_upper", "side": Side.RIGHT, **more}
    return Insertion(id_, needle or f"n-{id_}", retained=retained, **more)


def ledger(*entries: Entry) -> Ledger:
    return Ledger().add_all(entries)


@pytest.mark.parametrize(
    ("entries", "needles", "insertions", "out", "redirections", "open_"),
    [
        ((), 0, 0, 0, 0, ()),
        ((insertion("a"),), 1, 1, 1, 0, ()),
        ((insertion("a", retained=True),), 1, 1, 0, 0, ("a",)),
        ((insertion("a", retained=True), Removal("r", "a")), 1, 1, 1, 0, ()),
        # One needle through the skin twice: one needle, two insertions.
        ((insertion("a", needle="x"), insertion("b", needle="x")), 1, 2, 2, 0, ()),
        # Redirections are neither.
        ((insertion("a"), Redirection("d", "a", 6)), 1, 1, 1, 6, ()),
        # A correction takes back; what is right is written anew.
        ((insertion("a", retained=True), Correction("c", "a", "wrong side")), 0, 0, 0, 0, ()),
        (
            (insertion("a", retained=True), Removal("r", "a"), Correction("c", "r", "still in")),
            1, 1, 0, 0, ("a",),
        ),
        # Two devices record one removal.
        ((insertion("a", retained=True), Removal("r", "a"), Removal("s", "a")), 1, 1, 1, 0, ()),
    ],
)  # fmt: skip
def test_what_is_counted(
    entries: tuple[Entry, ...],
    needles: int,
    insertions: int,
    out: int,
    redirections: int,
    open_: tuple[str, ...],
) -> None:
    counts = ledger(*entries).counts()
    assert (counts.needles, counts.insertions, counts.out) == (needles, insertions, out)
    assert (counts.redirections, counts.open, counts.waiting) == (redirections, open_, ())


def test_twitches_not_assessed_are_not_none_seen() -> None:
    book = ledger(
        insertion("a", twitches=3, detected_by=Detection.FELT),
        insertion("b", twitches=0),
        insertion("c"),
    )
    assert book.twitches("trapezius_upper", Side.RIGHT) == TwitchCount(3, 1)
    assert book.twitches("trapezius_upper", Side.LEFT) == TwitchCount(None, 0)
    assert ledger(insertion("c")).twitches("trapezius_upper", Side.RIGHT) == TwitchCount(None, 1)
    whole = book.add(Twitches("t", "trapezius_upper", Side.RIGHT, 5, Detection.SEEN))
    assert whole.twitches("trapezius_upper", Side.RIGHT).counted == 5


def test_minutes_in_follow_the_callers_clock() -> None:
    book = ledger(insertion("a", retained=True, at_minute=3.0))
    assert book.minutes_in("a") is None
    assert book.add(Removal("r", "a", at_minute=13.5)).minutes_in("a") == 10.5
    with pytest.raises(InputError, match="before the insertion"):
        book.add(Removal("r", "a", at_minute=1)).minutes_in("a")


def test_an_entry_applied_twice_changes_nothing_and_an_id_stands_for_one_thing() -> None:
    book = ledger(insertion("a"))
    assert book.add(insertion("a")) is book
    with pytest.raises(InputError, match="another entry"):
        book.add(insertion("a", retained=True))


@pytest.mark.parametrize(
    "make",
    [
        lambda: insertion(""),
        lambda: insertion("a", twitches=-1),
        lambda: insertion("a", twitches=True),
        lambda: insertion("a", detected_by=Detection.SEEN),
        lambda: insertion("a", at_minute=float("nan")),
        lambda: insertion("a", length_mm=0),
        lambda: Removal("r", " "),
        lambda: Redirection("d", "a", 0),
        lambda: Twitches("t", "m", Side.LEFT, None, Detection.SEEN),
        lambda: Incident("i", IncidentCode.BROKEN),
        lambda: Correction("c", "c", "why"),
        lambda: Correction("c", "a", ""),
    ],
)
def test_entries_refuse_to_be_built_wrong(make: Any) -> None:
    with pytest.raises(InputError):
        make()


def test_it_closes_at_equal_counts_without_a_reason() -> None:
    closed = close(ledger(insertion("a", retained=True), Removal("r", "a"), insertion("b")))
    assert (closed.reasons, closed.actions) == ((), ())


@pytest.mark.parametrize("code", [IncidentCode.BROKEN, IncidentCode.MISSING, IncidentCode.HOSPITAL])
def test_an_open_needle_closes_only_with_an_incident_that_names_it(code: IncidentCode) -> None:
    book = ledger(insertion("a", retained=True), insertion("b", retained=True))
    with pytest.raises(InputError, match="2 needle"):
        close(book)
    with pytest.raises(InputError, match="1 needle"):
        close(book.add(Incident("i", code, ("a",))))
    closed = close(book.add(Incident("i", code, ("a", "b"))))
    assert closed.reasons == (code,)
    assert closed.actions == (load_actions()[code],)
    assert closed.actions[0].sources


def test_a_bent_needle_that_came_out_counts_as_out_and_is_an_incident() -> None:
    book = ledger(insertion("a", retained=True), Removal("r", "a", bent=True))
    assert book.counts().equal
    closed = close(book)
    assert closed.reasons == (IncidentCode.BENT,)
    assert closed.actions[0].code is IncidentCode.BENT
    both = book.add(Removal("s", "a", bent=True))
    assert len(incidents_of(both)) == 1


def test_bent_excuses_no_needle_that_is_still_in() -> None:
    book = ledger(insertion("a", retained=True), Incident("i", IncidentCode.BENT, ("a",)))
    with pytest.raises(InputError, match="still open"):
        close(book)


@pytest.mark.parametrize(
    "entry",
    [
        Removal("r", "late"),
        Redirection("d", "late"),
        Correction("c", "late", "why"),
        Incident("i", IncidentCode.MISSING, ("late",)),
    ],
)
def test_it_does_not_close_while_an_entry_waits_for_another(entry: Entry) -> None:
    with pytest.raises(InputError, match="not here"):
        close(ledger(insertion("a"), entry))


# Any entries over a few ids, so that they speak of each other often.
IDS = st.sampled_from([f"e{i}" for i in range(5)])
NEEDLES = st.sampled_from(["x", "y", "z"])
KINDS = st.one_of(
    st.builds(lambda n, r: ("in", n, r), NEEDLES, st.booleans()),
    st.builds(lambda i, b: ("out", i, b), IDS, st.booleans()),
    st.builds(lambda i, n: ("turn", i, n), IDS, st.integers(1, 3)),
    st.builds(lambda i: ("wrong", i, None), IDS),
    st.builds(lambda i, c: ("incident", i, c), IDS, st.sampled_from(IncidentCode)),
)


def _entry(id_: str, kind: tuple[str, Any, Any]) -> Entry:
    name, a, b = kind
    if name == "in":
        return insertion(id_, needle=a, retained=b)
    if name == "out":
        return Removal(id_, a, bent=b)
    if name == "turn":
        return Redirection(id_, a, b)
    if name == "wrong" and a != id_:
        return Correction(id_, a, "wrong")
    return Incident(id_, b or IncidentCode.MISSING, (a,))


ENTRIES = st.lists(KINDS, max_size=9).map(
    lambda kinds: [_entry(f"e{i}", kind) for i, kind in enumerate(kinds)]
)


@dataclass
class Reference:
    """Counts worked out by hand, one rule at a time."""

    entries: Sequence[Entry]

    def standing(self) -> list[Entry]:
        out: list[Entry] = []
        for entry in self.entries:
            taken_back = False
            for other in self.entries:
                if isinstance(other, Correction) and other.of == entry.id:
                    taken_back = True
            if not taken_back and not isinstance(entry, Correction):
                out.append(entry)
        return out

    def open(self) -> set[str]:
        still = set()
        for entry in self.standing():
            if isinstance(entry, Insertion) and entry.retained:
                still.add(entry.id)
        for entry in self.standing():
            if isinstance(entry, Removal):
                still.discard(entry.insertion)
        return still

    def needles(self) -> int:
        return len({e.needle for e in self.standing() if isinstance(e, Insertion)})

    def needles_in_use(self) -> set[str]:
        still = self.open()
        return {e.needle for e in self.standing() if isinstance(e, Insertion) and e.id in still}

    def excused(self) -> set[str]:
        named: set[str] = set()
        for entry in self.standing():
            if isinstance(entry, Incident) and entry.code is not IncidentCode.BENT:
                named |= set(entry.insertions)
        return named


@settings(max_examples=500, deadline=None)
@given(entries=ENTRIES, data=st.data())
def test_order_of_arrival_and_duplicates_never_change_the_counts(
    entries: list[Entry], data: st.DataObject
) -> None:
    twice = [*entries, *data.draw(st.lists(st.sampled_from(entries)) if entries else st.just([]))]
    shuffled = data.draw(st.permutations(twice))
    one, other = ledger(*entries), ledger(*shuffled)
    assert one.counts() == other.counts()
    assert one == other
    assert incidents_of(one) == incidents_of(other)


@settings(max_examples=500, deadline=None)
@given(entries=ENTRIES)
def test_the_counts_are_those_of_the_reference(entries: list[Entry]) -> None:
    counts, slow = ledger(*entries).counts(), Reference(entries)
    assert set(counts.open) == slow.open()
    assert counts.needles == slow.needles()
    assert counts.insertions - counts.out == len(counts.open)
    assert counts.needles_out == slow.needles() - len(slow.needles_in_use())
    assert (counts.needles == counts.needles_out) is (not counts.open)


@settings(max_examples=500, deadline=None)
@given(entries=ENTRIES)
def test_it_never_closes_over_an_open_needle_without_an_incident(entries: list[Entry]) -> None:
    slow = Reference(entries)
    try:
        closed = close(ledger(*entries))
    except InputError:
        return
    assert slow.open() <= slow.excused()
    if slow.open():
        assert closed.reasons
        assert len(closed.actions) == len(closed.reasons)
