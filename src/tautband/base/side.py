"""Sides of the body, always the patient's own."""

from enum import StrEnum


class Side(StrEnum):
    """The patient's left or right, or the midline."""

    LEFT = "left"
    RIGHT = "right"
    MIDLINE = "midline"

    @property
    def mirrored(self) -> "Side":
        """The same place in a mirror: left and right change, the midline stays."""
        return _MIRROR[self]


_MIRROR = {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT, Side.MIDLINE: Side.MIDLINE}
