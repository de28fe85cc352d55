"""The joint chances of the signs of one muscle."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tautband.base.errors import InputError
from tautband.base.sex import Sex
from tautband.reasoning.model import CLASSES, load_model
from tautband.reasoning.signs import (
    BAND,
    FAMILIAR,
    IN_BAND,
    OUTSIDE_BAND,
    REFERRED,
    SPOT,
    SignTable,
)

FINDINGS = load_model().findings
TABLE = SignTable(FINDINGS)
BASIC = tuple(FINDINGS.sign)
World = dict[str, bool]


def worlds() -> list[World]:
    """Every way in which a muscle can feel, spelled out: eight signs, and where the spot lies."""
    found = []
    for values in product((True, False), repeat=len(BASIC)):
        world = dict(zip(BASIC, values, strict=True))
        both = world[BAND] and world[SPOT]
        for inside in (True, False) if both else (False,):
            found.append({**world, IN_BAND: inside, OUTSIDE_BAND: world[SPOT] and not inside})
    return found


WORLDS = worlds()


def chance(world: World, kind: str) -> float:
    """Of one world in one class, sign by sign."""
    total = 1.0
    for sign in BASIC:
        read = FINDINGS.sign[sign].read(kind)
        total *= read if world[sign] else 1 - read
    if world[BAND] and world[SPOT]:
        total *= FINDINGS.inside[kind] if world[IN_BAND] else 1 - FINDINGS.inside[kind]
    return total


def slow_ratio(answers: World) -> float:
    """Likelihood ratio by adding up all worlds that agree with the answers."""
    fits = [w for w in WORLDS if all(w[sign] == yes for sign, yes in answers.items())]
    by = {kind: sum(chance(w, kind) for w in fits) for kind in CLASSES}
    active = (1 - FINDINGS.missed) * by["found"] + FINDINGS.missed * by["none"]
    rest = 1 - FINDINGS.latent - FINDINGS.overcalled
    other = (
        FINDINGS.latent * by["latent"] + FINDINGS.overcalled * by["overcalled"] + rest * by["none"]
    )
    return active / other


def test_the_worlds_of_each_class_sum_to_one() -> None:
    for kind in CLASSES:
        assert sum(chance(w, kind) for w in WORLDS) == pytest.approx(1)


@given(st.sampled_from(WORLDS), st.sets(st.sampled_from(TABLE.signs), max_size=6))
def test_the_table_agrees_with_adding_up_all_worlds(world: World, asked: set[str]) -> None:
    answers = {sign: world[sign] for sign in asked}
    assert TABLE.ratio(answers) == pytest.approx(slow_ratio(answers))


@given(st.sampled_from(WORLDS), st.sets(st.sampled_from(TABLE.signs), max_size=4))
def test_outcomes_share_out_the_whole_whatever_is_known(world: World, asked: set[str]) -> None:
    known = {sign: world[sign] for sign in asked}
    outcomes = list(TABLE.outcomes(known, (BAND, SPOT, FAMILIAR, REFERRED)))
    assert sum(told.active for _, told in outcomes) == pytest.approx(1)
    assert sum(told.other for _, told in outcomes) == pytest.approx(1)


def test_a_sign_that_was_not_examined_changes_nothing() -> None:
    assert TABLE.ratio({}) == pytest.approx(1)


def test_the_order_of_effects_follows_the_agreement_of_examiners() -> None:
    """Recognition and tenderness are dependable, band and twitch are not (Rathbone 2017)."""
    weight = {sign: TABLE.ratio({sign: True}) for sign in TABLE.signs}
    assert weight[FAMILIAR] > weight[IN_BAND] > weight[SPOT] > weight[BAND]
    assert weight[SPOT] > weight["local twitch response"]
    assert weight[FAMILIAR] == max(weight.values())
    assert min(weight, key=lambda s: abs(weight[s] - 1)) == OUTSIDE_BAND


@pytest.mark.parametrize(
    ("found", "low", "high"),
    [
        # What is latent is normal: it must not raise the odds of an active point.
        ({IN_BAND: True, FAMILIAR: False}, 0.3, 1.0),
        ({SPOT: True, FAMILIAR: False}, 0.3, 1.0),
        ({IN_BAND: True, FAMILIAR: False, REFERRED: True}, 0.3, 1.1),
        ({BAND: True}, 1.0, 2.0),
        ({OUTSIDE_BAND: True}, 0.8, 1.05),
        ({IN_BAND: True, FAMILIAR: True}, 8.0, 20.0),
        ({SPOT: False, FAMILIAR: False}, 0.1, 0.3),
    ],
)
def test_what_findings_weigh(found: World, low: float, high: float) -> None:
    assert low <= TABLE.ratio(found) <= high


def test_signs_that_agree_do_not_multiply_without_end() -> None:
    every = {sign: True for sign in TABLE.signs if sign != OUTSIDE_BAND}
    naive = 1.0
    for sign in every:
        naive *= TABLE.ratio({sign: True})
    assert TABLE.ratio(every) < naive / 5
    assert TABLE.ratio(every) < 1 / FINDINGS.overcalled * 5
    none = dict.fromkeys(TABLE.signs, False)
    assert TABLE.ratio(none) > FINDINGS.missed


def test_latent_points_are_commoner_in_women_so_a_spot_tells_less_there() -> None:
    by_sex = {sex: SignTable(FINDINGS, sex).ratio({IN_BAND: True}) for sex in Sex}
    assert by_sex[Sex.FEMALE] < TABLE.ratio({IN_BAND: True}) < by_sex[Sex.MALE]
    familiar = {sex: SignTable(FINDINGS, sex).ratio({FAMILIAR: True}) for sex in Sex}
    assert familiar[Sex.FEMALE] == pytest.approx(familiar[Sex.MALE], rel=0.02)


@pytest.mark.parametrize(
    ("sign", "error"),
    [(SPOT, 0.0889), (FAMILIAR, 0.1209), (REFERRED, 0.1258), ("weak", 0.0)],
)
def test_reading_errors_follow_from_agreement(sign: str, error: float) -> None:
    """(1 - root 0.676) / 2, (1 - root 0.575) / 2, (1 - root(2 * 0.78 - 1)) / 2."""
    assert FINDINGS.sign[sign].error == pytest.approx(error, abs=1e-4)


def test_two_raters_who_err_so_agree_as_published() -> None:
    """The formula backwards: kappa of two raters with that error, half of muscles with the sign."""
    for sign in FINDINGS.sign.values():
        if sign.kappa is not None:
            agree = (1 - sign.error) ** 2 + sign.error**2
            assert (agree - 0.5) / 0.5 == pytest.approx(sign.kappa)
        elif sign.agreement is not None:
            assert (1 - sign.error) ** 2 + sign.error**2 == pytest.approx(sign.agreement)


def test_answers_that_cannot_all_be_true_are_refused() -> None:
    with pytest.raises(InputError, match="cannot all be true"):
        TABLE.told({IN_BAND: True, BAND: False})
