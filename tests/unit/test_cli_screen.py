"""``tautband screen``: what it prints, and how it refuses."""

import json
from pathlib import Path
from typing import Any

import pytest

from tautband.cli import main
from tautband.safety.screening.rules import load_rules
from tests.unit.safety.screening.cast import healthy

PLAN = "rhomboid major right, upper trapezius right"
EXAMPLE = Path(__file__).parents[2] / "examples" / "answers.json"
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(healthy()), "utf-8")
    return path


def told(capsys: Captured, *arguments: object) -> str:
    assert main([str(a) for a in arguments]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def refused(capsys: Captured, *arguments: object) -> str:
    assert main([str(a) for a in arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith("tautband: ")
    return err


def changed(path: Path, **changes: Any) -> Path:
    path.write_text(json.dumps(healthy(**changes)), "utf-8")
    return path


def test_a_screening_fits_one_screen_and_says_why(capsys: Captured) -> None:
    out = told(capsys, "screen", EXAMPLE, "--plan", PLAN + ", biceps brachii left")
    assert out.startswith("NOT HERE")
    assert "(lymphoedema, upper arm, left)" in out
    assert "American Physical Therapy Association" in out
    assert "not a decision" in out
    assert "made up" in out
    assert len(out.splitlines()) <= 60


def test_the_json_has_the_documented_fields(capsys: Captured) -> None:
    answer = json.loads(told(capsys, "screen", EXAMPLE, "--plan", PLAN, "--json"))
    assert answer["schema"] == "tautband.screen/1"
    assert answer["synthetic"] is True
    assert answer["decision"] == "precaution"
    assert answer["patient"]["decision"] == "precaution"
    assert [m["muscle"] for m in answer["muscles"]] == ["rhomboids", "trapezius_upper"]
    assert {t["technique"] for t in answer["techniques"]} == {
        "electrical stimulation",
        "deep needling",
    }
    assert {r["region"] for r in answer["regions"]} == {
        "neck", "shoulder", "shoulder_blade", "upper_back",
    }  # fmt: skip
    rule = next(r for r in answer["rules"] if r["id"] == "anticoagulant")
    assert rule["why"]
    assert rule["source"]
    assert {g["guideline"] for g in rule["guidelines"]} == {"apta13", "munoz22", "gsbvk"}
    assert {m["medicine"]: m["atc"] for m in answer["medicines"]}["apixaban"] == "B01AF02"


@pytest.mark.parametrize(
    ("changes", "decision"),
    [
        ({}, "precaution"),
        ({"fever_or_infection": "yes"}, "not_today"),
        ({"fever_or_infection": "unknown"}, "ask"),
        ({"collapsed_lung": "yes"}, "not_here"),
        ({"wants_needling": "no"}, "do_not_needle"),
    ],
)
def test_the_decision_is_a_key(
    capsys: Captured, file: Path, changes: dict[str, Any], decision: str
) -> None:
    out = told(capsys, "screen", changed(file, **changes), "--plan", PLAN, "--json")
    assert json.loads(out)["decision"] == decision


def test_what_is_missing_is_asked_and_follow_ups_wait_for_their_question(
    capsys: Captured, file: Path
) -> None:
    file.write_text(json.dumps({"schema": "tautband.answers/1", "answers": {}}), "utf-8")
    answer = json.loads(told(capsys, "screen", file, "--plan", PLAN, "--json"))
    asked = {m["question"] for m in answer["missing"]}
    assert {"fever_or_infection", "blood_thinner", "medicines"} <= asked
    assert "treatment_stable" not in asked
    text = told(capsys, "screen", file, "--plan", PLAN)
    assert "Not known, so it asks" in text
    assert "more; --json lists all" in text


def test_the_template_can_be_filled_in(capsys: Captured, tmp_path: Path) -> None:
    path = tmp_path / "empty.json"
    path.write_text(told(capsys, "screen", "--template"), "utf-8")
    assert json.loads(told(capsys, "screen", path, "--plan", PLAN, "--json"))["decision"] == "ask"


def test_the_questionnaire_has_both_wordings_and_a_short_form(capsys: Captured) -> None:
    whole = json.loads(told(capsys, "screen", "--questions", "--json"))
    short = json.loads(told(capsys, "screen", "--questions", "--return-form", "--json"))
    assert len(short["questions"]) < len(whole["questions"])
    assert all(q["patient"] and q["clinician"] for q in whole["questions"])
    assert "Since last time" in told(capsys, "screen", "--questions", "--return-form")


def test_a_return_visit_takes_over_what_lasts(capsys: Captured, file: Path, tmp_path: Path) -> None:
    changed(file, joint_replacement=["left knee"], surgeon_agrees="no")
    now = tmp_path / "now.json"
    again = {"schema": "tautband.answers/1", "answers": {"medicines": "same"}}
    now.write_text(json.dumps(again), "utf-8")
    out = told(
        capsys, "screen", now, "--plan", "vastus_medialis left", "--return-of", file, "--json"
    )
    answer = json.loads(out)
    assert "joint_replaced" in {r["id"] for r in answer["rules"]}
    assert "joint_replacement" in answer["carried"]
    assert "eaten_today" in {m["question"] for m in answer["missing"]}


def test_a_policy_is_shown(capsys: Captured, file: Path, tmp_path: Path) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text(
        'name = "Hill"\n[[stricter]]\nrule = "over_the_lung"\ndecision = "ask"\n', "utf-8"
    )
    out = told(capsys, "screen", file, "--plan", PLAN, "--policy", policy)
    assert out.startswith("ASK")
    assert "over_the_lung: ask: set stricter by the clinic" in out


def test_a_planned_technique_counts(capsys: Captured, file: Path) -> None:
    changed(file, pacemaker="yes", device_site=["left chest"])
    plan = ("screen", file, "--plan", "gastrocnemius_medial left", "--json")
    assert json.loads(told(capsys, *plan))["decision"] == "proceed"
    planned = told(capsys, *plan, "--technique", "electrical stimulation")
    assert json.loads(planned)["decision"] == "do_not_needle"
    assert "Did you mean electrical stimulation" in refused(
        capsys, *plan[:-1], "--technique", "electric stimulation"
    )


@pytest.mark.parametrize("rule", list(load_rules())[::9])
def test_a_rule_is_traced_to_its_sources(capsys: Captured, rule: str) -> None:
    out = told(capsys, "screen", "--rule", rule)
    assert "(read:" in out
    assert json.loads(told(capsys, "screen", "--rule", rule, "--json"))["sources"]


def test_bad_input_is_refused_in_one_sentence(capsys: Captured, file: Path, tmp_path: Path) -> None:
    no_json = tmp_path / "no.json"
    no_json.write_text("{", "utf-8")
    large = tmp_path / "large.json"
    large.write_text(" " * 300_000, "utf-8")
    binary = tmp_path / "binary.json"
    binary.write_bytes(b"\xff\xfe\x00")
    typo = tmp_path / "typo.json"
    typo.write_text(json.dumps(healthy(feverr_or_infection="yes")), "utf-8")
    plan = ("--plan", PLAN)
    assert "needs a file" in refused(capsys, "screen")
    assert "--plan" in refused(capsys, "screen", file)
    assert "--plan" in refused(capsys, "screen", file, "--plan", "  ")
    assert "cannot be read" in refused(capsys, "screen", tmp_path / "none.json", *plan)
    assert "cannot be read" in refused(capsys, "screen", tmp_path, *plan)
    assert "cannot be read" in refused(capsys, "screen", binary, *plan)
    assert "is not JSON" in refused(capsys, "screen", no_json, *plan)
    assert "larger than 200 kB" in refused(capsys, "screen", large, *plan)
    assert "Did you mean fever_or_infection" in refused(capsys, "screen", typo, *plan)
    assert "has no side" in refused(capsys, "screen", file, "--plan", "infraspinatus")
    assert "not in the atlas" in refused(capsys, "screen", file, "--plan", "foo right")
    assert "policy" in refused(capsys, "screen", file, *plan, "--policy", no_json)
    assert "--return-of" in refused(capsys, "screen", file, *plan, "--return-of", no_json)
    assert "is not a rule" in refused(capsys, "screen", "--rule", "nothing")
