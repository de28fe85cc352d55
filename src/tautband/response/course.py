"""One patient's course as it was recorded: scores, sessions, and what is planned."""

from dataclasses import dataclass, field
from math import isfinite
from typing import Literal

from tautband.base.errors import InputError

LONGEST = 730.0  # days: beyond that the record is not one course
MOST_SCORES = 1000
MOST_SESSIONS = 100
MOST_OUTCOMES = 4
WHOLE = 1e-6


@dataclass(frozen=True)
class Score:
    """A score on a day of the course; a fraction of a day tells the hour (3.75: day 3, 18:00)."""

    day: float
    value: float


@dataclass(frozen=True)
class Session:
    """A session; ``None`` means not recorded or not assessed, which is never 0."""

    day: float
    needles: int | None = None
    insertions: int | None = None
    ltr: int | None = None


@dataclass(frozen=True)
class Outcome:
    """One outcome: its range, its direction, its smallest step, and its scores.

    ``important`` is the change that matters, in the outcome's own points.
    """

    name: str
    scores: tuple[Score, ...]
    low: float = 0.0
    high: float = 10.0
    step: float = 1.0
    better: Literal["lower", "higher"] = "lower"
    important: float = 2.0
    pain: bool = True

    def __post_init__(self) -> None:
        """Refuse what cannot be a score of this outcome."""
        if not (isfinite(self.low) and isfinite(self.high) and self.low < self.high):
            raise InputError(f"{self.name}.range", f"is {self.low:g} to {self.high:g}", "low, high")
        width = self.high - self.low
        if not 0 < self.step <= width / 2:
            raise InputError(
                f"{self.name}.step", f"is {self.step:g}", "the smallest step of a score"
            )
        if not 0 < self.important <= width:
            raise InputError(
                f"{self.name}.important",
                f"is {self.important:g}",
                f"above 0, up to {width:g} points",
            )
        if not self.scores:
            raise InputError(f"{self.name}.scores", "holds no score", "at least one day and value")
        if len(self.scores) > MOST_SCORES:
            raise InputError(
                f"{self.name}.scores", f"holds {len(self.scores)}", f"at most {MOST_SCORES}"
            )
        for number, score in enumerate(self.scores):
            self._check(f"{self.name}.scores[{number}]", score)
        ordered = tuple(sorted(self.scores, key=lambda score: score.day))
        object.__setattr__(self, "scores", ordered)

    def _check(self, where: str, score: Score) -> None:
        check_day(where, score.day)
        if not self.low <= score.value <= self.high:
            raise InputError(
                f"{where}.value", f"is {score.value:g}", f"{self.low:g} to {self.high:g}"
            )
        steps = (score.value - self.low) / self.step
        if abs(steps - round(steps)) > WHOLE:
            raise InputError(
                f"{where}.value",
                f"is {score.value:g}",
                f"steps of {self.step:g}; say 'step' where the scale is finer",
            )

    @property
    def scale(self) -> float:
        """Points of this outcome for one point of 0-10."""
        return (self.high - self.low) / 10

    def burden(self, value: float) -> float:
        """A score as burden: 0 is best, 10 is worst."""
        worse = value - self.low if self.better == "lower" else self.high - value
        return worse / self.scale

    def points(self, burden: float) -> float:
        """A burden from 0 to 10 in the outcome's own points."""
        moved = burden * self.scale
        return self.low + moved if self.better == "lower" else self.high - moved


@dataclass(frozen=True)
class Course:
    """Outcomes, the first of which is judged; sessions; and how many sessions are planned."""

    outcomes: tuple[Outcome, ...]
    sessions: tuple[Session, ...] = ()
    planned: int | None = None
    synthetic: bool = False
    today: float | None = field(default=None)

    def __post_init__(self) -> None:
        """Refuse what cannot be one course; order the sessions by day."""
        if not 1 <= len(self.outcomes) <= MOST_OUTCOMES:
            raise InputError("outcomes", f"are {len(self.outcomes)}", f"1 to {MOST_OUTCOMES}")
        if len(self.sessions) > MOST_SESSIONS:
            raise InputError("sessions", f"are {len(self.sessions)}", f"at most {MOST_SESSIONS}")
        for number, session in enumerate(self.sessions):
            check_day(f"sessions[{number}]", session.day)
            for name in ("needles", "insertions", "ltr"):
                count = getattr(session, name)
                if count is not None and not 0 <= count <= 1000:
                    raise InputError(
                        f"sessions[{number}].{name}", f"is {count}", "0 to 1000, or null if unknown"
                    )
        ordered = tuple(sorted(self.sessions, key=lambda session: session.day))
        object.__setattr__(self, "sessions", ordered)
        if self.planned is not None and not 1 <= self.planned <= MOST_SESSIONS:
            raise InputError("planned_sessions", f"is {self.planned}", f"1 to {MOST_SESSIONS}")
        days = self.days
        if max(days) - min(days) > LONGEST:
            raise InputError("day", f"spans {max(days) - min(days):.0f} days", "one course")
        if self.today is not None:
            check_day("today", self.today)
            if self.today < max(days):
                raise InputError(
                    "today", f"is {self.today:g}", f"not before the last entry, day {max(days):g}"
                )

    @property
    def days(self) -> tuple[float, ...]:
        """Days of everything recorded."""
        told = [score.day for outcome in self.outcomes for score in outcome.scores]
        return (*told, *(session.day for session in self.sessions))

    @property
    def start(self) -> float:
        """The day when the record begins."""
        return min(self.days)

    @property
    def now(self) -> float:
        """The day of the judgement: today, or that of the last entry."""
        return max(self.days) if self.today is None else self.today


def check_day(where: str, day: float) -> None:
    """Raise InputError unless a day can belong to a course."""
    if not (isfinite(day) and abs(day) <= 10 * LONGEST):
        raise InputError(f"{where}.day", f"is {day:g}", "a day of the course, such as 0 or 14")
