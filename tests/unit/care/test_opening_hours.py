"""Opening hours: read as they are written, and what they say of a moment."""

from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tautband.base.errors import InputError
from tautband.care.opening_hours import DAYS, OpeningHours, Span, read_hours

WEEK = "Mon-Fri 08:00-12:00, 13:00-18:00; Sat 09:00-12:00"
MONDAY = datetime.fromisoformat("2026-11-23")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment, local to the clinic, of a week that begins on Monday 23 November 2026."""
    return MONDAY + timedelta(days=day, hours=hour, minutes=minute)


def test_what_is_written_is_read() -> None:
    hours = read_hours(WEEK)
    assert len(hours.spans) == 11
    assert hours.spans[0] == Span(0, time(8), time(12))
    assert hours.spans[-1] == Span(5, time(9), time(12))
    assert read_hours(" ").is_declared is False


@pytest.mark.parametrize(
    ("moment", "until", "opens"),
    [
        (at(0, 9), at(0, 12), at(0, 13)),
        (at(0, 12), None, at(0, 13)),
        (at(4, 18), None, at(5, 9)),
        (at(5, 12), None, at(7, 8)),
        (at(6, 3), None, at(7, 8)),
        (at(5, 11, 59), at(5, 12), at(7, 8)),
    ],
)
def test_open_until_and_next_opening(
    moment: datetime, until: datetime | None, opens: datetime
) -> None:
    hours = read_hours(WEEK)
    assert hours.open_until(moment) == until
    assert hours.next_opening(moment) == opens


def test_a_range_may_run_over_the_end_of_the_week_and_a_day_to_midnight() -> None:
    hours = read_hours("sat-mon 20:00-24:00")
    assert {span.day for span in hours.spans} == {5, 6, 0}
    assert hours.open_until(at(6, 23, 59)) is not None


def test_nothing_declared_is_not_closed_until_some_day() -> None:
    assert OpeningHours().open_until(MONDAY) is None
    assert OpeningHours().next_opening(MONDAY) is None


@pytest.mark.parametrize(
    "text",
    [
        "08:00-12:00", "Mon", "Mon 8-12", "Mon 12:00-08:00", "Mon 25:00-26:00", "Mo 08:00-12:00",
        "Mon 08:00-12:00, 11:00-13:00", "Mon-Wed 08:00-09:00; Tue 08:30-10:00", "Mon 08:00-08:00",
        "Mon 08:61-09:00", "Mon 08:00-24:01",
    ],
)  # fmt: skip
def test_what_cannot_be_read_names_the_field_and_gives_an_example(text: str) -> None:
    with pytest.raises(InputError) as told:
        read_hours(text)
    assert told.value.field == "opening_hours"
    assert told.value.expected


@given(
    st.dictionaries(
        st.sampled_from(DAYS), st.tuples(st.integers(0, 22), st.integers(1, 23)), min_size=1
    ).map(lambda days: {d: (a, b) for d, (a, b) in days.items() if a < b}),
    st.datetimes(MONDAY, MONDAY + timedelta(days=400)),
)
def test_a_moment_is_open_or_opens_within_a_week(
    days: dict[str, tuple[int, int]], moment: datetime
) -> None:
    hours = read_hours("; ".join(f"{d} {a:02}:00-{b:02}:00" for d, (a, b) in days.items()))
    until = hours.open_until(moment)
    told = days.get(DAYS[moment.weekday()])
    assert (until is not None) is (told is not None and told[0] <= moment.hour < told[1])
    opens = hours.next_opening(moment)
    if days:
        assert opens is not None
        assert moment < opens <= moment + timedelta(days=7, hours=24)
        assert hours.open_until(opens) is not None
        assert until is None or until <= opens or opens.date() != moment.date()
