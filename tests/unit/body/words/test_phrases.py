"""The clinical table of phrases, row by row."""

import tomllib
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest

from tautband.base.side import Side
from tautband.body.words.lexicon import Lexicon
from tautband.body.words.understand import understand

TABLE = Path(__file__).with_name("phrases.toml")
SIDES = {"left": [Side.LEFT], "right": [Side.RIGHT], "both": [Side.LEFT, Side.RIGHT]}


def rows() -> Iterator[Any]:
    for section, cases in tomllib.loads(TABLE.read_text("utf-8")).items():
        for text, expected in cases.items():
            yield pytest.param(text, expected, id=f"{section}: {text}")


def sided(lists: list[str], lexicon: Lexicon) -> set[tuple[str, Side]]:
    found: set[tuple[str, Side]] = set()
    for line in lists:
        side, _, patterns = line.partition(":")
        for pattern in patterns.split():
            hits = [r for r in lexicon.region_names if fnmatchcase(r, pattern)]
            assert hits, f"no region fits {pattern}"
            found |= {(region, s) for region in hits for s in SIDES[side]}
    return found


@pytest.mark.parametrize(("text", "expected"), list(rows()))
def test_phrase(text: str, expected: dict[str, Any], lexicon: Lexicon) -> None:
    found = understand(text, lexicon)
    assert found.painful() == sided(expected.get("pain", []), lexicon)
    assert found.free() == sided(expected.get("free", []), lexicon)
    assert found.not_understood == ()
    assert all(place.side_stated for place in found.places) is not expected.get("assumed", False)
    felt = {
        " ".join(str(v) for v in (place.quality, place.intensity) if v is not None)
        for place in found.places
        if not place.denied
    }
    if expected.get("pain"):
        assert felt == {expected.get("felt", "")}


def test_table_does_not_shrink() -> None:
    assert len(list(rows())) >= 120
