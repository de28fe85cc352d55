"""The sweep over few, heavy settings only, with a proven limit on all that was left out.

Settings of the bits in play are kept in a list.  A setting whose weight times its ceiling is small
is left out, and that product is added to ``lost``.  What is kept is a part of the true sum, term by
term, so with Z the kept total the left-out share is at most lost / (Z + lost), and that limits the
total variation between the reported and the true posterior (rounding and underflow aside).
"""

import math
from dataclasses import dataclass, replace

import numpy as np

from tautband.reasoning.budget import Budget
from tautband.reasoning.ceiling import Ceiling, ceilings
from tautband.reasoning.kernel import Kernel, make_kernel
from tautband.reasoning.network import Floats, Ints
from tautband.reasoning.ordering import Order
from tautband.reasoning.reduction import Bit, Step
from tautband.reasoning.sweep import Listener, Solved

MOST_CELLS = 1 << 21  # settings spread out over the bits of one step
MOST_BITS = 62  # bits in play fit a signed 64-bit key


@dataclass(frozen=True, eq=False)
class _Stop:
    """One step: kept settings before it (cell, column) and behind it (flat cell numbers)."""

    index: int
    kernel: Kernel
    cell: Ints
    column: Ints
    columns: int
    mass: Floats
    kept: Ints
    shape: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class _Pass:
    stops: list[_Stop]
    log_total: float
    log_lost: float


def pruned_sweep(
    steps: list[Step],
    bits: list[Bit],
    order: Order,
    bound: float,
    budget: Budget,
    listener: Listener | None = None,
) -> Solved:
    """Solve one component to ``bound``, or as near as ``settings`` kept at each step allow."""
    kernels = [
        make_kernel(steps[i], bits, opens, closes)
        for i, opens, closes in zip(order.steps, order.opens, order.closes, strict=True)
    ]
    slots = _slots(order)
    limits = ceilings(kernels, order.closes, budget.ceiling_bits)
    settings = budget.settings
    scout = _forward(kernels, order, slots, limits, -np.inf, max(settings // 16, 64))
    allowed = scout.log_total + np.log(bound / len(kernels)) if bound > 0 else -np.inf
    run = _forward(kernels, order, slots, limits, allowed, settings)
    joint: list[Floats] = [np.empty(0)] * len(steps)
    weights = 0
    ahead = np.ones(1)
    for stop in reversed(run.stops):
        ahead, found = _back(stop, ahead, listener)
        joint[stop.index] = found / found.sum()
        weights += len(stop.kept)
    share = np.exp(run.log_lost - np.logaddexp(run.log_total, run.log_lost))
    return Solved(joint, run.log_total, float(share), order.widest, weights)


def _slots(order: Order) -> dict[int, int]:
    """A place in the key for each bit; places are used again once a bit has closed."""
    free = list(range(MOST_BITS - 1, -1, -1))
    slots: dict[int, int] = {}
    for opens, closes in zip(order.opens, order.closes, strict=True):
        for bit in _bits(opens):
            slots[bit] = free.pop()
        for bit in _bits(closes):
            free.append(slots[bit])
    return slots


def _forward(
    kernels: list[Kernel],
    order: Order,
    slots: dict[int, int],
    limits: list[Ceiling],
    log_allowed: float,
    settings: int,
) -> _Pass:
    keys, mass = np.zeros(1, dtype=np.int64), np.ones(1)
    log_scale, log_lost = 0.0, -np.inf
    worth, log_worth = np.ones(1), 0.0
    stops: list[_Stop] = []
    for i, kernel in enumerate(kernels):
        step, opens, closes = kernel.step, order.opens[i], order.closes[i]
        own = (*step.drivers, *step.regions)
        inside = [b for b in own if not opens >> b & 1]
        behind = [b for b in own if not closes >> b & 1]
        few = max(MOST_CELLS >> len(own), 1)
        if len(keys) > few:
            rank = np.argsort(worth, kind="stable")
            gone, heavy = float(worth[rank[:-few]].sum()), np.sort(rank[-few:])
            log_lost = float(np.logaddexp(log_lost, log_worth + np.log(gone)))
            keys, mass = keys[heavy], mass[heavy]
            stops[-1] = replace(stops[-1], kept=stops[-1].kept[heavy])
        cell = _packed(keys, [slots[b] for b in inside])
        rest, column = np.unique(keys & ~_mask(slots, inside), return_inverse=True)
        before = np.zeros((1 << len(inside), len(rest)))
        before[cell, column] = mass
        out = kernel.forward(before.reshape(*kernel.shape_before, len(rest)))
        shape = out.shape
        flat = out.ravel()
        limit = limits[i]
        local = _spread(len(behind), [slots[b] for b in behind])
        at = _limit_index(limit, slots, behind, local, rest)
        value = flat * limit.limit[at]
        log_value = log_scale + limit.log_scale
        kept, lost = _select(value, np.exp(min(log_allowed - log_value, 700.0)), settings)
        if lost > 0:
            log_lost = float(np.logaddexp(log_lost, log_value + np.log(lost)))
        stops.append(_Stop(order.steps[i], kernel, cell, column, len(rest), mass, kept, shape))
        worth, log_worth = value[kept], log_value
        row, col = np.divmod(kept, len(rest))
        keys, mass = local[row] | rest[col], flat[kept]
        top = float(mass.max())
        mass = mass / top
        log_scale += float(np.log(top))
    return _Pass(stops, log_scale + float(np.log(mass.sum())), log_lost)


def _select(value: Floats, allowed: float, settings: int) -> tuple[Ints, float]:
    """Indices of the settings to keep, and the summed value of the others.

    The lightest are left out while their sum stays within ``allowed``, and further ones where more
    than ``settings`` are left.  Weights are compared by their binary exponent, in one pass.
    """
    some = np.flatnonzero(value)
    _, power = np.frexp(value[some])
    low = int(power.min())
    summed = np.cumsum(np.bincount(power - low, weights=value[some]))
    count = np.cumsum(np.bincount(power - low))
    cut = int(np.searchsorted(summed, allowed, side="right"))
    if count[-1] > settings:
        cut = max(cut, int(np.searchsorted(count, count[-1] - settings)) + 1)
    cut = min(cut, len(count) - 1)
    lost = float(summed[cut - 1]) if cut else 0.0
    return some[power - low >= cut], lost


def _back(stop: _Stop, ahead: Floats, listener: Listener | None) -> tuple[Floats, Floats]:
    """Completion weights of the kept settings before a step, and its joint weights."""
    behind = np.zeros(math.prod(stop.shape))
    behind[stop.kept] = ahead
    before = np.zeros((math.prod(stop.kernel.shape_before), stop.columns))
    before[stop.cell, stop.column] = stop.mass
    shaped = before.reshape(*stop.kernel.shape_before, stop.columns)
    completion, joint = stop.kernel.backward(behind.reshape(stop.shape), shaped)
    if listener is not None:
        listener(stop.kernel, behind.reshape(stop.shape), shaped, joint)
    values = completion.reshape(-1, stop.columns)[stop.cell, stop.column]
    return values / values.max(), joint


def _limit_index(
    limit: Ceiling, slots: dict[int, int], behind: list[int], local: Ints, rest: Ints
) -> Ints:
    """Where each cell (2**behind, columns), flattened, stands in the limits."""
    inner = np.zeros(len(local), dtype=np.int64)
    outer = np.zeros(len(rest), dtype=np.int64)
    for place, bit in enumerate(reversed(limit.bits)):
        slot = slots[bit]
        if bit in behind:
            inner |= (local >> slot & 1) << place
        else:
            outer |= (rest >> slot & 1) << place
    return (inner[:, None] + outer[None, :]).ravel()


def _packed(keys: Ints, slots: list[int]) -> Ints:
    cell = np.zeros(len(keys), dtype=np.int64)
    for slot in slots:
        cell = cell << 1 | (keys >> slot & 1)
    return cell


def _spread(count: int, slots: list[int]) -> Ints:
    """Key bits of each of 2**count cells, the first slot being the highest digit of the cell."""
    cells = np.arange(1 << count)
    keys = np.zeros(1 << count, dtype=np.int64)
    for place, slot in enumerate(reversed(slots)):
        keys |= (cells >> place & 1) << slot
    return keys


def _mask(slots: dict[int, int], bits: list[int]) -> int:
    return sum(1 << slots[b] for b in bits)


def _bits(mask: int) -> list[int]:
    return [b for b in range(mask.bit_length()) if mask >> b & 1]
