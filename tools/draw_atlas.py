"""Draw every record's trigger points and referral zones, for review.

python -m tools.draw_atlas FOLDER [muscle ...]
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image

from tautband.atlas.load import check_muscle, find_muscle, read_muscles
from tautband.atlas.records import Muscle
from tautband.atlas.zones import point_vertex, spread
from tautband.base.side import Side
from tautband.base.sources import bibliography
from tautband.body.picture import View, beside, blank, draw, tint, turned
from tautband.body.regions import load_regions

MAIN, SPILL, POINT = (196, 58, 49), (236, 170, 110), (20, 20, 20)


def picture(muscle: Muscle, height: int = 700) -> Image.Image:
    """The record on the right side of the body, from front, back and both sides, zoomed to fit."""
    table = load_regions()
    surface = table.surface
    main, spill = (spread(table, muscle, Side.RIGHT, kind) for kind in ("main", "spill"))
    colours = blank(surface)
    tint(colours, spill, SPILL, 0.75)
    tint(colours, main, MAIN, 0.85)
    points = [p for p in muscle.trigger_points if p.stated]
    dots = [(point_vertex(surface, p, Side.RIGHT), POINT) for p in points]
    inside = np.flatnonzero(main | spill).tolist() + [v for v, _ in dots]
    sides = [("front", 0.0), ("back", 180.0), ("right", -90.0), ("left", 90.0)]
    views = [_fitted(surface.positions[inside], name, yaw) for name, yaw in sides]
    return beside([draw(surface, colours, view, height, dots=dots) for view in views])


def _fitted(points: np.ndarray, name: str, yaw: float) -> View:
    flat = turned(points, View(name, yaw))[:, :2]
    middle = (flat.min(axis=0) + flat.max(axis=0)) / 2
    half = max(float(np.ptp(flat[:, 1])) / 2 + 0.08, 0.16)
    wide = max(float(np.ptp(flat[:, 0])) / 2 + 0.08, 0.6 * half)
    box = (middle[0] - wide, middle[1] - half, middle[0] + wide, middle[1] + half)
    return View(name, yaw, box=box)


def main() -> None:
    """Check and draw the named muscles, or all."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    muscles = read_muscles()
    chosen = [find_muscle(name, muscles) for name in sys.argv[2:]] or list(muscles.values())
    for muscle in chosen:
        check_muscle(muscle, load_regions(), bibliography())
        picture(muscle).save(folder / f"{muscle.id}.png")
        print(folder / f"{muscle.id}.png")


if __name__ == "__main__":
    main()
