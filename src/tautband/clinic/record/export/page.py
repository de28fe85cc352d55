"""What puts a record into words: names, times, and the blocks that the template sets."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from tautband.clinic import catalogue

Block = dict[str, Any]
Row = dict[str, Any]


class Page:
    """What is needed to put a record into words: its rows, names, and the clinic's time."""

    def __init__(self, record: dict[str, Any], shown: Iterable[str], locale: str) -> None:
        self.record = record
        self.rows: dict[str, list[Row]] = record["rows"]
        self.shown = frozenset(shown)
        self._locale = locale
        self._zone = ZoneInfo(record["clinic"]["time_zone"])
        self._people: dict[str, str] = record["people"]

    def t(self, message: str, **values: Any) -> str:
        """A text of the catalogue, whose ids begin with record-pdf-."""
        return catalogue.text(f"record-pdf-{message}", self._locale, **values)

    def head(self, *messages: str) -> tuple[str, ...]:
        """The head of a table; an empty name is an empty cell."""
        return tuple(self.t(one) if one else "" for one in messages)

    def who(self, person: str | None) -> str:
        """The name of a person by id; nobody is the program itself."""
        if not person:
            return self.t("the-system")
        return self._people.get(person, "") or self.t("nameless")

    def when(self, time: str | None) -> str:
        """A moment in the clinic's time, with its zone."""
        if not time:
            return ""
        at = datetime.fromisoformat(time).astimezone(self._zone)
        return f"{at:%Y-%m-%d %H:%M} {at.tzname()}"

    def amount(self, value: float | None, unit: str) -> str:
        """A number with its unit."""
        return self.t("not-taken") if value is None else f"{round(value, 2):g} {unit}".strip()

    def twitches(self, count: int | None) -> str:
        """Local twitch responses; not assessed is not 0."""
        return self.t("not-assessed") if count is None else str(count)

    def answer(self, value: Any) -> str:
        """An answer as text; an empty list was answered with none."""
        if isinstance(value, list):
            return ", ".join(map(str, value)) or self.t("none")
        return str(value)

    def of(self, kind: str, **parents: str) -> list[Row]:
        """Rows of a kind that belong to a parent."""
        return [
            row for row in self.rows[kind] if all(row[name] == key for name, key in parents.items())
        ]


def part(text: str) -> Block:
    """A part of the record."""
    return {"kind": "part", "text": text}


def heading(text: str) -> Block:
    """A heading within a part."""
    return {"kind": "heading", "text": text}


def paragraph(text: str) -> Block:
    """Text as it was signed."""
    return {"kind": "text", "text": text}


def remark(text: str, sticky: bool = False) -> Block:
    """A remark in small print."""
    return {"kind": "remark", "text": text, "sticky": sticky}


def facts(*rows: tuple[str, Any]) -> Block:
    """What is known, one line each; what is empty is left out, and the template says so of all."""
    told = [[label, str(value)] for label, value in rows if value not in (None, "")]
    return {"kind": "facts", "rows": told}


def listing(title: str, head: Sequence[str], rows: Iterable[Sequence[Any]]) -> list[Block]:
    """A table with its heading, or nothing when it has no rows."""
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    if not cells:
        return []
    table = {"kind": "table", "head": list(head), "rows": cells}
    return [heading(title), table] if title else [table]


def words(code: str | None) -> str:
    """A code as words."""
    return (code or "").replace("_", " ")


def pain(value: float | None) -> str:
    """A figure of the scale, empty when it was not asked."""
    return "" if value is None else f"{value:g}"


def needle_size(needle: Row | None) -> str:
    """Length and thickness."""
    if needle is None or needle["length_mm"] is None:
        return ""
    gauge = f" x {needle['gauge_mm']:g}" if needle["gauge_mm"] else ""
    return f"{needle['length_mm']:g}{gauge} mm"


def made_by(versions: dict[str, Any]) -> str:
    """Versions in a line."""
    return ", ".join(f"{name} {value}" for name, value in sorted(versions.items()))
