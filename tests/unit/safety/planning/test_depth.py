"""Measured depth: the published studies, and what must hold for every needle and patient."""

from dataclasses import replace
from importlib import resources
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tautband.atlas.load import read_muscles
from tautband.base.errors import InputError
from tautband.base.sources import Confidence
from tautband.safety.decision import Decision
from tautband.safety.people import Patient, Sex
from tautband.safety.planning.assess import assess_needle
from tautband.safety.planning.depth import MeasuredDepth, conditional, measured_depth, nearest_mm
from tautband.safety.planning.studies import (
    Counted,
    Measurement,
    Regression,
    Sample,
    check_measurement,
    fit,
    load_studies,
    parse_studies,
    usable,
)
from tautband.safety.planning.technique import Technique

STUDIES = load_studies()
WOMAN = Patient(sex=Sex.FEMALE, age_years=35, stated_bmi=22)
MAN = Patient(sex=Sex.MALE, age_years=35, stated_bmi=22)
MUSCLES = sorted({m for one in STUDIES.values() for m in one.muscles})


def measurement(**fields: Any) -> Measurement:
    """A made-up measurement of the pleura under a made-up muscle."""
    usual: dict[str, Any] = {
        "id": "made_up",
        "muscles": ("made_up",),
        "site": "here",
        "structure": "pleura",
        "role": "hazard",
        "endpoint": "skin to pleura",
        "approach": "perpendicular",
        "method": "ultrasound",
        "n": 30,
        "sample": Sample(sex="both", age=(18, 90), bmi=(15, 40)),
        "text": "made up",
        "sources": ("chen18",),
        "confidence": Confidence.MEASURED,
    }
    return Measurement(**{**usual, **fields})


def judged(technique: Technique, patient: Patient, *made: Measurement) -> MeasuredDepth:
    return measured_depth("made_up", technique, patient, {m.id: m for m in made})


def share_of(answer: MeasuredDepth, key: str) -> str:
    (own,) = (j for j in answer.judged if j.measurement.id == key)
    return own.share.words if own.share else f"none: {own.no_figure}"


# ------------------------------------------------------------------------ what was published


def test_the_rhomboid_in_a_slight_woman() -> None:
    slight = Patient(sex=Sex.FEMALE, stated_bmi=19)
    answer = measured_depth("rhomboids", Technique(40, angle_deg=45), slight, STUDIES)
    assert answer.reach_mm == pytest.approx(28.28, abs=0.01)
    # 28.4 mm (SD 3.8) in 25 people: the tip lies at the mean.
    assert share_of(answer, "rhomboid_lower_pleura").startswith("about 13 in 25")
    assert share_of(answer, "rib5") == "none: " + (
        "not measured in people like this: sex female, measured male"
    )
    assert answer.guard_mm == pytest.approx(21.24, abs=0.01)
    (joined,) = answer.joined
    assert joined.studies == ("rhomboid_lower_pleura", "interscapular_ct")


@pytest.mark.parametrize(
    ("needle", "words"),
    [
        (30, "fewer than 1 in 16"), (40, "about 1 in 15"), (45, "about 4 in 15"),
        (60, "about 6 in 15"), (75, "about 6 in 15 (95 % interval: 2 to 15 in 15)"),
    ],
)  # fmt: skip
def test_kearns_counts_by_needle_length(needle: float, words: str) -> None:
    old = Patient(sex=Sex.FEMALE, age_years=75, stated_bmi=22)
    answer = measured_depth("trapezius_upper", Technique(needle), old, STUDIES)
    assert share_of(answer, "apex_cadaver").startswith(words)


def test_the_smallest_of_contradicting_studies_guards() -> None:
    # 14.6 mm in women and 17.4 mm in men by ultrasound; 33 to 56 mm by MRI and quotation.
    for patient, guard in [(WOMAN, 14.6), (MAN, 17.4), (replace(MAN, sex=None), 14.6)]:
        answer = measured_depth("trapezius_upper", Technique(13), patient, STUDIES)
        assert answer.guard_mm == guard
    shown = {j.measurement.id for j in answer.judged}
    assert {"gb21_mri", "gb21_quoted", "apex_mri_medial", "apex_cadaver"} <= shown


def test_a_milder_study_gives_no_headline() -> None:
    # MRI saw nobody nearer than 33 mm; ultrasound has half of the women nearer than 14.6.
    answer = measured_depth("trapezius_upper", Technique(25), WOMAN, STUDIES)
    assert share_of(answer, "apex_mri_medial").startswith("fewer than 1 in 58")
    assert answer.worst is None


def test_a_mean_without_spread_asks() -> None:
    answer = measured_depth("trapezius_upper", Technique(10), WOMAN, STUDIES)
    assert "depth_spread_unknown" in {r.id for r in answer.reasons}


def test_the_direction_chooses_the_studies() -> None:
    outward = measured_depth("trapezius_upper", Technique(40, direction="lateral"), WOMAN, STUDIES)
    assert "medial" in share_of(outward, "apex_mri_medial")
    (own,) = (j for j in outward.judged if j.measurement.id == "apex_mri_medial")
    assert not own.guards


def test_a_quoted_value_asks_and_never_guards() -> None:
    answer = measured_depth("rhomboids", Technique(15), WOMAN, STUDIES)
    assert answer.guard_from != "thorax_quoted"
    assert ("depth_thorax_quoted", Decision.ASK) in {(r.id, r.decision) for r in answer.reasons}


def test_the_printed_line_that_cannot_be_is_not_used() -> None:
    ct = STUDIES["interscapular_ct"]
    (line,) = ct.regressions
    assert ct.sd_mm is not None
    assert abs(line.slope) * line.sd / ct.sd_mm == pytest.approx(1.737, abs=0.001)
    assert not usable(line, ct.sd_mm)
    assert conditional(ct, WOMAN) == (37.0, 7.0)


def test_a_line_that_can_be_shifts_the_mean_and_narrows_the_spread() -> None:
    line = Regression(on="bmi", slope=1.5, intercept=-5, mean=23, sd=2, printed="")
    made = measurement(mean_mm=29.5, sd_mm=5.0, regressions=(line,))
    # r = 1.5 x 2 / 5 = 0.6, so the spread about the line is 5 x 0.8.
    assert conditional(made, WOMAN) == pytest.approx((28.0, 4.0))
    assert conditional(made, Patient()) == (29.5, 5.0)


@pytest.mark.parametrize(
    ("fields", "nearest"),
    [
        ({"mean_mm": 28.4, "sd_mm": 3.8, "n": 25}, (21.24, "spread or range")),
        ({"mean_mm": 28.4, "sd_mm": 3.8, "n": 25, "min_mm": 19.0}, (19.0, "spread or range")),
        ({"min_mm": 33.4}, (33.4, "spread or range")),
        ({"mean_mm": 14.6}, (14.6, "mean alone")),
        ({"counts": (Counted(30, 0, 15), Counted(40, 1, 15))}, (30, "spread or range")),
        ({"counts": (Counted(75, 2, 9),)}, (75, "shortest needle tried")),
        ({}, (None, "nothing")),
    ],
)
def test_the_nearest_that_a_measurement_speaks_for(
    fields: dict[str, Any], nearest: tuple[float | None, str]
) -> None:
    found, basis = nearest_mm(measurement(**fields))
    assert (found and round(found, 2), basis) == nearest


# -------------------------------------------------------------------------- who was measured


@pytest.mark.parametrize(
    ("sample", "patient", "outside", "unknown"),
    [
        (Sample(sex="male"), WOMAN, 1, 0),
        (Sample(sex="female"), WOMAN, 0, 0),
        (Sample(), Patient(), 0, 3),
        (Sample(bmi_mean_sd=(22.3, 2.1)), replace(WOMAN, stated_bmi=18.1), 0, 0),
        (Sample(bmi_mean_sd=(22.3, 2.1)), replace(WOMAN, stated_bmi=18.0), 1, 0),
        (Sample(), replace(WOMAN, stated_bmi=31), 1, 0),  # not reported: ordinary adults only
        (Sample(age=(18, 35)), replace(WOMAN, age_years=36), 1, 0),
        (Sample(age=(4, 18)), replace(WOMAN, age_years=12), 1, 0),
        (Sample(kind="children", age=(4, 18)), replace(WOMAN, age_years=12), 2, 0),
        (Sample(sex="male"), replace(WOMAN, age_years=80, stated_bmi=40), 3, 0),
    ],
)
def test_who_is_like_those_measured(
    sample: Sample, patient: Patient, outside: int, unknown: int
) -> None:
    found = fit(sample, patient)
    assert (len(found[0]), len(found[1])) == (outside, unknown)


def test_outside_the_people_studied_there_is_no_figure_but_a_guard() -> None:
    heavy = replace(WOMAN, stated_bmi=38)
    answer = measured_depth("rhomboids", Technique(25), heavy, STUDIES)
    assert all(j.share is None for j in answer.judged)
    assert answer.worst is None
    assert answer.joined == ()
    assert answer.guard_mm == pytest.approx(21.24, abs=0.01)
    assert "depth_not_like_this" in {r.id for r in answer.reasons}


def test_another_posture_gives_no_figure() -> None:
    made = measurement(mean_mm=30, sd_mm=4, posture="on the back")
    answer = judged(Technique(20, posture="face down"), WOMAN, made)
    assert answer.judged[0].share is None
    assert answer.guard_mm is not None


def test_a_child_gets_no_figure() -> None:
    child = Patient(sex=Sex.FEMALE, age_years=12, stated_bmi=20)
    for muscle in MUSCLES:
        answer = measured_depth(muscle, Technique(30), child, STUDIES)
        assert all(j.share is None for j in answer.judged)
        assert "depth_child" in {r.id for r in answer.reasons}


# -------------------------------------------------------------------------- what always holds

patients = st.builds(
    Patient,
    sex=st.sampled_from([None, Sex.FEMALE, Sex.MALE]),
    age_years=st.none() | st.floats(5, 95),
    stated_bmi=st.none() | st.floats(14, 45),
)
needles = st.floats(1, 100)
angles = st.none() | st.floats(0, 90)
muscles = st.sampled_from(MUSCLES)
studies = st.builds(
    measurement,
    id=st.sampled_from(["a", "b", "c", "d"]),
    mean_mm=st.floats(12, 60),
    sd_mm=st.floats(1, 9),
    n=st.integers(2, 80),
)


def decision(muscle: str, technique: Technique, patient: Patient) -> Decision:
    return assess_needle(read_muscles()[muscle], technique, patient).decision


@given(muscles, needles, angles, patients)
@settings(max_examples=300, deadline=None)
def test_nothing_measured_ever_permits(
    muscle: str, needle: float, angle: float | None, patient: Patient
) -> None:
    technique = Technique(needle, angle_deg=angle)
    answer = measured_depth(muscle, technique, patient, STUDIES)
    assert answer.reasons
    assert all(reason.decision > Decision.PROCEED for reason in answer.reasons)
    assert decision(muscle, technique, patient) >= Decision.PRECAUTION


@given(muscles, needles, st.floats(0, 60), patients)
@settings(max_examples=300, deadline=None)
def test_a_longer_needle_is_never_less_risk(
    muscle: str, needle: float, more: float, patient: Patient
) -> None:
    _never_less(muscle, Technique(needle), Technique(min(needle + more, 150)), patient)


@given(muscles, needles, st.floats(0, 90), st.floats(0, 90), patients)
@settings(max_examples=300, deadline=None)
def test_a_steeper_angle_is_never_less_risk(
    muscle: str, needle: float, one: float, other: float, patient: Patient
) -> None:
    flat, steep = sorted((one, other))
    _never_less(
        muscle, Technique(needle, angle_deg=flat), Technique(needle, angle_deg=steep), patient
    )


def _never_less(muscle: str, less: Technique, more: Technique, patient: Patient) -> None:
    assert decision(muscle, less, patient) <= decision(muscle, more, patient)
    nearer = measured_depth(muscle, less, patient, STUDIES).judged
    farther = measured_depth(muscle, more, patient, STUDIES).judged
    for one, other in zip(nearer, farther, strict=True):
        assert (one.share is None) == (other.share is None)
        if one.share and other.share:
            assert one.share.point <= other.share.point
            assert one.share.low <= other.share.low
            assert one.share.high <= other.share.high


@given(muscles, needles, angles, patients)
@settings(max_examples=400, deadline=None)
def test_what_is_not_known_of_the_patient_is_never_milder(
    muscle: str, needle: float, angle: float | None, patient: Patient
) -> None:
    technique = Technique(needle, angle_deg=angle)

    def strict(who: Patient) -> Decision:
        reasons = measured_depth(muscle, technique, who, STUDIES).reasons
        return max(reason.decision for reason in reasons)

    known = strict(patient)
    for unknown in (
        replace(patient, sex=None),
        replace(patient, age_years=None),
        replace(patient, stated_bmi=None),
        Patient(),
    ):
        assert strict(unknown) >= known


@given(st.lists(studies, min_size=1, max_size=4, unique_by=lambda m: m.id), studies, needles)
@settings(max_examples=150, deadline=None)
def test_another_study_never_raises_the_guard(
    made: list[Measurement], another: Measurement, needle: float
) -> None:
    another = msgspec.structs.replace(another, id="another")
    before = judged(Technique(needle), WOMAN, *made)
    after = judged(Technique(needle), WOMAN, *made, another)
    assert before.guard_mm is not None
    assert after.guard_mm is not None
    assert after.guard_mm <= before.guard_mm
    assert after.guard_mm <= min(nearest_mm(m)[0] or 0 for m in [*made, another])


@given(st.lists(studies, min_size=2, max_size=4, unique_by=lambda m: m.id), st.floats(5, 70))
@settings(max_examples=100, deadline=None)
def test_joined_studies_are_as_coarse_as_the_smallest(
    made: list[Measurement], needle: float
) -> None:
    pooled = [msgspec.structs.replace(m, pool="made up") for m in made]
    (joined,) = judged(Technique(needle), WOMAN, *pooled).joined
    assert joined.share.of == min(m.n or 0 for m in pooled)


# --------------------------------------------------------------------------------- the data


def test_every_study_names_muscles_of_the_atlas() -> None:
    known = read_muscles()
    odd = {(m.id, name) for m in STUDIES.values() for name in m.muscles if name not in known}
    assert odd == set()


def test_the_table_does_not_shrink() -> None:
    assert len(STUDIES) >= 75
    assert len({key for m in STUDIES.values() for key in m.sources}) >= 40


def test_contradictions_stand_side_by_side() -> None:
    for one, other in [
        ("gb21_ultrasound_women", "gb21_mri"),
        ("piriformis_inner_hit_nerve", "piriformis_inner_missed_nerve"),
        ("pectoralis_minor_routes", "pectoralis_minor_pincer"),
        ("lateral_pterygoid_reached", "lateral_pterygoid_missed"),
        ("rhomboid_advice", "interscapular_layers_women"),
    ]:
        assert other in STUDIES[one].contradicts


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        ({"mean_mm": 30.0, "min_mm": 40.0}, "minimum, mean, maximum"),
        ({"mean_mm": -3.0}, "minimum, mean, maximum"),
        ({"sd_mm": 3.0}, "sd_mm"),
        ({"mean_mm": 30.0, "sd_mm": 3.0, "n": 1}, "sd_mm"),
        ({"counts": (Counted(30, 16, 15),)}, "counts"),
        ({"sources": ("nobody",)}, "bibliography"),
    ],
)
def test_numbers_that_cannot_be_are_refused(fields: dict[str, Any], part: str) -> None:
    with pytest.raises(InputError, match=part):
        check_measurement(measurement(**fields))


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(InputError, match=r"x\.toml"):
        parse_studies("[[measurement]]\nid = 'a'\ndepth_safe = 3\n", "x.toml")


def test_nobody_promises_a_depth() -> None:
    forbidden = "safe " + "depth"
    for package in ("safety/planning/data", "safety/planning/data/depths"):
        for entry in resources.files("tautband").joinpath(package).iterdir():
            if entry.name.endswith(".toml"):
                assert forbidden not in entry.read_text("utf-8").lower(), entry.name
