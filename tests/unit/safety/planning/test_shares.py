"""Shares: worked by hand, against SciPy, and by what must hold for every sample."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from tautband.safety.planning.shares import (
    Sampled,
    Share,
    beyond,
    counted,
    lower_bound_mm,
    normal_interval,
    predictive,
    predictive_share,
    whole_people,
)

MEANS = st.floats(5, 80)
SPREADS = st.floats(0.5, 15)
PEOPLE = st.integers(2, 200)
REACHES = st.floats(0, 120)


@pytest.mark.parametrize("reach", [22.0, 25.0, 28.3, 31.0, 34.0])
@pytest.mark.parametrize("n", [9, 25, 60])
def test_the_interval_is_that_of_the_non_central_t(reach: float, n: int) -> None:
    # SciPy's own distribution is nowhere inverted here: between its values it answers NaN.
    t = math.sqrt(n) * (reach - 28.4) / 3.8
    ends = normal_interval(reach, 28.4, 3.8, n)
    for share, tail in zip(ends, (0.975, 0.025), strict=True):
        margin = float(stats.norm.ppf(share))
        assert stats.nct.cdf(t, n - 1, math.sqrt(n) * margin) == pytest.approx(tail, abs=2e-4)


def test_the_interval_covers_as_often_as_it_says() -> None:
    rng = np.random.default_rng(3)
    truth = float(stats.norm.cdf((22 - 28.4) / 3.8))
    hits = 0
    for _ in range(400):
        sample = rng.normal(28.4, 3.8, 25)
        low, high = normal_interval(22, float(sample.mean()), float(sample.std(ddof=1)), 25)
        hits += low <= truth <= high
    assert 0.92 <= hits / 400 <= 0.98


def test_the_predictive_share_by_hand() -> None:
    # (24.6 - 28.4) / (3.8 sqrt(1 + 1/25)) = -0.98058; T with 24 degrees of freedom.
    assert predictive_share(24.6, 28.4, 3.8, 25) == pytest.approx(stats.t.cdf(-0.980581, 24))
    assert predictive_share(28.4, 28.4, 3.8, 25) == 0.5


def test_the_nearest_that_25_people_support_by_hand() -> None:
    # t_24 at 1/26 is -1.8484; 28.4 - 1.8484 x 3.8 x 1.0198 = 21.24 mm.
    assert lower_bound_mm(28.4, 3.8, 25) == pytest.approx(21.24, abs=0.01)


@pytest.mark.parametrize(
    ("reached", "of", "words"),
    [
        (0, 15, "fewer than 1 in 16 (95 % interval: 0 to 4 in 15)"),
        (1, 15, "about 1 in 15 (95 % interval: 0 to 5 in 15)"),
        (6, 15, "about 6 in 15 (95 % interval: 2 to 11 in 15)"),
        (15, 15, "more than 15 in 16 (95 % interval: 11 to 15 in 15)"),
        (0, 30, "fewer than 1 in 31 (95 % interval: 0 to 4 in 30)"),
    ],
)
def test_counts_read_as_people(reached: int, of: int, words: str) -> None:
    assert counted(reached, of).words == words


def test_counts_have_the_interval_of_clopper_and_pearson() -> None:
    for reached, of in [(1, 15), (4, 15), (2, 9), (11, 14)]:
        exact = stats.binomtest(reached, of).proportion_ci(0.95, "exact")
        share = counted(reached, of)
        assert share.low == math.floor(exact.low * of)
        assert share.high == math.ceil(exact.high * of)


@given(REACHES, MEANS, SPREADS, PEOPLE)
@settings(max_examples=150, deadline=None)
def test_no_share_is_finer_than_its_people(reach: float, mean: float, sd: float, n: int) -> None:
    share = beyond(reach, mean, sd, n)
    assert share.of == n
    assert 1 <= share.point <= n
    assert 0 <= share.low <= share.point <= share.high <= n
    # Nought in n people still allows so many.
    assert share.upper >= 1 - 0.025 ** (1 / n) - 1e-12
    if share.none_seen:
        assert f"fewer than 1 in {n + 1}" in share.words


@given(MEANS, SPREADS, PEOPLE, REACHES, st.floats(0, 40))
@settings(max_examples=150, deadline=None)
def test_a_longer_reach_is_never_less_often(
    mean: float, sd: float, n: int, reach: float, more: float
) -> None:
    def order(share: Share) -> tuple[int, int, int]:
        return (share.point - share.none_seen, share.low, share.high)

    shorter, longer = beyond(reach, mean, sd, n), beyond(reach + more, mean, sd, n)
    for one, other in zip(order(shorter), order(longer), strict=True):
        assert one <= other


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), PEOPLE)
def test_rounding_goes_to_the_side_of_more_risk(a: float, b: float, c: float, n: int) -> None:
    low, point, high = sorted((a, b, c))
    share = whole_people(point, low, high, n)
    assert Fraction(share.point, n) >= Fraction(point) - Fraction(1, 10**6)
    assert Fraction(share.low, n) <= Fraction(low) + Fraction(1, 10**6)
    assert Fraction(share.high, n) >= Fraction(high) - Fraction(1, 10**6)


def test_joining_two_studies_by_hand() -> None:
    joined = predictive([Sampled(28.4, 3.8, 25), Sampled(37.0, 7.0, 50)])
    # Variances of the means 0.5776 and 0.98: weights 1.7313 and 1.0204, centre 31.589;
    # Q = 1.7313 x 3.189^2 + 1.0204 x 5.411^2 = 47.48; C = 2.7517 - 4.0386 / 2.7517 = 1.2840;
    # tau^2 = 46.48 / 1.2840 = 36.20.
    assert joined.between_sd_mm == pytest.approx(math.sqrt(36.20), abs=0.01)
    assert joined.mean_mm == pytest.approx(32.68, abs=0.01)
    # s^2 pooled (24 x 14.44 + 49 x 49) / 73 = 37.64; SE^2 = 1 / (1/36.78 + 1/37.18) = 18.49.
    assert joined.scale_mm == pytest.approx(math.sqrt(37.64 + 36.20 + 18.49), abs=0.02)
    assert joined.df == 1
    assert joined.share(joined.mean_mm) == pytest.approx(0.5)


def test_studies_that_agree_have_no_spread_between_them() -> None:
    joined = predictive([Sampled(30, 4, 20), Sampled(30.2, 4, 20), Sampled(29.9, 4, 20)])
    assert joined.between_sd_mm == 0
    assert joined.df == 2


@pytest.mark.parametrize(("sd", "n"), [(0.0, 20), (-1.0, 20), (3.0, 1), (math.nan, 20)])
def test_a_spread_that_cannot_be_is_refused(sd: float, n: int) -> None:
    with pytest.raises(ValueError, match="spread"):
        beyond(20, 30, sd, n)
    with pytest.raises(ValueError, match="spread"):
        lower_bound_mm(30, sd, n)


def test_one_study_cannot_be_joined() -> None:
    with pytest.raises(ValueError, match="two"):
        predictive([Sampled(30, 4, 20)])


@pytest.mark.parametrize(("reached", "of"), [(-1, 5), (6, 5), (0, 0)])
def test_a_count_that_cannot_be_is_refused(reached: int, of: int) -> None:
    with pytest.raises(ValueError, match="count"):
        counted(reached, of)
