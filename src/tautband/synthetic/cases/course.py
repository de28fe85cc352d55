"""Scores over time: pain, function, soreness, and what is measured at the couch.

The pain comes from ``synthetic.courses``, whose equation is that of the model of the response; the
world says where it departs from what the model believes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import exp
from statistics import median

import numpy as np

from tautband.base.sex import Sex
from tautband.response.course import Session
from tautband.synthetic.cases.figures import Movement, care
from tautband.synthetic.cases.picking import some_of, within
from tautband.synthetic.cases.treatment import Given
from tautband.synthetic.cases.values import FunctionScore, Measured, PainScore
from tautband.synthetic.courses import (
    BENEFIT,
    HARDER,
    NO_BENEFIT,
    CourseWorld,
    Truth,
    burden,
    day_noise,
    disturbance,
    draw_truth,
)

WORLDS = (
    CourseWorld("as the model believes", benefit=None, expectation=None),
    *NO_BENEFIT,
    *HARDER,
    *BENEFIT,
)
MOST_START = 9.5
CALL_BEFORE = 5  # days before the first session: the call that makes the appointment
ACTIVITIES = 3


@dataclass(frozen=True)
class Contact:
    """A day on which pain is asked about."""

    day: int
    visit: bool


@dataclass(frozen=True)
class Course:
    """What the scores of a course are made from; days are counted from the first session."""

    world: CourseWorld
    truth: Truth
    sessions: tuple[Session, ...]
    begin: float
    first: date

    def level(self, day: float, truth: Truth | None = None) -> float:
        """Burden without noise, 0 best to 10 worst."""
        return burden(truth or self.truth, self.sessions, day, self.begin)


def made_up_course(
    world: CourseWorld, first: date, given: Sequence[tuple[date, Given]], rng: np.random.Generator
) -> Course:
    """The truth of one patient's course."""
    drawn = draw_truth(world, rng)
    start = within(drawn.start, care("least_pain"), MOST_START)
    truth = replace(drawn, start=start, soreness=max(0.0, drawn.soreness))
    sessions = tuple(
        Session(
            (day - first).days,
            sum(m.needles for m in one.muscles),
            sum(m.insertions for m in one.muscles),
            None if one.muscles[0].ltr is None else sum(m.ltr or 0 for m in one.muscles),
        )
        for day, one in given
    )
    return Course(world, truth, sessions, float(-CALL_BEFORE), first)


def contacts(course: Course, last: int) -> tuple[Contact, ...]:
    """The call before, each visit, two days after each, and every week, up to the last day."""
    visits = {int(s.day) for s in course.sessions} | {0}
    phone = {-CALL_BEFORE, *(day + 2 for day in visits), *range(7, last + 1, 7)}
    days = sorted(d for d in visits | phone if d <= last)
    return tuple(Contact(day, day in visits) for day in days)


def pain_scores(course: Course, last: int, rng: np.random.Generator) -> tuple[PainScore, ...]:
    """Pain as it was told; the first visit always has a score."""
    asked = contacts(course, last)
    days = np.array([c.day for c in asked], float)
    noise = day_noise(course.world, len(days), course.truth.noise, rng)
    extra = disturbance(course.world, days, rng)
    answers = rng.random(len(days))
    scores = []
    for number, contact in enumerate(asked):
        wanted = care("told_at_visit") if contact.visit else care("told_by_phone")
        told = answers[number] < wanted
        if course.world.bad_days_only:
            told = bool(told and noise[number] > 0)
        if told or contact.day == 0:
            value = course.level(contact.day) + noise[number] + extra[number]
            least = care("least_first") if contact.day == 0 else 0
            scores.append(
                PainScore(
                    course.first + timedelta(days=contact.day),
                    round(within(value, least, 10)),
                    "visit" if contact.visit else "phone",
                )
            )
    return tuple(scores)


def soreness_after(course: Course, number: int, rng: np.random.Generator) -> int | None:
    """Soreness the day after a session, 0-10, where it is told."""
    told, lot = rng.random(), rng.standard_normal()
    if told >= care("soreness_told"):
        return None
    load = course.sessions[number].insertions or 0
    usual = median([s.insertions or 0 for s in course.sessions])
    peak = course.truth.soreness * (1 + course.truth.soreness_slope * (load - usual))
    left = peak * 2 ** (-24 / course.truth.soreness_half_life)
    return round(within(left + care("soreness_noise") * lot, 0, 10))


def function_scores(
    course: Course, activities: Sequence[str], days: Sequence[int], rng: np.random.Generator
) -> tuple[tuple[str, ...], tuple[FunctionScore, ...]]:
    """Three activities of the patient's own, and how well they go on some days."""
    chosen = some_of(activities, ACTIVITIES, rng)
    offsets = care("function_start") * rng.standard_normal(ACTIVITIES)
    truth = replace(course.truth, soreness=0.0)
    scores = []
    for day in days:
        noise = care("function_noise") * rng.standard_normal(ACTIVITIES)
        level = course.level(day, truth)
        share = max(0.0, level) / course.truth.start
        trouble = level + offsets * share + noise
        values = tuple(round(within(10 - t, 0, 10)) for t in trouble.tolist())
        scores.append(FunctionScore(course.first + timedelta(days=day), values))
    return chosen, tuple(scores)


def measurements(
    course: Course, movement: Movement, sex: Sex, days: Sequence[int], rng: np.random.Generator
) -> tuple[Measured, ...]:
    """The movement in degrees, and the pressure pain threshold in kPa, on some days."""
    usual = movement.degrees * (1 + care("motion_spread") * rng.standard_normal())
    threshold = care("pressure_kpa") * exp(care("pressure_spread") * rng.standard_normal())
    threshold *= care("pressure_female") if sex is Sex.FEMALE else 1.0
    truth = replace(course.truth, soreness=0.0)
    found = []
    for day in days:
        errors = rng.standard_normal(2)
        level = within(course.level(day, truth), 0, 10)
        amount = usual * (1 - movement.lost * level / 10) + care("motion_error") * errors[0]
        better = course.truth.start - level
        kpa = threshold * (1 + care("pressure_gain") * better)
        kpa *= exp(care("pressure_error") * errors[1])
        found.append(
            Measured(
                course.first + timedelta(days=day),
                round(within(amount, 0, 1.15 * movement.degrees)),
                round(max(20.0, kpa)),
            )
        )
    return tuple(found)
