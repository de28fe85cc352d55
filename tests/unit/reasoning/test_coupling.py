"""Ties between causes: what they raise, what they leave alone, and what they are for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tautband.base.side import Side
from tautband.body.drawing import Mark, from_regions
from tautband.reasoning.coupling import PAIRED, tied, without_tie
from tautband.reasoning.evidence import Evidence
from tautband.reasoning.findings import finding_ratios, parse_finding
from tautband.reasoning.knowledge import load_knowledge, prior_odds
from tautband.reasoning.network import Network
from tautband.reasoning.posterior import solve
from tautband.reasoning.ranking import rank
from tests.unit.reasoning.reference import enumerate_all

KNOWN = load_knowledge()
PRIOR = KNOWN.model.prior
NETWORK = KNOWN.network
WANTED = prior_odds(KNOWN.atlas, KNOWN.model)


def given_on(key: str) -> np.ndarray:
    """Chance of each unit if one is surely on and nothing else is known."""
    ratio = np.ones(NETWORK.causes)
    ratio[KNOWN.cause(key)] = 1e12
    return solve(NETWORK, Evidence.of(NETWORK, finding_lr=ratio)).probability


def chance(key: str, values: np.ndarray) -> float:
    return float(values[KNOWN.cause(key)])


PRIOR_CHANCE = solve(NETWORK, Evidence.of(NETWORK)).probability


@given(st.floats(1e-6, 5.0), st.floats(0.001, 0.9), st.floats(1.0, 100.0))
def test_lowered_odds_come_to_the_wanted_chance(odds: float, tie: float, factor: float) -> None:
    alone = without_tie(np.array([odds]), tie, factor)[0]
    mean = (1 - tie) * alone / (1 + alone) + tie * factor * alone / (1 + factor * alone)
    assert mean == pytest.approx(odds / (1 + odds), rel=1e-9)


def test_ties_leave_the_prior_of_each_unit_as_it_is() -> None:
    told = {m for tie in PRIOR.root_ties for m in tie.muscles}
    for number, unit in enumerate(KNOWN.units):
        wanted = WANTED[number] / (1 + WANTED[number])
        if unit.id in told:  # what its roots add is on top
            assert wanted * (1 - 1e-9) <= PRIOR_CHANCE[number] < wanted * 2.5, unit.key
        else:
            assert PRIOR_CHANCE[number] == pytest.approx(wanted, rel=1e-6), unit.key


@pytest.mark.parametrize(
    ("unit", "least"),
    [
        ("trapezius_upper", 2.0),
        ("infraspinatus", 2.0),
        ("facet_lumbar", 4.0),
        ("facet_c5_c6", 4.0),
        ("median_nerve", 10.0),
        ("hip_joint", 10.0),
    ],
)
def test_one_side_raises_the_other_alike_from_left_and_right(unit: str, least: float) -> None:
    before = chance(f"{unit}:left", PRIOR_CHANCE)
    left = chance(f"{unit}:left", given_on(f"{unit}:right"))
    right = chance(f"{unit}:right", given_on(f"{unit}:left"))
    assert left == pytest.approx(right, rel=1e-6)
    assert left > least * before


def test_a_pair_comes_to_what_the_model_says() -> None:
    assert chance("knee_joint:right", given_on("knee_joint:left")) == pytest.approx(
        PRIOR.other_side, rel=1e-6
    )


def test_organs_and_roots_are_not_tied_to_their_other_side() -> None:
    for unit in ("kidney", "ovary", "root_c6"):
        after = chance(f"{unit}:right", given_on(f"{unit}:left"))
        assert after == pytest.approx(chance(f"{unit}:right", PRIOR_CHANCE), rel=1e-6)


def test_every_joint_and_peripheral_nerve_of_two_sides_is_a_pair() -> None:
    pairs = {
        (KNOWN.units[d].id, KNOWN.units[c].id)
        for d, c in zip(NETWORK.driver.tolist(), NETWORK.child.tolist(), strict=True)
        if d < len(KNOWN.units)
        and KNOWN.units[d].side is Side.LEFT
        and KNOWN.units[c].side is Side.RIGHT
    }
    assert pairs == {
        (u.id, u.id) for u in KNOWN.units if u.cause and u.cause.kind in PAIRED and not u.cause.only
    }


def test_two_joints_beat_a_cause_of_the_midline_more_often_than_without_a_tie() -> None:
    """Both sides of the lower back: facets on both sides against an organ of the midline."""
    places = ("lumbar_paraspinal_lower", "lumbar_spine_lower", "sacroiliac")
    marks = [Mark(f"{p}:{s}", 5) for p in places for s in (Side.LEFT, Side.RIGHT)]
    drawing = from_regions(KNOWN.atlas.table, marks, answered=True)
    found = {c.unit.key: c.probability for c in rank(drawing, KNOWN).candidates}
    midline = max(p for key, p in found.items() if key.endswith(":midline"))
    assert found["facet_lumbar:left"] > midline
    assert found["facet_lumbar:right"] > midline


def test_ties_agree_with_enumeration() -> None:
    """Two pairs, one tie over all four, and a root: a small world told by hand."""
    odds, tie, factor = np.array([0.05, 0.05, 0.02, 0.02, 0.01]), 0.1, 8.0
    lowered = odds.copy()
    lowered[:4] = without_tie(odds[:4], tie, factor)
    couplings = [(5, c, factor) for c in range(4)] + [(4, 0, 20.0), (4, 2, 20.0)]
    links = [(0, 0, 0, 0.8), (1, 0, 1, 0.8), (2, 0, 0, 0.5), (2, 0, 2, 0.5), (3, 0, 1, 0.6)]
    links += [(3, 0, 3, 0.6), (4, 0, 0, 0.7)]
    network = Network.build(
        np.append(lowered, tie / (1 - tie)), np.ones((6, 1)), [0.01] * 4, links, couplings
    )
    for painted in ([0], [0, 1], [0, 2], [0, 1, 2, 3]):
        evidence = Evidence.drawn(network, painted)
        truth = enumerate_all(network, evidence)
        answer = solve(network, evidence)
        assert answer.bound == 0
        np.testing.assert_allclose(answer.probability, truth.probability, atol=1e-12)


GLUTEAL = ("gluteus_medius", "gluteus_minimus_posterior", "piriformis")
LEG = ("buttock_middle", "thigh_posterior_upper", "thigh_posterior_middle", "calf_lateral")


def with_findings(*texts: str) -> dict[str, float]:
    drawing = from_regions(KNOWN.atlas.table, [Mark(f"{p}:left", 5) for p in LEG], answered=True)
    findings = [parse_finding(text, KNOWN) for text in texts]
    return {c.unit.key: c.probability for c in rank(drawing, KNOWN, findings, 1e-6).candidates}


@pytest.mark.parametrize("muscle", GLUTEAL)
def test_gluteal_tenderness_makes_a_root_likelier_not_less_likely(muscle: str) -> None:
    """76 % of people with lumbosacral radiculopathy have it, 2 % of others (Adelmanesh 2015)."""
    ratio = np.ones(NETWORK.causes)
    told = finding_ratios([parse_finding(f"{muscle} left: tender spot", KNOWN)], KNOWN)
    ratio[: len(told)] = told
    after = solve(NETWORK, Evidence.of(NETWORK, finding_lr=ratio)).probability
    for root in ("root_l5:left", "root_s1:left"):
        assert chance(root, after) > 1.02 * chance(root, PRIOR_CHANCE)
    assert chance("root_s1:right", after) == pytest.approx(chance("root_s1:right", PRIOR_CHANCE))


def test_painting_alone_leaves_much_open_and_recognition_moves_more() -> None:
    before = with_findings()
    best = max(before[f"{m}:left"] for m in GLUTEAL)
    assert 0.02 < best < 0.9
    tender = with_findings("gluteus minimus, posterior part left: tender spot")
    familiar = with_findings("gluteus minimus, posterior part left: familiar pain")
    key = "gluteus_minimus_posterior:left"
    assert before[key] < tender[key] < familiar[key]


def test_the_same_ties_come_of_the_same_units() -> None:
    first, second = (tied(KNOWN.units, WANTED, PRIOR) for _ in range(2))
    np.testing.assert_array_equal(first.odds, second.odds)
    assert first.couplings == second.couplings
