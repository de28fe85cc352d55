"""The pain drawing: intensity and quality per vertex, and which places were answered for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from tautband.base.errors import InputError
from tautband.body.regions import RegionTable
from tautband.body.surface import Surface

SCHEMA = "tautband.drawing/1"
MAX_INTENSITY = 10
MOST_PLACES = 200

Mask = npt.NDArray[np.bool_]
Levels = npt.NDArray[np.uint8]


class Quality(StrEnum):
    """What the pain is like; ``unspecified`` where nobody said."""

    ACHE = "ache"
    SHARP = "sharp"
    BURNING = "burning"
    TINGLING = "tingling"
    NUMB = "numb"
    UNSPECIFIED = "unspecified"


QUALITIES = tuple(Quality)


@dataclass(frozen=True, eq=False)
class Drawing:
    """Pain on a body of V vertices.

    ``intensity`` (V,) whole numbers 0..10; ``quality`` (V,) index into QUALITIES, meaningful where
    intensity > 0; ``asked`` (V,) true where the patient has answered: a painted body answers for
    all of its skin, words only for the places they name.  ``body`` is the version of the surface.
    ``loose`` (V,) numbers loosely named places from 1, 0 for none: a word such as "calf" says that
    it hurts somewhere in there, not on each spot.
    """

    body: str
    intensity: Levels
    quality: Levels
    asked: Mask
    loose: npt.NDArray[np.int16] | None = None

    def __post_init__(self) -> None:
        loose = self.asked if self.loose is None else self.loose
        if not len(self.intensity) == len(self.quality) == len(self.asked) == len(loose):
            raise InputError("drawing", "its arrays differ in length", "one value per vertex")
        if self.intensity.max(initial=0) > MAX_INTENSITY:
            raise InputError(
                "intensity", f"{self.intensity.max()} is too high", "a whole number from 0 to 10"
            )
        if self.loose is not None and (self.loose[~self.painful] != 0).any():
            raise InputError(
                "drawing.loose", "names a place without pain", "loosely named places that hurt"
            )
        if (self.intensity[~self.asked] > 0).any():
            raise InputError(
                "drawing", "a painful place is marked as not asked", "asked wherever there is pain"
            )

    @property
    def painful(self) -> Mask:
        """Mask of the vertices with pain."""
        return self.intensity > 0

    def places(self) -> list[Mask]:
        """Masks of the loosely named places."""
        if self.loose is None:
            return []
        return [self.loose == number for number in np.unique(self.loose[self.loose > 0])]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Drawing):
            return NotImplemented
        felt = self.painful
        return (
            self.body == other.body
            and np.array_equal(self.intensity, other.intensity)
            and np.array_equal(self.quality[felt], other.quality[felt])
            and np.array_equal(self.asked, other.asked)
            and [place.tolist() for place in self.places()]
            == [place.tolist() for place in other.places()]
        )

    __hash__ = None  # type: ignore[assignment]  # holds arrays


def painted(
    surface: Surface, intensity: npt.ArrayLike, quality: npt.ArrayLike | None = None
) -> Drawing:
    """A drawing from painting: every place is answered for."""
    levels = np.asarray(intensity, dtype=np.uint8)
    kinds = np.zeros(surface.size, np.uint8) if quality is None else np.asarray(quality, np.uint8)
    return Drawing(surface.version, levels, kinds, np.ones(surface.size, dtype=bool))


@dataclass(frozen=True)
class Mark:
    """One named region: how much (0 means named as free of pain), what kind, how much of it.

    Regions with the same ``place`` above 0 were named loosely by one word.
    """

    region: str
    intensity: int
    quality: Quality = Quality.UNSPECIFIED
    coverage: float = 1.0
    place: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.intensity <= MAX_INTENSITY:
            raise InputError(
                "intensity", f"{self.intensity} is outside the scale", "a whole number from 0 to 10"
            )
        if not 0 < self.coverage <= 1:
            raise InputError(
                "coverage", f"{self.coverage} is outside the range", "more than 0 and at most 1"
            )


def from_regions(table: RegionTable, marks: Iterable[Mark], *, answered: bool = False) -> Drawing:
    """A drawing from region names.

    A coverage below 1 fills the region from its middle outward until that share of its area is
    reached.  ``answered`` says that all other places were asked and are free.
    """
    surface = table.surface
    intensity = np.zeros(surface.size, np.uint8)
    quality = np.zeros(surface.size, np.uint8)
    asked = np.full(surface.size, answered)
    loose = np.zeros(surface.size, np.int16)
    for mark in marks:
        inside = table.vertices(mark.region)
        asked[inside] = True
        chosen = _fill(surface, inside, table[mark.region].anchor, mark.coverage)
        intensity[chosen] = mark.intensity
        quality[chosen] = QUALITIES.index(mark.quality)
        loose[chosen] = mark.place if mark.intensity else 0
    return Drawing(surface.version, intensity, quality, asked, loose if loose.any() else None)


def _fill(
    surface: Surface, inside: npt.NDArray[np.int64], middle: int, coverage: float
) -> npt.NDArray[np.int64]:
    distance = np.linalg.norm(surface.positions[inside] - surface.positions[middle], axis=1)
    nearest = inside[np.argsort(distance, kind="stable")]
    filled = np.cumsum(surface.area[nearest]) / surface.area[nearest].sum()
    return nearest[: int(np.searchsorted(filled, coverage - 1e-9)) + 1]


def to_json(drawing: Drawing) -> dict[str, Any]:
    """The drawing as plain data, exact on the way back; see docs/developers/drawing-format.md."""
    felt = drawing.painful
    marks = []
    for level, kind in sorted(
        set(zip(drawing.intensity[felt].tolist(), drawing.quality[felt].tolist(), strict=True))
    ):
        here = felt & (drawing.intensity == level) & (drawing.quality == kind)
        marks.append(
            {"intensity": level, "quality": str(QUALITIES[kind]), "vertices": to_runs(here)}
        )
    whole = bool(drawing.asked.all())
    result: dict[str, Any] = {
        "schema": SCHEMA,
        "body": drawing.body,
        "answers": "whole body" if whole else "named places only",
        "marks": marks,
    }
    if not whole:
        result["free"] = to_runs(drawing.asked & ~felt)
    places = drawing.places()
    if places:
        result["loose"] = [to_runs(place) for place in places]
    return result


def from_json(data: object, surface: Surface) -> Drawing:
    """Read a drawing; raises InputError that names the field and what would be right."""
    if not isinstance(data, Mapping):
        raise InputError("drawing", "is not an object", f"an object with schema '{SCHEMA}'")
    if data.get("schema") != SCHEMA:
        raise InputError("drawing.schema", f"is {data.get('schema')!r}", f"'{SCHEMA}'")
    if data.get("body") != surface.version:
        raise InputError(
            "drawing.body",
            f"{str(data.get('body'))[:60]!r} is a body this version does not know",
            f"'{surface.version}'",
        )
    answers = data.get("answers")
    if answers not in ("whole body", "named places only"):
        raise InputError(
            "drawing.answers", f"is {str(answers)[:40]!r}", "'whole body' or 'named places only'"
        )
    intensity = np.zeros(surface.size, np.uint8)
    quality = np.zeros(surface.size, np.uint8)
    asked = np.full(surface.size, answers == "whole body")
    marks = data.get("marks")
    if not isinstance(marks, list):
        raise InputError("drawing.marks", "is missing or not a list", "a list of marks")
    for number, mark in enumerate(marks):
        here = _read_mark(mark, f"drawing.marks[{number}]", surface.size, intensity, quality)
        asked[here] = True
    if "free" in data and answers == "named places only":
        asked[from_runs(data["free"], surface.size, "drawing.free")] = True
    return Drawing(surface.version, intensity, quality, asked, _read_loose(data, intensity > 0))


def _read_loose(data: Mapping[str, Any], felt: Mask) -> npt.NDArray[np.int16] | None:
    places = data.get("loose", [])
    if not isinstance(places, list) or len(places) > MOST_PLACES:
        raise InputError(
            "drawing.loose", "is not a list of places", f"at most {MOST_PLACES} lists of runs"
        )
    if not places:
        return None
    loose = np.zeros(len(felt), np.int16)
    for number, runs in enumerate(places, start=1):
        loose[from_runs(runs, len(felt), f"drawing.loose[{number - 1}]") & felt] = number
    return loose


def _read_mark(mark: object, field: str, size: int, intensity: Levels, quality: Levels) -> Mask:
    if not isinstance(mark, Mapping):
        raise InputError(field, "is not an object", "intensity, quality and vertices")
    level = mark.get("intensity")
    if isinstance(level, bool) or not isinstance(level, int) or not 1 <= level <= MAX_INTENSITY:
        raise InputError(
            f"{field}.intensity", f"is {str(level)[:20]}", "a whole number from 1 to 10"
        )
    kind = mark.get("quality")
    if kind not in QUALITIES:
        raise InputError(
            f"{field}.quality", f"is {str(kind)[:40]!r}", "one of " + ", ".join(QUALITIES)
        )
    here = from_runs(mark.get("vertices"), size, f"{field}.vertices")
    if (intensity[here] > 0).any():
        raise InputError(
            f"{field}.vertices",
            "names vertices that an earlier mark has",
            "each vertex in one mark",
        )
    intensity[here] = level
    quality[here] = QUALITIES.index(Quality(kind))
    return here


def to_runs(mask: Mask) -> list[int]:
    """A mask as run lengths: gap, length, gap, length, ... from vertex 0."""
    padded = np.concatenate([[False], mask, [False]])
    borders = np.flatnonzero(padded[1:] != padded[:-1])
    runs: list[int] = np.diff(borders, prepend=0).tolist()
    return runs


def from_runs(runs: object, size: int, field: str) -> Mask:
    """The mask of a run list; raises InputError when it is malformed or leaves the body."""
    right = "whole numbers gap, length, gap, length, ..."
    if not isinstance(runs, list) or len(runs) % 2 or len(runs) > 2 * size:
        raise InputError(field, "is not a list of runs", right)
    if not all(type(value) is int and 0 <= value <= size for value in runs):
        raise InputError(field, "holds something other than vertex counts", right)
    borders = np.cumsum(np.asarray(runs, dtype=np.int64))
    if len(borders) and borders[-1] > size:
        raise InputError(field, "goes past the last vertex", f"vertex numbers below {size}")
    mask = np.zeros(size, dtype=bool)
    for start, stop in zip(borders[::2].tolist(), borders[1::2].tolist(), strict=True):
        mask[start:stop] = True
    return mask
