"""The solver against enumeration of every configuration, and what must hold at the edges."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from tautband.reasoning import ceiling, kernel, matrices, posterior, pruned
from tautband.reasoning.budget import Budget
from tautband.reasoning.ceiling import Ceiling, ceilings
from tautband.reasoning.evidence import Evidence
from tautband.reasoning.explanation import Explanation
from tautband.reasoning.kernel import make_kernel
from tautband.reasoning.network import Network
from tautband.reasoning.ordering import best_order, trace
from tautband.reasoning.posterior import explain, solve
from tautband.reasoning.problem import problem_of
from tautband.reasoning.reduction import reduce
from tests.unit.reasoning.reference import Truth, enumerate_all
from tests.unit.reasoning.worlds import (
    draw_painted,
    random_evidence,
    random_network,
    realistic_world,
    small_worlds,
)

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
        patch.setattr(matrices, "WIDEST_MATRIX", widest)
        patch.setattr(kernel, "GROUP", group)
        answer, explanation = explain(network, evidence, least=0.0)
    np.testing.assert_allclose(answer.variant, truth.variant, atol=1e-9)
    _assert_explains(evidence, truth, explanation)


@settings(max_examples=100, deadline=None)
@given(small_worlds())
def test_explanation_agrees_with_enumeration(world: World) -> None:
    network, evidence = world
    truth = enumerate_all(network, evidence)
    _, explanation = explain(network, evidence, least=0.0)
    _assert_explains(evidence, truth, explanation)


def _assert_explains(evidence: Evidence, truth: Truth, explanation: Explanation) -> None:
    painted = evidence.like_on > evidence.like_off
    share = np.zeros_like(truth.lit_by)
    share[explanation.cause, explanation.region] = explanation.share
    np.testing.assert_allclose(share, truth.lit_by * painted, atol=1e-9)
    np.testing.assert_allclose(explanation.unexplained, truth.leak_only * painted, atol=1e-9)


@settings(max_examples=150, deadline=None)
@given(
    small_worlds(),
    st.integers(1, 12),
    st.integers(1, 5),
    st.sampled_from([0.0, 1e-3, 0.1]),
    st.sampled_from([1, 1 << 9, 1 << 21]),
)
def test_the_bound_holds_however_little_is_kept(
    world: World, kept: int, ceiling_bits: int, bound: float, cells: int
) -> None:
    network, evidence = world
    truth = enumerate_all(network, evidence)
    budget = Budget(weights=1, settings=kept, ceiling_bits=ceiling_bits)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pruned, "SPREAD", cells)
        answer, explanation = explain(network, evidence, bound, budget, least=0.0)
    assert 0 <= answer.bound <= 1
    error = np.abs(answer.variant - truth.variant).max()
    assert error <= answer.bound + 1e-9
    assert np.abs(answer.probability - truth.probability).max() <= answer.bound + 1e-9
    assert ((answer.probability >= 0) & (answer.probability <= 1)).all()
    slack = np.log(truth.evidence) - answer.log_evidence
    assert slack >= -1e-9
    if answer.bound < 1:
        assert slack <= -np.log1p(-answer.bound) + 1e-9
    painted = evidence.like_on > evidence.like_off
    left = np.abs(explanation.unexplained - truth.leak_only * painted)
    assert left.max(initial=0.0) <= answer.bound + 1e-9


BUDGETS = {
    "exact": Budget(),
    "pruned": Budget(weights=1, settings=6, ceiling_bits=3),
    "thinned": Budget(weights=20),
}


@settings(max_examples=60, deadline=None)
@given(small_worlds(), st.integers(0, 2**32 - 1), st.sampled_from(sorted(BUDGETS)))
def test_order_does_not_matter(world: World, seed: int, way: str) -> None:
    network, evidence = world
    causes, shuffled, moved = _shuffled(network, evidence, np.random.default_rng(seed))
    with pytest.MonkeyPatch.context() as patch:
        if way == "thinned":
            patch.setattr(posterior, "MOST_BITS", 1)
        before = solve(network, evidence, budget=BUDGETS[way])
        after = solve(shuffled, moved, budget=BUDGETS[way])
    np.testing.assert_allclose(after.probability, before.probability[causes], rtol=0, atol=1e-12)
    assert abs(after.log_evidence - before.log_evidence) < 1e-11
    assert abs(after.bound - before.bound) < 1e-12


@pytest.mark.parametrize("weights", [Budget().weights, 1000], ids=["exact", "pruned"])
def test_order_does_not_matter_on_a_realistic_drawing(weights: int) -> None:
    network = realistic_world(seed=3).network
    rng = np.random.default_rng(11)
    for _ in range(3):
        painted = draw_painted(rng, network, 3)
        evidence = Evidence.drawn(network, painted)
        causes, shuffled, moved = _shuffled(network, evidence, rng)
        budget = Budget(weights=weights, settings=500)
        before = solve(network, evidence, budget=budget)
        after = solve(shuffled, moved, budget=budget)
        np.testing.assert_allclose(
            after.probability, before.probability[causes], rtol=0, atol=1e-12
        )


def _shuffled(
    network: Network, evidence: Evidence, rng: np.random.Generator
) -> tuple[NDArray[np.int64], Network, Evidence]:
    causes, regions = rng.permutation(network.causes), rng.permutation(network.regions)
    new_cause, new_region = np.argsort(causes), np.argsort(regions)
    links = list(
        zip(
            new_cause[network.link_cause],
            network.link_variant,
            new_region[network.link_region],
            network.link_chance,
            strict=True,
        )
    )
    couplings = list(
        zip(new_cause[network.driver], new_cause[network.child], network.factor, strict=True)
    )
    rng.shuffle(links)
    rng.shuffle(couplings)
    shuffled = Network.build(
        network.odds[causes], network.share[causes], network.leak[regions], links, couplings
    )
    moved = Evidence.of(
        shuffled,
        evidence.like_on[regions],
        evidence.like_off[regions],
        evidence.finding_lr[causes],
        evidence.variant_weight[causes],
    )
    return causes, shuffled, moved


@settings(max_examples=60, deadline=None)
@given(small_worlds())
def test_painting_a_region_only_one_cause_reaches_never_lowers_that_cause(world: World) -> None:
    network, evidence = world
    parents = [
        set(network.link_cause[network.link_region == r].tolist()) for r in range(network.regions)
    ]
    for region, its in enumerate(parents):
        if len(its) != 1:
            continue
        on, off = evidence.like_on.copy(), evidence.like_off.copy()
        on[region] = off[region] = 1.0
        rest = evidence.finding_lr, evidence.variant_weight
        unknown = solve(network, Evidence.of(network, on, off, *rest))
        off[region] = 0.0
        painted = solve(network, Evidence.of(network, on, off, *rest))
        (cause,) = its
        assert painted.probability[cause] >= unknown.probability[cause] - 1e-12


@pytest.mark.parametrize("words", [False, True], ids=["others free", "others unknown"])
def test_pruning_keeps_its_bound_on_realistic_drawings(words: bool) -> None:
    network = realistic_world(seed=2).network
    rng = np.random.default_rng(8)
    met = 0
    for _ in range(6):
        painted = draw_painted(rng, network, 3)
        evidence = Evidence.drawn(network, painted, [] if words else None)
        exact = solve(network, evidence)
        assert exact.bound == 0
        for kept in (50, 2000):
            rough = solve(network, evidence, 1e-3, Budget(weights=1, settings=kept))
            error = np.abs(rough.variant - exact.variant).max()
            assert error <= rough.bound + 1e-12
            assert rough.bound > 0
            met += rough.bound <= 1e-3
    assert met  # some of these must be worth having


def test_no_evidence_gives_the_prior_with_its_drivers() -> None:
    network = Network.build([0.1, 0.2], [[1.0], [1.0]], [0.01], [(1, 0, 0, 0.5)], [(0, 1, 4.0)])
    answer = solve(network, Evidence.of(network))
    driver = 0.1 / 1.1
    child = driver * 0.8 / 1.8 + (1 - driver) * 0.2 / 1.2
    np.testing.assert_allclose(answer.probability, [driver, child], atol=1e-15)
    assert abs(answer.log_evidence) < 1e-14


def test_a_tie_that_raises_nothing_hides_no_finding_of_the_child() -> None:
    network = Network.build([0.1, 0.2], [[1.0], [1.0]], [0.01], [(1, 0, 0, 0.5)], [(0, 1, 1.0)])
    evidence = Evidence.of(network, finding_lr=[1.0, 5.0])
    answer, truth = solve(network, evidence), enumerate_all(network, evidence)
    assert answer.log_evidence == pytest.approx(np.log(truth.evidence), abs=1e-14)
    np.testing.assert_allclose(answer.probability, truth.probability, atol=1e-14)


def test_drivers_that_nothing_drawn_reaches_hear_from_their_children() -> None:
    network = Network.build(
        [0.1, 0.2, 0.3, 0.05],
        np.ones((4, 1)),
        [0.01],
        [(3, 0, 0, 0.5)],
        [(0, 1, 4.0), (0, 2, 2.0), (0, 3, 3.0)],
    )
    findings = Evidence.of(network, finding_lr=[1.0, 9.0, 0.2, 1.0])
    painted = Evidence.drawn(network, [0], finding_lr=[1.0, 9.0, 0.2, 1.0])
    for evidence in (findings, painted):  # settled at once, and with a step of the last child
        answer, truth = solve(network, evidence), enumerate_all(network, evidence)
        np.testing.assert_allclose(answer.probability, truth.probability, atol=1e-14)
        assert answer.log_evidence == pytest.approx(np.log(truth.evidence), abs=1e-13)


def test_a_body_without_pain_lowers_every_cause() -> None:
    network = random_network(np.random.default_rng(4), 5, 2, 4)
    answer = solve(network, Evidence.drawn(network, []))
    prior = network.odds / (1 + network.odds)
    assert (answer.probability <= prior).all()
    truth = enumerate_all(network, Evidence.drawn(network, []))
    np.testing.assert_allclose(answer.probability, truth.probability, atol=1e-12)


def test_a_region_that_no_cause_reaches_is_left_to_the_leak() -> None:
    network = Network.build([0.1], [[1.0]], [0.01, 0.02], [(0, 0, 0, 0.5)])
    answer, explanation = explain(network, Evidence.drawn(network, [1], free=[]))
    assert answer.probability[0] == pytest.approx(0.1 / 1.1, abs=1e-15)
    assert answer.log_evidence == pytest.approx(np.log(0.02), abs=1e-14)
    np.testing.assert_allclose(explanation.unexplained, [0.0, 1.0])
    assert explanation.of(0) == {}


def test_links_of_chance_zero_are_as_good_as_none() -> None:
    with_zero = Network.build([0.1, 0.2], [[1.0], [1.0]], [0.01], [(0, 0, 0, 0.5), (1, 0, 0, 0.0)])
    without = Network.build([0.1, 0.2], [[1.0], [1.0]], [0.01], [(0, 0, 0, 0.5)])
    got, expected = (solve(n, Evidence.drawn(n, [0])).probability for n in (with_zero, without))
    np.testing.assert_array_equal(got, expected)


@pytest.mark.parametrize("lr", [1e-300, 1e-30, 1e30, 1e300])
def test_findings_may_be_as_strong_as_a_float_can_say(lr: float) -> None:
    rng = np.random.default_rng(6)
    network = random_network(rng, 5, 2, 4, drivers=2)
    findings = np.ones(5)
    findings[[0, 3]] = lr
    answer = solve(network, Evidence.drawn(network, [0, 1], free=[2], finding_lr=findings))
    assert np.isfinite(answer.log_evidence)
    expected = 1.0 if lr > 1 else 0.0
    np.testing.assert_allclose(answer.probability[[0, 3]], expected, atol=1e-20)


def test_everything_painted_with_every_cause_ruled_out_still_has_an_answer() -> None:
    network = random_network(np.random.default_rng(7), 6, 3, 6)
    weight = np.zeros(network.share.shape)
    answer, explanation = explain(
        network, Evidence.drawn(network, np.arange(6), variant_weight=weight)
    )
    np.testing.assert_array_equal(answer.probability, 0.0)
    np.testing.assert_allclose(explanation.unexplained, 1.0)
    chance_off = -np.log1p(network.odds).sum()
    assert answer.log_evidence == pytest.approx(chance_off + np.log(network.leak).sum())


def test_a_body_painted_all_over_ends_with_an_honest_bound() -> None:
    network = realistic_world(seed=1).network
    answer = solve(network, Evidence.drawn(network, np.arange(300)), budget=Budget(weights=10_000))
    assert answer.bound == 1
    assert ((answer.probability >= 0) & (answer.probability <= 1)).all()


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=30, deadline=None)
def test_twice_the_same_question_has_the_same_answer(seed: int) -> None:
    rng = np.random.default_rng(seed)
    network = random_network(rng, 8, 3, 8, drivers=2)
    evidence = random_evidence(rng, network)
    budget = Budget(weights=1, settings=5, ceiling_bits=3)
    first, second = (solve(network, evidence, budget=budget) for _ in range(2))
    np.testing.assert_array_equal(first.variant, second.variant)
    assert first.bound == second.bound


@settings(max_examples=300, deadline=None)
@given(small_worlds(), st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_ceilings_are_never_below_what_is_still_to_come(
    world: World, width: int, seed: int
) -> None:
    network, evidence = world
    for part in problem_of(reduce(network, evidence).left).parts:
        _assert_ceilings_hold(network, evidence, part, width, np.random.default_rng(seed))


def _assert_ceilings_hold(
    network: Network, evidence: Evidence, part: list[int], width: int, rng: np.random.Generator
) -> None:
    problem = problem_of(reduce(network, evidence).left)
    steps, bits = [problem.steps[i] for i in part], problem.left.bits
    order = trace([s.mask for s in steps], rng.permutation(len(steps)).tolist())
    kernels = [
        make_kernel(steps[i], bits, opens, closes)
        for i, opens, closes in zip(order.steps, order.opens, order.closes, strict=True)
    ]
    slots = {bit: bit for step in steps for bit in (*step.drivers, *step.regions)}
    true = ceilings(kernels, 62)  # nothing is taken out of so wide a table
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ceiling, "_light", lambda rows: rows)
        exact = ceilings(kernels, 62)
    for single, double in zip(true, exact, strict=True):
        raised = single.rows.limit * np.exp(single.rows.log_scale - double.rows.log_scale)
        assert (raised >= double.rows.limit * (1 - 1e-12)).all()
    for coarse, fine in zip(ceilings(kernels, width), true, strict=True):
        drivers = {b for s in steps for b in s.drivers}
        live = [b for b in fine.behind.bits if b not in drivers]
        for _ in range(8):
            key = sum(1 << b for b in [*live, *drivers] if rng.random() < 0.5)
            keys = np.array([key], dtype=np.int64)
            assert _limit(coarse.behind, keys, slots) >= _limit(fine.behind, keys, slots) - 1e-9


def _limit(ceiling: Ceiling, keys: NDArray[np.int64], slots: dict[int, int]) -> float:
    column, value = ceiling.of(keys, slots)
    with np.errstate(divide="ignore"):
        return float(np.log(value[0] * ceiling.limit[0, column[0]])) + ceiling.log_scale


def test_orders_take_each_step_once_and_close_each_bit() -> None:
    rng = np.random.default_rng(4)
    for _ in range(40):
        pairs = rng.integers(0, 1 << 12, (15, 2)).tolist()
        masks = [a & b | 1 << int(rng.integers(12)) for a, b in pairs]
        order = best_order(masks, hard=True)
        assert sorted(order.steps) == list(range(len(masks)))
        assert sum(m.bit_count() for m in order.closes) == sum(m.bit_count() for m in order.opens)
        for step, during in zip(order.steps, order.during, strict=True):
            assert masks[step] & ~during == 0


def test_steps_that_others_cover_never_widen_what_is_in_play() -> None:
    rng = np.random.default_rng(5)
    for _ in range(40):
        core = [0b1111 << i for i in rng.permutation(9).tolist()]
        covered = [
            int(rng.choice(core) & 0b111111111110 & rng.integers(1 << 12)) for _ in range(20)
        ]
        masks = core + [mask for mask in covered if mask]
        order = best_order(masks)
        assert sorted(order.steps) == list(range(len(masks)))
        assert order.widest <= best_order(core).widest


@pytest.mark.parametrize("kept", [100, 1000])
def test_the_bound_holds_on_realistic_drawings(kept: int) -> None:
    network = realistic_world(seed=5).network
    rng = np.random.default_rng(8)
    bounds = []
    for _ in range(6):
        evidence = Evidence.drawn(network, draw_painted(rng, network, 3))
        exact = solve(network, evidence, 0.0, Budget(weights=200_000_000))
        pruned = solve(network, evidence, 1e-3, Budget(weights=1, settings=kept, ceiling_bits=6))
        assert exact.bound == 0
        assert np.abs(pruned.variant - exact.variant).max() <= pruned.bound + 1e-9
        slack = exact.log_evidence - pruned.log_evidence
        assert -1e-9 <= slack <= -np.log1p(-pruned.bound) + 1e-9
        bounds.append(pruned.bound)
    assert 0 < min(bounds) < 0.5
