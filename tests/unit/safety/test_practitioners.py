"""Who may needle: read as a table, and never allowed where nothing was read."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tautband.safety.decision import Decision
from tautband.safety.people import Clinician
from tautband.safety.practitioners import STALE_AFTER_DAYS, load_rules, may_needle, permission_json

DAY = date(2026, 12, 1)
TRAINED = Clinician(training_hours=400, student=False)


@pytest.mark.parametrize(
    ("profession", "place", "clinician", "expected"),
    [
        ("physical therapist", "US-VA", TRAINED, Decision.PRECAUTION),
        ("Physiotherapist", "us-va", TRAINED, Decision.PRECAUTION),
        ("physical therapist", "US-VA", Clinician(student=False), Decision.ASK),
        ("physical therapist", "US-VA", Clinician(training_hours=10, student=False),
         Decision.DO_NOT_NEEDLE),
        ("physical therapist", "US-VA", Clinician(training_hours=400, student=True),
         Decision.DO_NOT_NEEDLE),
        ("physical therapist", "US-VA", Clinician(training_hours=400), Decision.ASK),
        ("physical therapist assistant", "US-VA", TRAINED, Decision.DO_NOT_NEEDLE),
        ("physical therapy student", "US-FL", TRAINED, Decision.DO_NOT_NEEDLE),
        ("physical therapist", "US-CO", Clinician(training_hours=400, student=True), Decision.ASK),
        ("pta", "US-DE", TRAINED, Decision.ASK),
        ("physical therapist", "US-CA", TRAINED, Decision.DO_NOT_NEEDLE),
        ("physical therapist", "US-NY", TRAINED, Decision.DO_NOT_NEEDLE),
        ("physical therapist", "US-PA", TRAINED, Decision.ASK),
        ("physical therapist", "US-KS", TRAINED, Decision.ASK),
        ("chiropractor", "US-AL", TRAINED, Decision.PRECAUTION),
        ("chiropractor", "US-VA", TRAINED, Decision.ASK),
        ("athletic trainer", "US-AZ", TRAINED, Decision.PRECAUTION),
        ("physical therapist", "GB", TRAINED, Decision.ASK),
        ("", "", TRAINED, Decision.ASK),
    ],
)  # fmt: skip
def test_who_may_needle(
    profession: str, place: str, clinician: Clinician, expected: Decision
) -> None:
    answer = may_needle(profession, place, clinician, DAY)
    assert answer.decision is expected
    assert answer.reasons
    assert answer.allowed is (expected is Decision.PRECAUTION)


KNOWN = {(rule.profession, rule.jurisdiction) for rule in load_rules()}


@given(
    profession=st.text(max_size=30) | st.sampled_from(["physician", "nurse", "osteopath"]),
    place=st.text(max_size=8) | st.sampled_from(["US-VA", "US-FL", "GB", "DE"]),
    hours=st.none() | st.floats(0, 1e4),
    student=st.sampled_from([True, False, None]),
)
def test_an_unknown_profession_or_place_is_never_allowed(
    profession: str, place: str, hours: float | None, student: bool | None
) -> None:
    clinician = Clinician(training_hours=hours, student=student)
    answer = may_needle(profession, place, clinician, DAY)
    if answer.rule is None:
        assert not answer.allowed
        assert answer.decision is Decision.ASK
        assert "Not established" in answer.reasons[0].why
    else:
        assert (answer.rule.profession, answer.rule.jurisdiction) in KNOWN


def test_nothing_is_plainly_allowed_and_less_knowledge_is_never_milder() -> None:
    for profession, place in KNOWN:
        full = may_needle(profession, place, TRAINED, DAY)
        assert full.decision >= Decision.PRECAUTION
        for less in (Clinician(student=False), Clinician(training_hours=400), Clinician()):
            assert may_needle(profession, place, less, DAY).decision >= full.decision


def test_an_old_rule_is_warned_about_by_the_date_that_the_caller_gives() -> None:
    rule = next(r for r in load_rules() if r.jurisdiction == "US-VA")
    fresh = may_needle("physical therapist", "US-VA", TRAINED, rule.seen)
    assert not any("days ago" in warning for warning in fresh.warnings)
    later = rule.seen + timedelta(days=STALE_AFTER_DAYS + 1)
    stale = may_needle("physical therapist", "US-VA", TRAINED, later)
    assert any("days ago" in warning for warning in stale.warnings)
    earlier = may_needle("physical therapist", "US-VA", TRAINED, rule.seen - timedelta(days=1))
    assert any("before" in warning for warning in earlier.warnings)


def test_the_answer_in_json_carries_source_and_date() -> None:
    answer = permission_json(may_needle("physical therapist", "US-FL", TRAINED, DAY))
    assert answer["decision"] == "precaution"
    assert answer["report_days"] == 15
    assert answer["seen"] == "2026-11-25"
    unknown = permission_json(may_needle("wizard", "US-FL", TRAINED, DAY))
    assert (unknown["allowed"], unknown["established"], unknown["seen"]) == (False, False, None)
