"""How much work an answer may take, in counts rather than seconds, so that answers repeat."""

from dataclasses import dataclass

from tautband.base.errors import InputError

LIVE = 1e-4  # bounds from here up are asked while somebody paints; below, seconds are fine


@dataclass(frozen=True)
class Budget:
    """Limits of work.

    ``weights``: up to so many weights through all steps of a component, it is solved exactly (8
    million take about a quarter of a second and 80 MB, with an explanation twice as long).  Beyond,
    ``settings`` of the bits in play are kept at each of up to 100 steps, fewer at each of more, and
    what is left out is limited by ceilings over ``ceiling_bits`` bits.  Raises InputError.
    """

    weights: int = 8_000_000
    settings: int = 4_000
    ceiling_bits: int = 13

    def __post_init__(self) -> None:
        for name in ("weights", "settings", "ceiling_bits"):
            if getattr(self, name) < 1:
                raise InputError(name, f"is {getattr(self, name)}", "1 or above")


WHILE_PAINTING = Budget()
FOR_A_CASE = Budget(80_000_000, 150_000, 15)


def budget_for(bound: float) -> Budget:
    """The work that an answer with this bound is worth."""
    return WHILE_PAINTING if bound >= LIVE else FOR_A_CASE
