"""The picture of a record, for review: trigger points and referral zones on the body."""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tautband.atlas.records import Muscle
from tautband.atlas.zones import point_vertex, spread
from tautband.base.side import Side
from tautband.body.picture import View, beside, blank, draw, tint, turned
from tautband.body.regions import RegionTable
from tautband.body.surface import FloatArray

MAIN, SPILL, POINT = (190, 50, 44), (238, 168, 104), (16, 24, 40)
_SIDES = (
    ("front", 0.0, 0.0),
    ("back", 180.0, 0.0),
    ("right side", -90.0, 0.0),
    ("left side", 90.0, 0.0),
)
_BELOW = ("from below", 0.0, -90.0)
_FEET = ("foot", "big_toe", "toes")
_HANDS = ("hand", "thumb", "index_finger", "middle_finger", "ring_finger", "little_finger")
_PALM = ("right palm", 75.0, -40.0)


def record_picture(table: RegionTable, muscle: Muscle, height: int = 420) -> Image.Image:
    """The muscle of the right side from all sides, framed to what it shows.

    Red is the main zone, orange the spill-over, a ring each usual trigger point.
    """
    surface = table.surface
    main, spill = (spread(table, muscle, Side.RIGHT, kind) for kind in ("main", "spill"))
    colours = blank(surface)
    tint(colours, spill, SPILL, 0.75)
    tint(colours, main, MAIN, 0.85)
    points = [p for p in muscle.trigger_points if p.stated]
    dots = [(point_vertex(surface, p, Side.RIGHT), POINT) for p in points]
    inside = np.flatnonzero(main | spill).tolist() + [v for v, _ in dots]
    names = {surface.segments[s] for s in np.unique(surface.segment[inside])}
    sides = [*_SIDES]
    sides += [_BELOW] if names & set(_FEET) else []
    sides += [_PALM] if names & set(_HANDS) else []
    pictures = []
    for name, yaw, pitch in sides:
        view = _fitted(surface.positions[inside], name, yaw, pitch)
        picture = draw(surface, colours, view, height, dots=dots)
        ImageDraw.Draw(picture).text(
            (6, 4), name, fill=(90, 90, 90), font=ImageFont.load_default(13)
        )
        pictures.append(picture)
    return beside(pictures)


def _fitted(points: FloatArray, name: str, yaw: float, pitch: float) -> View:
    flat = turned(points, View(name, yaw, pitch))[:, :2]
    middle = (flat.min(axis=0) + flat.max(axis=0)) / 2
    half = max(float(np.ptp(flat[:, 1])) / 2 + 0.06, 0.15)
    wide = max(float(np.ptp(flat[:, 0])) / 2 + 0.06, 0.6 * half)
    box = (middle[0] - wide, middle[1] - half, middle[0] + wide, middle[1] + half)
    return View(name, yaw, pitch, box=box)
