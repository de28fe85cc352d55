"""The reduced network cut into parts that have nothing to do with each other."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from tautband.reasoning.assembly import Assembled
from tautband.reasoning.families import Family
from tautband.reasoning.network import Floats
from tautband.reasoning.steps import Step, components, table_step


@dataclass(frozen=True, eq=False)
class Problem:
    """All steps, and the parts (step indices).

    ``teller``: for each set of driver bits whose posterior is asked for, the step that tells it.
    """

    left: Assembled
    steps: list[Step]
    parts: list[list[int]]
    teller: dict[tuple[int, ...], int] = field(default_factory=dict)

    @cached_property
    def part_of(self) -> dict[int, int]:
        """The part in which each driver bit lies."""
        place: dict[int, int] = {}
        for number, part in enumerate(self.parts):
            for index in part:
                place.update(dict.fromkeys(self.steps[index].drivers, number))
        return place

    def together(self, drivers: list[int]) -> list[tuple[int, ...]]:
        """The bits of drivers that are in play, grouped by part."""
        groups: dict[int, list[int]] = {}
        for driver in drivers:
            bit = self.left.driver_bit.get(driver)
            if bit is not None:
                groups.setdefault(self.part_of[bit], []).append(bit)
        return [tuple(group) for group in groups.values()]

    def told(self, drivers: tuple[int, ...], joint: Mapping[int, Floats]) -> Floats:
        """Posterior (2**drivers,) of a set of driver bits from the joint tables of the steps."""
        index = self.teller[drivers]
        axes = self.steps[index].drivers
        summed: Floats = joint[index].sum(axis=1)
        if axes == drivers:
            return summed
        cube = summed.reshape((2,) * len(axes))
        others = tuple(i for i, b in enumerate(axes) if b not in drivers)
        kept = [b for b in axes if b in drivers]
        held: Floats = cube.sum(axis=others).transpose([kept.index(b) for b in drivers])
        return held.ravel()

    def pairs(self, joint: Mapping[int, Floats]) -> Floats:
        """Posterior chances (C, 2) that each driver is off and on."""
        pair = self.left.pair.copy()
        for driver, bit in self.left.driver_bit.items():
            pair[driver] = self.told((bit,), joint)
        return pair

    def settings(self, family: Family, joint: Mapping[int, Floats], pair: Floats) -> Floats:
        """Posterior (G, 2**k) of the settings of each set of drivers that a member has."""
        count, width = family.sets.shape
        if width == 1:
            return pair[family.sets[:, 0]]
        held = np.ones((count, 1 << width))
        for number in family.used if width else ():
            held[number] = self._setting(family.sets[number].tolist(), joint, pair)
        return held

    def _setting(self, drivers: list[int], joint: Mapping[int, Floats], pair: Floats) -> Floats:
        """Posterior (2**k,) of one set: a product over parts and over drivers not in play."""
        held, axes = np.ones(1), list[int]()
        for group in self.together(drivers):
            held = np.multiply.outer(held, self.told(group, joint)).ravel()
            axes += [self.left.bits[bit].number for bit in group]
        for driver in drivers:
            if driver not in axes:
                held = np.multiply.outer(held, pair[driver]).ravel()
                axes.append(driver)
        cube = held.reshape((2,) * len(axes)).transpose([axes.index(d) for d in drivers])
        return cube.ravel()


class _Knowing:
    """Finds a step that knows all drivers of a set; one that touches few bits is best."""

    def __init__(self, steps: list[Step]) -> None:
        self.by_bit: dict[int, list[int]] = {}
        self.steps = steps
        for index in range(len(steps)):
            self.add(index)

    def add(self, index: int) -> None:
        for bit in self.steps[index].drivers:
            self.by_bit.setdefault(bit, []).append(index)

    def find(self, drivers: tuple[int, ...]) -> int | None:
        wanted = set(drivers)
        at = [i for i in self.by_bit.get(drivers[0], ()) if wanted <= set(self.steps[i].drivers)]
        return min(at, key=lambda i: (self.steps[i].mask.bit_count(), i), default=None)


def problem_of(left: Assembled) -> Problem:
    """The parts, and who tells of the drivers.

    Where no step knows all drivers of a set that are in one part, a step without effect is added
    that asks for them.
    """
    steps = list(left.steps)
    problem = Problem(left, steps, components([step.mask for step in steps]))
    knowing = _Knowing(steps)
    for bit, indices in knowing.by_bit.items():
        problem.teller[bit,] = indices[0]
    several = (f for f in left.families if f.sets.shape[1] > 1)
    sets = [f.sets[number].tolist() for f in several for number in f.used]
    for drivers in (bits for its in sets for bits in problem.together(its)):
        if drivers in problem.teller:
            continue
        index = knowing.find(drivers)
        if index is None:
            index = len(steps)
            problem.parts[problem.part_of[drivers[0]]].append(index)
            steps.append(table_step(drivers, np.ones(1 << len(drivers))))
            knowing.add(index)
        problem.teller[drivers] = index
    return problem
