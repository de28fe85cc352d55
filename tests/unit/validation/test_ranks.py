"""Ranks with ties, their summary, and chance, against counting every order."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tautband.base.errors import InputError
from tautband.validation.intervals import resamples
from tautband.validation.ranks import NOT_FOUND, TOPS, best_rank, chance, difference, summary

SCORES = st.lists(st.integers(0, 2), min_size=2, max_size=6)


@pytest.mark.parametrize(
    ("scores", "right", "rank"),
    [
        ({"a": 3, "b": 2, "c": 1}, ["a"], 1),
        ({"a": 3, "b": 2, "c": 1}, ["c"], 3),
        ({"a": 3, "b": 2, "c": 1}, ["b", "c"], 2),
        ({"a": 1, "b": 1, "c": 1}, ["a"], 2),
        ({"a": 1, "b": 1, "c": 1}, ["a", "b"], 4 / 3),
        ({"a": 1, "b": 1, "c": 1}, ["a", "b", "c"], 1),
        ({"a": 5, "b": 0, "c": 0}, ["b"], 2.5),
    ],
)
def test_the_rank_of_the_best_right_one(
    scores: dict[str, float], right: list[str], rank: float
) -> None:
    assert best_rank(scores, right) == pytest.approx(rank)


@given(SCORES, st.data())
def test_ties_count_as_the_mean_over_all_orders(values: list[int], data: st.DataObject) -> None:
    names = [str(i) for i in range(len(values))]
    right = data.draw(st.sets(st.sampled_from(names), min_size=1))
    scores = dict(zip(names, values, strict=True))
    ranks = []
    for order in permutations(names):
        best_first = sorted(order, key=lambda n: -scores[n])
        ranks.append(1 + min(best_first.index(n) for n in right))
    assert best_rank(scores, right) == pytest.approx(np.mean(ranks))


def test_a_muscle_without_a_score_is_refused() -> None:
    with pytest.raises(InputError, match="no score"):
        best_rank({"a": 1.0}, ["b"])


def test_the_summary_by_hand() -> None:
    ranks = [1, 2, 4, 11, NOT_FOUND]
    found = summary(ranks, resamples(range(5), 100, 0), 5)
    assert {k: v.value for k, v in found.top.items()} == {1: 0.2, 3: 0.4, 5: 0.6, 10: 0.6}
    assert found.mrr.value == pytest.approx((1 + 1 / 2 + 1 / 4 + 1 / 11) / 5)


def test_the_difference_is_paired() -> None:
    weights = resamples(range(6), 200, 0)
    same = difference([1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6], weights, 6)
    assert all((e.value, e.low, e.high) == (0, 0, 0) for e in same.top.values())
    better = difference([1] * 6, [2] * 6, weights, 6)
    assert better.top[1].value == 1
    assert better.mrr.value == pytest.approx(0.5)
    assert better.mrr.low == pytest.approx(0.5)


@pytest.mark.parametrize(("total", "right"), [(12, 1), (12, 3), (5, 5), (11, 2)])
def test_chance_is_what_random_orders_reach(total: int, right: int) -> None:
    random = np.random.default_rng(0)
    drawn = [1 + int(random.permutation(total)[:right].min()) for _ in range(20000)]
    found = chance(total, [right])
    for k in TOPS:
        assert found.top[k] == pytest.approx(np.mean([d <= k for d in drawn]), abs=0.015)
    assert found.mrr == pytest.approx(np.mean([1 / d for d in drawn]), abs=0.01)
