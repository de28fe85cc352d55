"""The command line: what it prints, and how it refuses."""

import json
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tautband.body.drawing import Mark, Quality, from_regions, to_json
from tautband.body.regions import load_regions
from tautband.cli import main
from tests.unit.care.shape import as_documented

TABLE = load_regions()
SENTENCE = "deep ache in the front of the right shoulder running down the outside of the arm"
DRAWING = to_json(
    from_regions(TABLE, [Mark("shoulder_anterior:right", 6, Quality.ACHE)], answered=True)
)

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A good drawing."""
    path = tmp_path / "drawing.json"
    path.write_text(json.dumps(DRAWING), "utf-8")
    return path


def told(capsys: Captured, *arguments: str) -> str:
    """What a command that works prints."""
    assert main(arguments) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert out.endswith("\n")
    return out


def answer(capsys: Captured, *arguments: str) -> Any:
    return as_documented(json.loads(told(capsys, "locate", "--json", *arguments)))


def test_words_are_ranked_in_a_table(capsys: Captured) -> None:
    out = told(capsys, "locate", SENTENCE)
    for part in ("Understood", "Infraspinatus, right", "█", "%", "explains:", "at risk:"):
        assert part in out
    assert "Not explained by anything here:" in out
    assert "not a decision" in out


def test_a_record_fits_the_terminal(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = told(capsys, "atlas", "show", "infraspinatus").splitlines()
    assert [line for line in lines if len(line) > 80 and "http" not in line] == []


def test_json_has_the_documented_shape(capsys: Captured) -> None:
    found = answer(capsys, SENTENCE)
    assert found.understood
    assert "infraspinatus" in [c.muscle for c in found.candidates[:3]]


def test_a_drawing_is_read_from_a_file(capsys: Captured, file: Path) -> None:
    found = answer(capsys, "--drawing", str(file))
    assert found.candidates
    assert found.understood == []


def test_regions_are_taken_on_the_command_line(capsys: Captured) -> None:
    found = answer(capsys, "--region", "shoulder_anterior:right=6", "--region", "temple:left=0")
    assert found.candidates[0].side == "right"


def test_a_finding_moves_its_muscle(capsys: Captured) -> None:
    def chance(*finding: str) -> float:
        (own,) = (
            c.probability
            for c in answer(capsys, SENTENCE, *finding).candidates
            if (c.muscle, c.side) == ("infraspinatus", "right")
        )
        return float(own)

    present = chance("--finding", "infraspinatus right: familiar pain")
    absent = chance("--finding", "infraspinatus right: no familiar pain")
    assert present > chance() > absent
    more = ("--finding", "infraspinatus right: taut band")
    assert chance("--finding", "infraspinatus right: familiar pain", *more) > present


def test_a_red_flag_comes_before_the_ranking(capsys: Captured) -> None:
    out = told(capsys, "locate", "--region", "sternum_upper:left=9")
    assert out.index("SEVERE PAIN IN THE MIDDLE OF THE CHEST") < out.index("Trigger points")


@pytest.mark.parametrize("sex", [None, "female", "male"])
def test_a_picture_is_saved(capsys: Captured, file: Path, sex: str | None) -> None:
    path = file.with_name("out.png")
    more = ("--sex", sex) if sex else ()
    told(capsys, "locate", "--drawing", str(file), "--picture", str(path), *more)
    with Image.open(path) as picture:
        assert picture.format == "PNG"
        assert picture.width > picture.height > 300
        colours = np.asarray(picture.convert("RGB")).astype(int)
    columns = colours.transpose(1, 0, 2)
    red = np.array([(c[:, 0] > c[:, 2] + 90).any() for c in columns])
    blue = np.array([(c[:, 2] > c[:, 0] + 60).any() for c in columns])
    quarter = picture.width // 4
    assert red[:quarter].any()  # the drawing, in front
    assert blue[2 * quarter :].any()  # the first candidate's zone
    assert not blue[:quarter].any()


def test_a_record_is_shown_with_its_sources(capsys: Captured) -> None:
    out = told(capsys, "atlas", "show", "infraspinatus")
    for part in ("Musculus infraspinatus", "Origin", "Trigger point 1", "Referral, main", "[1]"):
        assert part in out
    assert told(capsys, "atlas", "show", "Infraspinatus") == out


def test_a_record_is_shown_as_json(capsys: Captured) -> None:
    data = json.loads(told(capsys, "atlas", "show", "--json", "infraspinatus"))
    assert data["id"] == "infraspinatus"
    assert data["referral"][0]["sources"]


def test_the_atlas_is_listed_by_area(capsys: Captured) -> None:
    from tautband.atlas.load import read_muscles

    out = told(capsys, "atlas", "list")
    words = out.split()
    for muscle in read_muscles().values():
        assert muscle.id in words
        assert muscle.name in out
    assert out.index("Back") < out.index("Neck")


def test_the_regions_are_listed(capsys: Captured) -> None:
    out = told(capsys, "regions")
    assert f"{len(TABLE)} regions" in out
    assert all(region in out for region in TABLE.ids)
    data = json.loads(told(capsys, "regions", "--json"))
    assert data["body"] == TABLE.surface.version
    assert [f"{r['id']}:{r['side']}" for r in data["regions"]] == list(TABLE)
    assert all(r["area_cm2"] > 0 for r in data["regions"])


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["locate", "--help"]])
def test_help_and_version(capsys: Captured, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 0
    assert "tautband" in capsys.readouterr().out


def test_the_version_is_that_of_the_project(capsys: Captured) -> None:
    project = tomllib.loads(Path(__file__).parents[2].joinpath("pyproject.toml").read_text("utf-8"))
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"tautband {project['project']['version']}\n"


# What is wrong with it, and what the sentence must name: the slip and what would be right.


def refused(capsys: Captured, *arguments: str) -> str:
    """The one sentence of a refusal; nothing on stdout."""
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("tautband: ")
    assert err.count("\n") == 1
    assert "Traceback" not in err
    assert len(err) < 700
    return err


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["locate", ""], []),
        (["locate", "   "], []),
        (["locate", "qwfp zxcv brst arst pain in the shoulder blorf neio"], ["understood"]),
        (["locate"], ["needs words or a drawing", "--drawing FILE"]),
        (["locate", SENTENCE, "--region", "temple:left=4"], ["words or a drawing"]),
        (["locate", SENTENCE, "--finding", "infraspinatis right: taut band"], ["infraspinatus"]),
        (["locate", SENTENCE, "--finding", "infraspinatus right: purple"], ["taut band"]),
        (["locate", SENTENCE, "--finding", "infraspinatus"], ["'infraspinatus' cannot be read"]),
        (["locate", "--region", "shoulder_anterio:right=5"], ["shoulder_anterior:right"]),
        (["locate", "--region", "shoulder_anterior=5"], ["shoulder_anterior:right"]),
        (["locate", "--region", "temple:left=11"], ["11", "0 to 10"]),
        (["locate", "--region", "temple:left"], ["temple:left", "0..10"]),
        (["locate", "--region", "temple:left=much"], ["much", "0..10"]),
        (["locate", "--region", "temple:left=-1"], ["-1", "0..10"]),
        (["locate", "--region", "temple:left=²"], ["²", "0..10"]),
        (["locate", "--region", "temple:left=0"], ["at least one painful place"]),
        (["atlas", "show", "infraspinatis"], ["'infraspinatis'", "infraspinatus"]),
        (["atlas", "show", "gluteus minimus"], ["gluteus_minimus_posterior"]),
        (["atlas", "show", ""], ["not in the atlas"]),
    ],
)
def test_wrong_words_are_refused(capsys: Captured, arguments: list[str], named: list[str]) -> None:
    sentence = refused(capsys, *arguments)
    for part in named:
        assert part in sentence


def mark(**changed: Any) -> bytes:
    data = json.loads(json.dumps(DRAWING))
    data["marks"][0] |= changed
    return json.dumps(data).encode()


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"", ["not JSON"]),
        (b"{", ["not JSON", "tautband.drawing/1"]),
        (b"\xff\xfe\x00", ["cannot be read"]),
        (b"[" * 200_000, ["not JSON"]),
        (b"[]", ["drawing", "tautband.drawing/1"]),
        (b"{}", ["drawing.schema", "tautband.drawing/1"]),
        (b"NaN", ["drawing"]),
        (mark(intensity=11), ["drawing.marks[0].intensity", "11", "1 to 10"]),
        (mark(quality="itchy"), ["drawing.marks[0].quality", "itchy", "ache"]),
        (mark(vertices=[0, 10**9]), ["drawing.marks[0].vertices"]),
        (
            json.dumps(DRAWING | {"body": "body-000000000000"}).encode(),
            ["drawing.body", "body-000000000000", TABLE.surface.version],
        ),
        (json.dumps(DRAWING | {"marks": []}).encode(), ["no pain"]),
    ],
    ids=range(12),
)
def test_wrong_drawings_are_refused(
    capsys: Captured, tmp_path: Path, content: bytes, named: list[str]
) -> None:
    path = tmp_path / "drawing.json"
    path.write_bytes(content)
    sentence = refused(capsys, "locate", "--drawing", str(path))
    for part in named:
        assert part in sentence


def test_fifty_megabytes_are_refused_without_reading_them(
    capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "large.json"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)  # a sparse file
    read = Path.read_text

    def small_only(self: Path, *arguments: Any, **more: Any) -> str:
        assert self != path
        return read(self, *arguments, **more)

    monkeypatch.setattr(Path, "read_text", small_only)
    assert "1 MB" in refused(capsys, "locate", "--drawing", str(path))


@pytest.mark.parametrize("name", ["nowhere.json", "."])
def test_a_file_that_cannot_be_read_is_named(capsys: Captured, tmp_path: Path, name: str) -> None:
    sentence = refused(capsys, "locate", "--drawing", str(tmp_path / name))
    assert "cannot be read" in sentence
    assert str(tmp_path) in sentence


@pytest.mark.parametrize(
    ("name", "named"),
    [("out.jpg", "ends in .png"), ("nowhere/out.png", "a folder that exists")],
)
def test_a_picture_that_cannot_be_saved_is_refused_before_any_answer(
    capsys: Captured, tmp_path: Path, name: str, named: str
) -> None:
    assert named in refused(capsys, "locate", SENTENCE, "--picture", str(tmp_path / name))
    assert list(tmp_path.iterdir()) == []


def test_wrong_input_leaves_no_picture(capsys: Captured, tmp_path: Path) -> None:
    path = tmp_path / "out.png"
    refused(capsys, "locate", "", "--picture", str(path))
    refused(capsys, "locate", SENTENCE, "--finding", "x", "--picture", str(path))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments", [[], ["dance"], ["locate", "--sex", "other"], ["atlas"], ["locate", "--finding"]]
)
def test_a_wrong_command_is_refused_with_the_usage(capsys: Captured, arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "usage: tautband" in err
