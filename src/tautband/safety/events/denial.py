"""What a patient denies.

A denial that is read too widely hides a danger; one read too narrowly only asks once more.  So a
"no" reaches less far here than in a description of pain: "and" ends it ("no fever and chest pain"),
so does any word that is not grammar, and "until", "except", "like this" undo it.
"""

from collections.abc import Sequence

from tautband.safety.events.lexicon import Lexicon
from tautband.text.clauses import turns
from tautband.text.negation import Role, reach
from tautband.text.tokens import Token

UNDONE_WITHIN = 5  # words after the denied thing in which "until", "except" undo the denial
_COMMAS = frozenset({",", ":", "(", ")", "/", "-", "="})
_AFFIRMS = frozenset({"do", "did", "does", "have", "has", "had", "am", "is", "was", "now", "today"})
_LAST_WORDS = frozenset({"no", "none", "nil", "denied", "absent", "free", "nope"})


def roles_of(tokens: Sequence[Token], things: frozenset[int], lexicon: Lexicon) -> list[Role]:
    """What each word does; ``things`` are the positions of what may be denied."""
    return [_role(token, i in things, lexicon) for i, token in enumerate(tokens)]


def _role(token: Token, is_thing: bool, lexicon: Lexicon) -> Role:
    if is_thing:
        return Role.THING
    if token.kind == "break" or turns(token):
        return Role.TURN
    if token.norm in _COMMAS:
        return Role.COMMA
    if token.norm in lexicon.cues:
        return Role.CUE
    if token.norm in {"or", "nor"}:
        return Role.OR
    return Role.TIE if token.norm in lexicon.ties else Role.TURN


def denied_positions(
    tokens: Sequence[Token],
    roles: Sequence[Role],
    spans: Sequence[tuple[int, int]],
    lexicon: Lexicon,
) -> frozenset[int]:
    """Positions that the text denies; ``spans`` are the complete things, as (start, end).

    After one complete thing only "or" carries a denial on.  Two denials of one thing ("not without
    chest pain") cancel.
    """
    times: dict[int, int] = {}
    for cue, role in enumerate(roles):
        if role is not Role.CUE:
            continue
        for position in [*_forward(roles, spans, cue), *_backward(tokens, roles, spans, cue)]:
            times[position] = times.get(position, 0) + 1
    once = {position for position, count in times.items() if count == 1}
    undone = {
        position
        for start, end in spans
        if once & set(range(start, end)) and _undone(tokens, roles, end, lexicon)
        for position in range(start, end)
    }
    return frozenset(once - undone)


def idle_cues(roles: Sequence[Role], gone: frozenset[int]) -> tuple[int, ...]:
    """Positions of denials that deny nothing known: "not eating", "can not sit"."""
    idle: list[int] = []
    for cue, role in enumerate(roles):
        near = gone & set(range(cue - 3, cue)) | gone & set(reach(roles, cue))
        if role is Role.CUE and not near:
            idle.append(cue)
    return tuple(idle)


def _forward(roles: Sequence[Role], spans: Sequence[tuple[int, int]], cue: int) -> list[int]:
    taken: list[int] = []
    for position in reach(roles, cue):
        if taken and not _goes_on(roles, spans, taken[-1], position, cue):
            break
        taken.append(position)
    return taken


def _goes_on(
    roles: Sequence[Role], spans: Sequence[tuple[int, int]], last: int, position: int, cue: int
) -> bool:
    between = set(roles[last + 1 : position])
    if between & {Role.OR, Role.COMMA}:
        return True
    if any(start <= last and position < end for start, end in spans):
        return True  # inside one thing
    ended = any(cue < start and end - 1 == last for start, end in spans)
    begins = any(start == position for start, _ in spans)  # "no pain breathless"
    return not ended and not begins


def _backward(
    tokens: Sequence[Token], roles: Sequence[Role], spans: Sequence[tuple[int, int]], cue: int
) -> list[int]:
    """ "chest pain: no" and "fever none": the last word of a statement denies what it follows."""
    ends = cue + 1 >= len(roles) or roles[cue + 1] in {Role.COMMA, Role.TURN}
    if not ends or tokens[cue].norm not in _LAST_WORDS:
        return []
    at_end = cue + 1 >= len(roles) or tokens[cue + 1].kind == "break" or tokens[cue + 1].norm == ","
    last = cue - 1
    while last >= 0 and (roles[last] is Role.COMMA or tokens[last].norm == "?"):
        last -= 1
    if not at_end or last < 0:
        return []
    return sorted({p for start, end in spans if end - 1 == last for p in range(start, end)})


def _undone(tokens: Sequence[Token], roles: Sequence[Role], end: int, lexicon: Lexicon) -> bool:
    return _limited(tokens, roles, end, lexicon) or _taken_back(tokens, roles, end)


def _taken_back(tokens: Sequence[Token], roles: Sequence[Role], end: int) -> bool:
    """ "I never get chest pain but today I do": nothing new is named, and the end affirms."""
    turn = next(
        (i for i in range(end, len(tokens)) if tokens[i].kind != "word" or turns(tokens[i])), None
    )
    if turn is None or not turns(tokens[turn]):
        return False
    stop = next((i for i in range(turn, len(tokens)) if tokens[i].kind == "break"), len(tokens))
    rest = range(turn + 1, stop)
    return tokens[stop - 1].norm in _AFFIRMS and all(roles[i] is not Role.THING for i in rest)


def _limited(tokens: Sequence[Token], roles: Sequence[Role], end: int, lexicon: Lexicon) -> bool:
    for token, role in zip(
        tokens[end : end + UNDONE_WITHIN], roles[end : end + UNDONE_WITHIN], strict=True
    ):
        if token.kind == "break" or role is Role.COMMA or turns(token) or token.norm == "and":
            return False
        if token.norm in lexicon.undone:
            return True
    return False
