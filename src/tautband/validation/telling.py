"""How a made-up patient tells the pain: painted, in exact words, or in the words people use."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import numpy as np
import numpy.typing as npt

from tautband.base.side import Side
from tautband.body.drawing import Drawing, Mark, from_regions
from tautband.body.overlap import region_coverage
from tautband.body.regions import load_regions
from tautband.care.locate import read_sentence, shipped_lexicon

MOST_NAMED = 6  # nobody names more exact places in a sentence or two
LEAST_NAMED = 0.25  # of a region: less paint is the edge of a neighbour's
MOST_SAID, LEAST_SAID = 4, 0.05  # coarse places; each must hold so much of all the paint
COMPLAINTS = ("headache", "sciatica")  # words of the lexicon that name more than a place
COARSE = range(3, 14)  # regions in a place that is no longer exact and not yet half the body


class Told(StrEnum):
    """How a made-up patient tells the pain."""

    PAINTED = "painted"
    EXACT = "in exact words"
    COARSE = "in coarse words"


def tell(drawing: Drawing, told: Told) -> Drawing:
    """What is left of a painted drawing of the shipped body when it is told so."""
    if told is Told.EXACT:
        return named(drawing)
    if told is Told.COARSE:
        return read_sentence(spoken(drawing)).drawing
    return drawing


def named(drawing: Drawing) -> Drawing:
    """The few regions with most paint by their own names; all others are unknown."""
    table = load_regions()
    share = region_coverage(drawing.painful, table)
    order = np.argsort(-share, kind="stable")[:MOST_NAMED]
    most = [int(r) for r in order if share[r] >= LEAST_NAMED] or [int(share.argmax())]
    level = int(drawing.intensity.max())
    return from_regions(table, [Mark(table.regions[r].key, level) for r in most])


def spoken(drawing: Drawing) -> str:
    """A sentence such as "pain in the right shoulder, right upper arm".

    One place after the other is said: the one that agrees best (twice the shared area over the sum
    of both) with the paint that no place before it holds, as long as it holds enough of the whole.
    """
    area, masks = load_regions().surface.area, _masks()
    left = drawing.painful.copy()
    total = float(area[left].sum())
    said: list[str] = []
    while len(said) < MOST_SAID:
        both = masks @ (area * left)
        agreed = 2 * both / (masks @ area + area[left].sum())
        best = int(agreed.argmax())
        if said and both[best] < LEAST_SAID * total:
            break
        said.append(_places()[best].phrase)
        left &= ~masks[best]
    return "pain in the " + ", ".join(said)


@dataclass(frozen=True)
class _Place:
    phrase: str
    regions: tuple[str, ...]


@cache
def _places() -> tuple[_Place, ...]:
    """Coarse places of the lexicon on each side, and single regions where no coarse place lies.

    What stands for a nerve root is no place.
    """
    coarse = [
        entry
        for key, entry in shipped_lexicon().places.items()
        if entry.names
        and len(entry.regions) in COARSE
        and not key.startswith("root_")
        and key not in COMPLAINTS
    ]
    said = [
        _Place(f"{side} {entry.names[0]}", tuple(f"{region}:{side}" for region in entry.regions))
        for entry in coarse
        for side in (Side.LEFT, Side.RIGHT)
    ]
    covered = {region for entry in coarse for region in entry.regions}
    alone = [r for r in load_regions().regions if r.id not in covered]
    # Their formal names: some plain ones ("side of the neck") are wider than the region.
    own = [_Place(f"{r.side} {r.name.split(' (')[0].lower()}", (r.key,)) for r in alone]
    return (*said, *own)


@cache
def _masks() -> npt.NDArray[np.bool_]:
    table = load_regions()
    masks = np.zeros((len(_places()), table.surface.size), dtype=bool)
    for number, place in enumerate(_places()):
        for region in place.regions:
            masks[number, table.vertices(region)] = True
    return masks
