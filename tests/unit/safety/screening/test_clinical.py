"""What a clinician expects of a screening, case by case; written without looking at the rules."""

from typing import Any

import pytest

from tautband.safety.decision import Decision
from tests.unit.safety.screening.cast import asking, decided, fired, screened

PROCEED, PRECAUTION, ASK, NOT_TODAY, NOT_HERE, NEVER = Decision
FOREARM = "extensor carpi radialis brevis right"
CALF = "gastrocnemius_medial left"
CHEST = "pectoralis_major left"
RHOMBOID = "rhomboid major right"
LOW_BACK = "multifidus_lumbar right"
PIRIFORMIS = "piriformis right"
ABDOMEN = "rectus_abdominis_lower right"
WARFARIN: dict[str, Any] = {
    "blood_thinner": "yes",
    "medicines": ["warfarin 5 mg"],
    "treatment_stable": "yes",
    "last_dose_hours": 12,
    "inr": 2.4,
    "inr_days": 7,
    "kidney_disease": "no",
}
APIXABAN: dict[str, Any] = {
    "blood_thinner": "yes",
    "medicines": ["Eliquis 5mg"],
    "treatment_stable": "yes",
    "last_dose_hours": 12,
    "kidney_disease": "no",
}
PREGNANT: dict[str, Any] = {
    "pregnant": "yes",
    "weeks_pregnant": 22,
    "miscarriage": "no",
    "pregnancy_discussed": "yes",
}


CASES: list[tuple[str, str, dict[str, Any], Decision]] = [
    ("nothing at all, forearm", FOREARM, {}, PROCEED),
    ("nothing at all, calf", CALF, {}, PROCEED),
    ("nothing at all, over the lung", RHOMBOID, {}, PRECAUTION),
    # The person
    ("does not want it", FOREARM, {"wants_needling": "no"}, NEVER),
    ("cannot decide", FOREARM, {"able_to_decide": "no", "representative_consents": "no"}, NEVER),
    ("a representative agrees", FOREARM,
     {"able_to_decide": "no", "representative_consents": "yes"}, PRECAUTION),
    ("a child, guardian agrees", FOREARM, {"age": 12, "guardian_consents": "yes"}, PRECAUTION),
    ("a child, guardian does not", FOREARM, {"age": 12, "guardian_consents": "no"}, NEVER),
    ("a child, guardian not asked", FOREARM, {"age": 12}, ASK),
    ("18 years old", FOREARM, {"age": 18}, PROCEED),
    ("phobia", FOREARM, {"needle_fear": 9}, NEVER),
    ("phobia at the limit", FOREARM, {"needle_fear": 8}, NEVER),
    ("fear below the limit", FOREARM, {"needle_fear": 7}, PRECAUTION),
    ("some fear", FOREARM, {"needle_fear": 5}, PRECAUTION),
    ("emergency", FOREARM, {"emergency_now": "yes"}, NOT_TODAY),
    ("red flag", FOREARM, {"red_flags": "yes", "red_flags_cleared": "no"}, NOT_TODAY),
    ("red flag, cleared", FOREARM, {"red_flags": "yes", "red_flags_cleared": "yes"}, PRECAUTION),
    ("fever", FOREARM, {"fever_or_infection": "yes"}, NOT_TODAY),
    ("drunk", FOREARM, {"alcohol_or_drugs": "yes"}, NOT_TODAY),
    ("hungry", FOREARM, {"eaten_today": "no"}, PRECAUTION),
    ("fainted before", FOREARM, {"faints": "yes"}, PRECAUTION),
    ("well controlled diabetes", FOREARM, {"diabetes": "well controlled"}, PRECAUTION),
    ("steroid tablets", FOREARM, {"medicines": ["prednisolone 5 mg"]}, PRECAUTION),
    ("artificial valve", FOREARM, {"heart_valve": "yes", "specialist_agrees": "no"}, NEVER),
    ("artificial valve, cardiologist agrees", FOREARM,
     {"heart_valve": "yes", "specialist_agrees": "yes"}, PRECAUTION),
    ("very weak", FOREARM, {"very_weak": "yes"}, NOT_TODAY),
    ("unstable angina", FOREARM, {"severe_heart_disease": "yes", "specialist_agrees": "no"},
     NOT_TODAY),
    ("new kidney", FOREARM, {"transplant": "yes", "specialist_agrees": "no"}, ASK),
    ("new kidney, team agrees", FOREARM, {"transplant": "yes", "specialist_agrees": "yes"},
     PRECAUTION),
    ("fits not under control", FOREARM, {"epilepsy": "uncontrolled"}, ASK),
    ("fits under control", FOREARM, {"epilepsy": "controlled"}, PRECAUTION),
    ("fits not under control, over the lung", RHOMBOID, {"epilepsy": "uncontrolled"}, NOT_HERE),
    ("psychosis", FOREARM, {"psychosis": "yes"}, ASK),
    ("another reason", FOREARM, {"other_reason": "yes"}, NEVER),
    ("race tomorrow", FOREARM, {"competition_days": 1}, PRECAUTION),
    # Bleeding
    ("haemophilia", FOREARM, {"bleeding_disorder": "yes", "specialist_agrees": "no"}, NEVER),
    ("haemophilia, specialist agrees", FOREARM,
     {"bleeding_disorder": "yes", "specialist_agrees": "yes"}, ASK),
    ("stable apixaban, forearm", FOREARM, APIXABAN, PRECAUTION),
    ("stable apixaban, piriformis", PIRIFORMIS, APIXABAN, NOT_HERE),
    ("stable apixaban, beside the spine", LOW_BACK, APIXABAN, NOT_HERE),
    ("apixaban, stable or not is not known", FOREARM,
     {**APIXABAN, "treatment_stable": "unknown"}, ASK),
    ("apixaban, not stable", FOREARM, {**APIXABAN, "treatment_stable": "no"}, NOT_TODAY),
    ("apixaban and aspirin", FOREARM,
     {**APIXABAN, "medicines": ["Eliquis 5mg", "aspirin 100"]}, ASK),
    ("warfarin in range", FOREARM, WARFARIN, PRECAUTION),
    ("warfarin, INR not known", FOREARM, {**WARFARIN, "inr": "unknown"}, ASK),
    ("warfarin, INR 5", FOREARM, {**WARFARIN, "inr": 5}, NOT_TODAY),
    ("warfarin, INR of last winter", FOREARM, {**WARFARIN, "inr_days": 300}, ASK),
    ("warfarin, INR at the limit", FOREARM, {**WARFARIN, "inr": 3.5}, PRECAUTION),
    ("warfarin, INR above the limit", FOREARM, {**WARFARIN, "inr": 3.6}, NOT_TODAY),
    ("warfarin, INR six weeks old", FOREARM, {**WARFARIN, "inr_days": 42}, PRECAUTION),
    ("warfarin, INR older", FOREARM, {**WARFARIN, "inr_days": 43}, ASK),
    ("aspirin alone", FOREARM, {"medicines": ["aspirin 100"]}, PRECAUTION),
    ("ramipril and paracetamol", FOREARM, {"medicines": ["ramipril", "Tylenol"]}, PROCEED),
    ("a slip of the pen", FOREARM, {"medicines": ["Eliqius"]}, ASK),
    ("a medicine that nobody knows", FOREARM, {"medicines": ["foozumab"]}, ASK),
    ("the list not given", FOREARM, {"medicines": "unknown"}, ASK),
    # Places
    ("lymphoedema of this arm", FOREARM, {"lymphoedema": ["right arm"]}, NOT_HERE),
    ("lymphoedema of the other arm", FOREARM, {"lymphoedema": ["left arm"]}, PROCEED),
    ("lymphoedema, limb not told", FOREARM, {"lymphoedema": "yes"}, ASK),
    ("wound here", CALF, {"broken_or_infected_skin": ["left calf"]}, NOT_HERE),
    ("wound elsewhere", CALF, {"broken_or_infected_skin": ["right calf"]}, PROCEED),
    ("cancer here", CHEST, {"cancer_site": ["left breast"]}, NOT_HERE),
    ("cancer elsewhere", FOREARM, {"cancer_site": ["left breast"]}, PRECAUTION),
    ("acute strain here", CALF, {"acute_strain": ["left calf"]}, NOT_HERE),
    ("haematoma here", CALF, {"haematoma": ["left calf"]}, NOT_HERE),
    ("varicose veins here", CALF, {"varicose_veins": ["left leg"]}, PRECAUTION),
    ("breast implant", CHEST, {"soft_implant": ["both breast"]}, NOT_HERE),
    ("new knee, calf", CALF, {"joint_replacement": ["left knee"], "surgeon_agrees": "no"},
     NOT_HERE),
    ("new knee, calf, surgeon agrees", CALF,
     {"joint_replacement": ["left knee"], "surgeon_agrees": "yes"}, PRECAUTION),
    ("new knee, forearm", FOREARM, {"joint_replacement": ["left knee"], "surgeon_agrees": "no"},
     PROCEED),
    ("fracture here", FOREARM, {"unhealed_fracture": ["right forearm"]}, NOT_HERE),
    ("screws in the low back", LOW_BACK, {"spinal_hardware": ["low back"]}, NOT_HERE),
    ("screws in the low back, forearm", FOREARM, {"spinal_hardware": ["low back"]}, PROCEED),
    ("dialysis fistula here", FOREARM, {"catheter": ["right forearm"]}, NOT_HERE),
    ("eczema here", FOREARM, {"eczema_or_psoriasis": ["right forearm"]}, PRECAUTION),
    ("numb here", FOREARM, {"numb_places": ["right forearm"]}, PRECAUTION),
    ("clot in a leg, forearm", FOREARM, {"leg_clot": ["left leg"]}, NOT_TODAY),
    ("surgery here", FOREARM, {"recent_surgery": ["right forearm"]}, NOT_HERE),
    ("pacemaker left chest, pectoral", CHEST,
     {"pacemaker": "yes", "device_site": ["left chest"]}, NOT_HERE),
    ("pacemaker left chest, forearm", FOREARM,
     {"pacemaker": "yes", "device_site": ["left chest"]}, PROCEED),
    # Pregnancy
    ("pregnant, talked over, forearm", FOREARM, PREGNANT, PRECAUTION),
    ("pregnant, not talked over", FOREARM, {**PREGNANT, "pregnancy_discussed": "no"}, ASK),
    ("pregnant, low back, week 22", LOW_BACK, PREGNANT, PRECAUTION),
    ("pregnant, low back, week 9", LOW_BACK, {**PREGNANT, "weeks_pregnant": 9}, NOT_HERE),
    ("pregnant, low back, week not known", LOW_BACK,
     {**PREGNANT, "weeks_pregnant": "unknown"}, ASK),
    ("pregnant, abdomen", ABDOMEN, PREGNANT, NOT_HERE),
    ("perhaps pregnant", FOREARM, {"pregnant": "unknown"}, ASK),
    # Muscles
    ("a muscle that nobody needles", "longus_colli right", {}, NEVER),
    ("restricted, trained", PIRIFORMIS, {}, PRECAUTION),
    ("not trained", FOREARM, {"trained_for_plan": "no"}, NEVER),
    ("abdominal wall not lifted", ABDOMEN, {"wall_lifted": "no"}, NOT_HERE),
    ("lung disease over the lung", RHOMBOID, {"lung_disease": "yes"}, PRECAUTION),
    ("lung disease, forearm", FOREARM, {"lung_disease": "yes"}, PROCEED),
    ("collapsed lung before", RHOMBOID, {"collapsed_lung": "yes"}, NOT_HERE),
    ("very thin over the lung", RHOMBOID, {"height": 178, "weight": 55}, ASK),
    ("lung disease and scoliosis over the lung", RHOMBOID,
     {"lung_disease": "yes", "spine_deformity": "yes"}, ASK),
    ("lung disease and scoliosis, forearm", FOREARM,
     {"lung_disease": "yes", "spine_deformity": "yes"}, PROCEED),
    ("scoliosis over the lung", RHOMBOID, {"spine_deformity": "yes"}, PRECAUTION),
    ("slim, not very thin, over the lung", RHOMBOID, {"height": 200, "weight": 74}, PRECAUTION),
    ("a child over the lung", RHOMBOID, {"age": 12, "guardian_consents": "yes"}, ASK),
    ("bruises easily, deep muscle", LOW_BACK, {"bruises_easily": "yes"}, PRECAUTION),
    ("bruises easily on ibuprofen, deep muscle", LOW_BACK,
     {"bruises_easily": "yes", "medicines": ["ibuprofen"]}, ASK),
    ("bruises easily, forearm", FOREARM, {"bruises_easily": "yes"}, PRECAUTION),
    ("both sides of the chest", "rhomboids left, upper trapezius right", {}, NOT_TODAY),
    ("other side needled this morning", RHOMBOID, {"other_side_today": "left"}, NOT_TODAY),
    ("same side needled this morning", RHOMBOID, {"other_side_today": "right"}, PRECAUTION),
    ("both forearms", "extensor carpi radialis brevis both", {}, PROCEED),
]  # fmt: skip


@pytest.mark.parametrize(("name", "plan", "changes", "right"), CASES, ids=[c[0] for c in CASES])
def test_a_case_gets_the_decision_that_a_clinician_expects(
    name: str, plan: str, changes: dict[str, Any], right: Decision
) -> None:
    assert decided(plan, **changes) is right


TECHNIQUES: list[tuple[str, str, str, dict[str, Any], Decision]] = [
    ("pacemaker", "electrical stimulation", FOREARM,
     {"pacemaker": "yes", "device_site": ["left chest"]}, NEVER),
    ("nothing", "electrical stimulation", FOREARM, {}, PROCEED),
    ("uncontrolled epilepsy", "electrical stimulation", FOREARM, {"epilepsy": "uncontrolled"},
     NEVER),
    ("at the neck's vessels", "electrical stimulation", "sternocleidomastoid_sternal left", {},
     NOT_HERE),
    ("pacemaker", "deep needling", FOREARM,
     {"pacemaker": "yes", "device_site": ["left chest"]}, PROCEED),
    ("unstable heart", "electrical stimulation", FOREARM,
     {"severe_heart_disease": "yes", "specialist_agrees": "yes"}, NEVER),
    ("bruises easily on aspirin", "deep needling", FOREARM,
     {"bruises_easily": "yes", "medicines": ["aspirin"]}, ASK),
    ("bruises easily", "deep needling", FOREARM, {"bruises_easily": "yes"}, PRECAUTION),
    ("stable apixaban", "deep needling", FOREARM, APIXABAN, PRECAUTION),
]  # fmt: skip


@pytest.mark.parametrize(("name", "technique", "plan", "changes", "right"), TECHNIQUES)
def test_a_technique_is_judged_apart(
    name: str, technique: str, plan: str, changes: dict[str, Any], right: Decision
) -> None:
    screening = screened(plan, **changes).screening
    assert screening.muscles[0].techniques[technique] is right


def test_a_technique_that_is_not_planned_does_not_count() -> None:
    pacemaker = {"pacemaker": "yes", "device_site": ["left chest"]}
    assert decided(FOREARM, **pacemaker) is PROCEED


def test_a_healthy_person_is_asked_nothing_and_needs_no_follow_up() -> None:
    assert asking(FOREARM) == set()
    assert screened(FOREARM).screening.missing == ()


def test_a_list_that_contradicts_the_answer_wins() -> None:
    assert "anticoagulant" in fired(FOREARM, blood_thinner="no", medicines=["Xarelto"])


def test_each_scope_holds_what_contains_it() -> None:
    screening = screened("biceps brachii left, infraspinatus right", lymphoedema=["left arm"])
    judged = screening.screening
    assert judged.patient.decision is PROCEED
    by_key = {m.key: m.decision for m in judged.muscles}
    assert by_key["biceps_brachii:left"] is NOT_HERE
    assert by_key["infraspinatus:right"] is PRECAUTION
    assert {r.key: r.decision for r in judged.regions}["upper_arm:left"] is NOT_HERE


def test_a_near_miss_says_what_may_have_been_meant() -> None:
    reasons = screened(FOREARM, medicines=["Eliqius"]).screening.reasons
    about = next(r.about for r in reasons if r.id == "medicine_not_recognised")
    assert about == "'eliqius': did you mean eliquis?"
    assert "anticoagulant_not_stable" in asking(FOREARM, medicines=["Eliqius"])


def test_nothing_answered_asks_and_never_proceeds() -> None:
    from tautband.care.screen import screen_plan

    empty = {"schema": "tautband.answers/1", "answers": {}}
    judged = screen_plan(empty, FOREARM).screening
    assert judged.decision is ASK
    assert judged.patient.decision is ASK
