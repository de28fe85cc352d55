"""What the advisory services say is read without taking silence for good news."""

import json
from typing import Any

import pytest
from tools.audit import CLEAN, FOUND, NO_ANSWER, Looked, ended, of_node, of_python

KNOWN: dict[str, Any] = {"name": "django", "version": "5.2", "vulns": []}
SKIPPED = {"name": "django", "skip_reason": "Dependency not found on PyPI"}
BAD = {**KNOWN, "vulns": [{"id": "CVE-1", "fix_versions": ["5.2.1"]}]}
OF_NODE = {"vulnerabilities": {}, "metadata": {"dependencies": {"total": 12}}}


@pytest.mark.parametrize(
    ("parts", "expected"),
    [([KNOWN], CLEAN), ([KNOWN, SKIPPED], NO_ANSWER), ([SKIPPED, BAD], FOUND)],
)
def test_a_part_that_was_not_looked_up_is_not_clean(
    parts: list[dict[str, Any]], expected: int
) -> None:
    assert ended([of_python(json.dumps({"dependencies": parts})), Looked("npm", 12)]) == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (json.dumps(OF_NODE) + "\nnpm error A complete log", CLEAN),
        (json.dumps({**OF_NODE, "vulnerabilities": {"vite": {"severity": "high"}}}), FOUND),
        (json.dumps({"message": "405 Method Not Allowed", "error": {}}), NO_ANSWER),
        ("", NO_ANSWER),
        ("[]", NO_ANSWER),
    ],
)
def test_what_npm_says(told: str, expected: int) -> None:
    assert ended([of_node(told)]) == expected


def test_the_sentence_says_what_is_not_known() -> None:
    said = of_python(json.dumps({"dependencies": [KNOWN, SKIPPED]})).sentence()
    assert said == "PyPI: no answer, so nothing is known (1 of 2 parts were not found there)"
