"""The numbers that the model of one course starts from, each traced to its rows.

Two of them are pools of trials, the others published figures about courses.  The comparator is
honest: people in a sham arm recover too, so the benefit is that over an inert comparator.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import msgspec

from tautband.base.errors import InputError
from tautband.base.sources import Fact, bibliography, check_fact
from tautband.evidence.bayes import Prior, bayes_pool
from tautband.evidence.question import ACTIVE, SHAM, SHARED_OUT, Question, Window, answer
from tautband.evidence.trials import Comparator, Design, Trial

# Before any trial: a benefit of either sign, small on 0-10, and moderate differences of trials.
BEFORE = Prior(mean=0.0, sd=1.0, tau=0.7)


class CourseFigure(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A published figure with the spread that a prior takes."""

    value: float
    sd: float
    unit: str


@dataclass(frozen=True)
class PriorNumber:
    """One number of ``priors.toml``; ``rows`` name trials' rows or are empty."""

    key: str
    value: float
    sd: float
    unit: str
    text: str
    sources: tuple[str, ...]
    rows: tuple[str, ...]


@cache
def load_figures() -> Mapping[str, CourseFigure]:
    """The figures of ``courses.toml``; raises InputError."""
    text = resources.files("tautband.evidence").joinpath("data/courses.toml").read_text("utf-8")
    try:
        found = msgspec.convert(tomllib.loads(text)["figure"], dict[str, CourseFigure])
    except msgspec.ValidationError as error:
        raise InputError("courses.toml", str(error)) from error
    for key, figure in found.items():
        check_fact(f"courses.{key}", figure, bibliography())
        if not figure.sd > 0:
            raise InputError(f"courses.{key}.sd", f"is {figure.sd:g}", "above 0")
    return found


def priors(trials: Iterable[Trial]) -> tuple[PriorNumber, ...]:
    """All numbers, pools first."""
    listed = tuple(trials)
    pooled = [
        # Against sham alone: people who wait lack the attention too, which is no needle's doing.
        _pooled("benefit_over_sham", SHAM, "sham", listed),
        _pooled("benefit_over_active", ACTIVE, "another treatment instead", listed, ("alone",)),
    ]
    told = [
        PriorNumber(key, f.value, f.sd, f.unit, f.text, f.sources, ())
        for key, f in load_figures().items()
    ]
    return (*pooled, *told)


def _pooled(
    key: str,
    against: tuple[Comparator, ...],
    name: str,
    trials: tuple[Trial, ...],
    designs: tuple[Design, ...] = (),
) -> PriorNumber:
    found = answer(Question((), against, "pain", Window.SHORT, designs), trials)
    used = [u for u in found.used if SHARED_OUT not in u.effect.marks]
    y, v = [u.effect.estimate for u in used], [u.effect.variance for u in used]
    unit = "points of 0-10 less pain than the comparison, 1 to 12 weeks, whole course"
    if not y:
        text = f"No row against {name} can be pooled: the prior before any trial."
        return PriorNumber(
            key, -BEFORE.mean, (BEFORE.sd**2 + BEFORE.tau**2) ** 0.5, unit, text, (), ()
        )
    pool = bayes_pool(y, v, BEFORE)
    # A patient's own benefit differs as much as a further study's: the wider of the two spreads.
    spread = (pool.prediction.high - pool.prediction.low) / (2 * 1.959964)
    text = (
        f"Bayesian pool of {pool.k} {'row' if pool.k == 1 else 'rows'} against {name}, any "
        f"condition; before it N({BEFORE.mean:g}, {BEFORE.sd:g}), tau half-normal {BEFORE.tau:g}. "
        "The spread is that of a further study."
    )
    return PriorNumber(
        key,
        -pool.estimate,
        spread,
        unit,
        text,
        tuple(dict.fromkeys(u.result.source for u in used)),
        tuple(f"{u.trial.id}: {u.result.measure}, week {u.result.weeks:g}" for u in used),
    )


def as_toml(numbers: Iterable[PriorNumber]) -> str:
    """The numbers as the text of ``priors.toml``."""
    lines = [
        "# Written by tools/write_priors.py; a test holds it current: do not edit.",
    ]
    for number in numbers:
        lines += [
            "",
            f"[{number.key}]",
            f"value = {number.value:.4g}",
            f"sd = {number.sd:.4g}",
            f"unit = {_quoted(number.unit)}",
            f"text = {_quoted(number.text)}",
            f"sources = [{', '.join(map(_quoted, number.sources))}]",
            f"rows = [{', '.join(map(_quoted, number.rows))}]",
        ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
