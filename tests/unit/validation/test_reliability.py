"""Calibration against plain counting, and on predictions that keep their word exactly."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tautband.base.errors import InputError
from tautband.validation.reliability import BINS, Calibration, calibration


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
        [np.array(p, dtype=float) for p in predicted],
        [np.array(t, dtype=bool) for t in truth],
        times=40,
        seed=1,
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
    assert found.error.value == pytest.approx(error)
    assert found.brier.value == pytest.approx(brier)
    for k, share in top.items():
        assert found.top[k].value == pytest.approx(share)
    assert found.patients == len(patients)
    assert sum(b.count for b in found.bins) == sum(map(len, predicted))


def test_predictions_that_keep_their_word_have_no_error() -> None:
    predicted = [[0.25] * 4, [0.75] * 4, [0.0] * 4, [1.0] * 4]
    truth = [[True, False, False, False], [True, True, True, False], [False] * 4, [True] * 4]
    found = measured(predicted, truth)
    assert found.error.value == 0
    assert all(b.predicted == b.observed.value for b in found.bins)
    assert [b.count for b in found.bins] == [4, 4, 4, 4]


def test_boasting_is_measured() -> None:
    found = measured([[0.9] * 10], [[True] * 5 + [False] * 5])
    assert found.error.value == pytest.approx(0.4)
    (only,) = found.bins
    assert (only.low, only.high, only.count) == (0.9, 1.0, 10)
    assert only.predicted == pytest.approx(0.9)
    assert only.observed.value == 0.5


def test_ranks_count_the_inactive_ones_above() -> None:
    found = measured([[0.9, 0.5, 0.4, 0.3, 0.2, 0.1]], [[False, True, False, True, False, False]])
    # The two active ones stand first and second beyond each other: below one and two inactive.
    assert {k: v.value for k, v in found.top.items()} == {1: 0.0, 3: 1.0, 5: 1.0}


def test_nobody_active_has_no_ranks() -> None:
    found = measured([[0.1, 0.2]], [[False, False]])
    assert not any(share.stated for share in found.top.values())
    assert not found.mrr.stated
    assert not found.skill.stated


def test_the_parts_of_the_brier_score_add_up() -> None:
    # Six predictions in two bins, by hand: base rate 1/2, bins 0.25 (1 of 3) and 0.7 (2 of 3).
    found = measured([[0.25, 0.25, 0.25, 0.7, 0.7, 0.7]], [[True, False, False, True, True, False]])
    parts = found.parts
    assert parts.uncertainty == pytest.approx(0.25)
    assert parts.reliability == pytest.approx(((0.25 - 1 / 3) ** 2 + (0.7 - 2 / 3) ** 2) / 2)
    assert parts.resolution == pytest.approx(((1 / 3 - 1 / 2) ** 2 + (2 / 3 - 1 / 2) ** 2) / 2)
    assert parts.rest == pytest.approx(0, abs=1e-12)
    assert found.brier.value == pytest.approx((0.75**2 + 2 * 0.25**2 + 2 * 0.3**2 + 0.7**2) / 6)
    assert found.skill.value == pytest.approx(1 - found.brier.value / 0.25)


def test_skill_is_one_for_an_oracle_and_zero_for_the_base_rate() -> None:
    truth = [[True, False, False, False]] * 6
    assert measured([[1.0, 0, 0, 0]] * 6, truth).skill.value == pytest.approx(1)
    assert measured([[0.25] * 4] * 6, truth).skill.value == pytest.approx(0)


def test_the_error_by_chance_alone_shrinks_with_the_number_of_predictions() -> None:
    few = measured([[0.3] * 10], [[True] * 3 + [False] * 7]).error_by_chance
    many = measured([[0.3] * 10] * 90, [[True] * 3 + [False] * 7] * 90).error_by_chance
    # The mean distance of a binomial share from p is about sqrt(2 p (1 - p) / (pi n)).
    assert few == pytest.approx((2 * 0.21 / np.pi / 10) ** 0.5, rel=0.25)
    assert many == pytest.approx((2 * 0.21 / np.pi / 900) ** 0.5, rel=0.25)


def test_the_interval_of_the_error_holds_it() -> None:
    random = np.random.default_rng(4)
    predicted = [random.random(30) for _ in range(80)]
    truth = [random.random(30) < p for p in predicted]
    found = calibration(predicted, truth, times=300, seed=2)
    assert found.brier.low < found.brier.value < found.brier.high
    assert found.skill.low < found.skill.value < found.skill.high
    assert found.error.low < 2 * found.error.value


def test_no_patient_is_refused() -> None:
    with pytest.raises(InputError, match="predictions"):
        calibration([], [])


def test_patients_without_an_active_muscle_do_not_count_for_ranks() -> None:
    found = measured([[0.9, 0.1]] * 6 + [[0.2, 0.1]] * 6, [[True, False]] * 6 + [[False] * 2] * 6)
    assert found.top[1].value == 1
    # The exact interval of 6 of 6, not of 12 of 12.
    assert found.top[1].low == pytest.approx(0.025 ** (1 / 6))
