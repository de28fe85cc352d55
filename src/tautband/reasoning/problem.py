"""The reduced network cut into parts that have nothing to do with each other."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from tautband.reasoning.network import Floats
from tautband.reasoning.reduction import Family, Reduced, Step, components, family_factor


@dataclass(frozen=True, eq=False)
class Problem:
    """All steps, those of tables over drivers included, and the parts (step indices) they form."""

    reduced: Reduced
    steps: list[Step]
    parts: list[list[int]]
    log_constant: float

    @cached_property
    def part_of(self) -> dict[int, int]:
        """The part in which each bit lies."""
        place: dict[int, int] = {}
        for number, part in enumerate(self.parts):
            for index in part:
                step = self.steps[index]
                place.update(dict.fromkeys((*step.drivers, *step.regions), number))
        return place

    def driver_groups(self, family: Family) -> list[tuple[int, ...]]:
        """The driver bits of a family, grouped by part."""
        groups: dict[int, list[int]] = {}
        for driver in family.drivers:
            bit = self.reduced.driver_bit[driver]
            groups.setdefault(self.part_of[bit], []).append(bit)
        return [tuple(group) for group in groups.values()]


def problem_of(reduced: Reduced) -> Problem:
    """Add the tables over drivers that causes without bits leave, and find the parts."""
    steps = list(reduced.steps)
    log_constant = 0.0
    for family in reduced.families:
        if not family.plain or not family.drivers:
            factor, highest = family_factor(family)
            log_constant += highest
            if family.drivers:
                drivers = tuple(reduced.driver_bit[d] for d in family.drivers)
                steps.append(_table_step(drivers, factor))
    parts = components([step.mask for step in steps])
    problem = Problem(reduced, steps, parts, log_constant)
    _add_questions(problem)
    return problem


def _add_questions(problem: Problem) -> None:
    """Steps without effect that ask for the joint posterior of drivers within one part."""
    answered = {step.drivers for step in problem.steps}
    for family in problem.reduced.families:
        for drivers in problem.driver_groups(family):
            if drivers not in answered:
                answered.add(drivers)
                problem.parts[problem.part_of[drivers[0]]].append(len(problem.steps))
                problem.steps.append(_table_step(drivers, np.ones(1 << len(drivers))))


def _table_step(drivers: tuple[int, ...], factor: Floats) -> Step:
    return Step(-1, drivers, (), factor[:, None], np.zeros((1, 0)))


def family_states(
    family: Family, problem: Problem, tables: dict[tuple[int, ...], Floats]
) -> Floats:
    """Posterior (N, V + 1) of causes without bits, from the posterior of their drivers."""
    groups = problem.driver_groups(family)
    held = np.ones(1)
    for group in groups:
        held = np.multiply.outer(held, tables[group]).ravel()
    axes = [bit for group in groups for bit in group]
    wanted = [problem.reduced.driver_bit[d] for d in family.drivers]
    cube = held.reshape((2,) * len(axes)).transpose([axes.index(b) for b in wanted])
    given = family.weight / family.weight.sum(axis=2, keepdims=True)
    states: Floats = np.einsum("d,nds->ns", cube.ravel(), given)
    return states
