"""The picture that ``tautband locate --picture`` saves."""

from pathlib import Path

import numpy as np
import numpy.typing as npt

from tautband.atlas.atlas import Atlas, load_atlas
from tautband.base.errors import InputError
from tautband.body.drawing import MAX_INTENSITY, Drawing
from tautband.body.picture import BACK, FRONT, beside, blank, draw, tint
from tautband.care.locate import Location

PAIN_MILD, PAIN_STRONG = (240, 176, 130), (178, 42, 42)
ZONE_MAIN, ZONE_SPILL, POINT = (44, 92, 170), (130, 170, 220), (14, 40, 90)


def save_location(answer: Location, drawing: Drawing, sex: str | None, path: Path) -> None:
    """Save two bodies, front and back each: the drawing, and the first candidate's zone."""
    atlas = load_atlas()
    shape = sex or "neutral"
    surface = atlas.table.surface
    pain = pain_colours(drawing, atlas)
    pictures = [draw(surface, pain, view, shape=shape) for view in (FRONT, BACK)]
    if answer.candidates:
        unit = answer.candidates[0].unit
        zone = blank(surface)
        tint(zone, atlas.zone(unit, "spill"), ZONE_SPILL, 0.7)
        tint(zone, atlas.zone(unit, "main"), ZONE_MAIN, 0.8)
        dots = [(vertex, POINT) for vertex in atlas.points(unit)]
        pictures += [draw(surface, zone, v, shape=shape, dots=dots) for v in (FRONT, BACK)]
    try:
        beside(pictures).save(path)
    except OSError as error:
        raise InputError(
            "--picture", f"{path} cannot be written", "a folder that exists"
        ) from error


def pain_colours(drawing: Drawing, atlas: Atlas) -> npt.NDArray[np.uint8]:
    """Skin with the drawing on it, (V, 3): the stronger the pain, the darker the red."""
    colours = blank(atlas.table.surface)
    for level in np.unique(drawing.intensity[drawing.painful]).tolist():
        share = level / MAX_INTENSITY
        ink = tuple(round(a + (b - a) * share) for a, b in zip(PAIN_MILD, PAIN_STRONG, strict=True))
        tint(colours, drawing.intensity == level, (ink[0], ink[1], ink[2]), 0.9)
    return colours
