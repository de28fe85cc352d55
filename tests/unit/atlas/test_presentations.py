"""Presentations and the published figures that belong to them."""

import pytest

from tautband.atlas.atlas import load_atlas
from tautband.atlas.presentations import (
    check_presentation,
    check_presentations,
    find_presentation,
    parse_presentation,
    read_presentations,
)
from tautband.atlas.prevalence import mean_active, read_gaps, read_prevalence
from tautband.base.errors import InputError
from tautband.base.sources import bibliography

ATLAS = load_atlas()
FLAGS = {flag.id for flag in ATLAS.flags}


def check(text: str) -> None:
    record = parse_presentation(text, "trial.toml")
    check_presentation(record, ATLAS.muscles, ATLAS.causes, FLAGS, bibliography())


TRIAL = """
id = "trial"
name = "Trial"
synonyms = ["trial pain"]
area = "neck"
unknown = ["Much."]
[summary]
text = "Pain."
sources = ["general_anatomy"]
confidence = "unreviewed"
[[think_of]]
muscles = ["soleus"]
text = "Taught."
sources = ["general_anatomy"]
confidence = "unreviewed"
[[raised]]
causes = ["knee_joint"]
factor = 2.0
text = "Named."
sources = ["general_anatomy"]
confidence = "unreviewed"
[[not_to_miss]]
flags = ["severe_headache"]
text = "Bleeding."
sources = ["general_anatomy"]
confidence = "unreviewed"
"""


def test_the_shipped_records_hold_together() -> None:
    check_presentations(ATLAS.muscles, ATLAS.causes, FLAGS, bibliography())


@pytest.mark.parametrize(
    ("words", "id"),
    [
        ("lbp", "low_back_pain"),
        ("Non-specific low back pain", "low_back_pain"),
        ("nonspecific low back pain", "low_back_pain"),
        ("shoulder impingement", "shoulder_impingement"),
        ("subacromial pain", "shoulder_impingement"),
        ("neck pain", "neck_pain"),
        ("whiplash", "whiplash"),
        ("tension-type headache", "tension_type_headache"),
        ("tension type headache", "tension_type_headache"),
        ("cervicogenic headache", "cervicogenic_headache"),
        ("tennis elbow", "lateral_epicondylalgia"),
        ("Tennis  Elbow", "lateral_epicondylalgia"),
        ("runner's knee", "patellofemoral_pain"),
        ("plantar fasciitis", "plantar_heel_pain"),
        ("pulled hamstring", "hamstring_strain"),
        ("calf strain", "calf_strain"),
        ("achilles tendon pain", "achilles_tendinopathy"),
        ("jumper's knee", "patellar_tendinopathy"),
        ("gluteal tendinopathy", "gluteal_tendinopathy"),
        ("rotator cuff tendinopathy", "rotator_cuff_tendinopathy"),
        ("tmd", "jaw_pain"),
        ("myofascial pain syndrome", "myofascial_pain_syndrome"),
        ("fibromyalgia", "chronic_widespread_pain"),
        ("groin pain", "hip_and_groin_pain"),
        ("carpal tunnel", "carpal_tunnel_like_hand_pain"),
        ("sports injury", "sports_injury"),
        ("migraine", "migraine"),
        ("sciatica", "lumbosacral_radiculopathy"),
    ],
)
def test_every_condition_of_the_mission_is_found_by_its_words(words: str, id: str) -> None:
    assert find_presentation(words).id == id


@pytest.mark.parametrize(
    ("words", "suggested"),
    [("tenis elbow", "lateral_epicondylalgia"), ("plantar fasciitus", "plantar_heel_pain")],
)
def test_a_near_miss_is_suggested_and_not_taken(words: str, suggested: str) -> None:
    with pytest.raises(InputError) as caught:
        find_presentation(words)
    assert caught.value.field == "presentation"
    assert suggested in caught.value.suggestions


def test_every_synonym_names_its_own_record() -> None:
    for record in read_presentations().values():
        for word in (record.id, record.name, *record.synonyms):
            assert find_presentation(word) is record


def test_a_record_as_it_should_be_is_taken() -> None:
    check(TRIAL)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"soleus"', '"soleuss"', "soleuss"),
        ('"knee_joint"', '"knee"', "knee"),
        ('"severe_headache"', '"flag"', "flag"),
        ("factor = 2.0", "factor = 0.5", "factor"),
        ("factor = 2.0", "factor = 99.0", "factor"),
        ('unknown = ["Much."]', "unknown = []", "silent"),
        ('area = "neck"', 'area = "tail"', "tail"),
        ('confidence = "unreviewed"', 'confidence = "measured"', "no source that was read"),
        ('sources = ["general_anatomy"]', 'sources = ["nobody"]', "nobody"),
        ('id = "trial"', 'id = "other"', "file named by its id"),
        ('name = "Trial"', 'nam = "Trial"', "nam"),
    ],
)
def test_a_record_that_breaks_a_rule_is_named(old: str, new: str, said: str) -> None:
    assert old in TRIAL
    with pytest.raises(InputError, match=said):
        check(TRIAL.replace(old, new, 1))


def test_published_rows_stand_with_their_presentation() -> None:
    back = read_presentations()["low_back_pain"].prevalence
    spans = {row.muscle: (row.active, row.latent) for row in back}
    assert spans["quadratus_lumborum"] == ((30, 55), (14, 17))
    assert spans["gluteus_medius"] == ((34, 45), (74, 74))
    assert spans["piriformis"] == ((42, 42), None)


@pytest.mark.parametrize(
    ("presentation", "muscle", "n", "active", "either"),
    [
        ("cervical_radiculopathy", "levator_scapulae", 244, 16.3, None),
        ("knee_osteoarthritis", "biceps_femoris", 114, 30, None),
        ("plantar_heel_pain", "flexor_hallucis_brevis", 35, 59, None),
        ("plantar_heel_pain", "soleus", 100, None, 69),
        ("carpal_tunnel_like_hand_pain", "infraspinatus", 201, None, 26),
        ("lumbosacral_radiculopathy", "gluteus_medius", 271, None, 76.4),
        ("shoulder_pain_after_stroke", "infraspinatus", 50, 50, None),
        ("whiplash", "levator_scapulae", 10, 90, None),
    ],
)
def test_figures_as_published(
    presentation: str, muscle: str, n: int, active: float | None, either: float | None
) -> None:
    rows = read_presentations()[presentation].prevalence
    (row,) = (r for r in rows if r.muscle == muscle and r.n == n)
    assert row.active == (None if active is None else (active, active))
    assert row.any == (None if either is None else (either, either))


def test_studies_without_a_figure_per_muscle_are_told_as_gaps() -> None:
    assert len(read_gaps()) == 10
    assert read_presentations()["lateral_epicondylalgia"].gaps
    assert read_presentations()["patellofemoral_pain"].gaps


def test_what_does_not_split_active_from_latent_enters_no_prior() -> None:
    rows = tuple(r for r in read_prevalence() if r.active is None)
    assert rows
    assert mean_active(rows) == {}
