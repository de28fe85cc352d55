"""The model on made-up patients of every world, painted and told in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from tautband.base.errors import InputError
from tautband.reasoning.knowledge import Knowledge
from tautband.reasoning.ranking import rank
from tautband.synthetic.patients import Generator, World
from tautband.validation.reliability import Calibration, calibration
from tautband.validation.telling import Told, tell

LIVE_BOUND = 1e-3


@dataclass(frozen=True)
class WorldResult:
    """Calibration in one world; ``wide`` is the share of answers whose bound exceeds 0.001."""

    world: World
    told: Told
    calibration: Calibration
    wide: float


def run_worlds(
    knowledge: Knowledge,
    worlds: Sequence[World],
    patients: int,
    seed: int,
    *,
    times: int = 1000,
) -> Iterator[WorldResult]:
    """Every world, painted and then in words, the same patients in each; as each is done."""
    if patients < 1:
        raise InputError("patients", f"is {patients}", "1 or more")
    for told in Told:
        for world in worlds:
            yield run_world(knowledge, world, told, patients, seed, times=times)


def run_world(
    knowledge: Knowledge, world: World, told: Told, patients: int, seed: int, *, times: int = 1000
) -> WorldResult:
    """Rank so many patients of a world and compare the muscles' probabilities with the truth."""
    muscles = np.array([unit.muscle is not None for unit in knowledge.units])
    chances, truths, bounds = [], [], []
    for patient in Generator(knowledge, world, seed).patients(patients):
        drawing = tell(patient.drawing, told)
        posterior = rank(drawing, knowledge, bound=LIVE_BOUND).posterior
        chances.append(posterior.probability[muscles])
        truths.append(patient.truth[muscles])
        bounds.append(posterior.bound)
    found = calibration(chances, truths, times=times, seed=seed)
    return WorldResult(world, told, found, float(np.mean(np.array(bounds) > LIVE_BOUND)))
