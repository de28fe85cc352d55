"""What patients write, read as a clinical table: each sentence leads to its decision."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tautband.care.aftercare import triage_report
from tautband.safety.events.urgency import Urgency

ROWS: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "sentences.toml").read_text("utf-8")
)["sentence"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["text"])[:50] or "empty")
def test_each_sentence_leads_to_its_decision(row: dict[str, Any]) -> None:
    answer = triage_report(row["text"], needled=row.get("needled", ""), hours=row.get("hours"))
    assert answer.decision is Urgency.of(row["expect"]), [rule.id for rule in answer.rules]


def test_the_table_is_large_varied_and_half_of_it_is_older_than_the_lexicon() -> None:
    assert len(ROWS) >= 120
    assert len({row["text"] for row in ROWS}) == len(ROWS)
    assert {row["expect"] for row in ROWS} == {urgency.key for urgency in Urgency}
    assert sum(row["written"] == "before" for row in ROWS) >= 60
