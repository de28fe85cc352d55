"""Upper limits on what a set of explained regions can still come to, from a coarse sweep back.

The exact completion weights need one number per setting of the bits in play.  Where these are too
many, a bit is taken out of the table and turned into a *slope*, a factor for the setting in which
it is unlit.  With low(x) and high(x) the limits for unlit and lit, and any slope s, the table
max(high, low / s) is a true limit: times 1 it is at least high, times s it is at least low.  All
later steps are monotone in the completion weights, so limits stay limits on the way back.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tautband.reasoning.kernel import Kernel
from tautband.reasoning.network import Floats, Ints

LEANINGS = (0.0, 0.2, 0.4, 0.6, 1.0)  # slopes tried, between the smallest and largest low / high
UNLIT = 0.1  # how much settings with an unlit bit count when a slope is chosen
TINY = 1e-12
ROUNDED_UP = 1 + 2.0**-23  # a single is within 2**-24 of what it stands for
BYTES = 8  # of a key
_DIGITS = (np.arange(256)[:, None] >> np.arange(8)) & 1


@dataclass(frozen=True, eq=False)
class Ceiling:
    """Limits over settings of the bits in play, times exp(log_scale).

    ``limit`` (rows, 2**bits), the first of ``bits`` being the highest digit; it is multiplied with
    the ``slope`` of each unlit bit, and with ``row_slope`` (rows,) of each unlit bit there.
    """

    bits: list[int]
    limit: NDArray[np.floating]
    slope: dict[int, float]
    row_slope: dict[int, Floats]
    log_scale: float

    def of(self, keys: Ints, slots: dict[int, int]) -> tuple[Ints, Floats]:
        """For each key, its column in ``limit``, and the product of its slopes."""
        place = np.zeros((BYTES, 8), dtype=np.int64)
        fall = np.zeros((BYTES, 8))
        for digit, bit in enumerate(reversed(self.bits)):
            place.flat[slots[bit]] = 1 << digit
        for bit, slope in self.slope.items():
            fall.flat[slots[bit]] = np.log(slope)
        parts = keys.view(np.uint8).reshape(-1, BYTES)
        column = np.zeros(len(keys), dtype=np.int64)
        product = np.ones(len(keys))
        for byte in range(BYTES):
            if place[byte].any():
                column += (_DIGITS @ place[byte])[parts[:, byte]]
            if fall[byte].any():
                product *= np.exp((1 - _DIGITS) @ fall[byte])[parts[:, byte]]
        return column, product

    def for_rows(self, rows: Ints, keys: Ints, slots: dict[int, int]) -> Floats:
        """Limits of keys, each for its own row."""
        column, value = self.of(keys, slots)
        value *= self.limit[rows, column]
        for bit, slope in self.row_slope.items():
            value *= np.where(keys >> slots[bit] & 1, 1.0, slope[rows])
        return value

    def for_all_rows(self, keys: Ints, slots: dict[int, int]) -> Floats:
        """Limits (rows, keys)."""
        column, product = self.of(keys, slots)
        value: Floats = self.limit[:, column] * product
        for bit, slope in self.row_slope.items():
            value *= np.where(keys >> slots[bit] & 1, 1.0, slope[:, None])
        return value


@dataclass(frozen=True, eq=False)
class Limits:
    """Around one step: limits behind it, and before it for each of its rows, weights included."""

    behind: Ceiling
    rows: Ceiling


def ceilings(kernels: Sequence[Kernel], width: int) -> list[Limits]:
    """Limits around each step, with at most about ``width`` bits in a table."""
    behind = Ceiling([], np.ones((1, 1)), {}, {}, 0.0)
    found = []
    for kernel in reversed(kernels):
        rows = _weighted(kernel, undone(kernel, behind, width)[0])
        found.append(Limits(behind, _light(rows)))
        behind = _joined(rows)
    found.reverse()
    return found


def undone(kernel: Kernel, behind: Ceiling, width: int) -> list[Ceiling]:
    """Limits for each row of a step, before its first region acts, before its second, and so on.

    The last in the list stands behind all of them.  Drivers and weights are not yet in.
    """
    step = kernel.step
    ends = list(zip(step.regions, kernel.opens, kernel.closes, strict=True))
    own = {b for b, _, close in ends if close is None} | set(step.drivers)
    slim = _slimmed(behind, max(width - len(ends) - len(step.drivers), 0), own)
    for bit, opens, close in ends:
        if bit not in slim.bits and not opens and close is None and len(slim.bits) < width:
            slim = _tabled(slim, bit)
    count = kernel.weight.shape[-1]
    now = Ceiling(slim.bits, np.repeat(slim.limit, count, axis=0), slim.slope, {}, slim.log_scale)
    found = [now]
    for place in range(len(ends) - 1, -1, -1):
        now = _undo(now, kernel, place, width)
        found.append(now)
    found.reverse()
    return found


def _undo(now: Ceiling, kernel: Kernel, place: int, width: int) -> Ceiling:
    """Limits before one region of the step acts."""
    bit, chance, close = kernel.step.regions[place], kernel.chances[:, place], kernel.closes[place]
    slope, row_slope = dict(now.slope), dict(now.row_slope)
    bits, limit = list(now.bits), now.limit
    q = chance[:, None]
    if close is not None:
        unlit = (1 - chance) * close[0] + chance * close[1]
        if kernel.opens[place]:
            limit = limit * unlit[:, None]
        elif len(bits) < width:
            limit = np.concatenate([limit * unlit[:, None], limit * close[1]], axis=1)
            bits = [bit, *bits]
        else:
            limit = limit * close[1]
            row_slope[bit] = unlit / close[1]
    elif bit in bits:
        axis = bits.index(bit)
        two = limit.reshape(len(q), 1 << axis, 2, -1)
        low = (1 - q)[..., None] * two[:, :, 0] + q[..., None] * two[:, :, 1]
        if kernel.opens[place]:
            limit = low.reshape(len(q), -1)
            del bits[axis]
        else:
            limit = np.stack([low, two[:, :, 1]], axis=2).reshape(len(q), -1)
    else:
        fall = (1 - chance) * slope.pop(bit, 1.0) + chance
        if kernel.opens[place]:
            limit = limit * fall[:, None]
        else:
            row_slope[bit] = fall
    return Ceiling(bits, limit, slope, row_slope, now.log_scale)


def _weighted(kernel: Kernel, now: Ceiling) -> Ceiling:
    """With the weights of the rows, for each setting of the drivers; new drivers summed out."""
    drivers = kernel.step.drivers
    count = kernel.weight.shape[-1]
    held = [b for b in drivers if b in now.bits]
    rest = [b for b in now.bits if b not in drivers]
    cube = now.limit.reshape(count, *(2,) * len(now.bits))
    cube = cube.transpose(0, *(1 + now.bits.index(b) for b in held + rest))
    cube = cube.reshape(count, *(2 if b in held else 1 for b in drivers), -1)
    slope, weight = dict(now.slope), kernel.weight
    for i, bit in enumerate(drivers):
        two = np.array([slope.pop(bit, 1.0), 1.0])
        weight = weight * np.expand_dims(two, [a for a in range(weight.ndim) if a != i])
    cube = cube * np.moveaxis(weight, -1, 0)[..., None]
    new = tuple(1 + i for i in kernel.new_drivers)
    limit = cube.sum(axis=new) if new else cube
    bits = [b for i, b in enumerate(drivers) if i not in kernel.new_drivers] + rest
    return Ceiling(bits, limit.reshape(count, -1), slope, now.row_slope, now.log_scale)


def _joined(rows: Ceiling) -> Ceiling:
    """One limit for the sum of the rows.

    A slope common to all rows is chosen for each bit; a row that falls less steeply than it is
    raised by the ratio, which makes up for the difference in the worst setting.
    """
    share = rows.limit.sum(axis=1)
    share = share / share.sum()
    raised = np.ones(len(share))
    slope = dict(rows.slope)
    for bit, fall in rows.row_slope.items():
        mean, most = max(float(share @ fall), TINY), max(float(fall.max()), TINY)
        chosen = min(float(mean**0.7 * most**0.3), 1.0)
        raised *= np.maximum(fall / chosen, 1.0)
        if chosen < 1:
            slope[bit] = chosen
    limit = raised @ rows.limit
    top = float(limit.max())
    return Ceiling(rows.bits, limit[None] / top, slope, {}, rows.log_scale + float(np.log(top)))


def _light(rows: Ceiling) -> Ceiling:
    """In single precision, to hold less memory; raised first, so that rounding never lowers it."""
    top = float(rows.limit.max())
    limit = (rows.limit * (ROUNDED_UP / top)).astype(np.float32)
    log_scale = rows.log_scale + float(np.log(top))
    return Ceiling(rows.bits, limit, rows.slope, rows.row_slope, log_scale)


def _tabled(ceiling: Ceiling, bit: int) -> Ceiling:
    """Take a bit back into the table."""
    slope = dict(ceiling.slope)
    limit = np.concatenate([ceiling.limit * slope.pop(bit, 1.0), ceiling.limit], axis=1)
    return Ceiling([bit, *ceiling.bits], limit, slope, {}, ceiling.log_scale)


def _slimmed(ceiling: Ceiling, width: int, keep: Iterable[int]) -> Ceiling:
    """Take bits out of the table, cheapest first, until ``width`` others than ``keep`` are left."""
    own = set(keep)
    bits, limit, slope = list(ceiling.bits), ceiling.limit.ravel(), dict(ceiling.slope)
    while sum(b not in own for b in bits) > width:
        weight = np.ones(1)
        for _ in range(len(bits) - 1):
            weight = np.concatenate([UNLIT * weight, weight])
        found = [
            (*_sloped(limit.reshape(1 << axis, 2, -1), weight), axis)
            for axis, bit in enumerate(bits)
            if bit not in own
        ]
        _, chosen, limit, axis = min(found, key=lambda each: each[0])
        if chosen < 1:
            slope[bits[axis]] = chosen
        del bits[axis]
    return Ceiling(bits, limit[None], slope, {}, ceiling.log_scale)


def _sloped(two: NDArray[np.floating], weight: Floats) -> tuple[float, float, Floats]:
    """Cost, slope and table without one bit, the middle axis of ``two``."""
    low: Floats = two[:, 0].ravel().astype(np.float64, copy=False)
    high: Floats = two[:, 1].ravel().astype(np.float64, copy=False)
    ratio = low / np.maximum(high, 1e-300)
    least, most = max(float(ratio.min()), TINY), max(float(ratio.max()), TINY)
    true = float(weight @ (UNLIT * low + high))
    tried = []
    for leaning in LEANINGS:
        slope = min(least ** (1 - leaning) * most**leaning, 1.0)
        limit = np.maximum(high, low / slope)
        tried.append((float(weight @ limit) * (1 + UNLIT * slope) / true, slope, limit))
    return min(tried, key=lambda each: each[0])
