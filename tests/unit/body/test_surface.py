"""The shipped skin: closed, mirrored, fine enough to paint on, and of people's sizes."""

import hashlib
import json
import struct
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from scipy.sparse.csgraph import connected_components

from tautband.base.errors import InputError
from tautband.body.surface import load_surface

SURFACE = load_surface()
BUILDS = ("heavy", "light", "tall", "short")
MORPHS = ("female", "male", *(f"{sex}_{build}" for sex in ("female", "male") for build in BUILDS))
PAINTED_WIDELY = ("trunk", "neck", "upper_arm", "forearm", "thigh", "leg")
MEGABYTE = 1_000_000


def edges() -> npt.NDArray[np.int64]:
    """Every edge of every triangle in its direction, (3 T, 2)."""
    return SURFACE.triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2)


def skin_area(shape: str) -> float:
    """Square metres."""
    a, b, c = (SURFACE.shapes[shape][SURFACE.triangles[:, k]] for k in range(3))
    return float(np.linalg.norm(np.cross(b - a, c - a), axis=1).sum() / 2)


def stature(shape: str) -> float:
    """Metres from sole to crown."""
    return float(np.ptp(SURFACE.shapes[shape][:, 1]))


def test_mirroring_twice_changes_nothing() -> None:
    np.testing.assert_array_equal(SURFACE.mirror[SURFACE.mirror], np.arange(SURFACE.size))


@pytest.mark.parametrize("shape", sorted(SURFACE.shapes))
def test_mirrored_vertices_are_mirror_images(shape: str) -> None:
    points = SURFACE.shapes[shape]
    off = np.linalg.norm(points[SURFACE.mirror] - points * [-1, 1, 1], axis=1)
    assert off.max() < 0.0002


def test_coordinates_regions_and_area_are_the_same_on_both_sides() -> None:
    mirror = SURFACE.mirror
    np.testing.assert_array_equal(SURFACE.half[mirror], -SURFACE.half)
    for name in ("segment", "t", "angle", "region"):
        values = getattr(SURFACE, name)
        np.testing.assert_array_equal(values[mirror], values, err_msg=name)
    np.testing.assert_allclose(SURFACE.area[mirror], SURFACE.area, rtol=1e-9)


def test_left_is_positive_x_and_the_midline_is_its_own_mirror_image() -> None:
    x = SURFACE.positions[:, 0]
    np.testing.assert_array_equal(np.sign(np.round(x, 9)), SURFACE.half)
    middle = np.flatnonzero(SURFACE.half == 0)
    assert len(middle) > 100
    np.testing.assert_array_equal(SURFACE.mirror[middle], middle)


def test_the_skin_is_closed_and_turned_one_way() -> None:
    directed = edges()
    _, uses = np.unique(np.sort(directed, axis=1), axis=0, return_counts=True)
    assert set(uses.tolist()) == {2}
    assert len(np.unique(directed, axis=0)) == len(directed)


def test_the_skin_is_one_piece_that_uses_every_vertex() -> None:
    pieces, _ = connected_components(SURFACE.edges, directed=False)
    assert pieces == 1
    np.testing.assert_array_equal(np.unique(SURFACE.triangles), np.arange(SURFACE.size))


@pytest.mark.parametrize("shape", sorted(SURFACE.shapes))
def test_triangles_face_outward(shape: str) -> None:
    a, b, c = (SURFACE.shapes[shape][SURFACE.triangles[:, k]] for k in range(3))
    litres = float((a * np.cross(b, c)).sum() / 6) * 1000
    assert 40 < litres < 100


def test_normals_are_of_unit_length_and_point_away_from_the_body() -> None:
    np.testing.assert_allclose(np.linalg.norm(SURFACE.normals, axis=1), 1, atol=1e-9)
    thigh = SURFACE.in_segment("thigh")
    front, back = np.abs(SURFACE.angle) < 10, np.abs(SURFACE.angle - 180) < 10
    assert (SURFACE.normals[thigh & front, 2] > 0).all()
    assert (SURFACE.normals[thigh & back, 2] < 0).all()


def test_vertices_stand_a_centimetre_apart_wherever_one_paints() -> None:
    pairs = np.unique(np.sort(edges(), axis=1), axis=0)
    length = np.linalg.norm(np.diff(SURFACE.positions[pairs], axis=1)[:, 0], axis=1) * 100
    wide = np.isin(SURFACE.segment, [SURFACE.segments.index(s) for s in PAINTED_WIDELY])
    there = length[wide[pairs].all(axis=1)]
    assert 0.8 < np.median(there) < 1.25
    assert np.percentile(there, 95) < 1.6


def test_edges_hold_the_distance_to_each_neighbour() -> None:
    start, stop = SURFACE.edges.nonzero()
    assert len(start) == len(edges())
    apart = np.linalg.norm(SURFACE.positions[start] - SURFACE.positions[stop], axis=1)
    np.testing.assert_allclose(SURFACE.edges.data, apart)


def test_the_area_is_that_of_an_adult() -> None:
    assert SURFACE.area.sum() / 1e4 == pytest.approx(skin_area("neutral"))
    for shape in SURFACE.shapes:
        assert 1.3 < skin_area(shape) < 2.2, shape
    assert 1.4 < skin_area("neutral") < 2.2


def test_every_shape_is_one_body_in_other_proportions() -> None:
    assert set(SURFACE.shapes) == {"neutral", *MORPHS}
    assert {points.shape for points in SURFACE.shapes.values()} == {(SURFACE.size, 3)}


@pytest.mark.parametrize(("sex", "metres"), [("female", 1.65), ("male", 1.79)])
def test_statures_and_builds_are_those_of_people(sex: str, metres: float) -> None:
    assert stature(sex) == pytest.approx(metres, abs=0.03)
    assert stature(f"{sex}_tall") - 0.05 > stature(sex) > stature(f"{sex}_short") + 0.05
    assert skin_area(f"{sex}_heavy") > skin_area(sex) > skin_area(f"{sex}_light")
    assert stature("female") < stature("neutral") < stature("male")


def test_segment_coordinates_are_in_range() -> None:
    assert SURFACE.angle.min() >= 0
    assert SURFACE.angle.max() <= 360
    paired = ~np.isin(
        SURFACE.segment, [SURFACE.segments.index(s) for s in ("head", "neck", "trunk")]
    )
    assert SURFACE.angle[~paired].max() <= 180
    # Joint creases run aslant, so a little skin of a limb lies beyond its ends.
    beyond = (SURFACE.t < 0) | (SURFACE.t > 1)
    assert beyond.mean() < 0.03
    assert SURFACE.t.min() > -0.2
    assert SURFACE.t.max() < 1.1


X, Z = 0, 2


@pytest.mark.parametrize(
    ("segment", "angle", "axis"),
    [
        ("thigh", 0, Z),
        ("thigh", 90, X),
        ("leg", 0, Z),
        ("leg", 90, X),
        ("upper_arm", 0, Z),
        ("upper_arm", 90, X),
        ("forearm", 90, Z),  # the arms hang with the thumbs forward
    ],
)
def test_angles_go_round_a_limb_from_the_front_by_the_outside(
    segment: str, angle: float, axis: int
) -> None:
    here = SURFACE.in_segment(segment) & (SURFACE.half > 0) & (np.abs(SURFACE.t - 0.6) < 0.1)

    def side(wanted: float) -> float:
        near = np.abs((SURFACE.angle - wanted + 180) % 360 - 180) < 20
        return float(SURFACE.positions[here & near, axis].mean())

    assert side(angle) > side(angle + 180) + 0.02


@pytest.mark.parametrize("segment", sorted(set(SURFACE.segments) - {"foot", "big_toe", "toes"}))
def test_t_runs_away_from_the_heart_or_the_crown(segment: str) -> None:
    here = SURFACE.in_segment(segment) & (SURFACE.half > 0)
    t, height = SURFACE.t[here], SURFACE.positions[here, 1]
    assert height[t < np.quantile(t, 0.2)].mean() > height[t > np.quantile(t, 0.8)].mean()


def test_an_unknown_segment_is_named_with_the_known_ones() -> None:
    with pytest.raises(InputError, match="'torso' is not a segment") as caught:
        SURFACE.in_segment("torso")
    assert "trunk" in caught.value.expected


def shipped_glb() -> tuple[str, bytes]:
    folder = resources.files("tautband.clinic").joinpath("static/body")
    found = [e for e in folder.iterdir() if e.name.startswith("body.") and e.name.endswith(".glb")]
    (only,) = found
    return only.name, only.read_bytes()


def glb_parts() -> tuple[dict[str, Any], bytes]:
    """The JSON chunk and the binary one, after checking the container."""
    _, raw = shipped_glb()
    magic, version, length = struct.unpack_from("<4sII", raw)
    assert (magic, version, length) == (b"glTF", 2, len(raw))
    size, kind = struct.unpack_from("<I4s", raw, 12)
    assert kind == b"JSON"
    more, other = struct.unpack_from("<I4s", raw, 20 + size)
    assert (other, 28 + size + more) == (b"BIN\0", len(raw))
    return json.loads(raw[20 : 20 + size]), raw[28 + size :]


def accessor(document: dict[str, Any], data: bytes, number: int) -> npt.NDArray[Any]:
    """An accessor's values, (count, parts)."""
    told = document["accessors"][number]
    view = document["bufferViews"][told["bufferView"]]
    kind = np.dtype({5122: "<i2", 5123: "<u2", 5125: "<u4"}[told["componentType"]])
    parts = {"SCALAR": 1, "VEC3": 3}[told["type"]]
    stride = view.get("byteStride", kind.itemsize * parts)
    assert view["byteOffset"] + view["byteLength"] <= len(data)
    rows = np.frombuffer(data, np.uint8, stride * told["count"], view["byteOffset"])
    used = np.ascontiguousarray(rows.reshape(-1, stride)[:, : kind.itemsize * parts])
    return used.view(kind).reshape(told["count"], parts)


def test_the_version_is_the_hash_of_the_glb() -> None:
    name, raw = shipped_glb()
    digest = hashlib.sha256(raw).hexdigest()[:12]
    assert SURFACE.version == f"body-{digest}"
    assert name == f"body.{digest}.glb"


def test_the_files_are_small() -> None:
    packed = resources.files("tautband.body").joinpath("data/body.npz").read_bytes()
    assert len(packed) < 3 * MEGABYTE
    assert len(shipped_glb()[1]) < 3 * MEGABYTE


def test_the_glb_holds_the_same_body() -> None:
    document, data = glb_parts()
    (mesh,) = document["meshes"]
    (primitive,) = mesh["primitives"]
    (node,) = document["nodes"]
    (scale,) = set(node["scale"])
    attributes = primitive["attributes"]
    base = accessor(document, data, attributes["POSITION"]).astype(np.float64)
    np.testing.assert_allclose(base * scale, SURFACE.positions, atol=1e-6)
    np.testing.assert_array_equal(
        accessor(document, data, attributes["_REGION"])[:, 0], SURFACE.region
    )
    index = accessor(document, data, primitive["indices"]).reshape(-1, 3)
    np.testing.assert_array_equal(index, SURFACE.triangles)


def test_the_glb_morphs_into_every_shape() -> None:
    document, data = glb_parts()
    mesh = document["meshes"][0]
    primitive, names = mesh["primitives"][0], mesh["extras"]["targetNames"]
    assert sorted(names) == sorted(MORPHS)
    scale = document["nodes"][0]["scale"][0]
    base = accessor(document, data, primitive["attributes"]["POSITION"]).astype(np.float64)
    for name, target in zip(names, primitive["targets"], strict=True):
        moved = base + accessor(document, data, target["POSITION"])
        np.testing.assert_allclose(moved * scale, SURFACE.shapes[name], atol=1e-6, err_msg=name)


def test_the_glb_says_how_it_is_packed_and_where_it_is_from() -> None:
    document, _ = glb_parts()
    assert document["extensionsRequired"] == ["KHR_mesh_quantization"]
    assert "MakeHuman" in document["asset"]["copyright"]
    for told in document["accessors"]:
        assert told["count"] in (SURFACE.size, SURFACE.triangles.size)
        assert len(told["min"]) == len(told["max"]) == {"SCALAR": 1, "VEC3": 3}[told["type"]]
