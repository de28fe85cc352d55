"""What to palpate next: expected information, cost, and what is never proposed."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tautband.atlas.examination import Costs, read_costs
from tautband.atlas.load import read_muscles
from tautband.body.drawing import Drawing, Mark, from_regions
from tautband.body.regions import load_regions
from tautband.care.examine import examine
from tautband.reasoning.examination import examine_next, expected_gain
from tautband.reasoning.findings import parse_finding
from tautband.reasoning.knowledge import load_knowledge
from tautband.reasoning.model import LikelihoodRatio
from tautband.reasoning.ranking import rank

SHOULDER = ("shoulder_anterior:right", "arm_lateral_upper:right")
ratios = st.tuples(st.floats(1.05, 50), st.floats(0.02, 0.95)).map(lambda r: LikelihoodRatio(*r))


def shoulder() -> Drawing:
    return from_regions(load_regions(), [Mark(key, 6) for key in SHOULDER])


@given(st.floats(0.001, 0.999), ratios)
def test_the_gain_is_the_mean_drop_of_uncertainty(p: float, ratio: LikelihoodRatio) -> None:
    """Spelled out over the four outcomes of unit and finding."""
    spec = (ratio.present - 1) / (ratio.present - ratio.absent)
    sens = ratio.present * (1 - spec)
    joint = {
        (True, True): p * sens,
        (True, False): p * (1 - sens),
        (False, True): (1 - p) * (1 - spec),
        (False, False): (1 - p) * spec,
    }
    total = 0.0
    for (on, shown), chance in joint.items():
        unit = p if on else 1 - p
        finding = sum(c for (_, s), c in joint.items() if s == shown)
        if chance > 0:
            total += chance * math.log2(chance / (unit * finding))
    assert expected_gain(p, ratio) == pytest.approx(total, abs=1e-9)
    assert -1e-12 <= expected_gain(p, ratio) <= 1


def test_what_is_foretold_is_what_the_ranking_says_after_the_finding() -> None:
    knowledge = load_knowledge()
    ranking = rank(shoulder(), knowledge, bound=1e-6)
    steps = examine_next(ranking, knowledge.model, read_costs())
    assert steps.proposals
    for proposal in steps.proposals[:2]:
        for text, foretold in (("", proposal.if_present), ("no ", proposal.if_absent)):
            said = f"{proposal.unit.id} {proposal.unit.side}: {text}familiar pain"
            after = rank(shoulder(), knowledge, [parse_finding(said, knowledge)], 1e-6)
            chance = next(c.probability for c in after.candidates if c.unit is proposal.unit)
            assert chance == pytest.approx(foretold, abs=1e-5)


def test_proposals_come_by_gain_for_their_cost() -> None:
    steps = examine(shoulder()).steps
    worth = [p.worth for p in steps.proposals]
    assert worth == sorted(worth, reverse=True)
    assert all(p.worth == pytest.approx(p.gain / (p.minutes * p.burden)) for p in steps.proposals)


def test_a_muscle_whose_familiar_pain_is_known_is_not_proposed_again() -> None:
    first = examine(shoulder()).steps.proposals[0].unit
    said = [f"{first.id} {first.side}: no familiar pain"]
    assert first not in [p.unit for p in examine(shoulder(), findings=said).steps.proposals]


def test_an_internal_examination_is_never_proposed() -> None:
    marks = [Mark("perineum:right", 7), Mark("buttock_lower_medial:right", 6)]
    steps = examine(from_regions(load_regions(), marks, answered=True)).steps
    never = set(read_costs().never)
    assert not never & {p.unit.id for p in steps.proposals}
    assert "obturator_internus" in {unit.id for unit, _ in steps.held_back}


def test_it_says_stop_when_no_answer_would_tell_enough() -> None:
    knowledge = load_knowledge()
    ranking = rank(shoulder(), knowledge)
    done = [c.unit.key for c in ranking.candidates if c.unit.muscle]
    assert examine_next(ranking, knowledge.model, read_costs(), done).proposals == ()


def test_every_area_has_a_cost_and_named_muscles_exist() -> None:
    costs: Costs = read_costs()
    muscles = read_muscles()
    assert {m.area for m in muscles.values()} <= set(costs.areas)
    assert set(costs.muscles) <= set(muscles)
