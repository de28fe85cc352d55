"""A review of a course: when it is due, and what the drawings say from one visit to the next."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from tautband.body.drawing import QUALITIES, Drawing
from tautband.body.overlap import area_percent
from tautband.body.regions import RegionTable

Moment = Literal["half course", "full course", "stalled", "between"]
CM_PER_M = 100.0


@dataclass(frozen=True, eq=False)
class Painted:
    """What one drawing says.

    ``centroid`` (3,) is the middle of the pain in metres on the neutral body, each spot weighed by
    area and intensity; ``place`` the region of the skin nearest to it; ``highest`` the strongest
    intensity, 0 to 10; ``qualities`` the share of the painful skin with each quality.
    ``area_percent`` of the body's skin is told, and is no outcome: over treatment the extent of a
    drawing hardly moves (responsiveness about 0.2 in one study of 104 people).
    """

    centroid: np.ndarray[Any, Any] | None
    place: str
    highest: int
    qualities: dict[str, float]
    area_percent: float

    def moved_cm(self, since: "Painted") -> float | None:
        """How far the middle lies from that of another drawing, in cm; None where one is empty."""
        if self.centroid is None or since.centroid is None:
            return None
        return float(np.linalg.norm(self.centroid - since.centroid)) * CM_PER_M


def painted(drawing: Drawing, table: RegionTable) -> Painted:
    """The facts of one drawing."""
    felt, surface = drawing.painful, table.surface
    if not felt.any():
        return Painted(None, "", 0, {}, 0.0)
    weight = surface.area[felt] * drawing.intensity[felt]
    centroid = np.average(surface.positions[felt], axis=0, weights=weight)
    nearest = int(np.argmin(np.linalg.norm(surface.positions - centroid, axis=1)))
    area = surface.area[felt]
    kinds = drawing.quality[felt]
    qualities = {
        str(QUALITIES[kind]): float(area[kinds == kind].sum() / area.sum())
        for kind in np.unique(kinds).tolist()
    }
    region = table.regions[int(table.of_vertex[nearest])]
    place = f"{region.name}, {region.side}"
    highest = int(drawing.intensity.max())
    return Painted(centroid, place, highest, qualities, area_percent(drawing, surface))


def moment(done: int, planned: int | None, is_stalled: bool) -> Moment:
    """Why a review is due after ``done`` closed sessions of ``planned``; a stall comes first.

    Half course is half of the planned sessions, rounded up, and lasts until the next session.
    """
    if is_stalled:
        return "stalled"
    if planned and done >= planned:
        return "full course"
    if planned and done == (planned + 1) // 2:
        return "half course"
    return "between"
