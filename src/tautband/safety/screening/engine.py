"""The engine: answers, targets and a policy in; decisions with their reasons out.  Pure."""

from collections.abc import Iterable, Iterator, Mapping

from tautband.base.errors import InputError
from tautband.safety.decision import Decision
from tautband.safety.screening.answers import Answers
from tautband.safety.screening.expression import AllOf, AnyOf, Condition, Here, Not, Takes, judge
from tautband.safety.screening.known import Known
from tautband.safety.screening.medicines import How, Medicine
from tautband.safety.screening.places import Places
from tautband.safety.screening.policy import Policy
from tautband.safety.screening.questions import DERIVED
from tautband.safety.screening.rules import (
    TECHNIQUES,
    Compiled,
    Knowledge,
    with_guidelines,
)
from tautband.safety.screening.screening import Reason, Screening, assemble
from tautband.safety.screening.targets import Target, part_target
from tautband.safety.screening.truth import Truth
from tautband.text.near import close_names


def screen(
    answers: Answers,
    targets: Iterable[Target],
    policy: Policy,
    rules: Mapping[str, Compiled],
    known: Knowledge,
    planned: Iterable[str] = (),
    extra: Iterable[Reason] = (),
) -> Screening:
    """Judge a patient, the regions and muscles of a plan, and every technique.

    ``planned`` are techniques beyond plain needling; ``extra`` are reasons that other parts of
    safety found.  Raises InputError for a technique that nobody knows.
    """
    sides, techniques = tuple(targets), tuple(dict.fromkeys(planned))
    for technique in techniques:
        if technique not in TECHNIQUES:
            raise InputError(
                "technique", f"'{technique[:60]}' is not known", "one of " + ", ".join(TECHNIQUES),
                close_names(technique, TECHNIQUES),
            )  # fmt: skip
    regions = regions_of(sides, known.places)
    found = list(reasons_of(answers, sides, regions, policy, rules, known))
    names = {key: f"{region.name}, {region.side}" for key, region in regions.items()}
    return assemble(
        [*found, *extra], sides, names, TECHNIQUES, techniques, policy.name, policy.changes
    )


def regions_of(targets: Iterable[Target], places: Places) -> dict[str, Target]:
    """The parts of the body that some targets touch, by key."""
    pairs = dict.fromkeys((part, t.side) for t in targets for part in sorted(t.parts))
    found = [part_target(part, side, places) for part, side in pairs]
    return {target.key: target for target in found}


def reasons_of(
    answers: Answers,
    targets: tuple[Target, ...],
    regions: Mapping[str, Target],
    policy: Policy,
    rules: Mapping[str, Compiled],
    known: Knowledge,
) -> Iterator[Reason]:
    """Every rule that fires or asks, for the patient, each region, each muscle, each technique."""
    person = Known(answers)
    at_muscles = [(target, Known(answers, target)) for target in targets]
    at_regions = [(region, Known(answers, region)) for region in regions.values()]
    for compiled in rules.values():
        scope = compiled.rule.scope
        if scope == "patient" or (scope == "technique" and not compiled.by_target):
            yield from _reason(compiled, policy, person, None, known)
        else:
            for target, there in at_regions if scope == "place" else at_muscles:
                yield from _reason(compiled, policy, there, target, known)


def _reason(
    compiled: Compiled, policy: Policy, there: Known, target: Target | None, known: Knowledge
) -> Iterator[Reason]:
    rule, applied = compiled.rule, policy.rules[compiled.rule.id]
    when = judge(compiled.when, there)
    if when is Truth.NO:
        return
    safe = Truth.NO if compiled.unless is None else judge(compiled.unless, there)
    decision = applied.outcome(when, safe)
    if decision is Decision.PROCEED:
        return
    fact = with_guidelines(rule, known.guidelines)
    softened = safe is Truth.YES
    yield Reason(
        id=rule.id,
        scope=rule.scope,
        decision=decision,
        why=rule.text,
        do=rule.do,
        where=target.key if target else "",
        technique=rule.technique,
        truth=when,
        softened=softened,
        missing=_missing(compiled, when, safe, there),
        classes={k: (c.said, Decision.of(c.decision)) for k, c in rule.classes.items()},
        sources=fact.sources,
        confidence=str(fact.confidence),
        can_kill=rule.can_kill,
        quiet=rule.quiet if applied.quiet else "",
        policy=applied.note,
        about=_about(compiled, there, target),
    )


def _missing(compiled: Compiled, when: Truth, safe: Truth, there: Known) -> tuple[str, ...]:
    """Questions that are not answered and whose answer could still change what the rule decides."""
    open_conditions: list[Condition] = []
    if when is Truth.UNKNOWN:
        open_conditions.append(compiled.when)
    if compiled.unless is not None and safe is Truth.UNKNOWN:
        open_conditions.append(compiled.unless)
    found: list[str] = []
    for condition in open_conditions:
        found += unknown_questions(condition, there)
    return tuple(dict.fromkeys(found))


def unknown_questions(condition: Condition, there: Known) -> list[str]:
    """The open questions of the parts of a condition that are still unknown."""
    if judge(condition, there) is not Truth.UNKNOWN:
        return []
    if isinstance(condition, AllOf | AnyOf):
        return [key for part in condition.parts for key in unknown_questions(part, there)]
    if isinstance(condition, Not):
        return unknown_questions(condition.inner, there)
    if isinstance(condition, Takes):
        return ["medicines"]
    if isinstance(condition, Here):
        return []
    if condition.question == DERIVED:
        return [key for key in ("height", "weight") if there.answers.get(key) is None]
    return [condition.question]


def _about(compiled: Compiled, there: Known, target: Target | None) -> str:
    """What it is about: the medicines that were not recognised, or the atlas's reason."""
    if compiled.rule.id == "medicine_not_recognised":
        return "; ".join(filter(None, map(_unclear, there.answers.medicines)))
    if target is not None and compiled.rule.id in ("not_needled", "restricted"):
        return target.note
    return ""


def _unclear(medicine: Medicine) -> str:
    if medicine.how is How.NEAR_MISS:
        return f"'{medicine.typed}': did you mean {' or '.join(medicine.suggestions)}?"
    return f"'{medicine.typed}' is not recognised" if medicine.how is How.NOT_RECOGNISED else ""
