"""What a sentence about pain means."""

import msgspec

from tautband.base.side import Side
from tautband.body.drawing import Quality

BOTH = frozenset({Side.LEFT, Side.RIGHT})


class Place(msgspec.Struct, frozen=True):
    """Regions of one or both sides that a stretch of the text speaks of.

    ``denied`` places were asked about and are free of pain.  ``side_stated`` is false when the text
    named no side and one was assumed.  ``span`` is (start, end) in characters.
    """

    regions: tuple[str, ...]
    sides: frozenset[Side]
    intensity: int | None
    quality: Quality | None
    denied: bool
    side_stated: bool
    span: tuple[int, int]

    def __post_init__(self) -> None:
        if not self.regions or not self.sides or not self.sides <= BOTH:
            raise ValueError("a place has regions, and lies right, left or both")
        if self.intensity is not None and not 0 <= self.intensity <= 10:
            raise ValueError("intensity is 0 to 10")

    @property
    def sided_regions(self) -> frozenset[tuple[str, Side]]:
        """Every (region, side) of the place."""
        return frozenset((region, side) for region in self.regions for side in self.sides)


class Reading(msgspec.Struct, frozen=True):
    """A stretch of the text and what it was taken to mean, in plain words."""

    text: str
    meaning: str


class Understanding(msgspec.Struct, frozen=True):
    """All that was understood of a text, and what was not.

    No (region, side) is both painful and denied; where the text says both of exactly the same
    place, neither is taken and ``contradictions`` names it.
    """

    places: tuple[Place, ...]
    understood: tuple[Reading, ...]
    not_understood: tuple[str, ...]
    contradictions: tuple[str, ...] = ()

    def painful(self) -> frozenset[tuple[str, Side]]:
        """Every (region, side) that hurts."""
        return self._all(denied=False)

    def free(self) -> frozenset[tuple[str, Side]]:
        """Every (region, side) that was said not to hurt."""
        return self._all(denied=True)

    def _all(self, *, denied: bool) -> frozenset[tuple[str, Side]]:
        found: set[tuple[str, Side]] = set()
        for place in self.places:
            if place.denied is denied:
                found |= place.sided_regions
        return frozenset(found)
