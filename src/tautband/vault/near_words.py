"""Words that are a few slips away from another: an exact search behind a filter that is cheap.

A slip (a letter put in, left out, changed, or swapped with its neighbour) changes the set of
letters by at most two.  So whatever differs by more letters is out, without looking at it.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

_BITS = 64


class NearWords:
    """Words to be searched for near spellings."""

    __slots__ = ("_letters", "_words")

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self._letters = _letters(words)

    def alike(self, word: str, slips: int) -> Iterator[tuple[int, int]]:
        """The number of each word at most so many slips away, and how many they are."""
        differing = np.bitwise_count(self._letters ^ _letters([word]))
        for number in np.flatnonzero(differing <= 2 * slips).tolist():
            apart = OSA.distance(word, self._words[number], score_cutoff=slips)
            if apart <= slips:
                yield number, apart


def _letters(words: Sequence[str]) -> NDArray[np.uint64]:
    """The set of letters of each word, as bits; letters that share a bit only let more through."""
    if not words:
        return np.zeros(0, dtype=np.uint64)
    signs = np.array(words, dtype=np.str_).view(np.uint32).reshape(len(words), -1)
    bits = np.left_shift(np.uint64(1), (signs % _BITS).astype(np.uint64))
    found: NDArray[np.uint64] = np.bitwise_or.reduce(np.where(signs > 0, bits, 0), axis=1)
    return found.astype(np.uint64)
