"""How likely each cause is, given the evidence: exact, or with a certified bound."""

from dataclasses import dataclass, replace

import numpy as np

from tautband.base.errors import InputError
from tautband.reasoning.budget import Budget, budget_for
from tautband.reasoning.canonical import canonical
from tautband.reasoning.evidence import Evidence
from tautband.reasoning.explanation import Explanation, Witness
from tautband.reasoning.network import Floats, Network
from tautband.reasoning.ordering import CHEAP, best_order
from tautband.reasoning.problem import Problem, problem_of
from tautband.reasoning.pruned import MOST_BITS, pruned_sweep
from tautband.reasoning.reduction import Reduced, reduce
from tautband.reasoning.steps import Bit, Step
from tautband.reasoning.sweep import Listener, Solved, sweep
from tautband.reasoning.thinning import thinned_sweep

# Weights of an exact sum beyond which keeping the heaviest settings has never come to a bound.
BEYOND_BOUNDS = 1 << 32
FAR_BELOW = 8  # times cheaper than the budget: exact, however the steps are numbered


@dataclass(frozen=True)
class Effort:
    """What an answer took: for benchmarks, not for decisions."""

    components: int
    steps: int
    live_regions: int
    widest: int
    weights: int


@dataclass(frozen=True, eq=False)
class Posterior:
    """The answer.

    ``probability`` (C,): chance that the cause is on; ``variant`` (C, V): chance that it is on in
    this variant; ``log_evidence``: logarithm of the likelihood of the evidence, at most
    -log(1 - bound) too low; ``bound``: no reported chance is further from the truth, float rounding
    (about 1e-12) aside.
    """

    probability: Floats
    variant: Floats
    log_evidence: float
    bound: float
    effort: Effort


def solve(
    network: Network, evidence: Evidence, bound: float = 1e-3, budget: Budget | None = None
) -> Posterior:
    """The posterior of every cause: exact within the budget, else certified to what it reports.

    ``bound`` is aimed at where exact sums are too large; the honest bound is in the answer.
    ``budget``: what the bound is worth, if not given.
    Raises InputError.
    """
    reduced, problem = _asked(network, evidence, bound)
    allowed = budget or budget_for(bound)
    solved = [_part(problem, part, bound, allowed) for part in problem.parts]
    return _answer(network, reduced, problem, solved)


def explain(
    network: Network,
    evidence: Evidence,
    bound: float = 1e-3,
    budget: Budget | None = None,
    least: float = 0.01,
) -> tuple[Posterior, Explanation]:
    """The posterior, and what each cause that is at least ``least`` likely accounts for."""
    reduced, problem = _asked(network, evidence, bound)
    witness, allowed = Witness(reduced, least), budget or budget_for(bound)
    solved = [_part(problem, part, bound, allowed, witness.hear) for part in problem.parts]
    posterior = _answer(network, reduced, problem, solved)
    return posterior, witness.explanation(network, posterior.variant)


def _asked(network: Network, evidence: Evidence, bound: float) -> tuple[Reduced, Problem]:
    if not 0 <= bound < 1:
        raise InputError("bound", f"is {bound}", "0 or above, below 1")
    evidence.require_fit(network)
    reduced = reduce(network, evidence)
    return reduced, problem_of(reduced.left)


def _part(
    problem: Problem,
    part: list[int],
    bound: float,
    budget: Budget,
    listener: Listener | None = None,
) -> Solved:
    steps = [problem.steps[i] for i in part]
    bits = problem.left.bits
    order = best_order([step.mask for step in steps])
    # An order found for one numbering may be missed for another.  Near the limit of the budget that
    # would decide between an exact answer and a bound, so there the numbering is made canonical.
    if order.cost <= min(CHEAP, budget.weights // FAR_BELOW):
        return sweep(steps, bits, order, listener)
    named = canonical(steps, bits)
    solved = _large(named.steps, named.bits, bound, budget, listener)
    return replace(solved, joint=named.restored(solved.joint))


def _large(
    steps: list[Step], bits: list[Bit], bound: float, budget: Budget, listener: Listener | None
) -> Solved:
    """Solve a part with all its regions, or with a bound, or with some of its regions."""
    masks = [step.mask for step in steps]
    order = best_order(masks)
    if order.cost <= BEYOND_BOUNDS:
        order = best_order(masks, hard=True)
    if order.cost <= budget.weights:
        return sweep(steps, bits, order, listener)
    if order.cost > BEYOND_BOUNDS or order.widest > MOST_BITS:
        return thinned_sweep(steps, bits, budget.weights, listener)
    return pruned_sweep(steps, bits, order, bound, budget, listener)


def _answer(
    network: Network, reduced: Reduced, problem: Problem, solved: list[Solved]
) -> Posterior:
    state = _states(network, problem, solved)
    effort = Effort(
        len(problem.parts),
        len(problem.steps),
        sum(not bit.driver for bit in problem.left.bits),
        max((s.widest for s in solved), default=0),
        sum(s.weights for s in solved),
    )
    return Posterior(
        np.minimum(state[:, 1:].sum(axis=1), 1.0),
        state[:, 1:],
        reduced.log_constant + sum(s.log_total for s in solved),
        min(sum(s.bound for s in solved), 1.0),
        effort,
    )


def _states(network: Network, problem: Problem, solved: list[Solved]) -> Floats:
    """Posterior (C, V + 1) of the states of all causes."""
    state = np.zeros((network.causes, network.variants + 1))
    joint: dict[int, Floats] = {}
    for part, its in zip(problem.parts, solved, strict=True):
        joint.update(zip(part, its.joint, strict=True))
    for index, table in joint.items():
        if problem.steps[index].cause >= 0:
            state[problem.steps[index].cause] = table.sum(axis=0)
    pair = problem.pairs(joint)
    for family in problem.left.families:
        held = problem.settings(family, joint, pair)[family.of]
        state[family.causes] = np.matmul(held[:, None, :], family.given)[:, 0]
    return np.clip(state, 0.0, 1.0)
