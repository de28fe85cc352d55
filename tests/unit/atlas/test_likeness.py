"""Muscles that are felt in the same place: against a slow count, and as a clinician would say."""

import pytest

from tautband.atlas.atlas import Atlas, load_atlas
from tautband.atlas.likeness import LEAST_SHARED, MOST, SPILL_WEIGHT, easily_mistaken
from tautband.base.side import Side


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return load_atlas()


def weight_at(atlas: Atlas, key: str, vertex: int) -> float:
    unit = atlas.unit[key]
    if atlas.zone(unit, "main")[vertex]:
        return 1.0
    return SPILL_WEIGHT if atlas.zone(unit, "spill")[vertex] else 0.0


def slowly_shared(atlas: Atlas, one: str, other: str) -> float:
    """Vertex by vertex: what both zones weigh in common, over what either weighs."""
    common = either = 0.0
    for vertex, area in enumerate(atlas.table.surface.area.tolist()):
        weights = (weight_at(atlas, one, vertex), weight_at(atlas, other, vertex))
        common += area * min(weights)
        either += area * max(weights)
    return common / either


def test_share_is_what_a_slow_count_finds(atlas: Atlas) -> None:
    first = easily_mistaken(atlas, atlas.unit["supinator:left"])[0]
    slow = slowly_shared(atlas, "supinator:left", first.unit.key)
    assert first.shared == pytest.approx(slow, rel=1e-9)


@pytest.mark.parametrize(
    ("muscle", "taken_for"),
    [
        ("supinator", "extensor_carpi_radialis_longus"),  # the outer elbow
        ("masseter_deep", "lateral_pterygoid"),  # the jaw joint
        ("trapezius_upper", "suboccipitals"),  # the side of the head
        ("piriformis", "gluteus_medius"),  # the buttock
    ],
)
def test_what_hurts_in_one_place_is_named(atlas: Atlas, muscle: str, taken_for: str) -> None:
    found = easily_mistaken(atlas, atlas.unit[f"{muscle}:right"])
    assert taken_for in [one.unit.id for one in found]


def test_list_is_short_sorted_of_one_side_and_leaves_itself_out(atlas: Atlas) -> None:
    for unit in atlas.unit.values():
        if unit.muscle is None or unit.side is not Side.LEFT:
            continue
        found = easily_mistaken(atlas, unit)
        shares = [one.shared for one in found]
        assert len(found) <= MOST
        assert shares == sorted(shares, reverse=True)
        assert all(LEAST_SHARED <= share <= 1 for share in shares)
        assert {one.unit.side for one in found} <= {Side.LEFT}
        assert not {unit.id, unit.muscle.ranked_as} & {one.unit.id for one in found}


def test_being_mistaken_is_mutual_in_its_share(atlas: Atlas) -> None:
    there = {o.unit.id: o.shared for o in easily_mistaken(atlas, atlas.unit["supinator:left"])}
    back = easily_mistaken(atlas, atlas.unit["brachioradialis:left"])
    assert {o.unit.id: o.shared for o in back}["supinator"] == pytest.approx(
        there["brachioradialis"]
    )
