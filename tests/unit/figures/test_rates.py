"""Rates with exact intervals, against published values and the binomial's own tails."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, binomtest

from tautband.base.errors import InputError
from tautband.figures.rates import Rate, percent


def test_nothing_seen_has_an_upper_limit() -> None:
    rate = Rate(0, 312)
    assert rate.low == 0
    assert rate.high == pytest.approx(1 - 0.025 ** (1 / 312))
    assert rate.at_most_one_in == 85


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_interval_is_that_of_clopper_and_pearson(case: tuple[int, int]) -> None:
    rate = Rate(*case)
    other = binomtest(*case).proportion_ci(0.95, "exact")
    assert (rate.low, rate.high) == pytest.approx((other.low, other.high), abs=1e-9)
    assert rate.low <= rate.share <= rate.high


@pytest.mark.parametrize("p", [0.002, 0.05, 0.3])
def test_interval_holds_the_truth_at_least_as_often_as_it_says(p: float) -> None:
    n = 150
    held = sum(binom.pmf(k, n, p) for k in range(n + 1) if Rate(k, n).low <= p <= Rate(k, n).high)
    assert held >= 0.95


@pytest.mark.parametrize("case", [(1, 0), (-1, 5), (6, 5)])
def test_what_is_no_rate_is_refused(case: tuple[int, int]) -> None:
    with pytest.raises(InputError, match="rate"):
        Rate(*case)


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.0, "0"), (1.0, "100"), (0.00005, "<0.01"), (0.00042, "0.04"), (0.0123, "1.2"),
     (0.5, "50"), (0.9951, "99.5"), (0.99999, "99.9")],
)  # fmt: skip
def test_percent_never_rounds_something_to_nothing(share: float, said: str) -> None:
    assert percent(share) == said
