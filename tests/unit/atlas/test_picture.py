"""The picture of a record shows what it should, on the right side, and no side that is empty."""

import numpy as np
import pytest

from tautband.atlas.load import read_muscles
from tautband.atlas.picture import _sides, record_picture
from tautband.atlas.zones import point_vertex, spread
from tautband.base.side import Side
from tautband.body.regions import load_regions

TABLE = load_regions()
SURFACE = TABLE.surface
MUSCLES = read_muscles()


def shown(muscle: str) -> list[int]:
    record = MUSCLES[muscle]
    main, spill = spread(TABLE, record.referral, Side.RIGHT)
    return np.flatnonzero(main | spill).tolist()


@pytest.mark.parametrize("muscle", sorted(MUSCLES))
def test_every_trigger_point_lies_on_the_skin_of_its_own_side(muscle: str) -> None:
    for point in MUSCLES[muscle].trigger_points:
        if point.stated:
            vertex = point_vertex(SURFACE, point, Side.RIGHT)
            assert SURFACE.half[vertex] <= 0
            assert SURFACE.half[point_vertex(SURFACE, point, Side.LEFT)] >= 0
            assert SURFACE.segments[SURFACE.segment[vertex]] == point.segment


@pytest.mark.parametrize("muscle", sorted(MUSCLES))
def test_a_zone_of_the_same_side_stays_on_it(muscle: str) -> None:
    record = MUSCLES[muscle]
    if all(zone.side == "same" for zone in record.referral if zone.stated):
        assert (SURFACE.half[shown(muscle)] <= 0).all()


def test_the_sides_are_those_that_could_tell_something() -> None:
    def names(muscle: str) -> set[str]:
        return {name for name, *_ in _sides(SURFACE, shown(muscle))}

    assert "from below" in names("quadratus_plantae")
    assert "right palm" in names("opponens_pollicis")
    assert "inner side" in names("gracilis")
    assert "left side" in names("rectus_abdominis_upper")
    assert names("rhomboids") == {"front", "back", "right side"}


def test_an_empty_side_is_left_out() -> None:
    back_only = record_picture(TABLE, MUSCLES["rhomboids"], 100)
    all_round = record_picture(TABLE, MUSCLES["rectus_abdominis_upper"], 100)
    assert back_only.width < all_round.width
