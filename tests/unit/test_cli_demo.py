"""The demonstration never touches a folder or a database that it did not make."""

from pathlib import Path

import pytest

from tautband.cli import main


def test_a_folder_with_something_else_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tautband.sqlite3").write_text("a clinic's record")
    for more in ([], ["--fresh"]):
        assert main(["demo", "--data", str(tmp_path), *more]) == 2
        assert str(tmp_path) in capsys.readouterr().err
    assert (tmp_path / "tautband.sqlite3").read_text() == "a clinic's record"


def test_a_database_of_its_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://clinic@localhost/clinic")
    assert main(["demo"]) == 2
    assert "DATABASE_URL" in capsys.readouterr().err
