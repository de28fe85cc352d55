"""The table of named regions: what a place is called and where it is seen."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources

import numpy as np
import numpy.typing as npt
from rapidfuzz import process

from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.body.surface import Surface, load_surface

VIEWS = ("front", "back", "left", "right", "top", "below")
_SEEN_FROM = {
    "front": (0, 0, 1),
    "back": (0, 0, -1),
    "left": (1, 0, 0),
    "right": (-1, 0, 0),
    "top": (0, 1, 0),
    "below": (0, -1, 0),
}


@dataclass(frozen=True)
class Region:
    """A named area of one half of the skin.

    ``key`` is ``id:side``; ``index`` its place in the table; ``anchor`` the vertex nearest to its
    middle; ``area`` in cm2 on the neutral body.
    """

    id: str
    side: Side
    name: str
    plain: str
    synonyms: tuple[str, ...]
    views: tuple[str, ...]
    index: int
    anchor: int
    area: float

    @property
    def key(self) -> str:
        """The region with its side, as it is written everywhere: ``shoulder_anterior:right``."""
        return f"{self.id}:{self.side}"


class RegionTable(Mapping[str, Region]):
    """All regions by key, left and right.

    A midline vertex belongs to the regions of both halves, with half of its area in each, so that a
    mirrored drawing has exactly mirrored cover.  ``of_vertex`` names the left one for it.
    """

    def __init__(self, surface: Surface, regions: tuple[Region, ...]) -> None:
        self.surface = surface
        self.regions = regions
        self._by_key = {r.key: r for r in regions}
        count = len(surface.region_ids)
        self.of_vertex: npt.NDArray[np.int64] = surface.region + np.where(
            surface.half < 0, count, 0
        )

    def __getitem__(self, key: str) -> Region:
        """The region of a key; raises InputError with close names for an unknown one."""
        try:
            return self._by_key[key]
        except KeyError:
            close = [str(m[0]) for m in process.extract(key, list(self._by_key), limit=3)]
            raise InputError(
                "region", f"'{key}' is not a region", "a key such as 'temple:left'", close
            ) from None

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_key)

    def __len__(self) -> int:
        return len(self._by_key)

    @property
    def ids(self) -> tuple[str, ...]:
        """Region ids without side, in table order."""
        return self.surface.region_ids

    def vertices(self, key: str) -> npt.NDArray[np.int64]:
        """Numbers of the vertices of a region."""
        region = self[key]
        sign = 1 if region.side is Side.LEFT else -1
        same = self.surface.region == region.index % len(self.ids)
        return np.flatnonzero(same & (self.surface.half * sign >= 0))

    def sums(self, values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Sum of a per-vertex value over each region, (R,) in table order."""
        surface, count = self.surface, len(self.ids)
        halves = [
            np.bincount(
                surface.region,
                weights=values * np.where(surface.half == 0, 0.5, surface.half == sign),
                minlength=count,
            )
            for sign in (1, -1)
        ]
        return np.concatenate(halves)

    @cached_property
    def areas(self) -> npt.NDArray[np.float64]:
        """Skin area of each region of the neutral shape, cm2."""
        return self.sums(self.surface.area)

    def mirrored(self, index: int) -> int:
        """Index of the same region on the other side."""
        count = len(self.ids)
        return (index + count) % (2 * count)


@cache
def load_regions() -> RegionTable:
    """The region table of the shipped surface."""
    return build_table(load_surface(), read_names())


def read_names() -> dict[str, dict[str, object]]:
    """Name, plain name and synonyms per region id, from ``regions.toml``."""
    text = resources.files("tautband.body").joinpath("data/regions.toml").read_text("utf-8")
    boxes = [box for segment in tomllib.loads(text).values() for box in segment]
    return {box["id"]: box for box in boxes if "name" in box}


def build_table(surface: Surface, names: Mapping[str, Mapping[str, object]]) -> RegionTable:
    """Put names and geometry together; raises InputError when they name different regions."""
    if set(names) != set(surface.region_ids):
        odd = sorted(set(names) ^ set(surface.region_ids))
        raise InputError(
            "regions.toml", f"does not fit the body: {odd}", "a body built from this table"
        )
    regions: list[Region] = []
    for side in (Side.LEFT, Side.RIGHT):
        for number, region_id in enumerate(surface.region_ids):
            sign = 1 if side is Side.LEFT else -1
            here = (surface.region == number) & (surface.half * sign >= 0)
            inside = np.flatnonzero(here)
            entry = names[region_id]
            synonyms = entry["synonyms"]
            assert isinstance(synonyms, list)
            regions.append(
                Region(
                    id=region_id,
                    side=side,
                    name=str(entry["name"]),
                    plain=str(entry["plain"]),
                    synonyms=tuple(str(s) for s in synonyms),
                    views=_views(surface, inside),
                    index=len(regions),
                    anchor=_middle(surface, inside),
                    area=float((surface.area * np.where(surface.half == 0, 0.5, 1))[inside].sum()),
                )
            )
    return RegionTable(surface, tuple(regions))


def _views(surface: Surface, inside: npt.NDArray[np.int64]) -> tuple[str, ...]:
    """Views in which a good part of the region faces the eye, best first."""
    facing = {
        view: float((surface.normals[inside] @ np.asarray(direction) > 0.5).mean())
        for view, direction in _SEEN_FROM.items()
    }
    best = max(facing, key=lambda v: facing[v])
    chosen = [v for v in VIEWS if facing[v] > 0.4 or v == best]
    return tuple(sorted(chosen, key=lambda v: -facing[v]))


def _middle(surface: Surface, inside: npt.NDArray[np.int64]) -> int:
    points = surface.positions[inside]
    return int(inside[np.linalg.norm(points - points.mean(axis=0), axis=1).argmin()])
