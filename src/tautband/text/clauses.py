"""Where one statement ends and the next begins."""

from collections.abc import Iterable

from tautband.text.tokens import Token
from tautband.text.wordset import word_set

_TURNS = word_set("but however although though whereas while yet otherwise")


def turns(token: Token) -> bool:
    """True for "but" and its like, after which a negation no longer reaches."""
    return token.norm in _TURNS


def numbered(ends: Iterable[bool]) -> tuple[int, ...]:
    """For each piece of a text the number of its stretch; ``ends`` tells which pieces end one."""
    out: list[int] = []
    number = 0
    for is_end in ends:
        out.append(number)
        number += is_end
    return tuple(out)
