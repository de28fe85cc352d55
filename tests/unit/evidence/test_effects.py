"""Effects and conversions, against figures worked out by hand or printed in their papers."""

from math import sqrt

import numpy as np
import pytest
from scipy.stats import ttest_ind_from_stats

from tautband.base.errors import InputError
from tautband.evidence.effects import (
    Arm,
    Measure,
    Score,
    arm_from_mean_interval,
    arm_from_quartiles,
    arm_from_range,
    arm_from_se,
    correction,
    from_interval,
    from_p,
    g_from_p,
    hedges_g,
    mean_difference,
    merged,
    turned,
)
from tautband.evidence.table import read_table

ARMS = "study,n1,mean1,sd1,n2,mean2,sd2\n"


def test_mean_difference_by_hand() -> None:
    found = mean_difference(Arm(40, 2.8, 2.4), Arm(40, 3.3, 2.6))
    assert found.estimate == pytest.approx(-0.5)
    assert found.variance == pytest.approx((2.4**2 + 2.6**2) / 40)


def test_hedges_g_of_the_textbook() -> None:
    """Borenstein et al. 2009, ch. 4: 50 v 50, 103 (5.5) v 100 (4.5): d 0.5970, g 0.5924."""
    found = hedges_g(Arm(50, 103, 5.5), Arm(50, 100, 4.5))
    assert found.estimate == pytest.approx(0.5924, abs=1e-4)


def test_the_exact_correction_is_not_the_approximation() -> None:
    assert correction(10) == pytest.approx(0.9227456, abs=1e-7)
    assert correction(4) != pytest.approx(1 - 3 / (4 * 4 - 1), abs=1e-3)


def test_conversions_are_marked() -> None:
    found = mean_difference(arm_from_se(25, 3.0, 0.4), Arm(25, 4.0, 2.0))
    assert found.marks == ("SD from a standard error",)
    assert found.variance == pytest.approx(4 / 25 + 4 / 25)
    assert from_interval(-14.4, -23.5, -5.2).se == pytest.approx(18.3 / 3.919928, abs=1e-4)
    assert arm_from_mean_interval(25, 5, 4.1744, 5.8256).sd == pytest.approx(2.0, abs=1e-3)


def test_medians_of_a_normal_sample_come_back() -> None:
    sample = np.random.default_rng(3).normal(5, 2, 100_000)
    q1, median, q3 = np.quantile(sample, [0.25, 0.5, 0.75])
    arm = arm_from_quartiles(100_000, q1, median, q3)
    assert (arm.mean, arm.sd) == pytest.approx((5, 2), abs=0.03)
    small = np.random.default_rng(4).normal(5, 2, (4000, 30))
    arms = [arm_from_range(30, r.min(), float(np.median(r)), r.max()) for r in small]
    assert np.mean([a.sd for a in arms]) == pytest.approx(2, abs=0.05)


def test_merged_arms_are_the_people_together() -> None:
    rng = np.random.default_rng(5)
    one, two, three = rng.normal(4, 2, 20), rng.normal(5, 1, 30), rng.normal(3, 1.5, 12)
    parts = [Arm(len(x), float(x.mean()), float(x.std(ddof=1))) for x in (one, two, three)]
    whole = np.concatenate([one, two, three])
    found = merged(*parts)
    assert found.n == 62
    assert found.mean == pytest.approx(whole.mean())
    assert found.sd == pytest.approx(whole.std(ddof=1))
    assert "arms of one trial merged" in found.marks


def test_change_and_final_scores() -> None:
    change = Arm(20, -2.0, 2.2, Score.CHANGE)
    final = Arm(20, 3.0, 2.0)
    assert "final and change scores together" in mean_difference(change, final).marks
    with pytest.raises(InputError, match="the same in both"):
        hedges_g(change, final)
    with pytest.raises(InputError, match="differs among the arms"):
        merged(change, final)


def test_turning_an_effect_twice_changes_nothing() -> None:
    effect = from_interval(-1.0, -2.0, 0.0)
    assert turned(effect).estimate == 1.0
    assert turned(turned(effect)) == effect


def test_tables_of_both_forms() -> None:
    generic = read_table("study, yi, vi, note\nA, -0.5, 0.04, x\n\nB,0.1,0.09,\n", Measure.GENERIC)
    assert [(r.study, r.effect.estimate) for r in generic] == [("A", -0.5), ("B", 0.1)]
    (row,) = read_table(ARMS + "A,50,103,5.5,50,100,4.5\n", Measure.SMD)
    assert sqrt(row.effect.variance) == pytest.approx(0.2043, abs=1e-3)


@pytest.mark.parametrize(
    ("text", "measure", "said"),
    [
        ("study,yi\nA,1\n", Measure.GENERIC, "header: lacks vi."),
        ("", Measure.GENERIC, "header: lacks study, yi, vi."),
        ("study,yi,vi\n", Measure.GENERIC, "table: has no studies."),
        ("study,yi,vi\nA,1,0\n", Measure.GENERIC, "line 2, vi: is 0."),
        ("study,yi,vi\nA,1,-2\n", Measure.GENERIC, "line 2, vi: is -2."),
        ("study,yi,vi\nA,eins,1\n", Measure.GENERIC, "line 2, yi: is 'eins'."),
        ("study,yi,vi\nA,nan,1\n", Measure.GENERIC, "line 2, yi: is nan."),
        ("study,yi,vi\nA,1\n", Measure.GENERIC, "line 2, vi: is empty."),
        (ARMS + "A,1,1,1,20,1,1\n", Measure.MD, "line 2, n1: is 1."),
        (ARMS + "A,20.5,1,1,20,1,1\n", Measure.MD, "line 2, n1: is 20.5."),
        (ARMS + "A,20,1,1,20,1,0\n", Measure.SMD, "line 2, sd2: is 0."),
    ],
)
def test_tables_that_cannot_be_used(text: str, measure: Measure, said: str) -> None:
    with pytest.raises(InputError) as caught:
        read_table(text, measure)
    assert str(caught.value).startswith(said)


@pytest.mark.parametrize(("first", "second"), [(3.0, 4.0), (5.0, 3.5), (2.0, 2.1)])
def test_a_p_value_gives_back_the_spread_it_came_from(first: float, second: float) -> None:
    # With equal spreads, the t-test of the arms and its p-value carry the same variance and g.
    one, two = Arm(25, first, 2.0), Arm(25, second, 2.0)
    p = float(ttest_ind_from_stats(first, 2.0, 25, second, 2.0, 25).pvalue)
    by_p, by_arms = from_p(first - second, p, 25, 25), mean_difference(one, two)
    assert by_p.variance == pytest.approx(by_arms.variance)
    g = hedges_g(one, two)
    found = g_from_p(first - second, p, 25, 25)
    assert (found.estimate, found.variance) == pytest.approx((g.estimate, g.variance))
    assert "p-value" in found.marks[0]


@pytest.mark.parametrize(
    ("difference", "p", "n"), [(0.0, 0.5, 20), (1.0, 0.0, 20), (1.0, 1.0, 20), (1.0, 0.05, 1)]
)
def test_a_p_value_that_says_nothing_is_refused(difference: float, p: float, n: int) -> None:
    with pytest.raises(InputError):
        from_p(difference, p, n, 20)
