"""Places that a finding names: where pressing a muscle refers pain to."""

from functools import cache

import numpy as np

from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.body.overlap import region_coverage
from tautband.body.regions import RegionTable, load_regions
from tautband.body.words.lexicon import Lexicon, load_lexicon
from tautband.body.words.to_drawing import to_drawing
from tautband.body.words.understand import understand

# A named place means the regions of which it covers at least this share.
COVERED = 0.5


@cache
def _lexicon() -> Lexicon:
    return load_lexicon(load_regions().regions)


def read_place(text: str, side: Side, table: RegionTable) -> tuple[int, ...]:
    """Regions (numbers in the table) of a key such as ``thumb:right`` or of words.

    Words without a side mean the side of the muscle.  Raises InputError.
    """
    keys = list(table)
    if text in keys:
        return (keys.index(text),)
    if f"{text}:{side}" in keys:
        return (keys.index(f"{text}:{side}"),)
    sided = text if any(str(s) in text for s in Side) else f"{side} {text}"
    try:
        drawing = to_drawing(understand(f"pain in the {sided}", _lexicon()), table)
    except InputError as error:
        raise InputError(
            "finding", f"the place '{text[:60]}' is not understood", "a region or a place in words"
        ) from error
    covered = region_coverage(drawing.painful, table) >= COVERED
    if not covered.any():
        raise InputError("finding", f"the place '{text[:60]}' is too small", "a region's name")
    return tuple(np.flatnonzero(covered).tolist())
