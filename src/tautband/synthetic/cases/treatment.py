"""What is done: targets, what screening says of them, the plan of sessions, and each session."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import numpy as np

from tautband.atlas.atlas import load_atlas
from tautband.base.side import Side
from tautband.care.screen import read_answers, screen_targets
from tautband.safety.decision import Decision
from tautband.safety.events.entries import Entry, Insertion, Redirection, Removal
from tautband.safety.events.ledger import Ledger
from tautband.safety.events.taxonomy import load_taxonomy
from tautband.safety.screening.rules import load_knowledge
from tautband.safety.screening.targets import Target as ScreenTarget
from tautband.safety.screening.targets import muscle_target, with_both_sides
from tautband.synthetic.cases.figures import care
from tautband.synthetic.cases.picking import one_of, toss
from tautband.synthetic.cases.values import Event, Needled, Stage, Target, Visit

MOST_TARGETS = 3
BOTH_SIDES = "both_sides_of_the_chest"  # a rule of screening
RATES_FROM = "brady2014"  # one survey for all kinds, so that their sum is that survey's
WEEKEND = 5
SHUT = {(12, 25), (12, 26), (1, 1)}  # month and day: the clinic is closed, an assumption
NEAR_COMPETITION = 2  # days: see the rule competition_soon of screening
LEAST_GAP = 3  # days: soreness of 24 to 72 hours is over
MOST_MOVED = 6  # days by which closed days and the least gap may move a session
WINDOW_DAYS = 84
REVIEW_DAYS = 7  # a course counts as finished a week after its last session
GONE_DAYS = 14  # and as broken off when nobody came for so long
LONGEST_COURSE = WINDOW_DAYS - GONE_DAYS


@dataclass(frozen=True)
class Schedule:
    """Days from the first session; ``missed`` are appointments that nobody came to."""

    days: tuple[int, ...]
    missed: tuple[int, ...]


@dataclass(frozen=True)
class Plan:
    """How many sessions are planned, how many were given by the day of the record."""

    planned: int
    first: date
    given: tuple[date, ...]
    missed: tuple[date, ...]
    dropped: bool

    @property
    def stage(self) -> Stage:
        """How far it is, scores apart."""
        done = len(self.given)
        if self.dropped:
            return Stage.DROPPED_OUT
        if done == self.planned:
            return Stage.FINISHED
        return Stage.HALF if 2 * done >= self.planned else Stage.NEW


@dataclass(frozen=True)
class Screened:
    """What screening says of some targets; ``stops`` are the rules that ask or are stricter."""

    targets: tuple[Target, ...]
    decision: Decision
    rules: tuple[str, ...]
    stops: tuple[str, ...]


def choose_targets(
    positive: Sequence[tuple[str, Side]], rng: np.random.Generator
) -> tuple[tuple[str, Side], ...]:
    """What the clinician means to needle: at most three, nothing that is not needled."""
    muscles = load_atlas().muscles
    chosen: list[tuple[str, Side]] = []
    trained = {m: toss(care("restricted_trained"), rng) for m in sorted({m for m, _ in positive})}
    for muscle, side in positive:
        status = muscles[muscle].needling.status
        if status == "needled" or (status == "restricted" and trained[muscle]):
            chosen.append((muscle, side))
    return tuple(chosen[:MOST_TARGETS])


def judge(answers: dict[str, Any], wanted: Sequence[tuple[str, Side]]) -> Screened:
    """What screening says; both sides of the chest are not planned for one day."""
    found = screened(answers, wanted)
    if BOTH_SIDES not in found.stops:
        return found
    return screened(answers, [(muscle, side) for muscle, side in wanted if side is wanted[0][1]])


def screened(answers: dict[str, Any], wanted: Sequence[tuple[str, Side]]) -> Screened:
    """Each target with its decision, the decision on the patient, and the rules that spoke."""
    sides = with_both_sides(_target(muscle, side) for muscle, side in wanted)
    found = screen_targets(read_answers(answers), sides).screening
    targets = tuple(Target(m.target.muscle, m.target.side, m.decision) for m in found.muscles)
    rules = tuple(dict.fromkeys(r.id for r in found.counted if r.decision > Decision.PROCEED))
    stops = tuple(dict.fromkeys(r.id for r in found.counted if r.interrupts))
    return Screened(targets, found.patient.decision, rules, stops)


@cache
def _target(muscle: str, side: Side) -> ScreenTarget:
    atlas = load_atlas()
    return muscle_target(atlas.muscles[muscle], side, atlas, load_knowledge().places)


def made_up_plan(start: date, competition: int | None, rng: np.random.Generator) -> Plan:
    """Sessions given between ``start`` and the day of the record, twelve weeks later.

    ``competition``: days from the first session to a competition; none is needled just before it.
    """
    until = start + timedelta(days=WINDOW_DAYS)
    schedule = _schedule(competition, rng)
    planned = len(schedule.days)
    lots = rng.random(3)
    dropped = bool(lots[0] < care("dropout")) and planned > 1
    if dropped:
        done = 1 + int(lots[1] * (planned - 1))
        soonest, latest = schedule.days[done - 1] + GONE_DAYS, WINDOW_DAYS
    elif lots[1] < care("stage_new"):
        done, soonest = 1, 0
        latest = schedule.days[1] - 1 if planned > 1 else REVIEW_DAYS
    elif lots[1] < care("stage_new") + care("stage_half") and planned > 1:
        done = (planned + 1) // 2
        soonest, latest = schedule.days[done - 1], schedule.days[done] - 1
    else:
        done, soonest, latest = planned, schedule.days[-1] + REVIEW_DAYS, WINDOW_DAYS
    elapsed = soonest + int(lots[2] * (latest - soonest + 1))
    elapsed = min(elapsed, WINDOW_DAYS)
    first = workday(until - timedelta(days=elapsed), forward=False)
    first = first if first >= start else workday(start)
    given = _dates(first, schedule.days[:done])
    missed = [workday(first + timedelta(days=d)) for d in schedule.missed if d < elapsed]
    return Plan(
        planned,
        first,
        tuple(d for d in given if d <= until),
        tuple(d for d in missed if d <= until and (not dropped or d < given[-1])),
        dropped,
    )


def _dates(first: date, days: Sequence[int]) -> list[date]:
    """Working days of the sessions, never closer than the least gap."""
    dates = [first]
    for day in days[1:]:
        soonest = dates[-1] + timedelta(days=LEAST_GAP)
        dates.append(workday(max(first + timedelta(days=day), soonest)))
    return dates


def workday(day: date, *, forward: bool = True) -> date:
    """The day, or the nearest working day after it (before it)."""
    while day.weekday() >= WEEKEND or (day.month, day.day) in SHUT:
        day += timedelta(days=1 if forward else -1)
    return day


def _schedule(competition: int | None, rng: np.random.Generator) -> Schedule:
    if toss(care("sessions_usual"), rng):
        planned = one_of((3, 4, 5, 6), rng)
    else:
        planned = one_of((1, 2) if toss(care("sessions_fewer"), rng) else (7, 8), rng)
    gaps = (3, 4) if toss(care("twice_weekly"), rng) else (7, 7)
    days, missed, day = [0], [], 0
    lots = rng.random(planned)
    for number in range(1, planned):
        day += gaps[number % 2]
        room = day + 7 + 7 * (planned - number) < LONGEST_COURSE
        if room and lots[number] < care("missed_appointment"):
            missed.append(day)
            day += 7
        if competition is not None and 0 <= competition - day <= NEAR_COMPETITION + MOST_MOVED:
            day = competition + 1
        days.append(day)
    return Schedule(tuple(days), tuple(missed))


@dataclass(frozen=True)
class Given:
    """A session before its soreness is known."""

    muscles: tuple[Needled, ...]
    ledger: Ledger
    events: tuple[Event, ...]

    def visit(self, number: int, day: date, soreness: int | None) -> Visit:
        """The session as it is recorded."""
        return Visit(number, day, self.muscles, self.ledger, soreness, self.events)


def made_up_session(targets: Sequence[tuple[str, Side]], rng: np.random.Generator) -> Given:
    """Needles, insertions, twitches and events of one session."""
    retained = toss(care("retained"), rng)
    assessed = toss(care("ltr_assessed"), rng)
    minutes = _upto("minutes_least", "minutes_most", rng)
    entries: list[Entry] = []
    muscles = []
    for muscle, side in targets:
        mine, ltr = _needle(muscle, side, retained, assessed, minutes, len(entries), rng)
        entries += mine
        needles = {e.needle for e in mine if isinstance(e, Insertion)}
        count = sum(isinstance(e, Insertion) for e in mine)
        muscles.append(Needled(muscle, side, len(needles), count, ltr))
    return Given(tuple(muscles), Ledger({e.id: e for e in entries}), _events(rng))


def _upto(least: str, most: str, rng: np.random.Generator) -> float:
    low, high = care(least), care(most)
    return float(round(low + rng.random() * (high - low)))


def _needle(
    muscle: str, side: Side, retained: bool, assessed: bool, minutes: float, at: int,
    rng: np.random.Generator,
) -> tuple[list[Entry], int | None]:  # fmt: skip
    entries: list[Entry] = []
    total = 0
    for needle in range(1 + int(rng.random() * care("needles_most"))):
        name = f"{muscle}:{side}:{needle + 1}"
        twitches = int(rng.poisson(care("ltr_per_needle"))) if assessed else None
        total += twitches or 0
        for number in range(1 if retained else 1 + int(rng.random() * care("insertions_most"))):
            key = f"{at + len(entries) + 1:03}"
            entries.append(
                Insertion(
                    key, name, muscle, side, retained, twitches if number == 0 else None,
                    at_minute=0.0 if retained else None,
                )
            )  # fmt: skip
            if retained:
                entries.append(Removal(f"{key}r", key, at_minute=minutes))
            elif times := int(rng.poisson(care("redirections"))):
                entries.append(Redirection(f"{key}d", key, times))
    return entries, total if assessed else None


@cache
def event_rates() -> dict[str, float]:
    """Chance of each kind of event in a treatment, from one survey of 7,629 treatments."""
    return {
        kind.id: rate.value / 100
        for kind in load_taxonomy().kinds.values()
        for rate in kind.rate
        if rate.source == RATES_FROM and rate.per == "treatment" and rate.unit == "%"
    }


def _events(rng: np.random.Generator) -> tuple[Event, ...]:
    rates = event_rates()
    lots = rng.random((len(rates), 2))
    kinds = load_taxonomy().kinds
    found = []
    for (kind, rate), (lot, when) in zip(rates.items(), lots.tolist(), strict=True):
        if lot < rate:
            soon, late = kinds[kind].onset_hours
            found.append(Event(kind, kinds[kind].usual, round(soon + when * (late - soon), 1)))
    return tuple(found)
