import pytest

from tautband.base.side import Side
from tautband.text.sides import BOTH, LEFT, RIGHT, side_at
from tautband.text.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("right", RIGHT), ("R", RIGHT), ("Rt.", RIGHT), ("right-sided", RIGHT),
        ("right hand side", RIGHT),
        ("left", LEFT), ("L", LEFT), ("Lt", LEFT), ("left side", LEFT), ("leftsided", LEFT),
        ("both", BOTH), ("bilateral", BOTH), ("bilaterally", BOTH), ("either side", BOTH),
        ("on both sides", BOTH), ("left and right", BOTH), ("right/left", BOTH), ("R + L", BOTH),
        ("R > L", BOTH), ("right more than left", BOTH),
        ("worse on the left than on the right", BOTH),
        ("one-sided", frozenset()), ("unilateral", frozenset()),
    ],
)  # fmt: skip
def test_a_whole_side_phrase_is_read(text: str, sides: frozenset[Side]) -> None:
    tokens = tokenize(text)
    mark = side_at(tokens, 0)
    assert mark is not None
    assert mark.sides == sides
    assert mark.end == len(tokens)


@pytest.mark.parametrize(
    "text", ["right now", "left-handed", "left the hospital", "right hand dominant", "knee", "rot"]
)
def test_other_senses_are_no_sides(text: str) -> None:
    assert side_at(tokenize(text), 0) is None


def test_a_word_before_can_take_the_sense_away() -> None:
    assert side_at(tokenize("all right"), 1) is None


def test_right_hand_alone_is_a_hand() -> None:
    mark = side_at(tokenize("right hand hurts"), 0)
    assert mark is not None
    assert mark.end == 1
