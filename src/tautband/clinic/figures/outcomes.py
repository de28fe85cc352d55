"""Outcomes, counted from a snapshot: first against last score of an episode, by important change.

What was seen, without a comparison: who was not needled is not here, and pain that brings somebody
in mostly falls anyway.
"""

from dataclasses import dataclass
from datetime import date

from tautband.clinic.figures.snapshot import Snapshot
from tautband.figures.rates import Rate

WORTHS = ("better", "between", "unchanged", "worse")


@dataclass(frozen=True, slots=True)
class Outcome:
    """Episodes of one group: how many changed how, and the median gain in the score's unit."""

    name: str
    better: Rate
    worse: Rate
    counts: tuple[int, ...]
    median: float


def by_instrument(of: Snapshot, since: date | None) -> list[Outcome]:
    """Each instrument with two scores in an episode."""
    return _outcomes(of, since, "instrument", "TRUE")


def by_presentation(of: Snapshot, since: date | None, instrument: str) -> list[Outcome]:
    """One instrument by what the complaint was called."""
    return _outcomes(of, since, "presentation", "instrument = ?", instrument)


def by_area(of: Snapshot, since: date | None, instrument: str) -> list[Outcome]:
    """One instrument by the area of the body."""
    return _outcomes(of, since, "area", "instrument = ?", instrument)


def _outcomes(
    of: Snapshot, since: date | None, column: str, where: str, *values: str
) -> list[Outcome]:
    """One score of an episode counts once: the one asked in a way that saw most change of time."""
    rows = of.rows(
        f"""
        WITH one AS (
            SELECT * FROM outcome JOIN episode USING (episode)
            WHERE important IS NOT NULL AND began_on >= ? AND {where}
            QUALIFY row_number() OVER (PARTITION BY episode, instrument ORDER BY weeks DESC) = 1
        )
        SELECT "{column}", median(gain), {", ".join(["count(*) FILTER (important = ?)"] * 4)}
        FROM one WHERE "{column}" IS NOT NULL
        GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 15
        """,
        [since or date.min, *values, *WORTHS],
    )
    return [_outcome(name, median, tuple(counts)) for name, median, *counts in rows]


def _outcome(name: str, median: float, counts: tuple[int, ...]) -> Outcome:
    every = sum(counts)
    return Outcome(name, Rate(counts[0], every), Rate(counts[3], every), counts, median)
