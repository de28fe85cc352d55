"""Whatever is done to a chain is found, and the entries are named."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tautband.vault.chain import (
    BEGINNING,
    Entry,
    Head,
    Stored,
    detail_text,
    digest_after,
    sealed_head,
    stored,
)
from tautband.vault.chain_check import Harm, Report, SeenHead, check

CLINIC = str(UUID(int=7))
KEY = b"k" * 32
KEYS = {"k1": KEY, "k2": b"n" * 32}
START = datetime(2026, 11, 25, 9, tzinfo=UTC)


def entry(number: int) -> Entry:
    return Entry(
        chain=CLINIC,
        number=number,
        time=START + timedelta(seconds=number),
        actor=str(UUID(int=number % 3 + 1)),
        action="read" if number % 2 else "write",
        kind="patient",
        object_id=str(UUID(int=100 + number)),
        patient_id=str(UUID(int=100 + number)),
        detail=detail_text({"count": number}) if number % 4 == 0 else "",
    )


def chain_of(length: int) -> list[Stored]:
    rows: list[Stored] = []
    for number in range(1, length + 1):
        previous = rows[-1].digest if rows else BEGINNING
        key_id = "k1" if number < 10 else "k2"
        rows.append(stored(entry(number), previous, key_id, KEYS[key_id]))
    return rows


def head_of(rows: list[Stored]) -> Head:
    digest = rows[-1].digest if rows else BEGINNING
    return sealed_head(CLINIC, len(rows), digest, START, "k1", KEY)


def checked(rows: list[Stored], *heads: Head) -> Report:
    return check(CLINIC, rows, [SeenHead("heads", head) for head in heads], KEYS.get)


def named(report: Report, *harms: Harm) -> list[int]:
    return sorted(
        number
        for finding in report.findings
        if finding.harm in harms
        for number in range(finding.first, finding.last + 1)
    )


@given(length=st.integers(0, 40), behind=st.integers(0, 5))
def test_an_untouched_chain_has_no_finding(length: int, behind: int) -> None:
    rows = chain_of(length)
    report = checked(rows, head_of(rows[: max(0, length - behind)]))
    assert report.is_whole
    assert (report.entries, report.last) == (length, length)
    assert bool(report.notes) == (min(behind, length) > 0)


@dataclass(frozen=True)
class Row:
    """A row, and which entry it truly is; None when it is forged."""

    stored: Stored
    origin: int | None


@st.composite
def tamperings(draw: st.DrawFn) -> tuple[int, list[Row]]:
    """A chain's length, and its rows after one or two tamperings of any kind."""
    length = draw(st.integers(1, 40))
    rows = [Row(row, number) for number, row in enumerate(chain_of(length), start=1)]
    for _ in range(draw(st.integers(1, 2))):
        if rows:
            rows = draw(st.sampled_from(KINDS))(draw, rows)
    if draw(st.booleans()):
        rows = rehashed(rows)
    return length, rows


def edited(draw: st.DrawFn, rows: list[Row]) -> list[Row]:
    place = draw(st.integers(0, len(rows) - 1))
    was = rows[place].stored
    change: dict[str, Any] = draw(
        st.sampled_from(
            [
                {"actor": str(UUID(int=99))},
                {"action": "erase"},
                {"kind": "note"},
                {"object_id": ""},
                {"patient_id": str(UUID(int=98))},
                {"detail": '{"count":77}'},
                {"time": was.entry.time + timedelta(microseconds=1)},
            ]
        )
    )
    made = replace(was, entry=replace(was.entry, **change))
    origin = rows[place].origin if made == was else None
    return [*rows[:place], Row(made, origin), *rows[place + 1 :]]


def edited_seal(draw: st.DrawFn, rows: list[Row]) -> list[Row]:
    place = draw(st.integers(0, len(rows) - 1))
    made = replace(rows[place].stored, seal=draw(st.binary(min_size=0, max_size=32)))
    return [*rows[:place], Row(made, None), *rows[place + 1 :]]


def removed(draw: st.DrawFn, rows: list[Row]) -> list[Row]:
    first = draw(st.integers(0, len(rows) - 1))
    last = draw(st.integers(first, min(len(rows), first + 3)))
    rest = [*rows[:first], *rows[last:]]
    return renumbered(rest) if draw(st.booleans()) else rest


def cut(draw: st.DrawFn, rows: list[Row]) -> list[Row]:
    return rows[: draw(st.integers(0, len(rows) - 1))]


def inserted(draw: st.DrawFn, rows: list[Row]) -> list[Row]:
    place = draw(st.integers(0, len(rows)))
    like = rows[draw(st.integers(0, len(rows) - 1))].stored
    forged = replace(like, entry=replace(like.entry, object_id="forged"))
    return renumbered([*rows[:place], Row(forged, None), *rows[place:]])


def swapped(draw: st.DrawFn, rows: list[Row]) -> list[Row]:
    one = draw(st.integers(0, len(rows) - 1))
    other = draw(st.integers(0, len(rows) - 1))
    numbers = [row.stored.entry.number for row in rows]
    made = list(rows)
    made[one], made[other] = rows[other], rows[one]
    return [with_number(row, number) for row, number in zip(made, numbers, strict=True)]


def moved(draw: st.DrawFn, rows: list[Row]) -> list[Row]:
    place = draw(st.integers(0, len(rows) - 1))
    rest = [*rows[:place], *rows[place + 1 :]]
    to = draw(st.integers(0, len(rest)))
    return renumbered([*rest[:to], rows[place], *rest[to:]])


def repeated(draw: st.DrawFn, rows: list[Row]) -> list[Row]:
    place = draw(st.integers(0, len(rows) - 1))
    to = draw(st.integers(0, len(rows)))
    return renumbered([*rows[:to], rows[place], *rows[to:]])


KINDS = [edited, edited_seal, removed, cut, inserted, swapped, moved, repeated]


def with_number(row: Row, number: int) -> Row:
    return replace(row, stored=replace(row.stored, entry=replace(row.stored.entry, number=number)))


def renumbered(rows: list[Row]) -> list[Row]:
    return [with_number(row, number) for number, row in enumerate(rows, start=1)]


def rehashed(rows: list[Row]) -> list[Row]:
    """Everything recomputed that needs no key."""
    made, digest = [], BEGINNING
    for row in rows:
        digest = digest_after(digest, row.stored.entry.canonical())
        made.append(replace(row, stored=replace(row.stored, digest=digest)))
    return made


@settings(max_examples=300)
@given(tamperings())
def test_every_tampering_is_found_and_named(case: tuple[int, list[Row]]) -> None:
    length, rows = case
    report = checked([row.stored for row in rows], head_of(chain_of(length)))
    origins = [row.origin for row in rows]
    genuine = [origin for origin in origins if origin is not None]
    lost = set(range(1, length + 1)) - set(genuine)

    # Each entry that is no longer there as it was is named once, and no other.
    assert named(report, Harm.EDITED, Harm.REMOVED, Harm.CUT_OFF) == sorted(lost)
    # Each forged row is named, as an edited entry or as an inserted row.
    forged = origins.count(None)
    assert len(named(report, Harm.EDITED)) + len(named(report, Harm.INSERTED)) == forged
    # What was doubled is named.
    doubled = {origin for origin in genuine if genuine.count(origin) > 1}
    assert set(named(report, Harm.REPEATED)) == doubled
    # What is out of order is named: without the entries named the rest is in order.
    beside = set(named(report, Harm.REORDERED))
    assert beside <= set(genuine)
    rest = [origin for origin in genuine if origin not in beside | doubled]
    assert rest == sorted(rest)
    if genuine == sorted(set(genuine)):
        assert not beside
    # And a chain with nothing wrong has no finding but what an altered hash gives.
    if origins == list(range(1, length + 1)):
        assert report.is_whole


@given(st.integers(1, 30), st.data())
def test_an_altered_hash_is_named(length: int, data: st.DataObject) -> None:
    rows = chain_of(length)
    number = data.draw(st.integers(1, length))
    rows[number - 1] = replace(rows[number - 1], digest=b"x" * 32)
    report = checked(rows, head_of(chain_of(length)))
    assert [(one.harm, one.first) for one in report.findings] == [(Harm.HASH, number)]


CUT = chain_of(20)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([*CUT[:4], *CUT[5:]], "Entry 5 was removed."),
        ([*CUT[:4], *CUT[9:]], "Entries 5 to 9 were removed."),
        (CUT[:17], "Entries 18 to 20 were cut off at the end of the chain."),
        ([], "Entries 1 to 20 were cut off at the end of the chain."),
        (
            [*CUT[:4], replace(CUT[4], entry=replace(CUT[4].entry, action="print")), *CUT[5:]],
            "Entry 5 was edited. It now says: print of patient "
            "00000000-0000-0000-0000-000000000069 by 00000000-0000-0000-0000-000000000003, "
            "2026-11-25 09:00:05 UTC.",
        ),
        (
            [row.stored for row in renumbered([Row(r, 0) for r in [*CUT[:4], *CUT[5:9], CUT[4]]])]
            + CUT[9:],
            "Entry 5 is out of order: it now stands after entry 9.",
        ),
    ],
)
def test_findings_are_clear_sentences(rows: list[Stored], said: str) -> None:
    assert [finding.sentence for finding in checked(rows, head_of(CUT)).findings] == [said]


def test_a_chain_computed_anew_is_named_although_its_hashes_fit() -> None:
    rows = [Row(row, 0) for row in CUT]
    was = rows[6].stored
    rows[6] = Row(replace(was, entry=replace(was.entry, action="print")), None)
    report = checked([row.stored for row in rehashed(rows)], head_of(CUT))
    assert [(one.harm, one.first) for one in report.findings] == [
        (Harm.EDITED, 7),
        (Harm.HEAD_DIFFERS, 20),
    ]


def test_heads_are_judged() -> None:
    good = head_of(CUT)
    assert checked(CUT).findings[0].harm is Harm.HEAD_MISSING
    assert checked([]).is_whole
    for bad in (
        replace(good, number=3),
        replace(good, digest=b"x" * 32),
        replace(good, time=START + timedelta(days=1)),
        replace(good, key_id="k2"),
        replace(good, key_id="k9"),
        sealed_head(str(UUID(int=8)), 20, good.digest, START, "k1", KEY),
    ):
        assert [one.harm for one in checked(CUT, bad).findings] == [Harm.HEAD_ALTERED]
    unread = check(CLINIC, CUT, [SeenHead("heads", None)], KEYS.get)
    assert [one.harm for one in unread.findings] == [Harm.HEAD_ALTERED]


def test_the_further_of_two_heads_decides() -> None:
    report = checked(CUT[:10], head_of(CUT[:10]), head_of(CUT[:12]))
    assert [(one.harm, one.first, one.last) for one in report.findings] == [(Harm.CUT_OFF, 11, 12)]


def test_an_unknown_key_is_one_finding() -> None:
    report = check(CLINIC, CUT, [SeenHead("heads", head_of(CUT))], {"k1": KEY}.get)
    assert [(one.harm, one.first, one.last) for one in report.findings] == [
        (Harm.UNKNOWN_KEY, 10, 20)
    ]


def test_many_findings_are_counted_in_bounded_memory() -> None:
    rows = (replace(row, seal=b"") for row in chain_of(3000))
    report = check(CLINIC, rows, [SeenHead("heads", head_of(CUT))], KEYS.get)
    assert len(report.findings) == 1000
    assert report.more > 0


@given(st.integers(0, 11))
def test_no_two_entries_share_their_bytes(part: int) -> None:
    one = entry(4)
    other = [
        replace(one, chain=str(UUID(int=8))),
        replace(one, number=5),
        replace(one, time=START),
        replace(one, actor=""),
        replace(one, action="read"),
        replace(one, kind="patient.x"),
        replace(one, object_id=""),
        replace(one, patient_id=""),
        replace(one, detail=""),
        replace(one, kind="", object_id=one.kind + one.object_id),
        replace(one, action=one.action + '","' + one.kind, kind=""),
        replace(one, actor=one.patient_id, patient_id=one.actor),
    ][part]
    assert one.canonical() != other.canonical()
