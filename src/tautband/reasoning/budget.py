"""How much work an answer may take, in counts rather than seconds, so that answers repeat."""

from dataclasses import dataclass

from tautband.base.errors import InputError


@dataclass(frozen=True)
class Budget:
    """Limits of work.

    ``weights``: up to so many weights through all steps of a component, it is solved exactly
    (20 million take about a second and 200 MB).  Beyond, ``settings`` of the bits in play are kept
    at each step, and what is left out is limited by ceilings over ``ceiling_bits`` bits.  Beyond
    ``reach`` times ``weights`` that would leave out nearly all, and regions are taken as unknown
    instead (bound 1).  Raises InputError.
    """

    weights: int = 20_000_000
    settings: int = 20_000
    ceiling_bits: int = 14
    reach: int = 50

    def __post_init__(self) -> None:
        for name in ("weights", "settings", "ceiling_bits", "reach"):
            if getattr(self, name) < 1:
                raise InputError(name, f"is {getattr(self, name)}", "1 or above")
