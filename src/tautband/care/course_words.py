"""A forecast in sentences, for the clinician and for the patient; never finer than it is known."""

from collections.abc import Sequence

from tautband.response.course import Course
from tautband.response.forecast import Chance, Forecast
from tautband.response.model import WEEK
from tautband.response.verdict import Review, Verdict

TITLES = {
    "working": "Working",
    "too_early": "Too early to tell",
    "cannot_be_separated": "Cannot be separated from natural recovery",
    "not_working": "Not working",
}
LOW_ACCURACY = 100


def in_ten(p: float) -> str:
    """``about 7 in 10``: a probability as coarse as it is known."""
    if p < 0.05:
        return "fewer than 1 in 10"
    if p >= 0.95:
        return "more than 9 in 10"
    return f"about {max(1, min(9, round(p * 10)))} in 10"


def points(x: float) -> str:
    """A change in points, to the half point on scales to 10 and to whole points on longer ones."""
    size = round(abs(x)) if abs(x) >= 10 else round(abs(x) * 2) / 2
    return f"{size:g} {'point' if size == 1 else 'points'}"


def for_clinician(
    course: Course, f: Forecast, verdict: Verdict, due: Review, important_from: str
) -> tuple[str, ...]:
    """What a clinician should know, most important first."""
    name = course.outcomes[0].name
    said = [f"{TITLES[verdict.answer]}: {verdict.why}."]
    if f.done:
        said.append(_so_far(name, f))
    said.append(
        f"An important change is {f.important:g} points here ({important_from}). "
        f"Reached so far: {in_ten(f.p_important_now)}."
    )
    said += _later(f)
    said.append(_attributed(f))
    said.append(_prior(f))
    said.append(_next(f, due))
    if f.done and course.start >= f.first - WEEK / 2:
        said.append(
            "No scores before the first session: recovery and benefit then begin together, and "
            "are hard to tell apart. A week or two of scores before treatment, or a pause, helps."
        )
    if f.effective < LOW_ACCURACY:
        said.append("The computation is less exact than usual for this course; read it as rough.")
    return tuple(said)


def _so_far(name: str, f: Forecast) -> str:
    low, middle, high = f.change
    return (
        f"{name} since the first session, noise and soreness set aside: about {_signed(middle)} "
        f"(from {_signed(low)} to {_signed(high)})."
    )


def _signed(x: float) -> str:
    if points(x).startswith("0 "):
        return "no change"
    return f"{points(x)} {'better' if x > 0 else 'worse'}"


def _later(f: Forecast) -> list[str]:
    if not f.if_continued:
        return []
    weeks = _chosen([c.week for c in f.if_continued])
    go = {c.week: c.chance for c in f.if_continued}
    stop = {c.week: c.chance for c in f.if_stopped}
    told = [
        f"week {week}: {in_ten(go[week])} if sessions go on, {in_ten(stop[week])} if they stop"
        for week in weeks
    ]
    return ["Chance of an important change by then: " + "; ".join(told) + "."]


def _chosen(weeks: Sequence[int]) -> list[int]:
    """The next week, 6 and 12 where still to come, and the last."""
    wanted = [weeks[0], *(w for w in (6, 12) if w in weeks), weeks[-1]]
    return sorted(set(wanted))


def _attributed(f: Forecast) -> str:
    low, _, high = f.benefit
    return (
        f"That needling itself adds half a point of 10 or more in a usual course: "
        f"{in_ten(f.p_benefit)} (its own part: from {_signed(low)} to {_signed(high)})."
    )


def _prior(f: Forecast) -> str:
    tenths = min(10, max(0, round(f.prior_share * 10)))
    if tenths >= 9:
        return "What is said of the needling's own part rests nearly all on trials so far."
    if tenths <= 1:
        return "What is said of the needling's own part rests nearly all on this patient's scores."
    return (
        f"Of what is said of the needling's own part, about {tenths} in 10 comes from trials and "
        f"the rest from this patient's scores."
    )


def _next(f: Forecast, due: Review) -> str:
    if due.stalled:
        return (
            "Progress has stalled. Review now: ask again for the cause, look at the target, the "
            "load and the habits, and at what is not muscle; go on, change, stop or refer."
        )
    if due.kind == "now":
        return "Review now: go on, change the target, stop or refer."
    if due.kind == "none" or due.session is None:
        return "Review when scores change."
    day = "" if due.day is None else f", about day {due.day:.0f}"
    needed = f.sessions_needed
    rest = (
        " An important change is not expected within the sessions still to come."
        if needed is None
        else ""
        if needed == 0
        else f" About {needed} more {'session' if needed == 1 else 'sessions'} until an important "
        "change is likelier than not."
    )
    return f"Review at {due.kind}: session {due.session}{day}.{rest}"


def for_patient(course: Course, f: Forecast, verdict: Verdict, due: Review) -> tuple[str, ...]:
    """What a patient may be told, in plain words."""
    del course
    said = [
        {
            "working": "Your scores are better than we would expect from time alone. The needling "
            "seems to help you.",
            "too_early": "It is too early to say if the needling helps you.",
            "cannot_be_separated": "You are doing better or about as expected. We cannot tell if "
            "this is the needling or your body healing by itself.",
            "not_working": "So far the needling does not seem to help you enough.",
        }[verdict.answer]
    ]
    if f.if_continued and f.done:
        last = _at(f.if_continued, 12)
        stop = _at(f.if_stopped, last.week)
        said.append(
            f"We estimate that of people with a course like yours, {_people(last.chance)} feel "
            f"clearly better by week {last.week} if they go on, and {_people(stop.chance)} if they "
            "stop now."
        )
    if verdict.answer == "not_working" or due.stalled:
        said.append("We should look again at what causes your pain, and may change the plan.")
    elif due.kind == "now":
        said.append("Let us look at the plan together today.")
    elif due.session is not None:
        said.append(f"We will look at it again together at session {due.session}.")
    said.append("Being sore for a day or two after a session is usual and is not counted here.")
    return tuple(said)


def _at(chances: Sequence[Chance], week: int) -> Chance:
    return min(chances, key=lambda c: abs(c.week - week))


def _people(p: float) -> str:
    return in_ten(p)
