"""Adverse events, counted from a snapshot: per treatment, per insertion, per muscle, over months.

A treatment counts once, however many events followed it.  Where it is asked by muscle, area or
technique, a treatment counts at each that was needled in it: the rates say where events were seen,
not what caused them.
"""

from dataclasses import dataclass
from datetime import date

from tautband.clinic.figures.snapshot import Snapshot
from tautband.figures.control import Judged, Period, judge
from tautband.figures.rates import Rate

MOST_ROWS = 15
GRADES = ("mild", "moderate", "severe", "serious")
SPLITS = ("muscle", "area", "technique")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table of rates: a code or name, and its rate."""

    name: str
    rate: Rate


@dataclass(frozen=True, slots=True)
class Safety:
    """Everything of the section: rates are None or absent where there is no denominator."""

    treatments: int
    patients: int
    insertions: int
    any_event: Rate | None
    per_insertion: Rate | None
    grades: list[Line]
    kinds: list[Line]
    splits: dict[str, list[Line]]
    months: list[Judged]


def safety(of: Snapshot, since: date | None) -> Safety:
    """The figures of all treatments from a day on; None for all there are."""
    day = [since or date.min]
    treatments, patients = of.rows(
        "SELECT count(*), count(DISTINCT patient) FROM treatment WHERE held_on >= ?", day
    )[0]
    insertions = of.rows(f"SELECT count(*) FROM insertion JOIN ({_SINCE}) USING (treatment)", day)
    events = of.rows(
        f"SELECT count(*), count(DISTINCT treatment) FROM event JOIN ({_SINCE}) USING (treatment)",
        day,
    )
    passages, (told, followed) = insertions[0][0], events[0]
    return Safety(
        treatments,
        patients,
        passages,
        _rate(followed, treatments),
        _rate(min(told, passages), passages),
        _grades(of, day, treatments),
        _kinds(of, day, treatments),
        {split: _split(of, day, split) for split in SPLITS},
        months(of, since),
    )


_SINCE = "SELECT treatment FROM treatment WHERE held_on >= ?"


def _rate(count: int, of: int) -> Rate | None:
    return Rate(count, of) if of else None


def _grades(of: Snapshot, day: list[date], treatments: int) -> list[Line]:
    """Treatments with an event of at least this grade."""
    if not treatments:
        return []
    rows = of.rows(
        f"SELECT treatment, list(DISTINCT grade) FROM event JOIN ({_SINCE}) USING (treatment) "
        "GROUP BY 1",
        day,
    )
    worst = [max(GRADES.index(grade) for grade in grades) for _, grades in rows]
    return [
        Line(grade, Rate(sum(one >= place for one in worst), treatments))
        for place, grade in enumerate(GRADES)
    ]


def _kinds(of: Snapshot, day: list[date], treatments: int) -> list[Line]:
    rows = of.rows(
        f"SELECT kind, count(DISTINCT treatment) FROM event JOIN ({_SINCE}) USING (treatment) "
        "GROUP BY 1 ORDER BY 2 DESC, 1",
        day,
    )
    return [Line(kind, Rate(count, treatments)) for kind, count in rows]


def _split(of: Snapshot, day: list[date], column: str) -> list[Line]:
    """Treatments in which it was needled, those most often needled first."""
    assert column in SPLITS
    rows = of.rows(
        f"""
        WITH needled AS (
            SELECT DISTINCT treatment, "{column}" AS name
            FROM insertion JOIN ({_SINCE}) USING (treatment)
            WHERE "{column}" IS NOT NULL
        ), followed AS (SELECT DISTINCT treatment, 1 AS hit FROM event)
        SELECT name, count(hit), count(*)
        FROM needled LEFT JOIN followed USING (treatment)
        GROUP BY name ORDER BY 3 DESC, 1 LIMIT {MOST_ROWS}
        """,
        day,
    )
    return [Line(name, Rate(count, of)) for name, count, of in rows]


def months(of: Snapshot, since: date | None) -> list[Judged]:
    """Months, each judged against all before it; those before ``since`` judge, but are not told."""
    rows = of.rows(
        """
        WITH followed AS (SELECT DISTINCT treatment, 1 AS hit FROM event)
        SELECT strftime(held_on, '%Y-%m'), count(hit), count(*)
        FROM treatment LEFT JOIN followed USING (treatment)
        GROUP BY 1 ORDER BY 1
        """
    )
    first = (since or date.min).isoformat()[:7]
    judged = judge([Period(*row) for row in rows])
    return [one for one in judged if one.period.name >= first]
