"""Small cells are withheld, and so are others from which they could be worked out."""

from collections.abc import Sequence

LEAST = 5  # the usual threshold for tables about patients; a cell of 0 tells of nobody


def withhold(counts: Sequence[int], least: int = LEAST) -> list[int | None]:
    """The counts of one table with known sum; None where a count is withheld.

    Counts of 1 to ``least`` - 1 are withheld.  Who knows the sum then knows the sum of the gaps, so
    further cells, the smallest first, are withheld until each gap could hold anything from 1 to
    ``least``; where that cannot be reached, all cells above 0 are withheld, and the caller must
    not give the sum either (`may_tell_sum`).
    """
    gaps = {place for place, count in enumerate(counts) if 0 < count < least}
    others = sorted(
        (count, place) for place, count in enumerate(counts) if count and place not in gaps
    )
    for _, place in others:
        if _is_safe(counts, gaps, least):
            break
        gaps.add(place)
    return [None if place in gaps else count for place, count in enumerate(counts)]


def may_tell_sum(counts: Sequence[int], least: int = LEAST) -> bool:
    """True when the sum gives no small cell away beside what `withhold` leaves."""
    gaps = {place for place, count in enumerate(withhold(counts, least)) if count is None}
    return _is_safe(counts, gaps, least)


def withhold_share(count: int, of: int, least: int = LEAST) -> int | None:
    """A count of a known number, or None where it or the rest of the number is a small cell."""
    is_small = 0 < count < least or 0 < of - count < least
    return None if is_small else count


def _is_safe(counts: Sequence[int], gaps: set[int], least: int) -> bool:
    """True when each gap, of at least 1, could be as large as ``least``, given their sum."""
    if not gaps:
        return True
    return len(gaps) > 1 and sum(counts[place] for place in gaps) - (len(gaps) - 1) >= least
