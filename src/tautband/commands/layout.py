"""Plain text that is easy to read in a terminal."""

import shutil
import textwrap

NOTHING_CERTAIN = 0.5  # a bound from here up says nothing that anybody could use
_EIGHTHS = " ▏▎▍▌▋▊▉█"


def width() -> int:
    """Columns to write in: those of the terminal, at most 100."""
    return min(shutil.get_terminal_size((88, 24)).columns, 100)


def bar(share: float, cells: int = 20) -> str:
    """A share from 0 to 1 as a bar of so many cells, exact to an eighth of a cell."""
    eighths = round(max(0.0, min(share, 1.0)) * cells * 8)
    full, part = divmod(eighths, 8)
    drawn = "█" * full + (_EIGHTHS[part] if part else "")
    return drawn.ljust(cells)


def percent(share: float) -> str:
    """``62 %``; what is neither 0 nor 1 never reads as if it were."""
    if 0 < share < 0.01:
        return "<1 %"
    if 0.99 < share < 1:
        return ">99 %"
    return f"{share * 100:.0f} %"


def exactness(bound: float) -> str:
    """How exact probabilities with this bound are, in plain words."""
    if bound == 0:
        return "exact"
    if bound >= NOTHING_CERTAIN:
        return "not certified: too much is drawn for an exact sum, and each may be far off"
    return f"right to within {bound:.0e}"


def paragraph(text: str, indent: str = "", hang: str = "") -> str:
    """Text wrapped to the width, with an indent, and a hanging one for all lines but the first."""
    return textwrap.fill(
        text,
        width(),
        initial_indent=indent,
        subsequent_indent=indent + hang,
        break_long_words=False,
    )


def heading(text: str) -> str:
    """A title with a rule below it."""
    return f"{text}\n{'─' * min(len(text), width())}"
