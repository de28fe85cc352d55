import pytest

from tautband.text.clauses import numbered, turns
from tautband.text.tokens import tokenize


def test_a_stretch_goes_up_to_and_with_its_end() -> None:
    assert numbered([False, True, False, True, True, False]) == (0, 0, 1, 1, 2, 3)
    assert numbered([]) == ()


@pytest.mark.parametrize(("word", "expected"), [("but", True), ("However", True), ("and", False)])
def test_turns(word: str, expected: bool) -> None:
    assert turns(tokenize(word)[0]) is expected
