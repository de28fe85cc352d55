"""What the examination found, and how it moves the odds."""

from itertools import permutations

import numpy as np
import pytest

from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.body.drawing import Mark, from_regions
from tautband.body.regions import load_regions
from tautband.reasoning.findings import Finding, finding_ratios, parse_finding
from tautband.reasoning.knowledge import load_knowledge
from tautband.reasoning.ranking import rank

KNOWN = load_knowledge()
SHOULDER = from_regions(
    load_regions(), [Mark("shoulder_anterior:right", 6), Mark("arm_lateral_upper:right", 6)]
)


@pytest.mark.parametrize(
    ("text", "muscle", "side", "sign", "present"),
    [
        ("infraspinatus right: familiar pain", "infraspinatus", "right", "familiar pain", True),
        ("infraspinatus right: no familiar pain", "infraspinatus", "right", "familiar pain", False),
        ("Infraspinatus  LEFT : Taut Band ", "infraspinatus", "left", "taut band", True),
        ("infraspinatus left: absent taut band", "infraspinatus", "left", "taut band", False),
        ("infraspinatus left: without taut band", "infraspinatus", "left", "taut band", False),
        ("infraspinatus left: not tender spot", "infraspinatus", "left", "tender spot", False),
        ("upper trapezius left: weak", "trapezius_upper", "left", "weak", True),
        ("trapezius_upper left: not weak", "trapezius_upper", "left", "weak", False),
    ],
)
def test_findings_are_read(text: str, muscle: str, side: str, sign: str, present: bool) -> None:
    assert parse_finding(text, KNOWN) == Finding(muscle, Side(side), sign, present)


@pytest.mark.parametrize(
    ("text", "field", "said", "suggested"),
    [
        ("", "finding", "muscle side: finding", None),
        ("infraspinatus", "finding", "muscle side: finding", None),
        ("infraspinatus: familiar pain", "finding", "muscle side: finding", None),
        ("right infraspinatus: familiar pain", "finding", "muscle side: finding", None),
        ("infraspinatus midline: familiar pain", "finding", "muscle side: finding", None),
        ("infraspinatus right:", "finding", "muscle side: finding", None),
        ("infraspinatus right: familar pain", "finding", "familar pain", "familiar pain"),
        ("infraspinatus right: twitch response", "finding", "twitch", "local twitch response"),
        ("infraspinatus right: purple", "finding", "one of familiar pain", None),
        ("infraspinatis right: familiar pain", "muscle", "infraspinatis", "infraspinatus"),
        ("root_c6 right: familiar pain", "muscle", "root_c6", None),
    ],
)
def test_what_cannot_be_read_is_named(
    text: str, field: str, said: str, suggested: str | None
) -> None:
    with pytest.raises(InputError) as caught:
        parse_finding(text, KNOWN)
    assert caught.value.field == field
    assert said in str(caught.value)
    if suggested is not None:
        assert suggested in caught.value.suggestions


def ratios(*texts: str) -> dict[str, float]:
    """Units whose odds the findings move, with the ratio."""
    found = finding_ratios([parse_finding(t, KNOWN) for t in texts], KNOWN)
    return {KNOWN.units[c].key: float(found[c]) for c in np.flatnonzero(found != 1).tolist()}


def test_a_finding_moves_its_own_unit_only() -> None:
    signs = KNOWN.model.findings
    for sign, ratio in signs.items():
        assert ratios(f"infraspinatus right: {sign}") == {"infraspinatus:right": ratio.present}
        assert ratios(f"infraspinatus right: no {sign}") == {"infraspinatus:right": ratio.absent}


def test_a_sign_counts_once_and_different_signs_multiply() -> None:
    familiar, taut = "infraspinatus right: familiar pain", "infraspinatus right: taut band"
    assert ratios(familiar, familiar) == ratios(familiar)
    expected = KNOWN.model.findings["familiar pain"].present
    expected *= KNOWN.model.findings["taut band"].present
    for order in permutations([familiar, taut, familiar]):
        assert ratios(*order) == {"infraspinatus:right": pytest.approx(expected)}


def test_sides_are_apart() -> None:
    both = ratios("infraspinatus right: familiar pain", "infraspinatus left: no familiar pain")
    assert both["infraspinatus:right"] > 1 > both["infraspinatus:left"]


def test_present_and_absent_at_one_place_is_a_contradiction() -> None:
    for order in permutations(
        ["infraspinatus right: familiar pain", "infraspinatus right: no familiar pain"]
    ):
        with pytest.raises(InputError, match="present and absent") as caught:
            ratios(*order)
        assert caught.value.field == "finding"


def chance(*texts: str) -> float:
    parsed = [parse_finding(t, KNOWN) for t in texts]
    posterior = rank(SHOULDER, KNOWN, parsed).posterior
    return float(posterior.probability[KNOWN.cause("infraspinatus:right")])


@pytest.mark.parametrize("sign", sorted(KNOWN.model.findings))
def test_in_the_ranking_present_raises_and_absent_lowers(sign: str) -> None:
    base = chance()
    assert chance(f"infraspinatus right: {sign}") > base
    assert chance(f"infraspinatus right: no {sign}") < base


def test_the_order_of_findings_does_not_matter() -> None:
    found = [
        "infraspinatus right: familiar pain",
        "infraspinatus right: no taut band",
        "scalenes right: no tender spot",
    ]
    assert len({chance(*order) for order in permutations(found)}) == 1


def test_a_sign_looked_for_in_vain_is_told_against_the_muscle() -> None:
    ranking = rank(SHOULDER, KNOWN, [parse_finding("infraspinatus right: no taut band", KNOWN)])
    (own,) = (c for c in ranking.candidates if c.unit.key == "infraspinatus:right")
    assert any(a.region is None and "taut band" in a.why for a in own.against)
