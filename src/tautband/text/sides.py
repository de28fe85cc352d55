"""Right, left and both, in all the ways in which people write them."""

from collections.abc import Sequence

import msgspec

from tautband.base.side import Side
from tautband.text.tokens import Token
from tautband.text.wordset import word_set

RIGHT = frozenset({Side.RIGHT})
LEFT = frozenset({Side.LEFT})
BOTH = frozenset({Side.RIGHT, Side.LEFT})

_SIDE_WORD = {"right": RIGHT, "left": LEFT, "r": RIGHT, "l": LEFT, "rt": RIGHT, "lt": LEFT}
_JOINED = {
    "rightside": RIGHT, "leftside": LEFT, "rightsided": RIGHT, "leftsided": LEFT,
    "bilateral": BOTH, "bilaterally": BOTH, "bilat": BOTH,
}  # fmt: skip
_PHRASES = {
    "both": BOTH, "both sides": BOTH, "either side": BOTH, "both side": BOTH, "each side": BOTH,
    "on both sides": BOTH, "on either side": BOTH, "on each side": BOTH, "on both": BOTH,
    "two sided": BOTH, "double sided": BOTH, "b / l": BOTH,
    "midline": BOTH, "in the midline": BOTH, "centrally": BOTH, "axial": BOTH, "axially": BOTH,
}  # fmt: skip
_UNKNOWN_SIDE = ("one sided", "unilateral", "unilaterally", "on one side", "one side")
# Words after which "right" or "left" is no side of the body.
_NO_SIDE_AFTER = word_set("now away handed hander after before off home hospital work")
_NO_SIDE_BEFORE = word_set("all has had have was")
_MORE = word_set("more worse greater > < mainly less mostly bigger")
_FILLER = word_set("on the side in at than much slightly far")


SIDE_OF = "side of"  # the note of "right side of ...", which may mean the half or the flank of it


class SideMark(msgspec.Struct, frozen=True):
    """A side named by ``tokens[start:end]``; ``sides`` is empty for "one-sided"."""

    start: int
    end: int
    sides: frozenset[Side]
    note: str = ""


def side_at(tokens: Sequence[Token], i: int) -> SideMark | None:
    """The side mark that begins at token ``i``, longest reading first, or None."""
    return _comparison(tokens, i) or _phrase(tokens, i) or _pair(tokens, i) or _single(tokens, i)


def _norms(tokens: Sequence[Token], i: int, n: int) -> str:
    return " ".join(token.norm for token in tokens[i : i + n])


def _phrase(tokens: Sequence[Token], i: int) -> SideMark | None:
    for n in (3, 2, 1):
        words = _norms(tokens, i, n)
        if i + n > len(tokens):
            continue
        if words in _PHRASES:
            return SideMark(i, i + n, _PHRASES[words])
        if words in _UNKNOWN_SIDE:
            return SideMark(i, i + n, frozenset(), "one side, not said which")
    return None


def _word(tokens: Sequence[Token], i: int) -> frozenset[Side] | None:
    if not 0 <= i < len(tokens) or not tokens[i].is_word:
        return None
    norm = tokens[i].norm
    if norm in _JOINED:
        return _JOINED[norm]
    side = _SIDE_WORD.get(norm)
    if side is None or _is_other_sense(tokens, i):
        return None
    return side


def _is_other_sense(tokens: Sequence[Token], i: int) -> bool:
    """True for "right now", "left-handed", "left the hospital", "all right"."""
    after, before = _norms(tokens, i + 1, 1), tokens[i - 1].norm if i else ""
    if after in _NO_SIDE_AFTER or before in _NO_SIDE_BEFORE:
        return True
    return _norms(tokens, i + 1, 2) in {"hand dominant", "the hospital", "my job", "the house"}


def _single(tokens: Sequence[Token], i: int) -> SideMark | None:
    sides = _word(tokens, i)
    if sides is None:
        return None
    end = i + 1
    if _norms(tokens, end, 2) == "hand side":
        end += 2
    elif _norms(tokens, end, 1) in {"sided", "side"}:
        end += 1
    return SideMark(i, end, sides, SIDE_OF if _norms(tokens, end - 1, 2) == "side of" else "")


def _pair(tokens: Sequence[Token], i: int) -> SideMark | None:
    """ "left and right", "right/left", "R + L": both."""
    first = _word(tokens, i)
    if first is None or _norms(tokens, i + 1, 1) not in {"and", "/", "+", "or"}:
        return None
    j = i + 2 + (_norms(tokens, i + 2, 1) == "the")
    second = _word(tokens, j)
    if second is None or second == first:
        return None
    end = j + 1 + (_norms(tokens, j + 1, 1) in {"side", "sides", "sided"})
    return SideMark(i, end, BOTH)


def _comparison(tokens: Sequence[Token], i: int) -> SideMark | None:
    """ "R > L", "right more than left", "worse on the right than on the left": both, unequal."""
    seen: list[int] = []
    comparing = False
    j = i
    while j < min(len(tokens), i + 10):
        norm = tokens[j].norm
        side = _word(tokens, j)
        if side in (RIGHT, LEFT):
            seen.append(j)
            if len(seen) == 2:
                break
        elif norm in _MORE:
            comparing = True
        elif norm not in _FILLER:
            return None
        j += 1
    starts_well = i < len(tokens) and (_word(tokens, i) is not None or tokens[i].norm in _MORE)
    if len(seen) < 2 or not comparing or not starts_well:
        return None
    end = j + 1 + (_norms(tokens, j + 1, 1) in {"side", "sided"})
    return SideMark(i, end, BOTH, "both sides, one worse than the other")
