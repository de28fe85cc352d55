"""Steps, bits and families of a network whose causes have been weighed by the evidence."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tautband.reasoning.families import Family, Telling, driver_family, family_of, weights
from tautband.reasoning.network import Floats, Ints, Kin, Network
from tautband.reasoning.steps import Bit, Reach, Step, table_step


@dataclass(frozen=True, eq=False)
class Assembled:
    """What is left to solve.

    ``driver_bit``: the bit of each driver with which some step has to do; ``pair`` (C, 2): the
    chances that each of the other drivers is off and on.  ``log_constant``: of all that is settled.
    """

    bits: list[Bit]
    steps: list[Step]
    families: list[Family]
    driver_bit: dict[int, int]
    pair: Floats
    log_constant: float


@dataclass(frozen=True, eq=False)
class _Kindred:
    """Kin with weights (N, 2**k, V + 1); those that light regions (``acts``) and a family."""

    kin: Kin
    weight: Floats
    acts: NDArray[np.bool_]
    family: Family
    telling: Telling

    @property
    def joint(self) -> NDArray[np.bool_]:
        """Sets (G,) of several drivers of which the family tells something."""
        joint: NDArray[np.bool_] = self.telling.felt & (self.kin.sets.shape[1] > 1)
        return joint

    @property
    def needed(self) -> Ints:
        """The drivers with which steps have to do."""
        sets = self.kin.sets
        return np.concatenate([sets[self.kin.of[self.acts]].ravel(), sets[self.joint].ravel()])

    @property
    def log_constant(self) -> float:
        """Of all that does not depend on drivers."""
        highest = self.telling.log_factor[self.joint].max(axis=1)
        return self.telling.log_constant + float(np.sort(highest).sum())

    def steps(self, reach: Reach, driver_bit: dict[int, int]) -> list[Step]:
        """One for each cause that lights regions, and one for each joint set of drivers."""
        bits = [tuple(driver_bit.get(d, -1) for d in drivers) for drivers in self.kin.sets.tolist()]
        made = []
        for i in np.flatnonzero(self.acts).tolist():
            cause = int(self.kin.causes[i])
            regions, chance = reach.of(cause)
            made.append(Step(cause, bits[self.kin.of[i]], regions, self.weight[i], chance))
        for s in np.flatnonzero(self.joint).tolist():
            log_factor = self.telling.log_factor[s]
            made.append(table_step(bits[s], np.exp(log_factor - log_factor.max())))
        return made


def assemble(network: Network, state: Floats, reach: Reach, regions: Sequence[Bit]) -> Assembled:
    """Steps over what ``reach`` links to bits, of which ``regions`` are the first.

    ``state`` (C, V + 1): what the evidence makes of each state of a cause, its odds aside.
    """
    acts, drivers = reach.linked, network.drivers
    kindred = [_kindred(kin, state, acts) for kin in network.kin]
    weight = weights(network.odds[drivers, None], state[drivers])[:, 0]
    idle = ~acts[drivers]
    own, log_own = driver_family(drivers[idle], weight[idle])
    log_pair = np.zeros((network.causes, 2))
    log_pair[drivers[idle]] = log_own
    in_play = np.zeros(network.causes, dtype=np.bool_)
    in_play[drivers] = ~idle
    for its in kindred:
        in_play[its.needed] = True
        if its.kin.sets.shape[1] == 1:
            log_pair[its.kin.sets[:, 0]] += its.telling.log_factor
    top = log_pair.max(axis=1, keepdims=True)
    pair = np.exp(log_pair - top)
    total = np.where(in_play, 1.0, pair.sum(axis=1))[drivers]
    driver_bit = {d: len(regions) + i for i, d in enumerate(np.flatnonzero(in_play).tolist())}
    bits = list(regions)
    for driver in driver_bit:
        off, on = pair[driver].tolist()
        bits.append(Bit((1.0, 1.0), 0.0, driver, driver=True, opened=(off, on)))
    steps = [step for its in kindred for step in its.steps(reach, driver_bit)]
    steps += _driver_steps(drivers[~idle], weight[~idle], reach, driver_bit)
    return Assembled(
        bits,
        steps,
        [own, *(its.family for its in kindred)],
        driver_bit,
        pair / pair.sum(axis=1, keepdims=True),
        float(np.sort(top[drivers, 0]).sum() + np.sort(np.log(total)).sum())
        + sum(its.log_constant for its in kindred),
    )


def _kindred(kin: Kin, state: Floats, acts: NDArray[np.bool_]) -> _Kindred:
    weight, own = weights(kin.odds, state[kin.causes]), acts[kin.causes]
    return _Kindred(kin, weight, own, *family_of(kin, ~own, weight))


def _driver_steps(
    causes: Ints, weight: Floats, reach: Reach, driver_bit: dict[int, int]
) -> list[Step]:
    """Drivers that light regions themselves: each has a bit that says whether it is on."""
    steps = []
    for cause, its in zip(causes.tolist(), weight, strict=True):
        two = np.zeros((2, len(its)))
        two[0, 0], two[1, 1:] = its[0], its[1:]
        regions, chance = reach.of(cause)
        steps.append(Step(cause, (driver_bit[cause],), regions, two, chance))
    return steps
