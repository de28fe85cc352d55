"""No fact without a source that was read; no source twice."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable

import pytest

from tautband.base.errors import InputError
from tautband.base.sources import (
    Confidence,
    Fact,
    Seen,
    Source,
    bibliography,
    check_fact,
    parse_bibliography,
)

KNOWN = {
    seen.value: Source(key=seen.value, citation=f"A paper of which {seen} was read", seen=seen)
    for seen in Seen
}
MEASURED, TAUGHT, UNREVIEWED = Confidence


def fact(
    *sources: str, confidence: Confidence | None = TAUGHT, state: str = "stated", text: str = "So."
) -> Fact:
    return Fact(text=text, sources=sources, confidence=confidence, state=state)


@pytest.mark.parametrize(
    "good",
    [
        fact("full", confidence=MEASURED),
        fact("abstract", confidence=MEASURED),
        fact("excerpt"),
        fact("none", "excerpt"),
        fact("none", confidence=UNREVIEWED),
        fact(confidence=UNREVIEWED),
        fact(state="not established", confidence=None, text=""),
    ],
    ids=str,
)
def test_a_sourced_or_honest_fact_passes(good: Fact) -> None:
    check_fact("origin", good, KNOWN)


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        (fact("full", confidence=None), "origin.confidence"),
        (fact("full", state="rumoured"), "origin.state"),
        (fact("full", "nobody1999"), "origin.sources"),
        (fact("nobody1999", confidence=UNREVIEWED), "origin.sources"),
        (fact("none"), "origin.sources"),
        (fact("none", confidence=MEASURED), "origin.sources"),
        (fact(), "origin.sources"),
        (fact(confidence=MEASURED), "origin.sources"),
    ],
    ids=str,
)
def test_an_unsourced_fact_names_the_field(bad: Fact, field: str) -> None:
    with pytest.raises(InputError) as caught:
        check_fact("origin", bad, KNOWN)
    assert caught.value.field == field


def test_only_what_is_established_counts_as_stated() -> None:
    assert fact("full").stated
    assert not fact(state="not established").stated


ENTRY = '[smith1999]\ncitation = "Smith 1999"\nseen = "full"\n'


def test_an_entry_is_read() -> None:
    assert parse_bibliography(ENTRY) == {
        "smith1999": Source(key="smith1999", citation="Smith 1999", seen=Seen.FULL)
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[smith1999]\ncitation = "Smith 1999"\n', "seen"),
        ('[smith1999]\nseen = "full"\n', "citation"),
        (ENTRY.replace("full", "skimmed"), "skimmed"),
        (ENTRY + 'yaer = "1999"\n', "yaer"),
    ],
)
def test_a_broken_entry_is_named(text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_bibliography(text)
    assert caught.value.field == "bibliography entry smith1999"
    assert said in caught.value.problem


def toml_files(folder: Traversable) -> Iterator[Traversable]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from toml_files(entry)
        elif entry.name.endswith(".toml"):
            yield entry


def test_every_key_stands_in_one_file_and_once_in_it() -> None:
    counted: Counter[str] = Counter()
    for file in toml_files(resources.files("tautband.base").joinpath("data")):
        counted.update(list(tomllib.loads(file.read_text("utf-8"))))
    assert set(counted) == set(bibliography())
    assert counted.most_common(1)[0][1] == 1


def test_every_entry_says_what_it_is() -> None:
    for key, source in bibliography().items():
        assert source.key == key
        assert len(source.citation) > 8, key
        assert source.seen in Seen
        assert not source.url or re.match(r"https?://", source.url), key


# Collected whole before the records were written; later rules of safety cite what no record does.
COLLECTED_AHEAD = "hazards.toml"


def test_no_entry_is_unused() -> None:
    used: set[str] = set()
    for package in (
        "atlas",
        "care",
        "clinic",
        "evidence",
        "measures",
        "reasoning",
        "safety",
        "synthetic",
        "validation",
    ):
        for file in toml_files(resources.files(f"tautband.{package}")):
            used.update(re.findall(r'"([A-Za-z0-9_.-]+)"', file.read_text("utf-8")))
    for file in toml_files(resources.files("tautband.base").joinpath("data")):
        if file.name != COLLECTED_AHEAD:
            assert sorted(set(tomllib.loads(file.read_text("utf-8"))) - used) == [], file.name
