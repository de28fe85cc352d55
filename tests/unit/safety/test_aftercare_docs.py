"""docs/aftercare.md is what the data say."""

import re

from tools.write_aftercare import DOC, measured, tables, with_blocks

from tautband.safety.events.urgency import Urgency
from tautband.safety.events.words import load_lines


def test_the_generated_tables_are_current() -> None:
    text = DOC.read_text("utf-8")
    assert with_blocks(text, tables()) == text, "run: python tools/write_aftercare.py"


def test_the_figures_tell_of_no_miss() -> None:
    told = re.search(r"Of ([\d,]+) made-up messages .*? no: (\d+) below", DOC.read_text("utf-8"))
    assert told
    assert int(told[1].replace(",", "")) >= 10_000
    assert int(told[2]) == 0


def test_a_short_run_finds_no_miss_either() -> None:
    assert ": 0 below emergency" in measured(200)


def test_the_first_words_for_each_decision_are_told_as_they_are() -> None:
    text = DOC.read_text("utf-8")
    for urgency in Urgency:
        first = load_lines()[urgency.key].lines[0].format(number="the emergency number")
        assert f"| `{urgency.key}` | {first} |" in text


def test_every_test_that_the_hazard_log_names_exists() -> None:
    log = (DOC.parent / "hazards-log.md").read_text("utf-8")
    named = set(re.findall(r"`(test_\w+)`", log))
    written = {
        name
        for file in (DOC.parents[1] / "tests").rglob("test_*.py")
        for name in re.findall(r"def (test_\w+)", file.read_text("utf-8"))
    }
    assert named
    assert named <= written
