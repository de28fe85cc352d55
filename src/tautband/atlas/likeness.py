"""Which muscles are felt in the same place, and so are easily taken for one another."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from tautband.atlas.atlas import Atlas, Unit
from tautband.base.side import Side
from tautband.body.surface import FloatArray

MOST = 6
# Zones that share less than this are mostly told apart by the drawing; both numbers are choices.
LEAST_SHARED = 0.18
SPILL_WEIGHT = 0.4


@dataclass(frozen=True)
class Alike:
    """A unit, and how much of both referral zones is common, 0 to 1."""

    unit: Unit
    shared: float

    @property
    def percent(self) -> int:
        """The share for a reader."""
        return round(100 * self.shared)


def easily_mistaken(atlas: Atlas, unit: Unit) -> tuple[Alike, ...]:
    """Muscles of the same side that are felt on much of the same skin, most alike first.

    The share is the weighted Jaccard index of the two zones by skin area: what is common, over
    what either covers; spill-over counts `SPILL_WEIGHT`.  Records that are ranked as one with the
    unit are left out: no drawing could tell them apart.
    """
    assert unit.muscle is not None
    names, zones = _zones(atlas)
    mine = atlas.ranked(unit.id, unit.side).id
    own = zones[names.index(mine)]
    either = np.maximum(zones, own).sum(axis=1)
    shared = np.minimum(zones, own).sum(axis=1) / np.maximum(either, 1e-12)
    found = [
        Alike(atlas.unit[f"{name}:{unit.side}"], float(share))
        for name, share in zip(names, shared, strict=True)
        if name != mine and share >= LEAST_SHARED
    ]
    return tuple(sorted(found, key=lambda one: (-one.shared, one.unit.id))[:MOST])


@lru_cache(maxsize=2)
def _zones(atlas: Atlas) -> tuple[list[str], FloatArray]:
    """Ids of the ranked muscles and the weighted skin of their zones, (M, V), left side."""
    units = [u for u in atlas.units if u.muscle and u.side is Side.LEFT]
    area = atlas.table.surface.area
    rows = [area * (atlas.zone(u, "main") + SPILL_WEIGHT * atlas.zone(u, "spill")) for u in units]
    return [u.id for u in units], np.array(rows)
