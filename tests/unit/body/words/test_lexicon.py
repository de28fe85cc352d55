"""The lexicon fits the body, reaches all of it, and can be extended."""

import pytest

from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.body.regions import Region, load_regions
from tautband.body.words.lexicon import Lexicon, load_lexicon, parse_lexicon
from tautband.body.words.understand import understand

LEFT = [r for r in load_regions().regions if r.side is Side.LEFT]


def test_every_region_id_of_the_lexicon_exists(lexicon: Lexicon) -> None:
    ids = {region.id for region in LEFT}
    for entry in lexicon.places.values():
        assert set(entry.regions) <= ids
        for regions in entry.parts.values():
            assert set(regions) <= ids


@pytest.mark.parametrize("region", LEFT, ids=lambda region: region.id)
def test_every_region_answers_to_its_names_and_a_synonym(region: Region, lexicon: Lexicon) -> None:
    for name in (region.name, region.plain, region.synonyms[0]):
        found = understand(f"{name}, on the left", lexicon)
        assert region.id in {region_id for region_id, _ in found.painful()}, name


@pytest.mark.parametrize("region", LEFT, ids=lambda region: region.id)
def test_the_plain_name_of_a_region_means_little_else(region: Region, lexicon: Lexicon) -> None:
    found = understand(f"{region.plain}, on the left", lexicon)
    assert len({region_id for region_id, _ in found.painful()}) <= 8


def test_every_chain_can_be_walked(lexicon: Lexicon) -> None:
    for chain in lexicon.chains.values():
        for link in chain.links:
            assert lexicon.places[link].regions


def test_a_clinic_can_add_words() -> None:
    extra = """
    [place.shoulder]
    names = ["pitching shoulder"]
    [place.stitch]
    names = ["runner's stitch"]
    regions = ["hypochondrium"]
    [quality]
    ache = ["niggling"]
    """
    lexicon = load_lexicon(LEFT, extra)
    found = understand("niggling right pitching shoulder, runner's stitch on the left", lexicon)
    assert ("hypochondrium", Side.LEFT) in found.painful()
    assert ("shoulder_anterior", Side.RIGHT) in found.painful()
    assert found.not_understood == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[place.x]\nnames = ["x"]\nregions = ["sholder_anterior"]', "sholder_anterior"),
        ('[place.x]\nnames = ["elbow"]\nregions = ["temple"]', '"elbow" is defined twice'),
        ('[place.x]\nnames = ["x", "the X"]\nregions = ["temple"]', "defined twice"),
        ('[place.x]\nnames = ["x"]\n', "regions"),
        ("[place.x", "TOML"),
        ('[chain.x]\nlinks = ["elbo"]', "elbo"),
        ('[quality]\nache = ["burning"]', "defined twice"),
        ('[quality]\npainful = ["ouch"]', "painful"),
        ('[word]\ngoes = ["wanders"]', "goes"),
    ],
)
def test_a_bad_addition_is_refused_and_named(text: str, said: str) -> None:
    with pytest.raises(InputError, match="lexicon") as caught:
        load_lexicon(LEFT, text)
    assert said in str(caught.value)


def test_a_close_region_id_is_suggested() -> None:
    with pytest.raises(InputError) as caught:
        parse_lexicon(['[place.x]\nnames = ["x"]\nregions = ["sholder_anterior"]'], LEFT)
    assert "shoulder_anterior" in caught.value.suggestions
