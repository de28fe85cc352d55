"""Steps as matrices, made together, against the kernel that takes each bit by bit."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tautband.reasoning.evidence import Evidence
from tautband.reasoning.kernel import make_kernel
from tautband.reasoning.matrices import WIDEST_MATRIX, matrices
from tautband.reasoning.network import Floats, Network
from tautband.reasoning.ordering import trace
from tautband.reasoning.problem import problem_of
from tautband.reasoning.reduction import reduce
from tautband.reasoning.sweep import Account, Act
from tautband.reasoning.wide import WideAct
from tests.unit.reasoning.worlds import small_worlds


@settings(max_examples=150, deadline=None)
@given(small_worlds(), st.integers(0, 2**32 - 1))
def test_a_matrix_does_what_the_kernel_does(world: tuple[Network, Evidence], seed: int) -> None:
    rng = np.random.default_rng(seed)
    problem = problem_of(reduce(*world).left)
    bits = problem.left.bits
    for part in problem.parts:
        steps = [problem.steps[i] for i in part]
        order = trace([s.mask for s in steps], rng.permutation(len(steps)).tolist())
        turns = zip(
            matrices(steps, bits, order), order.steps, order.opens, order.closes, strict=True
        )
        pairs = []
        for matrix, index, opens, closes in turns:
            assert (matrix is None) == (len(steps[index].regions) > WIDEST_MATRIX)
            if matrix is not None:
                wide = WideAct(make_kernel(steps[index], bits, opens, closes))
                _assert_same_sweep(matrix, wide, rng)
                pairs.append((matrix, wide))
        for matrix, wide in pairs:  # known once all are on the way back
            np.testing.assert_allclose(matrix.joint, wide.joint, atol=1e-12)


def _assert_same_sweep(matrix: Act, wide: Act, rng: np.random.Generator) -> None:
    assert sorted(matrix.enters) == sorted(wide.enters)
    assert sorted(matrix.leaves) == sorted(wide.leaves)
    mass = rng.random((1 << len(matrix.enters), 4))
    ahead = rng.random((1 << len(matrix.leaves), 4))
    turned_mass = _turned(mass, matrix.enters, wide.enters)
    turned_ahead = _turned(ahead, matrix.leaves, wide.leaves)
    forward = _turned(matrix.forward(mass), matrix.leaves, wide.leaves)
    np.testing.assert_allclose(forward, wide.forward(turned_mass), rtol=1e-12)
    before = _turned(matrix.backward(ahead, mass), matrix.enters, wide.enters)
    np.testing.assert_allclose(before, wide.backward(turned_ahead, turned_mass), rtol=1e-12)
    _assert_same_account(matrix.account(ahead, mass), wide.account(turned_ahead, turned_mass))


def _assert_same_account(one: Account, other: Account) -> None:
    assert one.cause == other.cause
    np.testing.assert_allclose(one.joint, other.joint, rtol=1e-12)
    place = {bit.number: number for number, bit in enumerate(other.regions)}
    assert place.keys() == {bit.number for bit in one.regions}
    lit, same = one.lit_by(), other.lit_by()
    for number, bit in enumerate(one.regions):
        np.testing.assert_allclose(lit[number], same[place[bit.number]], rtol=1e-12)
        assert one.closes(number) == other.closes(place[bit.number])
        if one.closes(number):
            unlit = other.unlit(place[bit.number])
            np.testing.assert_allclose(one.unlit(number), unlit, rtol=1e-12)


def _turned(values: Floats, axes: list[int], wanted: list[int]) -> Floats:
    """Rows over bits, with the bits in another order."""
    cube = values.reshape(*(2,) * len(axes), -1)
    turned = cube.transpose(*(axes.index(b) for b in wanted), len(axes))
    return turned.reshape(values.shape)
