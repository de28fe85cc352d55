"""``tautband record``: what it writes, and what it refuses in one sentence."""

import json
import uuid
from pathlib import Path

import pytest

from tautband.cli import main
from tests.clinic.cast import Cast
from tests.clinic.record import made


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's database is open already."""
    monkeypatch.setattr("tautband.clinic.start.open_installation", lambda: None)


def test_export(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    patient = made.patient(made.seat(cast, "clinician"), is_synthetic=True)
    assert main(["record", "export", "--patient", str(patient.pk)]) == 0
    assert json.loads(capsys.readouterr().out)["synthetic"] is True
    for name in ("a.json", "a.pdf"):
        path = tmp_path / name
        assert main(["record", "export", "--patient", str(patient.pk), "--to", str(path)]) == 0
        assert path.stat().st_mode & 0o077 == 0
    assert main(["record", "finish-erasures"]) == 0


def test_refusals(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "there.pdf").touch()
    nobody = str(uuid.uuid4())
    for arguments, says in (
        (["--patient", "7"], "'7' is no id"),
        (["--patient", nobody], "is not in this installation"),
        (["--patient", nobody, "--to", "x.txt"], "no known form"),
        (["--patient", nobody, "--to", str(tmp_path / "there.pdf")], "exists"),
        (["--patient", nobody, "--to", str(tmp_path / "no" / "a.pdf")], "does not exist"),
    ):
        assert main(["record", "export", *arguments]) == 2
        assert says in capsys.readouterr().err
