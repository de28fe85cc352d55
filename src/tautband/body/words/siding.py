"""Which side each mention is on."""

from collections.abc import Sequence

from tautband.base.side import Side
from tautband.body.words.items import Item
from tautband.body.words.lexicon import Lexicon
from tautband.body.words.meanings import BOTH
from tautband.body.words.mentions import LEADS_ON, Mention, Sections
from tautband.body.words.paths import distance

RIGHT = frozenset({Side.RIGHT})


def state_sides(
    items: Sequence[Item], where: Sections, mentions: Sequence[Mention]
) -> dict[int, frozenset[Side]]:
    """Give each mention the side words that stand with it.

    Returns side words that came before any place ("on the right: shoulder, arm"), by sentence.
    """
    headings: dict[int, frozenset[Side]] = {}
    for i, item in enumerate(items):
        if item.kind != "side" or item.sides is None:
            continue
        owner = _following(items, mentions, i)
        owners = [owner] if owner else _preceding(mentions, where, i)
        for mention in owners:
            _state(mention, item.sides, i)
        if not owners and item.sides:
            headings[where.sentence[i]] = item.sides
    return headings


def _state(mention: Mention, sides: frozenset[Side], i: int) -> None:
    if not sides:
        mention.one_sided = True
    elif not mention.side_stated:
        mention.sides, mention.side_stated = sides, True
    mention.first, mention.last = min(mention.first, i), max(mention.last, i)


def _following(items: Sequence[Item], mentions: Sequence[Mention], i: int) -> Mention | None:
    """The mention that the side word at ``i`` stands before: "right shoulder"."""
    owner = next((m for m in mentions if m.head > i), None)
    if owner is None or owner.first < i:
        return owner
    between = {item.kind for item in items[i + 1 : owner.first]}
    return owner if between <= LEADS_ON | {"pain"} else None


def _preceding(mentions: Sequence[Mention], where: Sections, i: int) -> list[Mention]:
    """The mentions that the side word at ``i`` stands after: "neck and shoulder on the right"."""
    earlier = [m for m in mentions if m.head < i and m.sentence == where.sentence[i]]
    same_clause = [m for m in earlier if m.clause == where.clause[i]]
    found: list[Mention] = []
    for mention in reversed(same_clause or earlier):
        if mention.side_stated:
            break
        found.append(mention)
    return found


def lift_headings(items: Sequence[Item], mentions: Sequence[Mention], lexicon: Lexicon) -> None:
    """Let a limb that only heads or closes a list say the side of the places on it.

    "Left arm: elbow and wrist", "elbow and wrist, left arm": the rest of the arm is not meant.
    """
    for limb in mentions:
        entry = lexicon.places[limb.key]
        if not entry.limb or not limb.side_stated or limb.parts or limb.denied:
            continue
        whole = {*entry.regions, *entry.also_free}
        listed = _listed_under(items, mentions, limb)
        on_it = (not m.side_stated and whole.issuperset(m.regions(lexicon)) for m in listed)
        if listed and all(on_it):
            limb.dropped = True
            for mention in listed:
                mention.sides, mention.side_stated = limb.sides, True


def _listed_under(
    items: Sequence[Item], mentions: Sequence[Mention], limb: Mention
) -> list[Mention]:
    others = [m for m in mentions if m.sentence == limb.sentence and m is not limb]
    if _kind(items, limb.last + 1) == "colon":
        return [m for m in others if m.head > limb.head]
    closes = _kind(items, limb.first - 1) == "comma" and _kind(items, limb.last + 1) in {
        "",
        "break",
    }
    return others if closes else []


def _kind(items: Sequence[Item], i: int) -> str:
    return items[i].kind if 0 <= i < len(items) else ""


def fill_sides(
    items: Sequence[Item],
    mentions: Sequence[Mention],
    headings: dict[int, frozenset[Side]],
    lexicon: Lexicon,
) -> None:
    """Settle the side of every mention that names none itself.

    In this order: a plural means both; a path keeps the side of its start; a paired place keeps the
    side last stated, or the only side stated anywhere; a place across the midline means both
    halves, and so does a place that is free; what is left is shown on the right and marked as not
    stated.
    """
    only = _only_side(mentions)
    carried: frozenset[Side] | None = None
    before: Mention | None = None
    for mention in mentions:
        middle = lexicon.places[mention.key].middle and not mention.one_sided
        if mention.side_stated:
            carried = mention.sides
        else:
            heading = headings.get(mention.sentence)
            _fill(items, mention, before, carried, heading, only, middle, lexicon)
            if mention.side_stated and (not middle or mention.sides != BOTH):
                carried = mention.sides
        before = mention


def _fill(
    items: Sequence[Item],
    mention: Mention,
    before: Mention | None,
    carried: frozenset[Side] | None,
    heading: frozenset[Side] | None,
    only: frozenset[Side] | None,
    middle: bool,
    lexicon: Lexicon,
) -> None:
    start = mention.start
    known: frozenset[Side] | None = None
    if "midline" in mention.parts or (mention.plural and not lexicon.places[mention.key].many):
        known = BOTH
    elif heading:
        known = heading
    elif start is not None and start.side_stated:
        known = start.sides
    elif not middle:
        known = carried or only
    elif before is not None and before.side_stated and _is_one_breath(items, before, mention):
        near = distance(lexicon, before.key, mention.key)
        known = before.sides if near is not None and near <= 2 else None
    if known:
        mention.sides, mention.side_stated = known, True
    else:
        mention.sides = BOTH if middle or mention.denied else RIGHT


def _is_one_breath(items: Sequence[Item], before: Mention, mention: Mention) -> bool:
    """True for "right shoulder and neck": joined by nothing but "and"."""
    between = {item.kind for item in items[before.last + 1 : mention.first]}
    return bool(between) and between <= {"and", "slash"}


def _only_side(mentions: Sequence[Mention]) -> frozenset[Side] | None:
    stated = {m.sides for m in mentions if m.side_stated and m.sides and len(m.sides) == 1}
    return next(iter(stated)) if len(stated) == 1 else None


def pull_starts(mentions: Sequence[Mention], lexicon: Lexicon) -> None:
    """ "from the neck to the right hand": a start across the midline takes the side of its end."""
    for mention in mentions:
        start = mention.start
        if start is None or start.side_stated or not mention.side_stated:
            continue
        if start.arrival == "from" and lexicon.places[start.key].middle and mention.sides:
            start.sides, start.side_stated = mention.sides, True
