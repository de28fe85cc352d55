"""Pictures of the body without a browser: flat colours per vertex, seen from fixed sides."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from tautband.body.surface import FloatArray, Surface

SKIN = (222, 209, 199)
PAPER = (250, 249, 247)
# A normal this far from the eye still shows at the edge; skin this much in front hides (metres).
FACING, HAIR = -0.1, 0.004
_LIGHT = np.array([0.25, 0.45, 0.85]) / np.linalg.norm([0.25, 0.45, 0.85])


@dataclass(frozen=True)
class View:
    """A side to look from: yaw and pitch in degrees, and what part of the body fills the picture.

    Yaw 0 is the front, 90 the patient's left, 180 the back.  ``box`` is x from, y from, x to, y to
    in metres after turning; None shows everything.
    """

    name: str
    yaw: float
    pitch: float = 0.0
    box: tuple[float, float, float, float] | None = None


FRONT = View("front", 0)
BACK = View("back", 180)
LEFT = View("left", 90)
RIGHT = View("right", -90)


def draw(
    surface: Surface,
    colours: npt.NDArray[np.uint8],
    view: View,
    height: int = 900,
    shape: str = "neutral",
    dots: Sequence[tuple[int, tuple[int, int, int]]] = (),
    only: npt.NDArray[np.bool_] | None = None,
) -> Image.Image:
    """A picture of the body; ``colours`` is (V, 3), ``dots`` are vertices marked with a ring.

    A dot that the body hides from this side is left out.  ``only`` limits the picture to the
    triangles that touch these vertices.
    """
    points = turned(surface.shapes[shape], view)
    low, high = _frame(points, view)
    scale = 2 * height / (high[1] - low[1])
    size = (int((high[0] - low[0]) * scale) + 1, 2 * height)
    image = Image.new("RGB", size, PAPER)
    pen = ImageDraw.Draw(image)
    flat = np.stack([(points[:, 0] - low[0]) * scale, (high[1] - points[:, 1]) * scale], axis=1)
    corners = points[surface.triangles]
    face = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    face /= np.linalg.norm(face, axis=1, keepdims=True) + 1e-15
    normal = turned(surface.normals, view)[surface.triangles].mean(axis=1)
    shade = 0.62 + 0.42 * np.clip(normal @ _LIGHT, 0, 1)
    colour = (colours[surface.triangles].mean(axis=1) * shade[:, None]).clip(0, 255).astype(int)
    drawn = face[:, 2] > 0
    if only is not None:
        drawn &= only[surface.triangles].any(axis=1)
    seen = np.flatnonzero(drawn)
    for number in seen[np.argsort(corners[seen, :, 2].mean(axis=1), kind="stable")]:
        corner = flat[surface.triangles[number]].ravel().tolist()
        pen.polygon(corner, fill=tuple(colour[number].tolist()))
    shown = in_sight(surface, view, [vertex for vertex, _ in dots], shape, only)
    for (vertex, ink), is_shown in zip(dots, shown, strict=True):
        if is_shown:
            x, y = flat[vertex]
            pen.ellipse((x - 11, y - 11, x + 11, y + 11), outline=(255, 255, 255), width=8)
            pen.ellipse((x - 9, y - 9, x + 9, y + 9), outline=ink, width=6)
    return image.resize((size[0] // 2, size[1] // 2), Image.Resampling.LANCZOS)


def in_sight(
    surface: Surface,
    view: View,
    vertices: Sequence[int],
    shape: str = "neutral",
    only: npt.NDArray[np.bool_] | None = None,
) -> list[bool]:
    """Which vertices can be seen from a side: turned to the eye, and nothing nearer in front.

    ``only`` as for ``draw``: what is not drawn is not seen and hides nothing.
    """
    points = turned(surface.shapes[shape], view)
    asked = np.asarray(vertices, dtype=np.int64)
    if not asked.size:
        return []
    shown = turned(surface.normals, view)[asked, 2] > FACING
    solid = surface.triangles
    if only is not None:
        solid = solid[only[solid].any(axis=1)]
        shown &= only[asked]
    corners = points[solid]
    low, high = corners.min(axis=1), corners.max(axis=1)
    within = (low[:, :2] <= points[asked, :2].max(axis=0)).all(axis=1)
    within &= (high[:, :2] >= points[asked, :2].min(axis=0)).all(axis=1)
    near = corners[within], low[within], high[within]
    return [
        bool(is_shown) and not _is_behind(points[vertex], *near)
        for vertex, is_shown in zip(asked, shown, strict=True)
    ]


def _is_behind(point: FloatArray, corners: FloatArray, low: FloatArray, high: FloatArray) -> bool:
    """Whether a triangle lies between a point and the eye (+z), more than a hair in front of it."""
    near = (low[:, :2] <= point[:2]).all(axis=1) & (high[:, :2] >= point[:2]).all(axis=1)
    near &= high[:, 2] > point[2] + HAIR
    a, b, c = (corners[near, n] for n in range(3))
    area = _cross(b - a, c - a)
    # Barycentric coordinates; a triangle seen edge on has no area and hides nothing.
    with np.errstate(divide="ignore", invalid="ignore"):
        v, w = _cross(point - a, c - a) / area, _cross(b - a, point - a) / area
        depth = a[:, 2] + v * (b - a)[:, 2] + w * (c - a)[:, 2]
        inside = (v >= 0) & (w >= 0) & (v + w <= 1) & (depth > point[2] + HAIR)
    return bool(inside.any())


def _cross(a: FloatArray, b: FloatArray) -> FloatArray:
    """z of the cross product, looking along the eye."""
    result: FloatArray = a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]
    return result


def turned(points: FloatArray, view: View) -> FloatArray:
    """Points after turning the body so that the view's side faces the eye (+z)."""
    yaw, pitch = np.radians(view.yaw), np.radians(view.pitch)
    round_y = np.array([[np.cos(yaw), 0, -np.sin(yaw)], [0, 1, 0], [np.sin(yaw), 0, np.cos(yaw)]])
    round_x = np.array(
        [[1, 0, 0], [0, np.cos(pitch), -np.sin(pitch)], [0, np.sin(pitch), np.cos(pitch)]]
    )
    result: FloatArray = points @ (round_x @ round_y).T
    return result


def _frame(points: FloatArray, view: View) -> tuple[FloatArray, FloatArray]:
    if view.box is not None:
        return np.array(view.box[:2]), np.array(view.box[2:])
    margin = 0.06
    return points[:, :2].min(axis=0) - margin, points[:, :2].max(axis=0) + margin


def blank(surface: Surface) -> npt.NDArray[np.uint8]:
    """Skin colour everywhere, (V, 3)."""
    return np.tile(np.array(SKIN, dtype=np.uint8), (surface.size, 1))


def tint(
    colours: npt.NDArray[np.uint8],
    mask: npt.NDArray[np.bool_],
    ink: tuple[int, int, int],
    share: float,
) -> None:
    """Mix ``ink`` into the colours where the mask is true, in place."""
    colours[mask] = ((1 - share) * colours[mask] + share * np.array(ink)).astype(np.uint8)


def beside(pictures: Sequence[Image.Image]) -> Image.Image:
    """Pictures in a row on one sheet."""
    sheet = Image.new(
        "RGB", (sum(p.width for p in pictures), max(p.height for p in pictures)), PAPER
    )
    x = 0
    for picture in pictures:
        sheet.paste(picture, (x, 0))
        x += picture.width
    return sheet
