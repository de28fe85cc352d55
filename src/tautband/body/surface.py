"""The surface: one triangulated skin with the same vertices for every patient."""

from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array, csr_array

from tautband.base.errors import InputError

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Surface:
    """The body that drawings name by ``version``; V vertices, T triangles, lengths in metres.

    ``shapes`` holds (V, 3) positions per shape name; ``neutral`` is always there.  ``half`` is +1
    for the patient's left, -1 for the right, 0 on the midline.  ``region`` indexes the region
    table.  ``segment`` indexes ``segments``; ``t`` and ``angle`` (degrees) are segment coordinates.
    """

    version: str
    shapes: dict[str, FloatArray]
    triangles: IntArray
    mirror: IntArray
    half: IntArray
    region: IntArray
    segments: tuple[str, ...]
    segment: IntArray
    t: FloatArray
    angle: FloatArray
    region_ids: tuple[str, ...]

    @property
    def size(self) -> int:
        """Number of vertices."""
        return len(self.mirror)

    @property
    def positions(self) -> FloatArray:
        """Positions of the neutral shape, (V, 3) metres."""
        return self.shapes["neutral"]

    @cached_property
    def area(self) -> FloatArray:
        """Skin area of each vertex of the neutral shape, cm2: a third of its triangles."""
        a, b, c = (self.positions[self.triangles[:, k]] for k in range(3))
        triangle = 0.5 * np.linalg.norm(np.cross(b - a, c - a), axis=1) * 1e4
        share = np.repeat(triangle / 3, 3)
        area: FloatArray = np.bincount(
            self.triangles.ravel(), weights=share, minlength=self.size
        ).astype(np.float64)
        return area

    @cached_property
    def normals(self) -> FloatArray:
        """Outward unit normals of the neutral shape, (V, 3)."""
        a, b, c = (self.positions[self.triangles[:, k]] for k in range(3))
        face = np.cross(b - a, c - a)
        total = np.zeros_like(self.positions)
        for corner in range(3):
            np.add.at(total, self.triangles[:, corner], face)
        unit: FloatArray = total / np.linalg.norm(total, axis=1, keepdims=True)
        return unit

    @cached_property
    def edges(self) -> "csr_array[np.float64, tuple[int, int]]":
        """Neighbours of each vertex with the distance to them in metres, a (V, V) sparse matrix."""
        pairs = self.triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2)
        both = np.unique(np.vstack([pairs, pairs[:, ::-1]]), axis=0)
        length = np.linalg.norm(self.positions[both[:, 0]] - self.positions[both[:, 1]], axis=1)
        return csr_array(coo_array((length, (both[:, 0], both[:, 1])), shape=(self.size,) * 2))

    def in_segment(self, name: str) -> npt.NDArray[np.bool_]:
        """Mask of the vertices of a segment; raises InputError for a name that is none."""
        if name not in self.segments:
            raise InputError(
                "segment", f"'{name}' is not a segment", "one of " + ", ".join(self.segments)
            )
        mask: npt.NDArray[np.bool_] = self.segment == self.segments.index(name)
        return mask


@cache
def load_surface() -> Surface:
    """The surface that this version ships."""
    with resources.files("tautband.body").joinpath("data/body.npz").open("rb") as stream:
        raw = dict(np.load(stream))
    step = float(raw["step"])
    shapes = {
        name.removeprefix("shape_"): values * step
        for name, values in raw.items()
        if name.startswith("shape_")
    }
    return Surface(
        version=str(raw["version"]),
        shapes=shapes,
        triangles=raw["triangles"].astype(np.int64),
        mirror=raw["mirror"].astype(np.int64),
        half=raw["half"].astype(np.int64),
        region=raw["region"].astype(np.int64),
        segments=tuple(str(s) for s in raw["segment_names"]),
        segment=raw["segment"].astype(np.int64),
        t=raw["t"] / 1000.0,
        angle=raw["angle"] / 10.0,
        region_ids=tuple(str(s) for s in raw["region_ids"]),
    )
