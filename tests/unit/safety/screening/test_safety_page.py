"""``docs/safety.md`` is current, and its examples work."""

import json
import re
from pathlib import Path

from tools.write_safety import PAGE, rendered

from tautband.care.screen import read_answers, read_policy

ROOT = Path(__file__).parents[4]


def test_the_tables_of_rules_and_guidelines_are_current() -> None:
    page = PAGE.read_text("utf-8")
    assert page == rendered(page), "run python tools/write_safety.py"


def test_the_policy_on_the_page_is_accepted() -> None:
    found = re.search(r"```toml\n(.*?)```", PAGE.read_text("utf-8"), re.S)
    assert found
    assert read_policy(found[1]).changes


def test_the_figures_on_the_page_were_measured_and_show_no_violation() -> None:
    page = PAGE.read_text("utf-8")
    assert re.search(r"became milder \(violations\) \| 0 \|", page)
    assert re.search(r"decided otherwise \(disagreements\) \| 0 \|", page)
    assert re.search(r"each with one answer changed for the worse \| 1,000,000 \|", page)
    assert re.search(r"\d+ of \d+ mutants noticed", page)


def test_the_example_is_marked_synthetic_and_can_be_read() -> None:
    data = json.loads((ROOT / "examples" / "answers.json").read_text("utf-8"))
    assert data["synthetic"] is True
    assert read_answers(data).values
