"""Verdicts: what they answer, when they refuse to answer, and how often they err (short form)."""

from dataclasses import replace

import numpy as np
import pytest

from tautband.response.course import Course, Outcome, Score, Session
from tautband.response.fit import fit
from tautband.response.forecast import Forecast, forecast, further_days
from tautband.response.model import Model
from tautband.response.shape import Clock
from tautband.response.verdict import judge, load_rule, review
from tautband.synthetic.course_checks import (
    CHECKED,
    forecasts,
    simulation_based_calibration,
    verdicts,
)
from tautband.synthetic.courses import BENEFIT, NO_BENEFIT, CourseWorld, Design
from tests.unit.response.made import BASELINE, WEEKLY, course


def judged(one: Course) -> tuple[str, Forecast]:
    found = forecast(fit(Model(one)))
    return judge(found).answer, found


def steps(days: range, level: list[float]) -> list[tuple[float, float]]:
    """Scores that follow a level through the weeks, up and down by one."""
    return [
        (float(d), float(np.clip(round(level[min(d // 7, len(level) - 1)]) + (i % 3 - 1), 0, 10)))
        for i, d in enumerate(days)
    ]


def test_a_steady_fall_with_the_sessions_after_a_steady_baseline_is_working() -> None:
    one = course(BASELINE + steps(range(1, 60), [6, 5, 4, 3, 2, 1, 1]), WEEKLY)
    answer, found = judged(one)
    assert answer == "working"
    assert found.p_important_now > 0.9


def test_nothing_moves_is_not_working_and_stalled() -> None:
    one = course(BASELINE + steps(range(1, 43), [6]), WEEKLY)
    answer, found = judged(one)
    assert answer == "not_working"
    verdict = judge(found)
    due = review(found, one, verdict)
    assert due.kind == "now"
    assert due.stalled


def test_better_before_any_session_is_not_owed_to_the_needle() -> None:
    falling = [(float(d), float(round(8 - (d + 14) / 6))) for d in range(-14, 1)]
    later = [(float(d), float(max(1, round(5.7 - d / 10)))) for d in range(1, 43)]
    answer, _ = judged(course(falling + later, WEEKLY))
    assert answer in ("cannot_be_separated", "not_working")


@pytest.mark.parametrize(
    ("scores", "sessions", "why"),
    [
        (BASELINE, [], "no session"),
        ([*BASELINE, (3.0, 5.0), (9.0, 4.0)], [0.0], "fewer than 2 sessions"),
        ([*BASELINE, (3.0, 5.0), (9.0, 4.0)], [0.0, 7.0], "fewer than 14 days"),
        ([*BASELINE, (3.0, 5.0), (20.0, 4.0)], [0.0, 7.0, 14.0], "fewer than 4 scores"),
    ],
)
def test_too_early_says_what_is_missing(
    scores: list[tuple[float, float]], sessions: list[float], why: str
) -> None:
    verdict = judge(forecast(fit(Model(course(scores, sessions)))))
    assert verdict.answer == "too_early"
    assert why in verdict.why


def test_stopping_never_makes_an_important_change_likelier_where_the_needling_helps() -> None:
    one = course(BASELINE + steps(range(1, 22), [6, 5, 4]), WEEKLY[:3])
    _, found = judged(one)
    assert found.if_continued[-1].chance > found.if_stopped[-1].chance


def test_going_on_follows_the_plan_and_the_usual_interval() -> None:
    one = course([(0.0, 6.0), (15.0, 5.0)], [0.0, 7.0, 14.0], planned=5)
    days = further_days(one, 84)
    assert days == pytest.approx([21.0, 28.0])
    assert further_days(course([(0.0, 6.0), (36.0, 5.0)], WEEKLY), 60) == pytest.approx(
        [42.0, 49.0, 56.0]
    )


@pytest.mark.parametrize("given", [0, 2, 4])
def test_sessions_needed_are_those_of_the_courses_played_on(given: int) -> None:
    one = course(BASELINE + steps(range(1, 7 * given), [6, 6, 5, 5, 5]), WEEKLY[:given], planned=14)
    posterior = fit(Model(one))
    found = forecast(posterior, curves=False)
    model, kept = posterior.model, posterior.kept()
    ahead = further_days(one, 200)[:12]

    def level(day: float, count: int) -> np.ndarray:
        clock = Clock(
            np.array([day - model.start]), model.given.and_then(ahead[:count] - model.start)
        )
        return model.burden(kept, 0, clock, soreness=False)[:, 0]

    before = level(found.first, 0)
    chances = [np.mean(before - level(one.now, 0) >= 2)] + [
        np.mean(before - level(ahead[n - 1] + 7, n) >= 2) for n in range(1, len(ahead) + 1)
    ]
    likely = [n for n, chance in enumerate(chances) if chance >= 0.5]
    assert found.sessions_needed == (likely[0] if likely else None)


def test_a_plan_that_is_done_with_sessions_far_apart_has_none_to_come() -> None:
    one = course(BASELINE + steps(range(1, 64), [6, 5, 4]), [0.0, 60.0], planned=2)
    _, found = judged(one)
    assert found.if_continued == found.if_stopped
    assert found.sessions_needed in (0, None)


def test_the_prior_is_all_of_the_answer_before_scores_and_less_after() -> None:
    _, before = judged(course([(0.0, 6.0)], [0.0]))
    _, after = judged(course(BASELINE + steps(range(1, 60), [6, 5, 4, 4, 4]), WEEKLY))
    assert before.prior_share > 0.85
    assert after.prior_share < before.prior_share


def test_an_unrelated_day_zero_changes_nothing() -> None:
    one = course(BASELINE + steps(range(1, 40), [6, 5, 4]), WEEKLY)
    moved = Course(
        (
            replace(
                one.outcomes[0],
                scores=tuple(Score(s.day + 100, s.value) for s in one.outcomes[0].scores),
            ),
        ),
        tuple(Session(s.day + 100) for s in one.sessions),
        6,
    )
    a, b = judged(one)[1], judged(moved)[1]
    assert a.p_benefit == pytest.approx(b.p_benefit, abs=1e-9)


def test_a_scale_to_a_hundred_answers_as_one_to_ten() -> None:
    scores = BASELINE + steps(range(1, 40), [6, 5, 4])
    ten = course(scores, WEEKLY)
    hundred = Course(
        (Outcome("pain", tuple(Score(d, 10 * v) for d, v in scores), 0, 100, 10, important=20.0),),
        ten.sessions,
        6,
    )
    a, b = judged(ten)[1], judged(hundred)[1]
    assert a.p_benefit == pytest.approx(b.p_benefit, abs=1e-9)
    assert b.change == pytest.approx([10 * x for x in a.change])


# Short forms of `make course`: few courses, so the bounds are those of chance around the figures.


@pytest.mark.parametrize("world", NO_BENEFIT, ids=lambda w: w.name)
def test_working_is_rare_where_there_is_no_benefit(world: CourseWorld) -> None:
    (found,) = forecasts(world, (6,), 10, 5, Design()).values()
    assert verdicts(found).get("working", 0.0) <= 0.1


def test_working_is_said_more_often_the_larger_the_benefit() -> None:
    shares = []
    for world in (BENEFIT[0], BENEFIT[2]):
        (found,) = forecasts(world, (12,), 15, 5, Design()).values()
        shares.append(verdicts(found).get("working", 0.0))
    assert shares[1] >= 0.35
    assert shares[1] > shares[0]


def test_ranks_of_the_truth_are_flat() -> None:
    ranks = simulation_based_calibration(48, 3)
    for name in CHECKED:
        assert ranks.p_value(name, 6) > 0.001, name


def test_the_thresholds_are_chances() -> None:
    rule = load_rule()
    for name in ("sure_of_benefit", "sure_of_change", "hopeless", "unlikely", "likely"):
        assert 0 < getattr(rule, name) < 1
    assert rule.hopeless < rule.unlikely < rule.likely
