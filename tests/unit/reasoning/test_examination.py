"""What to palpate next: expected information, cost, and what is never proposed."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tautband.atlas.examination import Costs, read_costs
from tautband.atlas.load import read_muscles
from tautband.body.drawing import Drawing, Mark, Quality, from_regions
from tautband.body.regions import load_regions
from tautband.care.examine import examine
from tautband.reasoning.examination import NextSteps, examine_next, joint_gain
from tautband.reasoning.knowledge import load_knowledge
from tautband.reasoning.ranking import rank
from tautband.reasoning.signs import SignTable, Told
from tautband.reasoning.told import read_told

SHOULDER = ("shoulder_anterior:right", "arm_lateral_upper:right")
KNOWN = load_knowledge()


def shoulder() -> Drawing:
    return from_regions(load_regions(), [Mark(key, 6) for key in SHOULDER])


def next_steps(drawing: Drawing | None = None, most: int = 5) -> NextSteps:
    return examine_next(rank(drawing or shoulder(), KNOWN, bound=1e-6), read_costs(), most)


@st.composite
def examinations(draw: st.DrawFn) -> list[Told]:
    """Chances of up to six outcomes, given the event and given its opposite."""
    size = draw(st.integers(2, 6))
    chances = st.lists(st.floats(0.001, 1), min_size=size, max_size=size)
    active, other = draw(chances), draw(chances)
    return [Told(a / sum(active), o / sum(other)) for a, o in zip(active, other, strict=True)]


@given(st.floats(0.001, 0.999), examinations())
def test_the_gain_is_the_mean_drop_of_uncertainty(p: float, outcomes: list[Told]) -> None:
    """Spelled out: entropy before, less the mean entropy after."""

    def entropy(q: float) -> float:
        return -sum(x * math.log2(x) for x in (q, 1 - q) if x > 0)

    left = 0.0
    for told in outcomes:
        shown = p * told.active + (1 - p) * told.other
        left += shown * entropy(p * told.active / shown)
    assert joint_gain(p, outcomes) == pytest.approx(entropy(p) - left, abs=1e-9)
    assert -1e-12 <= joint_gain(p, outcomes) <= 1


def chance_of(key: str, *lines: str) -> float:
    after = rank(shoulder(), KNOWN, read_told(lines, KNOWN), 1e-6)
    return next(c.probability for c in after.candidates if c.unit.key == key)


def test_what_is_foretold_of_a_muscle_is_what_the_ranking_says_after_the_finding() -> None:
    muscles = [p for p in next_steps(most=20).proposals if p.unit is not None]
    assert {p.kind for p in muscles} == {"palpation", "movement"}
    for kind in ("palpation", "movement"):
        proposal = next(p for p in muscles if p.kind == kind)
        assert proposal.unit is not None
        where, key = f"{proposal.unit.id} {proposal.side}: ", proposal.unit.key
        for answer, foretold in (
            (proposal.present, proposal.if_present),
            (proposal.absent, proposal.if_absent),
        ):
            lines = [where + sign for sign in answer.split(" and ")]
            assert chance_of(key, *lines) == pytest.approx(foretold, abs=1e-5)


def test_what_is_foretold_of_a_test_is_what_the_ranking_says_after_it() -> None:
    """One target, so the chance that any target is active is its own."""
    (proposal,) = (p for p in next_steps(most=20).proposals if p.id == "hawkins_kennedy")
    for result, foretold in (
        ("positive", proposal.if_present),
        ("negative", proposal.if_absent),
    ):
        line = f"hawkins_kennedy right: {result}"
        assert chance_of("subacromial_space:right", line) == pytest.approx(foretold, abs=1e-5)


def test_signs_together_tell_more_than_the_best_of_them_alone() -> None:
    table = SignTable(KNOWN.model.findings)
    joint = [told for _, told in table.outcomes({}, ("taut band", "tender spot", "familiar pain"))]
    alone = [told for _, told in table.outcomes({}, ("familiar pain",))]
    assert joint_gain(0.3, joint) > joint_gain(0.3, alone)


def test_proposals_come_by_gain_for_their_cost() -> None:
    steps = examine(shoulder()).steps
    worth = [p.worth for p in steps.proposals]
    assert worth == sorted(worth, reverse=True)
    assert all(p.worth == pytest.approx(p.gain / (p.minutes * p.burden)) for p in steps.proposals)


def test_a_muscle_whose_familiar_pain_is_known_is_not_proposed_again() -> None:
    first = examine(shoulder()).steps.proposals[0].unit
    assert first is not None
    said = [f"{first.id} {first.side}: no familiar pain"]
    left = examine(shoulder(), findings=said).steps.proposals
    assert first not in [p.unit for p in left if p.kind == "palpation"]


def test_an_internal_examination_is_never_proposed() -> None:
    marks = [Mark("perineum:right", 7), Mark("buttock_lower_medial:right", 6)]
    steps = examine(from_regions(load_regions(), marks, answered=True)).steps
    never = set(read_costs().never)
    assert not never & {p.id for p in steps.proposals}
    assert "obturator_internus" in {unit.id for unit, _ in steps.held_back}


def test_it_stops_when_nothing_is_left_to_tell() -> None:
    left = examine(shoulder()).steps
    lines: list[str] = []
    while left.proposals and len(lines) < 60:
        for p in left.proposals:
            if p.test is not None:
                lines.append(f"{p.id} {p.side}: negative")
            else:
                lines += [f"{p.id} {p.side}: no {sign}" for sign in p.signs]
        left = examine(shoulder(), findings=lines).steps
    assert left.stop is not None
    assert left.proposals == ()


def test_it_stops_when_no_single_answer_would_change_the_plan() -> None:
    """One muscle is all but sure: every answer that is left is followed through by hand."""
    found = [f"infraspinatus right: {sign}" for sign in SURE]
    found += ["hawkins_kennedy right: negative"]
    found += [
        f"{muscle} right: no {sign}"
        for muscle in ("supraspinatus", "scalenes")
        for sign in ("tender spot", "familiar pain")
    ]
    steps = examine(shoulder(), findings=found).steps
    assert steps.stop is not None
    assert "would stay" in steps.stop
    assert "Infraspinatus right" in steps.stop
    for line in ("pectoralis_minor right: familiar pain", "biceps_brachii right: familiar pain"):
        after = examine(shoulder(), findings=[*found, line]).steps
        assert after.plan == steps.plan


SURE = (
    "tender spot in band",
    "familiar pain",
    "referred pain",
    "limited movement",
    "weak",
    "painful test",
)


def test_an_answer_that_would_change_the_plan_does_so_when_it_comes() -> None:
    steps = next_steps(most=20)
    changing = [p for p in steps.proposals if p.changes_plan and p.kind == "palpation"]
    assert changing
    for proposal in changing[:2]:
        signs = [*proposal.present.split(" and "), "referred pain"]
        lines = [f"{proposal.id} {proposal.side}: {sign}" for sign in signs]
        gone = [f"{proposal.id} {proposal.side}: {s}" for s in proposal.absent.split(" and ")]
        plans = [examine(shoulder(), findings=told).steps.plan for told in (lines, gone)]
        assert any(plan != steps.plan for plan in plans)


def test_a_muscle_that_explains_nothing_drawn_is_not_proposed() -> None:
    words = from_regions(load_regions(), [Mark(key, 6) for key in SHOULDER])
    legs = {m.id for m in read_muscles().values() if m.area == "leg and foot"}
    assert not legs & {p.id for p in next_steps(words, most=50).proposals}


def test_a_root_in_the_running_brings_its_tests() -> None:
    leg = from_regions(
        load_regions(),
        [Mark("calf_lateral:left", 6), Mark("foot_dorsal_lateral:left", 6, Quality.TINGLING)],
    )
    offered = {p.id for p in next_steps(leg, most=50).proposals if p.kind == "test"}
    assert offered & {"straight_leg_raise", "crossed_straight_leg_raise", "leg_sensation"}
    assert not offered & {"spurling", "phalen"}


def test_every_area_has_a_cost_and_named_muscles_exist() -> None:
    costs: Costs = read_costs()
    muscles = read_muscles()
    assert {m.area for m in muscles.values()} <= set(costs.areas)
    assert set(costs.muscles) <= set(muscles)


def test_of_widespread_pain_nothing_is_proposed_and_it_says_why() -> None:
    everywhere = [Mark(key, 5) for key in load_regions()]
    examination = examine(from_regions(load_regions(), everywhere, answered=True))
    assert examination.steps.proposals == ()
    assert examination.steps.stop
