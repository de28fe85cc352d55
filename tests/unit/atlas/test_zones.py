"""From words to skin."""

from typing import Any

import numpy as np
import pytest

from tautband.atlas.load import read_muscles
from tautband.atlas.records import Patch, TriggerPoint, Zone
from tautband.atlas.zones import patch_mask, point_vertex, spread, zone_mask
from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.body.regions import load_regions

TABLE = load_regions()
SURFACE = TABLE.surface
LEFT_OR_MIDDLE, RIGHT_OR_MIDDLE = SURFACE.half >= 0, SURFACE.half <= 0


def zone(**fields: Any) -> Zone:
    return Zone(**{"zone": "main", "regions": ("temple",), **fields})


def temple(*sides: str) -> Any:
    mask = np.zeros(SURFACE.size, dtype=bool)
    for side in sides:
        mask[TABLE.vertices(f"temple:{side}")] = True
    return mask


@pytest.mark.parametrize(
    ("of_zone", "of_muscle", "found"),
    [
        ("same", Side.LEFT, ("left",)),
        ("same", Side.RIGHT, ("right",)),
        ("other", Side.LEFT, ("right",)),
        ("other", Side.RIGHT, ("left",)),
        ("both", Side.LEFT, ("left", "right")),
        ("both", Side.RIGHT, ("left", "right")),
        ("same", Side.MIDLINE, ("left", "right")),
    ],
)
def test_the_side_of_a_zone_is_told_from_the_muscle(
    of_zone: str, of_muscle: Side, found: tuple[str, ...]
) -> None:
    mask = zone_mask(TABLE, zone(side=of_zone), of_muscle)
    np.testing.assert_array_equal(mask, temple(*found))


@pytest.mark.parametrize("side", ["same", "other", "both"])
def test_the_zone_of_the_right_is_the_mirrored_left(side: str) -> None:
    patch = Patch("trunk", (0.3, 0.5), (90, 180))
    wide = zone(side=side, patches=(patch,))
    left, right = (zone_mask(TABLE, wide, s) for s in (Side.LEFT, Side.RIGHT))
    np.testing.assert_array_equal(left[SURFACE.mirror], right)


def test_regions_and_patches_of_a_zone_add_up() -> None:
    patch = Patch("thigh", (0.2, 0.5), (0, 90))
    both = zone_mask(TABLE, zone(patches=(patch,)), Side.LEFT)
    alone = zone_mask(TABLE, zone(regions=(), patches=(patch,)), Side.LEFT)
    np.testing.assert_array_equal(both, alone | temple("left"))


@pytest.mark.parametrize(
    ("span", "holds", "lacks"),
    [
        ((0, 90), (0, 45, 90), (120, 200, 300)),
        ((300, 60), (300, 350, 10, 60), (90, 180, 270)),
        ((300, 420), (300, 350, 10, 60), (90, 180, 270)),
        ((-60, 60), (300, 350, 10, 60), (90, 180, 270)),
        ((0, 360), (0, 90, 180, 270, 359), ()),
    ],
)
def test_a_patch_may_wrap_round_the_front(
    span: tuple[float, float], holds: tuple[float, ...], lacks: tuple[float, ...]
) -> None:
    mask = patch_mask(SURFACE, Patch("thigh", (0.3, 0.6), span))
    here = SURFACE.in_segment("thigh") & (np.abs(SURFACE.t - 0.45) < 0.14)

    def near(angle: float) -> Any:
        return here & (np.abs((SURFACE.angle - angle + 180) % 360 - 180) < 4)

    assert all((mask & near(angle)).any() for angle in holds)
    assert not any((mask & near(angle)).any() for angle in lacks)


def test_a_patch_lies_in_its_box_on_both_halves() -> None:
    mask = patch_mask(SURFACE, Patch("leg", (0.2, 0.4), (90, 180)))
    np.testing.assert_array_equal(mask, mask[SURFACE.mirror])
    assert (SURFACE.segment[mask] == SURFACE.segments.index("leg")).all()
    assert SURFACE.t[mask].min() >= 0.2
    assert SURFACE.t[mask].max() <= 0.4
    assert ((SURFACE.angle[mask] >= 90) & (SURFACE.angle[mask] <= 180)).all()


@pytest.mark.parametrize(
    "patch",
    [
        Patch("leg", (0.5, 0.4), (0, 90)),
        Patch("leg", (0.5, 0.501), (0, 1)),
        Patch("trunk", (0.2, 0.8), (200, 300)),
    ],
)
def test_a_patch_that_is_all_but_empty_is_refused(patch: Patch) -> None:
    with pytest.raises(InputError, match="holds almost no skin"):
        patch_mask(SURFACE, patch)


@pytest.mark.parametrize("muscle", sorted(read_muscles()))
def test_main_and_spill_over_do_not_overlap_and_mirror(muscle: str) -> None:
    record = read_muscles()[muscle]
    for kind in ("main", "spill"):
        left, right = (
            spread(TABLE, record.referral, s)[kind == "spill"] for s in (Side.LEFT, Side.RIGHT)
        )
        np.testing.assert_array_equal(left[SURFACE.mirror], right)
    main, spill = spread(TABLE, record.referral, Side.LEFT)
    assert main.any()
    assert not (main & spill).any()


@pytest.mark.parametrize("muscle", sorted(read_muscles()))
def test_trigger_points_lie_where_they_are_said_to(muscle: str) -> None:
    for point in read_muscles()[muscle].trigger_points:
        if not point.stated:
            continue
        left, right = (point_vertex(SURFACE, point, s) for s in (Side.LEFT, Side.RIGHT))
        assert SURFACE.mirror[left] == right
        assert SURFACE.half[left] >= 0
        assert SURFACE.segments[SURFACE.segment[left]] == point.segment
        assert abs(SURFACE.t[left] - point.t) < 0.06
        turn = abs((SURFACE.angle[left] - point.angle + 180) % 360 - 180)
        assert turn / 360 < 0.06


@pytest.mark.parametrize(("t", "angle"), [(1.5, 90), (0.5, 270), (-0.3, 90)])
def test_a_point_off_the_skin_is_refused(t: float, angle: float) -> None:
    with pytest.raises(InputError, match="is not on the skin") as caught:
        point_vertex(SURFACE, TriggerPoint(id="7", segment="trunk", t=t, angle=angle), Side.LEFT)
    assert caught.value.field == "trigger point 7"
