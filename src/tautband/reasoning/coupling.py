"""Causes that tend to be on together: a root with its muscles, one side with the other.

Without a tie, a single cause of the midline beats any two causes of left and right on the prior
alone, because two rare things count as independent.  Three ties are told, all as couplings of the
network, so that sums stay exact:

* A nerve root raises the muscles of its side in which studies of radiculopathy found active or
  tender points.
* A joint or a peripheral nerve on the left raises the same on the right: the left side drives.
* Muscles of one area, and facet joints of one part of the spine, share one hidden *tie*: while it
  is on, all of them, left and right, are likelier.  One bit an area, and not one a pair, on
  purpose: a bit for every pair would keep the sums over left and right in play together, at the
  product of their costs, and it is an area that hurts, not one muscle: people with neck pain have
  three to seven active points (Castaldo 2014, see ``model.toml``).

Each tied cause keeps the chance that it has in the prior: its odds without the tie are lowered by
as much as the tie raises them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tautband.atlas.atlas import Unit
from tautband.base.side import Side
from tautband.reasoning.model import MUSCLE, Prior, RootTie, Tie
from tautband.reasoning.network import HIGHEST_FACTOR, Coupling, Floats, Ints

HALVINGS = 60  # of the interval in which the lowered odds are sought: to the last digit
PAIRED = ("joint", "peripheral nerve")


@dataclass(frozen=True, eq=False)
class Ties:
    """Prior odds (U,) of the units without any tie, and what raises them.

    ``chance`` (T,): of each hidden tie, which is cause ``len(odds) + t`` of the network.
    """

    odds: Floats
    couplings: list[Coupling]
    chance: Floats


def tied(units: Sequence[Unit], odds: Floats, prior: Prior) -> Ties:
    """Tie the units together; ``odds`` (U,) are those that each has in the prior, all told."""
    lowered = odds.copy()
    couplings = root_couplings(units, prior.root_ties)
    couplings += _paired(units, lowered, prior.other_side)
    chances: list[float] = []
    for members, tie in _groups(units, prior):
        lowered[members] = without_tie(odds[members], tie.chance, tie.factor)
        driver = len(units) + len(chances)
        couplings += [Coupling(driver, int(c), tie.factor) for c in members]
        chances.append(tie.chance)
    return Ties(lowered, couplings, np.array(chances, dtype=np.float64))


def root_couplings(units: Sequence[Unit], ties: Sequence[RootTie]) -> list[Coupling]:
    """A root raises the muscles of its side in which studies of radiculopathy found more."""
    return [
        Coupling(driver, child, tie.factor)
        for tie in ties
        for driver, root in enumerate(units)
        if root.cause is not None and set(root.cause.roots) & set(tie.roots)
        for child, unit in enumerate(units)
        if unit.id in tie.muscles and unit.side is root.side
    ]


def _paired(units: Sequence[Unit], odds: Floats, chance: float) -> list[Coupling]:
    """Left raises right to ``chance``; the odds of the right while the left is off are set."""
    place = {unit.key: number for number, unit in enumerate(units)}
    found = []
    for left, unit in enumerate(units):
        cause = unit.cause
        if cause is None or cause.kind not in PAIRED or unit.side is not Side.LEFT or cause.only:
            continue
        right = place[f"{unit.id}:{Side.RIGHT}"]
        mean = odds[left] / (1 + odds[left])
        raised = max(chance, mean)
        alone = mean * (1 - raised) / (1 - mean)
        odds[right] = alone / (1 - alone)
        factor = min(raised / (1 - raised) / odds[right], HIGHEST_FACTOR)
        found.append(Coupling(left, right, max(factor, 1.0)))
    return found


def _groups(units: Sequence[Unit], prior: Prior) -> list[tuple[Ints, Tie]]:
    """Units that share a tie, in the order of the atlas."""
    groups: dict[tuple[str, str], list[int]] = {}
    for number, unit in enumerate(units):
        if unit.muscle:
            groups.setdefault((MUSCLE, unit.muscle.area), []).append(number)
        elif unit.cause and unit.cause.with_both_sides:
            key = (unit.cause.kind, unit.cause.with_both_sides)
            groups.setdefault(key, []).append(number)
    return [(np.array(members), prior.ties[kind]) for (kind, _), members in groups.items()]


def without_tie(odds: Floats, chance: float, factor: float) -> Floats:
    """Odds that, raised by ``factor`` with ``chance``, come to the chance of ``odds`` all told."""
    wanted = odds / (1 + odds)
    low, high = np.log(odds / factor), np.log(odds)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        alone = np.exp(middle)
        mean = (1 - chance) * alone / (1 + alone)
        mean += chance * factor * alone / (1 + factor * alone)
        low, high = np.where(mean < wanted, middle, low), np.where(mean < wanted, high, middle)
    found: Floats = np.exp((low + high) / 2)
    return found
