"""Noun phrases: each place that a text names, with the parts of it that are meant."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tautband.base.side import Side
from tautband.body.drawing import Quality
from tautband.body.words.items import Item
from tautband.body.words.lexicon import Lexicon
from tautband.text.clauses import numbered
from tautband.text.sides import SIDE_OF

VERTEBRAE = tuple(
    f"{letter}{n}"
    for letter, count in (("c", 8), ("t", 12), ("l", 5), ("s", 5))
    for n in range(1, count + 1)
)
# What may stand between an adjective ("outer", "right", "6/10") and its place.
LEADS_ON = frozenset({"fill", "article", "side", "part", "quality", "intensity", "strength",
                      "whole", "aside", "bracket"})  # fmt: skip
JOINS = frozenset({"and", "or", "slash", "dash"})


@dataclass
class Mention:
    """One place as the text names it; the passes of the grammar fill in the rest."""

    keys: tuple[str, ...]  # places of the lexicon; several only for "C5-6"
    parts: list[str]
    first: int  # items first..last, head is the place's own
    head: int
    last: int
    clause: int
    sentence: int
    plural: bool = False
    sides: frozenset[Side] | None = None
    side_stated: bool = False
    one_sided: bool = False
    qualities: list[Quality] = field(default_factory=list)
    intensity: int | None = None
    numbered: bool = False  # the intensity is a number of the text, not a word for one
    leading: bool = False  # a quality or intensity stands before the place
    has_claim: bool = False
    denied: bool = False
    excepted: bool = False  # a part left out of the mention before it
    unsaid: bool = False  # only a quality was denied, which says nothing about pain
    arrival: str = ""  # "path", "jump", or "" for a list
    start: "Mention | None" = None
    via: "Mention | None" = None
    stop: bool = False
    dropped: bool = False  # became part of another mention's path

    @property
    def key(self) -> str:
        """The first place, which stands for the mention in names and rules."""
        return self.keys[0]

    def regions(self, lexicon: Lexicon) -> tuple[str, ...]:
        """The regions meant: the parts named, or the whole place."""
        found: set[str] = set()
        for key in self.keys:
            found.update(lexicon.select(key, self.parts))
        return tuple(sorted(found))


@dataclass(frozen=True)
class Sections:
    """For each item, the numbers of its clause and its sentence."""

    clause: tuple[int, ...]
    sentence: tuple[int, ...]


def sections(items: Sequence[Item]) -> Sections:
    """Number the clauses and sentences of a text."""
    return Sections(
        clause=numbered(item.kind in {"break", "comma", "colon", "turn"} for item in items),
        sentence=numbered(item.kind == "break" for item in items),
    )


def find_mentions(
    items: Sequence[Item], where: Sections, lexicon: Lexicon
) -> tuple[list[Mention], frozenset[int]]:
    """All mentions in order, and the items that could be put to no use."""
    mentions: list[Mention] = []
    waiting: list[int] = []
    idle: set[int] = set()
    for i, item in enumerate(items):
        if item.kind == "part":
            if _leads_to_place(items, i):
                waiting.append(i)
            elif not _refine(mentions, i, items, where):
                idle.add(i)
        elif item.kind == "place" or (item.kind == "spine" and _places_at(items, i, lexicon)):
            _add(mentions, waiting, i, items, where, lexicon)
            waiting = []
        elif item.kind == "spine":
            idle.add(i)
    return mentions, frozenset(idle)


def _leads_to_place(items: Sequence[Item], i: int) -> bool:
    """True when the part at ``i`` belongs to a place that follows: "front of the right knee"."""
    j = i + 1
    while j < len(items):
        kind = items[j].kind
        if kind in {"place", "spine"}:
            return True
        if kind in JOINS:
            j = _next(items, j, {"article", "fill", "side"})
            if j >= len(items) or items[j].kind != "part":
                return False
        elif kind not in LEADS_ON:
            return False
        j += 1
    return False


def _next(items: Sequence[Item], j: int, passed: set[str]) -> int:
    j += 1
    while j < len(items) and items[j].kind in passed:
        j += 1
    return j


def _refine(mentions: list[Mention], i: int, items: Sequence[Item], where: Sections) -> bool:
    """Let a part after its place ("the thumb, mostly at its base") narrow that place.

    After an "except" it is a part left out of the same place: "the forearm except its outer side".
    """
    if not mentions or mentions[-1].sentence != where.sentence[i]:
        return False
    last = mentions[-1]
    between = {item.kind for item in items[last.head + 1 : i]}
    if between & {"go", "to", "from"}:
        return False  # "running round to the front": of what, is not said
    if between & {"no", "except"}:
        part = Mention(last.keys, [items[i].key], i, i, i, where.clause[i], where.sentence[i])
        part.excepted = True
        mentions.append(part)
    else:
        last.parts.append(items[i].key)
        last.last = i
    return True


def _add(
    mentions: list[Mention],
    waiting: list[int],
    i: int,
    items: Sequence[Item],
    where: Sections,
    lexicon: Lexicon,
) -> None:
    item = items[i]
    parts = [items[j].key for j in waiting]
    if not parts and mentions:
        parts = _shared_parts(mentions[-1], items, i, lexicon)
    keys = (item.key,) if item.kind == "place" else _places_at(items, i, lexicon)
    if _is_side_of(items, i) and "side" in lexicon.places[keys[0]].parts:
        parts.append("side")
    mention = Mention(
        keys, parts, min([i, *waiting]), i, i, where.clause[i], where.sentence[i], item.plural
    )
    if item.sides:
        mention.sides, mention.side_stated = item.sides, True
    if mentions and _is_part_of(items, mentions[-1], mention):
        whole, mention = mention, mentions.pop()
        mention.last = whole.head
        if not mention.side_stated:
            mention.sides, mention.side_stated = whole.sides, whole.side_stated
    else:
        _absorb(items, mentions, mention, lexicon)
    mentions.append(mention)


def _is_part_of(items: Sequence[Item], part: Mention, whole: Mention) -> bool:
    """ "little finger of the left hand": only the first is meant."""
    between = items[part.head + 1 : whole.head]
    kinds = {item.kind for item in between}
    return bool(between) and between[0].key == "of" and kinds <= {"fill", "article", "side"}


def _is_side_of(items: Sequence[Item], i: int) -> bool:
    """True for "right side of the neck", which is its flank; "right side of the back" is a half."""
    j = i - 1
    while j >= 0 and items[j].kind in {"fill", "article"}:
        j -= 1
    return j >= 0 and items[j].note == SIDE_OF


def _shared_parts(before: Mention, items: Sequence[Item], i: int, lexicon: Lexicon) -> list[str]:
    """ "back of the arm and forearm": the part serves both, when nothing but "and" is between."""
    kinds = {item.kind for item in items[before.last + 1 : i]}
    if kinds != {"and"} or before.first == before.head:
        return []
    if any(lexicon.parts[part].runs != "around" for part in before.parts):
        return []
    return [part for part in before.parts if lexicon.part_regions(items[i].key, part)]


def _absorb(
    items: Sequence[Item], mentions: list[Mention], mention: Mention, lexicon: Lexicon
) -> None:
    """Let a mention replace the wider one before it that it only makes more exact.

    "paraspinal at T3-4", "arm along C6", "headache behind the eye", "ankle near the malleolus".
    """
    if not mentions or mentions[-1].sentence != mention.sentence:
        return
    wider = mentions[-1]
    outer, inner = set(wider.regions(lexicon)), set(mention.regions(lexicon))
    between = {item.kind for item in items[wider.head + 1 : mention.head]}
    if items[mention.head].kind == "spine":
        alike = lexicon.places[wider.key].middle and between <= _NARROWING
        fits = bool(outer & inner) or alike
    elif lexicon.places[wider.key].loose:
        fits = inner <= outer and not between & {"go", "up", "to", "no", "except"}
    else:
        fits = inner <= outer and between <= _NARROWING
    if fits:
        mentions.pop()
        mention.first, mention.parts = wider.first, wider.parts + mention.parts
        if not mention.side_stated:
            mention.sides, mention.side_stated = wider.sides, wider.side_stated


_NARROWING = frozenset({"fill", "article", "side", "part", "pain", "whole", "aside", "bracket"})


def _places_at(items: Sequence[Item], i: int, lexicon: Lexicon) -> tuple[str, ...]:
    """Places for a vertebra: the skin of its root after "along" or "dermatome", else its level."""
    if items[i].kind == "place":
        return (items[i].key,)
    first, last = items[i].key.split()
    if first not in VERTEBRAE or last not in VERTEBRAE:
        return ()
    a, b = sorted((VERTEBRAE.index(first), VERTEBRAE.index(last)))
    named = VERTEBRAE[a : b + 1]
    tables = (lexicon.roots, lexicon.levels) if _is_root(items, i) else (lexicon.levels,)
    for table in tables:
        found = tuple(dict.fromkeys(table[v] for v in named if v in table))
        if found:
            return found
    return ()


def _is_root(items: Sequence[Item], i: int) -> bool:
    for step in (-1, 1):
        j = i + step
        while 0 <= j < len(items) and items[j].kind not in {"break", "comma", "turn", "place"}:
            if items[j].kind == "root" or (step < 0 and items[j].kind == "go"):
                return True
            j += step
    return False
