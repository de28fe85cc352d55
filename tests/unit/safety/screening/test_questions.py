"""The questionnaire: complete, in plain words for patients."""

import re

import pytest

from tautband.safety.screening.expression import parse_condition
from tautband.safety.screening.questions import Question, load_questions

QUESTIONS = load_questions()
OF_PATIENTS = [q for q in QUESTIONS.values() if not q.patient.startswith("(")]

# What the guidelines ask about, item by item, and the question that asks it.
ITEMS = {
    "needle phobia": "needle_fear",
    "unwilling": "wants_needling",
    "no capacity": "able_to_decide",
    "medical emergency": "emergency_now",
    "severe bleeding disorder": "bleeding_disorder",
    "uncontrolled anticoagulant": "treatment_stable",
    "practitioner not trained": "trained_for_plan",
    "fever": "fever_or_infection",
    "any other reason": "other_reason",
    "septic or very weak": "very_weak",
    "psychosis": "psychosis",
    "red flags": "red_flags",
    "lymphoedema": "lymphoedema",
    "lymph nodes": "lymph_nodes_removed",
    "skin": "broken_or_infected_skin",
    "cancer": "cancer_site",
    "soft implant": "soft_implant",
    "joint replacement": "joint_replacement",
    "device site": "device_site",
    "fracture": "unhealed_fracture",
    "surgery": "recent_surgery",
    "varicose vein": "varicose_veins",
    "eczema": "eczema_or_psoriasis",
    "oedema": "swelling",
    "abdominal wall": "wall_lifted",
    "other side of the thorax": "other_side_today",
    "antithrombotics": "medicines",
    "INR": "inr",
    "day of the INR": "inr_days",
    "last dose": "last_dose_hours",
    "renal function": "kidney_disease",
    "bruising": "bruises_easily",
    "immunity": "weak_immunity",
    "hepatitis, HIV": "blood_borne_virus",
    "diabetes": "diabetes",
    "vascular disease": "vascular_disease",
    "unstable heart": "severe_heart_disease",
    "heart valve": "heart_valve",
    "pregnancy": "pregnant",
    "weeks": "weeks_pregnant",
    "miscarriage": "miscarriage",
    "age": "age",
    "guardian": "guardian_consents",
    "frailty": "frail",
    "epilepsy": "epilepsy",
    "psychological status": "distress",
    "allergy": "allergies",
    "fainting": "faints",
    "earlier reaction": "bad_reaction",
    "fatigue": "rested",
    "hunger": "eaten_today",
    "widespread pain": "widespread_pain",
    "neuropathy": "numb_places",
    "lung disease": "lung_disease",
    "earlier pneumothorax": "collapsed_lung",
    "scoliosis": "spine_deformity",
    "height": "height",
    "weight": "weight",
    "competition": "competition_days",
    "steroid injection": "recent_injection",
    "transplant": "transplant",
    "catheter": "catheter",
    "alcohol, drugs": "alcohol_or_drugs",
    "spinal instrumentation": "spinal_hardware",
    "keloid, tattoo": "keloid",
    "metal implant": "metal_implant",
    "pacemaker": "pacemaker",
    "acute strain": "acute_strain",
    "haematoma": "haematoma",
    "thrombosis": "leg_clot",
    "radiotherapy": "radiotherapy_site",
}


def syllables(word: str) -> int:
    """Groups of vowels, without a silent e at the end."""
    spoken = re.sub(r"(?<![l])e$", "", word.lower())
    return max(1, len(re.findall(r"[aeiouy]+", spoken)))


def grade(text: str) -> float:
    """Flesch-Kincaid grade."""
    sentences = [s for s in re.split(r"[.?!:]+", text) if s.strip()]
    words = re.findall(r"[A-Za-z']+", text)
    spoken = sum(map(syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * spoken / len(words) - 15.59


@pytest.mark.parametrize(("item", "key"), ITEMS.items())
def test_every_item_of_the_guidelines_is_asked(item: str, key: str) -> None:
    assert key in QUESTIONS


@pytest.mark.parametrize("question", OF_PATIENTS, ids=lambda q: q.key)
def test_patients_are_asked_in_plain_words(question: Question) -> None:
    for text in filter(None, (question.patient, question.again)):
        assert grade(text) <= 10, text


def test_the_wording_for_patients_reads_at_grade_eight_or_below_on_average() -> None:
    grades = [grade(q.patient) for q in OF_PATIENTS]
    assert sum(grades) / len(grades) <= 6
    assert sum(g <= 8 for g in grades) >= 0.9 * len(grades)


def test_follow_ups_follow_a_question_that_is_asked() -> None:
    for question in QUESTIONS.values():
        if question.asked_when:
            parse_condition(question.asked_when)


def test_a_safeguard_is_not_asked_of_the_patient_alone_where_it_opens_a_stop() -> None:
    opens = ["specialist_agrees", "surgeon_agrees", "red_flags_cleared", "pregnancy_discussed",
             "guardian_consents", "representative_consents", "trained_for_plan"]  # fmt: skip
    assert all(QUESTIONS[key].by == "clinician" for key in opens)
