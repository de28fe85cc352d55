"""Triage: what leads, what only adds, and what it must never do."""

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tautband.atlas.load import read_muscles
from tautband.atlas.records import Muscle
from tautband.base.errors import InputError
from tautband.safety.events.lexicon import load_lexicon
from tautband.safety.events.signs import load_signs
from tautband.safety.events.triage import DENIED, triage
from tautband.safety.events.urgency import Urgency, most_urgent
from tautband.safety.events.zones import check_in_hours, zones_needled, zones_of
from tautband.synthetic.complaints import EMERGENCIES, complaint

MUSCLES = list(read_muscles().values())
TRAPEZIUS = read_muscles()["trapezius_upper"]
SOLEUS = read_muscles()["soleus"]
SIGNS = load_signs()
ALWAYS_EMERGENCY = [s.id for s in SIGNS.sign.values() if s.level == "emergency"]
HOURS = st.none() | st.floats(0, 500, allow_nan=False)
NEEDLED = st.lists(st.sampled_from(MUSCLES), max_size=3)
ANSWERS = st.dictionaries(
    st.sampled_from(sorted(SIGNS.sign)), st.sampled_from([True, False, None]), max_size=6
)


def decide(text: str, muscles: list[Muscle] | None = None, hours: float | None = 12) -> Urgency:
    return triage(text, {}, [TRAPEZIUS] if muscles is None else muscles, hours).decision


def test_the_scale_is_ordered_and_not_knowing_stands_above_harmless() -> None:
    assert sorted(Urgency) == [
        Urgency.SELF_CARE,
        Urgency.ASK,
        Urgency.CONTACT_CLINIC,
        Urgency.SAME_DAY,
        Urgency.EMERGENCY,
    ]
    assert most_urgent([]) is Urgency.SELF_CARE
    assert Urgency.of("same_day").words == "same day"


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"chest pain": True}, Urgency.EMERGENCY),
        ({"fever": True}, Urgency.SAME_DAY),
        ({"chest pain": None}, Urgency.ASK),
        ({"tingling": True, "breathlessness": False}, Urgency.CONTACT_CLINIC),
        ({"fever": True, "stiff_neck": True}, Urgency.EMERGENCY),
        ({"tense_limb": True, "numbness": True}, Urgency.EMERGENCY),
    ],
)
def test_yes_no_signs_lead(answers: dict[str, bool | None], expected: Urgency) -> None:
    assert triage("", answers, [TRAPEZIUS], 24).decision is expected


def test_all_signs_answered_no_is_self_care_and_one_left_open_is_not() -> None:
    asked = triage("", {}, [TRAPEZIUS], 24).ask
    answers = {question.id: False for question in asked}
    assert triage("", answers, [TRAPEZIUS], 24).decision is Urgency.SELF_CARE
    answers.pop(asked[0].id)
    assert triage("", answers, [TRAPEZIUS], 24).decision is Urgency.ASK


def test_a_denied_danger_is_asked_again_and_a_no_settles_it() -> None:
    open_ = triage("a bit sore, no chest pain", {}, [TRAPEZIUS], 24)
    assert open_.decision is Urgency.ASK
    assert open_.denied == ("chest_pain",)
    assert [q.id for q in open_.ask if q.because == DENIED] == ["chest_pain"]
    told = triage("a bit sore, no chest pain", {"chest pain": False}, [TRAPEZIUS], 24)
    assert told.decision is Urgency.SELF_CARE
    yes = triage("a bit sore, no chest pain", {"chest pain": True}, [TRAPEZIUS], 24)
    assert yes.decision is Urgency.EMERGENCY


def test_words_outweigh_a_no_that_contradicts_them() -> None:
    answer = triage("my chest hurts", {"chest pain": False}, [TRAPEZIUS], 24)
    assert answer.decision is Urgency.EMERGENCY


@pytest.mark.parametrize(
    ("denial", "expected"),
    [
        ("no chest pain", Urgency.ASK),
        ("no chest pain or cough", Urgency.ASK),
        ("no chest pain, cough or fever", Urgency.ASK),
        ("I don't have any chest pain", Urgency.ASK),
        ("chest pain: none", Urgency.ASK),
        ("neither chest pain nor fever", Urgency.ASK),
        # What is not plainly denied counts.
        ("no fever and chest pain", Urgency.EMERGENCY),
        ("no fever, chest pain since noon", Urgency.EMERGENCY),
        ("no chest pain until this morning", Urgency.EMERGENCY),
        ("no chest pain except when I run", Urgency.EMERGENCY),
        ("never had chest pain like this", Urgency.EMERGENCY),
        ("I never get chest pain but today I do", Urgency.EMERGENCY),
        ("no more chest pain", Urgency.EMERGENCY),
        ("not without chest pain", Urgency.EMERGENCY),
        ("not only chest pain", Urgency.EMERGENCY),
        ("no relief from the chest pain", Urgency.EMERGENCY),
        ("not fine chest pain", Urgency.EMERGENCY),
        ("no pain breathless", Urgency.EMERGENCY),
        ("no fever chest pain yes", Urgency.EMERGENCY),
        ("not much chest pain", Urgency.EMERGENCY),
        ("chest pain isn't gone", Urgency.EMERGENCY),
        ("no sleep due to chest pain", Urgency.EMERGENCY),
        ("I didn't have chest pain yesterday but I do today", Urgency.EMERGENCY),
        ("I don't know if it is chest pain", Urgency.EMERGENCY),
        ("the chest pain is not getting better", Urgency.EMERGENCY),
        ("had chest pain, gone now", Urgency.EMERGENCY),
    ],
)
def test_how_far_a_denial_reaches(denial: str, expected: Urgency) -> None:
    assert decide(denial) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("temperature 38.5", Urgency.SAME_DAY),
        ("38.5", Urgency.SAME_DAY),
        ("39 degrees", Urgency.SAME_DAY),
        ("101 F", Urgency.SAME_DAY),
        ("temperature of 100.4", Urgency.SAME_DAY),
        ("temperature 37.2 and sore", Urgency.SELF_CARE),
        ("sore, 38 years old", Urgency.SELF_CARE),
        ("sore 3/10", Urgency.SELF_CARE),
        ("sore 8/10", Urgency.CONTACT_CLINIC),
        ("sore 11/10", Urgency.CONTACT_CLINIC),
        ("sore for 5 days", Urgency.CONTACT_CLINIC),
        ("sore for a week", Urgency.CONTACT_CLINIC),
    ],
)
def test_numbers_are_read(text: str, expected: Urgency) -> None:
    assert decide(text, [SOLEUS]) is expected


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(0, Urgency.SELF_CARE), (72, Urgency.SELF_CARE), (72.1, Urgency.CONTACT_CLINIC)],
)
def test_soreness_belongs_to_the_clinic_beyond_its_published_time(
    hours: float, expected: Urgency
) -> None:
    assert decide("sore where the needles went", [SOLEUS], hours) is expected


@pytest.mark.parametrize("hours", [-1, float("nan"), float("inf"), 1e9])
def test_impossible_hours_are_refused(hours: float) -> None:
    with pytest.raises(InputError, match="hours"):
        triage("sore", {}, [TRAPEZIUS], hours)


def test_an_unknown_sign_is_refused_with_a_close_name() -> None:
    with pytest.raises(InputError, match="chest pain"):
        triage("", {"chest pains": True}, [TRAPEZIUS], 2)


def test_a_muscle_near_the_lung_counts_as_thorax() -> None:
    assert "thorax" in zones_of(TRAPEZIUS)
    assert "thorax" not in zones_of(SOLEUS)
    assert decide("new dry cough") is Urgency.EMERGENCY
    assert decide("new dry cough", [SOLEUS]) is Urgency.CONTACT_CLINIC
    for muscle in MUSCLES:
        if any(risk.kind == "pleura" and risk.stated for risk in muscle.at_risk):
            assert "thorax" in zones_of(muscle), muscle.id


def test_a_record_that_names_no_structure_counts_by_its_area() -> None:
    import msgspec

    bare = msgspec.structs.replace(TRAPEZIUS, at_risk=())
    assert zones_of(bare) >= {"thorax", "neck"}


def test_the_thorax_is_asked_at_2_24_and_48_hours_and_infection_at_day_7_and_14() -> None:
    assert check_in_hours(zones_of(TRAPEZIUS)) == (2, 24, 48, 168, 336)
    assert check_in_hours(zones_of(SOLEUS)) == (24, 72, 168, 336)
    for hours in (2, 24, 48):
        asked = {q.id for q in triage("", {}, [TRAPEZIUS], hours).ask}
        assert {"breathless", "chest_pain", "pain_breathing_in", "cough"} <= asked
    for hours in (168, 336):
        asked = {q.id for q in triage("", {}, [SOLEUS], hours).ask}
        assert {"fever", "spreading_redness"} <= asked
    assert triage("", {}, [TRAPEZIUS], 30).next_check_hours == (48, 168, 336)


@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 2**32), needled=NEEDLED, hours=HOURS, answers=ANSWERS)
def test_never_below_emergency_with_an_emergency_sign_in_the_words(
    seed: int, needled: list[Muscle], hours: float | None, answers: dict[str, Any]
) -> None:
    text = complaint(Random(seed), emergency=True).text
    assert triage(text, answers, needled, hours).decision is Urgency.EMERGENCY, text


@settings(max_examples=300, deadline=None)
@given(
    text=st.text(max_size=200),
    sign=st.sampled_from(ALWAYS_EMERGENCY),
    needled=NEEDLED,
    hours=HOURS,
    answers=ANSWERS,
)
def test_never_below_emergency_with_an_emergency_sign_answered_yes(
    text: str, sign: str, needled: list[Muscle], hours: float | None, answers: dict[str, Any]
) -> None:
    answer = triage(text, {**answers, sign: True}, needled, hours)
    assert answer.decision is Urgency.EMERGENCY


@settings(max_examples=300, deadline=None)
@given(
    seed=st.integers(0, 2**32), noise=st.text(max_size=80), needled=NEEDLED, hours=HOURS,
    answers=ANSWERS,
)  # fmt: skip
def test_free_words_only_add(
    seed: int, noise: str, needled: list[Muscle], hours: float | None, answers: dict[str, Any]
) -> None:
    led = triage("", answers, needled, hours).decision
    text = f"{noise} {complaint(Random(seed), emergency=False).text}"
    if led > Urgency.ASK:
        assert triage(text, answers, needled, hours).decision >= led


@settings(max_examples=300, deadline=None)
@given(seed=st.integers(0, 2**32), needled=NEEDLED, hours=st.floats(0, 500), danger=st.booleans())
def test_not_knowing_when_or_where_is_never_milder(
    seed: int, needled: list[Muscle], hours: float, danger: bool
) -> None:
    text = complaint(Random(seed), emergency=danger).text
    known = triage(text, {}, needled, hours).decision
    assert triage(text, {}, needled, None).decision >= known
    assert triage(text, {}, [], hours).decision >= known


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=400), needled=NEEDLED, hours=HOURS)
def test_any_text_is_answered_and_what_is_not_understood_is_never_self_care(
    text: str, needled: list[Muscle], hours: float | None
) -> None:
    answer = triage(text, {}, needled, hours)
    assert answer.say
    if answer.not_understood or not text.strip():
        assert answer.decision > Urgency.SELF_CARE
        assert answer.ask or answer.decision > Urgency.ASK


@pytest.mark.parametrize(
    "around",
    ["{}", "no fever, {}", "{}, no cough", "I feel fine and {}", "No rash but {}!", "sore. {}. ok"],
)
def test_every_emergency_phrase_of_the_lexicon_is_found_among_denials(around: str) -> None:
    phrases = [
        " ".join(phrase.words)
        for entries in load_lexicon().phrases.values()
        for phrase in entries
        if phrase.is_sign and SIGNS.sign[phrase.meaning].level == "emergency"
    ]
    missed = [p for p in phrases if decide(around.format(p)) is not Urgency.EMERGENCY]
    assert missed == []


@pytest.mark.parametrize("before", [0, 1990, 3997, 5000, 20_000])
def test_a_danger_is_found_however_much_stands_around_it(before: int) -> None:
    text = "sore " * (before // 5) + "x" * (before % 5) + " my chest hurts " + "tired " * 2000
    assert decide(text) is Urgency.EMERGENCY


def test_the_made_up_dangers_are_each_found_alone() -> None:
    assert [text for text in EMERGENCIES if decide(text) is not Urgency.EMERGENCY] == []


def test_every_rule_that_fired_says_why_and_the_strictest_comes_first() -> None:
    answer = triage("sharp chest pain, sore and feverish, blorp", {}, [TRAPEZIUS], 6)
    urgencies = [rule.urgency for rule in answer.rules]
    assert urgencies == sorted(urgencies, reverse=True)
    assert all(rule.why for rule in answer.rules)
    assert all(rule.sources for rule in answer.rules if rule.urgency > Urgency.ASK)
    assert answer.not_understood == ("blorp",)


def test_triage_is_deterministic() -> None:
    one = triage("dizzy and sore", {}, [TRAPEZIUS, SOLEUS], 6)
    assert one == triage("dizzy and sore", {}, [TRAPEZIUS, SOLEUS], 6)
    assert zones_needled([TRAPEZIUS, SOLEUS]) == zones_needled([SOLEUS, TRAPEZIUS])
