"""From what was understood to a drawing."""

from tautband.base.side import Side
from tautband.body.drawing import Drawing, Mark, Quality, from_regions
from tautband.body.regions import RegionTable
from tautband.body.words.meanings import Place, Understanding

UNSAID_INTENSITY = 5  # pain of which no strength was said: the middle of the scale
UNSAID_QUALITY = Quality.UNSPECIFIED


def to_drawing(understanding: Understanding, table: RegionTable) -> Drawing:
    """The drawing of a text: named places are painful or free, all others were not asked.

    Free places are drawn first and wide ones before narrow ones, so that on the midline, which
    both halves share, pain shows, and of two painful places the more exact one.
    """
    order = sorted(
        understanding.places, key=lambda place: (not place.denied, -len(place.sided_regions))
    )
    marks = [mark for number, place in enumerate(order) for mark in _marks(place, 2 * number + 1)]
    return from_regions(table, marks)


def _marks(place: Place, number: int) -> list[Mark]:
    """Marks of a place; what one word names is one loose place, on each side where sides are told.

    "Low back pain" hurts somewhere in the low back; "both calves" hurts somewhere in each.
    """
    intensity = UNSAID_INTENSITY if place.intensity is None else place.intensity
    quality = place.quality or UNSAID_QUALITY
    return [
        Mark(
            f"{region}:{side}",
            0 if place.denied else intensity,
            quality,
            place=number + (place.side_stated and side is Side.RIGHT),
        )
        for region, side in sorted(place.sided_regions)
    ]
