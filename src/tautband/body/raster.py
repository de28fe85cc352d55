"""The body as pixels, once for each side it is seen from, so that pictures of it are cheap.

`body.picture` draws every triangle anew for each picture.  Here the triangles are drawn once, as
their numbers; a picture then only looks up colours, and light and zones are smooth inside them.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from tautband.body.picture import View, turned
from tautband.body.surface import FloatArray, Surface

Pixels = npt.NDArray[np.int32]
Box = tuple[float, float, float, float]

# Pixels to the metre; a body is about 1.75 m.
SCALE = 900
_MARGIN = 0.06
_NOTHING = -1


@dataclass(frozen=True, eq=False)
class Raster:
    """The whole body from one side: number of the triangle under each pixel, -1 beside the body.

    ``flat`` holds the vertices in pixels, (V, 2); ``corner`` is x and y in metres of the picture's
    upper left corner after turning.
    """

    view: View
    triangle: Pixels
    flat: FloatArray
    corner: tuple[float, float]

    @cached_property
    def seen(self) -> npt.NDArray[np.bool_]:
        """Which triangles show at least a pixel, (T,) as far as the last that does."""
        found: npt.NDArray[np.bool_] = np.bincount(self.triangle[self.triangle >= 0]) > 0
        return found


@dataclass(frozen=True, eq=False)
class Patch:
    """A part of a raster: per pixel the triangle and the weights of its three corners.

    ``skin`` says which pixels show the body; ``corners`` (N, 3) and ``weights`` (N, 3) belong to
    those pixels, row by row; ``left``, ``top`` and ``step`` place the patch in its raster.
    """

    skin: npt.NDArray[np.bool_]
    corners: npt.NDArray[np.int64]
    weights: FloatArray
    left: int
    top: int
    step: int

    def smooth(self, values: FloatArray) -> FloatArray:
        """A value per vertex, spread over the pixels of the skin: (N,) or (N, K)."""
        spread: FloatArray = np.einsum("nc,nc...->n...", self.weights, values[self.corners])
        return spread


@lru_cache(maxsize=8)
def raster(surface: Surface, view: View) -> Raster:
    """The neutral body seen from a side; made once and kept."""
    points = turned(surface.positions, view)
    low, high = points[:, :2].min(axis=0) - _MARGIN, points[:, :2].max(axis=0) + _MARGIN
    flat = np.stack([points[:, 0] - low[0], high[1] - points[:, 1]], axis=1) * SCALE
    size = (int((high[0] - low[0]) * SCALE) + 1, int((high[1] - low[1]) * SCALE) + 1)
    image = Image.new("I", size, _NOTHING)
    pen = ImageDraw.Draw(image)
    corners = points[surface.triangles]
    facing = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])[:, 2] > 0
    seen = np.flatnonzero(facing)
    far_first = seen[np.argsort(corners[seen, :, 2].mean(axis=1), kind="stable")]
    shapes = flat[surface.triangles].reshape(-1, 6)
    for number, shape in zip(far_first.tolist(), shapes[far_first].tolist(), strict=True):
        pen.polygon(shape, fill=number)
    triangle = np.asarray(image, dtype=np.int32)
    return Raster(view, triangle, flat, (float(low[0]), float(high[1])))


def patch(whole: Raster, surface: Surface, box: Box, rows: int) -> Patch:
    """The part inside a box: x from, y from, x to, y to in metres after turning.

    Pixels are left out evenly as long as at least ``rows`` rows remain.
    """
    x0, y0, x1, y1 = box
    height, width = whole.triangle.shape
    left = max(0, round((x0 - whole.corner[0]) * SCALE))
    right = max(left, min(width, round((x1 - whole.corner[0]) * SCALE)))
    top = max(0, round((whole.corner[1] - y1) * SCALE))
    bottom = max(top, min(height, round((whole.corner[1] - y0) * SCALE)))
    step = max(1, (bottom - top) // rows)
    numbers = whole.triangle[top:bottom:step, left:right:step]
    skin = numbers >= 0
    down, across = np.nonzero(skin)
    corners = surface.triangles[numbers[skin]]
    at = np.stack([across * step + left, down * step + top], axis=1).astype(np.float64)
    return Patch(skin, corners, _weights(at, whole.flat[corners]), left, top, step)


def _weights(at: FloatArray, corners: FloatArray) -> FloatArray:
    """Barycentric weights of points in triangles, kept inside: an edge pixel may lie just out."""
    a, b, c = corners[:, 0], corners[:, 1], corners[:, 2]
    ab, ac, ap = b - a, c - a, at - a
    area = ab[:, 0] * ac[:, 1] - ab[:, 1] * ac[:, 0]
    area = np.where(np.abs(area) < 1e-9, 1e-9, area)
    second = (ap[:, 0] * ac[:, 1] - ap[:, 1] * ac[:, 0]) / area
    third = (ab[:, 0] * ap[:, 1] - ab[:, 1] * ap[:, 0]) / area
    weights = np.clip(np.stack([1 - second - third, second, third], axis=1), 0, 1)
    total: FloatArray = weights / np.maximum(weights.sum(axis=1, keepdims=True), 1e-9)
    return total
