"""When a review is due, and what one drawing says against another."""

import numpy as np
import pytest

from tautband.body.drawing import Mark, Quality, from_regions
from tautband.body.drawing import painted as paint
from tautband.body.regions import load_regions
from tautband.care.review import moment, painted

TABLE = load_regions()


@pytest.mark.parametrize(
    ("done", "planned", "stalled", "due"),
    [
        (0, 6, False, "between"),
        (3, 6, False, "half course"),
        (3, 5, False, "half course"),
        (4, 6, False, "between"),
        (6, 6, False, "full course"),
        (9, 6, False, "full course"),
        (1, 1, False, "full course"),
        (4, None, False, "between"),
        (4, 6, True, "stalled"),
        (6, 6, True, "stalled"),
    ],
)
def test_when_a_review_is_due(done: int, planned: int | None, stalled: bool, due: str) -> None:
    assert moment(done, planned, stalled) == due


def test_the_middle_lies_in_the_region_that_was_painted() -> None:
    marks = [Mark("temple:right", 6, Quality.ACHE)]
    told = painted(from_regions(TABLE, marks), TABLE)
    assert told.place == f"{TABLE['temple:right'].name}, right"
    assert told.highest == 6
    assert told.qualities == {"ache": 1.0}
    assert 0 < told.area_percent < 1
    assert told.moved_cm(told) == 0


def test_how_far_the_middle_moves() -> None:
    right, left = (
        painted(from_regions(TABLE, [Mark(key, 5)]), TABLE)
        for key in ("temple:right", "temple:left")
    )
    moved = left.moved_cm(right)
    assert moved is not None
    assert 5 < moved < 25


def test_an_empty_drawing_has_no_middle() -> None:
    empty = painted(paint(TABLE.surface, np.zeros(TABLE.surface.size)), TABLE)
    assert (empty.centroid, empty.place, empty.area_percent) == (None, "", 0.0)
    assert empty.moved_cm(empty) is None
