"""From words to skin: which vertices a zone, a patch or a trigger point means."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from tautband.atlas.records import Patch, TriggerPoint, Zone
from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.body.regions import RegionTable
from tautband.body.surface import Surface

Mask = npt.NDArray[np.bool_]

# A patch smaller than this many vertices is more likely a slip than a place.
FEWEST_VERTICES = 6


def patch_mask(surface: Surface, patch: Patch) -> Mask:
    """Vertices of both halves inside a patch; raises InputError when it is all but empty."""
    low, high = patch.angle
    angle = surface.angle
    if high - low >= 360:
        turn = np.ones(surface.size, dtype=bool)
    elif low % 360 <= high % 360:
        turn = (angle >= low % 360) & (angle <= high % 360)
    else:
        turn = (angle >= low % 360) | (angle <= high % 360)
    here = surface.in_segment(patch.segment)
    mask: Mask = here & turn & (surface.t >= patch.t[0]) & (surface.t <= patch.t[1])
    if mask.sum() < 2 * FEWEST_VERTICES:
        raise InputError("patch", f"{patch} holds almost no skin", "a larger box in that segment")
    return mask


def zone_mask(table: RegionTable, zone: Zone, side: Side) -> Mask:
    """Vertices of a zone for a muscle on ``side``."""
    surface = table.surface
    both = np.zeros(surface.size, dtype=bool)
    for region in zone.regions:
        both[table.vertices(f"{region}:left")] = True
        both[table.vertices(f"{region}:right")] = True
    for patch in zone.patches:
        both |= patch_mask(surface, patch)
    if side is Side.MIDLINE or zone.side == "both":
        return both
    wanted = side if zone.side == "same" else side.mirrored
    sign = 1 if wanted is Side.LEFT else -1
    mask: Mask = both & (surface.half * sign >= 0)
    return mask


def spread(table: RegionTable, zones: Iterable[Zone], side: Side) -> tuple[Mask, Mask]:
    """All vertices of main and of spill-over zones; spill-over leaves out the main part."""
    masks = {kind: np.zeros(table.surface.size, dtype=bool) for kind in ("main", "spill")}
    for zone in zones:
        if zone.stated:
            masks[zone.zone] |= zone_mask(table, zone, side)
    return masks["main"], masks["spill"] & ~masks["main"]


def point_vertex(surface: Surface, point: TriggerPoint, side: Side) -> int:
    """The vertex nearest to a trigger point's place; raises InputError when none is near."""
    here = surface.in_segment(point.segment)
    turn = np.abs((surface.angle - point.angle + 180) % 360 - 180) / 360
    off = np.hypot(surface.t - point.t, turn)
    sign = -1 if side is Side.RIGHT else 1
    off = np.where(here & (surface.half * sign >= 0), off, np.inf)
    best = int(off.argmin())
    if off[best] > 0.06:
        raise InputError(
            f"trigger point {point.id}",
            f"{point.segment} t={point.t} angle={point.angle} is not on the skin",
            "a place within the segment",
        )
    return best
