"""A whole record to break, and small atlases made of parts of the shipped one."""

import copy
from collections.abc import Callable
from functools import cache
from importlib import resources
from io import BytesIO
from typing import Any

import msgspec
import numpy as np

from tautband.atlas.atlas import Atlas, _Records
from tautband.atlas.load import read_muscles
from tautband.atlas.records import Muscle
from tautband.body.regions import load_regions

Broken = Callable[[dict[str, Any]], None]


def record(muscle: str = "infraspinatus", change: Broken = lambda _: None) -> dict[str, Any]:
    """A record as plain data, with a change made to it."""
    data: dict[str, Any] = copy.deepcopy(msgspec.to_builtins(read_muscles()[muscle]))
    change(data)
    return data


def as_muscle(data: dict[str, Any]) -> Muscle:
    """The typed record of plain data that has the right shape."""
    return msgspec.convert(data, Muscle)


@cache
def _compiled() -> tuple[_Records, dict[str, np.ndarray]]:
    folder = resources.files("tautband.atlas").joinpath("compiled")
    raw = folder.joinpath("records.json").read_bytes()
    arrays = dict(np.load(BytesIO(folder.joinpath("arrays.npz").read_bytes())))
    return msgspec.json.decode(raw, type=_Records), arrays


def atlas_of(keep: Callable[[str], bool], *, backwards: bool = False) -> Atlas:
    """An atlas with the records whose id is kept, in the shipped order or from last to first."""
    records, arrays = _compiled()
    step = -1 if backwards else 1
    chosen = _Records(
        records.version,
        records.body,
        tuple(m for m in records.muscles if keep(m.id))[::step],
        tuple(c for c in records.causes if keep(c.id))[::step],
        records.flags,
    )
    return Atlas(chosen, arrays, load_regions())


def atlas_with(*ids: str) -> Atlas:
    """An atlas of the named records only."""
    return atlas_of(lambda name: name in ids)
