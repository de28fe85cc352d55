"""The named regions: they cover the skin once, mirror each other, and can be told apart."""

from typing import Any

import numpy as np
import pytest
from scipy.sparse.csgraph import connected_components

from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.body.regions import VIEWS, Region, build_table, load_regions, read_names

TABLE = load_regions()
SURFACE = TABLE.surface

# Thin places where the boxes of two segments meet; a second small patch is left there.
IN_TWO_PATCHES = {"perineum", "thenar", "first_web"}


def by_id(region_id: str) -> Region:
    return TABLE[f"{region_id}:left"]


def test_there_are_over_two_hundred_of_them_on_both_sides() -> None:
    assert len(TABLE) >= 200
    assert len(TABLE) == 2 * len(TABLE.ids)
    assert list(TABLE) == [r.key for r in TABLE.regions]
    assert [r.index for r in TABLE.regions] == list(range(len(TABLE)))


def test_they_cover_the_skin_once() -> None:
    hits = np.zeros(SURFACE.size, int)
    for key in TABLE:
        hits[TABLE.vertices(key)] += 1
    np.testing.assert_array_equal(hits, np.where(SURFACE.half == 0, 2, 1))
    assert TABLE.areas.sum() == pytest.approx(SURFACE.area.sum())


def test_each_vertex_knows_its_region() -> None:
    for region in TABLE.regions:
        own = TABLE.vertices(region.key)
        own = own[SURFACE.half[own] != 0]
        assert (TABLE.of_vertex[own] == region.index).all(), region.key


def test_the_halves_mirror_each_other() -> None:
    for left in TABLE.regions[: len(TABLE.ids)]:
        right = TABLE.regions[TABLE.mirrored(left.index)]
        assert (right.id, right.side) == (left.id, Side.RIGHT)
        assert TABLE.mirrored(right.index) == left.index
        mirrored = np.sort(SURFACE.mirror[TABLE.vertices(left.key)])
        np.testing.assert_array_equal(mirrored, TABLE.vertices(right.key))
        assert right.area == pytest.approx(left.area)
        assert SURFACE.mirror[left.anchor] == right.anchor
        swapped = {"left": "right", "right": "left"}
        assert set(right.views) == {swapped.get(v, v) for v in left.views}


@pytest.mark.parametrize("region_id", TABLE.ids)
def test_each_is_named_for_clinicians_and_patients(region_id: str) -> None:
    region = by_id(region_id)
    assert region.name
    assert region.name[0].isupper()
    assert region.plain
    assert region.synonyms
    assert all(s.strip() == s and s for s in region.synonyms)
    assert region.views
    assert set(region.views) <= set(VIEWS)
    assert region.anchor in TABLE.vertices(region.key)
    assert region.area == pytest.approx(TABLE.areas[region.index])
    assert region.area > 1


def test_names_tell_them_apart() -> None:
    lefts = TABLE.regions[: len(TABLE.ids)]
    for field in ("id", "name", "plain"):
        values = [getattr(r, field).lower() for r in lefts]
        assert sorted(set(values)) == sorted(values), field


@pytest.mark.parametrize("region_id", TABLE.ids)
def test_each_is_one_patch_of_skin(region_id: str) -> None:
    inside = TABLE.vertices(f"{region_id}:left")
    patches, which = connected_components(SURFACE.edges[inside][:, inside], directed=False)
    assert patches == (2 if region_id in IN_TWO_PATCHES else 1), np.bincount(which)


@pytest.mark.parametrize(
    ("key", "view"),
    [
        ("sternum_upper:left", "front"),
        ("sacrum:right", "back"),
        ("ear:left", "left"),
        ("ear:right", "right"),
        ("head_vertex:left", "top"),
        ("heel_plantar:right", "below"),
    ],
)
def test_the_first_view_is_where_it_is_seen_best(key: str, view: str) -> None:
    assert TABLE[key].views[0] == view


def test_sums_split_a_midline_vertex_between_the_halves() -> None:
    ones = TABLE.sums(np.ones(SURFACE.size))
    for region in TABLE.regions:
        own = TABLE.vertices(region.key)
        expected = (SURFACE.half[own] != 0).sum() + 0.5 * (SURFACE.half[own] == 0).sum()
        assert ones[region.index] == pytest.approx(expected), region.key


@pytest.mark.parametrize(
    ("wrong", "close"),
    [
        ("shoulder_anterio:right", "shoulder_anterior:right"),
        ("sacrm:left", "sacrum:left"),
        ("temple", "temple:left"),
    ],
)
def test_an_unknown_region_is_named_with_close_ones(wrong: str, close: str) -> None:
    assert wrong not in TABLE
    for asked in (TABLE.__getitem__, TABLE.vertices):
        with pytest.raises(InputError, match=f"'{wrong}' is not a region") as caught:
            asked(wrong)
        assert caught.value.field == "region"
        assert close in caught.value.suggestions


def test_names_that_do_not_fit_the_body_are_refused() -> None:
    names: dict[str, Any] = dict(read_names())
    names["tail"] = names.pop("sacrum")
    with pytest.raises(InputError, match=r"sacrum.*tail"):
        build_table(SURFACE, names)
