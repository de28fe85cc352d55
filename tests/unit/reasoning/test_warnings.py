"""Red flags fire on their pattern, and on nothing less."""

from typing import Any

import pytest

from tautband.atlas.causes import RedFlag, read_red_flags
from tautband.body.drawing import Mark, Quality, from_regions
from tautband.body.regions import load_regions
from tautband.reasoning.warnings import red_flags

TABLE = load_regions()
FLAGS = {flag.id: flag for flag in read_red_flags()}
ACHE, NUMB, TINGLING = Quality.ACHE, Quality.NUMB, Quality.TINGLING


def raised(*marks: Mark) -> list[str]:
    drawing = from_regions(TABLE, marks, answered=True)
    return [flag.id for flag in red_flags(drawing, TABLE, list(FLAGS.values()))]


@pytest.mark.parametrize(
    ("marks", "flags"),
    [
        (
            [Mark("sternum_upper:left", 4), Mark("arm_medial_upper:left", 3)],
            ["chest_and_arm_or_jaw"],
        ),
        ([Mark("chest_upper:right", 4), Mark("jaw:right", 4)], ["chest_and_arm_or_jaw"]),
        ([Mark("chest_upper:left", 4)], []),
        ([Mark("arm_medial_upper:left", 4), Mark("jaw:left", 4)], []),
        ([Mark("sternum_lower:left", 7)], ["severe_central_chest"]),
        ([Mark("sternum_lower:left", 6)], []),
        ([Mark("perineum:left", 2, NUMB)], ["saddle_numbness"]),
        ([Mark("coccyx:right", 2, TINGLING)], ["saddle_numbness"]),
        ([Mark("perineum:left", 9, ACHE)], []),
        (
            [Mark("calf_lateral:left", 2, NUMB), Mark("arch:right", 2, TINGLING)],
            ["both_legs_numb"],
        ),
        ([Mark("calf_lateral:left", 2, NUMB)], []),
        ([Mark("calf_lateral:left", 2, NUMB), Mark("calf_lateral:right", 2, ACHE)], []),
        ([Mark("temple:right", 9)], ["severe_headache"]),
        ([Mark("temple:right", 8)], []),
        ([Mark("abdomen_lower_lateral:right", 7)], ["right_lower_belly"]),
        ([Mark("abdomen_lower_lateral:left", 10)], []),
        ([Mark("abdomen_lower_lateral:right", 6)], []),
        ([Mark("flank:left", 8), Mark("groin:left", 4)], ["loin_to_groin"]),
        ([Mark("flank:left", 8)], []),
        ([Mark("groin:left", 8)], []),
        ([Mark("cheek:left", 1, NUMB)], ["face_numb"]),
        ([Mark("cheek:left", 9, TINGLING)], []),
        ([Mark("shoulder_anterior:right", 6)], []),
    ],
)
def test_patterns(marks: list[Mark], flags: list[str]) -> None:
    assert raised(*marks) == flags


def pattern(flag: RedFlag) -> list[Mark]:
    """The least that should raise a flag: the first region of every group."""
    sides = ("left", "right") if flag.both_sides else (flag.side or "left",)
    quality = flag.qualities[0] if flag.qualities else ACHE
    return [
        Mark(f"{group[0]}:{side}", flag.least_intensity, quality)
        for group in flag.all
        for side in sides
    ]


@pytest.mark.parametrize("flag", FLAGS.values(), ids=list(FLAGS))
def test_each_flag_fires_on_its_pattern_and_not_on_less(flag: RedFlag) -> None:
    whole = pattern(flag)
    assert flag.id in raised(*whole)
    for left_out in range(len(whole)):
        rest = whole[:left_out] + whole[left_out + 1 :]
        assert flag.id not in raised(*rest)
    slip = [Mark(m.region, m.intensity, m.quality, coverage=0.02) for m in whole]
    assert flag.id not in raised(*slip)
    if flag.least_intensity > 1:
        milder = [Mark(m.region, flag.least_intensity - 1, m.quality) for m in whole]
        assert flag.id not in raised(*milder)
    if flag.qualities:
        for other in set(Quality) - set(flag.qualities):
            assert flag.id not in raised(*(Mark(m.region, 10, other) for m in whole))
    if flag.side:
        wrong = flag.side.mirrored
        assert flag.id not in raised(*(Mark(f"{g[0]}:{wrong}", 10) for g in flag.all))


@pytest.mark.parametrize("flag", FLAGS.values(), ids=list(FLAGS))
def test_each_flag_says_what_to_do(flag: RedFlag) -> None:
    assert flag.title
    assert flag.say.endswith(".")
    assert len(flag.say) > 40


def made_up(**fields: Any) -> RedFlag:
    fixed: dict[str, Any] = {"id": "x", "title": "X", "say": "Do.", "all": (("temple", "cheek"),)}
    return RedFlag(**(fixed | fields))


@pytest.mark.parametrize(
    ("flag", "marks", "fires"),
    [
        (made_up(), [Mark("cheek:left", 1)], True),
        (made_up(none=("jaw",)), [Mark("cheek:left", 1)], True),
        (made_up(none=("jaw",)), [Mark("cheek:left", 1), Mark("jaw:right", 1)], False),
        (
            made_up(none=("jaw",), side="left"),
            [Mark("cheek:left", 1), Mark("jaw:right", 1)],
            True,
        ),
        (made_up(both_sides=True), [Mark("cheek:left", 1), Mark("temple:right", 1)], True),
        (made_up(both_sides=True), [Mark("cheek:left", 1), Mark("temple:left", 1)], False),
        (
            made_up(all=(("temple",), ("jaw",)), least_intensity=8),
            [Mark("temple:left", 8), Mark("jaw:left", 2)],
            True,
        ),
        (
            made_up(all=(("temple",), ("jaw",)), qualities=(NUMB,)),
            [Mark("temple:left", 8, NUMB), Mark("jaw:left", 2, ACHE)],
            False,
        ),
    ],
)
def test_the_terms_of_a_flag(flag: RedFlag, marks: list[Mark], fires: bool) -> None:
    drawing = from_regions(TABLE, marks, answered=True)
    assert (red_flags(drawing, TABLE, [flag]) == [flag]) is fires


def test_flags_come_in_the_order_of_the_data() -> None:
    marks = [m for flag in reversed(FLAGS.values()) for m in pattern(flag)]
    found = raised(*marks)
    assert len(found) > 3
    assert found == [name for name in FLAGS if name in found]
