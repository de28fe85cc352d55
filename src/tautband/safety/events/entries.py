"""What is written into a needle ledger: frozen entries, each with an id of its own.

A needle is not an insertion, and an insertion is not a redirection.  An ``Insertion`` says that a
needle went through the skin: ``retained`` says that it stays, and then it stands open until a
``Removal``; otherwise it went in and came out in the one action.  A ``Redirection`` is a change of
direction without leaving the skin.  Times are minutes on the caller's own clock.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

from tautband.base.errors import InputError
from tautband.base.side import Side


class IncidentCode(StrEnum):
    """Why counts are unequal, or what else must be dealt with."""

    BENT = "bent"
    BROKEN = "broken"
    MISSING = "missing"
    HOSPITAL = "hospital"


class Detection(StrEnum):
    """How a local twitch response (LTR) was noticed."""

    SEEN = "seen"
    FELT = "felt"
    PATIENT = "reported by the patient"
    ULTRASOUND = "ultrasound"
    ELECTROMYOGRAPHY = "electromyography"


@dataclass(frozen=True)
class Insertion:
    """One needle through the skin, once.

    ``twitches`` counts local twitch responses; None is "not assessed", which is not 0.
    """

    id: str
    needle: str
    muscle: str
    side: Side
    retained: bool = False
    twitches: int | None = None
    detected_by: Detection | None = None
    at_minute: float | None = None
    length_mm: float | None = None
    gauge_mm: float | None = None

    def __post_init__(self) -> None:
        _named("insertion", id=self.id, needle=self.needle, muscle=self.muscle)
        _twitches(self.twitches, self.detected_by)
        _minute(self.at_minute)
        _positive("length_mm", self.length_mm)
        _positive("gauge_mm", self.gauge_mm)


@dataclass(frozen=True)
class Removal:
    """A retained needle taken out, by the id of its insertion; ``bent`` when it came out bent."""

    id: str
    insertion: str
    bent: bool = False
    at_minute: float | None = None

    def __post_init__(self) -> None:
        _named("removal", id=self.id, insertion=self.insertion)
        _minute(self.at_minute)


@dataclass(frozen=True)
class Redirection:
    """Changes of direction within one insertion; never an insertion of its own."""

    id: str
    insertion: str
    times: int = 1

    def __post_init__(self) -> None:
        _named("redirection", id=self.id, insertion=self.insertion)
        _whole("times", self.times, least=1)


@dataclass(frozen=True)
class Twitches:
    """Local twitch responses counted for a whole muscle; None is "not assessed"."""

    id: str
    muscle: str
    side: Side
    count: int | None
    detected_by: Detection | None = None

    def __post_init__(self) -> None:
        _named("twitches", id=self.id, muscle=self.muscle)
        _twitches(self.count, self.detected_by)


@dataclass(frozen=True)
class Incident:
    """Something that must be dealt with; ``insertions`` names the needles that it accounts for."""

    id: str
    code: IncidentCode
    insertions: tuple[str, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        _named("incident", id=self.id)
        if self.code is not IncidentCode.HOSPITAL and not self.insertions:
            raise InputError("incident.insertions", "is empty", "the needles that it is about")


@dataclass(frozen=True)
class Correction:
    """A former entry that was wrong and no longer counts; what is right is written anew."""

    id: str
    of: str
    reason: str

    def __post_init__(self) -> None:
        _named("correction", id=self.id, of=self.of, reason=self.reason)
        if self.id == self.of:
            raise InputError("correction.of", "is its own id", "the id of another entry")


Entry = Insertion | Removal | Redirection | Twitches | Incident | Correction


def _named(kind: str, **values: str) -> None:
    for field, value in values.items():
        if not value.strip():
            raise InputError(f"{kind}.{field}", "is empty", "a text")


def _whole(field: str, value: int, least: int) -> None:
    # bool is a kind of int in Python, and True is no count.
    if isinstance(value, bool) or not isinstance(value, int) or value < least:
        raise InputError(field, f"is {value}", f"a whole number, {least} or more")


def _twitches(count: int | None, by: Detection | None) -> None:
    if count is None:
        if by is not None:
            raise InputError("detected_by", "is given", "nothing where no twitches were assessed")
        return
    _whole("twitches", count, least=0)


def _minute(value: float | None) -> None:
    if value is not None and not math.isfinite(value):
        raise InputError("at_minute", f"is {value}", "a number of minutes")


def _positive(field: str, value: float | None) -> None:
    if value is not None and not 0 < value < math.inf:
        raise InputError(field, f"is {value}", "millimetres above 0")
