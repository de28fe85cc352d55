"""What to examine next: what is expected to tell most for its cost, and when to stop.

What is found at a muscle depends, given whether that unit is active, on nothing else in the
network.  So the information that an examination is expected to give about all units together is the
mutual information of its signs, taken jointly, with that one unit, and needs no second posterior.
What an answer does to the other units follows from one more solution of the network with that unit
taken as active: P(other | answer) mixes P(other | active) and P(other | not active).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import exp
from typing import Literal

import numpy as np

from tautband.atlas.atlas import Unit
from tautband.atlas.clinical_tests import ClinicalTest, read_tests
from tautband.atlas.examination import Costs
from tautband.atlas.records import Muscle
from tautband.base.side import Side
from tautband.reasoning.clinical_tests import TestResult, leak, targets, with_results
from tautband.reasoning.evidence import Evidence
from tautband.reasoning.findings import answers_by_muscle
from tautband.reasoning.network import Floats
from tautband.reasoning.plan import Plan, plan_of
from tautband.reasoning.posterior import solve
from tautband.reasoning.ranking import QUICK, Candidate, Ranking, of_units
from tautband.reasoning.signs import (
    BAND,
    FAMILIAR,
    IN_BAND,
    LIMITED,
    PAINFUL,
    REFERRED,
    SPOT,
    WEAK,
    Answers,
    SignTable,
    Told,
)

# Below this many bits the answer would hardly change the ranking, and looking on is not worth it.
LEAST_GAIN = 0.02
# A muscle that is this unlikely, or this certain, is not worth a proposal.
UNDECIDED = (0.01, 0.98)
# A test is thought of when a target that explains something drawn is at least this likely.
WORTH_TESTING = 0.08
# So many examinations, the most telling ones, are followed through to the plan.
MOST_FOLLOWED = 8
# Beyond this bound the answers are too coarse to say that the plan would stay.
COARSE = 1e-3
_SURE = 1e9  # a likelihood ratio that settles a unit

Kind = Literal["palpation", "movement", "test"]
_ASKED: dict[Kind, tuple[str, ...]] = {
    "palpation": (BAND, SPOT, IN_BAND, FAMILIAR, REFERRED),
    "movement": (LIMITED, WEAK, PAINFUL),
}


@dataclass(frozen=True)
class Proposal:
    """Examine this: bits expected, minutes, burden, bits per minute and burden, and how.

    ``present`` and ``absent`` say which answers ``if_present`` and ``if_absent`` are for: the
    probability of the muscle, or that any target of the test is active.  ``changes_plan``: some
    answer would change what is needled first; None when that was not followed through.
    """

    kind: Kind
    side: Side
    unit: Unit | None
    test: ClinicalTest | None
    signs: tuple[str, ...]
    gain: float
    minutes: float
    burden: float
    how: str
    position: str
    why_burden: str
    present: str
    absent: str
    if_present: float
    if_absent: float
    changes_plan: bool | None = None

    @property
    def worth(self) -> float:
        """Expected bits per minute and burden."""
        return self.gain / (self.minutes * self.burden)

    @property
    def name(self) -> str:
        """Of the muscle or the test."""
        return self.unit.name if self.unit is not None else _test_of(self).name

    @property
    def id(self) -> str:
        """Of the muscle or the test."""
        return self.unit.id if self.unit is not None else _test_of(self).id


@dataclass(frozen=True)
class NextSteps:
    """Proposals, best first; none with the reason in ``stop`` when nothing would change the plan.

    ``held_back`` are muscles that are never proposed, each with the reason.
    """

    proposals: tuple[Proposal, ...]
    held_back: tuple[tuple[Unit, str], ...]
    plan: Plan
    stop: str | None


def examine_next(ranking: Ranking, costs: Costs, most: int = 5) -> NextSteps:
    """The next examinations after those that the ranking was told of."""
    held = tuple(
        (c.unit, costs.never[c.unit.id])
        for c in ranking.candidates
        if c.unit.muscle and c.unit.id in costs.never and _undecided(c)
    )
    found = [*_at_muscles(ranking, costs), *_tests(ranking)]
    telling = sorted((p for p, _ in found if p.gain >= LEAST_GAIN), key=lambda p: -p.gain)
    ways = {id(p): after for p, after in found}
    plan = plan_of(ranking.case.knowledge.units, ranking.posterior.probability)
    followed = {id(p): _changes(ranking, plan, p, ways[id(p)]) for p in telling[:MOST_FOLLOWED]}
    stop = _stop(plan, telling, list(followed.values()))
    if stop is not None:
        return NextSteps((), held, plan, stop)
    ordered = sorted(telling, key=lambda p: (-p.worth, p.id, p.side))
    shown = (replace(p, changes_plan=followed.get(id(p))) for p in ordered[:most])
    return NextSteps(tuple(shown), held, plan, None)


def _stop(plan: Plan, telling: Sequence[Proposal], followed: Sequence[bool | None]) -> str | None:
    if not telling:
        return f"No examination here is expected to tell even {LEAST_GAIN} bits. {plan.words}"
    if any(changes is not False for changes in followed):
        return None
    number = len(followed)
    which = f"the {number} most telling examinations" if number > 1 else "the one examination left"
    return f"Whatever any single one of {which} showed, the plan would stay. {plan.words}"


def _undecided(candidate: Candidate) -> bool:
    """Neither settled nor without any part in what was drawn."""
    return bool(candidate.explains) and UNDECIDED[0] <= candidate.probability <= UNDECIDED[1]


@dataclass(frozen=True)
class _MuscleAnswers:
    """Chances of the unit after each answer."""

    cause: int
    chances: tuple[float, ...]


@dataclass(frozen=True)
class _TestAnswers:
    """Chances of all units, (C,), after each answer."""

    after: tuple[Floats, ...]


_Answers = _MuscleAnswers | _TestAnswers


def _at_muscles(ranking: Ranking, costs: Costs) -> Iterator[tuple[Proposal, _Answers]]:
    case = ranking.case
    table = SignTable(case.knowledge.model.findings, case.priors.patient.sex)
    known = answers_by_muscle(case.findings)
    for candidate in ranking.candidates:
        unit = candidate.unit
        if unit.muscle is None or unit.id in costs.never or not _undecided(candidate):
            continue
        answers = known.get((unit.id, unit.side), {})
        for kind in _ASKED:
            # The finger was there: what it told of the pain is what palpation would tell again.
            if kind == "palpation" and FAMILIAR in answers:
                continue
            asked = tuple(s for s in _ASKED[kind] if s not in answers)
            if asked:
                proposal, chances = _at_muscle(candidate, kind, asked, answers, table, costs)
                yield proposal, _MuscleAnswers(case.knowledge.cause(unit.key), chances)


def _at_muscle(
    candidate: Candidate,
    kind: Kind,
    asked: tuple[str, ...],
    known: Answers,
    table: SignTable,
    costs: Costs,
) -> tuple[Proposal, tuple[float, ...]]:
    muscle = candidate.unit.muscle
    assert muscle is not None
    p = candidate.probability
    outcomes = list(table.outcomes(known, asked))
    yes, no = _extremes(kind, asked, known)
    cost = costs.movement if kind == "movement" else costs.of(muscle)
    proposal = Proposal(
        kind=kind,
        side=candidate.unit.side,
        unit=candidate.unit,
        test=None,
        signs=asked,
        gain=joint_gain(p, [told for _, told in outcomes]),
        minutes=cost.minutes,
        burden=cost.burden,
        how=_how(muscle, kind),
        position=muscle.needling.position if kind == "palpation" else "",
        why_burden=cost.why,
        present=" and ".join(yes),
        absent=" and ".join(f"no {s}" for s in no),
        if_present=_after(p, _given(table, known, dict.fromkeys(yes, True))),
        if_absent=_after(p, _given(table, known, dict.fromkeys(no, False))),
    )
    return proposal, tuple(_after(p, told) for _, told in outcomes)


def _extremes(
    kind: Kind, asked: tuple[str, ...], known: Answers
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The signs whose presence speaks most for the muscle, and whose absence most against it."""
    if kind == "movement":
        return asked, asked
    spot = SPOT in asked and IN_BAND in asked and known.get(BAND) is not False
    if spot:
        return (IN_BAND, FAMILIAR), (SPOT, FAMILIAR)
    return (FAMILIAR,), (FAMILIAR,)


def _given(table: SignTable, known: Answers, found: Answers) -> Told:
    before, after = table.told(known), table.told({**known, **found})
    return Told(after.active / before.active, after.other / before.other)


def _how(muscle: Muscle, kind: Kind) -> str:
    if kind == "palpation":
        return muscle.palpation.text if muscle.palpation.stated else ""
    parts = []
    if muscle.limited.stated:
        parts.append(f"Movement that is limited when it is taut: {muscle.limited.text}")
    if muscle.weak.stated:
        parts.append(f"Strength, and pain on resisting: {muscle.weak.text}")
    return " ".join(parts)


def _tests(ranking: Ranking) -> Iterator[tuple[Proposal, _Answers]]:
    case, now = ranking.case, ranking.posterior.probability
    done = {(r.test.id, r.side) for r in case.results if r.positive is not None}
    telling = {case.knowledge.cause(c.unit.key) for c in ranking.candidates if c.explains}
    for test in read_tests().values():
        for side in (Side.LEFT, Side.RIGHT):
            own = list(targets(test, side, case.knowledge))
            if not test.weighed or (test.id, side) in done or not own:
                continue
            if not any(cause in telling and now[cause] >= WORTH_TESTING for cause in own):
                continue
            yield _test(ranking, test, side)


def _test(ranking: Ranking, test: ClinicalTest, side: Side) -> tuple[Proposal, _Answers]:
    now, low = ranking.posterior, leak(test)
    assert test.sensitivity is not None
    after: tuple[Floats, ...] = ()
    if _followed(ranking):
        # That any target is active, taken as if one were: the chance of a positive test tells it.
        chance, after = _test_answers(ranking, test, side)
        any_on = float(np.clip((chance - low) / (test.sensitivity - low), 0, 1))
    else:
        own = list(targets(test, side, ranking.case.knowledge))
        any_on = 1 - float(np.prod(1 - now.probability[own]))
    told = [Told(test.sensitivity, low), Told(1 - test.sensitivity, 1 - low)]
    proposal = Proposal(
        kind="test",
        side=side,
        unit=None,
        test=test,
        signs=(),
        gain=joint_gain(any_on, told),
        minutes=test.minutes,
        burden=test.burden,
        how=test.how,
        position="",
        why_burden=test.why,
        present=f"positive: {test.positive}",
        absent="negative",
        if_present=_after(any_on, told[0]),
        if_absent=_after(any_on, told[1]),
    )
    return proposal, _TestAnswers(after)


def _test_answers(
    ranking: Ranking, test: ClinicalTest, side: Side
) -> tuple[float, tuple[Floats, ...]]:
    """Chance of a positive test, and the chances of all units after a positive and a negative."""
    case, now = ranking.case, ranking.posterior
    result = TestResult(test, side, True)
    naming, evidence = with_results(case.naming, case.evidence, [result], case.knowledge)
    positive = of_units(solve(naming.network, evidence), case.knowledge)
    chance = float(np.clip(exp(positive.log_evidence - now.log_evidence), 1e-9, 1 - 1e-9))
    negative = np.clip((now.probability - chance * positive.probability) / (1 - chance), 0, 1)
    return chance, (positive.probability, negative)


def _followed(ranking: Ranking) -> bool:
    """The drawing is small enough to be solved again for each answer, and the answer fine."""
    return ranking.bound <= COARSE and ranking.posterior.effort.weights <= QUICK


def _changes(ranking: Ranking, plan: Plan, proposal: Proposal, answers: _Answers) -> bool | None:
    """Whether some answer would change the plan; None when that is not followed through."""
    if not _followed(ranking):
        return None
    units = ranking.case.knowledge.units
    if isinstance(answers, _TestAnswers):
        return any(plan_of(units, after) != plan for after in answers.after)
    now, cause = ranking.posterior.probability, answers.cause
    settled = solve(ranking.case.naming.network, _settled(ranking.case.evidence, cause))
    on = of_units(settled, ranking.case.knowledge).probability
    p = float(now[cause])
    off = np.clip((now - p * on) / (1 - p), 0, 1)
    return any(plan_of(units, c * on + (1 - c) * off) != plan for c in answers.chances)


def _settled(evidence: Evidence, cause: int) -> Evidence:
    ratio = evidence.finding_lr.copy()
    ratio[cause] *= _SURE
    return replace(evidence, finding_lr=ratio)


def joint_gain(probability: float, outcomes: Sequence[Told]) -> float:
    """Mutual information in bits of the outcomes of an examination with an event.

    ``I = sum over outcomes o and event e of P(e) P(o | e) log2(P(o | e) / P(o))``; the chances of
    the outcomes sum to 1 given the event and given its opposite.
    """
    given = np.array([[told.active, told.other] for told in outcomes])
    weight = np.array([probability, 1 - probability])
    shown = given @ weight
    joint = given * weight
    inside = joint > 0
    ratio = np.divide(given, shown[:, None], out=np.ones_like(given), where=inside)
    return float((joint[inside] * np.log2(ratio[inside])).sum())


def _after(probability: float, told: Told) -> float:
    on, off = probability * told.active, (1 - probability) * told.other
    return on / (on + off)


def _test_of(proposal: Proposal) -> ClinicalTest:
    assert proposal.test is not None
    return proposal.test
