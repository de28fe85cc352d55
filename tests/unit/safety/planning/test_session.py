"""Rules of a session, as a clinical table; and that more risk is never milder."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tautband.atlas.load import read_muscles
from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.safety.decision import Decision
from tautband.safety.people import Clinician, Patient, Sex
from tautband.safety.planning.session import (
    Context,
    SessionPolicy,
    Target,
    check_session,
    in_pleural_zone,
    load_rules,
)

MUSCLES = read_muscles()
ADULT = Patient(sex=Sex.FEMALE, age_years=40, stated_bmi=23, pregnant=False)
TRAINED = Clinician(trained_regions=("all",), student=False, ultrasound=True)
NOTHING = frozenset[Side]()
CALM = Context(
    first_session=True,
    thorax_today=NOTHING,
    implanted_device=False,
    epilepsy_uncontrolled=False,
    metal_implant_near=False,
    anticoagulant=False,
)


def target(told: str, **more: Any) -> Target:
    muscle, side = told.split()
    return Target(MUSCLES[muscle], Side(side), **more)


def spoken(
    *told: str | Target,
    patient: Patient = ADULT,
    clinician: Clinician = TRAINED,
    context: Context = CALM,
    policy: SessionPolicy | None = None,
) -> dict[str, Decision]:
    """Every rule that spoke."""
    targets = [one if isinstance(one, Target) else target(one) for one in told]
    answer = check_session(targets, patient, clinician, context, policy)
    every = [*answer.general, *(r for reasons in answer.by_target.values() for r in reasons)]
    assert answer.decision == max([Decision.PRECAUTION, *(r.decision for r in every)])
    return {reason.id: reason.decision for reason in every}


def test_both_sides_of_the_thorax_wait() -> None:
    found = spoken("rhomboids right", "trapezius_upper left")
    assert found["bilateral_thorax"] is Decision.NOT_TODAY


def test_one_side_of_the_thorax_twice_does_not() -> None:
    assert "bilateral_thorax" not in spoken("rhomboids right", "trapezius_upper right")


def test_both_sides_elsewhere_do_not() -> None:
    assert "bilateral_thorax" not in spoken("vastus_lateralis right", "vastus_lateralis left")


@pytest.mark.parametrize(
    ("today", "rule"),
    [
        (frozenset({Side.LEFT}), "bilateral_thorax"),
        (frozenset({Side.RIGHT}), ""),
        (NOTHING, ""),
        (None, "bilateral_thorax_unknown"),
    ],
)
def test_the_other_side_earlier_today(today: frozenset[Side] | None, rule: str) -> None:
    found = spoken("rhomboids right", context=replace(CALM, thorax_today=today))
    assert {key for key in found if key.startswith("bilateral")} == ({rule} - {""})


@pytest.mark.parametrize(("reason", "allowed"), [("", False), ("  ", False), ("Written.", True)])
def test_a_policy_may_allow_both_sides_only_with_a_written_reason(
    reason: str, allowed: bool
) -> None:
    policy = SessionPolicy(bilateral_thorax_reason=reason)
    found = spoken("rhomboids right", "rhomboids left", policy=policy)
    assert ("bilateral_thorax_allowed" in found) is allowed
    assert ("bilateral_thorax" in found) is not allowed


@pytest.mark.parametrize(
    ("days", "sore", "rule"),
    [
        (0.0, None, "same_site_too_soon"), (0.0, False, "same_site_too_soon"),
        (2.0, None, "same_site_too_soon"), (2.0, False, ""), (2.0, True, "same_site_too_soon"),
        (7.0, None, ""), (7.0, True, "same_site_too_soon"), (None, None, "spacing_unknown"),
        (None, False, ""),
    ],
)  # fmt: skip
def test_spacing(days: float | None, sore: bool | None, rule: str) -> None:
    key = "infraspinatus:right"
    context = replace(
        CALM,
        first_session=False,
        last_days={} if days is None else {key: days},
        still_sore={} if sore is None else {key: sore},
    )
    found = spoken("infraspinatus right", context=context)
    assert {"same_site_too_soon", "spacing_unknown"} & set(found) == ({rule} - {""})


def test_the_first_session_stays_small() -> None:
    legs = ["vastus_lateralis right", "soleus right", "tibialis_anterior right"]
    assert "first_session_dose" not in spoken(*legs)
    assert "first_session_dose" in spoken(*legs, "vastus_medialis right")
    assert "first_session_dose" in spoken(target("soleus right", needles=11))
    later = replace(CALM, first_session=False)
    assert "first_session_dose" not in spoken(*legs, "vastus_medialis right", context=later)
    unknown = spoken(*legs, "vastus_medialis right", context=replace(CALM, first_session=None))
    assert {"first_session_dose", "first_session_unknown"} <= set(unknown)


def test_insertions_beyond_what_protocols_used() -> None:
    assert "insertions_per_muscle" in spoken(target("soleus right", insertions=6))
    assert "insertions_per_muscle" not in spoken(target("soleus right", insertions=5))


@pytest.mark.parametrize(
    ("muscle", "change", "rule", "decision"),
    [
        ("soleus", {"implanted_device": True}, "estim_implanted_device", Decision.NOT_HERE),
        ("soleus", {"implanted_device": None}, "estim_device_unknown", Decision.ASK),
        ("soleus", {"epilepsy_uncontrolled": True}, "estim_epilepsy", Decision.NOT_HERE),
        ("soleus", {"epilepsy_uncontrolled": None}, "estim_epilepsy_unknown", Decision.ASK),
        ("soleus", {"metal_implant_near": True}, "estim_metal", Decision.PRECAUTION),
        ("soleus", {"anticoagulant": None}, "estim_anticoagulant", Decision.PRECAUTION),
        ("trapezius_upper", {}, "estim_neck_thorax", Decision.PRECAUTION),
        ("sternocleidomastoid_sternal", {}, "estim_front_of_neck", Decision.NOT_HERE),
    ],
)
def test_electrical_stimulation(
    muscle: str, change: dict[str, Any], rule: str, decision: Decision
) -> None:
    found = spoken(f"{muscle} right", context=replace(CALM, electrical=True, **change))
    assert found[rule] is decision
    without = spoken(f"{muscle} right", context=replace(CALM, electrical=False, **change))
    assert not any(key.startswith("estim") for key in without)


@pytest.mark.parametrize(
    ("pregnant", "rule"),
    [(True, "estim_pregnancy"), (None, "estim_pregnancy_unknown"), (False, "")],
)
def test_electrical_stimulation_in_pregnancy(pregnant: bool | None, rule: str) -> None:
    patient = replace(ADULT, pregnant=pregnant)
    context = replace(CALM, electrical=True)
    for muscle in ("multifidus_lumbar", "piriformis"):
        found = spoken(f"{muscle} right", patient=patient, context=context)
        assert {key for key in found if "pregnancy" in key} == ({rule} - {""})
    assert not any("pregnancy" in key for key in spoken("soleus right", patient=patient))


@pytest.mark.parametrize(
    ("age", "muscle", "rule"),
    [
        (12, "rhomboids", "child_thorax"), (12, "soleus", "child"), (None, "soleus", "age_unknown"),
        (18, "rhomboids", ""),
    ],
)  # fmt: skip
def test_children(age: float | None, muscle: str, rule: str) -> None:
    found = spoken(f"{muscle} right", patient=replace(ADULT, age_years=age))
    assert {"child_thorax", "child", "age_unknown"} & set(found) == ({rule} - {""})


@pytest.mark.parametrize(
    ("muscle", "clinician", "rule", "decision"),
    [
        ("soleus", {"trained_regions": None}, "training_unknown", Decision.ASK),
        ("soleus", {"trained_regions": ("neck",)}, "not_trained_here", Decision.NOT_HERE),
        ("soleus", {"trained_regions": ("leg and foot",)}, "", None),
        ("soleus", {"trained_regions": ("soleus",)}, "", None),
        ("scalenes", {"trained_regions": ("neck",)}, "restricted_muscle", Decision.ASK),
        ("scalenes", {"trained_regions": ("scalenes",)}, "", None),
        ("soleus", {"student": True}, "student_alone", Decision.DO_NOT_NEEDLE),
        ("soleus", {"student": True, "supervised": None}, "student_alone", Decision.DO_NOT_NEEDLE),
        ("soleus", {"student": True, "supervised": True}, "student_supervised", Decision.ASK),
    ],
)
def test_competence(
    muscle: str, clinician: dict[str, Any], rule: str, decision: Decision | None
) -> None:
    found = spoken(f"{muscle} right", clinician=replace(TRAINED, **clinician))
    names = {"training_unknown", "not_trained_here", "restricted_muscle", "student_alone"}
    assert (names | {"student_supervised"}) & set(found) == ({rule} - {""})
    if rule:
        assert found[rule] is decision


@pytest.mark.parametrize(
    ("guided", "skilled", "rule"),
    [
        (True, True, ""),
        (True, None, "ultrasound_skill_unknown"),
        (True, False, "ultrasound_advised"),
        (False, True, "ultrasound_advised"),
        (None, True, "ultrasound_advised"),
    ],
)
def test_what_ultrasound_changes(guided: bool | None, skilled: bool | None, rule: str) -> None:
    found = spoken(
        "tibialis_posterior right",
        context=replace(CALM, ultrasound=guided),
        clinician=replace(TRAINED, ultrasound=skilled),
    )
    assert {"ultrasound_advised", "ultrasound_skill_unknown"} & set(found) == ({rule} - {""})
    assert not any("ultrasound" in key for key in spoken("soleus right"))


@pytest.mark.parametrize(("days", "warned"), [(0, True), (3, True), (3.5, False), (None, False)])
def test_competition(days: float | None, warned: bool) -> None:
    found = spoken("soleus right", context=replace(CALM, competition_in_days=days))
    assert ("competition" in found) is warned


def test_a_target_stands_once() -> None:
    with pytest.raises(InputError, match="twice"):
        spoken("soleus right", "soleus right")


def test_the_top_of_the_shoulder_counts_as_thorax() -> None:
    for muscle in ("trapezius_upper", "rhomboids", "supraspinatus", "levator_scapulae", "scalenes"):
        assert in_pleural_zone(MUSCLES[muscle])
    assert not in_pleural_zone(MUSCLES["soleus"])


def test_no_rule_permits() -> None:
    assert all(Decision.of(rule.decision) > Decision.PROCEED for rule in load_rules().values())


contexts = st.builds(
    Context,
    first_session=st.sampled_from([None, True, False]),
    thorax_today=st.sampled_from([None, NOTHING, frozenset({Side.LEFT})]),
    electrical=st.booleans(),
    implanted_device=st.sampled_from([None, True, False]),
    epilepsy_uncontrolled=st.sampled_from([None, True, False]),
    ultrasound=st.sampled_from([None, True, False]),
)
chosen = st.lists(st.sampled_from(sorted(MUSCLES)), min_size=1, max_size=4, unique=True)


@given(chosen, contexts, st.sampled_from([None, 12.0, 40.0]))
@settings(max_examples=200, deadline=None)
def test_more_risk_is_never_milder(names: list[str], context: Context, age: float | None) -> None:
    patient = replace(ADULT, age_years=age)

    def decision(around: Context, who: Patient = patient, by: Clinician = TRAINED) -> Decision:
        targets = [Target(MUSCLES[name], Side.RIGHT) for name in names]
        return check_session(targets, who, by, around).decision

    calm = decision(context)
    for risk in (
        {"electrical": True},
        {"thorax_today": frozenset({Side.LEFT})},
        {"implanted_device": True},
        {"epilepsy_uncontrolled": True},
        {"ultrasound": None},
        {"competition_in_days": 1.0},
    ):
        assert decision(replace(context, **risk)) >= calm
    assert decision(context, by=replace(TRAINED, trained_regions=None)) >= calm
    assert decision(context, by=replace(TRAINED, student=True)) >= calm
    if age == 40:
        assert decision(context, replace(patient, age_years=None)) >= calm
        assert decision(context, replace(patient, age_years=12)) >= calm
