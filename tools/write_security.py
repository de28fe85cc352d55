"""Write the table of requirements into docs/security.md; with `--check`, say whether it is current.

The data are docs/security/asvs.toml: which requirements of OWASP ASVS 5.0.0 apply, and by what each
is met.  `missing` says which of the tests, settings and sections that it names do not exist.
"""

import ast
import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from tools.marked import filled

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "docs" / "security" / "asvs.toml"
TARGET = ROOT / "docs" / "security.md"
SETTINGS = ROOT / "src" / "tautband" / "clinic" / "settings.py"
State = Literal["met", "partly", "not met", "installation"]
WORDS: dict[State, str] = {
    "met": "met",
    "partly": "**partly**",
    "not met": "**not met**",
    "installation": "left to the installation",
}
CHAPTERS = {
    1: "Encoding", 2: "Validation and the order of the work", 3: "The browser", 4: "HTTP and API",
    5: "Files", 6: "Signing in", 7: "Sessions", 8: "Who may do what", 9: "Signed tokens",
    11: "Ciphers", 12: "Transport", 13: "Configuration", 14: "Data", 15: "Code and parts of others",
    16: "Logs and faults",
}  # fmt: skip


class Requirement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One that applies: what it asks in our words, how it stands, and what shows it."""

    id: str
    level: Literal[1, 2]
    state: State
    about: str
    by: tuple[str, ...]
    note: str = ""

    def __post_init__(self) -> None:
        if self.state == "met" and not self.by:
            raise ValueError(f"{self.id} is said to be met by nothing")
        if self.state != "met" and not self.note:
            raise ValueError(f"{self.id} is not met, and does not say what is missing")

    @property
    def chapter(self) -> int:
        """The number of its chapter."""
        return int(self.id.removeprefix("V").split(".")[0])


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Requirements that do not apply, for one reason."""

    why: str
    level_1: tuple[str, ...]
    level_2: tuple[str, ...]


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All requirements of the two levels."""

    requirements: tuple[Requirement, ...]
    not_applicable: tuple[Group, ...]

    def ids(self, level: int) -> list[str]:
        """The ids of a level, in no order; one that stands twice is there twice."""
        found = [one.id for one in self.requirements if one.level == level]
        for group in self.not_applicable:
            found += group.level_1 if level == 1 else group.level_2
        return found


def load() -> Table:
    """The data; raises msgspec.ValidationError for what does not fit."""
    return msgspec.toml.decode(SOURCE.read_bytes(), type=Table)


def missing(named: str) -> str | None:
    """What is wrong with a name that `by` holds, or None when the thing is there."""
    kind, _, rest = named.partition(":")
    if kind == "setting":
        return None if rest in _settings() else "is no setting"
    if kind == "document":
        path, _, heading = rest.partition("#")
        return None if heading in _headings(path) else "is no section of that document"
    path, _, test = named.partition("::")
    return None if test in _tests(path) else "is no test"


@cache
def _settings() -> frozenset[str]:
    found = set()
    for node in ast.walk(ast.parse(SETTINGS.read_text("utf-8"))):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
    return frozenset(found)


@cache
def _headings(path: str) -> frozenset[str]:
    text = (ROOT / path).read_text("utf-8")
    return frozenset(re.findall(r"^#+ (.+)$", text, re.MULTILINE))


@cache
def _tests(path: str) -> frozenset[str]:
    file = ROOT / path
    if not path.startswith("tests/") or not file.is_file():
        return frozenset()
    tree = ast.parse(file.read_text("utf-8"))
    return frozenset(
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def _shown(named: str) -> str:
    kind, _, rest = named.partition(":")
    if kind == "setting":
        return f"setting `{rest}`"
    if kind == "document":
        path, _, heading = rest.partition("#")
        return f"*{heading}*" + ("" if path == "docs/security.md" else f" of {path}")
    path, _, test = named.partition("::")
    return f"`{Path(path).name.removesuffix('.py')}::{test}`"


def table(found: Table) -> str:
    """The part of the document that is made from the data."""
    counts = Counter(one.state for one in found.requirements)
    away = sum(len(group.level_1) + len(group.level_2) for group in found.not_applicable)
    said = ", ".join(f"{counts[state]} {WORDS[state]}" for state in WORDS)
    lines = [
        f"Of {len(found.ids(1))} requirements of level 1 and {len(found.ids(2))} of level 2: "
        f"{said}, {away} do not apply.",
    ]
    for number, name in CHAPTERS.items():
        lines += ["", f"### V{number} {name}", "", "| id | level | asks that | state | shown by |"]
        lines += ["|---|---|---|---|---|"]
        for one in found.requirements:
            if one.chapter == number:
                shown = "; ".join(map(_shown, one.by))
                shown = " ".join(filter(None, [f"{shown}." if shown else "", one.note]))
                row = (one.id, str(one.level), one.about, WORDS[one.state], shown)
                lines.append(f"| {' | '.join(row)} |")
    lines += ["", "### What does not apply", ""]
    for group in found.not_applicable:
        lines.append(f"- {group.why} {', '.join((*group.level_1, *group.level_2))}.")
    return "\n".join(lines)


def document() -> str:
    """The whole document with the part made anew."""
    return filled(TARGET.read_text("utf-8"), {"asvs": table(load())})


def main() -> int:
    """Write or check; 1 when the document is out of date."""
    fresh = document()
    if "--check" in sys.argv:
        return int(TARGET.read_text("utf-8") != fresh)
    TARGET.write_text(fresh, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
