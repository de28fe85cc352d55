"""Sheets: about conditions of the atlas, in plain words, honest where nothing was found."""

import pytest

from tautband.atlas.presentations import read_presentations
from tautband.evidence.mechanism import load_mechanism
from tautband.evidence.reviews import load_reviews
from tautband.evidence.sheets import load_sheets, make_sheet
from tautband.evidence.trials import load_trials
from tests.unit.atlas.reading import grade

# People of trials whom no presentation of the atlas stands for; never pooled with patients of one.
NO_PRESENTATION = {"latent_trigger_points", "piriformis_syndrome", "tight_hamstrings"}
OF_THE_MISSION = {
    "neck_pain",
    "low_back_pain",
    "shoulder_impingement",
    "tension_type_headache",
    "cervicogenic_headache",
    "lateral_epicondylalgia",
    "patellofemoral_pain",
    "knee_osteoarthritis",
    "plantar_heel_pain",
    "jaw_pain",
    "myofascial_pain_syndrome",
    "hamstring_strain",
    "calf_strain",
    "achilles_tendinopathy",
    "patellar_tendinopathy",
    "gluteal_tendinopathy",
    "chronic_widespread_pain",
}
# Reading grade 6 to 8 for patients; single paragraphs may lie a little above.
HARDEST, HARDEST_PARAGRAPH = 8.0, 9.0


def test_conditions_are_presentations_of_the_atlas() -> None:
    presentations = set(read_presentations())
    assert not NO_PRESENTATION & presentations
    for trial in load_trials().values():
        assert set(trial.conditions) <= presentations | NO_PRESENTATION, trial.id
    for review in load_reviews().values():
        assert set(review.conditions) <= presentations, review.id
    assert set(load_sheets()) <= presentations


def test_each_condition_of_the_mission_has_a_sheet() -> None:
    assert set(load_sheets()) >= OF_THE_MISSION


@pytest.mark.parametrize("condition", sorted(OF_THE_MISSION))
def test_patients_can_read_their_sheet(condition: str) -> None:
    sheet = load_sheets()[condition]
    assert grade(" ".join((*sheet.patient, sheet.patient_unknown))) <= HARDEST
    for text in (*sheet.patient, sheet.patient_unknown):
        assert grade(text) <= HARDEST_PARAGRAPH, text


def test_patients_can_read_how_it_may_work() -> None:
    for step in load_mechanism().steps:
        assert grade(step.patient) <= HARDEST, step.id


def test_no_sheet_promises() -> None:
    for sheet in load_sheets().values():
        words = " ".join((sheet.title, *sheet.patient)).lower()
        for promise in ("will help", "will ease", "cures", "cure ", "heals", "proven", "guarantee"):
            assert promise not in words.replace("heals by itself", ""), sheet.condition
        assert sheet.patient_unknown
        assert sheet.unknown


def test_a_sheet_that_found_nothing_is_a_sheet() -> None:
    text = (
        'condition = "calf_strain"\ntitle = "Made up"\npatient = ["Nothing was found."]\n'
        'patient_unknown = "All."\nclinician = ["Nothing was found."]\nunknown = ["All."]\n'
    )
    sheet = make_sheet(text, "made_up.toml", ())
    assert sheet.answered == ()
    assert sheet.of_100 is None
    assert load_sheets()["hamstring_strain"].answered == ()


def test_latent_points_are_not_pooled_with_patients() -> None:
    for sheet in load_sheets().values():
        for one in sheet.answered:
            for used in one.answer.used:
                assert not NO_PRESENTATION & set(used.trial.conditions), sheet.condition


def test_every_number_of_a_sheet_links_to_its_rows() -> None:
    for sheet in load_sheets().values():
        for one in sheet.answered:
            if one.answer.pool:
                assert len(one.answer.used) == one.answer.pool.k
                assert all(u.result.place and u.result.source for u in one.answer.used)
