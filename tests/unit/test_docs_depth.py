"""docs/depth.md and docs/hazards-log.md say what the program has."""

import re
from pathlib import Path

from tools.write_depths import page

from tautband.safety.planning.limits import load_limits
from tautband.safety.planning.studies import load_studies

ROOT = Path(__file__).parents[2]
DEPTH = (ROOT / "docs/depth.md").read_text("utf-8")
HAZARDS = (ROOT / "docs/hazards-log.md").read_text("utf-8")


def test_the_tables_are_up_to_date() -> None:
    assert page(DEPTH) == DEPTH, "run: python -m tools.write_depths"


def test_the_tables_are_whole() -> None:
    for key in (*load_studies(), *(limit.id for limit in load_limits())):
        assert f"| `{key}` |" in DEPTH


def test_the_count_of_sources_is_true() -> None:
    sources = {key for m in load_studies().values() for key in m.sources}
    assert f"Of {len(sources)} sources" in DEPTH


def test_no_page_promises_a_depth() -> None:
    for text in (DEPTH, HAZARDS):
        assert "safe " + "depth" not in text.lower()


def test_every_hazard_names_what_holds_it_or_says_nothing() -> None:
    rows = [line for line in HAZARDS.splitlines() if re.match(r"\| H\d+ ", line)]
    assert len(rows) >= 50
    for row in rows:
        _, number, _, _, held, left, _ = row.split("|")
        files = re.findall(r"`((?:src|tests|docs|tools|frontend)/[^`]+)`", held)
        tests = re.findall(r"`(test_\w+)`", held)
        assert files or tests or (held.strip() == "nothing" and "nothing" in left), number
        for name in files:
            assert (ROOT / name).exists(), (number, name)


def test_hazards_are_numbered_without_a_gap() -> None:
    numbers = [int(n) for n in re.findall(r"^\| H(\d+) ", HAZARDS, re.M)]
    assert numbers == list(range(1, len(numbers) + 1))
