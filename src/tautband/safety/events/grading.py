"""How grave an event was, and whether it must be reported.

The grade is the gravest of what care was sought, what the person could not do, how long it lasted,
and how grave the kind usually is; what is not known is named, and never lowers the grade.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from tautband.base.errors import InputError
from tautband.safety.events.taxonomy import GRADES, load_taxonomy

SHORT_HOURS = 72  # soreness and other mild effects end within it; see signs.toml


class Grade(IntEnum):
    """From mildest to gravest; ``moderate`` is called significant on some scales."""

    MILD = 0
    MODERATE = 1
    SEVERE = 2
    SERIOUS = 3

    @property
    def key(self) -> str:
        """As it stands in data and JSON."""
        return self.name.lower()


class Care(StrEnum):
    """The most that was done about it."""

    NONE = "none"
    SELF_CARE = "self-care"
    CLINICIAN = "a clinician was asked"
    EMERGENCY_DEPARTMENT = "emergency department"
    ADMITTED = "admitted to hospital"


class Function(StrEnum):
    """The most that the person could not do."""

    INTACT = "intact"
    LIMITED_ACTIVITY = "activity limited"
    LIMITED_SELF_CARE = "self-care limited"
    PERSISTENT_DEFICIT = "lasting deficit"


@dataclass(frozen=True)
class Event:
    """An adverse event as recorded; None is "not known".

    ``emergent`` says that the state was emergent or prolonged and of nerve, lung, vessel, muscle
    or bone; ``tied_to_needling`` that it came from the needling and not from the condition.
    """

    kind: str
    care: Care | None = None
    function: Function | None = None
    duration_hours: float | None = None
    life_threatening: bool | None = None
    died: bool | None = None
    referred_to_physician: bool | None = None
    emergent: bool | None = None
    tied_to_needling: bool | None = None

    def __post_init__(self) -> None:
        kinds = load_taxonomy().kinds
        if self.kind and self.kind not in kinds:
            raise InputError("event.kind", f"is '{self.kind}'", "one of " + ", ".join(kinds))
        if self.duration_hours is not None and not self.duration_hours >= 0:
            raise InputError("event.duration_hours", f"is {self.duration_hours}", "0 or more")


@dataclass(frozen=True)
class Grading:
    """The grade with its reasons; ``at_least`` is true while something is not known.

    ``missing`` names it.  ``on_scales`` gives the word of each published scale.
    """

    grade: Grade
    reasons: tuple[str, ...]
    missing: tuple[str, ...]
    on_scales: tuple[tuple[str, str], ...]

    @property
    def at_least(self) -> bool:
        """True while an unknown may still raise the grade."""
        return bool(self.missing) and self.grade is not Grade.SERIOUS


_BY_CARE = {
    Care.NONE: Grade.MILD,
    Care.SELF_CARE: Grade.MILD,
    Care.CLINICIAN: Grade.MODERATE,
    Care.EMERGENCY_DEPARTMENT: Grade.SEVERE,
    Care.ADMITTED: Grade.SERIOUS,
}
_BY_FUNCTION = {
    Function.INTACT: Grade.MILD,
    Function.LIMITED_ACTIVITY: Grade.MODERATE,
    Function.LIMITED_SELF_CARE: Grade.SEVERE,
    Function.PERSISTENT_DEFICIT: Grade.SERIOUS,
}


def grade(event: Event) -> Grading:
    """Grade one event."""
    found: list[tuple[Grade, str]] = [(Grade.MILD, "an event was recorded")]
    if event.kind:
        kind = load_taxonomy().kinds[event.kind]
        found.append((Grade[kind.usual.upper()], f"the usual grade of {kind.name}"))
    if event.care is not None:
        found.append((_BY_CARE[event.care], f"care: {event.care}"))
    if event.function is not None:
        found.append((_BY_FUNCTION[event.function], f"function: {event.function}"))
    if event.duration_hours is not None:
        long = event.duration_hours > SHORT_HOURS
        found.append((Grade.MODERATE if long else Grade.MILD, f"{event.duration_hours:g} hours"))
    if event.life_threatening:
        found.append((Grade.SERIOUS, "life was threatened"))
    if event.died:
        found.append((Grade.SERIOUS, "the person died"))
    highest = max(level for level, _ in found)
    fields = ("care", "function", "duration_hours", "life_threatening", "died")
    return Grading(
        highest,
        tuple(dict.fromkeys(why for level, why in found if level == highest)),
        tuple(name for name in fields if getattr(event, name) is None),
        tuple((s.name, s.grades[GRADES[highest]]) for s in load_taxonomy().schemes),
    )


class Reportable(StrEnum):
    """Whether a jurisdiction asks for a report."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not known"
    NOT_ESTABLISHED = "not established"


@dataclass(frozen=True)
class ReportDuty:
    """Whether to report, within how many days, and by what source."""

    answer: Reportable
    why: str
    within_days: int | None = None
    sources: tuple[str, ...] = ()


def report_duty(event: Event, jurisdiction: str) -> ReportDuty:
    """Whether an event must be reported; a place whose rule was not read is "not established"."""
    rule = load_taxonomy().reporting.get(jurisdiction.strip().upper())
    if rule is None:
        return ReportDuty(Reportable.NOT_ESTABLISHED, "No rule was read for this place.")
    sent_on = _any(_hospital(event), event.referred_to_physician)
    answer = _all((event.emergent, event.tied_to_needling, sent_on))
    days = None if answer is Reportable.NO else rule.within_days
    return ReportDuty(answer, rule.text, days, rule.sources)


def _hospital(event: Event) -> bool | None:
    if event.care is None:
        return None
    return event.care in {Care.EMERGENCY_DEPARTMENT, Care.ADMITTED}


def _any(*parts: bool | None) -> bool | None:
    if any(part is True for part in parts):
        return True
    return None if None in parts else False


def _all(parts: Iterable[bool | None]) -> Reportable:
    known = tuple(parts)
    if False in known:
        return Reportable.NO
    return Reportable.NOT_KNOWN if None in known else Reportable.YES
