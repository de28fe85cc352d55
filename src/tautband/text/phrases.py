"""A table of known phrases, and the longest of them that begins at a word."""

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar

import msgspec

from tautband.base.errors import InputError
from tautband.text.tokens import Token, plain, singulars, tokenize
from tautband.text.wordset import word_set

T = TypeVar("T")
# Words that may stand anywhere in a phrase without changing it ("front of [the] shoulder").
ARTICLES = word_set("the a an my his her their your its our that this")


class Match(msgspec.Struct, Generic[T], frozen=True):
    """A phrase found in ``tokens[start:end]``: what it stands for, and whether it was a plural."""

    value: T
    start: int
    end: int
    plural: bool
    skipped: tuple[int, ...]  # tokens inside that belong to something else ("back of [both] knees")
    phrase: str


class _Node(Generic[T]):
    __slots__ = ("branches", "phrase", "value")

    def __init__(self) -> None:
        self.branches: dict[str, _Node[T]] = {}
        self.value: T | None = None
        self.phrase = ""


class PhraseTable(Generic[T]):
    """Phrases of one or more words, each with one meaning."""

    def __init__(self) -> None:
        self._root: _Node[T] = _Node()
        self._words: set[str] = set()
        self._phrases: dict[str, T] = {}

    def add(self, phrase: str, value: T) -> None:
        """Teach a phrase; InputError when it is empty or already has another meaning."""
        key = normal_form(phrase)
        if not key:
            raise InputError("phrase", f'"{phrase}" has no words', "at least one word")
        if self._phrases.get(key, value) != value:
            raise InputError("phrase", f'"{key}" is defined twice', "one meaning for each phrase")
        node = self._root
        for word in key.split():
            self._words.add(word)
            node = node.branches.setdefault(word, _Node())
        node.value, node.phrase = value, key
        self._phrases[key] = value

    def __contains__(self, phrase: str) -> bool:
        return normal_form(phrase) in self._phrases

    @property
    def words(self) -> frozenset[str]:
        """Every word that occurs in some phrase."""
        return frozenset(self._words)

    def items(self) -> Iterator[tuple[str, T]]:
        """All phrases with their meanings, in the order in which they were taught."""
        return iter(self._phrases.items())

    def longest(
        self, tokens: Sequence[Token], i: int, skip: Callable[[int], bool]
    ) -> Match[T] | None:
        """The longest phrase that begins at token ``i``.

        Inside a phrase, articles and tokens for which ``skip`` is true are stepped over; the
        latter are given back in ``skipped``.  Plurals are read as their singular.
        """
        best: Match[T] | None = None
        for match in self._walk(self._root, tokens, i, i, False, (), skip):
            if best is None or match.end > best.end or (match.end == best.end and best.plural):
                best = match
        return best

    def _walk(
        self,
        node: _Node[T],
        tokens: Sequence[Token],
        start: int,
        i: int,
        plural: bool,
        skipped: tuple[int, ...],
        skip: Callable[[int], bool],
    ) -> Iterator[Match[T]]:
        if node.value is not None:
            yield Match(node.value, start, i, plural, skipped, node.phrase)
        while i < len(tokens) and node.branches:
            norm = tokens[i].norm
            if norm in node.branches:
                here = node.branches[norm]
                yield from self._walk(here, tokens, start, i + 1, plural, skipped, skip)
            for single in singulars(norm):
                if single in node.branches:
                    here = node.branches[single]
                    yield from self._walk(here, tokens, start, i + 1, True, skipped, skip)
            if i == start or len(skipped) > 2:
                return
            if norm not in ARTICLES:
                if not skip(i):
                    return
                skipped = (*skipped, i)
            i += 1


def normal_form(phrase: str) -> str:
    """A phrase as it is compared: plain words, single spaces, no articles."""
    words = [token.norm for token in tokenize(phrase)]
    return " ".join(word for word in words if word not in ARTICLES) or plain(phrase).strip()
