"""The course of an episode as the forecast reads it, and the forecast as it was shown."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from tautband.base.errors import InputError
from tautband.care.course import SCHEMA, Judged, course_json, judge_file
from tautband.clinic.record.models import Measure, Session
from tautband.clinic.visit_pages.door import Visit
from tautband.clinic.visit_pages.showing import keep_shown, last_shown

OUTCOME = "nprs"
_HOURS = 24.0


def course_of(at: Visit, sessions: Sequence[Session]) -> dict[str, Any] | None:
    """Scores and closed sessions by day, schema ``tautband.course/1``; None without a score.

    Day 0 is that of the first session, or of the first score.
    """
    rows = Measure.objects.in_clinic(at.seat.clinic).filter(episode=at.episode, instrument=OUTCOME)
    scores = [one for one in rows.order_by("taken_at") if one.value is not None]
    done = sorted((one for one in sessions if one.state == "closed"), key=lambda s: s.began_at)
    if not scores:
        return None
    zero = timezone.localdate(done[0].began_at if done else scores[0].taken_at)

    def day(moment: Any) -> float:
        local = timezone.localtime(moment)
        return (local.date() - zero).days + round(local.hour / _HOURS, 2)

    # A score of a session's day counts as taken before the needle: that is what its fraction says.
    told: dict[str, Any] = {
        "schema": "tautband.course/1",
        "outcome": OUTCOME,
        "synthetic": at.patient.is_synthetic,
        "scores": [{"day": day(one.taken_at), "value": one.value} for one in scores],
        "sessions": [
            {"day": day(one.began_at), "needles": one.needles, "insertions": one.insertions,
             "ltr": one.twitches}
            for one in done
        ],
    }  # fmt: skip
    planned = next((one.plan.sessions_planned for one in reversed(done) if one.plan), None)
    return told | ({"planned_sessions": planned} if planned else {})


def judged(at: Visit, sessions: Sequence[Session]) -> Judged | None:
    """The course judged, for a picture of it; None where it cannot be."""
    told = course_of(at, sessions)
    if told is None or not told["sessions"]:
        return None
    try:
        return judge_file(told)
    except InputError:
        return None


def forecast(at: Visit, sessions: Sequence[Session]) -> dict[str, Any] | None:
    """The forecast of the course, ``tautband.forecast/1``; None where it cannot be made.

    What is shown is kept once, with its versions: again only when the course has changed.
    """
    told = course_of(at, sessions)
    if told is None or not told["sessions"]:
        return None
    before = last_shown(at, "forecast", schema=SCHEMA)
    if before is not None and before.asked == told:
        answer: dict[str, Any] = before.answer
        return answer
    try:
        found = course_json(judge_file(told))
    except InputError:
        return None  # too little to say anything: the page says nothing then
    keep_shown(at, "forecast", told, found)
    return found
