"""Red flags: patterns of a drawing that come before any ranking, and questions where one is drawn.

What is not known of a person is never taken as a no: a flag for women is raised when the sex is
not stated, unless the flag itself says that it would then cry wolf (``only_if_known``); a question
stands in for it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tautband.atlas.causes import OLDEST, RedFlag
from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.body.drawing import QUALITIES, Drawing
from tautband.body.overlap import region_coverage
from tautband.body.regions import RegionTable

# Less paint than this share of a region is taken as a slip of the brush.
LEAST_SHARE = 0.10
BOTH = (Side.LEFT, Side.RIGHT)
Shares = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Person:
    """What is known of who drew: ``sex`` and ``age`` in years, None where it is not known."""

    sex: str | None = None
    age: int | None = None

    def __post_init__(self) -> None:
        if self.sex not in (None, "female", "male"):
            raise InputError("sex", f"is '{self.sex}'", "'female', 'male', or left out")
        if self.age is not None and not 0 <= self.age <= OLDEST:
            raise InputError("age", f"is {self.age}", f"years from 0 to {OLDEST}, or left out")

    def may_have(self, flag: RedFlag) -> bool:
        """Whether a flag concerns this person, as far as is known."""
        if flag.sex and self.sex != flag.sex and (self.sex or flag.only_if_known):
            return False
        if self.age is None:
            return not (flag.only_if_known and (flag.least_age > 0 or flag.most_age < OLDEST))
        return flag.least_age <= self.age <= flag.most_age


NOBODY_KNOWN = Person()


def red_flags(
    drawing: Drawing, table: RegionTable, flags: Sequence[RedFlag], person: Person = NOBODY_KNOWN
) -> list[RedFlag]:
    """The flags that a drawing raises, the most urgent first."""
    anywhere = region_coverage(drawing.painful, table)
    raised = [
        flag
        for flag in flags
        if not flag.when_asked and person.may_have(flag) and _raised(flag, drawing, anywhere, table)
    ]
    return sorted(raised, key=lambda flag: flag.urgency.rank)


def questions(
    drawing: Drawing, table: RegionTable, flags: Sequence[RedFlag], person: Person = NOBODY_KNOWN
) -> list[RedFlag]:
    """What to ask before needling where something is drawn, the most urgent first."""
    anywhere = region_coverage(drawing.painful, table)
    asked = [
        flag
        for flag in flags
        if flag.when_asked
        and person.may_have(flag)
        and _touched(flag.all[0], anywhere, table, _sides(flag))
    ]
    return sorted(asked, key=lambda flag: flag.urgency.rank)


def _raised(flag: RedFlag, drawing: Drawing, anywhere: Shares, table: RegionTable) -> bool:
    """Whether a flag is raised; ``anywhere`` (R,) is the painful share of each region."""
    share = anywhere
    if flag.qualities or flag.least_intensity > 1:
        mask = drawing.painful & (drawing.intensity >= flag.least_intensity)
        if flag.qualities:
            wanted = [QUALITIES.index(q) for q in flag.qualities]
            mask = mask & np.isin(drawing.quality, wanted)
        share = region_coverage(mask, table)
    # One strong enough place is what counts; the places that go with it may be milder.
    milder = share if flag.qualities else anywhere
    if flag.both_sides:
        return not _touched(flag.none, anywhere, table, BOTH) and all(
            _touched(group, share, table, (side,)) for group in flag.all for side in BOTH
        )
    if flag.one_side:
        return any(
            _matched(flag, (side,), share, milder, anywhere, table)
            and not _touched(flag.all[0], anywhere, table, (side.mirrored,))
            for side in BOTH
        )
    return _matched(flag, _sides(flag), share, milder, anywhere, table)


def _matched(
    flag: RedFlag,
    sides: tuple[Side, ...],
    share: Shares,
    milder: Shares,
    anywhere: Shares,
    table: RegionTable,
) -> bool:
    first, *rest = flag.all
    return (
        _touched(first, share, table, sides)
        and all(_touched(group, milder, table, sides) for group in rest)
        and not _touched(flag.none, anywhere, table, sides)
    )


def _sides(flag: RedFlag) -> tuple[Side, ...]:
    return (flag.side,) if flag.side else BOTH


def _touched(
    regions: Sequence[str], share: Shares, table: RegionTable, sides: tuple[Side, ...]
) -> bool:
    return any(share[table[f"{r}:{s}"].index] >= LEAST_SHARE for r in regions for s in sides)
