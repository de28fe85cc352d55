"""The words in which patients tell of complaints, as reviewed data."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import msgspec

from tautband.base.errors import InputError
from tautband.safety.events.signs import load_signs
from tautband.safety.events.toml_data import read_data
from tautband.text.negation import CUES
from tautband.text.numbers import WORDS
from tautband.text.phrases import normal_form
from tautband.text.stopwords import FUNCTION_WORDS
from tautband.text.tokens import singulars


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that mean something together with others.

    ``alone`` is the sign that they stand for by themselves; a ``wary`` word that pairs with nothing
    is asked about.
    """

    words: tuple[str, ...]
    alone: str = ""
    wary: bool = False


class Pair(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Two groups close together, and the sign that they stand for."""

    sign: str
    groups: tuple[str, str]


class Denial(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of denial beside the general ones, what a denial passes over, and what undoes it."""

    cues: tuple[str, ...]
    ties: tuple[str, ...]
    undone: tuple[str, ...]


class Context(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that carry no complaint."""

    words: str


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    spelling: Mapping[str, str]
    group: Mapping[str, Group]
    pair: tuple[Pair, ...]
    symptom: Mapping[str, tuple[str, ...]]
    denial: Denial
    context: Context


class Phrase(msgspec.Struct, frozen=True):
    """Words in order, and the one thing they mean: a sign, or membership of a group."""

    words: tuple[str, ...]
    meaning: str
    is_sign: bool


@dataclass(frozen=True)
class Lexicon:
    """All phrases by their first word, and the words of grammar around them."""

    phrases: Mapping[str, tuple[Phrase, ...]]
    groups: Mapping[str, Group]
    pairs: tuple[Pair, ...]
    spelling: Mapping[str, str]
    cues: frozenset[str]
    ties: frozenset[str]
    undone: frozenset[str]
    harmless: frozenset[str]
    known: frozenset[str]
    meanings: Mapping[str, str]
    danger: frozenset[str]

    def matches(self, forms: Sequence[frozenset[str]], start: int) -> Iterator[tuple[Phrase, int]]:
        """Every phrase that begins at a word, with its end; not only the longest.

        ``forms`` holds for each word of the text the word itself and its singular.  Shorter phrases
        count beside longer ones because a danger may stand inside a harmless phrase.
        """
        for first in forms[start]:
            for phrase in self.phrases.get(first, ()):
                end = start + len(phrase.words)
                rest = zip(phrase.words, forms[start:end], strict=False)
                if end <= len(forms) and all(word in form for word, form in rest):
                    yield phrase, end


@cache
def load_lexicon() -> Lexicon:
    """The lexicon; raises InputError that names the entry which breaks a rule."""
    read = read_data("symptoms.toml", _File)
    _check(read)
    return _compiled(read)


def _check(read: _File) -> None:
    signs = load_signs().sign
    used = {*read.symptom, *(pair.sign for pair in read.pair)}
    used |= {group.alone for group in read.group.values() if group.alone}
    if not used <= set(signs):
        raise InputError("symptoms.toml", f"names {sorted(used - set(signs))}", "known signs")
    if not set(signs) <= used:
        missing = sorted(set(signs) - used)
        raise InputError("symptoms.toml", f"has no words for {missing}", "words for every sign")
    groups = {group for pair in read.pair for group in pair.groups}
    if not groups <= set(read.group):
        odd = sorted(groups - set(read.group))
        raise InputError("symptoms.toml pair", f"names {odd}", "known groups")


def _compiled(read: _File) -> Lexicon:
    phrases: dict[str, list[Phrase]] = {}
    alone: dict[str, set[str]] = {}
    for phrase in _phrases(read):
        phrases.setdefault(phrase.words[0], []).append(phrase)
        if len(phrase.words) == 1:
            alone.setdefault(phrase.words[0], set()).add(phrase.meaning)
    emergencies = {sign.id for sign in load_signs().sign.values() if sign.level == "emergency"}
    harmless = frozenset(read.context.words.split())
    words = {word for entries in phrases.values() for phrase in entries for word in phrase.words}
    return Lexicon(
        phrases={first: tuple(entries) for first, entries in phrases.items()},
        groups=read.group,
        pairs=read.pair,
        spelling=read.spelling,
        cues=CUES | frozenset(read.denial.cues),
        ties=frozenset(read.denial.ties),
        undone=frozenset(read.denial.undone),
        harmless=harmless | FUNCTION_WORDS | frozenset(WORDS),
        known=frozenset(words | harmless | FUNCTION_WORDS),
        meanings={word: " ".join(sorted(said)) for word, said in alone.items()},
        danger=frozenset(w for w, said in alone.items() if said & emergencies),
    )


def _phrases(read: _File) -> Iterator[Phrase]:
    for sign, phrases in read.symptom.items():
        yield from _as_phrases(phrases, sign, is_sign=True)
    for name, group in read.group.items():
        yield from _as_phrases(group.words, name, is_sign=False)


def _as_phrases(phrases: Iterable[str], meaning: str, *, is_sign: bool) -> Iterator[Phrase]:
    for words in dict.fromkeys(normal_form(phrase) for phrase in phrases):
        yield Phrase(tuple(words.split()), meaning, is_sign)


def forms_of(word: str) -> frozenset[str]:
    """A word with its singulars."""
    return frozenset({word, *singulars(word)})
