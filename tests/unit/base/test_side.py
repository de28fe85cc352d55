"""Sides of the body."""

import pytest

from tautband.base.side import Side


@pytest.mark.parametrize(
    ("side", "mirrored"),
    [(Side.LEFT, Side.RIGHT), (Side.RIGHT, Side.LEFT), (Side.MIDLINE, Side.MIDLINE)],
)
def test_a_mirror_changes_left_and_right(side: Side, mirrored: Side) -> None:
    assert side.mirrored is mirrored
    assert side.mirrored.mirrored is side


def test_sides_are_written_as_words() -> None:
    assert [str(side) for side in Side] == ["left", "right", "midline"]
