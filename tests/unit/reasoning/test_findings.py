"""What the examination found, and how it moves the odds."""

from itertools import permutations

import numpy as np
import pytest

from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.body.drawing import Mark, from_regions
from tautband.body.regions import load_regions
from tautband.reasoning.findings import (
    Answer,
    Finding,
    finding_ratios,
    parse_finding,
    parse_findings,
)
from tautband.reasoning.knowledge import load_knowledge
from tautband.reasoning.ranking import rank
from tautband.reasoning.signs import IN_BAND, OUTSIDE_BAND, SignTable

KNOWN = load_knowledge()
TABLE = SignTable(KNOWN.model.findings)
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
    answer = Answer.PRESENT if present else Answer.ABSENT
    assert parse_finding(text, KNOWN) == Finding(muscle, Side(side), sign, answer)


@pytest.mark.parametrize(
    ("text", "field", "said", "suggested"),
    [
        ("", "finding", "muscle side: finding", None),
        ("infraspinatus", "finding", "muscle side: finding", None),
        ("infraspinatus: familiar pain", "finding", "muscle side: finding", None),
        ("infraspinatus both: familiar pain", "finding", "muscle side: finding", None),
        ("infraspinatus midline: familiar pain", "finding", "muscle side: finding", None),
        ("infraspinatus right:", "finding", "muscle side: finding", None),
        ("infraspinatus right: familar pain", "finding", "familar pain", "familiar pain"),
        ("infraspinatus right: twitch response", "finding", "twitch", "local twitch response"),
        ("infraspinatus right: no familiar referral", "finding", "two things", None),
        ("infraspinatus right: referred pain to mars", "finding", "place", None),
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
    told = [f for t in texts for f in parse_findings(t, KNOWN)]
    found = finding_ratios(told, KNOWN)
    return {KNOWN.units[c].key: float(found[c]) for c in np.flatnonzero(found != 1).tolist()}


def test_a_finding_moves_its_own_unit_only() -> None:
    for sign in TABLE.signs:
        for said, present in ((sign, True), (f"no {sign}", False)):
            moved = {"infraspinatus:right": pytest.approx(TABLE.ratio({sign: present}))}
            assert ratios(f"infraspinatus right: {said}") == moved


def test_a_sign_counts_once_and_signs_of_one_muscle_are_told_together() -> None:
    familiar, taut = "infraspinatus right: familiar pain", "infraspinatus right: taut band"
    assert ratios(familiar, familiar) == ratios(familiar)
    expected = TABLE.ratio({"familiar pain": True, "taut band": True})
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
    parsed = [f for t in texts for f in parse_findings(t, KNOWN)]
    posterior = rank(SHOULDER, KNOWN, parsed).posterior
    return float(posterior.probability[KNOWN.cause("infraspinatus:right")])


@pytest.mark.parametrize("sign", sorted(KNOWN.model.findings.sign))
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


def test_what_was_not_examined_is_no_evidence() -> None:
    for text in (
        "infraspinatus right: taut band not examined",
        "infraspinatus right: not examined: taut band",
        "infraspinatus right: taut band: unknown",
    ):
        assert parse_finding(text, KNOWN).answer is Answer.NOT_EXAMINED
        assert ratios(text) == {}
        assert ratios(text, "infraspinatus right: no taut band") == ratios(
            "infraspinatus right: no taut band"
        )


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        ("tenderness", "tender spot"),
        ("twitch", "local twitch response"),
        ("ltr", "local twitch response"),
        ("recognised pain", "familiar pain"),
        ("tender spot in the band", IN_BAND),
        ("tender spot inside a taut band", IN_BAND),
        ("tender spot outside the band", OUTSIDE_BAND),
        ("referral", "referred pain"),
        ("referred tingling to the hand", "referred pain"),
        ("familiar referred ache", "referred pain"),
    ],
)
def test_other_words_for_a_sign(words: str, sign: str) -> None:
    assert parse_finding(f"infraspinatus right: {words}", KNOWN).sign == sign


@pytest.mark.parametrize(
    "pair",
    [
        ("tender spot in band", "no taut band"),
        ("tender spot in band", "no tender spot"),
        ("tender spot in band", "tender spot outside band"),
        ("tender spot outside band", "no tender spot"),
    ],
)
def test_signs_that_cannot_both_be_true_are_refused(pair: tuple[str, str]) -> None:
    for order in permutations(pair):
        with pytest.raises(InputError, match="cannot all be true") as caught:
            ratios(*(f"infraspinatus right: {sign}" for sign in order))
        assert caught.value.field == "finding"


def key_of(region: str) -> int:
    return list(load_regions()).index(region)


@pytest.mark.parametrize("place", ["heel_plantar", "heel_plantar:right", "heel", "the right heel"])
def test_a_familiar_referral_names_its_place(place: str) -> None:
    referred, familiar = parse_findings(
        f"infraspinatus right: familiar referred pain to {place}", KNOWN
    )
    assert (referred.sign, familiar.sign) == ("referred pain", "familiar pain")
    table = list(load_regions())
    assert referred.places
    assert all(table[r].startswith("heel") and table[r].endswith("right") for r in referred.places)


FAR = from_regions(load_regions(), [Mark("calf_lateral:right", 6)], answered=True)


def far(*texts: str) -> float:
    parsed = [f for t in texts for f in parse_findings(t, KNOWN)]
    posterior = rank(FAR, KNOWN, parsed).posterior
    return float(posterior.probability[KNOWN.cause("infraspinatus:right")])


def test_a_familiar_referral_outside_the_taught_zone_still_counts() -> None:
    """The 2018 consensus expects no fixed place, so the map is not enforced."""
    own = KNOWN.links[KNOWN.cause("infraspinatus:right")]
    assert own[:, key_of("calf_lateral:right")].max() == 0
    alone = far()
    known = far("infraspinatus right: familiar pain", "infraspinatus right: referred pain")
    there = far("infraspinatus right: familiar referred pain to calf_lateral:right")
    elsewhere = far("infraspinatus right: familiar referred pain to temple:right")
    assert there > 3 * known > known > alone
    assert elsewhere == pytest.approx(known)


def test_a_referral_that_the_patient_does_not_know_opens_no_new_place() -> None:
    named = far(
        "infraspinatus right: referred pain to calf_lateral:right",
        "infraspinatus right: no familiar pain",
    )
    plain = far("infraspinatus right: referred pain", "infraspinatus right: no familiar pain")
    assert named == pytest.approx(plain)


def test_a_muscle_accounts_for_a_place_that_it_was_found_to_refer_to() -> None:
    said = "infraspinatus right: familiar referred pain to calf_lateral:right"
    ranking = rank(FAR, KNOWN, parse_findings(said, KNOWN))
    (own,) = (c for c in ranking.candidates if c.unit.key == "infraspinatus:right")
    assert [e.region.id for e in own.explains] == ["calf_lateral"]


def test_without_assumed_findings_the_drawing_stands_alone() -> None:
    told = parse_findings("infraspinatus right: familiar referred pain to the hand", KNOWN)
    bare = rank(SHOULDER, KNOWN)
    without = rank(SHOULDER, KNOWN, told, assumed=False)
    np.testing.assert_allclose(without.posterior.probability, bare.posterior.probability)


def test_the_drawing_alone_is_told_beside_every_finding() -> None:
    bare = rank(SHOULDER, KNOWN).posterior.probability
    told = rank(SHOULDER, KNOWN, parse_findings("infraspinatus right: familiar pain", KNOWN))
    for candidate in told.candidates:
        alone = bare[KNOWN.cause(candidate.unit.key)]
        assert candidate.from_drawing == pytest.approx(alone, abs=1e-9)
    assert all(c.from_drawing is None for c in rank(SHOULDER, KNOWN).candidates)


def test_tenderness_and_recognition_do_better_than_the_map() -> None:
    """The muscle that the map prefers, examined and empty, gives way to one that is familiar."""
    order = [c.unit.key for c in rank(SHOULDER, KNOWN).candidates if c.unit.muscle]
    first, second = "infraspinatus:right", "supraspinatus:right"
    assert order.index(first) < order.index(second)
    lines = (
        "infraspinatus right: no tender spot",
        "infraspinatus right: no familiar pain",
        "supraspinatus right: tender spot in band",
        "supraspinatus right: familiar pain",
    )
    told = [f for t in lines for f in parse_findings(t, KNOWN)]
    after = [c.unit.key for c in rank(SHOULDER, KNOWN, told).candidates if c.unit.muscle]
    assert after[0] == second
    assert after.index(first) > 2


def test_a_latent_point_is_not_told_as_something_wrong() -> None:
    lines = ("infraspinatus right: tender spot in band", "infraspinatus right: no familiar pain")
    told = [f for t in lines for f in parse_findings(t, KNOWN)]
    after = rank(SHOULDER, KNOWN, told)
    (own,) = (c for c in after.candidates if c.unit.key == "infraspinatus:right")
    assert own.from_drawing is not None
    assert own.probability < own.from_drawing
    assert any("latent point" in a.why for a in own.against)
