"""The compiled atlas says what the text says."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from tautband.atlas.atlas import Unit, load_atlas
from tautband.atlas.causes import read_causes, read_red_flags
from tautband.atlas.compile import compile_atlas
from tautband.atlas.load import check_groups, read_muscles
from tautband.atlas.patterns import Shaper
from tautband.atlas.prevalence import (
    Prevalence,
    check_prevalence,
    mean_active,
    read_prevalence,
)
from tautband.atlas.zones import point_vertex, spread
from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.base.sources import bibliography

ATLAS = load_atlas()
TABLE = ATLAS.table
SURFACE = TABLE.surface
SHAPER = Shaper(SURFACE)
MUSCLES = [u for u in ATLAS.units if u.muscle]


def other_side(unit: Unit) -> Unit:
    return ATLAS.unit[f"{unit.id}:{unit.side.mirrored}"]


def test_it_was_compiled_from_the_text_as_it_stands(tmp_path: Path) -> None:
    version = compile_atlas(tmp_path)
    assert ATLAS.version == version, "compile the atlas: python tools/compile_atlas.py"


def test_compiling_twice_writes_the_same(tmp_path: Path) -> None:
    versions = {compile_atlas(tmp_path / name) for name in ("one", "two")}
    assert len(versions) == 1
    first, second = ((tmp_path / folder / "records.json").read_bytes() for folder in ("one", "two"))
    assert first == second
    one, two = (np.load(tmp_path / folder / "arrays.npz") for folder in ("one", "two"))
    assert set(one) == set(two)
    for name in one:
        np.testing.assert_array_equal(one[name], two[name])


def test_it_holds_every_record() -> None:
    assert ATLAS.muscles == dict(read_muscles())
    assert ATLAS.causes == dict(read_causes())
    assert ATLAS.flags == read_red_flags()


def test_every_muscle_is_a_unit_on_both_sides_and_every_cause_where_it_can_be() -> None:
    expected = {f"{m}:{s}" for m in ATLAS.muscles for s in ("left", "right")}
    expected |= {f"{c.id}:{s}" for c in ATLAS.causes.values() for s in c.sides}
    assert set(ATLAS.unit) == expected
    for key, unit in ATLAS.unit.items():
        assert unit.key == key
        assert unit.name


def test_a_member_of_a_group_that_is_taught_as_one_is_ranked_as_the_group() -> None:
    members = {m.id for m in ATLAS.muscles.values() if m.ranked_as}
    assert "rectus_capitis_posterior_major" in members
    assert {u.id for u in ATLAS.units} == (set(ATLAS.muscles) | set(ATLAS.causes)) - members
    for member in members:
        group = ATLAS.ranked(member, Side.LEFT)
        assert group in ATLAS.units
        assert group.id == ATLAS.muscles[member].ranked_as
    assert ATLAS.ranked("infraspinatus", Side.RIGHT).id == "infraspinatus"


def test_a_group_that_is_not_there_is_an_error() -> None:
    muscles = dict(ATLAS.muscles)
    lost = {key: muscle for key, muscle in muscles.items() if key != "suboccipitals"}
    with pytest.raises(InputError, match="ranked_as"):
        check_groups(lost)


def shares(weight: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Share of each region under a weight, by a plain sum over its vertices."""
    result = []
    for region in TABLE.regions:
        inside = TABLE.vertices(region.key)
        area = SURFACE.area[inside] * np.where(SURFACE.half[inside] == 0, 0.5, 1)
        result.append((area * weight[inside]).sum() / area.sum())
    return np.array(result)


@pytest.mark.parametrize("key", ["infraspinatus:left", "piriformis:right", "masseter_deep:left"])
def test_cover_is_that_of_the_text(key: str) -> None:
    unit = ATLAS.unit[key]
    assert unit.muscle is not None
    main, spill = spread(TABLE, unit.muscle.referral, unit.side)
    patterns = SHAPER.patterns(main, spill, [])
    assert ATLAS.patterns(unit)[: len(patterns)] == [p.name for p in patterns]
    cover = ATLAS.cover(unit)
    for number, pattern in enumerate(patterns):
        np.testing.assert_allclose(cover[number, 0], shares(pattern.main), atol=1e-6)
        np.testing.assert_allclose(cover[number, 1], shares(pattern.spill), atol=1e-6)


def test_patterns_of_single_points_cover_their_own_zones() -> None:
    unit = ATLAS.unit["infraspinatus:left"]
    names = ATLAS.patterns(unit)
    assert {"point 1", "point 2"} <= set(names)
    first, second = (ATLAS.cover(unit)[names.index(f"point {n}"), 0] for n in (1, 2))
    scapula = TABLE["scapula_medial:left"].index
    assert (first[scapula], second[scapula]) == (0, pytest.approx(1))
    assert first.any()


@pytest.mark.parametrize("key", sorted(u.key for u in MUSCLES))
def test_zones_are_those_of_the_text(key: str) -> None:
    unit = ATLAS.unit[key]
    assert unit.muscle is not None
    for kind in ("main", "spill"):
        np.testing.assert_array_equal(
            ATLAS.zone(unit, kind), spread(TABLE, unit.muscle.referral, unit.side)[kind == "spill"]
        )


def test_the_right_is_the_mirrored_left() -> None:
    half = len(TABLE) // 2
    for unit in ATLAS.units:
        if unit.side is not Side.LEFT or (unit.cause and unit.cause.only):
            continue
        right = other_side(unit)
        cover = ATLAS.cover(unit)
        np.testing.assert_array_equal(
            ATLAS.cover(right), np.concatenate([cover[..., half:], cover[..., :half]], axis=-1)
        )
        np.testing.assert_array_equal(
            ATLAS.zone(right, "main"), ATLAS.zone(unit, "main")[SURFACE.mirror]
        )
        assert ATLAS.points(right) == [SURFACE.mirror[v] for v in ATLAS.points(unit)]


@pytest.mark.parametrize("key", sorted(u.key for u in MUSCLES)[::9])
def test_points_are_those_of_the_text(key: str) -> None:
    unit = ATLAS.unit[key]
    assert unit.muscle is not None
    stated = [p for p in unit.muscle.trigger_points if p.stated]
    assert ATLAS.points(unit) == [point_vertex(SURFACE, p, unit.side) for p in stated]


def test_cover_is_a_share_and_every_unit_covers_something() -> None:
    for unit in ATLAS.units:
        cover = ATLAS.cover(unit)
        assert cover.shape == (len(ATLAS.patterns(unit)), 2, len(TABLE))
        assert cover.min() >= 0
        assert cover.max() <= 1 + 1e-6
        assert cover[0, 0].max() > 0.2, unit.key


def test_a_cause_of_the_midline_covers_both_halves_alike() -> None:
    unit = ATLAS.unit["pancreas_stomach:midline"]
    zone = ATLAS.zone(unit, "main")
    np.testing.assert_array_equal(zone, zone[SURFACE.mirror])


def test_a_cause_of_the_right_lies_on_the_right() -> None:
    zone = ATLAS.zone(ATLAS.unit["gall_bladder:right"], "main")
    assert zone.any()
    assert SURFACE.half[zone].max() <= 0


def test_prevalence_rows_are_sourced_and_about_muscles_of_the_atlas() -> None:
    check_prevalence(ATLAS.muscles, bibliography())
    assert len(read_prevalence()) > 20


def row(muscle: str = "masseter", n: int = 25, low: float = 10, high: float = 20) -> Prevalence:
    return Prevalence(muscle=muscle, condition="c", n=n, active=(low, high))


@pytest.mark.parametrize(
    ("rows", "mean"),
    [
        ((row(),), 15),
        ((row(), row(low=30, high=30)), 22.5),
        ((row(n=100), row(n=25, low=30, high=30)), 20),
        ((row(n=0), row(n=25, low=30, high=30)), 22.5),
    ],
)
def test_mean_active_weighs_by_the_root_of_n(rows: tuple[Prevalence, ...], mean: float) -> None:
    assert mean_active((*rows, row("other", low=99, high=99))) == {
        "masseter": pytest.approx(mean),
        "other": 99,
    }


def test_a_prevalence_of_a_muscle_without_a_record_is_named() -> None:
    named = read_prevalence()[0].muscle
    without = {m: r for m, r in ATLAS.muscles.items() if m != named}
    with pytest.raises(InputError, match=f"'{named}' is no record"):
        check_prevalence(without, bibliography())
