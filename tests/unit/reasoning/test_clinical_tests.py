"""Clinical tests as nodes of the network."""

import math
from itertools import product

import pytest

from tautband.atlas.clinical_tests import check_tests, find_test, read_tests
from tautband.atlas.load import read_muscles
from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.base.sources import bibliography
from tautband.body.drawing import Drawing, Mark, from_regions
from tautband.body.regions import load_regions
from tautband.reasoning.clinical_tests import leak, link_chance, parse_result, targets
from tautband.reasoning.knowledge import load_knowledge
from tautband.reasoning.ranking import rank
from tautband.reasoning.told import read_told

KNOWN = load_knowledge()
LEG = from_regions(
    load_regions(), [Mark("calf_lateral:left", 6), Mark("buttock_upper_lateral:left", 6)]
)
HAND = from_regions(load_regions(), [Mark("thenar:right", 6)])


def chance(drawing: Drawing, key: str, *lines: str, assumed: bool = True) -> float:
    told = read_told(lines, KNOWN)
    posterior = rank(drawing, KNOWN, told, 1e-9, assumed=assumed).posterior
    return float(posterior.probability[KNOWN.cause(key)])


def test_the_tests_are_sourced_and_about_the_atlas() -> None:
    check_tests(read_muscles(), KNOWN.atlas.causes, bibliography())


@pytest.mark.parametrize(
    "test", [t for t in read_tests().values() if t.weighed], ids=lambda t: t.id
)
def test_one_active_target_makes_the_test_positive_with_its_sensitivity(test: object) -> None:
    own = read_tests()[test.id]  # type: ignore[attr-defined]
    assert own.sensitivity is not None
    assert own.specificity is not None
    assert leak(own) == pytest.approx(1 - own.specificity)
    positive = 1 - (1 - leak(own)) * (1 - link_chance(own))
    assert positive == pytest.approx(own.sensitivity)


def test_with_one_target_it_is_bayes() -> None:
    key = "median_nerve:right"
    before = chance(HAND, key)
    for result, on, off in (("positive", 0.57, 0.33), ("negative", 0.43, 0.67)):
        after = chance(HAND, key, f"phalen right: {result}")
        assert after == pytest.approx(before * on / (before * on + (1 - before) * off), abs=1e-6)


def test_with_several_targets_it_is_the_noisy_or_of_them() -> None:
    """Evidence of a positive test from the chances of both roots, which the network gives."""
    slr = read_tests()["straight_leg_raise"]
    base = rank(LEG, KNOWN, bound=1e-9).posterior
    positive = rank(LEG, KNOWN, read_told(["slr left: positive"], KNOWN), 1e-9).posterior
    negative = rank(LEG, KNOWN, read_told(["slr left: negative"], KNOWN), 1e-9).posterior
    shown = math.exp(positive.log_evidence - base.log_evidence)
    assert shown + math.exp(negative.log_evidence - base.log_evidence) == pytest.approx(1)
    p = [float(base.probability[c]) for c in targets(slr, Side.LEFT, KNOWN)]
    low = high = 0.0
    for states in product((0, 1), repeat=len(p)):
        hit = 1 - (1 - leak(slr)) * (1 - link_chance(slr)) ** sum(states)
        weight = math.prod(q if s else 1 - q for q, s in zip(p, states, strict=True))
        low += weight * hit
    high = 1 - (1 - leak(slr)) * math.prod(1 - q * link_chance(slr) for q in p)
    assert low == pytest.approx(high)
    # The roots compete for the same pain, so they are less often on together than apart.
    assert shown == pytest.approx(low, abs=0.03)
    mixed = shown * positive.probability + (1 - shown) * negative.probability
    assert mixed == pytest.approx(base.probability, abs=1e-6)


def test_a_test_that_rules_out_and_one_that_rules_in() -> None:
    key = "root_s1:left"
    before = chance(LEG, key)
    assert chance(LEG, key, "slr left: negative") < before / 2
    assert chance(LEG, key, "slr left: positive") < 1.5 * before
    assert chance(LEG, key, "crossed slr left: positive") > 1.5 * before
    assert chance(LEG, key, "slr right: negative") == pytest.approx(before, rel=0.05)


def test_what_was_not_done_and_what_has_no_figure_change_nothing() -> None:
    before = chance(HAND, "median_nerve:right")
    assert chance(HAND, "median_nerve:right", "phalen right: not tested") == before
    assert not read_tests()["hip_flexion_adduction_rotation"].weighed
    groin = from_regions(load_regions(), [Mark("groin:right", 6)])
    assert chance(groin, "hip_joint:right") == chance(
        groin, "hip_joint:right", "fadir right: positive"
    )


def test_measured_tests_stay_when_assumed_findings_are_left_out() -> None:
    key, line = "median_nerve:right", "phalen right: positive"
    assert chance(HAND, key, line, assumed=False) == pytest.approx(chance(HAND, key, line))


@pytest.mark.parametrize("more", [(), ("gluteus_medius left: no familiar pain",)])
def test_points_of_the_buttock_make_a_root_more_likely_not_less(more: tuple[str, ...]) -> None:
    """Adelmanesh 2016; a muscle that explains the buttock must not explain the root away."""
    for key in ("root_l5:left", "root_s1:left"):
        found = chance(LEG, key, "gluteus_medius left: tender spot in band", *more)
        assert found > 1.5 * chance(LEG, key)
        familiar = ("gluteus_medius left: familiar pain", "gluteus_medius left: tender spot")
        assert chance(LEG, key, *familiar) > chance(LEG, key)
        assert chance(LEG, key, "gluteus_medius left: no tender spot") < chance(LEG, key)


def test_the_points_of_the_buttock_are_counted_once() -> None:
    told = ("gluteal trigger points left: positive",)
    both = ("gluteal trigger points left: positive", "gluteus_maximus left: taut band")
    assert chance(LEG, "root_s1:left", *told) == pytest.approx(
        chance(LEG, "root_s1:left", *both), rel=0.1
    )


@pytest.mark.parametrize(
    ("text", "test", "positive"),
    [
        ("SLR left: positive", "straight_leg_raise", True),
        ("Straight leg raise  left : Negative", "straight_leg_raise", False),
        ("Phalen test right: not examined", "phalen", None),
        ("spurling's test right: absent", "spurling", False),
    ],
)
def test_results_are_read(text: str, test: str, positive: bool | None) -> None:
    result = parse_result(text)
    assert result is not None
    assert (result.test.id, result.positive) == (test, positive)


def test_what_is_no_test_is_left_to_the_findings() -> None:
    assert parse_result("infraspinatus right: familiar pain") is None
    assert find_test("infraspinatus") is None


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["phalen right: maybe"], "no result of Phalen"),
        (["phalen right: positive", "phalen right: negative"], "positive and negative"),
        (["phalen tets right: positive"], "Phalen test"),
        (["phalen: positive"], "muscle side"),
    ],
)
def test_what_cannot_be_read_is_named(lines: list[str], said: str) -> None:
    with pytest.raises(InputError, match=said):
        rank(HAND, KNOWN, read_told(lines, KNOWN))
