"""The control chart: limits against a plain reference, and false alarms by simulation."""

from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tautband.figures.control import FALSE_ALARMS, Period, judge, limits


def tail(x: int, n: int, count: int, of: int) -> float:
    """P(at least x of n), given x + count events in n + of: written out."""
    events = x + count
    whole = comb(n + of, events)
    return sum(comb(n, k) * comb(of, events - k) / whole for k in range(x, min(n, events) + 1))


@settings(max_examples=60)
@given(
    st.integers(1, 25),
    st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
)
def test_upper_limit_is_the_first_count_whose_tail_is_small(n: int, gone: tuple[int, int]) -> None:
    upper, lower = limits(n, *gone)
    small = [x for x in range(n + 1) if tail(x, n, *gone) <= FALSE_ALARMS / 2]
    assert upper == (small[0] if small else None)
    mirrored, _ = limits(n, gone[1] - gone[0], gone[1])
    assert lower == (None if mirrored is None else n - mirrored)


@pytest.mark.parametrize("p", [0.01, 0.2, 0.5])
def test_false_alarms_are_no_more_frequent_than_stated(p: float) -> None:
    chance = np.random.default_rng(2026)
    alarms = months = 0
    for _ in range(120):
        sizes = chance.integers(5, 80, size=36)
        judged = judge(
            [Period(str(i), int(chance.binomial(n, p)), int(n)) for i, n in enumerate(sizes)]
        )
        alarms += sum(bool(one.signal) for one in judged)
        months += len(judged)
    # Four standard errors of a simulation of this length above the stated rate.
    assert alarms / months <= FALSE_ALARMS + 4 * (FALSE_ALARMS / months) ** 0.5


def test_a_rate_that_triples_is_seen_and_named() -> None:
    steady = [Period(f"m{i}", 8, 80) for i in range(12)]
    *_, last = judge([*steady, Period("worse", 24, 80)])
    assert last.signal == "more"
    *_, last = judge([*steady, Period("silent", 0, 80)])
    assert last.signal == "fewer"


def test_the_first_period_and_empty_ones_judge_nothing() -> None:
    judged = judge([Period("a", 5, 5), Period("b", 0, 0), Period("c", 0, 1)])
    assert [one.period.name for one in judged] == ["a", "c"]
    assert not any(one.signal for one in judged)
    assert judged[0].before is None
