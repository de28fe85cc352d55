"""Made-up courses, from worlds that agree with the model of the response and that do not.

Nothing here comes from a person.  Each course is computed day by day and session by session, in the
plainest way, so that it also checks the model's quick sums.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import exp
from statistics import fmean, median

import numpy as np

from tautband.response.course import Course, Outcome, Score, Session
from tautband.response.numbers import Number, load_numbers

WEEK = 7.0


@dataclass(frozen=True)
class CourseWorld:
    """What is true of made-up courses.  Points are of 0-10.

    ``benefit``: of a usual course of six weekly sessions; ``None`` draws it from the prior.
    ``expectation``: from the first session on, whatever the needle does; ``None`` draws it.
    ``share``, ``half_life``: recovery without needling; ``None`` draws it.
    ``flare``: points of a sudden flare of about ten days at a random day.
    ``bad_start``: points above the usual level on the first day, halved every three days.
    ``bad_days_only``: answers come on days that are worse than usual.
    ``memory``: correlation of the noise of neighbouring days.
    """

    name: str
    benefit: float | None = 0.0
    expectation: float | None = 0.0
    share: float | None = None
    half_life: float | None = None
    flare: float = 0.0
    bad_start: float = 0.0
    bad_days_only: bool = False
    memory: float = 0.0


@dataclass(frozen=True)
class Design:
    """When is asked and needled.  Day 0 is the first session.

    ``baseline``: days asked before it.  ``answered``: chance that a day has a score.
    """

    baseline: int = 14
    weeks: int = 12
    sessions: int = 6
    every: float = 7.0
    answered: float = 0.6
    planned: int = 6


@dataclass(frozen=True)
class Truth:
    """What made a course."""

    start: float
    share: float
    half_life: float
    benefit: float
    build: float
    fade: float
    expectation: float
    soreness: float
    soreness_half_life: float
    soreness_slope: float
    twitch_slope: float
    noise: float


@dataclass(frozen=True)
class SyntheticCourse:
    """A course with the truth behind it."""

    course: Course
    truth: Truth
    world: str
    synthetic: bool = True


NO_BENEFIT = (
    CourseWorld("no benefit"),
    CourseWorld("expectation only", expectation=1.0),
    CourseWorld("sudden flare", flare=3.0),
    CourseWorld("starts on a bad day", bad_start=3.0),
    CourseWorld("answers on bad days only", bad_days_only=True),
    CourseWorld("quick recovery", share=0.85, half_life=3.0),
)
# Beyond what the rule was set for: told, so that nobody believes more than it can do.
HARDER = (
    CourseWorld("harder: noise with memory 0.5", memory=0.5),
    CourseWorld("harder: expectation of 2 points", expectation=2.0),
)
BENEFIT = tuple(
    CourseWorld(f"benefit {points}", benefit=float(points), expectation=None)
    for points in (1, 2, 3)
)


def courses(
    world: CourseWorld, count: int, seed: int, design: Design | None = None
) -> Iterator[SyntheticCourse]:
    """``count`` courses; the same seed gives the same courses."""
    rng = np.random.default_rng([seed, *world.name.encode()])
    for _ in range(count):
        yield _one(world, design or Design(), rng)


def cut(course: Course, day: float) -> Course:
    """What was known at a day; scores and sessions after it are gone."""
    outcomes = tuple(
        replace(one, scores=tuple(s for s in one.scores if s.day <= day)) for one in course.outcomes
    )
    sessions = tuple(s for s in course.sessions if s.day <= day)
    return replace(course, outcomes=outcomes, sessions=sessions, today=day)


def _one(world: CourseWorld, design: Design, rng: np.random.Generator) -> SyntheticCourse:
    truth = draw_truth(world, rng)
    sessions = tuple(
        Session(
            design.every * i,
            int(rng.integers(2, 7)),
            int(rng.integers(4, 21)),
            int(rng.integers(0, 8)) if rng.random() < 0.7 else None,
        )
        for i in range(design.sessions)
    )
    days = np.arange(-design.baseline, 7 * design.weeks + 1, dtype=float)
    level = np.array([burden(truth, sessions, day, float(days[0])) for day in days])
    level = level + disturbance(world, days, rng)
    noise = day_noise(world, len(days), truth.noise, rng)
    asked = rng.random(len(days)) < design.answered
    if world.bad_days_only:
        asked &= noise > 0
    asked[0] = True  # a record begins with a score
    scores = tuple(
        Score(float(day), float(np.clip(np.round(value), 0, 10)))
        for day, value in zip(days[asked], (level + noise)[asked], strict=True)
    )
    course = Course((Outcome("pain", scores),), sessions, design.planned, synthetic=True)
    return SyntheticCourse(course, truth, world.name)


def burden(truth: Truth, sessions: tuple[Session, ...], day: float, begin: float) -> float:
    """The mean score on a day: the model's equation, written out session by session."""
    recovered = 1 - 2 ** (-(day - begin) / (WEEK * truth.half_life))
    level = truth.start * (1 - truth.share * recovered)
    usual = sum(_standing(truth, WEEK * j) for j in range(1, 7))
    twitches = [s.ltr for s in sessions if s.ltr is not None]
    loads = [s.insertions for s in sessions if s.insertions is not None]
    mean_ltr = fmean(twitches) if twitches else 0.0
    middle_ltr = median(twitches) if twitches else 0.0
    middle_load = median(loads) if loads else 0.0
    for number, session in enumerate(sessions):
        gap = day - session.day
        if gap <= 0:
            continue
        standing = _standing(truth, gap)
        level -= truth.benefit / usual * standing
        beyond = 0.0 if session.ltr is None else session.ltr - mean_ltr
        level -= truth.twitch_slope * beyond * standing
        if number == 0:
            level -= truth.expectation * standing
        excess = 0.0 if session.insertions is None else session.insertions - middle_load
        excess += 0.0 if session.ltr is None else session.ltr - middle_ltr
        excess = min(20.0, max(-5.0, excess))
        sore = 2 ** (-gap * 24 / truth.soreness_half_life)
        level += truth.soreness * (1 + truth.soreness_slope * excess) * sore
    return level


def _standing(truth: Truth, gap: float) -> float:
    built = 1 - exp(-3 * gap / truth.build)
    return built * float(2 ** (-gap / (WEEK * truth.fade)))


def draw_truth(world: CourseWorld, rng: np.random.Generator) -> Truth:
    """What makes a course, drawn from the priors and what the world says."""
    numbers = load_numbers()

    def normal(key: str) -> float:
        return float(rng.normal(numbers[key].value, numbers[key].sd))

    def positive(key: str) -> float:
        return _positive(numbers[key], rng)

    drawn = Truth(
        start=normal("baseline_mean"),
        share=normal("recovery_share"),
        half_life=positive("recovery_half_life"),
        benefit=normal("benefit_over_sham"),
        build=positive("benefit_days"),
        fade=positive("benefit_fade"),
        expectation=normal("expectation"),
        soreness=normal("soreness_peak"),
        soreness_half_life=positive("soreness_half_life"),
        soreness_slope=positive("soreness_per_insertion"),
        twitch_slope=normal("twitch_slope"),
        noise=positive("noise_sd"),
    )
    told = {
        name: value
        for name in ("benefit", "expectation", "share", "half_life")
        if (value := getattr(world, name)) is not None
    }
    if world.benefit is not None:
        # A world with a stated benefit: people with enough pain to be treated, and no hidden slope.
        told |= {"twitch_slope": 0.0, "start": float(np.clip(drawn.start, 4.0, 9.0))}
    return replace(drawn, **told)


def _positive(number: Number, rng: np.random.Generator) -> float:
    mean, sd = number.log_normal
    return float(np.exp(rng.normal(mean, sd)))


def disturbance(world: CourseWorld, days: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """What a world adds to the level on each of these days."""
    extra = world.bad_start * 2 ** (-(days - days[0]) / 3)
    if world.flare:
        since = days - rng.uniform(days[0], days[-1])
        extra = extra + np.where((since >= 0) & (since < 10), world.flare * (1 - since / 10), 0.0)
    found: np.ndarray = extra
    return found


def day_noise(world: CourseWorld, count: int, sd: float, rng: np.random.Generator) -> np.ndarray:
    """Noise of each of so many scores, neighbours related as the world says."""
    fresh = rng.standard_normal(count)
    noise = fresh.copy()
    for i in range(1, count):
        noise[i] = world.memory * noise[i - 1] + np.sqrt(1 - world.memory**2) * fresh[i]
    found: np.ndarray = sd * noise
    return found
