"""Prior odds for one patient, and where each comes from.

The network holds the general prior.  What is known of a patient multiplies the odds of single
causes.  That is no likelihood ratio: as evidence on a muscle it would speak for the roots that the
muscle is coupled with, which the name of a complaint does not.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import exp, log

import numpy as np

from tautband.atlas.atlas import Unit
from tautband.atlas.presentations import Presentation, Raised
from tautband.atlas.prevalence import Prevalence, read_prevalence
from tautband.base.sex import Sex
from tautband.base.sources import Confidence
from tautband.reasoning.knowledge import Knowledge
from tautband.reasoning.model import PresentationRule
from tautband.reasoning.network import Floats
from tautband.reasoning.patient import Patient

# An organ that a patient of that sex does not have: as good as impossible.
IMPOSSIBLE = 1e-12


@dataclass(frozen=True)
class Reason:
    """One thing that a prior rests on; ``factor`` on the odds, None for where they start."""

    text: str
    factor: float | None
    sources: tuple[str, ...]
    confidence: Confidence


@dataclass(frozen=True)
class Prior:
    """The chance of a cause before the drawing and the findings, and its reasons."""

    value: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, eq=False)
class Priors:
    """Factors (C,) on the general prior odds, for one patient."""

    knowledge: Knowledge
    patient: Patient
    factor: Floats
    steps: Mapping[int, tuple[Reason, ...]]

    def applied(self) -> Knowledge:
        """The knowledge with these priors in its network."""
        if not self.steps:
            return self.knowledge
        network = self.knowledge.network
        odds = network.odds.copy()
        odds[: len(self.factor)] *= self.factor
        return replace(self.knowledge, network=replace(network, odds=odds))

    def of(self, cause: int) -> Prior:
        """The prior of a cause with all its reasons."""
        odds = float(self.knowledge.prior[cause] * self.factor[cause])
        start = _start(self.knowledge, self.knowledge.units[cause])
        return Prior(odds / (1 + odds), (start, *self.steps.get(cause, ())))


def priors_of(knowledge: Knowledge, patient: Patient) -> Priors:
    """What is known of a patient as factors on the prior odds."""
    steps: dict[int, list[Reason]] = {}
    if patient.presentation is not None:
        _add_presentation(steps, knowledge, patient.presentation)
    if patient.sex is not None:
        _add_sex(steps, knowledge, patient.sex)
    _add_treated(steps, knowledge, patient)
    factor = np.ones(len(knowledge.units))
    for cause, reasons in steps.items():
        factor[cause] = np.prod([r.factor for r in reasons if r.factor is not None])
    return Priors(knowledge, patient, factor, {c: tuple(r) for c, r in steps.items()})


def _add_presentation(
    steps: dict[int, list[Reason]], knowledge: Knowledge, presentation: Presentation
) -> None:
    rows: dict[str, list[Prevalence]] = {}
    for row in presentation.prevalence:
        if row.active is not None:
            rows.setdefault(row.muscle, []).append(row)
    taught = {m: think for think in reversed(presentation.think_of) for m in think.muscles}
    raised = {cause: fact for fact in presentation.raised for cause in fact.causes}
    for cause, unit in enumerate(knowledge.units):
        reason = None
        if unit.muscle and unit.id in rows:
            odds = float(knowledge.prior[cause])
            reason = _counted(presentation, rows[unit.id], odds, knowledge)
        elif unit.muscle and unit.id in taught:
            think = taught[unit.id]
            reason = Reason(
                f"Taught for {presentation.name}, no published share of active points: assumed "
                f"factor. {think.text}",
                knowledge.model.presentation.taught,
                think.sources,
                Confidence.UNREVIEWED,
            )
        elif unit.cause and unit.id in raised:
            reason = _raised(presentation, raised[unit.id])
        if reason is not None:
            steps.setdefault(cause, []).append(reason)


def _raised(presentation: Presentation, fact: Raised) -> Reason:
    return Reason(
        f"{presentation.name}: {fact.text}",
        fact.factor,
        fact.sources,
        fact.confidence or Confidence.UNREVIEWED,
    )


def _counted(
    presentation: Presentation, rows: Sequence[Prevalence], odds: float, knowledge: Knowledge
) -> Reason:
    factor = presentation_factor(rows, odds, knowledge.model.presentation)
    told = "; ".join(f"{_span(row)} of {row.n or 'an unstated number'}" for row in rows)
    indirect = " (other people than those of this presentation)" if rows[0].indirect else ""
    sources = tuple(dict.fromkeys(key for row in rows for key in row.sources))
    return Reason(
        f"{presentation.name}: active point in {told}{indirect}; mixed with the general prior.",
        factor,
        sources,
        Confidence.MEASURED,
    )


def _span(row: Prevalence) -> str:
    assert row.active is not None
    low, high = row.active
    return f"{low:g} %" if low == high else f"{low:g} to {high:g} %"


def presentation_factor(rows: Sequence[Prevalence], odds: float, rule: PresentationRule) -> float:
    """Factor on the general prior odds from published shares of active points of one muscle.

    The mean share over the rows (weights root n; half a person added to each answer, so that 0 of
    18 is not never) is halved for the side, and mixed with the general prior on the log odds scale:
    ``log factor = w * (log odds(share / 2) - log odds(general))``, ``w = root n / (root n + root
    half)``, n counting all rows together.  Held between ``least`` and ``most``; a muscle in which
    nobody had an active point is never raised.
    """
    total = weight = people = 0.0
    for row in rows:
        assert row.active is not None
        n = row.people * (rule.indirect if row.indirect else 1.0)
        share = sum(row.active) / 200
        total += n**0.5 * (share * row.people + 0.5) / (row.people + 1)
        weight += n**0.5
        people += n
    each = total / weight / 2
    mixed = people**0.5 / (people**0.5 + rule.half**0.5)
    factor = exp(mixed * (log(each / (1 - each)) - log(odds)))
    nobody = not any(row.active[1] for row in rows if row.active is not None)
    return float(np.clip(factor, rule.least, 1.0 if nobody else rule.most))


def _add_sex(steps: dict[int, list[Reason]], knowledge: Knowledge, sex: Sex) -> None:
    for cause, unit in enumerate(knowledge.units):
        if unit.cause and unit.cause.sex not in (None, sex):
            text = f"An organ that a {sex} body does not have."
            reason = Reason(text, IMPOSSIBLE, ("general_anatomy",), Confidence.UNREVIEWED)
            steps.setdefault(cause, []).append(reason)


def _add_treated(steps: dict[int, list[Reason]], knowledge: Knowledge, patient: Patient) -> None:
    numbers = knowledge.model.treated
    for past in patient.treated:
        cause = knowledge.cause(knowledge.atlas.ranked(past.muscle, past.side).key)
        factor = {"better": numbers.better, "same": numbers.same, "worse": numbers.worse}
        reason = Reason(
            f"Treated before, then {past.response}. {numbers.text}",
            factor[past.response],
            numbers.sources,
            Confidence.UNREVIEWED,
        )
        steps.setdefault(cause, []).append(reason)


def _start(knowledge: Knowledge, unit: Unit) -> Reason:
    """Where the general prior of a unit comes from."""
    model = knowledge.model
    if unit.cause:
        text = f"Met as a cause of pain: {unit.cause.frequency}. The figure is an assumption."
        return Reason(text, None, unit.cause.sources, Confidence.UNREVIEWED)
    if unit.id in model.prior.rare_muscles:
        text = "A muscle that few people have, or whose referral one page teaches: assumed weight."
        return Reason(text, None, (), Confidence.UNREVIEWED)
    rows = _active_rows().get(unit.id, [])
    if not rows:
        text = "Nobody published how often it holds an active point: a middling weight is assumed."
        return Reason(text, None, (), Confidence.UNREVIEWED)
    told = "; ".join(f"{_span(row)} in {row.condition}" for row in rows)
    sources = tuple(dict.fromkeys(key for row in rows for key in row.sources))
    text = f"Published shares with an active point: {told}; their mean over all conditions."
    return Reason(text, None, sources, Confidence.MEASURED)


@cache
def _active_rows() -> Mapping[str, Sequence[Prevalence]]:
    found: dict[str, list[Prevalence]] = {}
    for row in read_prevalence():
        if row.active is not None:
            found.setdefault(row.muscle, []).append(row)
    return found
