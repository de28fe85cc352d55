"""Step 4: which region each vertex belongs to, from the boxes in regions.toml."""

import tomllib
from pathlib import Path
from typing import Any

import numpy as np

from tools.body.segments import Coordinates

Array = np.ndarray


def region_ids(path: Path) -> list[str]:
    """Region ids in the order of the table: a box with a name defines a region."""
    table = tomllib.loads(path.read_text("utf-8"))
    return [box["id"] for boxes in table.values() for box in boxes if "name" in box]


def assign(path: Path, at: Coordinates, points: Array, ear: Array) -> Array:
    """Index into ``region_ids`` per vertex; raises ValueError when a vertex is in no box."""
    table: dict[str, list[dict[str, Any]]] = tomllib.loads(path.read_text("utf-8"))
    index = {name: i for i, name in enumerate(region_ids(path))}
    region = np.full(len(points), -1)
    for segment, boxes in table.items():
        here = at.segment == segment
        for box in boxes:
            inside = here & (region < 0) & _inside(box, at, points, ear)
            region[inside] = index[box["id"]]
    if (region < 0).any():
        lost = np.flatnonzero(region < 0)
        examples = [
            (str(at.segment[i]), round(float(at.t[i]), 2), round(float(at.angle[i])))
            for i in lost[:8]
        ]
        raise ValueError(f"{len(lost)} vertices lie in no region, for example {examples}")
    return region


def _inside(box: dict[str, Any], at: Coordinates, points: Array, ear: Array) -> Array:
    low, high = box["t"]
    ok = (at.t >= low) & (at.t <= high) & _between(at.angle, *box["angle"])
    if "across" in box:
        ok &= (at.across >= box["across"][0]) & (at.across <= box["across"][1])
    if box.get("sole"):
        ok &= at.normal[:, 1] < -0.45
    if "above" in box:
        ok &= at.normal[:, 1] > box["above"]
    if "near_midline" in box:
        ok &= (abs(points[:, 0]) < box["near_midline"]) & (at.normal[:, 1] < -0.25)
    if box.get("skin") == "ear":
        ok &= ear
    return np.asarray(ok)


def _between(angle: Array, low: float, high: float) -> Array:
    if high - low >= 360:
        return np.ones(len(angle), dtype=bool)
    if low <= high:
        return (angle >= low) & (angle <= high)
    return (angle >= low) | (angle <= high)
