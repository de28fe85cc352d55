"""The pattern variants of a zone."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tautband.atlas.patterns import Shaper
from tautband.body.regions import load_regions

TABLE = load_regions()
SURFACE = TABLE.surface
SHAPER = Shaper(SURFACE)
NOTHING = np.zeros(SURFACE.size, dtype=bool)
quick = settings(max_examples=25, deadline=None)


@st.composite
def zones(draw: st.DrawFn) -> Any:
    """One to four regions of either side."""
    keys = draw(st.lists(st.sampled_from(sorted(TABLE)), min_size=1, max_size=4))
    mask = NOTHING.copy()
    for key in keys:
        mask[TABLE.vertices(key)] = True
    return mask


def one(vertex: int) -> Any:
    mask = NOTHING.copy()
    mask[vertex] = True
    return mask


@quick
@given(zones(), st.integers(1, 3))
def test_grown_holds_the_zone_and_its_neighbours_and_no_more(
    zone: npt.NDArray[np.bool_], steps: int
) -> None:
    grown = SHAPER.grown(zone, steps)
    assert (grown & zone).sum() == zone.sum()
    near = set(np.flatnonzero(zone).tolist())
    for _ in range(steps):
        start, stop = SURFACE.edges.nonzero()
        near |= set(stop[np.isin(start, list(near))].tolist())
    assert set(np.flatnonzero(grown).tolist()) == near


@quick
@given(zones())
def test_inner_is_the_deeper_part_of_the_zone(zone: npt.NDArray[np.bool_]) -> None:
    inner = SHAPER.inner(zone)
    assert inner.any()
    assert not (inner & ~zone).any()
    assert 0.3 < inner.sum() / zone.sum() <= 1


def test_inner_of_a_wide_zone_is_its_deeper_half() -> None:
    """Distance to the outside stands in for depth."""
    thigh = SURFACE.in_segment("thigh") & (SURFACE.half > 0)
    zone = thigh & (np.abs(SURFACE.t - 0.5) < 0.3)
    inner = SHAPER.inner(zone)
    assert inner.sum() / zone.sum() == pytest.approx(0.5, abs=0.1)
    outside = SURFACE.positions[~zone]
    away = np.linalg.norm(SURFACE.positions[zone][:, None] - outside[None, ::3], axis=2).min(axis=1)
    assert away[inner[zone]].min() > 0.5 * np.median(away)
    assert away[inner[zone]].mean() > 2 * away[~inner[zone]].mean()


@quick
@given(zones())
def test_blurred_keeps_within_bounds_and_about_the_same_skin(zone: npt.NDArray[np.bool_]) -> None:
    blurred = SHAPER.blurred(zone)
    assert blurred.min() >= 0
    assert blurred.max() <= 1 + 1e-12
    assert blurred.sum() == pytest.approx(zone.sum(), rel=0.15)
    assert (blurred > 0).sum() > zone.sum()
    assert blurred[zone].mean() > blurred[~zone & (blurred > 0)].mean()


@quick
@given(zones())
def test_every_way_of_shaping_mirrors(zone: npt.NDArray[np.bool_]) -> None:
    mirror = SURFACE.mirror
    np.testing.assert_array_equal(SHAPER.grown(zone[mirror]), SHAPER.grown(zone)[mirror])
    np.testing.assert_array_equal(SHAPER.inner(zone[mirror]), SHAPER.inner(zone)[mirror])
    np.testing.assert_allclose(
        SHAPER.blurred(zone[mirror]), SHAPER.blurred(zone)[mirror], atol=1e-12
    )


def test_nothing_stays_nothing() -> None:
    for shaped in (SHAPER.grown(NOTHING), SHAPER.inner(NOTHING), SHAPER.blurred(NOTHING)):
        assert not shaped.any()


def test_a_place_alone_is_its_own_inside() -> None:
    place = one(1234)
    np.testing.assert_array_equal(SHAPER.inner(place), place)
    neighbours = SURFACE.edges[[1234]].nnz
    assert SHAPER.grown(place, 1).sum() == neighbours + 1


def variants(spill: npt.NDArray[np.bool_], parts: list[Any]) -> list[str]:
    return [p.name for p in SHAPER.patterns(one(1234), spill, parts)]


def test_a_zone_has_the_variants_that_make_sense_for_it() -> None:
    few = ["main", "small", "wide", "off"]
    assert variants(NOTHING, []) == few
    assert variants(one(5000), []) == [*few, "spread", "spill first"]
    parts = [("1", one(1), NOTHING), ("2", one(2), NOTHING)]
    assert variants(NOTHING, parts) == [*few, "point 1", "point 2"]


def test_variants_are_weights_of_the_right_parts() -> None:
    main, spill = (NOTHING.copy() for _ in range(2))
    main[SURFACE.in_segment("thigh") & (SURFACE.half > 0)] = True
    spill[SURFACE.in_segment("leg") & (SURFACE.half > 0)] = True
    found = {p.name: p for p in SHAPER.patterns(main, spill, [("1", main, spill)])}
    for pattern in found.values():
        for weight in (pattern.main, pattern.spill):
            assert weight.shape == (SURFACE.size,)
            assert weight.min() >= 0
            assert weight.max() <= 1 + 1e-12
    np.testing.assert_array_equal(found["main"].main, main)
    assert not found["main"].spill.any()
    assert not found["off"].spill.any()
    for name in ("spread", "spill first", "point 1"):
        np.testing.assert_array_equal(found[name].main, main)
        np.testing.assert_array_equal(found[name].spill, spill)
    assert found["wide"].main.sum() > main.sum() > found["small"].main.sum()
