"""One course judged: measures say what is important, the response says whether it is working."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from tautband.care.course_file import Important, ReadCourse, read_course
from tautband.care.course_words import for_clinician, for_patient, in_ten
from tautband.response.course import Course
from tautband.response.fit import fit
from tautband.response.forecast import Chance, Curve, Forecast, forecast
from tautband.response.model import Model
from tautband.response.numbers import numbers_version
from tautband.response.verdict import Review, Verdict, judge, load_rule, review

SCHEMA = "tautband.forecast/1"
DIGITS = 1  # of a chance or a share: it is not known more finely


@dataclass(frozen=True, eq=False)
class Judged:
    """A course with its forecast, verdict, next review and the sentences for both readers."""

    course: Course
    important: tuple[Important, ...]
    forecast: Forecast
    verdict: Verdict
    review: Review
    clinician: tuple[str, ...]
    patient: tuple[str, ...]


def judge_course(read: ReadCourse) -> Judged:
    """Fit and judge one course; pure and deterministic, in under 50 ms for 12 weeks of days."""
    course = read.course
    found = forecast(fit(Model(course)))
    verdict = judge(found)
    due = review(found, course, verdict)
    main = read.important[0]
    return Judged(
        course,
        read.important,
        found,
        verdict,
        due,
        for_clinician(course, found, verdict, due, main.text),
        for_patient(course, found, verdict, due),
    )


def judge_file(told: Any) -> Judged:
    """Judge a course from decoded JSON; raises InputError that names the field."""
    return judge_course(read_course(told))


def course_json(judged: Judged) -> dict[str, Any]:
    """The answer by schema ``tautband.forecast/1``."""
    f, main = judged.forecast, judged.course.outcomes[0]
    return {
        "schema": SCHEMA,
        "versions": versions(),
        "synthetic": judged.course.synthetic,
        "outcome": main.name,
        "range": [main.low, main.high],
        "better": main.better,
        "today": f.now,
        "first_session": f.first if f.done else None,
        "sessions_done": f.done,
        "sessions_planned": f.planned,
        "important_change": {
            "points": f.important,
            "from": judged.important[0].text,
            "sources": list(judged.important[0].sources),
        },
        "verdict": judged.verdict.answer,
        "why": judged.verdict.why,
        "p_important_change": {
            "now": _told(f.p_important_now),
            "if_continued": [_chance(c) for c in f.if_continued],
            "if_stopped": [_chance(c) for c in f.if_stopped],
        },
        "p_benefit": _told(f.p_benefit),
        "change_so_far": _ends(f.change),
        "benefit_of_usual_course": _ends(f.benefit),
        "prior_share": round(f.prior_share, DIGITS),
        "prior_share_of_change": round(f.prior_share_change, DIGITS),
        "curve": {
            "fitted": _curve(f.fitted),
            "if_continued": _curve(f.continued),
            "if_stopped": _curve(f.stopped),
        },
        "review": {
            "kind": judged.review.kind,
            "day": judged.review.day,
            "session": judged.review.session,
            "stalled": judged.review.stalled,
        },
        "remaining_sessions": {
            "planned": max(0, f.planned - f.done),
            "until_important_change_is_likely": f.sessions_needed,
        },
        "sentences": {"clinician": list(judged.clinician), "patient": list(judged.patient)},
        "accuracy": {"effective_draws": round(f.effective)},
    }


def versions() -> dict[str, str]:
    """What made a forecast."""
    return {
        "tautband": version("tautband"),
        "priors": numbers_version(),
        "rule": load_rule().version,
    }


def _told(p: float) -> dict[str, Any]:
    return {"p": round(p, DIGITS), "said": in_ten(p)}


def _chance(one: Chance) -> dict[str, Any]:
    return {"week": one.week, **_told(one.chance)}


def _ends(three: Sequence[float]) -> dict[str, float]:
    low, middle, high = (round(x, 1) for x in three)
    return {"low": low, "middle": middle, "high": high}


def _curve(curve: Curve) -> list[dict[str, float]]:
    return [
        {"day": round(float(day), 2), **_ends(curve.levels[:, n].tolist())}
        for n, day in enumerate(curve.days)
    ]
