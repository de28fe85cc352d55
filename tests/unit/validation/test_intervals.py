"""Intervals against known values, and resampling by whole clusters."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tautband.base.errors import InputError
from tautband.validation.intervals import exact_share, mean, resamples, share


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [
        # R 4.3, binom.test(count, total)$conf.int; 0 of n also by hand: 1 - 0.025^(1/n).
        (0, 10, 0.0, 0.3084971),
        (10, 10, 0.6915029, 1.0),
        (5, 10, 0.1870860, 0.8129140),
        (1, 20, 0.0012651, 0.2487328),
    ],
)
def test_the_exact_interval(count: int, total: int, low: float, high: float) -> None:
    found = exact_share(count, total)
    assert [found.low, found.high] == pytest.approx([low, high], abs=1e-6)
    assert found.value == count / total


@pytest.mark.parametrize(("count", "total"), [(3, 2), (-1, 2), (0, 0)])
def test_a_share_of_nothing_is_refused(count: int, total: int) -> None:
    with pytest.raises(InputError, match="rate"):
        exact_share(count, total)


def test_the_bootstrap_of_a_mean_is_as_wide_as_theory_says() -> None:
    values = np.random.default_rng(1).normal(size=400)
    found = mean(values, resamples(range(400), 3000, seed=2))
    wide = 1.96 * values.std() / 20
    assert found.value == pytest.approx(values.mean())
    assert found.low == pytest.approx(values.mean() - wide, abs=0.01)
    assert found.high == pytest.approx(values.mean() + wide, abs=0.01)


def test_copies_of_one_cluster_add_no_certainty() -> None:
    values = np.array([0.0, 1, 0, 1, 1, 0, 1, 1])
    alone = mean(values, resamples(range(8), 2000, seed=3))
    copied = mean(np.repeat(values, 5), resamples(np.repeat(range(8), 5).tolist(), 2000, seed=3))
    assert [copied.low, copied.high] == pytest.approx([alone.low, alone.high])


@given(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=12), st.integers(1, 20))
def test_whole_clusters_are_drawn(clusters: list[str], times: int) -> None:
    weights = resamples(clusters, times, seed=5)
    assert weights.shape == (times, len(clusters))
    for name in set(clusters):
        here = weights[:, [c == name for c in clusters]]
        assert (here == here[:, :1]).all()
    first = [clusters.index(name) for name in dict.fromkeys(clusters)]
    assert (weights[:, first].sum(axis=1) == len(first)).all()


def test_none_of_a_few_is_not_surely_none() -> None:
    found = share(np.zeros(10, dtype=bool), resamples(range(10), 50, 0), 10)
    assert found.value == 0
    assert found.high == pytest.approx(0.3084971, abs=1e-6)


def test_too_few_clusters_have_no_interval() -> None:
    found = mean([0.0, 1, 1], resamples("aab", 50, 0), 2)
    assert found.value == pytest.approx(2 / 3)
    assert np.isnan(found.low)
    assert not mean([], np.ones((5, 0)), 0).stated
    with pytest.raises(InputError, match="clusters"):
        resamples([], 5, 0)


def test_the_same_seed_gives_the_same_resamples() -> None:
    np.testing.assert_array_equal(resamples("abc", 9, 4), resamples("abc", 9, 4))
    assert (resamples("abc", 9, 4) != resamples("abc", 9, 5)).any()
    with pytest.raises(InputError, match="resamples"):
        resamples("abc", 0, 1)
