"""A forest plot in the terminal."""

from typing import TYPE_CHECKING

from tautband.commands.layout import width

if TYPE_CHECKING:
    from tautband.evidence.pool import Pool
    from tautband.evidence.table import Row

NAME = 26
FIGURES = 26
Z = 1.959963984540054


def forest(found: "Pool", rows: "tuple[Row, ...]") -> str:
    """Studies as points with their 95 % intervals, then the pool; the bar marks no effect."""
    spans = [
        (row.study, row.effect.estimate, row.effect.se * Z, weight)
        for row, weight in zip(rows, found.weights, strict=True)
    ]
    low = min(0.0, found.ci.low, *(y - half for _, y, half, _ in spans))
    high = max(0.0, found.ci.high, *(y + half for _, y, half, _ in spans))
    cells = max(20, width() - NAME - FIGURES - 2)

    def cell(value: float) -> int:
        return round((value - low) / (high - low) * (cells - 1)) if high > low else 0

    def line(name: str, y: float, ends: tuple[float, float], mark: str, rest: str) -> str:
        drawn = [" "] * cells
        drawn[cell(0.0)] = "│"
        for at in range(cell(ends[0]), cell(ends[1]) + 1):
            drawn[at] = "─"
        drawn[cell(y)] = mark
        return f"{name[: NAME - 2]:<{NAME}}{''.join(drawn)}  {rest}".rstrip()

    lines = [
        line(
            name, y, (y - half, y + half), "■", f"{_figures(y, y - half, y + half)} {weight:3.0f} %"
        )
        for name, y, half, weight in spans
    ]
    ends = (found.ci.low, found.ci.high)
    lines.append(line("pool", found.estimate, ends, "◆", _figures(found.estimate, *ends)))
    return "\n".join(lines)


def _figures(y: float, low: float, high: float) -> str:
    return f"{y:.2f} ({low:.2f}, {high:.2f})"
