"""Pain drawings: refusing what cannot be, exact on the way to JSON and back, small."""

import copy
import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tautband.base.errors import InputError
from tautband.body.drawing import (
    QUALITIES,
    Drawing,
    Mark,
    Quality,
    from_json,
    from_regions,
    from_runs,
    painted,
    to_json,
    to_runs,
)
from tautband.body.regions import load_regions
from tautband.body.surface import load_surface
from tests.unit.body.drawings import drawings, painted_regions

SURFACE = load_surface()
TABLE = load_regions()
NOWHERE = np.zeros(SURFACE.size, np.uint8)
EVERYWHERE = np.ones(SURFACE.size, dtype=bool)


@settings(max_examples=60, deadline=None)
@given(drawings())
def test_json_is_exact_on_the_way_back(drawing: Drawing) -> None:
    text = json.dumps(to_json(drawing))
    assert from_json(json.loads(text), SURFACE) == drawing


@given(st.lists(st.booleans(), max_size=60))
def test_runs_are_exact_on_the_way_back(bits: list[bool]) -> None:
    mask = np.array(bits, dtype=bool)
    runs = to_runs(mask)
    np.testing.assert_array_equal(from_runs(runs, len(mask), "mask"), mask)
    assert all(length > 0 for length in runs[1::2])
    assert all(gap > 0 for gap in runs[2::2])


@pytest.mark.parametrize(
    ("bits", "runs"),
    [
        ("", []),
        ("0000", []),
        ("1111", [0, 4]),
        ("0110", [1, 2]),
        ("1001", [0, 1, 2, 1]),
        ("010101", [1, 1, 1, 1, 1, 1]),
    ],
)
def test_runs_are_gap_and_length_in_turn(bits: str, runs: list[int]) -> None:
    assert to_runs(np.array([b == "1" for b in bits], dtype=bool)) == runs


def test_a_typical_drawing_is_small() -> None:
    typical = from_regions(
        TABLE,
        [
            Mark("shoulder_anterior:right", 6, Quality.ACHE),
            Mark("arm_lateral_upper:right", 4, Quality.ACHE, 0.7),
            Mark("arm_lateral_lower:right", 3, Quality.ACHE, 0.5),
            Mark("neck_posterolateral:right", 5, Quality.BURNING),
            Mark("lumbar_spine_lower:left", 7, Quality.SHARP, 0.6),
        ],
        answered=True,
    )
    centre = SURFACE.positions[TABLE["scapula_medial:left"].anchor]
    blob = np.linalg.norm(SURFACE.positions - centre, axis=1) < 0.09
    intensity = np.where(blob, 8, typical.intensity)
    both = painted(SURFACE, intensity, typical.quality)
    assert len(json.dumps(to_json(both))) < 10_000


def test_json_says_what_was_asked() -> None:
    told = to_json(painted_regions("temple:left"))
    assert (told["answers"], "free" in told) == ("whole body", False)
    words = from_regions(TABLE, [Mark("temple:left", 4), Mark("heel_plantar:right", 0)])
    told = to_json(words)
    assert told["answers"] == "named places only"
    free = from_runs(told["free"], SURFACE.size, "free")
    np.testing.assert_array_equal(np.flatnonzero(free), TABLE.vertices("heel_plantar:right"))


def test_each_strength_and_kind_is_one_mark() -> None:
    drawing = from_regions(
        TABLE,
        [
            Mark("temple:left", 4, Quality.ACHE),
            Mark("temple:right", 4, Quality.ACHE),
            Mark("cheek:left", 4, Quality.NUMB),
            Mark("cheek:right", 9, Quality.ACHE),
        ],
    )
    told = [(m["intensity"], m["quality"]) for m in to_json(drawing)["marks"]]
    assert told == [(4, "ache"), (4, "numb"), (9, "ache")]


MARK = {"intensity": 6, "quality": "ache", "vertices": [1000, 60]}
GOOD: dict[str, Any] = {
    "schema": "tautband.drawing/1",
    "body": SURFACE.version,
    "answers": "named places only",
    "marks": [MARK],
    "free": [2000, 10],
    "loose": [[1000, 20], [1020, 40]],
}
MISSING = object()


def changed(*path: str | int, to: Any) -> dict[str, Any]:
    """The good drawing with one value changed, or taken away."""
    data = copy.deepcopy(GOOD)
    inner: Any = data
    for step in path[:-1]:
        inner = inner[step]
    if to is MISSING:
        del inner[path[-1]]
    else:
        inner[path[-1]] = to
    return data


def test_the_good_drawing_is_good() -> None:
    drawing = from_json(GOOD, SURFACE)
    assert np.flatnonzero(drawing.painful).tolist() == list(range(1000, 1060))
    free = np.flatnonzero(drawing.asked & ~drawing.painful)
    assert free.tolist() == list(range(2000, 2010))
    assert [int(place.sum()) for place in drawing.places()] == [20, 40]


VERTICES = ("marks", 0, "vertices")


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (None, "drawing"),
        ([], "drawing"),
        ("drawing", "drawing"),
        ({}, "drawing.schema"),
        (changed("schema", to="tautband.drawing/2"), "drawing.schema"),
        (changed("schema", to=["tautband.drawing/1"]), "drawing.schema"),
        (changed("body", to="body-000000000000"), "drawing.body"),
        (changed("body", to=MISSING), "drawing.body"),
        (changed("body", to=7), "drawing.body"),
        (changed("answers", to="some"), "drawing.answers"),
        (changed("answers", to=MISSING), "drawing.answers"),
        (changed("answers", to=["whole body"]), "drawing.answers"),
        (changed("answers", to={"whole body": 1}), "drawing.answers"),
        (changed("marks", to=MISSING), "drawing.marks"),
        (changed("marks", to={"0": MARK}), "drawing.marks"),
        (changed("marks", to=[7]), "drawing.marks[0]"),
        (changed("marks", to=[MARK, None]), "drawing.marks[1]"),
        (changed("marks", 0, "intensity", to=11), "drawing.marks[0].intensity"),
        (changed("marks", 0, "intensity", to=0), "drawing.marks[0].intensity"),
        (changed("marks", 0, "intensity", to=-1), "drawing.marks[0].intensity"),
        (changed("marks", 0, "intensity", to=6.5), "drawing.marks[0].intensity"),
        (changed("marks", 0, "intensity", to=True), "drawing.marks[0].intensity"),
        (changed("marks", 0, "intensity", to="6"), "drawing.marks[0].intensity"),
        (changed("marks", 0, "intensity", to=10**400), "drawing.marks[0].intensity"),
        (changed("marks", 0, "intensity", to=MISSING), "drawing.marks[0].intensity"),
        (changed("marks", 0, "quality", to="itchy"), "drawing.marks[0].quality"),
        (changed("marks", 0, "quality", to=["ache"]), "drawing.marks[0].quality"),
        (changed("marks", 0, "quality", to={}), "drawing.marks[0].quality"),
        (changed("marks", 0, "quality", to=0), "drawing.marks[0].quality"),
        (changed("marks", 0, "quality", to=MISSING), "drawing.marks[0].quality"),
        (changed(*VERTICES, to=MISSING), "drawing.marks[0].vertices"),
        (changed(*VERTICES, to=[1000]), "drawing.marks[0].vertices"),
        (changed(*VERTICES, to="1000,60"), "drawing.marks[0].vertices"),
        (changed(*VERTICES, to=[-1, 60]), "drawing.marks[0].vertices"),
        (changed(*VERTICES, to=[1.0, 60]), "drawing.marks[0].vertices"),
        (changed(*VERTICES, to=[True, 60]), "drawing.marks[0].vertices"),
        (changed(*VERTICES, to=[0, 10**30]), "drawing.marks[0].vertices"),
        (changed(*VERTICES, to=[SURFACE.size, 1]), "drawing.marks[0].vertices"),
        (changed(*VERTICES, to=[0, SURFACE.size, 1, 1]), "drawing.marks[0].vertices"),
        (changed(*VERTICES, to=[0] * (2 * SURFACE.size + 2)), "drawing.marks[0].vertices"),
        (changed("marks", to=[MARK, MARK]), "drawing.marks[1].vertices"),
        (changed("loose", to=0), "drawing.loose"),
        (changed("loose", to=None), "drawing.loose"),
        (changed("loose", to=[[0, 1]] * 201), "drawing.loose"),
        (changed("loose", 1, to=7), "drawing.loose[1]"),
        (changed("loose", 1, 0, to=-1), "drawing.loose[1]"),
        (changed("free", to=[1]), "drawing.free"),
        (changed("free", to=None), "drawing.free"),
        (changed("free", to=[0, SURFACE.size + 1]), "drawing.free"),
    ],
)
def test_a_malformed_drawing_names_the_field(data: Any, field: str) -> None:
    with pytest.raises(InputError) as caught:
        from_json(data, SURFACE)
    assert caught.value.field == field
    assert caught.value.expected
    assert len(str(caught.value)) < 400


def test_reading_leaves_the_data_alone() -> None:
    before = copy.deepcopy(GOOD)
    from_json(GOOD, SURFACE)
    assert before == GOOD


@pytest.mark.parametrize(
    ("intensity", "asked", "field"),
    [
        (NOWHERE + 11, EVERYWHERE, "intensity"),
        (NOWHERE + 1, ~EVERYWHERE, "drawing"),
        (NOWHERE[:-1], EVERYWHERE, "drawing"),
        (NOWHERE, EVERYWHERE[:-1], "drawing"),
    ],
)
def test_a_drawing_cannot_be_built_wrong(intensity: Any, asked: Any, field: str) -> None:
    with pytest.raises(InputError) as caught:
        Drawing(SURFACE.version, intensity, NOWHERE, asked)
    assert caught.value.field == field


def test_loose_places_lie_on_the_drawing() -> None:
    for loose in (np.ones(SURFACE.size, np.int16), np.zeros(SURFACE.size - 1, np.int16)):
        with pytest.raises(InputError) as caught:
            Drawing(SURFACE.version, NOWHERE, NOWHERE, EVERYWHERE, loose)
        assert caught.value.field.startswith("drawing")


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        ({"intensity": 11}, "intensity"),
        ({"intensity": -1}, "intensity"),
        ({"intensity": 5, "coverage": 0.0}, "coverage"),
        ({"intensity": 5, "coverage": 1.01}, "coverage"),
    ],
)
def test_a_mark_cannot_be_built_wrong(arguments: dict[str, Any], field: str) -> None:
    with pytest.raises(InputError) as caught:
        Mark("temple:left", **arguments)
    assert caught.value.field == field


def test_an_unknown_region_is_named_with_close_ones() -> None:
    with pytest.raises(InputError) as caught:
        from_regions(TABLE, [Mark("temples:left", 5)])
    assert caught.value.field == "region"
    assert "temple:left" in caught.value.suggestions


@pytest.mark.parametrize("coverage", [0.1, 0.35, 0.5, 0.8, 1.0])
def test_coverage_fills_that_share_from_the_middle(coverage: float) -> None:
    key = "thigh_anterior_middle:right"
    drawing = from_regions(TABLE, [Mark(key, 5, coverage=coverage)])
    inside, felt = TABLE.vertices(key), np.flatnonzero(drawing.painful)
    assert set(felt) <= set(inside)
    share = SURFACE.area[felt].sum() / SURFACE.area[inside].sum()
    assert coverage - 1e-9 <= share < coverage + 0.02
    middle = SURFACE.positions[TABLE[key].anchor]
    away = np.linalg.norm(SURFACE.positions - middle, axis=1)
    assert away[felt].max() <= away[np.setdiff1d(inside, felt)].min(initial=np.inf)
    assert drawing.asked[inside].all()


def test_named_places_leave_the_rest_unknown_unless_all_was_answered() -> None:
    marks = [Mark("temple:left", 5), Mark("cheek:left", 0)]
    named = from_regions(TABLE, marks)
    inside = np.concatenate([TABLE.vertices(m.region) for m in marks])
    np.testing.assert_array_equal(np.flatnonzero(named.asked), np.unique(inside))
    assert from_regions(TABLE, marks, answered=True).asked.all()


def test_a_painted_drawing_answers_for_all_skin() -> None:
    drawing = painted(SURFACE, np.where(SURFACE.half > 0, 3, 0))
    assert drawing.asked.all()
    np.testing.assert_array_equal(drawing.painful, SURFACE.half > 0)


def test_quality_counts_only_where_it_hurts() -> None:
    felt = np.where(SURFACE.half > 0, 3, 0)
    one = painted(SURFACE, felt, np.where(SURFACE.half > 0, 2, 0))
    same = painted(SURFACE, felt, np.where(SURFACE.half > 0, 2, 4))
    other = painted(SURFACE, felt, np.where(SURFACE.half > 0, 3, 0))
    assert one == same
    assert one != other
    assert one != "a drawing"


def test_the_order_of_qualities_is_the_contract() -> None:
    assert [str(q) for q in QUALITIES] == [
        "ache",
        "sharp",
        "burning",
        "tingling",
        "numb",
        "unspecified",
    ]
