"""Checks of the model of one course on made-up ones: how verdicts err, whether ranks are flat."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import chi2

from tautband.response.fit import fit
from tautband.response.forecast import Forecast, forecast
from tautband.response.model import Model
from tautband.response.shape import Clock, Floats
from tautband.response.verdict import Rule, judge
from tautband.synthetic.courses import CourseWorld, Design, SyntheticCourse, courses, cut

WEEK = 7.0
LATER = 42.0
AS_BELIEVED = CourseWorld("as the model believes", benefit=None, expectation=None)
CHECKED = (
    "benefit",
    "start",
    "share",
    "half_life",
    "expectation",
    "noise",
    "level_now",
    "level_later",
)


def forecasts(
    world: CourseWorld, weeks: Sequence[int], count: int, seed: int, design: Design
) -> dict[int, list[Forecast]]:
    """Forecasts of ``count`` courses, each as it was known after so many weeks."""
    found: dict[int, list[Forecast]] = {week: [] for week in weeks}
    for made in courses(world, count, seed, design):
        for week in weeks:
            model = Model(cut(made.course, week * WEEK))
            found[week].append(forecast(fit(model), curves=False))
    return found


def verdicts(found: Sequence[Forecast], rule: Rule | None = None) -> Mapping[str, float]:
    """Share of each verdict."""
    counted = Counter(judge(one, rule).answer for one in found)
    return {answer: number / len(found) for answer, number in counted.items()}


def ever_working(found: Mapping[int, Sequence[Forecast]], rule: Rule | None = None) -> float:
    """Share of courses that were called working at any of the looks."""
    looks = [[judge(one, rule).answer == "working" for one in at] for at in found.values()]
    return float(np.mean(np.any(looks, axis=0)))


@dataclass(frozen=True, eq=False)
class Ranks:
    """Where the truth fell among the posterior draws, 0 to 1: (replicates,) for each quantity."""

    by_name: Mapping[str, Floats]

    def histogram(self, name: str, bins: int) -> list[int]:
        """Counts in equal bins."""
        counts, _ = np.histogram(self.by_name[name], bins, (0.0, 1.0))
        return [int(c) for c in counts]

    def p_value(self, name: str, bins: int) -> float:
        """Chi-square test of a flat histogram."""
        counts = np.array(self.histogram(name, bins), float)
        expected = counts.sum() / bins
        return float(chi2.sf(((counts - expected) ** 2 / expected).sum(), bins - 1))


def simulation_based_calibration(count: int, seed: int) -> Ranks:
    """Draw truths from the prior, make courses, and rank each truth in its posterior.

    Courses with and without baseline are judged after 3, 6 and 12 weeks in turn, each made to end
    there: what is usual for a patient (insertions, twitches) is then the same in truth and model.
    Talts et al. 2018, arXiv:1804.06788.
    """
    ranks: dict[str, list[float]] = {name: [] for name in CHECKED}
    stages = [(14, 3), (0, 3), (14, 6), (0, 6), (14, 12), (0, 12)]
    streams = [
        courses(
            AS_BELIEVED,
            count,
            seed + number,
            Design(baseline=baseline, weeks=week, sessions=min(6, week + 1)),
        )
        for number, (baseline, week) in enumerate(stages)
    ]
    for number in range(count):
        which = number % len(stages)
        for name, rank in _ranks(next(streams[which]), stages[which][1] * WEEK).items():
            ranks[name].append(rank)
    return Ranks({name: np.array(values) for name, values in ranks.items()})


def _ranks(made: SyntheticCourse, day: float) -> dict[str, float]:
    course = cut(made.course, day)
    model = Model(course)
    posterior = fit(model)
    v = model.values(posterior.z)
    at = np.array([course.now, course.now + LATER]) - course.start
    level = model.burden(v, 0, Clock(at, model.given), soreness=False)
    drawn = {
        "benefit": v.benefit[0],
        "start": v.start[0],
        "share": v.share[0],
        "half_life": v.half_life_days / WEEK,
        "expectation": v.expectation,
        "noise": v.noise[0],
        "level_now": level[:, 0],
        "level_later": level[:, 1],
    }
    # What the cut left out, such as later sessions, must not enter: the truth is that of the model.
    truth = {name: getattr(made.truth, name) for name in CHECKED if not name.startswith("level")}
    exact = model.values(_z(model, made)[None])
    true_level = model.burden(exact, 0, Clock(at, model.given), soreness=False)[0]
    truth |= {"level_now": float(true_level[0]), "level_later": float(true_level[1])}
    return {name: float(posterior.weights @ (x < truth[name])) for name, x in drawn.items()}


def _z(model: Model, made: SyntheticCourse) -> Floats:
    """The truth as the model's standard normals."""
    t, number = made.truth, model.numbers
    z = np.zeros(model.size)
    positive = {
        "half_life": ("recovery_half_life", t.half_life),
        "build": ("benefit_days", t.build),
        "fade": ("benefit_fade", t.fade),
        "soreness_half_life": ("soreness_half_life", t.soreness_half_life),
        "soreness_slope": ("soreness_per_insertion", t.soreness_slope),
        "noise": ("noise_sd", t.noise),
    }
    normal = {
        "benefit": ("benefit_over_sham", t.benefit),
        "expectation": ("expectation", t.expectation),
        "soreness": ("soreness_peak", t.soreness),
        "twitch_slope": ("twitch_slope", t.twitch_slope),
        "start": ("baseline_mean", t.start),
        "share": ("recovery_share", t.share),
    }
    for name, (key, value) in positive.items():
        mean, sd = number[key].log_normal
        z[model.at[name]] = (np.log(value) - mean) / sd
    for name, (key, value) in normal.items():
        z[model.at[name]] = (value - number[key].value) / number[key].sd
    return z
