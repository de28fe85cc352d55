"""Numbers about drawings: area, cover per region, agreement, and the map of many drawings."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy.sparse.csgraph import dijkstra

from tautband.base.errors import InputError
from tautband.body.drawing import Drawing
from tautband.body.regions import RegionTable
from tautband.body.surface import Surface

FloatArray = npt.NDArray[np.float64]


def area_percent(drawing: Drawing, surface: Surface) -> float:
    """Painful share of the body surface, in percent of the neutral shape's skin."""
    return float(surface.area[drawing.painful].sum() / surface.area.sum() * 100)


def region_coverage(mask: npt.NDArray[np.bool_], table: RegionTable) -> FloatArray:
    """Share of each region's area inside a mask, (R,) from 0 to 1, in table order."""
    inside = table.sums(table.surface.area * mask)
    share: FloatArray = np.clip(inside / table.areas, 0.0, 1.0)
    return share


def dice(first: Drawing, second: Drawing, surface: Surface) -> float:
    """Agreement of two painful areas, 2|A and B| / (|A| + |B|) by area; 1 when both are empty.

    Dice LR. Measures of the amount of ecologic association between species. Ecology 1945;26:297.
    """
    _same_body(first, second)
    a, b = first.painful, second.painful
    total = surface.area[a].sum() + surface.area[b].sum()
    return 1.0 if total == 0 else float(2 * surface.area[a & b].sum() / total)


def resized(drawing: Drawing, surface: Surface, factor: float) -> Drawing:
    """A drawing with so many times its painful area, as people paint too much or too little.

    It grows over the skin outward from its edge, or shrinks inward, until the area is reached; new
    paint is as the nearest old one.  At least one painful vertex stays, and what was not asked
    stays so.  Distances are along the mesh.
    """
    felt = drawing.painful
    if factor <= 0:
        raise InputError("factor", f"is {factor}", "above 0")
    if factor == 1 or not felt.any():
        return drawing
    start = felt if factor > 1 else ~felt
    if not start.any():
        return drawing
    distance, _, nearest = dijkstra(
        surface.edges, indices=np.flatnonzero(start), min_only=True, return_predecessors=True
    )
    wanted = surface.area[felt].sum() * factor
    if factor > 1:
        outside = np.flatnonzero(~felt & drawing.asked & np.isfinite(distance))
        order = outside[np.argsort(distance[outside], kind="stable")]
        added = order[np.cumsum(surface.area[order]) <= wanted - surface.area[felt].sum()]
        intensity, quality = drawing.intensity.copy(), drawing.quality.copy()
        intensity[added] = drawing.intensity[nearest[added]]
        quality[added] = drawing.quality[nearest[added]]
        return replace(drawing, intensity=intensity, quality=quality)
    inside = np.flatnonzero(felt)
    order = inside[np.argsort(-distance[inside], kind="stable")]
    kept = order[np.cumsum(surface.area[order]) <= wanted]
    intensity = np.zeros_like(drawing.intensity)
    keep = kept if len(kept) else order[:1]
    intensity[keep] = drawing.intensity[keep]
    return replace(drawing, intensity=intensity, loose=None)


def frequency(drawings: Iterable[Drawing]) -> tuple[FloatArray, npt.NDArray[np.int64]]:
    """Pain frequency map: per vertex the share with pain among those asked there, and their number.

    The share is NaN where nobody was asked.
    """
    felt: npt.NDArray[np.int64] | None = None
    asked: npt.NDArray[np.int64] | None = None
    first: Drawing | None = None
    for drawing in drawings:
        if felt is None or asked is None or first is None:
            first = drawing
            felt = np.zeros(len(drawing.intensity), np.int64)
            asked = np.zeros(len(drawing.intensity), np.int64)
        _same_body(first, drawing)
        felt += drawing.painful
        asked += drawing.asked
    if felt is None or asked is None:
        raise InputError("drawings", "there is none", "at least one drawing")
    share = np.divide(felt, asked, out=np.full(len(felt), np.nan), where=asked > 0)
    return share, asked


def _same_body(first: Drawing, second: Drawing) -> None:
    if first.body != second.body:
        raise InputError(
            "drawing.body", f"'{second.body}' differs from '{first.body}'", "drawings on one body"
        )
