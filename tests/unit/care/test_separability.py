"""Muscles that are often mistaken for each other are told apart by a drawing on the shipped body.

A drawing is the taught zone of one muscle of a pair: its main part, with the spill-over, painted
too small, and painted too large.  That muscle must rank first of the two, clearly, and first of all
muscles unless too little was painted to tell.

The probability itself is asked for only where the drawing is the taught zone.  In one painted too
large some of the paint lies on a neighbour, and joints and nerves that refer there rightly take
their share: each such cause that the atlas learns lowers it, without making the pair harder to
tell apart.
"""

from functools import cache

import numpy as np
import numpy.typing as npt
import pytest

from tautband.atlas.atlas import load_atlas
from tautband.atlas.patterns import Shaper
from tautband.base.side import Side
from tautband.body.drawing import painted
from tautband.care.locate import locate

ATLAS = load_atlas()
SURFACE = ATLAS.table.surface
SHAPER = Shaper(SURFACE)
Mask = npt.NDArray[np.bool_]

PAIRS = [
    ("infraspinatus", "supraspinatus"),
    ("gluteus_minimus_anterior", "gluteus_minimus_posterior"),
    ("trapezius_upper", "sternocleidomastoid_sternal"),
    ("trapezius_upper", "sternocleidomastoid_clavicular"),
    ("scalenes", "levator_scapulae"),
]
# Dice: twice the shared area by the sum of both; 1 is the same zone.
MOST_OVERLAP_MAIN, MOST_OVERLAP_WHOLE = 0.20, 0.25
LEAST_OWN, MOST_OTHER, CLEARLY = 0.4, 0.15, 4

# Taught zones that lie on each other: here a drawing of the main area alone cannot decide, and says
# so by a low probability for both.  docs/clinicians/atlas.md tells it.
TOO_CLOSE = [("teres_minor", "deltoid_posterior"), ("pronator_teres", "flexor_carpi_radialis")]


def zones(muscle: str) -> tuple[Mask, Mask]:
    unit = ATLAS.unit[f"{muscle}:{Side.RIGHT}"]
    return ATLAS.zone(unit, "main"), ATLAS.zone(unit, "spill")


def dice(a: Mask, b: Mask) -> float:
    shared = SURFACE.area[a & b].sum()
    return float(2 * shared / (SURFACE.area[a].sum() + SURFACE.area[b].sum()))


def drawn(muscle: str, how: str) -> Mask:
    main, spill = zones(muscle)
    return {
        "main": main,
        "with spill-over": main | spill,
        "too small": SHAPER.inner(main),
        "too large": SHAPER.grown(main, 1),
    }[how]


def is_muscle(key: str) -> bool:
    return ATLAS.unit[key].muscle is not None


@cache
def chances(muscle: str, how: str) -> dict[str, float]:
    mask = drawn(muscle, how)
    found = locate(painted(SURFACE, np.where(mask, 6, 0))).candidates
    return {c.unit.key: c.probability for c in found}


@pytest.mark.parametrize(("one", "other"), [*PAIRS, *[(b, a) for a, b in PAIRS]])
@pytest.mark.parametrize("how", ["main", "with spill-over", "too small", "too large"])
def test_the_muscle_that_was_drawn_ranks_first_of_the_pair_clearly(
    one: str, other: str, how: str
) -> None:
    found = chances(one, how)
    own, rival = found.get(f"{one}:right", 0.0), found.get(f"{other}:right", 0.0)
    assert rival <= MOST_OTHER
    assert own > CLEARLY * rival
    if how in ("main", "with spill-over"):
        assert own >= LEAST_OWN
    if how != "too small":  # half of a zone can fit many muscles, but not the rival better
        others = [p for key, p in found.items() if key != f"{one}:right" and is_muscle(key)]
        assert own > max(others, default=0.0)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_the_zones_of_a_pair_hardly_overlap(one: str, other: str) -> None:
    (main, spill), (main_2, spill_2) = zones(one), zones(other)
    assert dice(main, main_2) <= MOST_OVERLAP_MAIN
    assert dice(main | spill, main_2 | spill_2) <= MOST_OVERLAP_WHOLE


@pytest.mark.parametrize(("one", "other"), TOO_CLOSE)
def test_zones_that_lie_on_each_other_are_not_told_apart_with_false_confidence(
    one: str, other: str
) -> None:
    assert dice(zones(one)[0], zones(other)[0]) > MOST_OVERLAP_WHOLE
    assert max(chances(one, "main").values(), default=0.0) < 0.2
