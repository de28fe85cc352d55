"""``tautband forecast``: what it prints, what it draws, and how it refuses."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tautband.cli import main

EXAMPLE = Path(__file__).parents[2] / "examples" / "course.json"
Captured = pytest.CaptureFixture[str]


def told(capsys: Captured, *arguments: str) -> str:
    assert main(["forecast", *arguments]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def changed(tmp_path: Path, **fields: Any) -> str:
    course = json.loads(EXAMPLE.read_text("utf-8"))
    for name, value in fields.items():
        if value is ...:
            del course[name]
        else:
            course[name] = value
    path = tmp_path / "course.json"
    path.write_text(json.dumps(course), "utf-8")
    return str(path)


def test_the_example_reads_well(capsys: Captured) -> None:
    out = told(capsys, str(EXAMPLE))
    for part in ("synthetic", "▲", "•", "if sessions go on", "in 10", "For the patient", "rule-"):
        assert part in out
    assert max(len(line) for line in out.splitlines()) <= 101


def test_sentences_have_no_false_precision(capsys: Captured) -> None:
    answer = json.loads(told(capsys, str(EXAMPLE), "--json"))
    for said in (*answer["sentences"]["clinician"], *answer["sentences"]["patient"]):
        assert "%" not in said
        assert not re.search(r"\d\.\d\d", said)


def test_the_answer_has_the_documented_fields(capsys: Captured) -> None:
    answer = json.loads(told(capsys, str(EXAMPLE), "--json"))
    docs = (EXAMPLE.parents[1] / "docs" / "course-format.md").read_text("utf-8")
    listed = docs.split("## The answer")[1]
    for field in answer:
        assert f"`{field}`" in listed or field == "schema", field
    assert answer["verdict"] in (
        "working",
        "too_early",
        "cannot_be_separated",
        "not_working",
    )
    chances = answer["p_important_change"]
    assert chances["if_continued"][0]["week"] == chances["if_stopped"][0]["week"]
    for one in (*chances["if_continued"], *chances["if_stopped"]):
        assert 0 <= one["p"] <= 1
    assert 0 <= answer["prior_share"] <= 1
    for name in ("fitted", "if_continued", "if_stopped"):
        for row in answer["curve"][name]:
            assert 0 <= row["low"] <= row["middle"] <= row["high"] <= 10
    assert answer["synthetic"] is True


def test_no_number_of_the_answer_is_finer_than_it_is_known(capsys: Captured) -> None:
    """Chances, shares and levels have one digit after the point at most."""
    answer = json.loads(told(capsys, str(EXAMPLE), "--json"))
    chances = answer["p_important_change"]
    known = [
        answer["prior_share"],
        answer["prior_share_of_change"],
        answer["p_benefit"]["p"],
        chances["now"]["p"],
        *(one["p"] for way in ("if_continued", "if_stopped") for one in chances[way]),
        *answer["change_so_far"].values(),
        *answer["benefit_of_usual_course"].values(),
        *(
            row[end]
            for curve in answer["curve"].values()
            for row in curve
            for end in ("low", "middle", "high")
        ),
    ]
    assert all(value == round(value, 1) for value in known)


@pytest.mark.parametrize("name", ["course.png", "course.svg"])
def test_a_picture_is_drawn(capsys: Captured, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    told(capsys, str(EXAMPLE), "--picture", str(path))
    if name.endswith("png"):
        with Image.open(path) as picture:
            assert picture.width > 600
    else:
        text = path.read_text("utf-8")
        assert text.startswith("<svg")
        assert "if they stop" in text


@pytest.mark.parametrize(
    "fields",
    [
        {"sessions": []},
        {"sessions": ...},
        {"scores": [{"day": 0, "value": 5}]},
        {"scores": [{"day": 9, "value": 5}, {"day": 0, "value": 6}]},
        {"scores": [{"day": d, "value": 0} for d in range(60)]},
        {"scores": [{"day": d, "value": 10} for d in range(60)]},
        {"scores": [{"day": d, "value": 10 * (d % 2)} for d in range(60)]},
        {"planned_sessions": 1},
        {"today": 200},
        {"outcome": "ndi", "scores": [{"day": d, "value": 40 - d} for d in range(0, 40, 7)]},
        {
            "outcomes": [
                {
                    "outcome": "neck rotation",
                    "range": [30, 80],
                    "better": "higher",
                    "scores": [{"day": 0, "value": 45}, {"day": 21, "value": 60}],
                }
            ]
        },
    ],
)
def test_odd_courses_have_an_answer(
    capsys: Captured, tmp_path: Path, fields: dict[str, Any]
) -> None:
    answer = json.loads(told(capsys, changed(tmp_path, **fields), "--json"))
    assert "NaN" not in json.dumps(answer)
    assert told(capsys, changed(tmp_path, **fields))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"scores": []}, "scores: holds no score"),
        ({"scores": ...}, "scores: is missing"),
        ({"scores": [{"day": 0, "value": 11}]}, "scores[0].value: is 11. Expected 0 to 10"),
        ({"scores": [{"day": 0}]}, "scores[0].value: is missing"),
        ({"scores": [{"day": "x", "value": 1}]}, "scores[0].day: is 'x'. Expected a number"),
        ({"scores": [{"day": 0, "value": True}]}, "scores[0].value: is True"),
        ({"sessions": [{"day": 0, "needles": -1}]}, "sessions[0].needles: is -1"),
        ({"sessions": [{"day": 0, "needles": 1.5}]}, "sessions[0].needles: is 1.5"),
        ({"sessions": [{"needles": 1}]}, "sessions[0].day: is missing"),
        ({"sesions": []}, "Did you mean sessions?"),
        ({"outcome": "nrps"}, "Did you mean nprs?"),
        ({"outcome": ...}, "outcome: is missing"),
        ({"planned_sessions": 0}, "planned_sessions"),
        ({"important": 0}, "important"),
        ({"important": 12}, "important"),
        ({"today": -5}, "today"),
        ({"baseline_days": 30}, "baseline_days: is 30"),
        ({"step": 3}, "step"),
        ({"schema": "x"}, "schema"),
        ({"synthetic": "yes"}, "synthetic"),
    ],
)
def test_a_course_that_cannot_be_used_is_one_sentence(
    capsys: Captured, tmp_path: Path, fields: dict[str, Any], said: str
) -> None:
    assert main(["forecast", changed(tmp_path, **fields)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '{"outcome": NaN}', "\udcff"])
def test_what_is_no_course_is_refused(capsys: Captured, tmp_path: Path, text: str) -> None:
    path = tmp_path / "course.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert main(["forecast", str(path)]) == 2
    assert capsys.readouterr().err.startswith("tautband: ")


def test_a_file_that_is_not_there(capsys: Captured, tmp_path: Path) -> None:
    assert main(["forecast", str(tmp_path / "none.json")]) == 2
    assert main(["forecast", str(EXAMPLE), "--picture", str(tmp_path / "x.gif")]) == 2
    assert main(["forecast", str(EXAMPLE), "--picture", str(tmp_path / "no" / "x.png")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 3
