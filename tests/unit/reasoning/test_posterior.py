"""The solver against enumeration of every configuration, and what must hold at the edges."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tautband.base.errors import InputError
from tautband.reasoning import kernel
from tautband.reasoning.budget import Budget
from tautband.reasoning.evidence import Evidence
from tautband.reasoning.network import Network
from tautband.reasoning.posterior import explain, solve
from tests.unit.reasoning.reference import enumerate_all
from tests.unit.reasoning.worlds import random_evidence, random_network, small_worlds

World = tuple[Network, Evidence]


@settings(max_examples=150, deadline=None)
@given(small_worlds())
def test_agrees_with_enumeration(world: World) -> None:
    network, evidence = world
    truth = enumerate_all(network, evidence)
    answer = solve(network, evidence, bound=0.0)
    assert answer.bound == 0.0
    np.testing.assert_allclose(answer.probability, truth.probability, atol=1e-9)
    np.testing.assert_allclose(answer.variant, truth.variant, atol=1e-9)
    assert abs(answer.log_evidence - np.log(truth.evidence)) < 1e-9


@settings(max_examples=100, deadline=None)
@given(small_worlds(), st.integers(0, 3), st.integers(1, 3))
def test_wide_steps_taken_bit_by_bit_agree_too(world: World, widest: int, group: int) -> None:
    network, evidence = world
    truth = enumerate_all(network, evidence)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kernel, "WIDEST_MATRIX", widest)
        patch.setattr(kernel, "GROUP", group)
        answer, explanation = explain(network, evidence, least=0.0)
    np.testing.assert_allclose(answer.variant, truth.variant, atol=1e-9)
    _assert_explains(network, evidence, truth.lit_by, truth.leak_only, explanation)


@settings(max_examples=100, deadline=None)
@given(small_worlds())
def test_explanation_agrees_with_enumeration(world: World) -> None:
    network, evidence = world
    truth = enumerate_all(network, evidence)
    _, explanation = explain(network, evidence, least=0.0)
    _assert_explains(network, evidence, truth.lit_by, truth.leak_only, explanation)


def _assert_explains(network, evidence, lit_by, leak_only, explanation) -> None:  # type: ignore[no-untyped-def]
    painted = evidence.like_on > evidence.like_off
    share = np.zeros_like(lit_by)
    share[explanation.cause, explanation.region] = explanation.share
    np.testing.assert_allclose(share, lit_by * painted, atol=1e-9)
    np.testing.assert_allclose(explanation.unexplained, leak_only * painted, atol=1e-9)


@settings(max_examples=150, deadline=None)
@given(small_worlds(), st.integers(1, 12), st.integers(1, 5), st.sampled_from([0.0, 1e-3, 0.1]))
def test_the_bound_holds_however_little_is_kept(
    world: World, kept: int, ceiling_bits: int, bound: float
) -> None:
    network, evidence = world
    truth = enumerate_all(network, evidence)
    budget = Budget(weights=1, settings=kept, ceiling_bits=ceiling_bits)
    answer, explanation = explain(network, evidence, bound, budget, least=0.0)
    assert 0 <= answer.bound <= 1
    error = np.abs(answer.variant - truth.variant).max()
    assert error <= answer.bound + 1e-9
    assert np.abs(answer.probability - truth.probability).max() <= answer.bound + 1e-9
    assert ((answer.probability >= 0) & (answer.probability <= 1)).all()
    slack = np.log(truth.evidence) - answer.log_evidence
    assert -1e-9 <= slack
    if answer.bound < 1:
        assert slack <= -np.log1p(-answer.bound) + 1e-9
    painted = evidence.like_on > evidence.like_off
    left = np.abs(explanation.unexplained - truth.leak_only * painted)
    assert left.max(initial=0.0) <= answer.bound + 1e-9
