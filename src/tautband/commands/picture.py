"""The picture that ``tautband locate --picture`` saves."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

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
    pictures = [
        _titled(draw(surface, pain, view, shape=shape), f"pain, {view.name}")
        for view in (FRONT, BACK)
    ]
    if answer.candidates:
        unit = answer.candidates[0].unit
        zone = blank(surface)
        tint(zone, atlas.zone(unit, "spill"), ZONE_SPILL, 0.7)
        tint(zone, atlas.zone(unit, "main"), ZONE_MAIN, 0.8)
        dots = [(vertex, POINT) for vertex in atlas.points(unit)]
        name = f"{unit.name}, {unit.side}"
        pictures += [
            _titled(draw(surface, zone, view, shape=shape, dots=dots), f"{name}, {view.name}")
            for view in (FRONT, BACK)
        ]
    save_png(beside(pictures), path)


def check_png(path: Path) -> None:
    """Raise InputError unless the file could be written as a PNG."""
    if path.suffix.lower() != ".png":
        raise InputError("--picture", f"'{path.name}' is no PNG", "a name that ends in .png")
    if not path.absolute().parent.is_dir():
        raise InputError("--picture", f"{path.parent} does not exist", "a folder that exists")


def save_png(picture: Image.Image, path: Path) -> None:
    """Write a picture; raises InputError when it cannot be written."""
    check_png(path)
    try:
        picture.save(path)
    except OSError as error:
        raise InputError("--picture", f"{path} cannot be written", "a free place") from error


def _titled(picture: Image.Image, title: str) -> Image.Image:
    """A title, and which side is the patient's right: on the left of a front view."""
    pen = ImageDraw.Draw(picture)
    font = ImageFont.load_default(16)
    pen.text((picture.width / 2, 14), title, fill=(40, 40, 40), font=font, anchor="ma")
    sides = ("R", "L") if title.endswith("front") else ("L", "R")
    for x, side in ((20, sides[0]), (picture.width - 20, sides[1])):
        pen.text((x, picture.height / 2), side, fill=(90, 90, 90), font=font, anchor="mm")
    return picture


def pain_colours(drawing: Drawing, atlas: Atlas) -> npt.NDArray[np.uint8]:
    """Skin with the drawing on it, (V, 3): the stronger the pain, the darker the red."""
    colours = blank(atlas.table.surface)
    for level in np.unique(drawing.intensity[drawing.painful]).tolist():
        share = level / MAX_INTENSITY
        ink = tuple(round(a + (b - a) * share) for a, b in zip(PAIN_MILD, PAIN_STRONG, strict=True))
        tint(colours, drawing.intensity == level, (ink[0], ink[1], ink[2]), 0.9)
    return colours
