"""The map of pain: how many of those with a complaint paint each region at the first visit."""

import io
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from PIL import Image

from tautband.atlas.presentations import read_presentations
from tautband.body.picture import BACK, FRONT, PAPER, SKIN, draw
from tautband.body.regions import load_regions
from tautband.clinic.figures.drawings import ALL
from tautband.clinic.figures.showing import Bars
from tautband.clinic.figures.snapshot import Snapshot
from tautband.figures.rates import Rate

HEIGHT, GAP = 520, 24
MOST_ROWS = 12
DEEP = np.array([176, 42, 48])  # everybody
WITHHELD = np.array([200, 204, 207])
Share = tuple[str, float | None]


@dataclass(frozen=True, slots=True)
class Complaint:
    """A complaint with drawings; ``label`` is empty for all and for the others together."""

    name: str
    label: str
    drawings: int


def complaints(of: Snapshot) -> list[Complaint]:
    """Those that can be shown, all first, then by how many drawings there are."""
    known = read_presentations()
    rows = of.rows(
        "SELECT presentation, max(drawings) FROM pain GROUP BY 1 "
        "ORDER BY presentation <> ?, 2 DESC, 1",
        [ALL],
    )
    return [Complaint(name, known[name].name if name in known else "", n) for name, n in rows]


def shares(of: Snapshot, presentation: str) -> list[Share]:
    """Region and share of drawings that touch it; None where the count is withheld."""
    rows = of.rows(
        "SELECT region, painted / drawings FROM pain WHERE presentation = ? ORDER BY 1",
        [presentation],
    )
    return [(region, None if share is None else float(share)) for region, share in rows]


def most_painted(of: Snapshot, presentation: str) -> list[tuple[str, Bars]]:
    """The regions painted most often, by name, with exact intervals."""
    table = load_regions()
    rows = of.rows(
        "SELECT region, painted, drawings FROM pain WHERE presentation = ? AND painted > 0 "
        f"ORDER BY 2 DESC, 1 LIMIT {MOST_ROWS}",
        [presentation],
    )
    return [
        (f"{table[region].name}, {table[region].side}", Bars.of(Rate(painted, drawings)))
        for region, painted, drawings in rows
        if region in table
    ]


@lru_cache(maxsize=40)
def picture(told: tuple[Share, ...]) -> bytes:
    """Front and back side by side as WebP: deeper red for more, grey where it is withheld."""
    table = load_regions()
    colours = np.tile(np.array(SKIN, np.float64), (table.surface.size, 1))
    for region, share in told:
        if region in table:
            here = table.vertices(region)
            colours[here] = WITHHELD if share is None else _blend(share)
    flat = colours.astype(np.uint8)
    views = [draw(table.surface, flat, view, HEIGHT) for view in (FRONT, BACK)]
    wide = sum(one.width for one in views) + GAP
    both = Image.new("RGB", (wide, HEIGHT), PAPER)
    both.paste(views[0], (0, 0))
    both.paste(views[1], (views[0].width + GAP, 0))
    written = io.BytesIO()
    both.save(written, "webp", quality=82)
    return written.getvalue()


def _blend(share: float) -> np.ndarray:
    """From skin to deep red; the square root lets small shares be seen."""
    weight = share**0.5
    mixed: np.ndarray = np.array(SKIN) * (1 - weight) + DEEP * weight
    return mixed
