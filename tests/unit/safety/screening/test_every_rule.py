"""Every rule fires when it should, stays silent when it should not, and asks when it is not known.

The answers are made from each rule's own condition; what a clinician expects without looking at
the rules stands in ``test_clinical``.
"""

from typing import Any

import pytest

from tautband.atlas.atlas import load_atlas
from tautband.base.side import Side
from tautband.care.screen import default_policy, read_answers
from tautband.safety.decision import Decision
from tautband.safety.screening.engine import screen
from tautband.safety.screening.rules import Compiled, load_knowledge, load_rules
from tautband.safety.screening.screening import Reason
from tautband.safety.screening.targets import Target, muscle_target, with_both_sides
from tautband.safety.screening.truth import Truth
from tests.unit.safety.screening.cast import fired, healthy
from tests.unit.safety.screening.test_clinical import CASES, TECHNIQUES
from tests.unit.safety.screening.witness import KNOWN, witnesses

RULES = load_rules()
ATLAS = load_atlas()
TARGETS = [
    muscle_target(m, side, ATLAS, KNOWN.places)
    for m in ATLAS.muscles.values()
    for side in (Side.LEFT, Side.RIGHT)
]
LUNGS = with_both_sides(t for t in TARGETS if t.muscle in ("rhomboids", "infraspinatus"))


def reasons(targets: tuple[Target, ...], answers: dict[str, Any], rule: str) -> list[Reason]:
    read = read_answers(answers)
    known = load_knowledge()
    judged = screen(read, targets, default_policy(), {rule: RULES[rule]}, known)
    return list(judged.reasons)


def cases_of(compiled: Compiled, wanted: bool) -> list[tuple[tuple[Target, ...], dict[str, Any]]]:
    """A few targets and answers under which a rule's condition is ``wanted``."""
    found: list[tuple[tuple[Target, ...], dict[str, Any]]] = []
    for target in [*TARGETS, *LUNGS]:
        for changes in witnesses(compiled.when, target, wanted):
            if compiled.unless is not None:
                for unsafe in witnesses(compiled.unless, target, False):
                    found.append(((target,), healthy(**{**unsafe, **changes})))
                    break
            else:
                found.append(((target,), healthy(**changes)))
            break
        if len(found) == 3:
            break
    return found


@pytest.mark.parametrize("rule", RULES)
def test_it_fires_with_the_decision_of_the_policy(rule: str) -> None:
    cases = cases_of(RULES[rule], True)
    assert cases, f"no answers make {rule} fire"
    for targets, answers in cases:
        found = [r for r in reasons(targets, answers, rule) if r.truth is Truth.YES]
        assert found, (rule, answers)
        quiet = default_policy().rules[rule].quiet
        right = default_policy().rules[rule].decision
        assert found[0].decision == (Decision.PRECAUTION if quiet else right)
        assert found[0].why
        assert found[0].sources


@pytest.mark.parametrize("rule", RULES)
def test_it_is_silent_when_its_condition_is_known_to_be_untrue(rule: str) -> None:
    cases = cases_of(RULES[rule], False)
    assert cases, f"no answers keep {rule} silent"
    for targets, answers in cases:
        found = reasons(targets, answers, rule)
        if RULES[rule].rule.scope == "place":
            # Another part of the same muscle may still be concerned.
            found = [r for r in found if r.where.startswith(min(targets[0].parts))]
        assert found == [], (rule, answers)


@pytest.mark.parametrize("rule", [r for r, c in RULES.items() if c.questions])
def test_it_asks_and_never_passes_when_nothing_is_known(rule: str) -> None:
    empty = {"schema": "tautband.answers/1", "answers": {}}
    applied = default_policy().rules[rule]
    for targets, _ in cases_of(RULES[rule], True)[:1]:
        found = reasons(targets, empty, rule)
        assert found, rule
        expected = min(applied.decision, Decision.PRECAUTION if applied.quiet else Decision.ASK)
        assert max(r.decision for r in found) == expected
        asked = {q for r in found for q in r.missing}
        assert asked <= set(KNOWN.questions)
        assert asked, rule


@pytest.mark.parametrize("rule", [r for r, c in RULES.items() if c.unless is not None])
def test_a_safeguard_counts_only_when_it_is_known(rule: str) -> None:
    compiled = RULES[rule]
    assert compiled.unless is not None
    soft = Decision.of(compiled.rule.mitigated)
    hard = default_policy().rules[rule].decision
    assert soft < hard
    seen = set()
    for target in TARGETS:
        for risk in witnesses(compiled.when, target, True):
            for safe in witnesses(compiled.unless, target, True):
                unknown = healthy(**{**dict.fromkeys(safe, "unknown"), **risk})
                known = healthy(**{**safe, **risk})
                softened = [r for r in reasons((target,), known, rule) if r.truth is Truth.YES]
                stays = [r for r in reasons((target,), unknown, rule) if r.truth is Truth.YES]
                if not softened or not softened[0].softened:
                    continue  # the risk itself contradicts this safeguard
                assert softened[0].decision == soft
                assert stays[0].decision == hard
                seen.add(target.key)
        if len(seen) == 2:
            break
    assert seen


def test_no_rule_fires_for_a_healthy_forearm() -> None:
    assert fired("extensor carpi radialis brevis right") == {}


def test_every_rule_that_can_kill_is_in_a_case_written_by_hand() -> None:
    seen: set[str] = set()
    for _, plan, changes, _ in CASES:
        seen |= set(fired(plan, **changes))
    for _, _, plan, changes, _ in TECHNIQUES:
        seen |= set(fired(plan, **changes))
    grave = {key for key, compiled in RULES.items() if compiled.rule.can_kill}
    assert grave - seen == set()
