"""Which quality and intensity belong to which mention."""

from collections.abc import Sequence
from itertools import pairwise

from tautband.body.drawing import QUALITIES, Quality
from tautband.body.words.items import Item
from tautband.body.words.mentions import Mention, Sections

MARKS = frozenset({"quality", "intensity", "strength"})
CLAIMS = MARKS | {"pain"}


def apply_marks(items: Sequence[Item], where: Sections, mentions: Sequence[Mention]) -> None:
    """Give the mentions their qualities and intensities.

    A word for it counts for the places of its own clause: those that follow when it stands first,
    else those before it.  In a clause without a place it counts for the places before, or for the
    next.  A place without any of its own, in a list or at the end of a path, takes what the place
    before it in the sentence has, unless its clause claims pain afresh.
    """
    groups = _clauses(items, where)
    for group in groups:
        inside = [m for m in mentions if m.head in group]
        for i in (j for j in group if items[j].kind in MARKS):
            if not _denied_quality(items, i):
                _mark(items[i], i, _owners(items, i, inside, mentions, where))
        for mention in inside:
            mention.has_claim = any(items[j].kind in CLAIMS for j in group)
    _inherit(items, mentions)


def strongest(qualities: Sequence[Quality]) -> Quality | None:
    """The one quality a drawing holds: numb before tingling, burning, sharp and ache."""
    return max(qualities, key=QUALITIES.index, default=None)


def _clauses(items: Sequence[Item], where: Sections) -> list[range]:
    """Item ranges of clauses, cut again at an "and" with places and marks on both sides."""
    out: list[range] = []
    start = 0
    for i in range(1, len(items) + 1):
        ends = i == len(items) or where.clause[i] != where.clause[i - 1]
        if ends or _splits(items, where, start, i):
            out.append(range(start, i))
            start = i
    return out


def _splits(items: Sequence[Item], where: Sections, start: int, i: int) -> bool:
    if items[i].kind != "and":
        return False
    end = i
    while end < len(items) and where.clause[end] == where.clause[i]:
        end += 1
    return _is_full(items[start:i]) and _is_full(items[i:end])


def _is_full(items: Sequence[Item]) -> bool:
    kinds = {item.kind for item in items}
    return bool(kinds & MARKS) and bool(kinds & {"place", "spine"})


def _owners(
    items: Sequence[Item],
    i: int,
    inside: Sequence[Mention],
    mentions: Sequence[Mention],
    where: Sections,
) -> list[Mention]:
    if inside:
        before = [m for m in inside if m.head < i]
        after = [m for m in inside if m.head > i]
        if not after and any(item.key == "with" for item in items[before[-1].head : i]):
            return _from_last_end(before)
        # "sharp neck and dull shoulder": a word right before a place is that place's own.
        return after if after and (not before or _stands_before(items, i, after[0])) else before
    sentence = where.sentence[i]
    near = [m for m in mentions if m.sentence == sentence]
    before = [m for m in near if m.head < i]
    return before or [m for m in near if m.clause == min(n.clause for n in near)]


def _from_last_end(mentions: Sequence[Mention]) -> list[Mention]:
    """ "shoulder down to the thumb with tingling": what follows "with" is felt at the end."""
    ends = [i for i, mention in enumerate(mentions) if mention.arrival == "path"]
    return list(mentions[ends[-1] :] if ends else mentions)


def _stands_before(items: Sequence[Item], i: int, mention: Mention) -> bool:
    between = {item.kind for item in items[i + 1 : mention.head]}
    return between <= {*MARKS, "part", "side", "article", "fill", "pain"}


def _mark(item: Item, i: int, owners: Sequence[Mention]) -> None:
    for mention in owners:
        mention.leading = mention.leading or i < mention.head
        if item.kind == "quality":
            mention.qualities.append(Quality(item.key))
        elif item.kind == "strength":
            value = int(item.key)
            # A number outweighs a word; of two numbers the higher counts.
            mention.intensity = max(value, mention.intensity or 0) if mention.numbered else value
            mention.numbered = True
        elif not mention.numbered:
            mention.intensity = max(int(item.key), mention.intensity or 0)


def _denied_quality(items: Sequence[Item], i: int) -> bool:
    """True for a quality that a "no" stands before: "pain without numbness"."""
    j = i - 1
    while j >= 0 and items[j].kind in {"quality", "or", "and", "pain", "article", "intensity"}:
        j -= 1
    return j >= 0 and items[j].kind == "no"


def _inherit(items: Sequence[Item], mentions: Sequence[Mention]) -> None:
    for before, mention in pairwise(mentions):
        if before.sentence != mention.sentence or mention.arrival == "jump":
            continue
        if before.denied or mention.denied:
            continue
        fresh = mention.has_claim and before.clause != mention.clause
        fresh = fresh or _claims_itself(items, before, mention)
        if fresh or (mention.qualities or mention.intensity is not None):
            continue
        mention.qualities = list(before.qualities)
        # "6/10 in the shoulder, arm" is 6 in both; "shoulder 6/10, arm" says nothing of the arm.
        if mention.arrival == "path" or before.leading:
            mention.intensity, mention.leading = before.intensity, before.leading


def _claims_itself(items: Sequence[Item], before: Mention, mention: Mention) -> bool:
    """True for "chest tightness and left arm pain": each place has its own claim."""
    gap = [item.kind for item in items[before.head + 1 : mention.head]]
    after = items[mention.head + 1].kind if mention.head + 1 < len(items) else ""
    return after == "pain" and "and" in gap and bool(CLAIMS.intersection(gap[: gap.index("and")]))
