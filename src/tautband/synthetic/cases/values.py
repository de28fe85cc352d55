"""One made-up patient: frozen values that refuse to be built wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Literal

from tautband.base.errors import InputError
from tautband.base.sex import Sex
from tautband.base.side import Side
from tautband.body.drawing import Drawing
from tautband.reasoning.findings import Finding
from tautband.safety.decision import Decision
from tautband.safety.events.closing import close
from tautband.safety.events.ledger import Ledger
from tautband.synthetic.cases.figures import Cause
from tautband.synthetic.courses import Truth

MOST_BMI, LEAST_BMI = 52.0, 14.0


class Stage(StrEnum):
    """How far a course is on the day of the record."""

    NEW = "new"
    HALF = "half"
    FINISHED = "finished"
    STALLED = "stalled"
    DROPPED_OUT = "dropped out"
    NOT_NEEDLED = "not needled"


@dataclass(frozen=True)
class SportLife:
    """A sport; ``contest`` and ``competition`` name the next competition of those who compete."""

    name: str
    contest: str = ""
    competition: date | None = None


@dataclass(frozen=True)
class Person:
    """Who it is: a number instead of a name.  ``answers`` is a screening answers file."""

    number: int
    age: int
    sex: Sex
    occupation: str
    sport: SportLife | None
    height_cm: int
    weight_kg: int
    waist_cm: int
    forearm_cm: float
    forearm_length_cm: float
    answers: Mapping[str, Any]

    def __post_init__(self) -> None:
        if self.number < 1:
            raise InputError("number", f"is {self.number}", "1 or more")
        if not 18 <= self.age <= 90:
            raise InputError("age", f"is {self.age}", "an adult's age, 18 to 90")
        if not LEAST_BMI <= self.bmi <= MOST_BMI:
            raise InputError("weight_kg", f"makes a BMI of {self.bmi:.1f}", "a plausible one")
        if self.answers.get("synthetic") is not True:
            raise InputError("answers", "are not marked synthetic", "synthetic = true")

    @property
    def name(self) -> str:
        """``Synthetic 0007``: plainly not a person's name."""
        return f"Synthetic {self.number:04}"

    @property
    def bmi(self) -> float:
        """Body mass index, kg/m2."""
        return self.weight_kg / (self.height_cm / 100) ** 2

    @property
    def medicines(self) -> tuple[str, ...]:
        """Medicines as they were typed."""
        return tuple(self.answers["answers"]["medicines"])


@dataclass(frozen=True)
class Illness:
    """The complaint; ``active``, the truth behind it, are muscles with an active trigger point."""

    presentation: str
    name: str
    side: Side
    both_sides: bool
    cause: Cause
    because: str
    onset: date
    active: tuple[tuple[str, Side], ...]


@dataclass(frozen=True)
class Target:
    """A muscle that the clinician means to needle, and what screening says about it."""

    muscle: str
    side: Side
    decision: Decision

    @property
    def allowed(self) -> bool:
        """True when nothing stops it: screening neither asks nor forbids."""
        return self.decision < Decision.ASK


@dataclass(frozen=True)
class Needled:
    """What one muscle got in a session; ``ltr`` None: not assessed, which is not 0."""

    muscle: str
    side: Side
    needles: int
    insertions: int
    ltr: int | None


@dataclass(frozen=True)
class Event:
    """An adverse event; ``kind`` is an id of ``safety/events``; hours after the session."""

    kind: str
    grade: str
    hours: float


@dataclass(frozen=True)
class Visit:
    """A session: whole when it is built, since its ledger must close with all needles out.

    ``soreness``: 0-10 the day after, None where nobody told.
    """

    number: int
    day: date
    muscles: tuple[Needled, ...]
    ledger: Ledger
    soreness: int | None
    events: tuple[Event, ...]

    def __post_init__(self) -> None:
        if not self.muscles:
            raise InputError("session.muscles", "is empty", "a muscle")
        counts = close(self.ledger).counts
        if not counts.equal or counts.needles != sum(m.needles for m in self.muscles):
            raise InputError("session.ledger", "does not fit the session", "needles in and out")
        if self.soreness is not None and not 0 <= self.soreness <= 10:
            raise InputError("session.soreness", f"is {self.soreness}", "0 to 10")

    @property
    def needles(self) -> int:
        """Different needles."""
        return sum(m.needles for m in self.muscles)

    @property
    def insertions(self) -> int:
        """Passages through the skin."""
        return sum(m.insertions for m in self.muscles)

    @property
    def ltr(self) -> int | None:
        """Local twitch responses of the session; None where none was assessed."""
        counts = [m.ltr for m in self.muscles if m.ltr is not None]
        return sum(counts) if counts else None


@dataclass(frozen=True)
class PainScore:
    """Usual pain on a day, numeric pain rating scale (NPRS) 0-10; at a visit before needling."""

    day: date
    value: int
    where: Literal["visit", "phone"]

    def __post_init__(self) -> None:
        if not 0 <= self.value <= 10:
            raise InputError("pain", f"is {self.value}", "0 to 10")


@dataclass(frozen=True)
class FunctionScore:
    """Patient-specific functional scale (PSFS): each activity 0 (unable) to 10 (as before)."""

    day: date
    values: tuple[int, ...]

    def __post_init__(self) -> None:
        if not all(0 <= value <= 10 for value in self.values):
            raise InputError("function", f"is {self.values}", "0 to 10 each")

    @property
    def mean(self) -> float:
        """Mean of the activities."""
        return sum(self.values) / len(self.values)


@dataclass(frozen=True)
class Measured:
    """What was measured at the couch: a movement, and the pressure pain threshold in kPa.

    ``amount`` is in degrees, or in millimetres for opening the mouth.
    """

    day: date
    amount: int
    kpa: int


@dataclass(frozen=True, eq=False)
class Case:
    """A made-up patient with the whole course up to ``until``, and the truth that made it.

    ``decision`` is on the patient; ``rules`` are those of screening that spoke, ``stops`` those
    among them that ask or are stricter.  ``positive`` muscles held a point to needle.
    """

    person: Person
    illness: Illness
    drawing: Drawing
    findings: tuple[Finding, ...]
    targets: tuple[Target, ...]
    decision: Decision
    rules: tuple[str, ...]
    stops: tuple[str, ...]
    positive: int
    planned: int
    first: date
    until: date
    missed: tuple[date, ...]
    visits: tuple[Visit, ...]
    pain: tuple[PainScore, ...]
    activities: tuple[str, ...]
    function: tuple[FunctionScore, ...]
    movement: str
    measured: tuple[Measured, ...]
    stage: Stage
    world: str
    zones: str
    truth: Truth
    synthetic: Literal[True] = True

    def __post_init__(self) -> None:
        days = [visit.day for visit in self.visits]
        if days != sorted(set(days)):
            raise InputError("sessions", "are not in order", "one a day, by date")
        told = [*days, *(score.day for score in self.pain)]
        if told and max(told) > self.until:
            raise InputError("until", f"is {self.until}", "not before the last entry")
        if len(self.visits) > self.planned:
            raise InputError("sessions", f"are {len(self.visits)}", f"at most {self.planned}")
        allowed = {(t.muscle, t.side) for t in self.targets if t.allowed}
        for visit in self.visits:
            if not {(m.muscle, m.side) for m in visit.muscles} <= allowed:
                raise InputError("sessions", "needle what was not allowed", "allowed targets")
