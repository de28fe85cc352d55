"""Places as people name them, and which muscles they touch."""

import pytest

from tautband.atlas.atlas import load_atlas
from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.safety.screening.places import load_places, parse_place
from tautband.safety.screening.targets import (
    check_muscle_groups,
    muscle_target,
    parse_plan,
)

PLACES = load_places()
ATLAS = load_atlas()

READ = [
    ("left arm", "hand upper_arm elbow forearm shoulder wrist", Side.LEFT),
    ("knee right", "knee", Side.RIGHT),
    ("the right calf", "lower_leg", Side.RIGHT),
    ("calf_medial:left", "lower_leg", Side.LEFT),
    ("both legs", "hip thigh knee lower_leg ankle foot", None),
    ("low back", "lower_back", None),
    ("left breast", "chest", Side.LEFT),
    ("Feet", "foot", None),
]


@pytest.mark.parametrize(("said", "parts", "side"), READ)
def test_a_place_is_read(said: str, parts: str, side: Side | None) -> None:
    place = parse_place(said, PLACES)
    assert place.parts == set(parts.split())
    assert place.side == side


def test_an_unknown_place_is_refused_with_a_suggestion() -> None:
    with pytest.raises(InputError, match=r"'left sholder' is not a place.*Did you mean shoulder"):
        parse_place("left sholder", PLACES)


TOUCHED = [
    ("left arm", "biceps_brachii", Side.LEFT, True),
    ("left arm", "biceps_brachii", Side.RIGHT, False),
    ("both arms", "biceps_brachii", Side.RIGHT, True),
    ("left arm", "trapezius_upper", Side.LEFT, True),
    ("left hand", "biceps_brachii", Side.LEFT, False),
    ("abdomen", "rectus_abdominis_upper", Side.LEFT, True),
    ("back", "multifidus_lumbar", Side.RIGHT, True),
    ("right knee", "vastus_medialis", Side.RIGHT, True),
]


@pytest.mark.parametrize(("said", "muscle", "side", "right"), TOUCHED)
def test_a_place_touches_a_muscle(said: str, muscle: str, side: Side, right: bool) -> None:
    target = muscle_target(ATLAS.muscles[muscle], side, ATLAS, PLACES)
    assert parse_place(said, PLACES).holds(target.parts, side) is right


def test_every_region_of_the_skin_lies_in_one_part() -> None:
    listed = [r for part in PLACES.parts.values() for r in part.regions]
    assert sorted(listed) == sorted(ATLAS.table.ids)


def test_neighbours_are_mutual_and_muscles_exist() -> None:
    for key, part in PLACES.parts.items():
        for other in part.near:
            assert key in PLACES.parts[other].near, (key, other)
    check_muscle_groups(PLACES, ATLAS.muscles)


def test_every_muscle_lies_somewhere() -> None:
    for muscle in ATLAS.muscles.values():
        assert muscle_target(muscle, Side.LEFT, ATLAS, PLACES).parts


def test_a_plan_is_read_once_each_with_both_sides() -> None:
    targets = parse_plan(
        "infraspinatus both, Infraspinatus right; rhomboid major left", ATLAS, PLACES
    )
    assert [t.key for t in targets] == [
        "infraspinatus:left",
        "infraspinatus:right",
        "rhomboids:left",
    ]
    assert ("both_sides_planned", "yes") in targets[0].features


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        ("", "names no muscle"),
        (" , ", "names no muscle"),
        ("infraspinatus", "has no side"),
        ("infrspinatus right", "Did you mean infraspinatus"),
        ("infraspinatus middle", "is not in the atlas"),
    ],
)
def test_a_plan_that_cannot_be_read_is_refused(plan: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        parse_plan(plan, ATLAS, PLACES)
