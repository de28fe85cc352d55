"""The picture of a course: right places, whole range, no picture of nothing."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tautband.clinic.record_pages.chart import BOTTOM, HEIGHT, LEFT, RIGHT, TOP, WIDTH, draw

DAY = date(2026, 11, 2)
_scores = st.lists(st.tuples(st.integers(0, 400), st.floats(0, 10)), min_size=1, max_size=30)


def test_the_axis_shows_the_whole_range() -> None:
    chart = draw("NPRS", "points", "lower", (0, 10), [(DAY, 10.0), (DAY, 0.0)], [])
    assert [(tick.at, tick.text) for tick in chart.levels] == [
        (HEIGHT - BOTTOM, "0"),
        (TOP + (HEIGHT - TOP - BOTTOM) / 2, "5"),
        (TOP, "10"),
    ]


def test_a_month_is_twice_as_wide_as_half_of_it() -> None:
    days = [(DAY + timedelta(days=n), 5.0) for n in (0, 15, 30)]
    xs = [point.x for point in draw("NPRS", "points", "lower", (0, 10), days, []).points]
    assert xs == pytest.approx([LEFT, (LEFT + WIDTH - RIGHT) / 2, WIDTH - RIGHT])


def test_two_scores_of_two_days_do_not_span_the_picture() -> None:
    days = [(DAY, 8.0), (DAY + timedelta(days=1), 2.0)]
    chart = draw("NPRS", "points", "lower", (0, 10), days, [])
    assert chart.last.x - chart.first.x < (WIDTH - LEFT - RIGHT) / 10


def test_nothing_is_no_picture() -> None:
    with pytest.raises(ValueError, match="needs a score"):
        draw("NPRS", "points", "lower", (0, 10), [], [DAY])


@given(_scores, st.lists(st.integers(-50, 450), max_size=12))
def test_everything_stays_within_and_days_keep_apart(
    scores: list[tuple[int, float]], visits: list[int]
) -> None:
    told = [(DAY + timedelta(days=n), value) for n, value in scores]
    chart = draw(
        "NPRS", "points", "lower", (0, 10), told, [DAY + timedelta(days=n) for n in visits]
    )
    assert all(LEFT <= p.x <= WIDTH - RIGHT and TOP <= p.y <= HEIGHT - BOTTOM for p in chart.points)
    assert all(LEFT <= x <= WIDTH - RIGHT for x in chart.sessions)
    assert [p.day for p in chart.points] == sorted(p.day for p in chart.points)
    places = [tick.at for tick in chart.days]
    assert all(b - a >= 90 for a, b in pairwise(places))
