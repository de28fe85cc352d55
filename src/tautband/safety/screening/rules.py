"""The rules of screening as data, and the checks that keep them sound."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Literal, get_args

import msgspec

from tautband.base.errors import InputError
from tautband.base.sources import Fact, Source, bibliography, check_fact
from tautband.safety.screening.expression import (
    Atom,
    Compares,
    Condition,
    Here,
    Is,
    Placed,
    Takes,
    Yes,
    atoms,
    parse_condition,
)
from tautband.safety.screening.guidelines import Guideline, load_guidelines
from tautband.safety.screening.medicines import Lexicon, load_lexicon
from tautband.safety.screening.places import Places, load_places
from tautband.safety.screening.questions import DERIVED, Question, load_questions

Scope = Literal["patient", "place", "muscle", "technique"]
Key = Literal["proceed", "precaution", "ask", "not_today", "not_here", "do_not_needle"]
Technique = Literal["", "electrical stimulation", "deep needling"]
TECHNIQUES: tuple[str, ...] = tuple(t for t in get_args(Technique) if t)
NOT_RECOGNISED = "not_recognised"  # the class of a medicine that nobody has identified
FEATURES = frozenset({"part", "risk", "status", "group", "side", "both_sides_planned"})


class Class(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one guideline says: its own word, and the decision that Tautband reads it as."""

    said: str
    decision: Key


class Rule(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One rule; ``text`` says why.

    It fires when ``when`` is true, and asks when that is unknown.  ``unless`` is a mitigation: only
    when it is *known* to hold does the rule come down to ``mitigated``.  ``can_kill`` takes the
    strictest class of all sources.  ``quiet`` says why the rule may not interrupt.  ``sources``
    names those beyond the guidelines' own.
    """

    id: str
    scope: Scope
    when: str
    classes: dict[str, Class]
    do: str
    unless: str = ""
    mitigated: Key = "precaution"
    technique: Technique = ""
    can_kill: bool = False
    quiet: str = ""


class Compiled(msgspec.Struct, frozen=True):
    """A rule with its conditions read."""

    rule: Rule
    when: Condition
    unless: Condition | None
    by_target: bool
    questions: tuple[str, ...]


class Knowledge(msgspec.Struct, frozen=True):
    """All that the rules are checked against."""

    questions: Mapping[str, Question]
    lexicon: Lexicon
    places: Places
    guidelines: Mapping[str, Guideline]
    sources: Mapping[str, Source]


class _File(msgspec.Struct, forbid_unknown_fields=True):
    rules: tuple[Rule, ...]


@cache
def load_knowledge() -> Knowledge:
    """Questionnaire, medicines, places, guidelines and bibliography that ship."""
    return Knowledge(
        load_questions(), load_lexicon(), load_places(), load_guidelines(), bibliography()
    )


@cache
def load_rules() -> Mapping[str, Compiled]:
    """Every rule that ships, by id."""
    folder = resources.files("tautband.safety.screening").joinpath("data/rules")
    found: dict[str, Compiled] = {}
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".toml"):
            for key, rule in parse_rules(entry.read_text("utf-8"), load_knowledge()).items():
                if key in found:
                    raise InputError(f"rule {key}", "stands in two files", "one place")
                found[key] = rule
    return found


def parse_rules(text: str, known: Knowledge) -> dict[str, Compiled]:
    """Read and check rules; raises InputError that names rule and field."""
    try:
        listed = msgspec.convert(tomllib.loads(text), _File).rules
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InputError("rules", str(error)) from error
    found: dict[str, Compiled] = {}
    for rule in listed:
        if rule.id in found:
            raise InputError(f"rule {rule.id}", "stands there twice", "one place")
        found[rule.id] = compile_rule(rule, known)
    return found


def compile_rule(rule: Rule, known: Knowledge) -> Compiled:
    """Check a rule and read its conditions; raises InputError."""
    where = f"rule {rule.id}"
    if not rule.text or not rule.do:
        raise InputError(where, "lacks its reason or its advice", "text and do")
    if rule.quiet and rule.can_kill:
        raise InputError(f"{where}.quiet", "stands on what can kill", "no quiet note there")
    if (rule.scope == "technique") != bool(rule.technique):
        raise InputError(f"{where}.technique", "does not fit the scope", "one for that scope only")
    for key in rule.classes:
        if key not in known.guidelines:
            raise InputError(f"{where}.classes", f"names '{key}'", "a key of the guidelines")
    if not rule.classes:
        raise InputError(f"{where}.classes", "is empty", "the class of at least one guideline")
    check_fact(where, with_guidelines(rule, known.guidelines), known.sources)
    when = parse_condition(rule.when)
    unless = parse_condition(rule.unless) if rule.unless else None
    _check_atoms(f"{where}.when", when, known, worry=True)
    if unless is not None:
        _check_atoms(f"{where}.unless", unless, known, worry=False)
    both = [*atoms(when), *(atoms(unless) if unless is not None else ())]
    by_target = any(
        isinstance(a, Here) or (isinstance(a, Placed) and a.how != "any") for a, _ in both
    )
    if rule.scope == "patient" and by_target:
        raise InputError(f"{where}.scope", "is 'patient', but it looks at a target", "another")
    if rule.scope in ("place", "muscle") and not by_target and rule.id != "not_trained":
        raise InputError(f"{where}.scope", "is of a target, but it looks at none", "'patient'")
    return Compiled(rule, when, unless, by_target, _questions_in(both))


def with_guidelines(rule: Rule, guidelines: Mapping[str, Guideline]) -> Fact:
    """The rule's statement with all its sources: its own and those of its guidelines."""
    keys = [guidelines[key].source for key in rule.classes] + list(rule.sources)
    return Fact(text=rule.text, sources=tuple(dict.fromkeys(keys)), confidence=rule.confidence)


def _questions_in(found: list[tuple[Atom, bool]]) -> tuple[str, ...]:
    keys: list[str] = []
    for atom, _ in found:
        if isinstance(atom, Takes):
            keys.append("medicines")
        elif isinstance(atom, Compares) and atom.question == DERIVED:
            keys += ["height", "weight"]
        elif not isinstance(atom, Here):
            keys.append(atom.question)
    return tuple(dict.fromkeys(keys))


def _check_atoms(where: str, condition: Condition, known: Knowledge, worry: bool) -> None:
    for atom, negated in atoms(condition):
        problem = _problem(atom, known) or _polarity(atom, negated, known, worry)
        if problem:
            raise InputError(where, f"has {atom}, {problem}", "a condition that can be judged")


def _problem(atom: Atom, known: Knowledge) -> str:
    if isinstance(atom, Here):
        return "" if atom.feature in FEATURES else "which is no feature of a target"
    if isinstance(atom, Takes):
        fits = atom.drug_class in known.lexicon.classes or atom.drug_class == NOT_RECOGNISED
        return "" if fits else "which is no class of medicines"
    key = atom.question
    if key == DERIVED:
        return "" if isinstance(atom, Compares) else "which is a number"
    if key not in known.questions:
        return "which is no question"
    question = known.questions[key]
    fits = {
        Yes: question.kind == "yes_no",
        Is: question.kind == "choice",
        Compares: question.kind in ("number", "days"),
        Placed: question.kind == "places",
    }[type(atom)]
    if not fits:
        return f"but the question is of kind {question.kind}"
    if isinstance(atom, Is) and atom.choice not in {c.replace(" ", "_") for c in question.choices}:
        return "which is no choice of the question"
    return ""


def _polarity(atom: Atom, negated: bool, known: Knowledge, worry: bool) -> str:
    """Why an atom would make more risk milder, or less of a safeguard milder; "" when it cannot.

    A risk may stand only where it makes a condition truer for the worse, a safeguard only where
    it makes it less so; then no added risk and no forgotten safeguard can soften a decision.
    """
    if isinstance(atom, Takes | Placed):
        return "which would let a risk soften the rule" if negated == worry else ""
    if isinstance(atom, Yes):
        risk = known.questions[atom.question].risk == "yes"
        softens = (risk == negated) if worry else (risk != negated)
        return "which would let a risk soften the rule" if softens else ""
    return ""
