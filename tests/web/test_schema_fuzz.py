"""A few requests to each operation, always the same ones; `make fuzz` sends many more."""

from typing import Any

import pytest
from schemathesis.core.failures import FailureGroup
from tools.fuzz_api import changed, fuzz, operations, places, working_requests

OPERATIONS = {one.label: one for one in operations()}
EXAMPLES = 12
pytestmark = pytest.mark.django_db  # a connection is looked at before each request


@pytest.mark.parametrize("label", OPERATIONS)
def test_no_request_makes_the_server_fail_or_answer_outside_its_schema(label: str) -> None:
    tally = fuzz(OPERATIONS[label], EXAMPLES)
    assert tally.requests >= 1
    assert max(tally.statuses) < 500


def test_every_post_has_a_request_that_works() -> None:
    posts = {one.full_path for one in OPERATIONS.values() if one.method.upper() == "POST"}
    assert posts == set(working_requests())


def test_a_failure_is_found(monkeypatch: Any) -> None:
    """The fuzzing itself can fail: an answer outside the schema is told."""
    from tautband.clinic import services

    monkeypatch.setattr(services, "words", lambda text: {"drawing": None})
    with pytest.raises(FailureGroup, match="Server error"):
        fuzz(OPERATIONS["POST /api/words"], 2)


def test_changes_are_made_at_every_place() -> None:
    value = {"a": [1, {"b": 2}]}
    found = list(places(value))
    assert found == [("a",), ("a", 0), ("a", 1), ("a", 1, "b")]
    assert changed(value, ("a", 1, "b"), 9) == {"a": [1, {"b": 9}]}
    assert value == {"a": [1, {"b": 2}]}
