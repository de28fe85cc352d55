"""The cause of the overload chooses the advice, and a patient can read it."""

from statistics import mean
from typing import get_args

import pytest

from tautband.atlas.advice import (
    ORDER,
    SETTLED,
    advice_for,
    check_common_advice,
    read_common_advice,
)
from tautband.atlas.load import read_muscles
from tautband.atlas.records import AdviceKind, OverloadKind
from tautband.atlas.targets import read_targets
from tautband.base.sources import bibliography
from tests.unit.atlas.parts import as_muscle, record
from tests.unit.atlas.reading import grade

MUSCLES = read_muscles()
CAUSES: tuple[OverloadKind, ...] = get_args(OverloadKind)
KINDS: tuple[AdviceKind, ...] = get_args(AdviceKind)
NEEDLED = sorted(m.id for m in MUSCLES.values() if m.needling.status != "not needled")
HARDEST_GRADE, MEAN_GRADE = 9.0, 6.0


def kinds(muscle: str, cause: OverloadKind) -> list[AdviceKind]:
    return [one.advice.kind for one in advice_for(MUSCLES[muscle], cause)]


@pytest.mark.parametrize("muscle", NEEDLED)
def test_a_needled_muscle_has_a_stretch_an_exercise_and_a_habit_for_each_cause(muscle: str) -> None:
    own = {a.kind for a in MUSCLES[muscle].advice if a.stated}
    assert {"stretch", "strengthen", "habit"} <= own
    for cause in CAUSES:
        assert {"habit", "stretch", "strengthen"} <= set(kinds(muscle, cause)), cause
        meant = [a for a in advice_for(MUSCLES[muscle], cause) if cause in a.advice.causes]
        assert [a for a in meant if a.advice.kind == "habit"], cause


@pytest.mark.parametrize("muscle", sorted(MUSCLES))
@pytest.mark.parametrize("cause", CAUSES)
def test_kinds_stand_in_the_order_of_the_cause_and_nothing_twice(
    muscle: str, cause: OverloadKind
) -> None:
    told = advice_for(MUSCLES[muscle], cause)
    assert told
    places = [ORDER[cause].index(one.advice.kind) for one in told]
    assert places == sorted(places)
    texts = [one.text for one in told]
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize("muscle", sorted(MUSCLES))
def test_after_an_injury_nothing_is_stretched_loaded_or_rubbed_at_once(muscle: str) -> None:
    told = advice_for(MUSCLES[muscle], "trauma")
    assert "first days" in told[0].text
    for one in told:
        assert one.lead == ("" if one.advice.kind == "habit" else SETTLED)
        assert one.text.endswith(one.advice.text)


@pytest.mark.parametrize(
    ("muscle", "cause", "first"),
    [
        ("masseter_superficial", "stress", "Keep the lips together"),
        ("trapezius_upper", "posture", "Support the forearms"),
        ("supraspinatus", "overuse", "Carry loads close"),
        ("biceps_femoris", "trauma", "In the first days"),
        ("gluteus_medius", "posture", "Put a pillow between the knees"),
    ],
)
def test_what_is_meant_for_the_cause_comes_first(
    muscle: str, cause: OverloadKind, first: str
) -> None:
    assert advice_for(MUSCLES[muscle], cause)[0].text.startswith(first)


def test_advice_for_another_cause_is_left_out() -> None:
    told = [one.text for one in advice_for(MUSCLES["coccygeus"], "stress")]
    assert any("pelvic floor sink" in text for text in told)
    assert not any("cushion" in text for text in told)


def test_a_kind_that_is_only_meant_for_other_causes_is_told_rather_than_none() -> None:
    data = record("infraspinatus")
    for advice in data["advice"]:
        advice["causes"] = ["stress"]
    told = advice_for(as_muscle(data), "posture")
    assert {"stretch", "strengthen"} <= {one.advice.kind for one in told}


def test_common_advice_is_sourced_and_answers_every_cause() -> None:
    check_common_advice(bibliography())
    assert {c for a in read_common_advice() for c in a.causes} == set(CAUSES)
    assert set(KINDS) == {kind for order in ORDER.values() for kind in order}


def test_a_lay_reader_can_read_it() -> None:
    advice = [*read_common_advice()]
    advice += [a for muscle in MUSCLES.values() for a in muscle.advice if a.stated]
    advice += [a for target in read_targets().values() for a in target.advice]
    grades = {a.text: grade(a.text) for a in advice}
    assert {text: g for text, g in grades.items() if g > HARDEST_GRADE} == {}
    assert mean(grades.values()) < MEAN_GRADE


def test_the_grade_tells_hard_from_easy() -> None:
    assert grade("Sit down. Rest the arm on a soft pillow.") < 3
    assert grade("Facilitate scapular stabilisation by isometric contraction.") > 15
