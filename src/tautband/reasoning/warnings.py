"""Red flags: patterns of a drawing that come before any ranking."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from tautband.atlas.causes import RedFlag
from tautband.base.side import Side
from tautband.body.drawing import QUALITIES, Drawing
from tautband.body.overlap import region_coverage
from tautband.body.regions import RegionTable

# Less paint than this share of a region is taken as a slip of the brush.
LEAST_SHARE = 0.10


def red_flags(drawing: Drawing, table: RegionTable, flags: Sequence[RedFlag]) -> list[RedFlag]:
    """The flags that a drawing raises, in the order of the data."""
    anywhere = region_coverage(drawing.painful, table)
    return [flag for flag in flags if _raised(flag, drawing, anywhere, table)]


def _raised(
    flag: RedFlag, drawing: Drawing, anywhere: npt.NDArray[np.float64], table: RegionTable
) -> bool:
    """Whether a flag is raised; ``anywhere`` (R,) is the painful share of each region."""
    share = anywhere
    if flag.qualities or flag.least_intensity > 1:
        mask = drawing.painful & (drawing.intensity >= flag.least_intensity)
        if flag.qualities:
            wanted = [QUALITIES.index(q) for q in flag.qualities]
            mask = mask & np.isin(drawing.quality, wanted)
        share = region_coverage(mask, table)
    if _touched(flag.none, anywhere, table, flag.side):
        return False
    if flag.both_sides:
        return all(
            _touched(group, share, table, side)
            for group in flag.all
            for side in (Side.LEFT, Side.RIGHT)
        )
    # One strong enough place is what counts; the places that go with it may be milder.
    first, *rest = flag.all
    return _touched(first, share, table, flag.side) and all(
        _touched(group, anywhere if not flag.qualities else share, table, flag.side)
        for group in rest
    )


def _touched(
    regions: Sequence[str], share: npt.NDArray[np.float64], table: RegionTable, side: Side | None
) -> bool:
    sides = (side,) if side else (Side.LEFT, Side.RIGHT)
    return any(share[table[f"{r}:{s}"].index] >= LEAST_SHARE for r in regions for s in sides)
