"""Which procedure code the muscles of a treatment suggest; a clinician confirms it.

The codes are those of Current Procedural Terminology in the United States, which count muscles
(`data/billing.toml`, with the source).  Their wording belongs to the American Medical Association
and is not shipped.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources

from tautband.atlas.records import Muscle

_TOLD = tomllib.loads(
    resources.files("tautband.care").joinpath("data/billing.toml").read_text("utf-8")
)
FEW, MANY = str(_TOLD["few"]), str(_TOLD["many"])
CODES = (FEW, MANY)
SOURCE = str(_TOLD["sources"][0])
_MANY_FROM = int(_TOLD["many_from"])


@dataclass(frozen=True)
class Billing:
    """The suggestion: ``muscles`` by name with parts merged, both sides counted once.

    ``apart`` counts the two sides of a muscle as two; ``code_apart`` is its code.  Whether sides
    count apart was not read in any source, so the lower code is suggested where they differ.
    """

    muscles: tuple[str, ...]
    apart: int
    code: str
    code_apart: str

    @property
    def depends_on_sides(self) -> bool:
        """True where the code depends on how the two sides are counted."""
        return self.code != self.code_apart


def is_billed_so(jurisdiction: str) -> bool:
    """True where these codes are used."""
    place = jurisdiction.strip().upper()
    return place == "US" or place.startswith("US-")


def suggest(needled: Iterable[tuple[str, str]], muscles: Mapping[str, Muscle]) -> Billing | None:
    """The code for muscles that were needled, as (id, side); None when none was.

    Parts of one muscle (the three parts of the trapezius) are one muscle, and so is a group that
    the atlas keeps together (the erector spinae): the count is never too high.
    """
    whole = {(_whole(muscle, muscles), side) for muscle, side in needled}
    if not whole:
        return None
    names = sorted({muscle for muscle, _ in whole})
    shown = tuple(_name(one, muscles) for one in names)
    return Billing(shown, len(whole), _code(len(names)), _code(len(whole)))


def _whole(muscle: str, muscles: Mapping[str, Muscle]) -> str:
    found = muscles.get(muscle)
    return found.part_of or muscle if found else muscle


def _name(muscle: str, muscles: Mapping[str, Muscle]) -> str:
    found = muscles.get(muscle)
    return found.name if found else muscle.replace("_", " ").capitalize()


def _code(count: int) -> str:
    return MANY if count >= _MANY_FROM else FEW
