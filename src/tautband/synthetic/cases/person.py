"""Who it is: age, sex, build, work, sport, and health answers that fit them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from typing import Any, TypeVar

import numpy as np

from tautband.base.sex import Sex
from tautband.synthetic.cases.figures import Complaint, Girth, Sport, Work, load_people
from tautband.synthetic.cases.picking import pick, toss, within
from tautband.synthetic.cases.values import LEAST_BMI, MOST_BMI, Person, SportLife
from tautband.synthetic.health import health_answers, made_up_build

NO_COMPETITION = 366  # as the form says it
RETIRED = Work(name="retired", weight=1, loads={}, words="")
T = TypeVar("T", Work, Sport)


@dataclass(frozen=True)
class Someone:
    """A made-up person before the day of the first session is known.

    ``competition`` is days from the first session to the next competition, None for none.
    """

    number: int
    age: int
    sex: Sex
    work: Work
    sport: Sport | None
    height_cm: int
    weight_kg: int
    waist_cm: int
    forearm_cm: float
    forearm_length_cm: float
    answers: dict[str, Any]
    competition: int | None

    def on(self, first: date) -> Person:
        """The person as recorded at the first session."""
        life = None if self.sport is None else SportLife(self.sport.name)
        if self.sport is not None and self.competition is not None:
            when = first + timedelta(days=self.competition)
            life = SportLife(self.sport.name, self.sport.contest, when)
        return Person(
            self.number, self.age, self.sex, self.work.name, life, self.height_cm,
            self.weight_kg, self.waist_cm, self.forearm_cm, self.forearm_length_cm,
            {**self.answers, "answered_on": first.isoformat()},
        )  # fmt: skip


def made_up_person(
    number: int, complaint: Complaint, area: str, rng: np.random.Generator
) -> Someone:
    """A person who comes with a complaint of that area."""
    mean, sd, low, high = complaint.ages
    age = int(within(rng.normal(mean, sd), low, high))
    female = toss(complaint.female, rng)
    height, weight = made_up_build(female, rng)
    height_cm = round(height)
    metres = (height_cm / 100) ** 2
    weight_kg = round(within(weight, (LEAST_BMI + 1) * metres, (MOST_BMI - 1) * metres))
    work = _work(age, female, rng)
    sport = _sport(age, female, area, rng)
    answers = health_answers(age, female, height_cm, weight_kg, rng)
    # A patient may be unsure of much, but not of these.
    answers["answers"] |= {"age": age, "sex": "female" if female else "male"}
    competition = _competition(sport, age, answers["answers"], rng)
    people, bmi = load_people(), weight_kg / metres
    waist = _girth(people.waist, female, bmi, rng)
    forearm = _girth(people.forearm, female, bmi, rng)
    length = people.forearm_length * height_cm + people.forearm_length_sd * rng.standard_normal()
    return Someone(
        number, age, Sex.FEMALE if female else Sex.MALE, work, sport, height_cm, weight_kg,
        round(waist), round(forearm, 1), round(float(length), 1), answers, competition,
    )  # fmt: skip


def _work(age: int, female: bool, rng: np.random.Generator) -> Work:
    people = load_people()
    late, on = rng.random(2)
    if age >= people.retired and on >= people.working_on:
        return RETIRED
    if people.retiring <= age < people.retired and late < people.retiring_share:
        return RETIRED
    return _fitting(people.work, age, female, {}, rng) or RETIRED


def _sport(age: int, female: bool, area: str, rng: np.random.Generator) -> Sport | None:
    people = load_people()
    band = sum(age >= since for since in people.sport_from) - 1
    if not toss(people.sport_share[band], rng):
        return None
    fits = {s.name: people.sport_fits for s in people.sport if area in s.areas}
    return _fitting(people.sport, age, female, fits, rng)


def _fitting(
    options: Sequence[T], age: int, female: bool, more: dict[str, float], rng: np.random.Generator
) -> T | None:
    fit = [o for o in options if o.ages[0] <= age <= o.ages[1]]
    if not fit:
        return None
    weights = [o.weight * (o.female if female else 1 - o.female) * more.get(o.name, 1) for o in fit]
    return pick(fit, weights, rng)


def _competition(
    sport: Sport | None, age: int, answers: dict[str, Any], rng: np.random.Generator
) -> int | None:
    """Days to the next competition; the health answers are made to tell the same.

    They may say that one is near; without a sport that has one, none is.
    """
    people = load_people()
    competes, share = rng.random(2)
    if sport is None or not sport.contest:
        answers["competition_days"] = NO_COMPETITION
        return None
    band = sum(age >= since for since in people.sport_from) - 1
    if answers["competition_days"] == NO_COMPETITION and competes < people.compete_share[band]:
        soonest, latest = people.competition_days
        answers["competition_days"] = round(soonest + share * (latest - soonest))
    days = answers["competition_days"]
    if not isinstance(days, int | float) or days == NO_COMPETITION:
        return None
    answers["competition_days"] = int(days)
    return int(days)


def _girth(girth: Girth, female: bool, bmi: float, rng: np.random.Generator) -> float:
    at, slope = girth.female if female else girth.male
    # Thin people vary less.
    return at + slope * bmi + girth.sd * sqrt(bmi / 26) * float(rng.standard_normal())
