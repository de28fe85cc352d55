"""The compiled atlas, as the program uses it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from io import BytesIO

import msgspec
import numpy as np
import numpy.typing as npt

from tautband.atlas.causes import OtherCause, RedFlag
from tautband.atlas.records import Muscle
from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.body.regions import RegionTable, load_regions

Mask = npt.NDArray[np.bool_]


class _Records(msgspec.Struct):
    version: str
    body: str
    muscles: tuple[Muscle, ...]
    causes: tuple[OtherCause, ...]
    flags: tuple[RedFlag, ...]


@dataclass(frozen=True)
class Unit:
    """A hidden cause of the network: one record on one side."""

    id: str
    side: Side
    muscle: Muscle | None
    cause: OtherCause | None
    row: int

    @property
    def key(self) -> str:
        """``id:side``."""
        return f"{self.id}:{self.side}"

    @property
    def name(self) -> str:
        """Name for clinicians, without the side."""
        record = self.muscle or self.cause
        assert record is not None
        return record.name


class Atlas:
    """Records, hidden units, and where on the skin each is felt.

    ``units`` are the hidden units; ``unit`` has every record on its sides by key, members of a
    group that is ranked as one included.
    """

    def __init__(
        self, records: _Records, arrays: Mapping[str, np.ndarray], table: RegionTable
    ) -> None:
        self.version = records.version
        self.table = table
        self.muscles = {m.id: m for m in records.muscles}
        self.causes = {c.id: c for c in records.causes}
        self.flags = records.flags
        self._zones = arrays["zones"]
        self._cover: npt.NDArray[np.float64] = arrays["cover"].astype(np.float64)
        self._patterns: list[list[str]] = json.loads(str(arrays["patterns"]))
        self._points: dict[str, list[int]] = json.loads(str(arrays["points"]))
        self._row = {str(name): row for row, name in enumerate(arrays["units"])}
        every = self._all_units()
        self.unit = {u.key: u for u in every}
        self.units = tuple(u for u in every if not (u.muscle and u.muscle.ranked_as))

    def _all_units(self) -> tuple[Unit, ...]:
        units = [
            Unit(m.id, side, m, None, self._row[m.id])
            for m in self.muscles.values()
            for side in (Side.LEFT, Side.RIGHT)
        ]
        units += [
            Unit(c.id, side, None, c, self._row[c.id])
            for c in self.causes.values()
            for side in c.sides
        ]
        return tuple(units)

    def ranked(self, muscle: str, side: Side) -> Unit:
        """The hidden unit that stands for a muscle: itself, or its group."""
        return self.unit[f"{self.muscles[muscle].ranked_as or muscle}:{side}"]

    def patterns(self, unit: Unit) -> list[str]:
        """Names of the unit's pattern variants."""
        return self._patterns[unit.row]

    def cover(self, unit: Unit) -> npt.NDArray[np.float64]:
        """Share of each region under each variant's main and spill-over part, (P, 2, R)."""
        cover = self._cover[unit.row, : len(self.patterns(unit))]
        if unit.side is Side.RIGHT:
            half = len(self.table) // 2
            cover = np.concatenate([cover[..., half:], cover[..., :half]], axis=-1)
        return cover

    def zone(self, unit: Unit, kind: str) -> Mask:
        """Vertices of a unit's ``main`` or ``spill`` zone."""
        size = self.table.surface.size
        packed = self._zones[2 * unit.row + (kind == "spill")]
        mask: Mask = np.unpackbits(packed, count=size).astype(bool)
        return mask[self.table.surface.mirror] if unit.side is Side.RIGHT else mask

    def points(self, unit: Unit) -> list[int]:
        """Vertices of a muscle's trigger points."""
        left = self._points.get(unit.id, [])
        mirror = self.table.surface.mirror
        return [int(mirror[v]) for v in left] if unit.side is Side.RIGHT else left


@cache
def load_atlas() -> Atlas:
    """The compiled atlas; raises InputError when it is not built or does not fit the body."""
    folder = resources.files("tautband.atlas").joinpath("compiled")
    try:
        records = msgspec.json.decode(folder.joinpath("records.json").read_bytes(), type=_Records)
        arrays = dict(np.load(BytesIO(folder.joinpath("arrays.npz").read_bytes())))
    except FileNotFoundError as error:
        raise InputError(
            "atlas",
            "has not been compiled",
            "the files that 'python tools/compile_atlas.py' writes",
        ) from error
    table = load_regions()
    if records.body != table.surface.version:
        raise InputError("atlas", f"was compiled for {records.body}", table.surface.version)
    return Atlas(records, arrays, table)
