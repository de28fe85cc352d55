"""The equation of a course against the plain one, and the likelihood against its definition."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from tautband.response.collapse import Collapsed
from tautband.response.course import Course, Outcome, Score, Session
from tautband.response.fit import fit
from tautband.response.likelihood import Observed, Scores, interval_chance
from tautband.response.mode import likelihood_slopes, log_posterior, mode, slopes
from tautband.response.model import Model
from tautband.response.numbers import load_numbers
from tautband.response.shape import Clock, dose
from tautband.synthetic.course_checks import AS_BELIEVED, _z
from tautband.synthetic.courses import Design, burden, courses
from tests.unit.response.made import BASELINE, WEEKLY, course


@pytest.mark.parametrize("baseline", [0, 14])
def test_the_quick_sums_equal_the_plain_equation(baseline: int) -> None:
    for made in courses(AS_BELIEVED, 5, 1, Design(baseline=baseline)):
        model = Model(made.course)
        found = model.burden(model.values(_z(model, made)[None]), 0, model.clocks[0])[0]
        plain = [
            burden(made.truth, made.course.sessions, s.day, made.course.start)
            for s in made.course.outcomes[0].scores
        ]
        assert found == pytest.approx(plain, abs=1e-12)


@given(
    st.lists(st.floats(0, 80), min_size=1, max_size=8),
    st.lists(st.floats(-10, 90), min_size=1, max_size=20),
    st.floats(0.001, 3),
)
def test_decayed_sums_for_any_sessions(days: list[float], times: list[float], rate: float) -> None:
    given_days = dose(sorted(days), [None] * len(days), [None] * len(days))
    clock = Clock(np.array(sorted(times)), given_days)
    found = clock.decayed([np.array([rate])], np.ones((len(days), 1)), np.ones((1, 1)))[0][0]
    plain = [sum(np.exp(-rate * (t - d)) for d in days if d < t) for t in sorted(times)]
    assert found == pytest.approx(plain, rel=1e-9, abs=1e-12)


@given(st.floats(-3, 13), st.floats(0.2, 4))
@settings(deadline=None)
def test_chances_of_all_scores_add_up_to_one(mean: float, sd: float) -> None:
    middle = np.arange(11.0)
    low = np.where(middle == 0, -np.inf, middle - 0.5)
    high = np.where(middle == 10, np.inf, middle + 0.5)
    found = interval_chance(np.array(mean), np.array(sd), Observed(middle, low, high))
    assert found.sum() == pytest.approx(1, abs=1e-9)
    assert found[10] == pytest.approx(norm.sf(9.5, mean, sd), rel=1e-6, abs=1e-12)
    assert found[0] == pytest.approx(norm.cdf(0.5, mean, sd), rel=1e-6, abs=1e-12)


def test_a_chance_far_in_the_upper_tail_keeps_its_digits() -> None:
    seen = Observed(np.zeros(1), np.array([9.5]), np.array([np.inf]))
    found = interval_chance(np.array(1.0), np.array(0.5), seen)
    assert found[0] == pytest.approx(norm.sf(17), rel=1e-9)


@given(
    st.lists(st.tuples(st.integers(0, 10), st.floats(-2, 12)), min_size=1, max_size=9),
    st.sampled_from([0.1, 1.0, 2.0]),
    st.floats(0.15, 4),
)
@example([(1, 6.0)], 1.0, 0.5)
@settings(deadline=None)
def test_the_quick_log_chance_is_that_of_the_definition(
    scores: list[tuple[int, float]], step: float, sd: float
) -> None:
    middle = np.array([float(value) for value, _ in scores])
    low = np.where(middle == 0, -np.inf, middle - step / 2)
    high = np.where(middle == 10, np.inf, middle + step / 2)
    seen = Observed(middle, low, high)
    mean = np.array([burden for _, burden in scores])
    exact = np.log(interval_chance(mean, np.array(sd), seen))
    found = Scores(seen).log_chance(mean[:, None], np.array([sd]))[0]
    far = np.abs(middle - mean) > 6 * sd
    off = np.where(far, 2e-3 * np.abs(exact) + 1e-9, 2.1e-4).sum()
    # Where the definition stops at its floor, the quick one goes on downhill.
    floor = np.log(1e-290)
    assert found == pytest.approx(exact.sum(), abs=off) or (found < floor and exact.min() < floor)


@pytest.mark.parametrize("outcomes", [1, 2])
def test_the_line_given_the_rest_is_the_burden_and_its_normal_is_right(outcomes: int) -> None:
    """Columns against the equation; mean and precision against the solved normal equations."""
    made = next(courses(AS_BELIEVED, 1, 3, Design()))
    first = made.course.outcomes[0]
    other = Outcome("function", first.scores[::2], pain=False)
    model = Model(replace(made.course, outcomes=(first, other)[:outcomes]))
    at, _ = mode(model)
    collapsed = Collapsed(model, at)
    z = np.random.default_rng(2).standard_normal((4, model.size))
    v = model.values(z)
    lines = collapsed.lines(v)
    for k, line in enumerate(lines):
        plain = model.burden(v, k, model.clocks[k]).T
        assert line.burden(z[:, collapsed.linear].T) == pytest.approx(plain, abs=2e-5)
    exact = log_posterior(model, z)
    assert collapsed.log_posterior(z, v, lines) == pytest.approx(exact, rel=1e-6, abs=1e-3)
    # At the mode the gradient is 0, so the normal that stands for the likelihood peaks there too.
    v = model.values(at[None])
    mean, root = collapsed.given(v, collapsed.lines(v))
    assert mean[:, 0] == pytest.approx(at[collapsed.linear], abs=0.15)
    _, _, precision = slopes(model, at)
    here = root[:, :, 0] @ root[:, :, 0].T
    assert here == pytest.approx(precision[np.ix_(collapsed.linear, collapsed.linear)], rel=0.02)


def test_the_slopes_of_the_likelihood_are_its_derivatives() -> None:
    low, high = np.array([-np.inf, 2.5, 9.5]), np.array([0.5, 3.5, np.inf])

    def log_chance(mean: float, log_sd: float) -> np.ndarray:
        sd = np.exp(log_sd)
        chance: np.ndarray = np.log(norm.cdf(high, mean, sd) - norm.cdf(low, mean, sd))
        return chance

    h, mean, log_sd = 1e-4, 4.2, 0.3
    told, first, second = likelihood_slopes(np.full(3, mean), np.exp(log_sd), low, high)
    assert told == pytest.approx(log_chance(mean, log_sd))
    by_mean = (log_chance(mean + h, log_sd) - log_chance(mean - h, log_sd)) / (2 * h)
    by_sd = (log_chance(mean, log_sd + h) - log_chance(mean, log_sd - h)) / (2 * h)
    assert first == pytest.approx(np.stack([by_mean, by_sd]), rel=1e-5)
    middle = log_chance(mean, log_sd)
    mm = (log_chance(mean + h, log_sd) - 2 * middle + log_chance(mean - h, log_sd)) / h**2
    ss = (log_chance(mean, log_sd + h) - 2 * middle + log_chance(mean, log_sd - h)) / h**2
    assert second[0, 0] == pytest.approx(mm, rel=1e-3)
    assert second[1, 1] == pytest.approx(ss, rel=1e-3)


def test_the_mode_is_one() -> None:
    model = Model(course(BASELINE + [(float(d), 4.0) for d in range(1, 40, 2)], WEEKLY))
    z, _ = mode(model)
    value, gradient, _ = slopes(model, z)
    assert np.abs(gradient).max() < 0.3
    best = log_posterior(model, z[None])[0]
    assert value == pytest.approx(best, abs=1e-3)
    nearby = z + 0.5 * np.random.default_rng(1).standard_normal((200, model.size))
    assert (log_posterior(model, nearby) <= best + 1e-2).all()


def test_without_scores_to_speak_of_the_posterior_is_the_prior() -> None:
    one = Course((Outcome("pain", (Score(0, 5),)),), tuple(Session(d) for d in WEEKLY))
    posterior = fit(Model(one))
    v = posterior.model.values(posterior.z)
    prior = load_numbers()["benefit_over_sham"]
    assert posterior.mean(v.benefit[0]) == pytest.approx(prior.value, abs=0.08)
    assert posterior.sd(v.benefit[0]) == pytest.approx(prior.sd, rel=0.08)


@given(st.data())
@settings(deadline=None, max_examples=12)
def test_any_course_has_a_finite_posterior(data: st.DataObject) -> None:
    """Constant, extreme and crowded records on coarse and fine scales."""
    high, step = data.draw(st.sampled_from([(10.0, 1.0), (100.0, 1.0), (2500.0, 0.01)]))
    shares = data.draw(st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=1, max_size=40))
    days = data.draw(st.lists(st.floats(-20, 80), min_size=len(shares), max_size=len(shares)))
    given_days = data.draw(st.lists(st.floats(0, 80), max_size=6))
    scores = tuple(Score(d, high * s) for d, s in zip(days, shares, strict=True))
    outcome = Outcome("pain", scores, 0, high, step, important=high / 5)
    sessions = tuple(Session(d, 4, data.draw(st.integers(0, 60)), None) for d in given_days)
    posterior = fit(Model(Course((outcome,), sessions)))
    assert np.isfinite(posterior.z).all()
    assert posterior.weights.sum() == pytest.approx(1)
    assert (posterior.weights >= 0).all()


def test_twitches_that_were_not_assessed_are_not_none() -> None:
    told = [(float(d), 5.0) for d in range(0, 43, 2)]

    def with_twitches(counts: list[int | None]) -> Model:
        sessions = tuple(Session(d, 4, 10, n) for d, n in zip(WEEKLY, counts, strict=True))
        return Model(Course((Outcome("pain", tuple(Score(*s) for s in told)),), sessions))

    unknown = with_twitches([None] * 6)
    some = with_twitches([4, None, 4, None, 4, None])
    none_seen = with_twitches([4, 0, 4, 0, 4, 0])
    assert (unknown.given.twitches == 0).all()
    assert (some.given.twitches == 0).all()
    assert (none_seen.given.twitches != 0).any()


def test_twitches_teach_nothing_by_themselves() -> None:
    """The slope on benefit is centred at zero, and stays there when nothing speaks for one."""
    assert load_numbers()["twitch_slope"].value == 0
    for made in courses(AS_BELIEVED, 3, 5, Design()):
        posterior = fit(Model(made.course))
        slope = posterior.model.values(posterior.z).twitch_slope
        assert abs(posterior.mean(slope)) < 0.05


def test_the_same_course_gives_the_same_answer() -> None:
    one = course([*BASELINE, (10.0, 4.0), (20.0, 3.0)], WEEKLY)
    first, second = fit(Model(one)), fit(Model(one))
    assert (first.z == second.z).all()
    assert (first.weights == second.weights).all()


def test_a_second_outcome_that_improves_too_adds_to_what_is_known() -> None:
    pain = Outcome("pain", tuple(Score(float(d), v) for d, v in _fall()))
    function = Outcome(
        "function",
        tuple(Score(d, 10 * v) for d, v in _fall()),
        0,
        100,
        better="lower",
        important=20,
        pain=False,
    )
    sessions = tuple(Session(d) for d in WEEKLY)
    alone = fit(Model(Course((pain,), sessions)))
    both = fit(Model(Course((pain, function), sessions)))
    spread = [p.sd(p.model.values(p.z).benefit[0]) for p in (alone, both)]
    assert spread[1] < spread[0]


def _fall() -> list[tuple[float, float]]:
    return [(float(d), float(round(6 - max(0, min(d, 42)) / 14))) for d in range(-14, 60, 2)]


def test_higher_is_better_is_the_mirror_image() -> None:
    pain = Outcome("a", tuple(Score(d, v) for d, v in _fall()), pain=False)
    mirror = Outcome("b", tuple(Score(d, 10 - v) for d, v in _fall()), better="higher", pain=False)
    sessions = tuple(Session(d) for d in WEEKLY)
    means = []
    for one in (pain, mirror):
        p = fit(Model(Course((one,), sessions)))
        means.append(p.mean(p.model.values(p.z).benefit[0]))
    assert means[0] == pytest.approx(means[1], abs=1e-9)
