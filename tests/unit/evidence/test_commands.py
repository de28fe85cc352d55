"""``tautband evidence`` on the command line."""

import json

import pytest

from tautband.cli import main
from tautband.evidence.sheets import load_sheets


def test_moderators_are_told_with_their_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", "moderators"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "sham or no treatment" in told
    assert "differ in much" in told
    assert main(["evidence", "moderators", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["schema"] == "tautband.moderators/1"
    assert {r["class"] for r in found["rows"]} <= {c["class"] for c in found["classes"]}
    for slope in found["slopes"]:
        assert slope["why_not"] or slope["coefficients"]


@pytest.mark.parametrize("condition", sorted(load_sheets()))
def test_each_sheet_can_be_printed_for_both_readers(
    condition: str, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = load_sheets()[condition]
    assert main(["evidence", "sheet", condition]) == 0
    assert sheet.title in capsys.readouterr().out
    assert main(["evidence", "sheet", condition, "--patient"]) == 0
    assert "What is not known" in capsys.readouterr().out


def test_a_sheet_without_questions_refuses_a_plot(
    capsys: pytest.CaptureFixture[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("plots") / "forest.svg"
    assert main(["evidence", "sheet", "calf_strain", "--forest", str(path)]) == 2
    assert "no trials to draw" in capsys.readouterr().err
    assert not path.exists()


def test_another_name_of_a_condition_finds_its_sheet(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evidence", "sheet", "tennis elbow", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["condition"] == "lateral_epicondylalgia"
