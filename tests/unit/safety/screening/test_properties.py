"""The engine against the readable reference, and the properties that keep a screening safe.

The full million of answer sets is ``make safety``; here are a few thousand.
"""

from functools import cache

import numpy as np
import pytest
from benchmarks.answer_sets import CHOICES, LADDER, World, answers_of, draw, worsen
from benchmarks.safety import check, load_world
from hypothesis import given, settings
from hypothesis import strategies as st

from tautband.safety.screening.engine import screen
from tautband.safety.screening.rules import TECHNIQUES
from tests.unit.safety.screening.reference import decide_all


@cache
def world() -> World:
    return load_world()


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), worse=st.booleans())
def test_the_engine_agrees_with_the_readable_reference(seed: int, worse: bool) -> None:
    rng = np.random.default_rng(seed)
    columns = draw(world(), 3, rng)
    if worse:
        columns = worsen(world(), columns, rng)
    for row in range(3):
        answers, target = answers_of(world(), columns, row)
        judged = screen(answers, [target], world().policy, world().rules, world().known)
        found = {"patient": judged.patient.decision.key, "muscle": judged.muscles[0].decision.key}
        found |= {t: judged.muscles[0].techniques[t].key for t in TECHNIQUES}
        assert found == decide_all(answers, target)


@pytest.mark.parametrize("seed", [1, 2])
def test_no_risk_and_no_forgotten_safeguard_makes_a_decision_milder(seed: int) -> None:
    tally = check(world(), sets=4_000, compared=60, seed=seed)
    assert tally.violations == 0
    assert tally.disagreements == 0
    assert tally.stricter > 400  # the sets do exercise the rules


def test_the_check_would_find_a_rule_that_softens() -> None:
    """A policy whose tables are turned round must be caught; else the property proves nothing."""
    from dataclasses import replace

    policy = world().policy
    bad = policy.rules["fever"]
    turned = replace(bad, outcomes=tuple(reversed(bad.outcomes)))
    broken = replace(world(), policy=replace(policy, rules={**policy.rules, "fever": turned}))
    assert check(broken, sets=4_000, compared=0).violations > 0


def test_every_number_and_choice_has_its_ladder() -> None:
    questions = world().known.questions.values()
    assert set(LADDER) == {q.key for q in questions if q.kind in ("number", "days")}
    assert set(CHOICES) == {q.key for q in questions if q.kind == "choice"}


def test_an_answer_is_the_same_every_time() -> None:
    rng = np.random.default_rng(7)
    columns = draw(world(), 5, rng)
    for row in range(5):
        answers, target = answers_of(world(), columns, row)
        args = (answers, [target], world().policy, world().rules, world().known)
        assert screen(*args) == screen(*args)
