"""Red flags fire on their pattern, on nothing less, and for those whom they concern."""

from typing import Any

import pytest

from tautband.atlas.causes import RedFlag, Urgency, check_flag, read_red_flags
from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.base.sources import Confidence, bibliography
from tautband.body.drawing import Mark, Quality, from_regions
from tautband.body.overlap import region_coverage
from tautband.body.regions import load_regions
from tautband.reasoning.knowledge import load_knowledge
from tautband.reasoning.warnings import LEAST_SHARE, NOBODY_KNOWN, Person, questions, red_flags
from tautband.synthetic.patients import WORLDS, Generator

TABLE = load_regions()
EVERY = read_red_flags()
FLAGS = {flag.id: flag for flag in EVERY if not flag.when_asked}
QUESTIONS = {flag.id: flag for flag in EVERY if flag.when_asked}
ACHE, SHARP, BURNING = Quality.ACHE, Quality.SHARP, Quality.BURNING
NUMB, TINGLING = Quality.NUMB, Quality.TINGLING


def raised(*marks: Mark, person: Person = NOBODY_KNOWN) -> list[str]:
    drawing = from_regions(TABLE, marks, answered=True)
    return [flag.id for flag in red_flags(drawing, TABLE, EVERY, person)]


def asked(*marks: Mark, person: Person = NOBODY_KNOWN) -> list[str]:
    drawing = from_regions(TABLE, marks, answered=True)
    return [flag.id for flag in questions(drawing, TABLE, EVERY, person)]


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
        (
            [Mark("chest_upper:left", 8), Mark("interscapular_upper:left", 5)],
            ["chest_through_to_back"],
        ),
        ([Mark("chest_upper:left", 7), Mark("interscapular_upper:left", 9)], []),
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
        ([Mark("abdomen_lower_lateral:right", 7)], ["ectopic_pregnancy", "right_lower_belly"]),
        ([Mark("abdomen_lower_lateral:left", 10)], ["ectopic_pregnancy"]),
        ([Mark("abdomen_lower_lateral:right", 6)], []),
        ([Mark("flank:left", 8), Mark("groin:left", 4)], ["loin_to_groin"]),
        ([Mark("flank:left", 8)], []),
        ([Mark("groin:left", 8)], []),
        ([Mark("cheek:left", 1, NUMB)], ["face_numb"]),
        ([Mark("cheek:left", 9, TINGLING)], []),
        ([Mark("forehead:left", 3, BURNING)], ["shingles_near_eye"]),
        ([Mark("forehead:left", 3, BURNING), Mark("forehead:right", 3, BURNING)], []),
        ([Mark("hypochondrium:right", 3, TINGLING)], ["burning_band"]),
        ([Mark("side_chest_lower:right", 6, SHARP)], ["sharp_side_of_chest"]),
        ([Mark("side_chest_lower:right", 6, ACHE)], []),
        ([Mark("calf_medial:left", 8)], ["severe_one_sided_calf"]),
        ([Mark("calf_medial:left", 8), Mark("calf_medial:right", 3)], []),
        ([Mark("calf_medial:left", 8), Mark("buttock_middle:left", 3)], []),
        ([Mark("palm:left", 3, NUMB), Mark("calf_medial:left", 3, NUMB)], ["half_of_body_numb"]),
        ([Mark("palm:left", 3, NUMB), Mark("calf_medial:right", 3, NUMB)], []),
        ([Mark("shoulder_anterior:right", 6)], []),
        ([Mark("lumbar_paraspinal_lower:right", 8), Mark("buttock_middle:right", 8)], []),
    ],
)
def test_patterns(marks: list[Mark], flags: list[str]) -> None:
    assert raised(*marks) == flags


TEMPLE = (Mark("temple:left", 5),)
LOWER_BELLY = (Mark("abdomen_lower_lateral:left", 8),)
GENITAL = (Mark("pubic:left", 8),)
KNEE = (Mark("knee_anterior:left", 4),)


@pytest.mark.parametrize(
    ("flag", "marks", "person", "fires"),
    [
        ("temple_over_fifty", TEMPLE, Person(age=50), True),
        ("temple_over_fifty", TEMPLE, Person(age=49), False),
        ("temple_over_fifty", TEMPLE, NOBODY_KNOWN, False),
        ("ectopic_pregnancy", LOWER_BELLY, Person("female", 30), True),
        ("ectopic_pregnancy", LOWER_BELLY, Person(None, 30), True),
        ("ectopic_pregnancy", LOWER_BELLY, Person("male", 30), False),
        ("ectopic_pregnancy", LOWER_BELLY, Person("female", 70), False),
        ("testicular_torsion", GENITAL, Person("male", 15), True),
        ("testicular_torsion", GENITAL, NOBODY_KNOWN, True),
        ("testicular_torsion", GENITAL, Person("female"), False),
        ("child_hip", KNEE, Person(age=12), True),
        ("child_hip", KNEE, Person(age=17), False),
        ("child_hip", KNEE, NOBODY_KNOWN, False),
    ],
)
def test_flags_answer_to_sex_and_age(
    flag: str, marks: tuple[Mark, ...], person: Person, fires: bool
) -> None:
    assert (flag in raised(*marks, person=person)) is fires


def test_what_needs_an_age_is_asked_where_the_age_is_not_known() -> None:
    assert "ask_arteritis" in asked(*TEMPLE)
    assert "ask_arteritis" not in asked(*TEMPLE, person=Person(age=30))


@pytest.mark.parametrize(
    ("fields", "problem"),
    [({"sex": "other"}, "sex"), ({"age": -1}, "age"), ({"age": 121}, "age")],
)
def test_a_person_that_cannot_be(fields: dict[str, Any], problem: str) -> None:
    with pytest.raises(InputError) as caught:
        Person(**fields)
    assert caught.value.field == problem


@pytest.mark.parametrize(
    ("mark", "question"),
    [
        (Mark("neck_posterolateral:left", 1), "ask_neck_artery"),
        (Mark("lumbar_paraspinal_lower:right", 2), "ask_cauda_equina"),
        (Mark("lumbar_spine_lower:right", 2), "ask_spine_disease"),
        (Mark("calf_medial:left", 2), "ask_vein"),
        (Mark("knee_medial:left", 2), "ask_joint_infection"),
        (Mark("scapula:left", 2), "ask_lung"),
        (Mark("shoulder_top:left", 2), "ask_lung_top"),
        (Mark("groin:left", 2), "ask_torsion"),
    ],
)
def test_questions_stand_where_something_is_drawn(mark: Mark, question: str) -> None:
    assert question in asked(mark)
    assert question not in asked(Mark("index_palmar:left", 9))
    assert question not in raised(mark)


WANTED = {
    "acute coronary": ("chest_and_arm_or_jaw", "severe_central_chest", "ask_heart"),
    "aortic dissection": ("chest_through_to_back",),
    "pulmonary embolism, pneumothorax": ("sharp_side_of_chest", "ask_lung"),
    "deep vein thrombosis": ("severe_one_sided_calf", "ask_vein"),
    "cervical artery dissection": ("ask_neck_artery", "severe_headache"),
    "subarachnoid bleed, meningitis": ("severe_headache", "ask_head_bleed"),
    "giant cell arteritis": ("temple_over_fifty", "ask_arteritis"),
    "Pancoast tumour": ("shoulder_and_inner_arm", "ask_lung_top"),
    "herpes zoster": ("burning_band", "shingles_near_eye", "ask_shingles"),
    "ectopic pregnancy": ("ectopic_pregnancy", "ask_pregnancy"),
    "testicular torsion": ("testicular_torsion", "ask_torsion"),
    "compartment syndrome": ("tight_compartment", "ask_compartment"),
    "fracture": ("spine_after_sixty_five", "ask_fracture_spine", "ask_fracture_limb"),
    "septic joint": ("hot_knee", "ask_joint_infection"),
    "cauda equina": ("saddle_numbness", "both_legs_numb", "ask_cauda_equina"),
    "cancer and infection of the spine": ("ask_spine_disease",),
    "aneurysm of the aorta": ("belly_and_back", "ask_aneurysm"),
    "appendicitis": ("right_lower_belly",),
    "kidney stone with fever": ("loin_to_groin", "ask_kidney"),
    "limb ischaemia": ("limb_without_blood", "ask_limb_blood"),
    "acute glaucoma": ("severe_eye", "ask_eye"),
    "necrotising infection": ("ask_skin_infection",),
    "stroke": ("face_numb", "half_of_body_numb"),
}


@pytest.mark.parametrize("danger", WANTED)
def test_each_danger_has_a_pattern_or_a_question(danger: str) -> None:
    assert set(WANTED[danger]) <= set(FLAGS) | set(QUESTIONS)


def test_few_made_up_muscle_patients_raise_an_emergency() -> None:
    """Who has trigger points alone must seldom be sent away: measured, see docs/validation.md."""
    knowledge = load_knowledge()
    alarms, count = dict.fromkeys(Urgency, 0), 0
    for patient in Generator(knowledge, WORLDS[0], 7).patients(250):
        if any(patient.truth[c] and u.cause for c, u in enumerate(knowledge.units)):
            continue
        count += 1
        flags = red_flags(patient.drawing, TABLE, EVERY)
        if flags:
            alarms[flags[0].urgency] += 1
    assert count > 80
    assert alarms[Urgency.EMERGENCY_NOW] / count < 0.25
    assert (alarms[Urgency.EMERGENCY_NOW] + alarms[Urgency.EMERGENCY_TODAY]) / count < 0.32


def concerned(flag: RedFlag) -> Person:
    """Somebody whom a flag concerns."""
    return Person(flag.sex, flag.least_age or (flag.most_age if flag.most_age < 120 else 50))


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
    whole, person = pattern(flag), concerned(flag)
    assert flag.id in raised(*whole, person=person)
    for left_out in range(len(whole)):
        rest = whole[:left_out] + whole[left_out + 1 :]
        assert flag.id not in raised(*rest, person=person)
    slip = [Mark(m.region, m.intensity, m.quality, coverage=0.02) for m in whole]
    drawn = region_coverage(from_regions(TABLE, slip, answered=True).painful, TABLE)
    if drawn.max() < LEAST_SHARE:  # where the mesh is coarse, no brush is as fine as a slip
        assert flag.id not in raised(*slip, person=person)
    if flag.least_intensity > 1:
        milder = [Mark(m.region, flag.least_intensity - 1, m.quality) for m in whole]
        assert flag.id not in raised(*milder, person=person)
    if flag.qualities:
        for other in set(Quality) - set(flag.qualities):
            assert flag.id not in raised(*(Mark(m.region, 10, other) for m in whole), person=person)
    if flag.side:
        wrong = flag.side.mirrored
        assert flag.id not in raised(
            *(Mark(f"{g[0]}:{wrong}", 10) for g in flag.all), person=person
        )
    if flag.one_side:
        both = [*whole, Mark(whole[0].region.replace(":left", ":right"), flag.least_intensity)]
        assert flag.id not in raised(*both, person=person)
    if flag.only_if_known:
        assert flag.id not in raised(*whole)


@pytest.mark.parametrize("flag", EVERY, ids=[flag.id for flag in EVERY])
def test_each_flag_says_what_to_do_and_what_settles_it(flag: RedFlag) -> None:
    assert flag.title
    assert flag.say.endswith(".")
    assert len(flag.say) > 30
    assert flag.do.endswith(".")
    assert all(question.endswith((".", "?")) for question in flag.ask)


def made_up(**fields: Any) -> RedFlag:
    fixed: dict[str, Any] = {
        "id": "x",
        "title": "X",
        "urgency": Urgency.URGENT_DAYS,
        "say": "Say.",
        "do": "Do.",
        "ask": ("Ask?",),
        "all": (("temple", "cheek"),),
        "text": "Because.",
        "confidence": Confidence.UNREVIEWED,
    }
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


def test_flags_and_questions_come_in_order_of_urgency() -> None:
    marks = [m for flag in reversed(FLAGS.values()) for m in pattern(flag)]
    for found in (raised(*marks), asked(*marks)):
        ranks = [next(f for f in EVERY if f.id == name).urgency.rank for name in found]
        assert len(set(ranks)) == len(Urgency)
        assert ranks == sorted(ranks)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"all": ()}, "x.all"),
        ({"all": (("temple",), ())}, "x.all"),
        ({"all": (("tempel",),)}, "region"),
        ({"do": ""}, "x"),
        ({"ask": ()}, "x"),
        ({"least_age": 60, "most_age": 50}, "x.least_age"),
        ({"both_sides": True, "one_side": True}, "x.both_sides"),
        ({"both_sides": True, "side": Side.LEFT}, "x.both_sides"),
        ({"when_asked": True, "least_intensity": 5}, "x.when_asked"),
        ({"when_asked": True, "all": (("temple",), ("jaw",))}, "x.when_asked"),
        ({"sources": ("nobody",)}, "x.sources"),
    ],
)
def test_a_flag_that_cannot_be_right_is_refused(fields: dict[str, Any], field: str) -> None:
    with pytest.raises(InputError) as caught:
        check_flag(made_up(**fields), TABLE, bibliography())
    assert caught.value.field.startswith(field)
