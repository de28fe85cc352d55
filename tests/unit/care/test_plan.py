"""A planned session: what is said of each muscle, and the sheet that a patient takes home."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tautband.atlas.atlas import load_atlas
from tautband.atlas.names import find_muscle
from tautband.atlas.trained import ACKNOWLEDGEMENT
from tautband.base.errors import InputError
from tautband.base.sources import Seen, bibliography
from tautband.care.home import CAUSES, home_plan
from tautband.care.plan import READER, Plan, Screened, make_plan, parse_targets
from tautband.care.plan_wire import plan_json
from tautband.safety.decision import Decision
from tautband.safety.people import Clinician, Patient, Sex
from tautband.safety.planning.aftercare import load_texts, soreness_and_event
from tautband.safety.planning.reasons import Reason
from tautband.safety.planning.recipe import grip_of, recipe_of, why_not
from tautband.safety.planning.session import Context
from tautband.safety.planning.technique import Technique
from tests.unit.readability import grade

ATLAS = load_atlas()
ADULT = Patient(sex=Sex.FEMALE, age_years=40, height_cm=168, weight_kg=61, scoliosis=False)
TRAINED = Clinician(trained_regions=("all",), student=False, ultrasound=True)
CALM = Context(first_session=True, thorax_today=frozenset())
CLEAR = Screened(Decision.PROCEED, ())


def planned(text: str, **more: object) -> Plan:
    targets = parse_targets(text, ATLAS.muscles)
    usual: dict[str, object] = {
        "context": CALM,
        "screened": {target.key: CLEAR for target in targets},
        "cause": "overuse",
    }
    return make_plan(targets, ADULT, TRAINED, ATLAS, **{**usual, **more})  # type: ignore[arg-type]


# ----------------------------------------------------------------------------------- targets


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("infraspinatus right", ["infraspinatus:right"]),
        ("left upper trapezius", ["trapezius_upper:left"]),
        (
            "rhomboid major right, upper trapezius right",
            ["rhomboids:right", "trapezius_upper:right"],
        ),
        ("soleus both", ["soleus:left", "soleus:right"]),
        ("bilateral soleus; QL left", ["soleus:left", "soleus:right", "quadratus_lumborum:left"]),
    ],
)  # fmt: skip
def test_targets_are_read(text: str, keys: list[str]) -> None:
    assert [target.key for target in parse_targets(text, ATLAS.muscles)] == keys


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("infraspinatus", "has none"),
        ("infraspinatos right", "Did you mean infraspinatus"),
        ("infraspinatos", "Did you mean infraspinatus"),
        (" , ", "names no muscle"),
        (",".join(["soleus right"] * 21), "at most 20"),
    ],
)
def test_targets_that_cannot_be_read_are_refused(text: str, part: str) -> None:
    with pytest.raises(InputError, match=part):
        parse_targets(text, ATLAS.muscles)


# ------------------------------------------------------------------------------------ recipe


def test_a_clear_patient_gets_the_recipe_with_caution() -> None:
    (target,) = planned("soleus right").targets
    assert target.decision is Decision.PRECAUTION
    assert target.recipe is not None
    assert target.recipe.length_mm == (30, 50)
    assert target.recipe.gauge_is_general


def test_a_muscle_that_is_not_needled_has_no_recipe_but_the_reason() -> None:
    plan = planned("longus colli right")
    (target,) = plan.targets
    assert target.recipe is None
    assert target.needle is None
    assert target.decision is Decision.DO_NOT_NEEDLE is plan.decision
    assert target.no_recipe == ATLAS.muscles["longus_colli"].needling.text
    assert plan.home.expect == ()
    assert plan.home.advice  # what helps without a needle stays


def test_a_blocked_muscle_gets_no_recipe_but_the_reason() -> None:
    bleeding = Reason("bleeding", Decision.NOT_TODAY, "A bleeding disorder that is not treated.")
    plan = planned(
        "soleus right", screened={"soleus:right": Screened(bleeding.decision, (bleeding,))}
    )
    (target,) = plan.targets
    assert target.recipe is None
    assert target.no_recipe == bleeding.why
    assert plan.decision is Decision.NOT_TODAY
    told = plan_json(plan)["targets"][0]
    assert told["recipe"] is None
    assert told["needle"] is None


def test_who_was_not_screened_is_asked() -> None:
    (target,) = planned("soleus right", screened=None).targets
    assert target.decision is Decision.ASK
    assert "not_screened" in {reason.id for reason in target.reasons}


def test_both_lungs_block_both_recipes() -> None:
    plan = planned("rhomboids right, trapezius_upper left")
    assert [target.recipe for target in plan.targets] == [None, None]
    assert plan.decision is Decision.NOT_TODAY


def test_what_is_not_needled_blocks_no_other_side() -> None:
    plan = planned("trapezius_upper right, diaphragm left")
    assert plan.targets[0].recipe is not None
    assert "bilateral_thorax" not in {r.id for r in plan.targets[0].reasons}


def test_a_told_needle_is_judged() -> None:
    plan = planned("soleus right", technique=Technique(75))
    assert "longer_than_published" in {r.id for r in plan.targets[0].reasons}


@pytest.mark.parametrize(
    ("muscle", "grip"),
    [
        ("trapezius_upper", "pincer"), ("iliocostalis_thoracis", "flat"), ("rhomboids", "flat"),
        ("subscapularis", "flat"), ("trapezius_middle", "pincer or flat"),
        ("latissimus_dorsi", "pincer"), ("infraspinatus", "flat"),
        ("external_oblique", "pincer or flat"),
    ],
)  # fmt: skip
def test_the_grip_is_that_of_the_record(muscle: str, grip: str) -> None:
    assert grip_of(ATLAS.muscles[muscle]) == grip


def test_every_muscle_has_a_recipe_or_a_reason() -> None:
    for muscle in ATLAS.muscles.values():
        recipe = recipe_of(muscle)
        if recipe is None:
            assert why_not(muscle)
        else:
            assert all((recipe.position, recipe.entry, recipe.direction, recipe.technique))
            with pytest.raises(InputError):
                why_not(muscle)


def test_every_muscle_can_be_planned() -> None:
    for muscle in ATLAS.muscles:
        plan = planned(f"{muscle} right", technique=Technique(25))
        assert plan.decision > Decision.PROCEED
        told = plan_json(plan)
        assert told["decision"] == plan.decision.key
        assert "safe " + "depth" not in json.dumps(told).lower()


# ---------------------------------------------------------------------------------- the sheet


def test_the_reader_is_named() -> None:
    assert ACKNOWLEDGEMENT in READER
    assert plan_json(planned("soleus right"))["intended_reader"] == READER


@pytest.mark.parametrize("cause", CAUSES)
def test_the_advice_answers_to_the_cause(cause: str) -> None:
    infraspinatus = ATLAS.muscles["infraspinatus"]
    sheet = home_plan([infraspinatus], [infraspinatus], cause, None)
    assert {advice.kind for advice in sheet.advice} >= {"stretch", "habit"}
    first_days = "first days are over" in sheet.text
    assert first_days is (cause == "trauma")


def test_an_unknown_cause_is_asked_and_a_wrong_one_refused() -> None:
    assert any("overloaded" in ask for ask in planned("soleus right", cause="unknown").asks)
    assert not any("overloaded" in ask for ask in planned("soleus right").asks)
    with pytest.raises(InputError, match="overuse"):
        planned("soleus right", cause="the moon")


def test_sport_is_asked_unless_told() -> None:
    assert any("competition" in ask for ask in planned("soleus right").asks)
    assert planned("soleus right", athlete=False).asks == ()
    told = replace(CALM, competition_in_days=2.0)
    assert planned("soleus right", context=told).asks == ()


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "is today. You will most likely be sore"), (1, "is tomorrow. You will most likely"),
        (2, "in 2 days. You will most likely be sore"), (3, "Most people are no longer sore"),
        (4, "Soreness is mostly gone"), (None, ""),
    ],
)  # fmt: skip
def test_when_soreness_falls_on_a_competition(days: float | None, said: str) -> None:
    assert said in soreness_and_event(days)


@pytest.mark.parametrize("days", [-1, 366, float("nan")])
def test_a_day_that_cannot_be_is_refused(days: float) -> None:
    with pytest.raises(InputError, match="365"):
        soreness_and_event(days)


def test_warning_signs_go_with_the_muscle() -> None:
    def titles(muscle: str) -> set[str]:
        own = find_muscle(muscle, ATLAS.muscles)
        return {section.title for section in home_plan([own], [own], "overuse", None).help}

    assert "Get help at once" in titles("rhomboids")
    assert "Get help at once" not in titles("soleus")
    assert "Call us or a doctor" in titles("soleus")
    assert "chest pain" in planned("rhomboids right").home.text


def test_the_sheet_tells_no_recipe() -> None:
    for muscle in ("rhomboids", "piriformis", "soleus"):
        text = planned(f"{muscle} right").home.text.lower()
        for word in (" mm", "gauge", "pincer", "degrees", "pleura"):
            assert word not in text


def test_the_sheet_reads_at_school_level() -> None:
    for text in load_texts():
        assert grade(text.text) <= 8, text.id
    hard = {}
    for muscle in ATLAS.muscles.values():
        for cause in CAUSES:
            sheet = home_plan([muscle], [muscle], cause, 2)
            # Titles would flatter: only what is said in sentences counts.
            told = [*(s.text for s in (*sheet.expect, *sheet.help)), sheet.event]
            found = grade("\n".join([*told, *(a.text for a in sheet.advice)]))
            if found > 8:
                hard[muscle.id, cause] = round(found, 1)
    assert hard == {}


def test_what_a_patient_is_told_was_read() -> None:
    known = bibliography()
    for text in load_texts():
        read = [key for key in text.sources if known[key].seen is not Seen.NONE]
        assert read, text.id


def test_the_sheet_promises_nothing() -> None:
    for muscle in ATLAS.muscles:
        text = planned(f"{muscle} right").home.text.lower()
        for word in ("cure", "guarantee", "no risk", "harmless", "will help", "proven"):
            assert f" {word}" not in text, muscle


@given(
    st.sampled_from(sorted(ATLAS.muscles)),
    st.floats(20, 85),
    st.floats(150, 195),
    st.floats(45, 110),
    st.none() | st.floats(10, 75),
)
@settings(max_examples=30, deadline=None)
def test_what_is_not_known_never_makes_a_plan_milder(
    muscle: str, age: float, height: float, weight: float, needle: float | None
) -> None:
    known = Patient(
        sex=Sex.MALE, age_years=age, height_cm=height, weight_kg=weight, scoliosis=False,
        implants=(), pregnant=False,
    )  # fmt: skip
    guided = Technique(needle, ultrasound=True)
    around = replace(CALM, first_session=True, ultrasound=True)

    def decision(
        patient: Patient = known,
        clinician: Clinician = TRAINED,
        technique: Technique = guided,
        context: Context = around,
        screened: bool = True,
    ) -> Decision:
        targets = parse_targets(f"{muscle} right", ATLAS.muscles)
        clear = {targets[0].key: CLEAR} if screened else None
        return make_plan(
            targets, patient, clinician, ATLAS,
            technique=technique, context=context, screened=clear,
        ).decision  # fmt: skip

    told = decision()
    assert told > Decision.PROCEED
    for less in (
        replace(known, sex=None),
        replace(known, age_years=None),
        replace(known, height_cm=None),
        replace(known, scoliosis=None),
        replace(known, implants=None),
    ):
        assert decision(less) >= told
    assert decision(clinician=replace(TRAINED, trained_regions=None)) >= told
    assert decision(clinician=replace(TRAINED, ultrasound=None)) >= told
    assert decision(context=replace(around, thorax_today=None)) >= told
    assert decision(technique=Technique(needle), context=replace(around, ultrasound=None)) >= told
    assert decision(screened=False) >= told
