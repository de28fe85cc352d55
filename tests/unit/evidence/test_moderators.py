"""What goes with the effect: one row a trial, nothing worked out of too few."""

from typing import Any

import msgspec
import pytest

from tautband.base.errors import InputError
from tautband.evidence.moderators import CLASSES, Moderators, class_of, moderators, pain_rows
from tautband.evidence.trials import ArmRow, Result, Trial, load_trials


def made(number: int, mean: float, weeks: float = 6.0, **more: Any) -> Trial:
    row = Result(
        outcome="pain",
        measure="NPRS",
        better="lower",
        scale=(0, 10),
        weeks=weeks,
        needled=ArmRow(mean=mean, n=20 + number, sd=2.0),
        others=(ArmRow(mean=5.0, n=20 + number, sd=2.0),),
        place="made up",
        source="trial_sterling2015",
    )
    trial = Trial(
        id=f"made{number:02}",
        name=f"Made up {number}",
        conditions=("neck_pain",),
        people="made up",
        comparator="sham",
        comparator_text="made up",
        technique="made up",
        design="alone",
        results=(row,),
    )
    return msgspec.structs.replace(trial, **more)


def test_the_shipped_trials_count_once_and_fall_into_classes() -> None:
    found = moderators(load_trials().values())
    names = [u.trial.id for u in found.rows]
    assert len(names) == len(set(names)) >= 9
    assert sum(len(one.trials) for one in found.classes) == len(names)
    for one in found.classes:
        assert one.pool is None or one.pool.k == len(one.trials)


def test_too_few_trials_give_a_reason_instead_of_a_slope() -> None:
    found = moderators([made(n, 4.0) for n in range(5)])
    assert all(s.regression is None and "asked for" in s.why_not for s in found.slopes)
    assert found.small_study is None
    assert "fewer than 10" in found.why_no_small_study


def slope_of(found: Moderators, feature: str) -> float:
    (slope,) = [s for s in found.slopes if s.feature == feature]
    assert slope.regression
    return slope.regression.coefficients[1].estimate


def test_a_true_slope_on_weeks_is_found() -> None:
    # The effect shrinks by 0.1 point a week.
    weeks = [1.0 + n for n in range(12)]
    trials = [made(n, 3.0 + 0.1 * w, w) for n, w in enumerate(weeks)]
    assert slope_of(moderators(trials), "weeks") == pytest.approx(0.1, abs=1e-6)


def test_a_dose_that_never_differs_has_no_slope_but_a_reason() -> None:
    found = moderators([made(n, 3.0 + n / 10, sessions=6) for n in range(12)])
    (sessions,) = [s for s in found.slopes if s.feature == "sessions"]
    assert sessions.regression is None
    assert "twice" in sessions.why_not


def test_classes_tell_instead_of_from_added() -> None:
    assert class_of(made(0, 4.0)) == CLASSES[0]
    assert class_of(made(0, 4.0, comparator="exercise", design="added")) == CLASSES[1]
    assert class_of(made(0, 4.0, comparator="exercise")) == CLASSES[2]
    assert class_of(made(0, 4.0, comparator="injection")) == CLASSES[3]


def test_the_row_nearest_week_six_is_taken() -> None:
    late, near = made(0, 4.0, 20.0), made(0, 3.0, 7.0)
    both = msgspec.structs.replace(late, results=(*late.results, *near.results))
    (row,) = pain_rows([both])
    assert row.result.weeks == 7.0


def test_no_rows_are_refused() -> None:
    with pytest.raises(InputError, match="no row on pain"):
        moderators([])
