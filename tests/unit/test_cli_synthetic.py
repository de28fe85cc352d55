"""``tautband synthetic``: what it prints, writes and refuses."""

import json
from pathlib import Path

import pytest

from tautband.cli import main

Captured = pytest.CaptureFixture[str]


def told(capsys: Captured, *arguments: object) -> str:
    assert main(["synthetic", *map(str, arguments)]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def test_a_line_a_patient_and_first_of_all_that_they_are_made_up(capsys: Captured) -> None:
    lines = told(capsys, "--patients", 6, "--seed", 1).splitlines()
    assert lines[0].startswith("SYNTHETIC")
    assert [line[:4] for line in lines[-6:]] == [f"{n:04}" for n in range(1, 7)]


def test_forty_patients_unless_told_otherwise_and_the_same_each_time(capsys: Captured) -> None:
    first = told(capsys)
    assert len(first.splitlines()) == 44
    assert told(capsys) == first


def test_json_holds_seed_start_and_world(capsys: Captured) -> None:
    said = told(
        capsys, "--patients", 3, "--seed", 2, "--start", "2027-01-04", "--world", "no-benefit",
        "--json",
    )  # fmt: skip
    document = json.loads(said)
    assert document["synthetic"] is True
    assert document["seed"] == 2
    assert document["start"] == "2027-01-04"
    assert {p["world"] for p in document["patients"]} == {"no benefit"}


def test_files_go_into_a_new_folder(capsys: Captured, tmp_path: Path) -> None:
    assert "2 files" in told(capsys, "--patients", 2, "--out", tmp_path / "one")
    assert "7 files" in told(capsys, "--patients", 2, "--csv", tmp_path / "two")
    assert len(list((tmp_path / "two").iterdir())) == 7


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        (["--patients", "many"], "patients"),
        (["--patients", "0"], "patients"),
        (["--patients", "1000000"], "patients"),
        (["--seed", "-3"], "seed"),
        (["--seed", "x"], "seed"),
        (["--start", "tomorrow"], "start"),
        (["--start", "1066-10-14"], "start"),
        (["--world", "rosy"], "world"),
        (["--csv", ""], "csv"),
    ],
)
def test_bad_input_is_one_clear_sentence(
    capsys: Captured, arguments: list[str], field: str
) -> None:
    assert main(["synthetic", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"tautband: {field}")
    assert err.count("\n") == 1


def test_a_folder_with_something_in_it_stays_as_it_is(capsys: Captured, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    assert main(["synthetic", "--patients", "2", "--out", str(tmp_path)]) == 2
    assert "not empty" in capsys.readouterr().err
    assert [p.name for p in tmp_path.iterdir()] == ["notes.txt"]


def test_a_file_in_place_of_a_folder_is_refused(capsys: Captured, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert main(["synthetic", "--csv", str(tmp_path / "file")]) == 2
    assert capsys.readouterr().err.startswith("tautband: csv")
