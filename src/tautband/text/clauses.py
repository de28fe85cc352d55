"""Where one statement ends and the next begins."""

from collections.abc import Callable, Sequence

from tautband.text.tokens import Token
from tautband.text.wordset import word_set

_TURNS = word_set("but however although though whereas while yet otherwise")


def sentence_of(tokens: Sequence[Token]) -> tuple[int, ...]:
    """For each token the number of its sentence; sentences end at . ; ! ? and at line ends."""
    return _count(tokens, lambda token: token.kind == "break")


def clause_of(tokens: Sequence[Token]) -> tuple[int, ...]:
    """For each token the number of its clause; clauses also end at commas and at "but"."""
    return _count(tokens, lambda token: token.kind == "break" or ends_clause(token))


def ends_clause(token: Token) -> bool:
    """True for a comma, a colon, a bracket, and words that turn the statement round."""
    return token.norm in {",", ":", "(", ")"} or turns(token)


def turns(token: Token) -> bool:
    """True for "but" and its like, after which a negation no longer reaches."""
    return token.norm in _TURNS


def _count(tokens: Sequence[Token], ends: Callable[[Token], bool]) -> tuple[int, ...]:
    out: list[int] = []
    number = 0
    for token in tokens:
        out.append(number)
        if ends(token):
            number += 1
    return tuple(out)
