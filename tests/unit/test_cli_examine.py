"""``tautband examine`` and ``tautband atlas audit``."""

import json

import pytest

from tautband.cli import main

SHOULDER = "deep ache in the front of the right shoulder running down the outside of the arm"


def test_examine_says_what_to_palpate_and_what_each_answer_would_mean(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["examine", SHOULDER]) == 0
    told = capsys.readouterr().out
    assert "Infraspinatus, right" in told
    assert "if present" in told
    assert "not a decision" in told


def test_examine_as_json_has_the_documented_fields(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["examine", SHOULDER, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert set(answer) == {"schema", "red_flags", "next", "not_proposed", "bound"}
    assert answer["schema"] == "tautband.examine/1"
    assert answer["next"]
    for step in answer["next"]:
        assert step["if_absent"] < step["if_present"]
        assert step["gain_bits"] > 0


def test_red_flags_come_before_any_palpation(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["examine", "chest pain on the left and pain in the left arm"]) == 0
    assert capsys.readouterr().out.startswith("‼")


def test_examine_refuses_what_it_cannot_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["examine"]) == 2
    assert main(["examine", SHOULDER, "--finding", "infraspinatis right: familiar pain"]) == 2
    assert "Did you mean infraspinatus" in capsys.readouterr().err


def test_audit_lists_every_record(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["atlas", "audit", "--json"]) == 0
    records = json.loads(capsys.readouterr().out)["records"]
    assert main(["atlas", "audit"]) == 0
    told = capsys.readouterr().out
    assert len(records) > 100
    assert all(record["record"] in told for record in records)
