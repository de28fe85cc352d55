"""The picture of a course: scores over days, with the sessions below them.  Pure; no database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BOTTOM = 44, 16, 14, 46
SESSION_Y = HEIGHT - BOTTOM + 14
LEAST_DAYS = 14  # so that two scores a day apart do not look like a course


@dataclass(frozen=True, slots=True)
class Point:
    """A score at its place in the picture, in pixels from the upper left."""

    x: float
    y: float
    day: date
    value: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A value or day on an axis, at its place along it."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """One instrument over time.  ``better`` is ``lower`` or ``higher``."""

    instrument: str
    unit: str
    better: str
    points: tuple[Point, ...]
    sessions: tuple[float, ...]
    levels: tuple[Tick, ...]
    days: tuple[Tick, ...]

    @property
    def line(self) -> str:
        """The points as SVG's polyline takes them."""
        return " ".join(f"{one.x:.1f},{one.y:.1f}" for one in self.points)

    @property
    def first(self) -> Point:
        """Where the course begins."""
        return self.points[0]

    @property
    def last(self) -> Point:
        """Where it stands."""
        return self.points[-1]


def draw(
    instrument: str,
    unit: str,
    better: str,
    limits: tuple[float, float],
    scores: Sequence[tuple[date, float]],
    sessions: Sequence[date],
) -> Chart:
    """Place scores and sessions; the axis shows the whole range of the instrument.

    Raises ValueError without a score, since a picture of nothing would say "no change".
    """
    if not scores:
        raise ValueError("a course needs a score")
    ordered = sorted(scores)
    begin = min([ordered[0][0], *sessions])
    end = max([ordered[-1][0], *sessions])
    span = max((end - begin).days, LEAST_DAYS)
    low, high = limits
    high = max(high, low + 1e-9)

    def across(day: date) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (day - begin).days / span

    def down(value: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (high - value) / (high - low)

    levels = tuple(Tick(down(value), f"{value:g}") for value in (low, (low + high) / 2, high))
    shown = sorted({begin, ordered[-1][0], end})
    return Chart(
        instrument,
        unit,
        better,
        tuple(Point(across(day), down(value), day, value) for day, value in ordered),
        tuple(across(day) for day in sorted(set(sessions))),
        levels,
        _apart([Tick(across(day), day.isoformat()) for day in shown]),
    )


def _apart(ticks: list[Tick], least: float = 90.0) -> tuple[Tick, ...]:
    """Ticks whose texts do not run into one another; the first and the last come before others."""
    kept = [ticks[0]]
    if len(ticks) > 1 and ticks[-1].at - ticks[0].at >= least:
        kept.append(ticks[-1])
    for one in ticks[1:-1]:
        if all(abs(one.at - other.at) >= least for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda tick: tick.at))
