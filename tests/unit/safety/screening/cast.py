"""A healthy person who has answered everything, and short ways to screen changes of that."""

from typing import Any

from tautband.care.screen import Screened, screen_plan
from tautband.safety.decision import Decision
from tautband.safety.screening.rules import load_knowledge
from tautband.text.wordset import word_set

FOLLOW_UPS = word_set(
    "representative_consents guardian_consents red_flags_cleared treatment_stable last_dose_hours "
    "inr inr_days kidney_disease specialist_agrees device_site vascular_site allergy_to "
    "weeks_pregnant miscarriage pregnancy_discussed surgeon_agrees"
)
NUMBERS: dict[str, float] = {
    "age": 40,
    "height": 172,
    "weight": 70,
    "needle_fear": 1,
    "competition_days": 366,
}


def healthy(**changes: Any) -> dict[str, Any]:
    """Answers of a healthy adult as a file holds them; a change of ``...`` leaves one out."""
    answers: dict[str, Any] = {}
    for key, question in load_knowledge().questions.items():
        if key in FOLLOW_UPS:
            continue
        match question.kind:
            case "yes_no":
                answers[key] = "no" if question.risk == "yes" else "yes"
            case "choice":
                answers[key] = question.choices[0]
            case "number" | "days":
                answers[key] = NUMBERS[key]
            case _:
                answers[key] = []
    answers.update(changes)
    kept = {key: value for key, value in answers.items() if value is not ...}
    return {"schema": "tautband.answers/1", "answered_on": "2026-11-25", "answers": kept}


def screened(plan: str = "infraspinatus right", **changes: Any) -> Screened:
    """The screening of a healthy adult with changes."""
    return screen_plan(healthy(**changes), plan)


def decided(plan: str = "infraspinatus right", **changes: Any) -> Decision:
    """The overall decision on a healthy adult with changes."""
    return screened(plan, **changes).screening.decision


def fired(plan: str = "infraspinatus right", **changes: Any) -> dict[str, Decision]:
    """The rules that hold for a healthy adult with changes; those that only ask are left out."""
    reasons = screened(plan, **changes).screening.reasons
    return {r.id: r.decision for r in reasons if r.truth.name == "YES"}


def asking(plan: str = "infraspinatus right", **changes: Any) -> set[str]:
    """The rules that ask because something is not known."""
    reasons = screened(plan, **changes).screening.reasons
    return {r.id for r in reasons if r.truth.name == "UNKNOWN"}
