"""Upper limits on what a set of explained regions can still come to, from a coarse sweep back.

The exact completion weights need one number per setting of the bits in play.  Where these are too
many, bits are forgotten by taking the larger of the two values: a true upper limit, since all
terms are non-negative and every later step is monotone in the completion weights.
"""

from dataclasses import dataclass

import numpy as np

from tautband.reasoning.kernel import Kernel
from tautband.reasoning.network import Floats


@dataclass(frozen=True, eq=False)
class Ceiling:
    """Limits behind one step: flat over ``bits`` (first is highest), times exp(log_scale)."""

    bits: list[int]
    limit: Floats
    log_scale: float


def ceilings(kernels: list[Kernel], closes: list[int], width: int) -> list[Ceiling]:
    """Limits behind each step, and last in the list those before the first step."""
    now = Ceiling([], np.ones(1), 0.0)
    found = [now]
    for kernel, closed in zip(reversed(kernels), reversed(closes), strict=True):
        now = _before(kernel, closed, now, width)
        found.append(now)
    found.reverse()
    return found[1:] + found[:1]


def _before(kernel: Kernel, closed: int, behind: Ceiling, width: int) -> Ceiling:
    step = kernel.step
    own = [b for b in (*step.drivers, *step.regions) if not closed >> b & 1]
    slim = _forget(behind, width - len(own), set(own))
    rest = [b for b in slim.bits if b not in own]
    held = [b for b in own if b in slim.bits]
    cube = slim.limit.reshape((2,) * len(slim.bits))
    cube = cube.transpose([slim.bits.index(b) for b in held + rest])
    wide = cube.reshape(*(2 if b in held else 1 for b in own), -1)
    full = np.broadcast_to(wide, (2,) * len(own) + wide.shape[-1:])
    ahead = full.reshape(*kernel.shape_after, -1)
    before = kernel.completion(ahead)
    top = float(before.max())
    axes = [b for i, b in enumerate(step.drivers) if i not in kernel.new_drivers]
    axes += [b for b, f in zip(step.regions, kernel.factor, strict=True) if f.shape[2] == 2]
    return Ceiling(axes + rest, before.ravel() / top, slim.log_scale + float(np.log(top)))


def _forget(ceiling: Ceiling, width: int, keep: set[int]) -> Ceiling:
    """Forget bits, those first whose two values differ least, until ``width`` others are left."""
    bits, limit = list(ceiling.bits), ceiling.limit
    while sum(b not in keep for b in bits) > max(width, 0):
        cube = limit.reshape((2,) * len(bits))
        loss = {}
        for axis, bit in enumerate(bits):
            if bit not in keep:
                two = limit.reshape(1 << axis, 2, -1)
                low, high = float(two[:, 0].sum()), float(two[:, 1].sum())
                loss[axis] = max(low, high) / max(min(low, high), 1e-300)
        axis = min(loss, key=lambda a: loss[a])
        limit = cube.max(axis=axis).ravel()
        del bits[axis]
    return Ceiling(bits, limit, ceiling.log_scale)
