"""Close names for a word that nobody knows."""

from collections.abc import Collection, Iterable, Mapping

import msgspec
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

# Below this likeness (0-100) a suggestion is more likely to puzzle than to help.
CUTOFF = 80.0


class NearMiss(msgspec.Struct, frozen=True):
    """A word as written and the known word that it was read as."""

    written: str
    read_as: str


def close_names(unknown: str, known: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """Up to ``limit`` known names that look like ``unknown``, best first; none when all are far."""
    if len(unknown) < 4:
        return ()
    found = process.extract(
        unknown.casefold(), sorted(set(known)), scorer=fuzz.ratio, score_cutoff=CUTOFF, limit=limit
    )
    return tuple(name for name, _, _ in found)


def near_miss(written: str, known: Collection[str], same: Mapping[str, str]) -> NearMiss | None:
    """The one known word that ``written`` is a slip of, or None when that is not certain.

    A slip is one letter wrong in a word of six letters or more, two in nine or more; in a word of
    five only a letter doubled, dropped or swapped with its neighbour, since other short words are
    too often different words ("knew", "knee").  The first letter must be right.  ``same`` maps each
    word that means something by itself to its meaning: rivals of one meaning do not make the slip
    ambiguous, nor do words that mean something only with others ("button" in "belly button").
    """
    reach = _reach(written)
    if not reach:
        return None
    rivals: list[tuple[int, str]] = []
    for word in known:
        if abs(len(word) - len(written)) > reach or len(word) < 5 or word[0] != written[0]:
            continue
        distance = OSA.distance(written, word, score_cutoff=reach)
        if distance <= reach:
            rivals.append((int(distance), word))
    if not rivals:
        return None
    best = min(distance for distance, _ in rivals)
    nearest = sorted(word for distance, word in rivals if distance == best)
    alone = [word for word in nearest if word in same]
    if len({same.get(word, word) for word in alone or nearest}) > 1:
        return None
    chosen = (alone or nearest)[0]
    if len(written) == 5 and not _is_harmless_slip(written, chosen):
        return None
    return NearMiss(written, chosen)


def _reach(word: str) -> int:
    if len(word) < 5 or not word.isalpha():
        return 0
    return 1 if len(word) < 9 else 2


def _is_harmless_slip(written: str, word: str) -> bool:
    return len(written) != len(word) or sorted(written) == sorted(word)
