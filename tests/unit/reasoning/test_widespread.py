"""Widespread pain: both sides of the border, and what the answer then says."""

import pytest

from tautband.base.errors import InputError
from tautband.body.drawing import Drawing, Mark, from_regions
from tautband.body.regions import load_regions
from tautband.care.locate import locate
from tautband.care.wire import location_json
from tautband.reasoning.widespread import load_criterion, parse_criterion, widespread

TABLE = load_regions()
# One place in each area, by region of the criteria.
UPPER = ("shoulder_lateral", "arm_lateral_upper", "forearm_dorsal_upper")
LOWER = ("buttock_middle", "thigh_anterior_middle", "calf_medial")
AXIAL = ("neck_posterior", "interscapular_upper", "lumbar_paraspinal_lower")
FRONT = ("chest_upper", "umbilical")


def drawn(*keys: str, intensity: int = 5) -> Drawing:
    return from_regions(TABLE, [Mark(key, intensity) for key in keys], answered=True)


def on(side: str, places: tuple[str, ...]) -> list[str]:
    return [f"{place}:{side}" for place in places]


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        # four regions, seven areas: the border itself
        (
            [
                *on("left", UPPER[:2]),
                *on("right", UPPER[:2]),
                *on("left", LOWER[:2]),
                *on("right", LOWER[:1]),
            ],
            (4, 7),
        ),
        # four regions, six areas
        (
            [
                *on("left", UPPER[:2]),
                *on("right", UPPER[:2]),
                *on("left", LOWER[:1]),
                *on("right", LOWER[:1]),
            ],
            None,
        ),
        # three regions, nine areas
        ([*on("left", UPPER), *on("right", UPPER), *on("left", LOWER)], None),
        # one side and the spine: three regions, nine areas
        ([*on("left", UPPER), *on("left", LOWER), *on("left", AXIAL)], None),
        # chest and belly count as areas, not for generalised pain
        (
            [*on("left", UPPER), *on("right", UPPER), *on("left", LOWER[:1]), *on("left", FRONT)],
            None,
        ),
        (
            [
                *on("left", UPPER[:1]),
                *on("right", UPPER[:1]),
                *on("left", LOWER[:1]),
                *on("right", LOWER[:1]),
                *on("left", FRONT),
                *on("right", AXIAL[:1]),
            ],
            (5, 7),
        ),
        (
            [*on("left", UPPER + LOWER), *on("right", UPPER + LOWER), *on("left", AXIAL + FRONT)],
            (5, 17),
        ),
        (on("left", AXIAL), None),
    ],
)
def test_the_border(keys: list[str], found: tuple[int, int] | None) -> None:
    answer = widespread(drawn(*keys), TABLE)
    assert (answer and (answer.regions, answer.areas)) == found


def test_a_slip_of_the_brush_makes_no_area() -> None:
    keys = [*on("left", UPPER + LOWER), *on("right", UPPER + LOWER)]
    marks = [Mark(key, 5, coverage=0.1) for key in keys]
    assert widespread(from_regions(TABLE, marks, answered=True), TABLE) is None


EVERYWHERE = [
    *on("left", UPPER + LOWER), *on("right", UPPER + LOWER), *on("left", AXIAL),
    *on("right", AXIAL),
]  # fmt: skip


def test_widespread_pain_is_named_and_no_list_of_muscles_is_given() -> None:
    answer = locate(drawn(*EVERYWHERE))
    assert answer.candidates == ()
    assert answer.other_causes == ()
    assert answer.unexplained == ()
    told = location_json(answer)["widespread"]
    assert told["regions"] == 5
    assert "nociplastic" in told["why"]
    assert "Wolfe" in told["source"]


def test_examined_muscles_and_red_flags_are_still_told() -> None:
    drawing = drawn(*EVERYWHERE, "sternum_lower:left", intensity=8)
    answer = locate(drawing, findings=["infraspinatus right: familiar pain"])
    assert [c.unit.key for c in answer.candidates] == ["infraspinatus:right"]
    assert answer.red_flags[0].urgency == "emergency_now"


def test_a_drawing_of_one_place_is_not_widespread() -> None:
    answer = locate(drawn("shoulder_lateral:left"))
    assert answer.widespread is None
    assert answer.candidates
    assert location_json(answer)["widespread"] is None


CRITERION = """
least_regions = 4
least_areas = 7
least_share = 0.25
sources = ["fibromyalgia2016"]
say = "Say."
why = "Because."
area = [{ name = "neck", region = "axial", places = ["neck_posterior"] }]
"""


def test_the_shipped_criterion_has_the_nineteen_areas_of_its_source() -> None:
    criterion = load_criterion()
    assert sum(len(area.sides) for area in criterion.area) == 19
    assert (criterion.least_regions, criterion.least_areas) == (4, 7)
    for area in criterion.area:
        for place in area.places:
            TABLE.vertices(f"{place}:left")


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("", "", "widespread.toml area"),
        ("least_areas = 7", 'least_areas = "many"', "widespread.toml"),
        ("least_share", "last_share", "widespread.toml"),
    ],
)
def test_a_criterion_that_cannot_be_right_is_refused(old: str, new: str, field: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_criterion(CRITERION.replace(old, new))
    assert caught.value.field == field
