"""Is it working?  Four answers by a stated rule, and when to look again.

The thresholds stand in ``data/rule.toml`` with the reason for each; ``docs/validation.md`` shows
how often the rule is wrong in worlds without a benefit, and how often it finds one that is there.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

import msgspec

from tautband.base.errors import InputError
from tautband.response.course import Course
from tautband.response.forecast import Forecast
from tautband.response.model import WEEK

Answer = Literal["working", "too_early", "cannot_be_separated", "not_working"]


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Thresholds; each is explained in the file."""

    version: str
    least_sessions: int
    least_days: float
    least_scores: int
    sure_of_benefit: float
    sure_of_change: float
    hopeless: float
    unlikely: float
    likely: float
    stalled_gain: float


@dataclass(frozen=True)
class Verdict:
    """The answer, and why in one clause."""

    answer: Answer
    why: str


@dataclass(frozen=True)
class Review:
    """When to look again; ``day`` and ``session`` are those of the next one, or None."""

    kind: Literal["now", "half course", "full course", "none"]
    day: float | None
    session: int | None
    stalled: bool


@cache
def load_rule() -> Rule:
    """The thresholds; raises InputError."""
    text = resources.files("tautband.response").joinpath("data/rule.toml").read_text("utf-8")
    try:
        return msgspec.convert(tomllib.loads(text), Rule)
    except msgspec.ValidationError as error:
        raise InputError("rule.toml", str(error)) from error


def judge(f: Forecast, rule: Rule | None = None) -> Verdict:
    """One of the four answers."""
    rule = rule or load_rule()
    days = f.now - f.first
    if f.done == 0:
        return Verdict("too_early", "no session was given yet")
    if f.done < rule.least_sessions:
        return Verdict("too_early", f"fewer than {rule.least_sessions} sessions were given")
    if days < rule.least_days:
        return Verdict("too_early", f"fewer than {rule.least_days:g} days since the first session")
    if f.scores_since < rule.least_scores:
        return Verdict(
            "too_early", f"fewer than {rule.least_scores} scores since the first session"
        )
    if f.p_benefit >= rule.sure_of_benefit and f.p_some_change >= rule.sure_of_change:
        return Verdict("working", "the course is better than recovery alone would explain")
    half, full = 2 * f.done >= f.planned, f.done >= f.planned and days >= WEEK * 3
    if half and f.p_important_end <= rule.hopeless:
        return Verdict("not_working", "an important change by the end of the course is unlikely")
    if full and f.p_important_end <= rule.unlikely:
        return Verdict("not_working", "the course is over without an important change")
    if full or (half and f.p_important_now >= rule.likely):
        return Verdict(
            "cannot_be_separated", "recovery without needling would explain the course as well"
        )
    return Verdict("too_early", "the scores so far fit with a benefit and without one")


def review(f: Forecast, course: Course, verdict: Verdict, rule: Rule | None = None) -> Review:
    """At half and full course, and at once when progress stalls."""
    rule = rule or load_rule()
    stalled = (
        f.done >= rule.least_sessions
        and f.now - f.first >= rule.least_days
        and f.scores_since >= rule.least_scores
        and f.p_important_now < rule.likely
        and max(f.recent_gain, f.stall_gain) < rule.stalled_gain * f.important
    )
    half = (f.planned + 1) // 2
    days = [s.day for s in course.sessions]
    gap = (days[-1] - days[0]) / (len(days) - 1) if len(days) > 1 else WEEK
    if stalled or verdict.answer == "not_working":
        return Review("now", f.now, f.done, stalled)
    if f.done < half:
        return Review("half course", _due(f, half, gap), half, False)
    if f.done < f.planned:
        return Review("full course", _due(f, f.planned, gap), f.planned, False)
    return Review("now", f.now, f.done, False)


def _due(f: Forecast, session: int, gap: float) -> float:
    return max(f.now, f.now + gap * (session - f.done))
