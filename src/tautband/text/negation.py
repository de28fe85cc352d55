"""How far a "no" reaches.

The caller tells the role of each piece of a sentence; this module knows no subject matter.  A "no"
reaches forward over the things that follow it until the statement ends or turns ("but"), a fresh
claim begins ("... and pain in the arm"), or a word comes that takes the "no" for itself ("no
relief", "not constant").  A comma ends it unless what follows is a list that closes with "or".
"""

from collections.abc import Sequence
from enum import Enum

from tautband.text.wordset import word_set

CUES = word_set(
    "no not without denies denied denying deny nor never none neither cannot isn't doesn't don't"
    " didn't aren't wasn't isnt doesnt dont didnt arent wasnt hasn't hasnt nil"
)


class Role(Enum):
    """What a piece of a sentence does, as far as negation cares."""

    CUE = "cue"  # no, not, without
    THING = "thing"  # what may be denied
    CLAIM = "claim"  # what is said of a thing: pain, numb
    TIE = "tie"  # words that a "no" passes over: in, of, the, left
    AND = "and"
    OR = "or"
    COMMA = "comma"
    TURN = "turn"  # but, full stop, only
    OTHER = "other"  # takes the "no" for itself


_PASSED = frozenset({Role.TIE, Role.CLAIM, Role.OR})


def reach(roles: Sequence[Role], cue: int) -> tuple[int, ...]:
    """Positions of the things that the cue at position ``cue`` denies; may be empty."""
    denied: list[int] = []
    i = cue + 1
    while i < len(roles):
        role = roles[i]
        if role is Role.THING:
            denied.append(i)
        elif role is Role.CUE:
            if denied:
                break
        elif role is Role.COMMA:
            if not denied or not _list_goes_on(roles, i):
                break
        elif role is Role.AND:
            if denied and _claims_afresh(roles, i):
                break
        elif role not in _PASSED:
            if role is Role.OTHER and denied:
                i += 1
                continue
            break
        i += 1
    return tuple(denied)


def _claims_afresh(roles: Sequence[Role], i: int) -> bool:
    """True when a claim comes before the next thing: "... and pain in the arm"."""
    for role in roles[i + 1 :]:
        if role is Role.THING:
            return False
        if role is not Role.TIE:
            return True
    return True


def _list_goes_on(roles: Sequence[Role], i: int) -> bool:
    """True when bare things follow the comma and the list closes with "or" or "nor"."""
    for role in roles[i + 1 :]:
        if role is Role.OR:
            return True
        if role not in {Role.THING, Role.TIE, Role.COMMA}:
            return False
    return False
