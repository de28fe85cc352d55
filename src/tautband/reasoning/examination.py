"""Which muscle to palpate next: the one whose answer is expected to tell most for its cost.

What is found at a muscle depends, given whether that unit is active, on nothing else in the
network.  So the information that a finding is expected to give about all units together is its
mutual information with that one unit, and needs no second posterior.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from tautband.atlas.atlas import Unit
from tautband.atlas.examination import Costs
from tautband.reasoning.model import LikelihoodRatio, Model
from tautband.reasoning.ranking import Candidate, Ranking

# The sign whose answer is weighed: raters agree on it second best, and it moves the odds most.
SIGN = "familiar pain"
# Below this many bits the answer would hardly change the ranking, and looking on is not worth it.
LEAST_GAIN = 0.02
# A muscle that is this unlikely, or this certain, is not worth a proposal.
UNDECIDED = (0.01, 0.98)


@dataclass(frozen=True)
class Proposal:
    """Palpate this muscle: bits expected, minutes, burden, bits per minute and burden, and how.

    ``if_present`` and ``if_absent`` are the unit's probability after the answer.
    """

    unit: Unit
    gain: float
    minutes: float
    burden: float
    worth: float
    how: str
    why_burden: str
    if_present: float
    if_absent: float


@dataclass(frozen=True)
class NextSteps:
    """Proposals, best first, none when nothing would tell enough; ``held_back`` are never are."""

    proposals: tuple[Proposal, ...]
    held_back: tuple[tuple[Unit, str], ...]


def examine_next(
    ranking: Ranking, model: Model, costs: Costs, done: Collection[str] = (), most: int = 5
) -> NextSteps:
    """The next examinations; ``done`` are keys of units whose familiar pain is already known."""
    ratio = model.findings[SIGN]
    proposals, held = [], []
    for candidate in ranking.candidates:
        muscle = candidate.unit.muscle
        low, high = UNDECIDED
        if muscle is None or candidate.unit.key in done or not low <= candidate.probability <= high:
            continue
        if muscle.id in costs.never:
            held.append((candidate.unit, costs.never[muscle.id]))
            continue
        proposal = _proposal(candidate, ratio, costs)
        if proposal.gain >= LEAST_GAIN:
            proposals.append(proposal)
    proposals.sort(key=lambda p: (-p.worth, p.unit.key))
    return NextSteps(tuple(proposals[:most]), tuple(held))


def _proposal(candidate: Candidate, ratio: LikelihoodRatio, costs: Costs) -> Proposal:
    muscle = candidate.unit.muscle
    assert muscle is not None
    cost = costs.of(muscle)
    p = candidate.probability
    gain = expected_gain(p, ratio)
    return Proposal(
        unit=candidate.unit,
        gain=gain,
        minutes=cost.minutes,
        burden=cost.burden,
        worth=gain / (cost.minutes * cost.burden),
        how=muscle.palpation.text if muscle.palpation.stated else "",
        why_burden=cost.why,
        if_present=_after(p, ratio.present),
        if_absent=_after(p, ratio.absent),
    )


def expected_gain(probability: float, ratio: LikelihoodRatio) -> float:
    """Mutual information in bits of a finding with an event of that probability.

    The two likelihood ratios fix sensitivity and specificity: present = sens / (1 - spec) and
    absent = (1 - sens) / spec.
    """
    specificity = (ratio.present - 1) / (ratio.present - ratio.absent)
    sensitivity = ratio.present * (1 - specificity)
    shown = probability * sensitivity + (1 - probability) * (1 - specificity)
    return (
        _entropy(shown)
        - probability * _entropy(sensitivity)
        - (1 - probability) * _entropy(specificity)
    )


def _after(probability: float, ratio: float) -> float:
    odds = probability / (1 - probability) * ratio
    return odds / (1 + odds)


def _entropy(p: float) -> float:
    inside = np.array([p, 1 - p])
    inside = inside[inside > 0]
    return float(-(inside * np.log2(inside)).sum())
