"""Reading a course as a face gives it; ``docs/course-format.md`` describes the fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from tautband.base.errors import InputError
from tautband.measures.instruments import Instrument, find_instrument, load_instruments
from tautband.response.course import MOST_SCORES, MOST_SESSIONS, Course, Outcome, Score, Session
from tautband.text.near import close_names

SCHEMA = "tautband.course/1"
OUTCOME_FIELDS = ("outcome", "scores", "region", "important", "range", "step", "better")
COURSE_FIELDS = (
    *OUTCOME_FIELDS,
    "schema",
    "sessions",
    "planned_sessions",
    "baseline_days",
    "outcomes",
    "today",
    "synthetic",
    "note",
)
SESSION_FIELDS = ("day", "needles", "insertions", "ltr")
SCORE_FIELDS = ("day", "value")
PAIN = ("nprs", "vas")
STEPS = (1.0, 0.5, 0.1, 0.01)
ASSUMED_SHARE = 0.2  # of the range, where no published change is at hand


@dataclass(frozen=True)
class Important:
    """Where the size of an important change comes from."""

    points: float
    text: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReadCourse:
    """A course, and for each outcome where its important change comes from."""

    course: Course
    important: tuple[Important, ...]


def read_course(told: Any) -> ReadCourse:
    """A course from decoded JSON; raises InputError that names the field."""
    course = _object("course", told, COURSE_FIELDS)
    if course.get("schema", SCHEMA) != SCHEMA:
        raise InputError("schema", f"is {_short(course['schema'])}", f"'{SCHEMA}'")
    main, important = _outcome("", course)
    outcomes, all_important = [main], [important]
    for number, further in enumerate(_list("outcomes", course.get("outcomes", []), 3)):
        where = f"outcomes[{number}]"
        one, size = _outcome(f"{where}.", _object(where, further, OUTCOME_FIELDS))
        outcomes.append(one)
        all_important.append(size)
    sessions = tuple(
        _session(f"sessions[{number}]", one)
        for number, one in enumerate(_list("sessions", course.get("sessions", []), MOST_SESSIONS))
    )
    read = Course(
        tuple(outcomes),
        sessions,
        _count("planned_sessions", course.get("planned_sessions")),
        synthetic=_flag("synthetic", course.get("synthetic", False)),
        today=None if course.get("today") is None else _number("today", course["today"]),
    )
    _check_baseline(read, _count("baseline_days", course.get("baseline_days")))
    return ReadCourse(read, tuple(all_important))


def _check_baseline(course: Course, days: int | None) -> None:
    if days is None or not course.sessions:
        return
    before = course.sessions[0].day - course.outcomes[0].scores[0].day
    if before < days:
        raise InputError(
            "baseline_days",
            f"is {days}, but the first score is {max(0.0, before):g} days before the first session",
            "the days that were scored before treatment; their scores belong into 'scores'",
        )


def _outcome(where: str, told: Mapping[str, Any]) -> tuple[Outcome, Important]:
    if "outcome" not in told:
        raise InputError(f"{where}outcome", "is missing", "what was scored, such as 'nprs'")
    name = told["outcome"]
    if not isinstance(name, str) or not name.strip() or len(name) > 60:
        raise InputError(f"{where}outcome", f"is {_short(name)}", "a short name, such as 'nprs'")
    instrument = _instrument(name) if "range" not in told else None
    low, high, better = _scale(where, told, instrument, name)
    if "scores" not in told:
        raise InputError(f"{where}scores", "is missing", "a list of day and value")
    scores = tuple(
        _score(f"{where}scores[{number}]", one, low, high)
        for number, one in enumerate(_list(f"{where}scores", told["scores"], MOST_SCORES))
    )
    if not scores:
        raise InputError(f"{where}scores", "holds no score", "at least one day and value")
    if told.get("step") is not None:
        step = _number(f"{where}step", told["step"])
    else:
        step = _finest([score.value - low for score in scores])
    important = _important(where, told, instrument, high - low)
    pain = instrument.id in PAIN if instrument else "pain" in name.lower()
    one = Outcome(
        instrument.short if instrument else name.strip(),
        scores,
        low,
        high,
        step,
        better,
        important.points,
        pain,
    )
    return one, important


def _instrument(name: str) -> Instrument:
    if name.strip().lower() == "pain":
        return load_instruments()["nprs"]
    try:
        return find_instrument(name)
    except InputError as error:
        raise InputError(
            "outcome",
            f"'{name[:60]}' is not a known instrument",
            "one that 'tautband score' lists, or an outcome of your own with 'range' and 'better'",
            error.suggestions,
        ) from None


def _scale(
    where: str, told: Mapping[str, Any], instrument: Instrument | None, name: str
) -> tuple[float, float, Literal["lower", "higher"]]:
    better = told.get("better", instrument.better if instrument else "lower")
    if better not in ("lower", "higher"):
        raise InputError(f"{where}better", f"is {_short(better)}", "'lower' or 'higher'")
    if instrument:
        return (*instrument.range, better)
    ends = _list(f"{where}range", told["range"], 2)
    if len(ends) != 2:
        raise InputError(f"{where}range", f"is {_short(ends)}", "lowest and highest score")
    low, high = (_number(f"{where}range", end) for end in ends)
    if not low < high:
        raise InputError(f"{where}range", f"of {name} is {low:g} to {high:g}", "lowest, highest")
    return low, high, better


def _important(
    where: str, told: Mapping[str, Any], instrument: Instrument | None, width: float
) -> Important:
    region = told.get("region", "")
    if not isinstance(region, str):
        raise InputError(f"{where}region", f"is {_short(region)}", "a region, such as 'neck'")
    if told.get("important") is not None:
        points = _number(f"{where}important", told["important"])
        return Important(points, "as told in the course")
    listed = [t for t in instrument.thresholds if t.kind == "important"] if instrument else []
    fitting = [t for t in listed if not t.relative and t.high <= width]
    near = [t for t in fitting if region and region.strip().lower() in t.regions]
    near = near or [t for t in fitting if not t.regions] or fitting
    if not near:
        text = "an assumption: a fifth of the range, as no published change is at hand"
        return Important(ASSUMED_SHARE * width, text)
    largest = max(near, key=lambda t: t.high)
    return Important(largest.high, largest.population, largest.sources)


def _score(where: str, told: Any, low: float, high: float) -> Score:
    one = _object(where, told, SCORE_FIELDS)
    for name in SCORE_FIELDS:
        if name not in one:
            raise InputError(f"{where}.{name}", "is missing", "a number")
    value = _number(f"{where}.value", one["value"])
    if not low <= value <= high:
        raise InputError(f"{where}.value", f"is {value:g}", f"{low:g} to {high:g}")
    return Score(_number(f"{where}.day", one["day"]), value)


def _session(where: str, told: Any) -> Session:
    one = _object(where, told, SESSION_FIELDS)
    if "day" not in one:
        raise InputError(f"{where}.day", "is missing", "a day of the course")
    counts = [_count(f"{where}.{name}", one.get(name)) for name in SESSION_FIELDS[1:]]
    return Session(_number(f"{where}.day", one["day"]), *counts)


def _finest(values: list[float]) -> float:
    """The coarsest usual step that all values are multiples of."""
    for step in STEPS:
        if all(abs(value / step - round(value / step)) < 1e-6 for value in values):
            return step
    raise InputError("scores", "have more than two digits after the point", "say 'step'")


def _object(where: str, told: Any, fields: tuple[str, ...]) -> Mapping[str, Any]:
    if not isinstance(told, dict):
        raise InputError(where, f"is {_short(told)}", "an object with " + ", ".join(fields))
    for key in told:
        if key not in fields:
            raise InputError(
                f"{where}.{str(key)[:40]}" if where != "course" else str(key)[:40],
                "is not a known field",
                "one of " + ", ".join(fields),
                close_names(str(key), fields),
            )
    return told


def _list(where: str, told: Any, most: int) -> list[Any]:
    if not isinstance(told, list):
        raise InputError(where, f"is {_short(told)}", "a list")
    if len(told) > most:
        raise InputError(where, f"holds {len(told)} entries", f"at most {most}")
    return told


def _number(where: str, told: Any) -> float:
    if isinstance(told, bool) or not isinstance(told, int | float) or not abs(told) < 1e9:
        raise InputError(where, f"is {_short(told)}", "a number")
    return float(told)


def _count(where: str, told: Any) -> int | None:
    if told is None:
        return None
    if isinstance(told, bool) or not isinstance(told, int | float) or told != told // 1:
        raise InputError(where, f"is {_short(told)}", "a whole number, or null if not known")
    if told < 0:
        raise InputError(where, f"is {told:g}", "0 or more, or null if not known")
    return int(told)


def _flag(where: str, told: Any) -> bool:
    if not isinstance(told, bool):
        raise InputError(where, f"is {_short(told)}", "true or false")
    return told


def _short(told: Any) -> str:
    text = "null" if told is None else repr(told)
    return text if len(text) <= 40 else text[:37] + "..."
