"""A rate as a row of a table: its words, and its interval as a bar of 0 to 100 units."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tautband.clinic.figures.outcomes import Outcome
from tautband.clinic.figures.safety import Line
from tautband.figures.rates import Rate, percent

WIDE, MARK = 100.0, 1.2


@dataclass(frozen=True, slots=True)
class Bars:
    """The rate, its ends in words, and where they stand on an axis from 0 to ``most``."""

    rate: Rate
    seen: str
    low: str
    high: str
    at: float
    left: float
    right: float

    @property
    def width(self) -> float:
        """Of the interval; a sliver at least, so that it can be seen."""
        return max(0.6, self.right - self.left)

    @property
    def mark(self) -> float:
        """Where the mark of what was seen begins, within the axis."""
        return min(self.at, WIDE - MARK)

    @classmethod
    def of(cls, rate: Rate, most: float = 1.0) -> "Bars":
        """The bar of a rate; ``most`` is the share at the right end of the axis."""
        scale = WIDE / most
        return cls(
            rate,
            percent(rate.share),
            percent(rate.low),
            percent(rate.high),
            min(WIDE, rate.share * scale),
            rate.low * scale,
            min(WIDE, rate.high * scale),
        )


@dataclass(frozen=True, slots=True)
class Table:
    """Rows with one axis, whose right end is ``most`` percent."""

    rows: list[tuple[str, Bars]]
    most: str


def bars(lines: Sequence[Line]) -> Table:
    """Rows that can be compared by eye: one axis, which ends at the largest upper end."""
    most = _round_up(max((line.rate.high for line in lines), default=1.0))
    return Table([(line.name, Bars.of(line.rate, most)) for line in lines], percent(most))


def _round_up(share: float) -> float:
    """The next of 1, 2, 5, 10, 20, 50, 100 percent."""
    return next((end for end in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5) if share <= end), 1.0)


@dataclass(frozen=True, slots=True)
class Fared:
    """An outcome with its two rates in words."""

    outcome: Outcome
    better: Bars
    worse: Bars


def fared(found: Sequence[Outcome], names: Mapping[str, str]) -> list[tuple[str, Fared]]:
    """Outcomes with the names of their groups; a group without a name keeps its code."""
    return [
        (names.get(one.name, one.name), Fared(one, Bars.of(one.better), Bars.of(one.worse)))
        for one in found
    ]


@dataclass(frozen=True, slots=True)
class Split:
    """A table of rates by one column; its rows are codes of texts where there is a ``prefix``."""

    column: str
    table: Table

    @property
    def heading(self) -> str:
        """The text above it."""
        return f"figures-split-{self.column}"

    @property
    def name(self) -> str:
        """The text over the first column."""
        return f"figures-name-{self.column}"

    @property
    def prefix(self) -> str:
        """Techniques are words of our own; muscles and areas are those of the atlas."""
        return "figures-technique-" if self.column == "technique" else ""
