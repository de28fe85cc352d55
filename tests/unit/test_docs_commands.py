"""Every command of the documentation runs, and every link between its pages leads somewhere."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from tautband.cli import main

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
# A command in an indented or fenced block: two spaces and "#" begin a remark, many spaces a text.
_COMMAND = re.compile(r"^(?: {4,}|```\s*)?(?:\.venv/bin/)?tautband (?P<rest>[a-z].*)$", re.M)
_REMARK = re.compile(r"\s{2,}(?:#.*|[^-\s\"'].*)?$")
_INSTALLATION = ("audit", "backup", "clinic", "keys", "people", "restore")
_OPTIONAL = re.compile(r"\s+\[[^\]]*\]")  # what a page writes in brackets may be left out
_LINK = re.compile(r"\]\((?P<to>[^)\s]+)\)")
_PAGE = re.compile(r"`(?P<to>(?:\.\./)?[\w/-]+\.md)`")


def commands() -> list[str]:
    found = [
        _OPTIONAL.sub("", _REMARK.sub("", match["rest"])).partition(" > ")[0]
        for page in PAGES
        for match in _COMMAND.finditer(page.read_text("utf-8"))
    ]
    return list(dict.fromkeys(found))


def runs_quickly(command: str) -> bool:
    """Not the server, nor the minutes of a validation, nor a review that a person must fill in.

    What opens an installation has tests of its own, in `tests/clinic`.
    """
    return not command.startswith(("serve", "demo", "validate", "atlas review add", *_INSTALLATION))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that holds the files which the documentation names."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    shutil.copy(ROOT / "examples/answers.json", tmp_path / "answers.json")
    rows = ["study,n1,mean1,sd1,n2,mean2,sd2", "A,20,3,1,20,4,1.5", "B,22,2.5,1.2,21,3,1.1"]
    (tmp_path / "table.csv").write_text("\n".join(rows), "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_commands_are_found() -> None:
    first_words = {command.split()[0] for command in commands()}
    assert first_words >= {
        "locate", "examine", "presentations", "atlas", "screen", "plan", "depth", "triage",
        "practitioner", "evidence", "validate", "serve", "demo",
    }  # fmt: skip


@pytest.mark.parametrize("command", [c for c in commands() if runs_quickly(c)])
def test_a_command_of_the_documentation_runs(
    command: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(shlex.split(command)) == 0, capsys.readouterr().err
    assert capsys.readouterr().out or any(folder.iterdir())


@pytest.mark.parametrize("command", [c for c in commands() if not runs_quickly(c)])
def test_a_slow_command_is_at_least_understood(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main([*shlex.split(command), "--help"])
    assert left.value.code == 0
    assert capsys.readouterr().out.startswith("usage: tautband")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files(page: Path) -> None:
    text = page.read_text("utf-8")
    for match in [*_LINK.finditer(text), *_PAGE.finditer(text)]:
        to = match["to"].partition("#")[0]
        if to and not re.match(r"[a-z]+:", to):
            places = (page.parent / to, ROOT / to, ROOT / "docs" / to)
            assert any(place.exists() for place in places), to
