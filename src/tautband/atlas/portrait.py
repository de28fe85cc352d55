"""A record's place on the body, small and fast: for lists, for print, and where there is no 3D.

The picture has no ground of its own, so that it stands on light and dark pages and on paper.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from tautband.atlas.atlas import Atlas, Unit
from tautband.base.side import Side
from tautband.body.picture import BACK, FRONT, LEFT, RIGHT, View, turned
from tautband.body.raster import Box, Patch, patch, raster
from tautband.body.regions import RegionTable
from tautband.body.surface import FloatArray, Surface

Mask = npt.NDArray[np.bool_]

BELOW = View("below", 0, -90)
VIEWS = (FRONT, BACK, RIGHT, LEFT)
SKIN = np.array([232.0, 219.0, 207.0])
SHADE = np.array([150.0, 132.0, 121.0])
ZONE = np.array([36.0, 86.0, 184.0])
POINT = (18, 51, 120, 255)
_LIGHT = np.array([-0.35, 0.5, 0.8]) / np.linalg.norm([-0.35, 0.5, 0.8])
# How strongly the two parts of a zone cover the skin, and what lies between hatch lines.
_MAIN, _MAIN_LINE, _SPILL = 0.55, 0.95, 0.16
_HATCH_PX = 7
_ROOM = 0.07
_LEAST_HALF = 0.17
# A second side is worth a picture when what it adds weighs at least so much; see `best_views`.
_SECOND = 0.2
_FACING = 0.3


@dataclass(frozen=True, eq=False)
class Shown:
    """What a picture shows of a body: two masks of vertices and the vertices that get a ring."""

    main: Mask
    spill: Mask
    points: tuple[int, ...] = ()


def shown_muscle(atlas: Atlas, unit: Unit) -> Shown:
    """The zones and trigger points of a muscle."""
    main, spill = atlas.zone(unit, "main"), atlas.zone(unit, "spill")
    return Shown(main, spill, tuple(atlas.points(unit)))


def shown_regions(table: RegionTable, regions: Iterable[str], side: Side) -> Shown:
    """Some regions of one side, as where a tendon lies."""
    main = np.zeros(table.surface.size, dtype=bool)
    for region in regions:
        main[table.vertices(f"{region}:{side}")] = True
    return Shown(main, np.zeros_like(main))


def portrait(surface: Surface, shown: Shown, height: int, most: int = 2) -> Image.Image:
    """What is shown, from the sides that show it best, side by side."""
    pictures = [_picture(surface, view, shown, height) for view in best_views(surface, shown, most)]
    gap = height // 24
    width = sum(p.width + gap for p in pictures) - gap
    sheet = Image.new("RGBA", (width, height))
    x = 0
    for picture in pictures:
        sheet.paste(picture, (x, 0))
        x += picture.width + gap
    return sheet


def portrait_webp(surface: Surface, shown: Shown, height: int, most: int = 2) -> bytes:
    """The portrait as a WebP file."""
    file = BytesIO()
    portrait(surface, shown, height, most).save(file, "WEBP", quality=82, method=4)
    return file.getvalue()


def best_views(surface: Surface, shown: Shown, most: int) -> list[View]:
    """The sides to look from: first the one that shows most, then what shows most that is new.

    Judged by the share of the main zone (1), of the trigger points (0.6) and of the spill-over
    (0.2) that is seen well: facing the viewer, not covered by another part of the body.
    """
    main = shown.main
    feet = surface.in_segment("foot")
    views = [*VIEWS, BELOW] if (main & feet).sum() > main.sum() / 2 else list(VIEWS)
    dots = np.zeros_like(main)
    dots[list(shown.points)] = True
    weights = np.zeros(surface.size)
    for mask, weight in ((main, 1.0), (dots, 0.6), (shown.spill, 0.2)):
        weights += mask * weight / max(1, mask.sum())
    well = {view: _well_seen(surface, view) for view in views}
    chosen: list[View] = []
    while len(chosen) < most:
        gain, view = max(((weights @ well[view], view) for view in views), key=lambda pair: pair[0])
        if chosen and gain < _SECOND:
            break
        chosen.append(view)
        weights = weights * ~well[view]
    return chosen


@lru_cache(maxsize=8)
def _well_seen(surface: Surface, view: View) -> Mask:
    """Vertices that face the viewer and that nothing covers."""
    whole = raster(surface, view)
    seen = np.zeros(surface.size, dtype=bool)
    seen[surface.triangles[np.flatnonzero(whole.seen)]] = True
    facing: Mask = turned(surface.normals, view)[:, 2] > _FACING
    return seen & facing


def _picture(surface: Surface, view: View, shown: Shown, height: int) -> Image.Image:
    inside = np.flatnonzero(shown.main | shown.spill).tolist() + list(shown.points)
    box = _frame(turned(surface.positions[inside], view))
    part = patch(raster(surface, view), surface, box, 2 * height)
    image = Image.fromarray(_colours(surface, view, part, shown), "RGBA")
    scale = height / image.height
    image = image.resize((max(1, round(image.width * scale)), height), Image.Resampling.LANCZOS)
    _rings(image, surface, view, part, shown.points, scale)
    return image


def _frame(points: FloatArray) -> Box:
    low, high = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    middle = (low + high) / 2
    half_y = max(float(high[1] - low[1]) / 2 + _ROOM, _LEAST_HALF)
    half_x = max(float(high[0] - low[0]) / 2 + _ROOM, 0.72 * half_y)
    x, y = float(middle[0]), float(middle[1])
    return (x - half_x, y - half_y, x + half_x, y + half_y)


def _colours(surface: Surface, view: View, part: Patch, shown: Shown) -> npt.NDArray[np.uint8]:
    light = part.smooth(turned(surface.normals, view)) @ _LIGHT
    lit = np.clip(0.25 + 0.75 * light, 0, 1)[:, None]
    colour = SHADE * (1 - lit) + SKIN * lit
    in_main, in_spill = (
        part.smooth(mask.astype(np.float64)) for mask in (shown.main, shown.main | shown.spill)
    )
    rows, columns = np.nonzero(part.skin)
    line = (rows + columns) % _HATCH_PX < 2
    cover = np.where(in_spill > 0.5, _SPILL, 0.0)
    cover = np.where((in_spill > 0.5) & (rows % 6 < 2) & (columns % 6 < 2), 0.6, cover)
    cover = np.where(in_main > 0.5, np.where(line, _MAIN_LINE, _MAIN), cover)
    cover = np.where(np.abs(in_main - 0.5) < 0.12, 1.0, cover)
    colour = colour * (1 - cover[:, None]) + ZONE * cover[:, None]
    alpha = np.full(len(colour), 255.0)
    if view is BELOW:  # the body behind the soles would only distract
        alpha[~_foot(surface)[part.corners].any(axis=1)] = 0
    pixels = np.zeros((*part.skin.shape, 4), dtype=np.uint8)
    pixels[part.skin] = np.concatenate([colour, alpha[:, None]], axis=1)
    return pixels


def _foot(surface: Surface) -> Mask:
    foot, big_toe, toes = (surface.in_segment(name) for name in ("foot", "big_toe", "toes"))
    return foot | big_toe | toes


def _rings(
    image: Image.Image,
    surface: Surface,
    view: View,
    part: Patch,
    points: Sequence[int],
    scale: float,
) -> None:
    """A ringed dot at each trigger point that faces the viewer, of one size on the page."""
    pen = ImageDraw.Draw(image)
    flat = raster(surface, view).flat
    size = max(3.0, image.height / 60)
    for vertex in points:
        if turned(surface.normals[vertex], view)[2] < -0.1:
            continue
        if view is BELOW and not _foot(surface)[vertex]:
            continue
        x, y = (flat[vertex] - (part.left, part.top)) * scale / part.step
        for radius, ink in (
            (size * 1.7, POINT),
            (size * 1.35, (255, 255, 255, 255)),
            (size, POINT),
        ):
            pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=ink)
