"""A course as a plot in the terminal."""

from typing import TYPE_CHECKING

import numpy as np

from tautband.commands.layout import width

if TYPE_CHECKING:
    from tautband.care.course import Judged
    from tautband.response.forecast import Curve

MARGIN = 6
ROWS = 11


def plot(judged: "Judged") -> str:
    """Scores (•), the fitted course (─), the band to come (░), with (+) and without (·) sessions.

    Sessions stand as ticks (▲) below the plot.
    """
    main, f = judged.course.outcomes[0], judged.forecast
    cells = max(30, width() - MARGIN - 2)
    ends = [curve.days for curve in (f.fitted, f.continued) if len(curve.days)]
    begin, end = min(d[0] for d in ends), max(d[-1] for d in ends)
    screen = [[" "] * cells for _ in range(ROWS)]

    def column(day: float) -> int:
        return round(float((day - begin) / max(end - begin, 1e-9) * (cells - 1)))

    def row(value: float) -> int:
        share = (value - main.low) / (main.high - main.low)
        return ROWS - 1 - round(min(1.0, max(0.0, share)) * (ROWS - 1))

    def at(curve: "Curve", cell: int, level: int) -> float:
        day = begin + cell / (cells - 1) * (end - begin)
        return float(np.interp(day, curve.days, curve.levels[level]))

    now = column(f.now)
    for cell in range(now + 1, cells):
        high, low = row(at(f.continued, cell, 2)), row(at(f.continued, cell, 0))
        for line in range(high, low + 1):
            screen[line][cell] = "░"
        screen[row(at(f.stopped, cell, 1))][cell] = "·"
        screen[row(at(f.continued, cell, 1))][cell] = "+"
    for cell in range(min(now, cells - 1) + 1):
        screen[row(at(f.fitted, cell, 1))][cell] = "─"
    for score in main.scores:
        screen[row(score.value)][column(score.day)] = "•"
    ticks = [" "] * cells
    for session in judged.course.sessions:
        ticks[column(session.day)] = "▲"
    step = (main.high - main.low) / (ROWS - 1)
    lines = [
        f"{main.high - number * step:>{MARGIN - 2}.3g} │{''.join(line)}".rstrip()
        for number, line in enumerate(screen)
    ]
    lines.append(" " * (MARGIN - 1) + "└" + "─" * cells)
    lines.append((" " * MARGIN + "".join(ticks)).rstrip())
    lines.append(f"{' ' * MARGIN}day {begin:g}{f'day {end:g}':>{cells - len(f'day {begin:g}')}}")
    lines.append(
        f"{' ' * MARGIN}• score  ─ fitted  + if sessions go on  · if they stop  "
        "░ 90 % band of the level  ▲ session"
    )
    return "\n".join(lines)
