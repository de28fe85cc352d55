"""Conditions as one readable line, such as ``takes anticoagulant and not treatment_stable``.

condition  = part ("or" part)*          part = unit ("and" unit)*
unit       = "not" unit | "(" condition ")" | atom
atom       = question                    the yes/no question is answered yes
           | question = choice           the choice was taken
           | question < 14 (<=, >, >=)   the number compares so
           | takes class                 a medicine of the class is taken
           | at question                 a place that was named holds the target
           | near question               ... or lies next to it
           | any question                some place was named
           | here feature value          the target has the feature: part, risk, status, group
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tautband.base.errors import InputError
from tautband.safety.screening.truth import Truth

_SIGN = re.compile(r"\s*(?:(?P<sign><=|>=|[<>=()])|(?P<word>[A-Za-z0-9_.]+)|(?P<odd>\S))")
_COMPARISONS = ("<", "<=", ">", ">=")
_PLACED = ("at", "near", "any")
_RESERVED = frozenset({"and", "or", "not", "takes", "here", *_PLACED})
MOST_NESTED = 20


@dataclass(frozen=True)
class Yes:
    """A yes/no question, answered yes."""

    question: str


@dataclass(frozen=True)
class Is:
    """A choice that was taken."""

    question: str
    choice: str


@dataclass(frozen=True)
class Compares:
    """A number on one side of a limit."""

    question: str
    sign: str
    limit: float


@dataclass(frozen=True)
class Takes:
    """A medicine of a class is taken."""

    drug_class: str


@dataclass(frozen=True)
class Placed:
    """A named place holds the target (``at``), or is next to it (``near``), or exists (``any``)."""

    how: str
    question: str


@dataclass(frozen=True)
class Here:
    """The target itself has a feature; always known."""

    feature: str
    value: str


Atom = Yes | Is | Compares | Takes | Placed | Here


@dataclass(frozen=True)
class Not:
    """The contrary."""

    inner: "Condition"


@dataclass(frozen=True)
class AllOf:
    """Every part holds."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple["Condition", ...]


Condition = Atom | Not | AllOf | AnyOf


def judge(condition: Condition, truth_of: Callable[[Atom], Truth]) -> Truth:
    """The truth of a condition from that of its atoms."""
    if isinstance(condition, AllOf):
        found = Truth.YES
        for part in condition.parts:
            found = min(found, judge(part, truth_of))
            if found is Truth.NO:
                break
        return found
    if isinstance(condition, AnyOf):
        found = Truth.NO
        for part in condition.parts:
            found = max(found, judge(part, truth_of))
            if found is Truth.YES:
                break
        return found
    if isinstance(condition, Not):
        return judge(condition.inner, truth_of).negated
    return truth_of(condition)


def atoms(condition: Condition, negated: bool = False) -> Iterator[tuple[Atom, bool]]:
    """Every atom with whether it stands under an odd number of ``not``."""
    if isinstance(condition, AllOf | AnyOf):
        for part in condition.parts:
            yield from atoms(part, negated)
    elif isinstance(condition, Not):
        yield from atoms(condition.inner, not negated)
    else:
        yield condition, negated


def parse_condition(text: str) -> Condition:
    """Read a condition; raises InputError that shows where it cannot be read."""
    return _Reader(text).whole()


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.signs = [m.group(m.lastgroup or 0) for m in _SIGN.finditer(text)]
        self.place = 0
        self.depth = 0

    def whole(self) -> Condition:
        found = self._any()
        if self.place < len(self.signs):
            raise self._error(f"has '{self.signs[self.place]}' where it should end")
        return found

    def _any(self) -> Condition:
        parts = [self._all()]
        while self._take("or"):
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def _all(self) -> Condition:
        parts = [self._unit()]
        while self._take("and"):
            parts.append(self._unit())
        return parts[0] if len(parts) == 1 else AllOf(tuple(parts))

    def _unit(self) -> Condition:
        self.depth += 1
        if self.depth > MOST_NESTED:
            raise self._error("is nested too deeply")
        try:
            if self._take("not"):
                return Not(self._unit())
            if self._take("("):
                found = self._any()
                if not self._take(")"):
                    raise self._error("lacks a ')'")
                return found
            return self._atom()
        finally:
            self.depth -= 1

    def _atom(self) -> Condition:
        if self._take("takes"):
            return Takes(self._word())
        if self._take("here"):
            return Here(self._word(), self._word())
        for how in _PLACED:
            if self._take(how):
                return Placed(how, self._word())
        question = self._word()
        if self._take("="):
            return Is(question, self._word())
        for sign in _COMPARISONS:
            if self._take(sign):
                return Compares(question, sign, self._number())
        return Yes(question)

    def _word(self) -> str:
        if self.place >= len(self.signs):
            raise self._error("ends too early")
        word = self.signs[self.place]
        if word in _RESERVED or not re.fullmatch(r"[A-Za-z0-9_.]+", word):
            raise self._error(f"has '{word}' where a name should stand")
        self.place += 1
        return word

    def _number(self) -> float:
        word = self._word()
        try:
            return float(word)
        except ValueError:
            raise self._error(f"compares with '{word}'") from None

    def _take(self, sign: str) -> bool:
        if self.place < len(self.signs) and self.signs[self.place] == sign:
            self.place += 1
            return True
        return False

    def _error(self, problem: str) -> InputError:
        return InputError(
            f"condition '{self.text}'",
            problem,
            "atoms joined by and, or, not, such as 'takes anticoagulant and not treatment_stable'",
        )
