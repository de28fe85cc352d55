"""How grave an event was, read as a table; and what a place asks to be reported."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tautband.base.errors import InputError
from tautband.safety.events.grading import (
    Care,
    Event,
    Function,
    Grade,
    Reportable,
    grade,
    report_duty,
)
from tautband.safety.events.taxonomy import load_taxonomy


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (Event("bruise", Care.SELF_CARE, Function.INTACT, 48), Grade.MILD),
        (Event("soreness", Care.SELF_CARE, Function.INTACT, 72), Grade.MILD),
        (Event("soreness", Care.SELF_CARE, Function.INTACT, 73), Grade.MODERATE),
        (Event("soreness", Care.CLINICIAN, Function.INTACT, 20), Grade.MODERATE),
        (Event("bruise", Care.NONE, Function.LIMITED_ACTIVITY, 20), Grade.MODERATE),
        (Event("bruise", Care.NONE, Function.LIMITED_SELF_CARE, 20), Grade.SEVERE),
        (Event("nausea", Care.EMERGENCY_DEPARTMENT, Function.INTACT, 3), Grade.SEVERE),
        (Event("infection", Care.ADMITTED, Function.INTACT, 90), Grade.SERIOUS),
        (Event("nerve_injury", Care.CLINICIAN, Function.PERSISTENT_DEFICIT), Grade.SERIOUS),
        (Event("pneumothorax"), Grade.SEVERE),
        (Event("bruise", died=True), Grade.SERIOUS),
        (Event("", life_threatening=True), Grade.SERIOUS),
    ],
)
def test_the_gravest_of_care_function_and_duration_decides(event: Event, expected: Grade) -> None:
    assert grade(event).grade is expected
    assert grade(event).reasons


def test_what_is_not_known_is_named_and_makes_the_grade_a_lower_bound() -> None:
    known = Event("bruise", Care.NONE, Function.INTACT, 2, life_threatening=False, died=False)
    assert not grade(known).at_least
    open_ = grade(Event("bruise", Care.NONE, duration_hours=2))
    assert open_.at_least
    assert open_.missing == ("function", "life_threatening", "died")


@given(
    care=st.sampled_from(Care), function=st.sampled_from(Function), hours=st.floats(0, 1000),
    kind=st.sampled_from(sorted(load_taxonomy().kinds)),
)  # fmt: skip
def test_graver_facts_never_lower_the_grade(
    care: Care, function: Function, hours: float, kind: str
) -> None:
    base = grade(Event(kind, care, function, hours)).grade
    for more in [c for c in Care if list(Care).index(c) >= list(Care).index(care)]:
        assert grade(Event(kind, more, function, hours)).grade >= base
    assert grade(Event(kind, care, function, hours + 100)).grade >= base
    assert grade(Event(kind, care, function, hours, died=True)).grade >= base
    assert grade(Event(kind, care, None, hours)).grade <= base


def test_the_scales_stand_beside_each_other() -> None:
    said = dict(grade(Event("", Care.CLINICIAN)).on_scales)
    assert said["White, Physiotherapy Alberta"] == "significant"
    assert said["Rapid review 2020"] == "moderate"
    assert len(said) == 4


@pytest.mark.parametrize(
    ("event", "place", "expected"),
    [
        (Event("pneumothorax", Care.ADMITTED, emergent=True, tied_to_needling=True), "US-FL",
         Reportable.YES),
        (Event("faint", Care.CLINICIAN, emergent=True, tied_to_needling=True,
               referred_to_physician=True), "us-fl", Reportable.YES),
        (Event("bruise", Care.NONE, emergent=False), "US-FL", Reportable.NO),
        (Event("pneumothorax", Care.ADMITTED), "US-FL", Reportable.NOT_KNOWN),
        (Event("pneumothorax", Care.ADMITTED, emergent=True, tied_to_needling=True), "US-TX",
         Reportable.NOT_ESTABLISHED),
        (Event("pneumothorax"), "", Reportable.NOT_ESTABLISHED),
    ],
)  # fmt: skip
def test_reporting_by_place(event: Event, place: str, expected: Reportable) -> None:
    duty = report_duty(event, place)
    assert duty.answer is expected
    assert (duty.within_days == 15) is (expected in {Reportable.YES, Reportable.NOT_KNOWN})


def test_a_place_whose_rule_was_not_read_is_never_free_of_a_duty() -> None:
    for care, emergent in itertools.product(Care, [True, False, None]):
        event = Event("bruise", care, emergent=emergent)
        assert report_duty(event, "GB").answer is Reportable.NOT_ESTABLISHED


@pytest.mark.parametrize("make", [lambda: Event("blorp"), lambda: Event("bruise", None, None, -1)])
def test_an_event_refuses_to_be_built_wrong(make: object) -> None:
    with pytest.raises(InputError):
        make()  # type: ignore[operator]


def test_every_rate_has_its_denominator_and_none_is_nought() -> None:
    rates = [rate for kind in load_taxonomy().kinds.values() for rate in kind.rate]
    for rate in (*rates, *load_taxonomy().overall):
        assert rate.value > 0
        assert rate.of > 0
        assert rate.per in rate.words or "studies" in rate.words
