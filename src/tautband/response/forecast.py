"""What the posterior says: change so far and later, with sessions and without, and the curves."""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import ceil
from statistics import median

import numpy as np

from tautband.response.course import Course
from tautband.response.fit import Posterior
from tautband.response.model import USUAL_SESSIONS, WEEK, Model, Values, reference
from tautband.response.shape import Clock, Dose, Floats

HORIZON = 84.0  # days after the first session
AHEAD = 42.0  # days that are looked ahead at least
STALL = 14.0
MOST_FURTHER = 12  # sessions that are looked ahead
LEVELS = (0.05, 0.5, 0.95)
JUST_AFTER = 1e-3


@dataclass(frozen=True)
class Chance:
    """Chance of an important change by a week after the first session."""

    week: int
    chance: float


@dataclass(frozen=True, eq=False)
class Curve:
    """Days (n,) of the record's own count, and 5, 50 and 95 % of the level (3, n), in points."""

    days: Floats
    levels: Floats


@dataclass(frozen=True, eq=False)
class Forecast:
    """All that a verdict and a face need.

    Chances are posterior probabilities.  ``change`` is points better since the first session, all
    causes together; ``benefit`` is what the needling adds in a usual course of six sessions; both
    as 5, 50 and 95 % in the first outcome's points.  ``stall_gain``: points expected from the next
    two weeks if sessions go on.  ``sessions_needed``: further sessions until an important change is
    likelier than not, ``None`` when not within the plan and six more.
    """

    first: float
    now: float
    done: int
    planned: int
    important: float
    scores_since: int
    change: tuple[float, float, float]
    benefit: tuple[float, float, float]
    p_benefit: float
    p_some_change: float
    p_important_now: float
    p_important_end: float
    if_continued: tuple[Chance, ...]
    if_stopped: tuple[Chance, ...]
    prior_share: float
    prior_share_change: float
    recent_gain: float
    stall_gain: float
    sessions_needed: int | None
    fitted: Curve
    continued: Curve
    stopped: Curve
    effective: float


WORTH = 0.5  # points of 0-10 that the needling adds in a usual course: less is not worth a needle
SOME = 0.5  # points of 0-10 below the level at the first session: less is no change to speak of


def further_days(course: Course, until: float) -> Floats:
    """Days of the sessions still to come: at the usual interval, to the end of the plan.

    When the plan is done, or none was told and six were given, sessions go on until ``until``.
    """
    days = [s.day for s in course.sessions]
    gaps = [b - a for a, b in pairwise(days) if b > a]
    interval = max(1.0, median(gaps)) if gaps else WEEK
    planned = course.planned or USUAL_SESSIONS
    left = planned - len(days)
    begin = max(course.now + JUST_AFTER, days[-1] + interval) if days else course.now + JUST_AFTER
    count = left if left > 0 else max(0, int((until - begin) // interval) + 1)
    ahead: Floats = begin + interval * np.arange(min(count, 60), dtype=np.float64)
    return ahead


def forecast(posterior: Posterior, curves: bool = True) -> Forecast:
    """Judge one posterior; pure.  Without ``curves`` these are left empty, which is faster."""
    model = posterior.model
    course = model.course
    main = course.outcomes[0]
    days = [s.day for s in course.sessions]
    first = days[0] if days else course.now
    horizon = max(first + HORIZON, course.now + AHEAD)
    future = further_days(course, horizon)
    planned = course.planned or USUAL_SESSIONS
    on = model.given.and_then(future - course.start)
    end = (
        max(float(future[planned - len(days) - 1]), course.now) + WEEK
        if len(days) < planned and len(future)
        else course.now
    )

    kept = posterior.kept()  # equally weighted: shares and quantiles of them are those asked for
    important = main.important / main.scale
    at = np.array([first, course.now, end, max(first, course.now - STALL), course.now + STALL])
    level = model.burden(kept, 0, Clock(at - course.start, on), soreness=False)
    now_change, end_change = level[:, 0] - level[:, 1], level[:, 0] - level[:, 2]
    benefit = model.values(posterior.z).benefit[0]
    prior = model.values(_prior_draws(model.size))
    prior_level = model.burden(prior, 0, Clock(at - course.start, on), soreness=False)

    weeks = list(
        range(max(1, ceil((course.now - first) / WEEK + 1e-9)), int((horizon - first) // WEEK) + 1)
    )
    by = first + WEEK * np.array(weeks) - course.start

    def chances(given: Dose) -> tuple[Chance, ...]:
        then = model.burden(kept, 0, Clock(by, given), soreness=False)
        hit = (level[:, :1] - then >= important).mean(axis=0)
        return tuple(Chance(week, float(p)) for week, p in zip(weeks, hit, strict=True))

    scale = main.scale
    drawn = kept if curves else None
    return Forecast(
        first=first,
        now=course.now,
        done=len(days),
        planned=planned,
        important=main.important,
        scores_since=sum(score.day > first for score in main.scores),
        change=_levels(now_change * scale),
        benefit=_levels(kept.benefit[0] * scale),
        p_benefit=float(posterior.weights @ (benefit >= WORTH)),
        p_some_change=float(np.mean(now_change >= SOME)),
        p_important_now=float(np.mean(now_change >= important)),
        p_important_end=float(np.mean(end_change >= important)),
        if_continued=chances(on),
        if_stopped=chances(model.given),
        prior_share=_share(posterior.sd(benefit), float(np.std(prior.benefit[0]))),
        prior_share_change=_share(
            float(end_change.std()), float(np.std(prior_level[:, 0] - prior_level[:, 2]))
        ),
        recent_gain=float(np.mean(level[:, 3] - level[:, 1])) * scale,
        stall_gain=float(np.mean(level[:, 1] - level[:, 4])) * scale,
        sessions_needed=_needed(model, kept, level[:, 0], important, future),
        fitted=_curve(model, drawn, model.given, course.start, course.now, soreness=True),
        continued=_curve(model, drawn, on, course.now, horizon, soreness=False),
        stopped=_curve(model, drawn, model.given, course.now, horizon, soreness=False),
        effective=posterior.effective,
    )


def _levels(x: Floats) -> tuple[float, float, float]:
    low, middle, high = np.quantile(x, LEVELS)
    return float(low), float(middle), float(high)


def _share(sd: float, prior_sd: float) -> float:
    """Share of an answer that is the prior: its weight where both are normal, by variances."""
    return min(1.0, (sd / prior_sd) ** 2) if prior_sd > 0 else 1.0


@cache
def _prior_draws(size: int) -> Floats:
    return np.random.default_rng(0).standard_normal((256, size))


def _needed(
    model: Model, v: Values, from_level: Floats, important: float, future: Floats
) -> int | None:
    """Fewest further sessions after which an important change is likelier than not.

    A week after the last of them.  All are usual ones at one interval, so what several add is a
    running sum of what one adds with the time.
    """
    start, some = model.course.start, future[:MOST_FURTHER]
    when = np.append(model.course.now, some + WEEK) - start
    then = model.burden(v, 0, Clock(when, model.given), soreness=False)
    gaps = (some - (some[0] if len(some) else 0.0) + WEEK)[:, None]
    built = np.exp(-v.fade_rate * gaps) * (1 - np.exp(-v.build_rate * gaps))
    each = v.benefit[0] / reference(v.build_rate, v.fade_rate)
    then[:, 1:] -= (each * np.cumsum(built, axis=0)).T
    if not model.course.sessions:
        then[:, 1:] -= (v.expectation * built).T
    likely = np.flatnonzero((from_level[:, None] - then >= important).mean(axis=0) >= 0.5)
    return int(likely[0]) if len(likely) else None


def _quantiles(rows: Floats, levels: tuple[float, ...]) -> Floats:
    """As ``np.quantile`` along each row (n, S), several times faster: (levels, n)."""
    ordered = np.sort(rows, axis=1)
    place = np.array(levels) * (ordered.shape[1] - 1)
    low = np.minimum(place.astype(int), ordered.shape[1] - 2)
    part = place - low
    found: Floats = ordered[:, low] * (1 - part) + ordered[:, low + 1] * part
    return np.ascontiguousarray(found.T)


def _curve(
    model: Model, v: Values | None, given: Dose, begin: float, end: float, soreness: bool
) -> Curve:
    if v is None or end < begin:
        return Curve(np.zeros(0), np.zeros((3, 0)))
    days = np.append(np.arange(begin, end, 1.0), end)
    main = model.course.outcomes[0]
    times = days - model.course.start
    clock = Clock(times, given, np.float32)  # a picture needs no more
    level = model.burden(v, 0, clock, soreness=soreness)
    ends = _quantiles(level.T, LEVELS)
    np.clip(ends, 0, 10, out=ends)
    points = (
        main.low + ends * main.scale if main.better == "lower" else main.high - ends * main.scale
    )
    return Curve(days, points if main.better == "lower" else points[::-1])
