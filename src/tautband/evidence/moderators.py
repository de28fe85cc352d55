"""What goes with the size of the effect on pain: comparator, time, dose; and small studies.

One row a trial (its row nearest week 6), over all conditions: what differs between trials differs
in much else too, so a slope here is a hint for a question, never an effect of the feature.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tautband.base.errors import InputError
from tautband.evidence.effects import Effect, Measure
from tautband.evidence.pool import Pool, pool
from tautband.evidence.question import ACTIVE, CENTRE, INERT, Used, Window, effect_of
from tautband.evidence.regression import (
    FEW_FOR_SMALL_STUDY,
    Regression,
    SmallStudy,
    meta_regression,
    small_study_effects,
)
from tautband.evidence.trials import Trial

# Cochrane Handbook 10.11.4: about ten studies for each feature.
FEW_FOR_REGRESSION = 10
CLASSES = ("sham or no treatment", "added to other treatment", "instead of other treatment", "else")
NOTE = (
    "One row a trial, all conditions together; trials that differ in this differ in much else. "
    "A negative figure favours needling."
)


@dataclass(frozen=True)
class Class:
    """The pool of one class of comparator."""

    name: str
    trials: tuple[str, ...]
    pool: Pool | None


@dataclass(frozen=True)
class Slope:
    """A regression on one feature, or why there is none."""

    feature: str
    k: int
    regression: Regression | None
    why_not: str


@dataclass(frozen=True)
class Moderators:
    """Pools by class of comparator, slopes, and Egger's test where enough trials allow it."""

    rows: tuple[Used, ...]
    classes: tuple[Class, ...]
    slopes: tuple[Slope, ...]
    small_study: SmallStudy | None
    why_no_small_study: str
    note: str = NOTE


def moderators(trials: Iterable[Trial]) -> Moderators:
    """Look at the pain of all trials with figures; raises InputError when there are none."""
    rows = pain_rows(trials)
    if not rows:
        raise InputError("trials", "have no row on pain that can be pooled", "at least one")
    grouped = {name: [r for r in rows if class_of(r.trial) == name] for name in CLASSES}
    classes = tuple(
        Class(name, tuple(r.trial.id for r in found), _pool(found))
        for name, found in grouped.items()
    )
    comparator = {
        name: [float(class_of(r.trial) == name) for r in rows]
        for name in CLASSES[1:]
        if grouped[name]
    }
    dosed = [r for r in rows if r.trial.sessions is not None]
    slopes = (
        _slope("class of comparator", rows, comparator),
        _slope("weeks", rows, {"weeks": [r.result.weeks or 0.0 for r in rows]}),
        _slope("sessions", dosed, {"sessions": [r.trial.sessions or 0.0 for r in dosed]}),
    )
    few = len(rows) < FEW_FOR_SMALL_STUDY
    return Moderators(
        rows,
        classes,
        slopes,
        None if few else small_study_effects(*_values(rows)),
        f"{len(rows)} trials: fewer than {FEW_FOR_SMALL_STUDY}." if few else "",
    )


def pain_rows(trials: Iterable[Trial]) -> tuple[Used, ...]:
    """The row of each trial that can be pooled and lies nearest week 6; people count once."""
    found: dict[str, Used] = {}
    for trial in sorted(trials, key=lambda t: t.id):
        told = [
            Used(trial, r, effect)
            for r in trial.results
            if r.outcome == "pain" and r.weeks
            if isinstance(effect := effect_of(trial, r, Measure.MD), Effect)
        ]
        if told:
            best = min(told, key=lambda u: abs((u.result.weeks or 0.0) - CENTRE[Window.SHORT]))
            found.setdefault(trial.shares or trial.id, best)
    return tuple(found.values())


def class_of(trial: Trial) -> str:
    """What the needled people had besides, or instead of, the others."""
    if trial.comparator in INERT:
        return CLASSES[0]
    if trial.comparator not in ACTIVE:
        return CLASSES[3]
    return CLASSES[1] if trial.design == "added" else CLASSES[2]


def _slope(feature: str, rows: Sequence[Used], columns: Mapping[str, Sequence[float]]) -> Slope:
    need = FEW_FOR_REGRESSION * max(1, len(columns))
    if len(rows) < need:
        return Slope(feature, len(rows), None, f"{len(rows)} trials, where {need} are asked for.")
    try:
        return Slope(feature, len(rows), meta_regression(*_values(rows), dict(columns)), "")
    except InputError as error:
        return Slope(feature, len(rows), None, str(error))


def _pool(rows: Sequence[Used]) -> Pool | None:
    return pool(*_values(rows)) if rows else None


def _values(rows: Sequence[Used]) -> tuple[list[float], list[float]]:
    return [r.effect.estimate for r in rows], [r.effect.variance for r in rows]
