"""Made-up patients who draw their pain, from worlds that agree with the model and that do not.

Nothing here comes from a person.  A world says how far the truth departs from what the model
believes: where the zones lie, how large they are, how common each muscle's points are, and how much
people paint.  Where a record is wrong, it is wrong in the same way for every patient of that world.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from tautband.atlas.atlas import Unit
from tautband.atlas.patterns import Shaper
from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.body.drawing import QUALITIES, Drawing, painted
from tautband.body.overlap import resized
from tautband.reasoning.knowledge import Knowledge
from tautband.reasoning.model import MUSCLE

Mask = npt.NDArray[np.bool_]
PRIORS, ZONES = 1, 2  # streams of a world's own errors


@dataclass(frozen=True)
class World:
    """How made-up patients feel and paint.

    ``shift_cm``: each record's zone lies this far off, in a direction of its own.  ``steps``: it is
    grown (positive) or shrunk (negative) by so many steps of about a centimetre.  ``prior_factor``:
    the prior odds of each muscle are so many times higher or lower, by the toss of a coin.
    ``extent``: the painted area is so many times what is felt.  ``spill``: chance that the
    spill-over is felt too.  ``elsewhere``: chance of a further pain without any cause.
    """

    name: str
    shift_cm: tuple[float, float] = (0.0, 0.0)
    steps: tuple[int, int] = (0, 0)
    prior_factor: float = 1.0
    extent: float = 1.0
    spill: float = 0.45
    elsewhere: float = 0.1

    def __post_init__(self) -> None:
        if not 0 <= self.shift_cm[0] <= self.shift_cm[1]:
            raise InputError("shift_cm", f"is {self.shift_cm}", "two distances, smaller first")
        if self.steps[0] > self.steps[1]:
            raise InputError("steps", f"is {self.steps}", "two numbers, smaller first")
        for field in ("prior_factor", "extent"):
            if getattr(self, field) <= 0:
                raise InputError(field, f"is {getattr(self, field)}", "above 0")


MUCH, LITTLE, THREEFOLD = 1.3, 0.7, 3.0

WORLDS = (
    World("as taught"),
    World("shifted 2-3 cm", shift_cm=(2.0, 3.0)),
    World("larger", steps=(2, 3)),
    World("smaller", steps=(-2, -1)),
    World("priors off threefold", prior_factor=THREEFOLD),
    World("painted 30 % too much", extent=MUCH),
    World("painted 30 % too little", extent=LITTLE),
    World("shifted and scaled", shift_cm=(2.0, 3.0), steps=(-2, 3)),
    World(
        "shifted, priors off, too much", shift_cm=(2.0, 3.0), prior_factor=THREEFOLD, extent=MUCH
    ),
    World(
        "all off, too little",
        shift_cm=(2.0, 3.0),
        steps=(-2, 3),
        prior_factor=THREEFOLD,
        extent=LITTLE,
    ),
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
        self.seed = seed
        self.zones: dict[tuple[str, str], Mask] = {}  # unpacking a zone costs more than painting it
        # Errors of the world have a stream of their own: they do not hang on who was drawn before.
        coin = np.random.default_rng([seed, PRIORS]).random(1 + max(u.row for u in knowledge.units))
        off = [
            world.prior_factor ** (1 if coin[u.row] < 0.5 else -1) if u.muscle else 1.0
            for u in knowledge.units
        ]
        # Ties beyond the units keep their odds.
        self.odds = knowledge.network.odds.copy()
        self.odds[: len(off)] *= np.array(off)
        self.chance = self.odds / (1 + self.odds)

    def patients(self, count: int) -> Iterator[SyntheticPatient]:
        """So many patients, each with at least one active cause and some pain to show."""
        made = 0
        while made < count:
            # Beyond the units are hidden ties, which hurt nobody by themselves.
            truth = self._truth()[: len(self.knowledge.units)]
            drawing = self.drawing(np.flatnonzero(truth).tolist()) if truth.any() else None
            if drawing is not None and drawing.painful.any():
                made += 1
                yield SyntheticPatient(drawing, truth, self.world.name)

    def _truth(self) -> Mask:
        network = self.knowledge.network
        odds = self.odds.copy()
        drivers = np.unique(network.driver)
        on = np.zeros(len(odds), dtype=bool)
        on[drivers] = self.random.random(len(drivers)) < self.chance[drivers]
        raised = on[network.driver]
        np.multiply.at(odds, network.child[raised], network.factor[raised])
        rest = np.setdiff1d(np.arange(len(odds)), drivers)
        on[rest] = self.random.random(len(rest)) < (odds / (1 + odds))[rest]
        return on

    def drawing(self, causes: Iterable[int]) -> Drawing:
        """What somebody with these causes (numbers of units) paints."""
        intensity = np.zeros(self.surface.size, np.uint8)
        quality = np.zeros(self.surface.size, np.uint8)
        for cause in causes:
            unit = self.knowledge.units[cause]
            # Not in place: an unchanged zone is the remembered one.
            felt = self._felt(unit) & (intensity == 0)
            intensity[felt] = self.random.integers(3, 10)
            quality[felt] = self._quality(unit)
        if self.random.random() < self.world.elsewhere:
            blob = self._blob() & (intensity == 0)
            intensity[blob] = self.random.integers(2, 7)
        return resized(painted(self.surface, intensity, quality), self.surface, self.world.extent)

    def _felt(self, unit: Unit) -> Mask:
        mask = self._zone(unit, "main")
        if self.random.random() < self.world.spill:
            mask = mask | self._some(self._zone(unit, "spill"))
        wrong = np.random.default_rng([self.seed, ZONES, unit.row])
        steps = int(wrong.integers(self.world.steps[0], self.world.steps[1] + 1))
        return self._shifted(self._scaled(mask, steps), wrong, unit.side)

    def _zone(self, unit: Unit, kind: str) -> Mask:
        found = self.zones.get((unit.key, kind))
        if found is None:
            found = self.zones[unit.key, kind] = self.knowledge.atlas.zone(unit, kind)
        return found

    def _some(self, spill: Mask) -> Mask:
        """A part of the spill-over: what lies within a random distance of a random place in it."""
        places = np.flatnonzero(spill)
        if not len(places):
            return spill
        centre = self.surface.positions[self.random.choice(places)]
        near = np.linalg.norm(self.surface.positions[places] - centre, axis=1)
        some = np.zeros_like(spill)
        some[places[near < self.random.uniform(0.08, 0.6)]] = True
        return some

    def _scaled(self, mask: Mask, steps: int) -> Mask:
        if steps > 0:
            return self.shaper.grown(mask, steps)
        smaller = ~self.shaper.grown(~mask, -steps) if steps < 0 else mask
        return smaller if smaller.any() else mask

    def _shifted(self, mask: Mask, wrong: np.random.Generator, side: Side) -> Mask:
        distance = wrong.uniform(*self.world.shift_cm) / 100
        if distance == 0 or not mask.any():
            return mask
        points = self.surface.positions[mask]
        # Small zones of face, hand and foot move less: by a fifth of their length at the most.
        distance = min(distance, 0.2 * float(np.ptp(points, axis=0).max()))
        direction = wrong.normal(size=3)
        if side is Side.RIGHT:
            direction[0] *= -1  # a record is wrong on both sides alike
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
