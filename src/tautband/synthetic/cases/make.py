"""Made-up patients, put together: who, what, findings, screening, sessions, scores, stage."""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import replace
from datetime import date, timedelta
from functools import cache, lru_cache

import numpy as np

from tautband.base.errors import InputError
from tautband.body.drawing import Drawing
from tautband.reasoning.knowledge import Knowledge, load_knowledge
from tautband.synthetic.cases.course import (
    WORLDS,
    Course,
    function_scores,
    made_up_course,
    measurements,
    pain_scores,
    soreness_after,
)
from tautband.synthetic.cases.figures import care
from tautband.synthetic.cases.illness import (
    likeliest,
    made_up_complaint,
    made_up_findings,
    made_up_illness,
    positive,
)
from tautband.synthetic.cases.mirror import mirrored
from tautband.synthetic.cases.person import made_up_person
from tautband.synthetic.cases.picking import toss
from tautband.synthetic.cases.treatment import (
    WINDOW_DAYS,
    Given,
    Plan,
    choose_targets,
    judge,
    made_up_plan,
    made_up_session,
)
from tautband.synthetic.cases.values import Case, Illness, PainScore, Stage, Visit
from tautband.synthetic.courses import CourseWorld
from tautband.synthetic.patients import WORLDS as ZONES
from tautband.synthetic.patients import Generator

DEFAULT_WORLD, DEFAULT_ZONES = WORLDS[0].name, ZONES[0].name
DEFAULT_START = date(2026, 11, 2)
MOST_PATIENTS = 100_000
LATEST_SCORES = 3


def find_world(name: str) -> CourseWorld:
    """A world by its name; spaces, hyphens and underscores are one.  Raises InputError."""
    words = " ".join(name.lower().replace("-", " ").replace("_", " ").split())
    for world in WORLDS:
        if world.name == words:
            return world
    raise InputError(
        "world", f"'{name[:60]}' is not known", "one of " + ", ".join(w.name for w in WORLDS)
    )


def made_up_cases(
    count: int,
    seed: int,
    start: date = DEFAULT_START,
    world: str = DEFAULT_WORLD,
    zones: str = DEFAULT_ZONES,
) -> Iterator[Case]:
    """So many made-up patients; patient k is the same whatever the count.

    ``start`` is the first possible day of a first session; the records are of the day twelve weeks
    later.  ``world`` says how the course goes, ``zones`` (a name of ``patients.WORLDS``) where pain
    is felt.  Raises InputError.
    """
    if not 1 <= count <= MOST_PATIENTS:
        raise InputError("patients", f"is {count}", f"1 to {MOST_PATIENTS:,}")
    if seed < 0:
        raise InputError("seed", f"is {seed}", "0 or more")
    if not date(1970, 1, 1) <= start <= date(2200, 1, 1):
        raise InputError("start", f"is {start}", "a day between 1970 and 2200")
    # Checked here and not when the first patient is asked for.
    return _cases(count, seed, start, find_world(world), _drawer(zones, seed))


def _cases(
    count: int, seed: int, start: date, world: CourseWorld, drawer: Generator
) -> Iterator[Case]:
    for number in range(1, count + 1):
        yield _case(number, start, world, drawer, np.random.default_rng([seed, number]))


@cache
def _drawer(zones: str, seed: int) -> Generator:
    for world in ZONES:
        if world.name == zones:
            return Generator(load_knowledge(), world, seed)
    raise InputError("zones", f"'{zones}' is not known", ", ".join(w.name for w in ZONES))


def _case(
    number: int, start: date, world: CourseWorld, drawer: Generator, rng: np.random.Generator
) -> Case:
    # A stream for each part, so that the same person meets the same illness in every world.
    who, ill, plan_rng, care_rng, scores = rng.spawn(5)
    known = drawer.knowledge
    record, complaint = made_up_complaint(who)
    until = start + timedelta(days=WINDOW_DAYS)
    someone = made_up_person(number, complaint, record.area, who)
    plan = made_up_plan(start, someone.competition, plan_rng)
    person = someone.on(plan.first)
    illness = made_up_illness(record, complaint, someone.work, someone.sport, plan.first, ill)
    findings = made_up_findings(illness, known.model, person.sex, ill)
    drawing = _drawing(illness, known, drawer, ill)
    points = positive(findings)
    if not points and toss(care("weaker_signs"), care_rng):
        points = likeliest(findings)
    judged = judge(dict(person.answers), choose_targets(points, care_rng))
    allowed = [(t.muscle, t.side) for t in judged.targets if t.allowed]
    given = [(day, made_up_session(allowed, care_rng)) for day in plan.given] if allowed else []
    course = made_up_course(world, plan.first, given, scores)
    last = (until - plan.first).days
    if plan.dropped and given:
        last = (given[-1][0] - plan.first).days + 2
    pain = pain_scores(course, last, scores)
    drawing = as_strong(drawing, next(s.value for s in pain if s.day == plan.first))
    days = _looked_at(plan, given)
    activities, function = function_scores(course, complaint.activities, days, scores)
    measured = measurements(course, complaint.movement, person.sex, days, scores)
    case = Case(
        person=person,
        illness=illness,
        drawing=drawing,
        findings=findings,
        targets=judged.targets,
        decision=judged.decision,
        rules=judged.rules,
        stops=judged.stops,
        positive=len(points),
        planned=plan.planned,
        first=plan.first,
        until=until,
        missed=plan.missed if given else (),
        visits=_visits(course, given, scores),
        pain=pain,
        activities=activities,
        function=function,
        movement=complaint.movement.name,
        measured=measured,
        stage=_stage(plan, bool(given), pain),
        world=world.name,
        zones=drawer.world.name,
        truth=course.truth,
    )
    return mirrored(case, drawer.surface) if toss(0.5, ill) else case


def _drawing(
    illness: Illness, known: Knowledge, drawer: Generator, rng: np.random.Generator
) -> Drawing:
    at = _numbers(known)
    units = {at[known.atlas.ranked(muscle, side).key] for muscle, side in illness.active}
    hand = copy(drawer)
    hand.random = rng
    return hand.drawing(sorted(units))


@lru_cache(maxsize=1)
def _numbers(known: Knowledge) -> dict[str, int]:
    return {unit.key: number for number, unit in enumerate(known.units)}


def as_strong(drawing: Drawing, usual: int) -> Drawing:
    """The drawing with its worst place one point above the usual pain."""
    most = int(drawing.intensity.max(initial=0))
    if most == 0:
        return drawing
    scale = min(10, usual + 1) / most
    felt, levels = np.flatnonzero(drawing.intensity), drawing.intensity.copy()
    levels[felt] = np.clip(np.rint(levels[felt] * scale), 1, 10)
    return replace(drawing, intensity=levels)


def _visits(
    course: Course, given: Sequence[tuple[date, Given]], rng: np.random.Generator
) -> tuple[Visit, ...]:
    return tuple(
        one.visit(number + 1, day, soreness_after(course, number, rng))
        for number, (day, one) in enumerate(given)
    )


def _looked_at(plan: Plan, given: Sequence[tuple[date, Given]]) -> list[int]:
    """Days when function and motion are taken: the first, half way, and the last session's."""
    days = [0]
    done = len(given)
    half = (plan.planned + 1) // 2
    if half < done:
        days.append((given[half][0] - plan.first).days)
    if 1 < done == plan.planned and (given[-1][0] - plan.first).days not in days:
        days.append((given[-1][0] - plan.first).days)
    return days


def _stage(plan: Plan, needled: bool, pain: Sequence[PainScore]) -> Stage:
    if not needled:
        return Stage.NOT_NEEDLED
    if plan.stage in (Stage.NEW, Stage.DROPPED_OUT) or len(plan.given) < LATEST_SCORES:
        return plan.stage
    before = [s.value for s in pain if s.day <= plan.first]
    latest = [s.value for s in pain if s.day > plan.first][-LATEST_SCORES:]
    if len(latest) < LATEST_SCORES:
        return plan.stage
    start = sum(before) / len(before)
    gain = max(start - sum(latest) / len(latest), start - latest[-1])
    return Stage.STALLED if gain < care("stalled_gain") else plan.stage
