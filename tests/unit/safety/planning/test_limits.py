"""Published limits: a clinical table that cites each, and that each fires as its data says."""

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tautband.atlas.load import read_muscles
from tautband.base.errors import InputError
from tautband.base.sources import bibliography
from tautband.safety.decision import Decision
from tautband.safety.people import Clinician, Patient, Sex
from tautband.safety.planning.assess import assess_needle
from tautband.safety.planning.limits import (
    SILENT,
    Condition,
    Limit,
    all_hold,
    apply_limits,
    check_limit,
    load_limits,
    parse_limits,
)
from tautband.safety.planning.technique import DIRECTIONS, GRIPS, POSTURES, SITES, Technique

MUSCLES = read_muscles()
LIMITS = load_limits()
BY_ID = {limit.id: limit for limit in LIMITS}
ADULT = Patient(sex=Sex.FEMALE, age_years=40, stated_bmi=23, scoliosis=False, implants=())
SHORT: dict[str, Any] = {"girth_cm": {"forearm": 29, "forearm_length": 25.5}}

TABLE = tomllib.loads(Path(__file__).with_name("limits_table.toml").read_text("utf-8"))["rows"]


def said(
    muscle: str, technique: Technique, patient: Patient, limit: str, who: Clinician | None = None
) -> Decision | None:
    applied = apply_limits(MUSCLES[muscle], technique, patient, LIMITS, who)
    return next((a.reason.decision for a in applied if a.limit.id == limit), None)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row['limit']} {row['says']}")
def test_the_clinical_table(row: dict[str, Any]) -> None:
    body = dict(row["body"])
    if "implants" in body:
        body["implants"] = tuple(body["implants"])
    found = said(row["muscle"], Technique(**row["way"]), replace(ADULT, **body), row["limit"])
    assert found == (None if row["says"] == "silent" else Decision.of(row["says"]))
    own = BY_ID[row["limit"]]
    assert row["cites"] in (*own.sources, *own.weaker_sources)
    assert row["cites"] in bibliography()


def test_a_weaker_limit_says_so() -> None:
    for limit in (
        "rhomboid_19mm",
        "upper_trapezius_length",
        "oci_length",
        "adductor_longus_length",
    ):
        own = BY_ID[limit]
        (applied,) = (
            a
            for a in apply_limits(MUSCLES[own.muscles[0]], Technique(), ADULT, LIMITS)
            if a.limit.id == limit
        )
        assert own.weaker in applied.reason.why
        assert set(own.weaker_sources) <= set(applied.reason.sources)
    assert "9.4 mm thick" in BY_ID["rhomboid_19mm"].weaker


def test_an_unknown_girth_takes_the_smaller_needle() -> None:
    answer = assess_needle(MUSCLES["pronator_teres"], Technique(), ADULT)
    assert answer.length_cap is not None
    assert answer.length_cap.mm == 13
    stout = assess_needle(MUSCLES["pronator_teres"], Technique(), replace(ADULT, **SHORT))
    assert stout.length_cap is not None
    assert stout.length_cap.mm == 25


@pytest.mark.parametrize(
    ("muscle", "cap", "sold"),
    [
        ("rhomboids", 21.2, 20), ("trapezius_upper", 14.6, 13), ("latissimus_dorsi", 25, 25),
        ("rectus_capitis_posterior_major", 30, 30), ("longissimus_thoracis", 25, 25),
    ],
)  # fmt: skip
def test_the_needle_is_capped(muscle: str, cap: float, sold: int) -> None:
    answer = assess_needle(MUSCLES[muscle], Technique(), ADULT)
    assert answer.length_cap is not None
    assert answer.length_cap.mm == pytest.approx(cap, abs=0.05)
    assert answer.longest_standard_mm == sold


def test_ultrasound_counts_only_in_hands_that_have_it() -> None:
    guided = Technique(ultrasound=True)
    without = Clinician(ultrasound=False)
    assert said("obliquus_capitis_inferior", guided, ADULT, "oci_ultrasound") is None
    found = said("obliquus_capitis_inferior", guided, ADULT, "oci_ultrasound", without)
    assert found is Decision.NOT_HERE


# ---------------------------------------------------------------- each fires as its data says


def values(condition: Condition) -> tuple[Any, Any]:
    """A fact that makes a condition true, and one that makes it false."""
    value: Any = condition.value
    match condition.op:
        case "is":
            return value, (not value if isinstance(value, bool) else "something else")
        case "is not":
            return ((not value) if isinstance(value, bool) else "something else"), value
        case "in":
            return value[0], "something else"
        case "has":
            return (value,), ()
        case "outside":
            return value[0] - 1, value[0] + 1
        case "<":
            return value - 0.1, value
        case "<=":
            return value, value + 0.1
        case ">":
            return value + 0.1, value
        case _:
            return value, value - 0.1


CONDITIONAL = [limit for limit in LIMITS if limit.when]


@pytest.mark.parametrize("limit", CONDITIONAL, ids=lambda limit: limit.id)
def test_every_condition_is_needed_and_enough(limit: Limit) -> None:
    true: dict[str, Any] = {}
    for condition in limit.when:
        # Two conditions of one fact: the later bound is chosen within the earlier.
        true.setdefault(condition.fact, values(condition)[0])
    assert all_hold(limit.when, true) is True
    for condition in limit.when:
        assert all_hold(limit.when, {**true, condition.fact: values(condition)[1]}) is False
        assert all_hold(limit.when, {**true, condition.fact: None}) is None


def test_every_limit_speaks_of_muscles_that_are_there() -> None:
    for limit in LIMITS:
        assert set(limit.muscles) <= set(MUSCLES), limit.id
        assert limit.every or any(limit.concerns(muscle) for muscle in MUSCLES.values()), limit.id


def test_every_word_that_a_limit_asks_for_can_be_told() -> None:
    told = {"site": SITES, "grip": GRIPS, "direction": DIRECTIONS, "posture": POSTURES}
    for limit in LIMITS:
        for condition in limit.when:
            if condition.fact in told and isinstance(condition.value, str | list):
                words = [condition.value] if isinstance(condition.value, str) else condition.value
                assert set(words) <= set(told[condition.fact]), limit.id


def test_every_limit_stands_in_the_clinical_table() -> None:
    assert len(LIMITS) >= 99
    assert {row["limit"] for row in TABLE} == set(BY_ID)


def test_what_is_not_known_of_the_patient_asks() -> None:
    # The way of a needle is the clinician's to choose; a patient's body has to be asked for.
    body = {"bmi", "age_years", "scoliosis", "implants", "girth.forearm", "girth.forearm_length"}
    for limit in LIMITS:
        if {c.fact for c in limit.when} & body and Decision.of(
            limit.decision
        ) > Decision.PRECAUTION:
            assert Decision.of(limit.if_unknown) >= Decision.ASK, limit.id


def test_silence_on_the_unknown_is_only_for_remarks() -> None:
    for limit in LIMITS:
        if limit.if_unknown == SILENT:
            assert limit.decision == "precaution"
            assert limit.cap is None


@given(
    st.sampled_from([m for m in MUSCLES if MUSCLES[m].needling.status != "not needled"]),
    st.floats(5, 100),
    st.sampled_from(["pincer", "flat", "on bone"]),
    st.booleans(),
    st.sampled_from(["L1", "L4", "T12", "C2", "C5"]),
    st.floats(0, 5),
    st.floats(20, 35),
)
@settings(max_examples=200, deadline=None)
def test_a_mitigation_that_is_not_known_does_not_count(
    muscle: str,
    needle: float,
    grip: str,
    guided: bool,
    level: str,
    lateral: float,
    girth: float,
) -> None:
    # Whatever a known answer rules out, its absence asks or warns instead of staying silent.
    technique = Technique(needle, grip=grip, ultrasound=guided, level=level, lateral_cm=lateral)
    patient = replace(ADULT, girth_cm={"forearm": girth, "forearm_length": 25})

    def ids(way: Technique, who: Patient) -> set[str]:
        return {a.limit.id for a in apply_limits(MUSCLES[muscle], way, who, LIMITS)} - {
            limit.id for limit in LIMITS if limit.if_unknown == SILENT
        }

    known = ids(technique, patient)
    for way in (
        replace(technique, grip=""),
        replace(technique, ultrasound=None),
        replace(technique, level=""),
        replace(technique, lateral_cm=None),
    ):
        assert known <= ids(way, patient)
    assert known <= ids(technique, replace(patient, girth_cm={}))


@pytest.mark.parametrize(
    ("body", "part"),
    [
        ("decision = 'proceed'\nevery = true", "precaution or stricter"),
        ("decision = 'ask'", "concerns nobody"),
        (
            "decision = 'ask'\nevery = true\nwhen = [{fact = 'mood', op = 'is', value = 'bad'}]",
            "mood",
        ),
        ("decision = 'ask'\nevery = true\nweaker = 'x'", "sources"),
        ("decision = 'ask'\nevery = true\nif_unknown = 'silent'", "silent"),
    ],
)
def test_a_limit_that_cannot_be_is_refused(body: str, part: str) -> None:
    text = (
        f"[[limit]]\nid = 'x'\n{body}\ntext = 'x'\nsources = ['bn121']\nconfidence = 'measured'\n"
    )
    (limit,) = parse_limits(text, "x.toml")
    with pytest.raises(InputError, match=part):
        check_limit(limit)
