"""Loosely named places: one word is one observation."""

import numpy as np
import pytest

from tautband.base.errors import InputError
from tautband.body.drawing import Drawing, Mark, from_json, from_regions, to_json
from tautband.body.regions import load_regions
from tautband.body.surface import load_surface
from tautband.care.locate import locate, read_sentence
from tautband.reasoning.knowledge import load_knowledge
from tautband.reasoning.naming import naming_of
from tautband.reasoning.ranking import rank

CALF = ("calf_lateral:right", "calf_medial:right", "calf_lower:right")


def calf(place: int) -> Drawing:
    return from_regions(load_regions(), [Mark(key, 6, place=place) for key in CALF])


def test_a_named_place_is_one_node_and_each_other_region_its_own() -> None:
    table = load_regions()
    naming = naming_of(calf(1), load_knowledge())
    assert naming.nodes[0] == tuple(sorted(table[key].index for key in CALF))
    assert sorted(r for node in naming.nodes for r in node) == list(range(len(table)))


def test_the_node_is_lit_when_any_of_its_regions_is() -> None:
    knowledge = load_knowledge()
    naming = naming_of(calf(1), knowledge)
    cause = knowledge.cause("gastrocnemius_medial:right")
    network = naming.network
    here = (network.link_cause == cause) & (network.link_region == 0)
    found = dict(zip(network.link_variant[here].tolist(), network.link_chance[here], strict=True))
    for variant, chance in found.items():
        dark = 1.0
        for region in naming.nodes[0]:
            dark *= 1 - knowledge.links[cause, variant, region]
        assert chance == pytest.approx(1 - dark, abs=1e-12)


def test_a_painted_or_exactly_named_drawing_keeps_the_network() -> None:
    knowledge = load_knowledge()
    assert naming_of(calf(0), knowledge).network is knowledge.network


def test_a_cause_of_a_part_bears_a_loose_word_better_than_an_exact_drawing() -> None:
    knowledge = load_knowledge()
    part = knowledge.cause("gastrocnemius_lateral:right")
    whole = knowledge.cause("root_s1:right")

    def odds(place: int) -> float:
        chance = rank(calf(place), knowledge).posterior.probability
        return float(chance[part] / chance[whole])

    assert odds(1) > odds(0)


def test_what_a_loose_place_explains_is_told_in_regions_that_the_cause_reaches() -> None:
    knowledge = load_knowledge()
    for candidate in rank(calf(1), knowledge).candidates[:5]:
        cause = knowledge.cause(candidate.unit.key)
        for explained in candidate.explains:
            assert knowledge.typical[cause, explained.region.index] > 0


def test_words_name_places_loosely_and_sides_apart() -> None:
    stated = read_sentence("pain in both calves").drawing
    assert len(stated.places()) == 2
    unstated = read_sentence("low back pain").drawing
    assert len(unstated.places()) == 1
    assert locate(stated).bound <= 1e-3


def test_loose_places_survive_the_way_through_json() -> None:
    drawing = read_sentence("calf pain on the right and heel pain on the left").drawing
    assert from_json(to_json(drawing), load_surface()) == drawing
    assert "loose" not in to_json(calf(0))


@pytest.mark.parametrize("loose", ["x", [[1]], [[0, -1]], [[0, 10**6]], [[]] * 201])
def test_a_wrong_loose_place_is_an_error_that_names_it(loose: object) -> None:
    data = to_json(calf(1)) | {"loose": loose}
    with pytest.raises(InputError, match="loose"):
        from_json(data, load_surface())


def test_a_loose_place_without_pain_is_refused() -> None:
    drawing = calf(1)
    loose = np.ones(len(drawing.intensity), np.int16)
    with pytest.raises(InputError, match="loose"):
        Drawing(drawing.body, drawing.intensity, drawing.quality, drawing.asked, loose)
