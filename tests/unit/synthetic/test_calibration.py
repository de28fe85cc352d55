"""Calibration against plain counting, and on predictions that keep their word exactly."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tautband.synthetic.calibration import BINS, Calibration, calibration


def naive(
    predicted: list[list[float]], truth: list[list[bool]]
) -> tuple[float, float, dict[int, float]]:
    """Expected calibration error, Brier score and ranks, by counting."""
    patients = [list(zip(ps, ts, strict=True)) for ps, ts in zip(predicted, truth, strict=True)]
    pairs = [pair for one in patients for pair in one]
    brier = sum((p - t) ** 2 for p, t in pairs) / len(pairs)
    off, told = 0.0, 0
    for low, high in pairwise(BINS):
        here = [(p, t) for p, t in pairs if low <= p < high or (high == 1 == p)]
        if here and low >= 0.02:
            mean_p = sum(p for p, _ in here) / len(here)
            mean_t = sum(t for _, t in here) / len(here)
            off += len(here) * abs(mean_p - mean_t)
            told += len(here)
    ranks = [
        1 + sum(q > p for q, other in one if not other) for one in patients for p, t in one if t
    ]
    top = {k: sum(r <= k for r in ranks) / len(ranks) for k in (1, 3, 5)} if ranks else {}
    return (off / told if told else 0.0), brier, top


def measured(predicted: list[list[float]], truth: list[list[bool]]) -> Calibration:
    return calibration(
        [np.array(p, dtype=float) for p in predicted], [np.array(t, dtype=bool) for t in truth]
    )


patient = st.lists(
    st.tuples(st.sampled_from([0.0, 0.01, 0.02, 0.07, 0.2, 0.35, 0.6, 0.9, 1.0]), st.booleans()),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(patient, min_size=1, max_size=5))
def test_it_counts_what_plain_counting_counts(patients: list[list[tuple[float, bool]]]) -> None:
    predicted = [[p for p, _ in one] for one in patients]
    truth = [[t for _, t in one] for one in patients]
    found = measured(predicted, truth)
    error, brier, top = naive(predicted, truth)
    assert found.error == pytest.approx(error)
    assert found.brier == pytest.approx(brier)
    assert found.top == {k: pytest.approx(v) for k, v in top.items()}
    assert found.patients == len(patients)
    assert sum(b.count for b in found.bins) == sum(map(len, predicted))


def test_predictions_that_keep_their_word_have_no_error() -> None:
    predicted = [[0.25] * 4, [0.75] * 4, [0.0] * 4, [1.0] * 4]
    truth = [[True, False, False, False], [True, True, True, False], [False] * 4, [True] * 4]
    found = measured(predicted, truth)
    assert found.error == 0
    assert all(b.predicted == b.observed for b in found.bins)
    assert [b.count for b in found.bins] == [4, 4, 4, 4]


def test_boasting_is_measured() -> None:
    found = measured([[0.9] * 10], [[True] * 5 + [False] * 5])
    assert found.error == pytest.approx(0.4)
    (only,) = found.bins
    assert (only.low, only.high, only.count) == (0.9, 1.0, 10)
    assert only.predicted == pytest.approx(0.9)
    assert only.observed == 0.5


def test_ranks_count_the_inactive_ones_above() -> None:
    found = measured([[0.9, 0.5, 0.4, 0.3, 0.2, 0.1]], [[False, True, False, True, False, False]])
    # The two active ones stand first and second beyond each other: below one and two inactive.
    assert found.top == {1: 0.0, 3: 1.0, 5: 1.0}


def test_nobody_active_has_no_ranks() -> None:
    assert measured([[0.1, 0.2]], [[False, False]]).top == {}
