"""The picture of a record, for review: trigger points and referral zones on the body."""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tautband.atlas.records import Muscle
from tautband.atlas.zones import Mask, point_vertex, spread
from tautband.base.side import Side
from tautband.body.picture import View, beside, blank, draw, in_sight, tint, turned
from tautband.body.regions import RegionTable
from tautband.body.surface import FloatArray, Surface

MAIN, SPILL, POINT = (190, 50, 44), (238, 168, 104), (16, 24, 40)
_SIDES = (
    ("front", 0.0, 0.0),
    ("back", 180.0, 0.0),
    ("right side", -90.0, 0.0),
)
_LEFT = ("left side", 90.0, 0.0)
_INNER = ("inner side", 90.0, 0.0)
_BELOW = ("from below", 0.0, -90.0)
_PALM = ("right palm", 75.0, -40.0)
_FEET = ("foot", "big_toe", "toes")
_HANDS = ("hand", "thumb", "index_finger", "middle_finger", "ring_finger", "little_finger")
_ARM, _LEG = ("upper_arm", "forearm", *_HANDS), ("thigh", "leg", *_FEET)
# A side from which less than this share of the zones is seen, and no trigger point, is left out.
LEAST_SEEN = 0.03
SAMPLE = 60  # vertices of the zones to look at


def record_picture(table: RegionTable, muscle: Muscle, height: int = 420) -> Image.Image:
    """The muscle of the right side from each side that shows it, framed to what it shows.

    Red is the main zone, orange the spill-over, a ring each usual trigger point.  "Inner side" and
    "right palm" show the right limb alone.
    """
    surface = table.surface
    main, spill = spread(table, muscle.referral, Side.RIGHT)
    colours = blank(surface)
    tint(colours, spill, SPILL, 0.75)
    tint(colours, main, MAIN, 0.85)
    points = [p for p in muscle.trigger_points if p.stated]
    dots = [(point_vertex(surface, p, Side.RIGHT), POINT) for p in points]
    zone = np.flatnonzero(main | spill).tolist()
    shown = [*zone, *(v for v, _ in dots)]
    pictures = []
    for name, yaw, pitch in _sides(surface, shown):
        view = _fitted(surface.positions[shown], name, yaw, pitch)
        only = _right_limb(surface, shown) if name in (_INNER[0], _PALM[0]) else None
        if not _tells(surface, view, zone, [v for v, _ in dots], only):
            continue
        picture = draw(surface, colours, view, height, dots=dots, only=only)
        ImageDraw.Draw(picture).text(
            (6, 4), name, fill=(90, 90, 90), font=ImageFont.load_default(13)
        )
        pictures.append(picture)
    return beside(pictures)


def _sides(surface: Surface, shown: list[int]) -> list[tuple[str, float, float]]:
    """The sides that could tell something of these vertices."""
    names = {surface.segments[s] for s in np.unique(surface.segment[shown])}
    sides = [*_SIDES]
    sides += [_LEFT] if (surface.half[shown] > 0).any() else []
    sides += [_INNER] if names & {*_ARM, *_LEG} else []
    sides += [_BELOW] if names & set(_FEET) else []
    sides += [_PALM] if names & set(_HANDS) else []
    return sides


def _right_limb(surface: Surface, shown: list[int]) -> Mask:
    """The right arm, leg or both, as far as these vertices lie on them."""
    names = {surface.segments[s] for s in np.unique(surface.segment[shown])}
    limb = np.zeros(surface.size, dtype=bool)
    for segments in (_ARM, _LEG):
        if names & set(segments):
            for segment in segments:
                limb |= surface.in_segment(segment)
    result: Mask = limb & (surface.half < 0)
    return result


def _tells(
    surface: Surface, view: View, zone: list[int], dots: list[int], only: Mask | None
) -> bool:
    """Whether a trigger point, or enough of the zones, is seen from a side."""
    if any(in_sight(surface, view, dots, only=only)):
        return True
    sample = zone[:: max(1, len(zone) // SAMPLE)]
    return sum(in_sight(surface, view, sample, only=only)) >= LEAST_SEEN * len(sample)


def _fitted(points: FloatArray, name: str, yaw: float, pitch: float) -> View:
    flat = turned(points, View(name, yaw, pitch))[:, :2]
    middle = (flat.min(axis=0) + flat.max(axis=0)) / 2
    half = max(float(np.ptp(flat[:, 1])) / 2 + 0.06, 0.15)
    wide = max(float(np.ptp(flat[:, 0])) / 2 + 0.06, 0.6 * half)
    box = (middle[0] - wide, middle[1] - half, middle[0] + wide, middle[1] + half)
    return View(name, yaw, pitch, box=box)
