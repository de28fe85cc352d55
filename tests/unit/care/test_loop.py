"""The loop: locate, examine, screen, plan; and what stops it."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.body.drawing import Mark, Quality, from_regions
from tautband.body.regions import load_regions
from tautband.care.loop import Case, Loop, Visit, loop
from tautband.care.screen import read_answers
from tautband.safety.decision import Decision
from tautband.safety.people import Clinician, Patient, Sex
from tautband.safety.planning.session import Context

EXAMPLE = json.loads((Path(__file__).parents[3] / "examples/answers.json").read_text("utf-8"))
TABLE = load_regions()
SHOULDER = from_regions(TABLE, [Mark("shoulder_anterior:right", 6, Quality.ACHE)], answered=True)
CHEST = from_regions(TABLE, [Mark("sternum_upper:left", 9, Quality.ACHE)], answered=True)
FAMILIAR = ("infraspinatus right: familiar pain", "deltoid_anterior right: no familiar pain")
TRAINED = Clinician(trained_regions=("all",), student=False)


def visit(**changed: Any) -> Visit:
    """A visit of the example's patient with some answers changed."""
    data = {**EXAMPLE, "answers": {**EXAMPLE["answers"], **changed}}
    return Visit(clinician=TRAINED, answers=read_answers(data), context=Context(first_session=True))


def run(case: Case) -> Loop:
    return loop(case)


def test_the_muscle_with_the_familiar_pain_is_planned() -> None:
    answer = run(Case(SHOULDER, findings=FAMILIAR, visit=visit(competition_days=2)))
    assert answer.location.candidates[0].unit.id == "infraspinatus"
    assert answer.no_plan == ""
    assert answer.plan is not None
    assert [p.target.key for p in answer.plan.targets] == ["infraspinatus:right"]
    assert answer.plan.targets[0].recipe is not None
    assert "in 2 days" in answer.plan.home.event


def test_what_was_chosen_comes_before_what_was_found() -> None:
    answer = run(Case(SHOULDER, findings=FAMILIAR, chosen="soleus left", visit=visit()))
    assert answer.plan is not None
    assert [p.target.key for p in answer.plan.targets] == ["soleus:left"]


def test_nothing_is_planned_before_something_was_found() -> None:
    answer = run(Case(SHOULDER, visit=visit()))
    assert answer.plan is None
    assert "Nothing is planned" in answer.no_plan
    assert answer.examination.steps.proposals


def test_a_red_flag_stops_the_plan_until_it_is_cleared() -> None:
    case = Case(CHEST, chosen="pectoralis major left", visit=visit())
    stopped = run(case)
    assert stopped.red_flags
    assert stopped.plan is None
    assert stopped.red_flags[0].title in stopped.no_plan
    assert run(replace(case, red_flags_cleared=True)).plan is not None


def test_a_blocked_patient_gets_the_reason_and_no_recipe() -> None:
    answer = run(Case(SHOULDER, findings=FAMILIAR, visit=visit(emergency_now="yes")))
    assert answer.plan is not None
    (target,) = answer.plan.targets
    assert target.recipe is None
    assert target.no_recipe
    assert answer.plan.decision >= Decision.NOT_TODAY
    assert any(r.id.startswith("screening:") for r in target.reasons)


def test_without_answers_every_target_asks() -> None:
    answer = run(Case(SHOULDER, findings=FAMILIAR, visit=Visit(clinician=TRAINED)))
    assert answer.plan is not None
    assert answer.plan.decision >= Decision.ASK
    assert "not_screened" in {r.id for r in answer.plan.targets[0].reasons}


def test_the_answers_tell_the_patient() -> None:
    asked = run(Case(SHOULDER, findings=FAMILIAR, visit=visit(age="unknown")))
    told = run(Case(SHOULDER, findings=FAMILIAR, visit=visit()))

    def ids(answer: Loop) -> set[str]:
        assert answer.plan is not None
        return {r.id for r in answer.plan.targets[0].reasons}

    assert "age_unknown" in ids(asked)
    assert "age_unknown" not in ids(told)


def test_the_other_side_today_blocks_this_side() -> None:
    answer = run(Case(SHOULDER, findings=FAMILIAR, visit=visit(other_side_today="left")))
    assert answer.plan is not None
    assert "bilateral_thorax" in {r.id for r in answer.plan.targets[0].reasons}
    assert answer.plan.targets[0].recipe is None


def test_two_stories_of_one_patient_are_refused() -> None:
    own = replace(visit(), patient=Patient(sex=Sex.MALE))
    with pytest.raises(InputError, match="sex"):
        run(Case(SHOULDER, findings=FAMILIAR, visit=own))


@pytest.mark.parametrize("age", [58, "unknown"])
def test_a_case_answers_the_same_twice(age: object) -> None:
    case = Case(SHOULDER, findings=FAMILIAR, visit=visit(age=age))
    one, other = run(case), run(case)
    assert one.plan == other.plan
    assert one.plan is not None
    assert one.plan.targets[0].target.side is Side.RIGHT


@pytest.mark.parametrize("changed", [{"emergency_now": "yes"}, {"fever_or_infection": "yes"}])
def test_a_target_is_never_milder_than_its_screening(changed: dict[str, str]) -> None:
    answer = run(Case(SHOULDER, findings=FAMILIAR, visit=visit(**changed)))
    assert answer.plan is not None
    (target,) = answer.plan.targets
    screened = [r for r in target.reasons if r.id.startswith("screening:")]
    assert target.decision >= max(r.decision for r in screened) >= Decision.NOT_TODAY
