"""What the text says is free of pain."""

from collections.abc import Sequence
from itertools import pairwise

from tautband.body.words.items import Item
from tautband.body.words.mentions import Mention, Sections
from tautband.text.negation import Role, reach

_ROLES = {
    "no": Role.CUE, "except": Role.CUE,
    "place": Role.THING, "spine": Role.THING,
    "pain": Role.CLAIM, "quality": Role.CLAIM, "intensity": Role.CLAIM, "strength": Role.CLAIM,
    "and": Role.AND, "slash": Role.AND, "or": Role.OR, "comma": Role.COMMA, "colon": Role.COMMA,
    "bracket": Role.COMMA,
    "turn": Role.TURN, "break": Role.TURN, "only": Role.TURN,
    "context": Role.OTHER, "unknown": Role.OTHER,
}  # fmt: skip
_AFTERTHOUGHTS = frozenset({"none", "nil", "denied", "no"})


def deny(items: Sequence[Item], where: Sections, mentions: Sequence[Mention]) -> list[Item]:
    """Mark the mentions that the text denies; returns the "no"s that denied only a quality."""
    roles = [_ROLES.get(item.kind, Role.TIE) for item in items]
    by_head = {mention.head: mention for mention in mentions}
    unsaid: list[Item] = []
    for i, item in enumerate(items):
        if item.kind == "free":
            _free(i, roles, by_head, where, mentions)
        elif roles[i] is Role.CUE:
            denied = [by_head[j] for j in reach(roles, i) if j in by_head]
            if item.kind == "except" and _was_denied(i, where, mentions):
                continue  # "no pain in the leg except at the knee": the knee hurts
            if denied and _only_quality(items, i, denied[0].head):
                unsaid.append(item)
                for mention in denied:
                    mention.unsaid = True
            elif denied:
                denied[0].first = min(denied[0].first, i)
                for mention in denied:
                    mention.denied = True
            elif missed := _taken(roles, i, by_head):
                unsaid.append(item)
                missed.unsaid = True
            else:
                _afterthought(items, i, where, mentions)
    for before, mention in pairwise(mentions):
        if mention.excepted:
            mention.denied = not before.denied
    return unsaid


def _taken(roles: Sequence[Role], i: int, by_head: dict[int, Mention]) -> Mention | None:
    """The place after a "no" that belongs to another word: "no trauma to the knee".

    It is neither painful nor free by this.  With a claim of its own ("no change of the pain in the
    knee") it is painful, and None comes back.
    """
    other = False
    for j in range(i + 1, len(roles)):
        if roles[j] is Role.THING:
            return by_head.get(j) if other else None
        if roles[j] is Role.OTHER:
            other = True
        elif roles[j] is not Role.TIE:
            return None
    return None


def _was_denied(i: int, where: Sections, mentions: Sequence[Mention]) -> bool:
    """True when the last place before item ``i`` in its sentence is denied."""
    before = [m for m in mentions if m.head < i and m.sentence == where.sentence[i]]
    return bool(before) and before[-1].denied


def _only_quality(items: Sequence[Item], cue: int, thing: int) -> bool:
    """ "no numbness in the hand" says nothing about pain there."""
    claims = [item for item in items[cue + 1 : thing] if item.kind in {"pain", "quality"}]
    if items[cue].kind == "except" or not claims:
        return False
    return all(claim.kind == "quality" and claim.key != "ache" for claim in claims)


def _free(
    i: int,
    roles: Sequence[Role],
    by_head: dict[int, Mention],
    where: Sections,
    mentions: Sequence[Mention],
) -> None:
    """ "pain-free hand" and "the hand and the wrist are unaffected"."""
    ahead = [by_head[j] for j in reach(roles, i) if j in by_head]
    behind = [m for m in mentions if m.head < i and m.clause == where.clause[i]]
    for mention in behind or ahead:
        mention.denied = True


def _afterthought(
    items: Sequence[Item], i: int, where: Sections, mentions: Sequence[Mention]
) -> None:
    """ "hand: no pain", "the hand does not hurt", "neck pain denied"."""
    j = i + 1
    said = {"fill", "article"}
    while j < len(items) and items[j].kind in {*said, "pain"}:
        said.add(items[j].kind)
        j += 1
    at_end = j >= len(items) or items[j].kind in {"break", "comma", "turn", "and"}
    if not at_end or not ("pain" in said or items[i].key in _AFTERTHOUGHTS):
        return
    first = where.clause[i]
    if _opens_after_colon(items, i):
        first -= 1
    for mention in mentions:
        if mention.head < i and first <= mention.clause <= where.clause[i]:
            claims = [item for item in items[mention.head + 1 : i] if item.kind == "quality"]
            if not claims:
                mention.denied = True


def _opens_after_colon(items: Sequence[Item], i: int) -> bool:
    return i > 0 and items[i - 1].kind in {"colon", "dash"}
