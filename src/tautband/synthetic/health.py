"""Made-up health answers with plausible frequencies, and how often a screening interrupts on them.

Marked synthetic in every file.  The frequencies are data with their sources; most are assumptions
and say so (``data/health_rates.toml``).
"""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import msgspec
import numpy as np

from tautband.atlas.atlas import load_atlas
from tautband.base.errors import InputError
from tautband.base.sources import bibliography
from tautband.care.screen import read_answers, screen_targets
from tautband.safety.screening.answers import SCHEMA, UNKNOWN
from tautband.safety.screening.questions import Question
from tautband.safety.screening.rules import load_knowledge
from tautband.safety.screening.screening import Screening
from tautband.safety.screening.targets import Target, parse_plan, with_both_sides

ASSUMPTION = "assumption"
MOST_PLANNED = 3
DAY = "2026-11-25"


class Rate(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How often something is found, by band of age and sex, and what answers it then sets."""

    key: str
    female: tuple[float, ...]
    male: tuple[float, ...]
    source: str
    sets: dict[str, str | float] = {}
    takes: tuple[str, ...] = ()
    places: dict[str, tuple[str, ...]] = {}
    only_with: tuple[str, ...] = ()
    not_with: tuple[str, ...] = ()
    note: str = ""


class Rates(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """All rates, who the people are, and what is planned for them."""

    bands: tuple[float, ...]
    people: dict[str, dict[str, float | str]]
    rates: tuple[Rate, ...]
    plans: dict[str, float]


@dataclass(frozen=True)
class SyntheticHealth:
    """A made-up person: an answers file and a plan in words."""

    answers: dict[str, Any]
    plan: str


@dataclass(frozen=True)
class AlertBudget:
    """How often screenings interrupt, and by which rules; ``quieted`` counts the quiet notes."""

    people: int
    interrupted: int
    by_rule: Mapping[str, int]
    quieted: Mapping[str, int]

    @property
    def share(self) -> float:
        """Share of people whose plan meets at least one interrupting stop."""
        return self.interrupted / self.people


@cache
def load_rates() -> Rates:
    """The rates that ship; raises InputError for one that names no source or fits no band."""
    folder = resources.files("tautband.synthetic").joinpath("data")
    try:
        text = folder.joinpath("health_rates.toml").read_text("utf-8")
        rates = msgspec.convert(tomllib.loads(text), Rates)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InputError("health rates", str(error)) from error
    for rate in rates.rates:
        if rate.source != ASSUMPTION and rate.source not in bibliography():
            raise InputError(f"rate {rate.key}.source", f"is '{rate.source}'", "a known key")
        for shares in (rate.female, rate.male):
            if len(shares) != len(rates.bands) or not all(0 <= s <= 1 for s in shares):
                raise InputError(f"rate {rate.key}", "does not fit the bands", "a share a band")
    return rates


def made_up_health(count: int, seed: int) -> Iterator[SyntheticHealth]:
    """So many made-up people; the same for the same seed."""
    rng = np.random.default_rng(seed)
    rates, questions = load_rates(), load_knowledge().questions
    for _ in range(count):
        yield _person(rates, questions, rng)


def alert_budget(count: int, seed: int) -> AlertBudget:
    """Screen so many made-up people under the default policy and count the interruptions."""
    interrupted = 0
    rules: Counter[str] = Counter()
    quieted: Counter[str] = Counter()
    for person in made_up_health(count, seed):
        targets = with_both_sides(_target(entry) for entry in person.plan.split(", "))
        screening = screen_targets(read_answers(person.answers), targets).screening
        interrupted += screening.interrupts
        rules.update(_interrupting(screening))
        quieted.update({r.id for r in screening.counted if r.quiet})
    return AlertBudget(count, interrupted, dict(rules.most_common()), dict(quieted.most_common()))


@cache
def _target(entry: str) -> Target:
    return parse_plan(entry, load_atlas(), load_knowledge().places)[0]


def _interrupting(screening: Screening) -> set[str]:
    return {r.id for r in screening.counted if r.interrupts}


def _person(
    rates: Rates, questions: Mapping[str, Question], rng: np.random.Generator
) -> SyntheticHealth:
    people = rates.people
    age = _normal(people["ages"], rng)
    female = bool(rng.random() < float(people["female"]["rate"]))
    height, weight = made_up_build(female, rng)
    data = health_answers(int(age), female, height, weight, rng, rates, questions)
    return SyntheticHealth(data, _plan(rates, rng))


def made_up_build(female: bool, rng: np.random.Generator) -> tuple[float, float]:
    """Height in cm and weight in kg of a made-up adult."""
    people = load_rates().people
    height = rng.normal(
        float(people["height"]["female" if female else "male"]), float(people["height"]["sd"])
    )
    return height, _log_normal(people["bmi"], rng) * (height / 100) ** 2


def health_answers(
    age: int,
    female: bool,
    height_cm: float,
    weight_kg: float,
    rng: np.random.Generator,
    rates: Rates | None = None,
    questions: Mapping[str, Question] | None = None,
    day: str = DAY,
) -> dict[str, Any]:
    """A made-up answers file, answered on ``day``, of a person of that age, sex and build."""
    rates, questions = rates or load_rates(), questions or load_knowledge().questions
    answers = _healthy(questions)
    answers |= {
        "age": age,
        "sex": "female" if female else "male",
        "height": round(height_cm),
        "weight": round(weight_kg),
    }
    band = int(np.searchsorted(rates.bands, age, side="right")) - 1
    true: set[str] = set()
    for rate in rates.rates:
        share = (rate.female if female else rate.male)[band]
        fits = not true.intersection(rate.not_with)
        fits &= not rate.only_with or bool(true.intersection(rate.only_with))
        if rng.random() < share and fits:
            true.add(rate.key)
            _add(rate, answers, rng)
    unsure = float(rates.people["unsure"]["rate"])
    for key, question in questions.items():
        if key in answers and question.by == "patient" and rng.random() < unsure:
            answers[key] = UNKNOWN
    return {"schema": SCHEMA, "synthetic": True, "answered_on": day, "answers": answers}


def _normal(shape: Mapping[str, float | str], rng: np.random.Generator) -> float:
    value = rng.normal(float(shape["mean"]), float(shape["sd"]))
    return float(np.clip(value, float(shape["low"]), float(shape["high"])))


def _log_normal(shape: Mapping[str, float | str], rng: np.random.Generator) -> float:
    value = float(shape["median"]) * np.exp(rng.normal(0.0, float(shape["spread"])))
    return float(np.clip(value, float(shape["low"]), float(shape["high"])))


def _healthy(questions: Mapping[str, Question]) -> dict[str, Any]:
    """Answers that worry nobody; follow-ups are left out, since nothing asks for them."""
    answers: dict[str, Any] = {"needle_fear": 1, "competition_days": 366}
    for key, question in questions.items():
        if question.asked_when:
            continue
        if question.kind == "yes_no":
            answers[key] = "no" if question.risk == "yes" else "yes"
        elif question.kind == "choice":
            answers[key] = question.choices[0]
        elif question.kind in ("places", "medicines"):
            answers[key] = []
    return answers


def _add(rate: Rate, answers: dict[str, Any], rng: np.random.Generator) -> None:
    answers.update(rate.sets)
    answers["medicines"] = [*answers["medicines"], *rate.takes]
    pick = int(rng.integers(0, 1_000))
    for key, spots in rate.places.items():
        # One pick for all, so that a limb and its lymph nodes lie on one side.
        answers[key] = [*answers.get(key, []), spots[pick % len(spots)]]


def _plan(rates: Rates, rng: np.random.Generator) -> str:
    weights = np.array(list(rates.plans.values()))
    size = int(rng.integers(1, MOST_PLANNED + 1))
    chosen = rng.choice(list(rates.plans), size, replace=False, p=weights / weights.sum())
    side = "right" if rng.random() < 0.5 else "left"
    return ", ".join(f"{muscle} {side}" for muscle in chosen)
