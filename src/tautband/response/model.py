"""The structural model of one course, and its likelihood.

The burden of an outcome (0 best, 10 worst) at t days is

    start (1 - share r(t))  -  B g(t) / g_ref  -  slope l(t)  -  E e(t)  +  peak s(t)

r: recovery without needling, ``1 - 2^(-t / half-life)`` from the first day of the record.
g: sum over sessions of ``(1 - exp(-3 gap / build)) 2^(-gap / fade)``; g_ref is g a week after the
last of six weekly sessions, so B is the benefit of a usual course in points.
l: as g, weighed by twitches beyond the patient's mean.  e: as g, for the first session only: the
part of the response to being treated that more sessions do not add to.
s: soreness, ``sum of (1 + slope_s excess) 2^(-gap / half-life)``, for pain only.

A recorded score is the burden with normal noise, rounded to the step and cut at the ends, so
``P(score) = Phi((score + step/2 - burden) / sd) - Phi((score - step/2 - burden) / sd)``, and the
ends take all that lies beyond.  All parameters are functions of independent standard normals ``z``,
so the prior is N(0, I) in ``z``.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tautband.response.course import Course
from tautband.response.likelihood import Observed, Scores
from tautband.response.numbers import Number, load_numbers
from tautband.response.shape import Clock, Floats, dose

WEEK = 7.0
HOURS = 24.0
BUILT = 3.0  # e-foldings until a benefit counts as built up (95 %)
USUAL_SESSIONS = 6
BLOCK = 32_768  # scores times draws that are computed at a time, which stay in the cache
SHARED = (
    "half_life",
    "benefit",
    "build",
    "fade",
    "expectation",
    "soreness",
    "soreness_half_life",
    "soreness_slope",
    "twitch_slope",
)
OWN = ("start", "share", "noise")
FURTHER = (*OWN, "own_benefit")


@dataclass(frozen=True, eq=False)
class Values:
    """Parameters in natural units, each (S,); per outcome lists of (S,)."""

    half_life_days: Floats
    benefit: tuple[Floats, ...]
    build_rate: Floats
    fade_rate: Floats
    expectation: Floats
    soreness: Floats
    soreness_rate: Floats
    soreness_slope: Floats
    twitch_slope: Floats
    start: tuple[Floats, ...]
    share: tuple[Floats, ...]
    noise: tuple[Floats, ...]


class Model:
    """The model of one course; ``names`` are the entries of ``z``."""

    def __init__(self, course: Course, numbers: Mapping[str, Number] | None = None) -> None:
        self.course = course
        self.numbers = numbers or load_numbers()
        self.names = [*SHARED, *OWN]
        for k in range(1, len(course.outcomes)):
            self.names += [f"{name}:{k}" for name in FURTHER]
        self.at = {name: number for number, name in enumerate(self.names)}
        self.start = course.start
        self.given = dose(
            [s.day - self.start for s in course.sessions],
            [s.insertions for s in course.sessions],
            [s.ltr for s in course.sessions],
        )
        self.observed = [self._observed(k) for k in range(len(course.outcomes))]
        self.scores = [Scores(seen) for seen in self.observed]
        self.clocks = [Clock(seen.times, self.given) for seen in self.observed]

    @property
    def size(self) -> int:
        """Number of parameters."""
        return len(self.names)

    def _observed(self, k: int) -> Observed:
        outcome = self.course.outcomes[k]
        times = np.array([score.day - self.start for score in outcome.scores])
        middle = np.array([outcome.burden(score.value) for score in outcome.scores])
        half = outcome.step / outcome.scale / 2
        low = np.where(middle <= half, -np.inf, middle - half)
        high = np.where(middle >= 10 - half, np.inf, middle + half)
        return Observed(times, low, high)

    def values(self, z: Floats) -> Values:
        """Natural parameters of draws ``z`` (S, d)."""
        number, at = self.numbers, self.at

        def normal(key: str, name: str) -> Floats:
            one = number[key]
            found: Floats = one.value + one.sd * z[:, at[name]]
            return found

        def positive(key: str, name: str) -> Floats:
            mean, sd = number[key].log_normal
            found: Floats = np.exp(mean + sd * z[:, at[name]])
            return found

        benefit = [normal("benefit_over_sham", "benefit")]
        start: list[Floats] = []
        share: list[Floats] = []
        noise: list[Floats] = []
        for k in range(len(self.observed)):
            tag = f":{k}" if k else ""
            start.append(normal("baseline_mean", f"start{tag}"))
            noise.append(positive("noise_sd", f"noise{tag}"))
            if k:
                share.append(share[0] + normal("outcome_recovery", f"share{tag}"))
                benefit.append(benefit[0] + normal("outcome_benefit", f"own_benefit{tag}"))
            else:
                share.append(normal("recovery_share", "share"))
        return Values(
            half_life_days=positive("recovery_half_life", "half_life") * WEEK,
            benefit=tuple(benefit),
            build_rate=BUILT / positive("benefit_days", "build"),
            fade_rate=np.log(2) / (WEEK * positive("benefit_fade", "fade")),
            expectation=normal("expectation", "expectation"),
            soreness=normal("soreness_peak", "soreness"),
            soreness_rate=np.log(2) * HOURS / positive("soreness_half_life", "soreness_half_life"),
            soreness_slope=positive("soreness_per_insertion", "soreness_slope"),
            twitch_slope=normal("twitch_slope", "twitch_slope"),
            start=tuple(start),
            share=tuple(share),
            noise=tuple(noise),
        )

    def burden(self, v: Values, k: int, clock: Clock, soreness: bool = True) -> Floats:
        """Mean burden of outcome ``k`` at the clock's times, (S, n)."""
        found = self.natural(v, k, clock)
        found -= self.gain(v, k, clock)
        if soreness and self.course.outcomes[k].pain:
            given = clock.given
            weights = np.stack([np.ones(len(given.days)), given.excess], axis=1)
            sizes = np.stack([v.soreness, v.soreness * v.soreness_slope])
            found += clock.decayed([v.soreness_rate], weights, sizes)[0]
        return found

    def natural(self, v: Values, k: int, clock: Clock) -> Floats:
        """Burden without any session, (S, n)."""
        left = clock.whole.decay(np.log(2) / v.half_life_days)
        gone = v.start[k] * v.share[k]
        left *= gone
        left += v.start[k] - gone
        found: Floats = left.T
        return found

    def gain(self, v: Values, k: int, clock: Clock, treated: bool = True) -> Floats:
        """What was gained by needling and, if ``treated``, by being treated at all, (S, n)."""
        given = clock.given
        count = len(given.days)
        weights = np.stack([np.ones(count), given.twitches, np.arange(count) == 0], axis=1)
        each = v.benefit[k] / reference(v.build_rate, v.fade_rate)
        expected = v.expectation if treated else np.zeros_like(v.expectation)
        sizes = np.stack([each, v.twitch_slope, expected])
        faded: Floats
        faded, unbuilt = clock.decayed([v.fade_rate, v.fade_rate + v.build_rate], weights, sizes)
        faded -= unbuilt
        return faded

    def log_likelihood(self, z: Floats) -> Floats:
        """Log likelihood of draws ``z`` (S, d): (S,)."""
        return np.concatenate([self._log_likelihood(z[block]) for block in self.blocks(len(z))])

    def blocks(self, draws: int) -> list[slice]:
        """So many draws in parts that stay in the cache."""
        size = max(64, BLOCK // sum(len(seen.times) for seen in self.observed))
        return [slice(i, i + size) for i in range(0, draws, size)]

    def _log_likelihood(self, z: Floats) -> Floats:
        v = self.values(z)
        total = np.zeros(len(z))
        for k, (scores, clock) in enumerate(zip(self.scores, self.clocks, strict=True)):
            total += scores.log_chance(self.burden(v, k, clock).T, v.noise[k])
        return total


def reference(build: Floats, fade: Floats) -> Floats:
    """g a week after the last of six weekly sessions."""
    weekly, built = np.exp(-WEEK * fade), np.exp(-WEEK * build)
    found = np.zeros_like(build)
    left, rest = np.ones_like(build), np.ones_like(build)
    for _ in range(USUAL_SESSIONS):
        left = left * weekly
        rest = rest * built
        found += left * (1 - rest)
    return found
