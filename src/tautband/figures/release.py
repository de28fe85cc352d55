"""De-identifying rows about people: who can be picked out by what others may know is blurred.

Sex, age band and complaint together are what somebody else may know of a person (a
quasi-identifier).  Each combination that is released is shared by at least `LEAST` people:
complaint, age and sex are withheld in this order until it is, and who still stands out is left out
(k-anonymity, Sweeney L, Int J Uncertain Fuzz 2002;10:557, with local suppression).
"""

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from tautband.figures.withholding import LEAST, withhold

WITHHELD = "withheld"
YEARS, OLDEST = 10, 80

_Who = TypeVar("_Who", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Known:
    """What others may know of a person."""

    sex: str
    age_band: str
    presentation: str


def age_band(years: int | None) -> str:
    """Ten years wide, open from `OLDEST` on; empty where the age is not known."""
    if years is None:
        return ""
    low = years // YEARS * YEARS
    return f"{OLDEST}+" if low >= OLDEST else f"{low}-{low + YEARS - 1}"


def blurred(people: Mapping[_Who, Known], least: int = LEAST) -> dict[_Who, Known]:
    """The people who may be released, with what is withheld of each.

    Each step looks at all people again.  A person who was blurred before the others may end among
    fewer than ``least``; then they are left out.
    """
    told = dict(people)
    for part in ("presentation", "age_band", "sex"):
        counts = Counter(told.values())
        told = {
            who: replace(known, **{part: WITHHELD}) if counts[known] < least else known
            for who, known in told.items()
        }
    counts = Counter(told.values())
    return {who: known for who, known in told.items() if counts[known] >= least}


def rare(values: Mapping[_Who, str], least: int = LEAST) -> frozenset[str]:
    """Values that too few people have, and those that would give their number away."""
    counts = Counter(values.values())
    names = sorted(counts)
    kept = withhold([counts[name] for name in names], least)
    return frozenset(name for name, count in zip(names, kept, strict=True) if count is None)
