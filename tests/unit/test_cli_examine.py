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
    assert "if tender spot in band and familiar pain" in told
    assert "not a decision" in told


def test_examine_as_json_has_the_documented_fields(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["examine", SHOULDER, "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    told = {"schema", "red_flags", "next", "stop", "plan", "not_proposed", "bound", "setting"}
    assert set(answer) == told
    assert answer["schema"] == "tautband.examine/2"
    assert answer["stop"] is None
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


CERTAIN = [f"infraspinatus right: {s}" for s in ("tender spot in band", "familiar pain")]


def test_examine_says_stop_and_why(capsys: pytest.CaptureFixture[str]) -> None:
    more = [f"infraspinatus right: {s}" for s in ("referred pain", "painful test", "weak")]
    more += [f"infraspinatus right: {s}" for s in ("limited movement", "local twitch response")]
    more += [f"{m} right: no familiar pain" for m in ("supraspinatus", "scalenes")]
    more += ["supraspinatus right: no tender spot", "scalenes right: no tender spot"]
    more += ["hawkins right: negative"]
    given = [part for line in (*CERTAIN, *more) for part in ("--finding", line)]
    assert main(["examine", SHOULDER, *given]) == 0
    told = capsys.readouterr().out
    assert "Stop here" in told
    assert "the plan would stay" in " ".join(told.split())
    assert "Infraspinatus right" in told


@pytest.mark.parametrize("command", ["locate", "examine"])
@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--presentation", "tenis elbow"], "Did you mean lateral_epicondylalgia"),
        (["--treated", "infraspinatus right: magic"], "no response"),
        (["--treated", "infraspinatis right: same"], "infraspinatus"),
        (["--finding", "phalen right: maybe"], "no result"),
    ],
)
def test_what_cannot_be_used_exits_with_2(
    capsys: pytest.CaptureFixture[str], command: str, more: list[str], said: str
) -> None:
    assert main([command, SHOULDER, *more]) == 2
    refused = capsys.readouterr()
    assert refused.out == ""
    assert said in refused.err


def test_locate_tells_priors_and_what_the_drawing_alone_says(
    capsys: pytest.CaptureFixture[str],
) -> None:
    given = [part for line in CERTAIN for part in ("--finding", line)]
    more = ["--presentation", "impingement", "--sex", "female", "--why", *given]
    assert main(["locate", SHOULDER, *more]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "Presentation: Shoulder impingement" in told
    assert "from the drawing alone" in told
    assert "before drawing and findings" in told
    assert "odds x" in told
    assert main(["locate", SHOULDER]) == 0
    bare = capsys.readouterr().out
    assert "prior:" not in bare
    assert "from the drawing alone" not in bare


def test_without_assumed_findings_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    given = [part for line in CERTAIN for part in ("--finding", line)]

    def chance(*more: str) -> float:
        assert main(["locate", SHOULDER, "--json", *more]) == 0
        answer = json.loads(capsys.readouterr().out)
        return float(answer["candidates"][0]["probability"])

    assert chance(*given, "--without-assumed-findings") == chance()
    assert chance(*given) > chance()
    assert main(["locate", SHOULDER, "--without-assumed-findings", *given]) == 0
    assert "nobody measured are not weighed" in capsys.readouterr().out


def test_presentations_are_listed_and_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["presentations"]) == 0
    listed = capsys.readouterr().out
    assert "lateral_epicondylalgia" in listed
    assert "tennis elbow" in listed
    assert main(["presentations", "tennis elbow"]) == 0
    shown = capsys.readouterr().out
    for part in ("Lateral epicondylalgia", "Must not be missed", "Not known", "[1]", "seen:"):
        assert part in shown
    assert main(["presentations", "heel pain", "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["schema"] == "tautband.presentation/1"
    assert record["prevalence"]
    assert main(["presentations", "tenis elbow"]) == 2
    assert "Did you mean" in capsys.readouterr().err


def test_audit_lists_every_record(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["atlas", "audit", "--json"]) == 0
    records = json.loads(capsys.readouterr().out)["records"]
    assert main(["atlas", "audit"]) == 0
    told = capsys.readouterr().out
    assert len(records) > 100
    assert all(record["id"] in told for record in records)
