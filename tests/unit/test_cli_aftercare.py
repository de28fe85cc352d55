"""``tautband triage`` and ``tautband practitioner``."""

import json

import pytest

from tautband.cli import main

WORDS = "sharp chest pain and a bit breathless"


def test_the_example_of_the_help_is_an_emergency(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["triage", WORDS, "--needled", "upper trapezius right", "--hours", "6"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("‼ EMERGENCY")
    assert said.index("Call your local emergency number now.") < said.index("Why")


def test_triage_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["triage", "no chest pain", "--needled", "soleus left", "--hours", "24", "--json"]
    assert main([*arguments, "--place", "GB"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["decision"] == "ask"
    assert told["denied"] == ["chest_pain"]
    assert "999" in " ".join(told["say"])
    assert main([*arguments, "--sign", "chest pain=yes"]) == 0
    assert json.loads(capsys.readouterr().out)["decision"] == "emergency"


@pytest.mark.parametrize("text", [[], [""], ["???"], ["blorp"]])
def test_no_text_is_an_error(text: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["triage", *text, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["decision"] == "ask"
    assert told["ask"]


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--needled", "blorp right"], "needled"),
        (["--hours", "-1"], "hours"),
        (["--hours", "nan"], "hours"),
        (["--sign", "blorp=yes"], "sign"),
        (["--sign", "chest pain"], "sign"),
        (["--place", "Elsewhere"], "place"),
    ],
)
def test_wrong_input_is_one_sentence_and_exit_2(
    arguments: list[str], word: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["triage", "sore", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"tautband: {word}")
    assert captured.err.count("\n") == 1


def test_practitioner_is_readable_and_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    who = ["practitioner", "--profession", "physical therapist", "--jurisdiction", "US-VA"]
    assert main([*who, "--student", "--on", "2026-12-01"]) == 0
    assert "do not needle" in capsys.readouterr().out
    assert main([*who, "--hours", "60", "--json", "--on", "2026-12-01"]) == 0
    assert json.loads(capsys.readouterr().out)["decision"] == "precaution"
    assert main(["practitioner", "--profession", "wizard", "--jurisdiction", "US-VA"]) == 0
    assert "Not established" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["--hours", "-5"], ["--hours", "nan"], ["--on", "soon"]])
def test_practitioner_refuses_nonsense(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    who = ["practitioner", "--profession", "physical therapist", "--jurisdiction", "US-VA"]
    assert main([*who, *arguments]) == 2
    assert capsys.readouterr().err.startswith("tautband: ")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("--profession", "", "--jurisdiction", "US-VA"), "profession: is empty"),
        (("--profession", "physical therapist", "--jurisdiction", " "), "jurisdiction: is empty"),
        (("--profession", "x", "--jurisdiction", "IE", "--hours", "inf"), "hours: is inf"),
    ],
)
def test_a_question_about_nobody_is_refused(
    wrong: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["practitioner", *wrong]) == 2
    out, err = capsys.readouterr()
    assert (out, said in err) == ("", True)


@pytest.mark.parametrize("whole", ["trapezius", "traps R", "UT (L)", "left trapezius"])
def test_a_whole_muscle_counts_as_its_strictest_part(
    whole: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["triage", "sore", "--needled", whole, "--hours", "6", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert main(["triage", "sore", "--needled", "upper trapezius", "--hours", "6", "--json"]) == 0
    assert set(told["zones"]) >= set(json.loads(capsys.readouterr().out)["zones"])
