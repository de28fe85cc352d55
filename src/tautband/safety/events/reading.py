"""What a patient's own words tell: signs present, signs denied, words that were not understood."""

import re
from collections.abc import Sequence

import msgspec

from tautband.safety.events.denial import denied_positions, idle_cues, roles_of
from tautband.safety.events.figures import SEVERE_FROM, Figures, read_figures
from tautband.safety.events.lexicon import Lexicon, forms_of, load_lexicon
from tautband.text.clauses import turns
from tautband.text.near import near_miss
from tautband.text.phrases import ARTICLES
from tautband.text.tokens import Token, expand, tokenize

PAIR_WITHIN = 7  # words between the two halves of a pair
# One way of saying that something cannot be done, so that each phrase stands in the lexicon once.
_CANNOT = re.compile(
    r"\b(?:(?:can|could)\s+not|unable\s+to|(?:am|is|are|was|were|be|been)\s+not\s+able\s+to)\b",
    re.I,
)
# A long text is read piece by piece; pieces overlap, so that no phrase is cut.
PIECE, OVERLAP = 2000, 200  # characters


class Reading(msgspec.Struct, frozen=True):
    """Ids of signs that are present and that are only denied, and what else the text said.

    ``wary`` is true when a word such as "chest" or "breathing" stands there without a complaint
    that it belongs to.  ``hours`` is the longest duration that the text names.
    """

    present: frozenset[str]
    denied: frozenset[str]
    not_understood: tuple[str, ...]
    wary: bool
    hours: float | None


class _Mention(msgspec.Struct, frozen=True):
    sign: str
    positions: frozenset[int]
    alone: bool = False

    @property
    def span(self) -> tuple[int, int]:
        return min(self.positions), max(self.positions) + 1


class _Word(msgspec.Struct, frozen=True):
    group: str
    start: int
    end: int


def read_complaint(text: str) -> Reading:
    """Read a text of any kind and length; never raises."""
    starts = range(0, max(len(text) - OVERLAP, 1), PIECE - OVERLAP)
    readings = [_read_piece(text[start : start + PIECE]) for start in starts]
    present = frozenset[str]().union(*(reading.present for reading in readings))
    denied = frozenset[str]().union(*(reading.denied for reading in readings))
    missed = (word for reading in readings for word in reading.not_understood)
    return Reading(
        present,
        denied - present,
        tuple(dict.fromkeys(missed)),
        any(reading.wary for reading in readings),
        max((r.hours for r in readings if r.hours is not None), default=None),
    )


def _read_piece(text: str) -> Reading:
    lexicon = load_lexicon()
    every = expand(tokenize(_CANNOT.sub("can't", text)), lexicon.spelling)
    figures = read_figures(every)
    tokens = _corrected([t for t in every if t.norm not in ARTICLES], lexicon)
    mentions, words = _found(tokens, lexicon)
    things = frozenset(
        position
        for spans in ([m.positions for m in mentions], [range(w.start, w.end) for w in words])
        for positions in spans
        for position in positions
    )
    roles = roles_of(tokens, things, lexicon)
    complete = [m.span for m in mentions if not m.alone]
    gone = denied_positions(tokens, roles, complete, lexicon)
    present = {m.sign for m in mentions if not m.positions & gone} | _from_figures(figures)
    denied = {m.sign for m in mentions if m.positions & gone} - present
    if figures.fever is False and not any(_says(m, tokens, "fever") for m in mentions):
        present -= {"fever"}  # "temperature 36.8" names no fever
    return Reading(
        frozenset(present),
        frozenset(denied),
        (
            *(tokens[i].norm for i in idle_cues(roles, gone)),
            *_not_understood(tokens, mentions, lexicon),
        ),
        _is_wary(mentions, words, lexicon),
        figures.hours,
    )


def _says(mention: _Mention, tokens: Sequence[Token], sign: str) -> bool:
    if mention.sign != sign:
        return False
    return any(tokens[p].norm != "temperature" for p in mention.positions)


def _from_figures(figures: Figures) -> set[str]:
    found = {"fever"} if figures.fever else set()
    if figures.strength is not None:
        found.add("severe_pain" if figures.strength >= SEVERE_FROM else "pain")
    return found


def _corrected(tokens: Sequence[Token], lexicon: Lexicon) -> list[Token]:
    """The tokens with slips of spelling in longer words read over."""
    out: list[Token] = []
    for token in tokens:
        known = not token.is_word or any(f in lexicon.known for f in forms_of(token.norm))
        if not known and token.norm not in lexicon.cues:
            # Where a slip may be one of several words, a word of danger is what it is read as.
            slip = near_miss(token.norm, lexicon.known, lexicon.meanings) or near_miss(
                token.norm, lexicon.danger, dict.fromkeys(lexicon.danger, "danger")
            )
            if slip is not None:
                token = msgspec.structs.replace(token, norm=slip.read_as)
        out.append(token)
    return out


def _found(tokens: Sequence[Token], lexicon: Lexicon) -> tuple[list[_Mention], list[_Word]]:
    forms = [forms_of(token.norm) for token in tokens]
    said: list[_Mention] = []
    words: list[_Word] = []
    for start in range(len(tokens)):
        for phrase, end in lexicon.matches(forms, start):
            if phrase.is_sign:
                said.append(_Mention(phrase.meaning, frozenset(range(start, end))))
            else:
                words.append(_Word(phrase.meaning, start, end))
    said = [m for m in said if not any(m.positions < other.positions for other in said)]
    # "no pain at all" is one thing: its "pain" pairs with nothing.
    sealed = [m for m in said if tokens[m.span[0]].norm in lexicon.cues]
    words = [w for w in words if not any(_inside(w, m) for m in sealed)]
    alone = [
        _Mention(lexicon.groups[w.group].alone, frozenset(range(w.start, w.end)), alone=True)
        for w in words
        if lexicon.groups[w.group].alone and not any(_inside(w, m) for m in said)
    ]
    return [*said, *alone, *_pairs(tokens, words, lexicon)], words


def _inside(word: _Word, mention: _Mention) -> bool:
    return frozenset(range(word.start, word.end)) <= mention.positions


def _pairs(tokens: Sequence[Token], words: Sequence[_Word], lexicon: Lexicon) -> list[_Mention]:
    ends = [i for i, token in enumerate(tokens) if token.kind == "break" or turns(token)]
    by_group: dict[str, list[_Word]] = {}
    for word in words:
        by_group.setdefault(word.group, []).append(word)
    found: list[_Mention] = []
    for pair in lexicon.pairs:
        for one in by_group.get(pair.groups[0], ()):
            for other in by_group.get(pair.groups[1], ()):
                if _together(one, other, ends):
                    positions = {*range(one.start, one.end), *range(other.start, other.end)}
                    found.append(_Mention(pair.sign, frozenset(positions)))
    return found


def _together(one: _Word, other: _Word, ends: Sequence[int]) -> bool:
    first, second = sorted((one, other), key=lambda word: (word.start, word.end))
    if first.end > second.start or second.start - first.end > PAIR_WITHIN:
        return False
    return not any(first.end <= end < second.start for end in ends)


def _is_wary(mentions: Sequence[_Mention], words: Sequence[_Word], lexicon: Lexicon) -> bool:
    used = {position for mention in mentions for position in mention.positions}
    return any(
        lexicon.groups[word.group].wary and not used & set(range(word.start, word.end))
        for word in words
    )


def _not_understood(
    tokens: Sequence[Token], mentions: Sequence[_Mention], lexicon: Lexicon
) -> tuple[str, ...]:
    used = {position for mention in mentions for position in mention.positions}
    return tuple(
        token.norm
        for i, token in enumerate(tokens)
        if token.is_word
        and i not in used
        and token.norm not in lexicon.cues
        and not forms_of(token.norm) & (lexicon.harmless | lexicon.ties)
    )
