"""The whole validation: what is run, and all results together."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from tautband.reasoning.knowledge import Knowledge
from tautband.synthetic.patients import WORLDS, World
from tautband.validation.halves import DEVELOPMENT, HELD_OUT
from tautband.validation.published import (
    CaseOutcome,
    Comparison,
    GroupOutcome,
    Outcome,
    compare,
    run_cases,
    run_groups,
)
from tautband.validation.records import Cases, GroupStudies, read_cases, read_group_studies
from tautband.validation.simulated import WorldResult, run_worlds

Part = Literal["calibration", "groups", "cases"]
PARTS: tuple[Part, ...] = ("calibration", "groups", "cases")
FULL_PATIENTS, SHORT_PATIENTS = 300, 12
FULL_RESAMPLES, SHORT_RESAMPLES = 2000, 200
SEED = 2026
COLLECTIONS = ((1, "at hand while the model was made"), (2, "found afterwards"))


@dataclass(frozen=True)
class Plan:
    """What to run.

    ``put_aside``: also the half of the cases that is put aside.  The short form, which one runs
    while working on the model, leaves it alone, so that nobody comes to know it by heart.
    """

    patients: int = FULL_PATIENTS
    resamples: int = FULL_RESAMPLES
    seed: int = SEED
    put_aside: bool = True
    parts: Collection[Part] = PARTS
    worlds: Sequence[World] = WORLDS


@dataclass(frozen=True)
class CaseResults:
    """All cases that were run, the comparisons over groups of them, and how many were not run."""

    outcomes: tuple[CaseOutcome, ...]
    comparisons: tuple[Comparison, ...]
    not_run: int
    data: Cases


@dataclass(frozen=True)
class GroupResults:
    """All patterns of group studies and the comparisons over them."""

    outcomes: tuple[GroupOutcome, ...]
    comparisons: tuple[Comparison, ...]
    data: GroupStudies


@dataclass(frozen=True)
class Results:
    """What was found, part by part; None for a part that was not run."""

    plan: Plan
    body: str
    atlas: str
    model: str
    muscles: int
    worlds: tuple[WorldResult, ...] | None
    groups: GroupResults | None
    cases: CaseResults | None


def validate(
    knowledge: Knowledge, plan: Plan, progress: Callable[[str], None] = lambda _: None
) -> Results:
    """Run the plan; the same plan gives the same results.  ``progress`` hears what is done."""
    muscles = len({u.id for u in knowledge.units if u.muscle})
    groups = cases = worlds = None
    if "groups" in plan.parts:
        groups = _groups(knowledge, plan, muscles)
        progress("group studies")
    if "cases" in plan.parts:
        cases = _cases(knowledge, plan, muscles)
        progress("published cases")
    if "calibration" in plan.parts:
        found = []
        for result in run_worlds(
            knowledge, plan.worlds, plan.patients, plan.seed, times=plan.resamples
        ):
            found.append(result)
            progress(f"{result.world.name}, {result.told}")
        worlds = tuple(found)
    return Results(
        plan,
        knowledge.atlas.table.surface.version,
        knowledge.atlas.version,
        f"model-{knowledge.model.version}",
        muscles,
        worlds,
        groups,
        cases,
    )


def _groups(knowledge: Knowledge, plan: Plan, muscles: int) -> GroupResults:
    data = read_group_studies()
    outcomes = run_groups(data, knowledge)
    parts = [
        ("independent", [g.outcome for g in outcomes if not g.outcome.circular]),
        (
            "circular",
            [g.outcome for g in outcomes if g.outcome.circular],
        ),
    ]
    return GroupResults(outcomes, _compared(parts, muscles, plan), data)


def _cases(knowledge: Knowledge, plan: Plan, muscles: int) -> CaseResults:
    data = read_cases()
    halves = (DEVELOPMENT, HELD_OUT) if plan.put_aside else (DEVELOPMENT,)
    outcomes = run_cases(data, knowledge, halves)
    fair = [c for c in outcomes if not c.outcome.circular]
    parts = [(f"{half}, all", [c.outcome for c in fair if c.case.half == half]) for half in halves]
    parts += [
        (
            f"{half}, {when}",
            [c.outcome for c in fair if (c.case.half, c.case.collection) == (half, number)],
        )
        for half in halves
        for number, when in COLLECTIONS
    ]
    return CaseResults(
        outcomes, _compared(parts, muscles, plan), len(data.case) - len(outcomes), data
    )


def _compared(
    parts: Sequence[tuple[str, Sequence[Outcome]]], muscles: int, plan: Plan
) -> tuple[Comparison, ...]:
    return tuple(
        compare(name, outcomes, muscles, times=plan.resamples, seed=plan.seed)
        for name, outcomes in parts
        if outcomes
    )
