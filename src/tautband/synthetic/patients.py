"""Made-up patients who draw their pain, from worlds that agree with the model and that do not.

Nothing here comes from a person.  A world says how far the truth departs from what the model
believes: where the zones lie, how large they are, and how carefully people paint.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from tautband.atlas.atlas import Unit
from tautband.atlas.patterns import Shaper
from tautband.body.drawing import QUALITIES, Drawing, painted
from tautband.reasoning.knowledge import Knowledge
from tautband.reasoning.model import MUSCLE

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class World:
    """How made-up patients feel and paint.

    ``shift_cm``: each zone lies this far off, in a direction of its own.  ``steps``: each zone is
    grown (positive) or shrunk (negative) by so many steps of about a centimetre.  ``spill``: chance
    that the spill-over is felt too.  ``elsewhere``: chance of a further pain without any cause.
    """

    name: str
    shift_cm: tuple[float, float] = (0.0, 0.0)
    steps: tuple[int, int] = (0, 0)
    spill: float = 0.45
    elsewhere: float = 0.1


WORLDS = (
    World("as taught"),
    World("shifted 2-3 cm", shift_cm=(2.0, 3.0)),
    World("larger", steps=(2, 3)),
    World("smaller", steps=(-2, -1)),
    World("shifted and scaled", shift_cm=(2.0, 3.0), steps=(-2, 3)),
)


@dataclass(frozen=True, eq=False)
class SyntheticPatient:
    """A drawing with the truth behind it; ``truth`` (C,) says which causes are on."""

    drawing: Drawing
    truth: Mask
    world: str
    synthetic: bool = True


class Generator:
    """Draws patients from one world; the same seed gives the same patients."""

    def __init__(self, knowledge: Knowledge, world: World, seed: int) -> None:
        self.knowledge = knowledge
        self.world = world
        self.random = np.random.default_rng(seed)
        self.surface = knowledge.atlas.table.surface
        self.shaper = Shaper(self.surface)
        self.tree = cKDTree(self.surface.positions)
        odds = knowledge.network.odds
        self.chance = odds / (1 + odds)

    def patients(self, count: int) -> Iterator[SyntheticPatient]:
        """So many patients, each with at least one active cause and some pain to show."""
        made = 0
        while made < count:
            truth = self._truth()
            drawing = self._draw(np.flatnonzero(truth)) if truth.any() else None
            if drawing is not None and drawing.painful.any():
                made += 1
                yield SyntheticPatient(drawing, truth, self.world.name)

    def _truth(self) -> Mask:
        network = self.knowledge.network
        odds = network.odds.copy()
        drivers = np.unique(network.driver)
        on = np.zeros(len(odds), dtype=bool)
        on[drivers] = self.random.random(len(drivers)) < self.chance[drivers]
        raised = on[network.driver]
        np.multiply.at(odds, network.child[raised], network.factor[raised])
        rest = np.setdiff1d(np.arange(len(odds)), drivers)
        on[rest] = self.random.random(len(rest)) < (odds / (1 + odds))[rest]
        return on

    def _draw(self, causes: npt.NDArray[np.int64]) -> Drawing:
        intensity = np.zeros(self.surface.size, np.uint8)
        quality = np.zeros(self.surface.size, np.uint8)
        for cause in causes:
            unit = self.knowledge.units[cause]
            felt = self._felt(unit)
            felt &= intensity == 0
            intensity[felt] = self.random.integers(3, 10)
            quality[felt] = self._quality(unit)
        if self.random.random() < self.world.elsewhere:
            blob = self._blob() & (intensity == 0)
            intensity[blob] = self.random.integers(2, 7)
        return painted(self.surface, intensity, quality)

    def _felt(self, unit: Unit) -> Mask:
        atlas = self.knowledge.atlas
        mask = atlas.zone(unit, "main")
        if self.random.random() < self.world.spill:
            mask = mask | self._some(atlas.zone(unit, "spill"))
        mask = self._scaled(mask)
        return self._shifted(mask)

    def _some(self, spill: Mask) -> Mask:
        """A part of the spill-over: what lies within a random distance of a random place in it."""
        places = np.flatnonzero(spill)
        if not len(places):
            return spill
        centre = self.surface.positions[self.random.choice(places)]
        near = np.linalg.norm(self.surface.positions - centre, axis=1) < self.random.uniform(
            0.08, 0.6
        )
        return np.asarray(spill & near)

    def _scaled(self, mask: Mask) -> Mask:
        low, high = self.world.steps
        steps = int(self.random.integers(low, high + 1))
        if steps > 0:
            return self.shaper.grown(mask, steps)
        smaller = ~self.shaper.grown(~mask, -steps) if steps < 0 else mask
        return smaller if smaller.any() else mask

    def _shifted(self, mask: Mask) -> Mask:
        distance = self.random.uniform(*self.world.shift_cm) / 100
        if distance == 0 or not mask.any():
            return mask
        points = self.surface.positions[mask]
        # Small zones of face, hand and foot move less: by a fifth of their length at the most.
        distance = min(distance, 0.2 * float(np.ptp(points, axis=0).max()))
        direction = self.random.normal(size=3)
        moved = points + distance * direction / np.linalg.norm(direction)
        result = np.zeros(len(mask), dtype=bool)
        result[self.tree.query(moved)[1]] = True
        # Close the pin holes that mapping vertex to vertex leaves.
        return ~self.shaper.grown(~self.shaper.grown(result, 1), 1)

    def _blob(self) -> Mask:
        centre = self.surface.positions[self.random.integers(self.surface.size)]
        distance = np.linalg.norm(self.surface.positions - centre, axis=1)
        near: Mask = distance < self.random.uniform(0.03, 0.06)
        return near

    def _quality(self, unit: Unit) -> int:
        profile = self.knowledge.model.quality[unit.cause.kind if unit.cause else MUSCLE]
        words = list(profile)
        return QUALITIES.index(words[self.random.choice(len(words), p=list(profile.values()))])
