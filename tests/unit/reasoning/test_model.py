"""The numbers of the model, and the network that they make of the atlas."""

from importlib import resources

import numpy as np
import pytest

from tautband.base.errors import InputError
from tautband.base.sources import bibliography
from tautband.body.drawing import QUALITIES, Quality
from tautband.reasoning.knowledge import load_knowledge, prior_odds
from tautband.reasoning.model import MUSCLE, load_model, parse_model, quality_ratios
from tautband.reasoning.signs import SignTable

TEXT = resources.files("tautband.reasoning").joinpath("data/model.toml").read_text("utf-8")
MODEL = load_model()
KNOWN = load_knowledge()


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("ache = 0.78", "ache = 0.88", "model.toml quality.muscle"),
        ('"main" = { share = 0.24', '"main" = { share = 1.5', "model.toml variants.main"),
        ("least = 0.001", "lest = 0.001", "model.toml"),
        ("kappa = 0.676", "kappa = 1.676", "model.toml findings.sign.tender spot"),
        (
            'basis = "assumed"',
            'basis = "from agreement"',
            "model.toml findings.sign.limited movement",
        ),
        ("latent = 0.27", "latent = 0.97", "model.toml findings"),
        ("factor = 20.0", 'factor = "twenty"', "model.toml"),
        ("other_side = 0.25", "other_side = 1.25", "model.toml prior.other_side"),
        ("muscle = { chance = 0.03", "muscle = { chance = 3", "model.toml prior.ties.muscle"),
        ("0.35, 0.50, 1.0]", "0.50, 0.35, 1.0]", "model.toml drawing.share"),
        ("numb = 0.02 }", "itch = 0.02 }", "model.toml"),
    ],
)
def test_a_number_that_cannot_be_right_is_named(old: str, new: str, field: str) -> None:
    assert old in TEXT
    with pytest.raises(InputError) as caught:
        parse_model(TEXT.replace(old, new, 1))
    assert caught.value.field == field


def test_the_sources_of_numbers_are_in_the_bibliography() -> None:
    signs = [key for sign in MODEL.findings.sign.values() for key in sign.sources]
    named = {*MODEL.prior.sources, *MODEL.findings.sources, *signs}
    named |= {*MODEL.findings.latent_sources, *MODEL.treated.sources}
    named |= {key for tie in MODEL.prior.root_ties for key in tie.sources}
    assert named
    assert named <= set(bibliography())


def test_findings_move_the_odds_the_way_they_point() -> None:
    table = SignTable(MODEL.findings)
    for sign in MODEL.findings.sign:
        assert table.ratio({sign: True}) > 1 > table.ratio({sign: False}) > 0, sign


def test_numbness_speaks_for_nerves_and_ache_for_muscle() -> None:
    ratios = quality_ratios(MODEL)
    for word in (Quality.NUMB, Quality.TINGLING):
        number = QUALITIES.index(word)
        for nerve in ("nerve root", "peripheral nerve"):
            assert ratios[nerve][number] > 1 > ratios[MUSCLE][number]
    ache = QUALITIES.index(Quality.ACHE)
    assert ratios[MUSCLE][ache] > 1 > ratios["peripheral nerve"][ache]
    for kind in ratios.values():
        assert kind[QUALITIES.index(Quality.UNSPECIFIED)] == 1


def test_every_unit_of_the_atlas_is_a_cause() -> None:
    assert [u.key for u in KNOWN.units] == [u.key for u in KNOWN.atlas.units]
    assert KNOWN.network.causes >= len(KNOWN.units)
    assert KNOWN.network.link_cause.max() < len(KNOWN.units)
    assert KNOWN.network.regions == len(KNOWN.atlas.table)
    for key in ("infraspinatus:right", "root_c6:left"):
        assert KNOWN.units[KNOWN.cause(key)].key == key


def test_every_cause_has_shares_for_its_variants_and_can_paint_something() -> None:
    for number, unit in enumerate(KNOWN.units):
        names = KNOWN.atlas.patterns(unit)
        assert (KNOWN.network.share[number, : len(names)] > 0).all()
        assert not KNOWN.network.share[number, len(names) :].any()
        assert KNOWN.links[number].max() > 0.5, unit.key


def test_typical_is_the_mean_over_variants() -> None:
    for number in range(0, len(KNOWN.units), 20):
        mean = (KNOWN.network.share[number][:, None] * KNOWN.links[number]).sum(axis=0)
        np.testing.assert_allclose(KNOWN.typical[number], mean)


def test_a_link_grows_with_cover_and_weak_links_are_left_out() -> None:
    assert KNOWN.links.min() == 0
    assert KNOWN.links[KNOWN.links > 0].min() >= MODEL.links.least
    unit = KNOWN.atlas.unit["infraspinatus:right"]
    cover = KNOWN.atlas.cover(unit)[0, 0]
    link = KNOWN.links[KNOWN.cause(unit.key), 0]
    order = np.argsort(cover)
    assert (np.diff(link[order]) >= -1e-12).all()
    assert link[cover < MODEL.links.cover_none].max() == 0
    assert link[cover > MODEL.links.cover_full].min() == MODEL.variants["main"].main


def test_priors_of_muscles_add_up_to_what_is_expected() -> None:
    muscles = np.array([u.muscle is not None for u in KNOWN.units])
    odds = prior_odds(KNOWN.atlas, MODEL)
    chance = odds / (1 + odds)
    assert chance[muscles].sum() == pytest.approx(MODEL.prior.expected_active)
    assert chance[muscles].max() < 0.2


def test_priors_are_the_same_on_both_sides() -> None:
    odds = {u.key: o for u, o in zip(KNOWN.units, prior_odds(KNOWN.atlas, MODEL), strict=True)}
    for unit in KNOWN.units:
        other = f"{unit.id}:{unit.side.mirrored}"
        assert odds.get(other, odds[unit.key]) == odds[unit.key]


def test_a_muscle_that_is_often_active_starts_ahead() -> None:
    odds = {u.key: o for u, o in zip(KNOWN.units, prior_odds(KNOWN.atlas, MODEL), strict=True)}
    assert odds["trapezius_upper:left"] > odds["teres_major:left"]
    classes = {u.cause.frequency: odds[u.key] for u in KNOWN.units if u.cause}
    assert classes["common"] > classes["uncommon"] > classes["rare"]


def test_roots_raise_the_muscles_that_studies_looked_at_on_their_side() -> None:
    network = KNOWN.network
    factors = {
        (driver, child): factor
        for driver, child, factor in zip(
            network.driver.tolist(), network.child.tolist(), network.factor.tolist(), strict=True
        )
    }
    raised = {
        (KNOWN.units[d].id, KNOWN.units[c].id)
        for d, c in factors
        if d < len(KNOWN.units) and KNOWN.units[d].cause and KNOWN.units[d].cause.roots
    }
    told = {
        (f"root_{r.lower()}", m) for t in MODEL.prior.root_ties for r in t.roots for m in t.muscles
    }
    assert raised == told
    root, muscle = KNOWN.cause("root_s1:right"), KNOWN.cause("gluteus_minimus_posterior:right")
    assert factors[root, muscle] == 20
    assert (root, KNOWN.cause("gluteus_minimus_posterior:left")) not in factors
