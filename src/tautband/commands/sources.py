"""Reasons and their sources as text."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tautband.commands.layout import paragraph, width

if TYPE_CHECKING:
    from tautband.safety.planning.reasons import Reason


MORE = "Sources, and everything to keep in mind in full: add --all."


class Marks:
    """Numbers the sources in the order in which they are first used; cites none when ``brief``."""

    def __init__(self, *, brief: bool = False) -> None:
        self.brief = brief
        self._number: dict[str, int] = {}

    def cite(self, keys: Iterable[str]) -> str:
        """`` [1] [2]``, or nothing."""
        if self.brief:
            return ""
        numbers = [self._number.setdefault(key, len(self._number) + 1) for key in keys]
        return "".join(f" [{number}]" for number in numbers)

    def list(self) -> list[str]:
        """The sources, numbered, with how far each was read."""
        from tautband.base.sources import bibliography

        if self.brief:
            return [MORE]
        known = bibliography()
        return [
            paragraph(
                f"[{number}] {known[key].citation} {known[key].url} (read: {known[key].seen})",
                "",
                "    ",
            )
            for key, number in self._number.items()
            if key in known
        ]


def reason_lines(reasons: Sequence["Reason"], marks: Marks, indent: str = "  ") -> list[str]:
    """One paragraph a reason: what it decides, why, its id and its sources."""
    lines = []
    for reason in reasons:
        basis = f"{reason.confidence}{marks.cite(reason.sources)}; {reason.id}"
        lines.append(paragraph(f"{reason.decision.words}: {reason.why} ({basis})", indent, "  "))
    return lines


def mild_lines(reasons: Sequence["Reason"], marks: Marks, indent: str = "  ") -> list[str]:
    """Precautions: in full, or one line each when brief."""
    if not marks.brief:
        return reason_lines(reasons, marks, indent)
    room = width() - len(indent) - 2
    return [f"{indent}- {shortened(reason.why, room)}" for reason in reasons]


def shortened(text: str, room: int) -> str:
    """The text, or as many whole words as fit, with an ellipsis."""
    if len(text) <= room:
        return text
    return text[: room - 1].rsplit(" ", 1)[0].rstrip(",;:.") + "…"
