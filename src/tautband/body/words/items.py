"""From characters to items: the pieces on which the grammar works."""

import re
from collections.abc import Sequence

import msgspec

from tautband.base.side import Side
from tautband.body.words.lexicon import Lexicon
from tautband.text.clauses import turns
from tautband.text.near import NearMiss, near_miss
from tautband.text.negation import CUES
from tautband.text.numbers import WORDS, Strength, number_at
from tautband.text.sides import SideMark, side_at
from tautband.text.stopwords import FUNCTION_WORDS
from tautband.text.tokens import Token, expand, singulars, tokenize
from tautband.text.wordset import word_set

VERTEBRA = re.compile(r"[ctls]\d{1,2}")
SIDE_WORDS = word_set(
    "right left r l rt lt rightside leftside rightsided leftsided bilateral bilaterally bilat both"
    " either sided unilateral unilaterally midline central centrally axial axially side sides"
    " hand handed double none nil"
)
MARKS = {",": "comma", "(": "bracket", ")": "bracket", ":": "colon", "/": "slash", "+": "and"}


class Item(msgspec.Struct, frozen=True):
    """One piece of a sentence.

    ``kind`` is a kind of the lexicon ("place", "part", "go", ...), or "side", "strength", "amount",
    "spine", "no", "and", "or", "comma", "bracket", "colon", "slash", "dash", "turn", "break",
    "article", "fill" or "unknown".  ``start`` and ``end`` are characters; ``words`` is how many
    content words it holds.
    """

    kind: str
    start: int
    end: int
    key: str = ""
    sides: frozenset[Side] | None = None
    plural: bool = False
    words: int = 0
    note: str = ""


class Lexed(msgspec.Struct, frozen=True):
    """The items of a text and the slips of spelling that were read over."""

    items: tuple[Item, ...]
    slips: tuple[tuple[NearMiss, int, int], ...]


def lex(text: str, lexicon: Lexicon) -> Lexed:
    """Cut a text into items, longest known phrase first."""
    tokens, slips = _corrected(expand(tokenize(text), lexicon.abbreviations), lexicon)
    items: list[Item] = []
    i = 0
    while i < len(tokens):
        item, i = _item_at(tokens, i, lexicon)
        items.append(item)
    return Lexed(tuple(items), slips)


def _corrected(
    tokens: tuple[Token, ...], lexicon: Lexicon
) -> tuple[tuple[Token, ...], tuple[tuple[NearMiss, int, int], ...]]:
    out: list[Token] = []
    slips: list[tuple[NearMiss, int, int]] = []
    for token in tokens:
        slip = None if _is_known(token, lexicon) else _slip(token, lexicon)
        if slip is not None:
            slips.append((slip, token.start, token.end))
            token = msgspec.structs.replace(token, norm=slip.read_as)
        out.append(token)
    return tuple(out), tuple(slips)


def _is_known(token: Token, lexicon: Lexicon) -> bool:
    norm = token.norm
    if not token.is_word or VERTEBRA.fullmatch(norm):
        return True
    if norm in lexicon.known_words or norm in FUNCTION_WORDS or norm in SIDE_WORDS:
        return True
    if norm in CUES or norm in WORDS:
        return True
    return any(single in lexicon.known_words for single in singulars(norm))


def _slip(token: Token, lexicon: Lexicon) -> NearMiss | None:
    known = lexicon.known_words | {"right", "bilateral", "bilaterally"}
    return near_miss(token.norm, known, lexicon.word_groups)


def _item_at(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> tuple[Item, int]:
    """The item that begins at token ``i`` and the token after it."""
    found = _spine(tokens, i) or _phrase_or_side(tokens, i, lexicon) or _number(tokens, i)
    return found or (_small(tokens[i]), i + 1)


def _spine(tokens: Sequence[Token], i: int) -> tuple[Item, int] | None:
    """ "C6", "T3-4", "L5-S1", "C5/6": the vertebrae named, joined by blanks."""
    if not VERTEBRA.fullmatch(tokens[i].norm):
        return None
    first = tokens[i].norm
    last, end = first, i + 1
    j = end
    if j < len(tokens) and tokens[j].norm in {"-", "/", "to"}:
        j += 1
    if j < len(tokens):
        norm = tokens[j].norm
        if VERTEBRA.fullmatch(norm):
            last, end = norm, j + 1
        elif j > end and tokens[j].kind == "number" and norm.isdigit():
            last, end = first[0] + norm, j + 1
    return _make("spine", tokens, i, end, key=f"{first} {last}", words=1), end


def _phrase_or_side(tokens: Sequence[Token], i: int, lexicon: Lexicon) -> tuple[Item, int] | None:
    match = lexicon.table.longest(tokens, i, lambda j: _is_single_side(tokens, j))
    side = side_at(tokens, i)
    if side is not None and (match is None or side.end > match.end):
        words = sum(tokens[j].norm in SIDE_WORDS for j in range(i, side.end))
        item = _make("side", tokens, i, side.end, sides=side.sides, words=words, note=side.note)
        return item, side.end
    if match is None:
        return None
    inner = [side_at(tokens, j) for j in match.skipped]
    sides = _union(inner)
    words = sum(_counts(token) for token in tokens[i : match.end])
    item = _make(
        match.value.kind, tokens, i, match.end,
        key=match.value.key, sides=sides, plural=match.plural, words=words,
    )  # fmt: skip
    return item, match.end


def _counts(token: Token) -> bool:
    return token.is_word and token.norm not in FUNCTION_WORDS


def _is_single_side(tokens: Sequence[Token], j: int) -> bool:
    mark = side_at(tokens, j)
    return mark is not None and mark.end == j + 1 and bool(mark.sides)


def _union(marks: Sequence[SideMark | None]) -> frozenset[Side] | None:
    found: frozenset[Side] = frozenset()
    for mark in marks:
        if mark is not None:
            found |= mark.sides
    return found or None


def _number(tokens: Sequence[Token], i: int) -> tuple[Item, int] | None:
    found = number_at(tokens, i)
    if found is None:
        return None
    if isinstance(found, Strength):
        item = _make("strength", tokens, i, found.end, key=str(found.value), words=1)
    else:
        item = _make("amount", tokens, i, found.end)
    return item, found.end


def _small(token: Token) -> Item:
    norm = token.norm
    if token.kind == "break":
        kind = "break"
    elif norm in MARKS:
        kind = MARKS[norm]
    elif token.kind != "word":
        kind = "dash" if norm == "-" else "fill"
    elif norm in CUES:
        kind = "no"
    elif norm in {"and", "plus", "with"}:
        kind = "and"
    elif norm == "or":
        kind = "or"
    elif turns(token):
        kind = "turn"
    elif norm in {"the", "my", "his", "her", "their", "a", "in", "at"}:
        kind = "article"
    elif norm in FUNCTION_WORDS or norm in {"side", "sides", "sided"}:
        kind = "fill"
    else:
        return Item("unknown", token.start, token.end, key=norm, words=1)
    return Item(kind, token.start, token.end, key=norm)


def _make(
    kind: str,
    tokens: Sequence[Token],
    i: int,
    end: int,
    *,
    key: str = "",
    sides: frozenset[Side] | None = None,
    plural: bool = False,
    words: int = 0,
    note: str = "",
) -> Item:
    return Item(
        kind, tokens[i].start, tokens[end - 1].end,
        key=key, sides=sides, plural=plural, words=words, note=note,
    )  # fmt: skip
