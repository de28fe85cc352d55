"""``tautband plan`` and ``tautband depth``: what they print, and how they refuse."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from tautband.atlas.trained import ACKNOWLEDGEMENT
from tautband.cli import main
from tautband.safety.decision import Decision
from tautband.safety.planning.studies import load_studies

Captured = pytest.CaptureFixture[str]
ANSWERS = str(Path(__file__).parents[2] / "examples/answers.json")
DEPTH = ("depth", "rhomboid major", "--needle", "40", "--angle", "45", "--sex", "f", "--bmi", "19")
PLAN = ("plan", "infraspinatus right", "--sex", "f", "--height", "168", "--weight", "61")


def told(capsys: Captured, *arguments: str) -> str:
    assert main(arguments) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def answer(capsys: Captured, *arguments: str) -> Any:
    return json.loads(told(capsys, *arguments, "--json"))


def test_depth_reads_as_it_is_written_down(capsys: Captured) -> None:
    out = told(capsys, *DEPTH, "--all")
    flat = " ".join(out.split())
    for part in (
        ACKNOWLEDGEMENT, "Decision: NOT HERE", "28.3 mm below the skin", "about 13 in 25",
        "at most 19 mm", "weaker than other facts suggest", "9.4 mm thick",
        "not measured in people", "━", "●", "[1]", "(read: abstract)",
    ):  # fmt: skip
        assert part in flat, part
    assert "safe " + "depth" not in out.lower()


def test_depth_and_plan_are_short_unless_all_is_asked_for(capsys: Captured) -> None:
    for arguments in (DEPTH, PLAN):
        short, whole = told(capsys, *arguments), told(capsys, *arguments, "--all")
        assert "add --all" in short
        assert "add --all" not in whole
        assert "(read: " not in short
        assert len(short.splitlines()) < 0.7 * len(whole.splitlines())
        # What stops or asks is told whole either way.
        for line in whole.splitlines():
            if line.strip().startswith(("not here:", "ask:", "do not needle:")):
                assert line.split("[")[0].strip()[:50] in short


def test_depth_in_json(capsys: Captured) -> None:
    found = answer(capsys, *DEPTH)
    assert found["schema"] == "tautband.depth/1"
    assert found["decision"] == "not_here"
    assert found["needle"]["reach_mm"] == 28.3
    assert found["depth_cap"]["mm"] == 19
    assert found["worst"] == {
        "words": "about 13 in 25 (95 % interval: 8 to 17 in 25)",
        "people": 13, "fewer_than_one_in": None, "low": 8, "high": 17, "of": 25,
    }  # fmt: skip
    for rule in found["rules"]:
        assert set(rule) == {"id", "decision", "why", "source", "confidence"}
        assert set(rule["source"]) <= set(found["sources"])
        assert Decision.of(rule["decision"]) > Decision.PROCEED


def test_no_answer_on_any_measured_muscle_promises_a_depth(capsys: Captured) -> None:
    for muscle in sorted({name for m in load_studies().values() for name in m.muscles}):
        out = told(capsys, "depth", muscle, "--needle", "25")
        assert "safe " + "depth" not in out.lower()
        assert "Decision: PROCEED" not in out


@pytest.mark.parametrize("sex", ["f", "female", "F", "Female"])
def test_a_sex_may_be_short(capsys: Captured, sex: str) -> None:
    found = answer(capsys, "depth", "rhomboids", "--needle", "20", "--sex", sex)
    assert found["patient"]["sex"] == "female"


def test_a_muscle_without_recipe_is_refused_a_depth(capsys: Captured) -> None:
    found = answer(capsys, "depth", "diaphragm", "--needle", "20")
    assert found["decision"] == "do_not_needle"


def test_plan_reads_for_a_clinician(capsys: Captured) -> None:
    out = " ".join(told(capsys, *PLAN).split())
    for part in (
        ACKNOWLEDGEMENT, "Infraspinatus, right: ASK", "Position", "Palpation", "Entry",
        "Needle length 25 to 40 mm", "Length cap", "At risk", "Home plan", "not been screened",
        "competition",
    ):  # fmt: skip
        assert part in out, part


def test_plan_in_json(capsys: Captured) -> None:
    found = answer(capsys, *PLAN, "--cause", "overuse")
    assert found["schema"] == "tautband.plan/1"
    assert found["decision"] == "ask"
    (target,) = found["targets"]
    assert target["recipe"]["needle_length_mm"] == [25, 40]
    assert target["needle"]["length_cap"]["mm"] == 40
    assert {"id", "why", "source"} <= set(target["rules"][0])
    assert "Sore for a day or two" in found["home_plan"]["text"]


def test_plan_with_answers_asks_less(capsys: Captured) -> None:
    more = ("--trained", "all", "--first-session", "--cause", "posture")
    found = answer(capsys, "plan", "infraspinatus right", "--answers", ANSWERS, *more)
    ids = {rule["id"] for rule in found["targets"][0]["rules"]}
    assert "not_screened" not in ids
    assert any(key.startswith("screening:") for key in ids)
    assert found["decision"] == "precaution"
    assert found["ask"] == []


def test_a_blocked_patient_gets_no_recipe(capsys: Captured, tmp_path: Path) -> None:
    data = json.loads(Path(ANSWERS).read_text("utf-8"))
    data["answers"]["emergency_now"] = "yes"
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(data), "utf-8")
    arguments = ("plan", "infraspinatus right", "--answers", str(path))
    found = answer(capsys, *arguments)
    assert found["targets"][0]["recipe"] is None
    assert found["targets"][0]["no_recipe"]
    out = told(capsys, *arguments)
    assert "No recipe" in out
    assert "Needle length" not in out


def test_the_patients_sheet_stands_alone(capsys: Captured) -> None:
    out = told(capsys, *PLAN, "--patient-sheet", "--competition-in-days", "1")
    assert "Your next competition or hard training is tomorrow" in " ".join(out.split())
    for part in ("Decision", "[1]", " mm", ACKNOWLEDGEMENT):
        assert part not in out


def test_dose_and_gauge_are_told(capsys: Captured) -> None:
    more = ("--insertions", "8", "--needles", "12", "--first-session", "--gauge", "0.5")
    found = answer(capsys, "plan", "soleus right", *more)
    ids = {rule["id"] for rule in [*found["rules"], *found["targets"][0]["rules"]]}
    assert {"insertions_per_muscle", "first_session_dose", "thicker_than_published"} <= ids


def test_both_sides_of_the_thorax(capsys: Captured) -> None:
    both = ("plan", "rhomboids right, rhomboids left")
    assert answer(capsys, *both)["decision"] == "not_today"
    allowed = answer(capsys, *both, "--both-sides-reason", "Agreed in writing on 2 November.")
    assert allowed["decision"] == "ask"


def test_the_picture_shows_needle_and_hazard(capsys: Captured, tmp_path: Path) -> None:
    path = tmp_path / "depth.png"
    told(capsys, *DEPTH, "--picture", str(path))
    with Image.open(path) as picture:
        colours = np.asarray(picture.convert("RGB")).astype(int)
    red = (colours[..., 0] > colours[..., 1] + 90) & (colours[..., 2] < 100)
    dark = colours.max(axis=-1) < 60
    assert red.any()
    # The needle is a dark line from the skin to its tip: 28.3 of some 47 mm.
    longest = max(int(row.sum()) for row in dark)
    assert 0.5 < longest / colours.shape[1] < 0.65


def test_the_picture_is_also_a_drawing(capsys: Captured, tmp_path: Path) -> None:
    path = tmp_path / "depth.svg"
    told(capsys, *DEPTH, "--picture", str(path))
    root = ElementTree.fromstring(path.read_text("utf-8"))
    words = " ".join(element.text or "" for element in root.iter())
    assert "tip 28.3 mm below the skin" in words
    assert "5th rib" in words


@pytest.mark.parametrize("command", [DEPTH, PLAN])
def test_it_fits_the_terminal(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = told(capsys, *command).splitlines()
    assert [line for line in lines if len(line) > 82 and "http" not in line] == []


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("depth", "rhombod", "--needle", "40"), "Did you mean rhomboids"),
        (("depth", "rhomboids", "--needle", "-4"), "needle: is -4"),
        (("depth", "rhomboids", "--needle", "abc"), "'abc' is no number"),
        (("depth", "rhomboids", "--needle", "nan"), "needle: is nan"),
        (("depth", "rhomboids", "--needle", "inf"), "finite"),
        (("depth", "rhomboids"), "--needle: is missing"),
        (("depth", "rhomboids", "--needle", "40", "--angle", "100"), "0 to 90 degrees"),
        (("depth", "rhomboids", "--needle", "40", "--bmi", "500"), "bmi: is 500"),
        (("depth", "rhomboids", "--needle", "20", "--depth", "30"), "more than the needle"),
        (("depth", "rhomboids", "--needle", "20", "--sex", "x"), "f, female, m, male"),
        (("depth", "rhomboids", "--needle", "20", "--picture", "a.gif"), ".svg or .png"),
        (("depth", "rhomboids", "--needle", "20", "--grip", "fist"), "pincer, flat"),
        (("depth", "QL", "--needle", "20", "--site", "12th rb"), "12th rib"),
        (("depth", "QL", "--needle", "20", "--level", "L9"), "such as C5, T12 or L1"),
        (("plan", "infraspinatus right", "--height", "1.68"), "--height 168"),
        (("plan", "infraspinatus right", "--height", "400"), "50 to 250 cm"),
        (("plan", "infraspinatus right", "--girth", "forearm"), "forearm=24"),
        (("plan", "infraspinatus right", "--girth", "forearm=2"), "5 to 250 cm"),
        (("plan", "infraspinatus right", "--girth", "fore arm=24"), "forearm, forearm_length"),
        (("plan", "gastrocnemius right"), "gastrocnemius_medial, gastrocnemius_lateral"),
        (("depth", "rhomboid major right", "--needle", "30"), "it without: 'rhomboid major'"),
        (("plan", "infraspinatus"), "infraspinatus right"),
        (("plan", "infraspinatos right"), "Did you mean infraspinatus"),
        (("plan", "soleus right, soleus right"), "twice"),
        (("plan", "soleus right", "--competition-in-days", "-2"), "0 days or more"),
        (("plan", "soleus right", "--insertions", "0"), "1 to 200"),
        (("plan", "soleus right", "--needles", "two"), "whole number"),
        (("plan", "soleus right", "--answers", "/nowhere.json"), "nowhere.json"),
        (
            ("plan", "soleus right", "--bmi", "30", "--height", "168", "--weight", "61"),
            "as height and weight give it",
        ),
    ],
)
def test_bad_input_is_one_clear_sentence(
    capsys: Captured, arguments: tuple[str, ...], part: str
) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("tautband: ")
    assert err.count("\n") == 1
    assert part in err
