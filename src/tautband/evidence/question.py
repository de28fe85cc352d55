"""A question to the trials: which rows answer it, which do not and why, and their pool.

Every effect is told so that a negative figure favours needling.  Pain is pooled as a mean
difference on 0-10; other outcomes as Hedges' g, since their scales differ, or on request as a mean
difference in hundredths of the scale.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from tautband.base.errors import InputError
from tautband.evidence.checks import findings
from tautband.evidence.effects import (
    Arm,
    Effect,
    Measure,
    Score,
    arm_from_mean_interval,
    from_interval,
    from_p,
    g_from_p,
    hedges_g,
    mean_difference,
    merged,
    turned,
)
from tautband.evidence.heterogeneity import Method
from tautband.evidence.pool import Pool, pool
from tautband.evidence.trials import (
    ArmRow,
    Comparator,
    Design,
    Outcome,
    Result,
    Trial,
    exact_p,
    seen,
)


class Window(StrEnum):
    """Time since the start of treatment, as most reviews cut it (for example PMC7872772)."""

    IMMEDIATE = "immediate"
    SHORT = "short"
    MIDDLE = "middle"
    LONG = "long"


# Weeks: from, up to but not including.
WINDOWS = {
    Window.IMMEDIATE: (0.0, 1.0),
    Window.SHORT: (1.0, 12.0),
    Window.MIDDLE: (12.0, 24.0),
    Window.LONG: (24.0, 1000.0),
}
# Where a trial has several rows in a window, the one nearest this is taken.
CENTRE = {Window.IMMEDIATE: 0.4, Window.SHORT: 6.0, Window.MIDDLE: 13.0, Window.LONG: 52.0}

SHAM: tuple[Comparator, ...] = ("sham",)
INERT: tuple[Comparator, ...] = ("sham", "no treatment")
ACTIVE: tuple[Comparator, ...] = (
    "usual physical therapy",
    "exercise",
    "manual therapy",
    "stretching",
    "shock wave",
    "electrotherapy",
    "medication",
    "taping",
)
PAIN_SCALE = 10.0
OTHER_SCALE = 100.0


# The mark of a row whose numbers per arm were not seen.
SHARED_OUT = "numbers per arm taken as equal shares of all people"


@dataclass(frozen=True)
class Question:
    """Whom, against what, which outcome, when; an empty tuple means any.

    ``designs`` tells needling instead of the comparator ("alone") from needling added to it
    ("added"); ``as_points`` pools another outcome than pain as a mean difference on 0-100.
    """

    conditions: tuple[str, ...]
    comparators: tuple[Comparator, ...]
    outcome: Outcome
    window: Window
    designs: tuple[Design, ...] = ()
    as_points: bool = False

    @property
    def measure(self) -> Measure:
        """What is pooled."""
        return Measure.MD if self.outcome == "pain" or self.as_points else Measure.SMD


@dataclass(frozen=True)
class Used:
    """A row that was pooled: the effect, and where it was read."""

    trial: Trial
    result: Result
    effect: Effect


@dataclass(frozen=True)
class LeftOut:
    """A row that answers the question but was not pooled, and why."""

    trial: Trial
    result: Result
    why: str


@dataclass(frozen=True)
class Answer:
    """The pool of a question (``None`` when nothing could be pooled) and all its rows."""

    question: Question
    pool: Pool | None
    used: tuple[Used, ...]
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]


def answer(question: Question, trials: Iterable[Trial], method: Method = Method.REML) -> Answer:
    """Pool what answers a question; each trial, and each group of people, counts once."""
    used: list[Used] = []
    left: list[LeftOut] = []
    people: set[str] = set()
    for trial in sorted(trials, key=lambda t: t.id):
        rows = list(_asked(question, trial))
        if not rows:
            continue
        told = [(r, effect_of(trial, r, question.measure)) for r in rows]
        good = [(r, e) for r, e in told if isinstance(e, Effect)]
        left += [LeftOut(trial, r, e) for r, e in told if isinstance(e, str)]
        group = trial.shares or trial.id
        if good and group in people:
            left += [LeftOut(trial, r, "the same people as in another row") for r, _ in good]
        elif good:
            best = min(good, key=lambda pair: _distance(question.window, pair[0]))
            people.add(group)
            used.append(Used(trial, best[0], best[1]))
            left += [
                LeftOut(trial, r, "another row of this trial is nearer the middle of the window")
                for r, _ in good
                if r is not best[0]
            ]
    found = None
    if used:
        effects = [u.effect for u in used]
        found = pool([e.estimate for e in effects], [e.variance for e in effects], method)
    return Answer(question, found, tuple(used), tuple(left), _notes(used, found))


def _asked(question: Question, trial: Trial) -> Iterator[Result]:
    if question.conditions and not set(question.conditions) & set(trial.conditions):
        return
    if question.comparators and trial.comparator not in question.comparators:
        return
    if question.designs and trial.design not in question.designs:
        return
    low, high = WINDOWS[question.window]
    for result in trial.results:
        if result.outcome != question.outcome or result.weeks is None:
            continue
        # Week 0 is the baseline, not an answer.
        if result.weeks > 0 and low <= result.weeks < high:
            yield result


def _distance(window: Window, result: Result) -> tuple[float, int]:
    assert result.weeks is not None
    # Of rows at one time, an interval adjusted for the baseline says more than raw arms.
    return abs(result.weeks - CENTRE[window]), 0 if result.estimate is not None else 1


def effect_of(trial: Trial, result: Result, measure: Measure) -> Effect | str:
    """The effect of a row with negative favouring needling, or why it cannot be pooled."""
    if trial.design == "multimodal":
        return "needling cannot be told apart from the rest of the treatment"
    if result.hold:
        return result.hold
    number = trial.results.index(result)
    wrong = [f for f in findings(trial) if f.row == number and f.keeps_out]
    if wrong:
        return f"{wrong[0].kind}: {wrong[0].text}"
    if result.said:
        return f"no figures: {result.said}"
    if result.better == "not said":
        return "the text does not say which direction is better"
    try:
        effect = (
            _contrast(result, measure) if result.estimate is not None else _arms(result, measure)
        )
    except InputError as error:
        return str(error)
    if isinstance(effect, str):
        return effect
    return turned(effect) if result.better == "higher" else effect


def _contrast(result: Result, measure: Measure) -> Effect | str:
    assert result.estimate is not None
    if result.ci is None:
        return "no interval is printed"
    if result.metric != measure:
        return f"printed as {result.metric or 'nothing'}, not as {measure}"
    factor = _factor(result, measure)
    if factor is None:
        return "the range of the scale was not seen"
    return from_interval(factor * result.estimate, factor * result.ci[0], factor * result.ci[1])


def _arms(result: Result, measure: Measure) -> Effect | str:
    assert result.needled is not None
    if not result.others:
        return "the other arm was not seen"
    factor = _factor(result, measure)
    if factor is None:
        return "the range of the scale was not seen"
    if result.p_of_difference:
        return _by_p(result, measure, factor)
    arms: list[Arm] = []
    for row in (result.needled, *result.others):
        one = _arm(row, factor, _equal_share(result))
        if isinstance(one, str):
            return one
        arms.append(one)
    first, second = arms[0], merged(*arms[1:])
    effect = mean_difference(first, second) if measure is Measure.MD else hedges_g(first, second)
    return _marked(effect, result)


def _by_p(result: Result, measure: Measure, factor: float) -> Effect | str:
    """An effect of two arms without spread, from the p-value of their difference."""
    assert result.needled is not None
    p, share = exact_p(result), _equal_share(result)
    first, second = result.needled.n or share, result.others[0].n or share
    if len(result.others) > 1 or p is None:
        return "a p-value of more than two arms"
    if first is None or second is None:
        return "the number of people in each arm was not seen"
    difference = factor * (result.needled.mean - result.others[0].mean)
    made = from_p if measure is Measure.MD else g_from_p
    return _marked(made(difference, p, first, second), result)


def _equal_share(result: Result) -> int | None:
    """People in each arm where only their sum was seen."""
    return result.people // (1 + len(result.others)) if result.people else None


def _marked(effect: Effect, result: Result) -> Effect:
    if not result.people:
        return effect
    return replace(effect, marks=(*effect.marks, SHARED_OUT))


def _arm(row: ArmRow, factor: float, share: int | None) -> Arm | str:
    n = row.n or share
    if n is None:
        return "the number of people in each arm was not seen"
    if row.score == "percent of people":
        return "a share of people, not a mean"
    score = Score(row.score)
    if row.sd is None and row.ci is not None:
        return arm_from_mean_interval(
            n, factor * row.mean, factor * row.ci[0], factor * row.ci[1], score
        )
    if row.sd is None:
        return "no standard deviation is printed"
    sd = row.sd * (n**0.5 if row.spread == "se" else 1)
    return Arm(n, factor * row.mean, factor * sd, score)


def _factor(result: Result, measure: Measure) -> float | None:
    """Factor that brings a scale to 0-10 (pain) or 0-100; a difference needs no shift."""
    if measure is not Measure.MD:
        return 1.0
    if result.scale is None:
        return None
    width = PAIN_SCALE if result.outcome == "pain" else OTHER_SCALE
    return width / (result.scale[1] - result.scale[0])


def _notes(used: list[Used], found: Pool | None) -> tuple[str, ...]:
    """What must be known before the figure."""
    if found is None:
        return ("No row could be pooled.",)
    notes = list(found.notes)
    part = sum(seen(u.trial) != "full" for u in used)
    if part:
        notes.append(
            f"{part} of {len(used)} {'row was' if len(used) == 1 else 'rows were'} read in an "
            "abstract, an excerpt or a later review, not in the trial's own full text."
        )
    marks = sorted({mark for u in used for mark in u.effect.marks})
    if marks:
        notes.append("Converted: " + "; ".join(marks) + ".")
    return tuple(notes)
