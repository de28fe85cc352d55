"""Fewer regions, where a body is painted so widely that no sum over all of them can be had.

Neighbouring regions tell much the same.  Those that most causes can paint cost most and are taken
as unknown, until the rest can be solved exactly.  The answer then rests on part of the drawing:
nothing is certified about it, and it carries the bound 1.
"""

from dataclasses import replace

import numpy as np

from tautband.reasoning.ordering import best_order
from tautband.reasoning.steps import Bit, Step, components
from tautband.reasoning.sweep import Listener, Solved, sweep

SHARE_AT_ONCE = 8  # an eighth of the regions goes before costs are looked at again
FAR_TOO_WIDE, SHARE_FAR_OFF = 40, 3  # with more bits in play than this, a third goes


def thinned_sweep(
    steps: list[Step], bits: list[Bit], weights: int, listener: Listener | None = None
) -> Solved:
    """Solve a component exactly on so many of its regions that ``weights`` suffice."""
    kept = {b for step in steps for b in step.regions}
    share = SHARE_AT_ONCE
    while kept:
        kept = _without_dearest(steps, kept, share)
        thin = [_only(step, kept) for step in steps]
        groups = components([step.mask for step in thin])
        parts = [[thin[i] for i in group] for group in groups]
        orders = [best_order([s.mask for s in part]) for part in parts]
        if sum(order.cost for order in orders) <= weights:
            break
        far = max(order.widest for order in orders) > FAR_TOO_WIDE
        share = SHARE_FAR_OFF if far else SHARE_AT_ONCE
    solved = Solved([np.empty(0)] * len(steps), 0.0, 1.0, 0, 0)
    for group, part, order in zip(groups, parts, orders, strict=True):
        its = sweep(part, bits, order, listener)
        for index, joint in zip(group, its.joint, strict=True):
            solved.joint[index] = joint
        solved = replace(
            solved,
            log_total=solved.log_total + its.log_total,
            widest=max(solved.widest, its.widest),
            weights=solved.weights + its.weights,
        )
    return solved


def _without_dearest(steps: list[Step], kept: set[int], share: int) -> set[int]:
    touched = dict.fromkeys(kept, 0)
    for step in steps:
        for bit in step.regions:
            if bit in kept:
                touched[bit] += 1
    dearest = sorted(kept, key=lambda b: (-touched[b], b))
    return set(dearest[max(1, len(kept) // share) :])


def _only(step: Step, kept: set[int]) -> Step:
    columns = [i for i, b in enumerate(step.regions) if b in kept]
    regions = tuple(step.regions[i] for i in columns)
    return replace(step, regions=regions, chance=np.ascontiguousarray(step.chance[:, columns]))
