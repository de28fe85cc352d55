"""What stops a target of a plan: a rule on the whole, on the target, or no recipe."""

from typing import Any

import pytest

from tautband.clinic.visit_pages.plan_rows import NO_REASON, why_not

RULE = {"id": "one", "decision": "not_today", "why": "Fever."}
CARE = {"id": "two", "decision": "ask", "why": "Asks."}
OPEN: dict[str, Any] = {"decision": "ask", "recipe": {}, "no_recipe": None, "rules": [CARE]}


@pytest.mark.parametrize(
    ("whole", "changed", "told"),
    [
        ([], {}, ""),
        ([CARE], {}, ""),
        ([RULE], {}, "Fever."),
        ([], {"rules": [CARE, RULE]}, "Fever."),
        ([], {"no_recipe": "Nobody wrote one.", "recipe": None}, "Nobody wrote one."),
        ([], {"recipe": None}, NO_REASON),
        ([], {"decision": "do_not_needle"}, NO_REASON),
    ],
)
def test_what_stops_a_target(
    whole: list[dict[str, str]], changed: dict[str, Any], told: str
) -> None:
    assert why_not({"rules": whole}, OPEN | changed) == told
