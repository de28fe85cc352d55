"""Widespread pain: when a drawing covers so much that single trigger points explain nothing.

The border is that of the 2016 fibromyalgia criteria, as far as a drawing can tell them; what is
said and why stands beside it in ``data/widespread.toml``.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

import msgspec

from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.base.sources import Seen, bibliography
from tautband.body.drawing import Drawing
from tautband.body.overlap import region_coverage
from tautband.body.regions import RegionTable

AREAS, REGIONS = 19, 5


class Area(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An area of the widespread pain index; ``general``: it counts for generalised pain too."""

    name: str
    region: Literal["upper", "lower", "axial"]
    places: tuple[str, ...]
    general: bool = True

    @property
    def sides(self) -> tuple[tuple[Side, ...], ...]:
        """One area on each side, or one of both sides together for the trunk."""
        both = (Side.LEFT, Side.RIGHT)
        return (both,) if self.region == "axial" else ((Side.LEFT,), (Side.RIGHT,))


class Criterion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The border, what is said beyond it, and the sources of both."""

    least_regions: int
    least_areas: int
    least_share: float
    sources: tuple[str, ...]
    say: str
    why: str
    area: tuple[Area, ...]


@dataclass(frozen=True)
class Widespread:
    """A drawing beyond the border: painful ``regions`` of 5 and ``areas`` of 19."""

    regions: int
    areas: int
    criterion: Criterion


@cache
def load_criterion() -> Criterion:
    """The shipped criterion; raises InputError when its areas or sources are not right."""
    text = resources.files("tautband.reasoning").joinpath("data/widespread.toml").read_text("utf-8")
    return parse_criterion(text)


def parse_criterion(text: str) -> Criterion:
    """Read and check a criterion; raises InputError."""
    try:
        found = msgspec.convert(tomllib.loads(text), Criterion)
    except msgspec.ValidationError as error:
        raise InputError("widespread.toml", str(error)) from error
    count = sum(len(area.sides) for area in found.area)
    if count != AREAS:
        raise InputError("widespread.toml area", f"makes {count} areas", f"{AREAS}, sides apart")
    known = bibliography()
    if not any(key in known and known[key].seen is not Seen.NONE for key in found.sources):
        raise InputError("widespread.toml sources", "names none that was read", "one at least")
    return found


def widespread(drawing: Drawing, table: RegionTable) -> Widespread | None:
    """The drawing as widespread pain, or None on this side of the border."""
    criterion = load_criterion()
    share = region_coverage(drawing.painful, table)
    areas, regions = 0, set()
    for area in criterion.area:
        for sides in area.sides:
            keys = [f"{place}:{side}" for place in area.places for side in sides]
            if max(share[table[key].index] for key in keys) >= criterion.least_share:
                areas += 1
                if area.general:
                    regions.add((area.region, sides))
    if len(regions) < criterion.least_regions or areas < criterion.least_areas:
        return None
    return Widespread(len(regions), areas, criterion)
