"""The solver against enumeration of every configuration."""

import numpy as np
from hypothesis import given, settings

from tautband.reasoning.evidence import Evidence
from tautband.reasoning.network import Network
from tautband.reasoning.posterior import solve
from tests.unit.reasoning.reference import enumerate_all
from tests.unit.reasoning.worlds import small_worlds


@settings(max_examples=150, deadline=None)
@given(small_worlds())
def test_agrees_with_enumeration(world: tuple[Network, Evidence]) -> None:
    network, evidence = world
    truth = enumerate_all(network, evidence)
    answer = solve(network, evidence, bound=0.0)
    assert answer.bound == 0.0
    np.testing.assert_allclose(answer.probability, truth.probability, atol=1e-9)
    np.testing.assert_allclose(answer.variant, truth.variant, atol=1e-9)
    assert abs(answer.log_evidence - np.log(truth.evidence)) < 1e-9
