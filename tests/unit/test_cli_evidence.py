"""``tautband evidence``: what it prints, draws and refuses."""

import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tautband.cli import main
from tautband.evidence.sheets import load_sheets

Captured = pytest.CaptureFixture[str]
TABLE = """study,n1,mean1,sd1,n2,mean2,sd2
A,40,3.2,2.0,40,3.2,2.3
B,20,2.4,2.5,21,4.9,2.1
C,30,3,2,29,3.9,2
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.csv"
    path.write_text(TABLE, "utf-8")
    return path


def told(capsys: Captured, *arguments: str) -> str:
    assert main(["evidence", *arguments]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def refused(capsys: Captured, *arguments: str) -> str:
    assert main(["evidence", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    return err


def as_json(capsys: Captured, *arguments: str) -> Any:
    return json.loads(told(capsys, *arguments, "--json"))


@pytest.mark.parametrize("measure", ["md", "smd"])
@pytest.mark.parametrize("method", ["reml", "dl", "pm"])
@pytest.mark.parametrize("test", ["hksj", "z"])
def test_a_pool_has_all_its_figures(
    capsys: Captured, table: Path, measure: str, method: str, test: str
) -> None:
    arguments = ["--measure", measure, "--method", method, "--test", test]
    found = as_json(capsys, "pool", "--input", str(table), *arguments)
    for key in ("estimate", "se", "ci", "tau2", "i2", "q", "prediction_interval", "k"):
        assert found[key] is not None
    assert found["k"] == 3
    assert found["ci"][0] < found["estimate"] < found["ci"][1]
    assert "Only 3 studies" in found["notes"][0]


def test_a_pool_reads_well_and_says_first_how_little_it_is(capsys: Captured, table: Path) -> None:
    out = told(capsys, "pool", "--input", str(table), "--measure", "smd", "--leave-one-out")
    assert out.startswith("Only 3 studies")
    for part in ("Hedges' g", "prediction interval", "■", "◆", "Without each study in turn"):
        assert part in out


@pytest.mark.parametrize("kind", ["forest", "funnel"])
def test_plots_are_written(capsys: Captured, table: Path, tmp_path: Path, kind: str) -> None:
    arguments = ["pool", "--input", str(table), "--measure", "md", f"--{kind}"]
    told(capsys, *arguments, str(tmp_path / "a.svg"))
    assert (tmp_path / "a.svg").read_text("utf-8").startswith("<svg")
    told(capsys, *arguments, str(tmp_path / "a.png"))
    with Image.open(tmp_path / "a.png") as picture:
        assert picture.width > 600
    assert "neither .svg nor .png" in refused(capsys, *arguments, str(tmp_path / "a.gif"))
    assert "cannot be written" in refused(capsys, *arguments, str(tmp_path / "no" / "a.svg"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("study,yi\n", "header: lacks vi"),
        ("study,yi,vi\nA,1,-1\n", "line 2, vi: is -1"),
        ("study,yi,vi\n", "table: has no studies"),
    ],
)
def test_tables_that_cannot_be_used(capsys: Captured, tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text, "utf-8")
    assert said in refused(capsys, "pool", "--input", str(path))


def test_files_that_cannot_be_read(capsys: Captured, tmp_path: Path) -> None:
    assert "cannot be read" in refused(capsys, "pool", "--input", str(tmp_path / "none.csv"))
    (tmp_path / "bytes.csv").write_bytes(b"\xff\xfe\x00")
    assert "not text" in refused(capsys, "pool", "--input", str(tmp_path / "bytes.csv"))


def test_sheets_for_both_readers(capsys: Captured) -> None:
    clinician = told(capsys, "sheet", "neck_pain")
    for part in ("Certainty:", "Published pools, as printed", "Not known", "risk of bias"):
        assert part in clinician
    patient = told(capsys, "sheet", "neck pain", "--patient")
    assert "Of 100 people" in patient
    assert "●" in patient
    assert as_json(capsys, "sheet", "neck_pain")["version"] == load_sheets()["neck_pain"].version


def test_sheets_refuse(capsys: Captured, tmp_path: Path) -> None:
    assert "has no evidence sheet" in refused(capsys, "sheet", "broken leg")
    path = str(tmp_path / "a.svg")
    assert "question: is 99" in refused(
        capsys, "sheet", "neck_pain", "--forest", path, "--question", "99"
    )


def test_claims(capsys: Captured) -> None:
    assert "non_invasive: contradicted" in told(capsys, "claim", "is it non-invasive?")
    assert "endorphins [not found]" in told(capsys, "claim")
    found = as_json(capsys, "claim", "non_invasive")
    assert found["verdict"] == "contradicted"
    assert found["found"][0]["source"]
    assert "not one that was checked" in refused(capsys, "claim", "cheese")


def test_list_and_check(capsys: Captured) -> None:
    out = told(capsys, "list")
    for part in ("neck_pain", "non_invasive", "sterling2015", "navarro_santana2020_neck"):
        assert part in out
    assert len(as_json(capsys, "list")["trials"]) >= 44
    out = told(capsys, "check")
    assert "1.56 is not the middle" in " ".join(out.split())
    assert as_json(capsys, "check")["findings"]
