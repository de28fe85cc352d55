"""Forecasts of later scores by proper scores: the model of one course beside simple rivals.

All answer with a distribution over the whole scores 0 to 10.  CRPS and log score (in nats) are
means over the scores to come; smaller is better (Gneiting & Raftery 2007,
10.1198/016214506000001437).
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import ndtr

from tautband.response.course import Course, Outcome, Score, Session
from tautband.response.fit import fit
from tautband.response.model import Model, Values
from tautband.response.shape import Clock, Floats
from tautband.synthetic.courses import CourseWorld, Design, courses, cut

GROUPS = Path(__file__).with_name("group_courses.toml")
SCORES = np.arange(11)
LEAST_SD = 0.5
LEAST_CHANCE = 1e-4  # no forecast is ruined by one surprise
AHEAD = (7.0, 14.0, 28.0, 42.0)

Predict = Callable[[Course, Floats, Course], Floats]  # known, days, whole -> (days, 11)


def by_model(known: Course, days: Floats, whole: Course) -> Floats:
    """The model, which is told the sessions that were going to be given."""
    return _mixture(known, days, [s.day for s in whole.sessions if s.day > known.now])


def by_recovery(known: Course, days: Floats, whole: Course) -> Floats:
    """The same model without sessions: exponential recovery toward a plateau."""
    return _mixture(replace(known, sessions=()), days, [])


def by_last(known: Course, days: Floats, whole: Course) -> Floats:
    """The last value, as far off as neighbouring values have been."""
    values = _values(known)
    steps = np.diff(values)
    sd = max(LEAST_SD, float(steps.std()) if len(steps) > 2 else 1.7)
    return _rounded(np.full(len(days), values[-1]), np.full(len(days), sd))


def by_mean(known: Course, days: Floats, whole: Course) -> Floats:
    """The mean so far, with the SD so far."""
    values = _values(known)
    sd = max(LEAST_SD, float(values.std(ddof=1)) if len(values) > 2 else 1.7)
    return _rounded(np.full(len(days), values.mean()), np.full(len(days), sd))


def by_trend(known: Course, days: Floats, whole: Course) -> Floats:
    """A straight line by least squares, with its prediction error."""
    t = np.array([s.day for s in known.outcomes[0].scores])
    y = _values(known)
    x = np.stack([np.ones_like(t), t], axis=1)
    inverse = np.linalg.pinv(x.T @ x)
    line = inverse @ x.T @ y
    sd = max(LEAST_SD, float(np.sqrt(((y - x @ line) ** 2).sum() / max(1, len(y) - 2))))
    at = np.stack([np.ones(len(days)), days], axis=1)
    wide = sd * np.sqrt(1 + np.einsum("ij,jk,ik->i", at, inverse, at))
    return _rounded(at @ line, wide)


MODEL = "the model"
RIVALS: dict[str, Predict] = {
    MODEL: by_model,
    "recovery without treatment": by_recovery,
    "last value": by_last,
    "mean so far": by_mean,
    "linear trend": by_trend,
}


@dataclass(frozen=True, eq=False)
class Compared:
    """Scores of each rival, (scores, 2) for CRPS and log score, and the course of each score."""

    by_name: Mapping[str, Floats]
    course: Floats

    def mean(self, name: str, which: int) -> float:
        """Mean CRPS (0) or log score (1)."""
        return float(self.by_name[name][:, which].mean())

    def ahead(self, name: str, which: int) -> tuple[float, float]:
        """By how much a rival is better than the model, with a standard error over courses."""
        better = self.by_name[MODEL][:, which] - self.by_name[name][:, which]
        away = better - better.mean()
        sums = np.array([away[self.course == one].sum() for one in np.unique(self.course)])
        return float(better.mean()), float(np.sqrt((sums**2).sum())) / len(better)


def compare(world: CourseWorld, week: int, count: int, seed: int, design: Design) -> Compared:
    """CRPS and log score of each rival on scores 1 to 6 weeks ahead."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in RIVALS}
    whose: list[int] = []
    for number, made in enumerate(courses(world, count, seed, design)):
        known = cut(made.course, 7.0 * week)
        wanted = {known.now + a for a in AHEAD}
        later = [s for s in made.course.outcomes[0].scores if s.day in wanted]
        if not later:
            continue
        days = np.array([s.day for s in later])
        whose += [number] * len(later)
        for name, predict in RIVALS.items():
            chances = predict(known, days, made.course)
            found[name] += [scored(p, int(s.value)) for p, s in zip(chances, later, strict=True)]
    return Compared({name: np.array(pairs) for name, pairs in found.items()}, np.array(whose))


def scored(chances: Floats, value: int) -> tuple[float, float]:
    """CRPS and log score of one forecast (11,)."""
    steps = np.cumsum(chances) - (value <= SCORES)
    return float((steps**2).sum()), -float(np.log(max(chances[value], LEAST_CHANCE)))


def _values(course: Course) -> Floats:
    return np.array([s.value for s in course.outcomes[0].scores])


def _rounded(mean: Floats, sd: Floats) -> Floats:
    """Chances of 0 to 10 of a rounded normal whose ends take all beyond: (..., 11)."""
    edges = np.concatenate([[-np.inf], SCORES[1:] - 0.5, [np.inf]])
    below = ndtr((edges - mean[..., None]) / sd[..., None])
    found: Floats = np.diff(below, axis=-1)
    return found


def _mixture(known: Course, days: Floats, later: list[float]) -> Floats:
    model, v = _draws(known)
    given = model.given.and_then(np.array(later) - known.start)
    burden = model.burden(v, 0, Clock(days - known.start, given))
    noise = np.broadcast_to(v.noise[0][:, None], burden.shape)
    found: Floats = _rounded(burden, noise).mean(axis=0)
    return found


def _draws(known: Course) -> tuple[Model, Values]:
    model = Model(known)
    return model, fit(model).kept()


def groups() -> list[dict[str, Any]]:
    """Published courses: the last mean foretold from all earlier ones, error of each rival."""
    told = []
    for one in tomllib.loads(GROUPS.read_text("utf-8"))["course"]:
        *earlier, (day, value) = one["points"]
        scores = tuple(Score(float(d), float(v)) for d, v in earlier)
        sessions = tuple(Session(float(d)) for d in one["sessions"])
        known = Course((Outcome("pain", scores, step=0.1),), sessions)
        t, y = np.array(earlier, float).T
        slope, cut_at = np.polyfit(t, y, 1)
        told.append(
            {
                "name": one["name"],
                "source": one["source"],
                "day": day,
                "value": value,
                "the model": _middle(known, day),
                "recovery without treatment": _middle(replace(known, sessions=()), day),
                "last value": float(y[-1]),
                "mean so far": float(y.mean()),
                "linear trend": float(np.clip(slope * day + cut_at, 0, 10)),
            }
        )
    return told


def _middle(known: Course, day: float) -> float:
    model, v = _draws(known)
    at = Clock(np.array([day - known.start]), model.given)
    return float(np.median(np.clip(model.burden(v, 0, at, soreness=False), 0, 10)))
