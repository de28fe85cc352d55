"""The sweep over few, heavy settings only, with a proven limit on all that was left out.

Settings of the bits in play are kept in a sorted list of keys.  A setting whose weight times its
ceiling is small is left out, and that product is added to ``lost``.  What is kept is a part of the
true sum, term by term, so with Z the kept total the left-out share is at most lost / (Z + lost),
and that limits the total variation between the reported and the true posterior (rounding and
underflow aside).
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tautband.reasoning.budget import Budget
from tautband.reasoning.ceiling import Limits, ceilings, undone
from tautband.reasoning.kernel import Kernel, make_kernel
from tautband.reasoning.network import Floats, Ints
from tautband.reasoning.ordering import Order
from tautband.reasoning.steps import Bit, Step
from tautband.reasoning.sweep import Listener, Solved

MOST_BITS = 62  # bits in play fit a signed 64-bit key
MANY_STEPS = 100  # beyond, fewer settings are kept at each, so that the work stays the same
SCOUT = 16  # a first pass with so many times fewer settings tells what may be left out
SPREAD = 50_000  # outcomes of one step; beyond, it is taken region by region, pruned between
HIGHEST_POWER = 700.0  # exp of more would overflow


@dataclass(frozen=True, eq=False)
class _Moves:
    """One step as a list of moves from settings before it to settings behind it.

    ``source``, ``target``: indices into ``before`` and ``behind`` (keys); ``row``: of the kernel;
    ``driven``: setting of its drivers; ``factor``: weight of the move, that of the row aside.
    """

    index: int
    kernel: Kernel
    slots: dict[int, int]
    before: Ints
    mass: Floats
    behind: Ints
    source: Ints
    target: Ints
    row: Ints
    driven: Ints
    factor: Floats


@dataclass(frozen=True, eq=False)
class _Pass:
    moves: list[_Moves]
    log_total: float
    log_lost: float

    @property
    def bound(self) -> float:
        """The largest share that may have been left out."""
        return float(np.exp(self.log_lost - np.logaddexp(self.log_total, self.log_lost)))


@dataclass(frozen=True, eq=False)
class _Plan:
    """What every pass over the steps needs."""

    kernels: list[Kernel]
    order: Order
    slots: dict[int, int]
    limits: list[Limits]
    width: int


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
    width = budget.ceiling_bits
    plan = _Plan(kernels, order, _slots(order), ceilings(kernels, width), width)
    settings = max(budget.settings * MANY_STEPS // max(len(kernels), MANY_STEPS), 1)
    run = _forward(plan, -np.inf, max(settings // SCOUT, 64))
    if run.bound > bound:
        # each step prunes twice, before and behind it
        share = bound / (2 * len(kernels))
        allowed = run.log_total + np.log(share) if bound > 0 else -np.inf
        run = _forward(plan, allowed, settings)
    joint: list[Floats] = [np.empty(0)] * len(steps)
    ahead, weights = np.ones(1), 0
    for moves in reversed(run.moves):
        weights += len(moves.source)
        value = moves.factor * ahead[moves.target]
        found = _found(moves, value)
        joint[moves.index] = found / found.sum()
        if listener is not None:
            listener(_Told(moves, value, found))
        ahead = _back(moves, value)
    return Solved(joint, run.log_total, run.bound, order.widest, weights)


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


def _forward(plan: _Plan, log_allowed: float, settings: int) -> _Pass:
    """One pass; each of its prunings may lose exp(log_allowed), or more to keep few settings."""
    keys, mass = np.zeros(1, dtype=np.int64), np.ones(1)
    log_scale, log_lost = 0.0, -np.inf
    done: list[_Moves] = []
    for number, limits in enumerate(plan.limits):
        pruner = _Pruner(log_scale, log_allowed, settings)
        moves = _moves(plan, number, keys, mass, pruner)
        weight = moves.factor * mass[moves.source]
        weight *= moves.kernel.row_weight[moves.driven, moves.row]
        total: Floats = np.bincount(moves.target, weight, len(moves.behind)).astype(np.float64)
        column, value = limits.behind.of(moves.behind, plan.slots)
        value *= total * limits.behind.limit[0, column]
        kept = pruner.kept(value, limits.behind.log_scale, settings)
        done.append(_only(moves, kept))
        keys, mass = moves.behind[kept], total[kept]
        top = float(mass.max())
        mass = mass / top
        log_scale += float(np.log(top))
        log_lost = float(np.logaddexp(log_lost, pruner.log_lost))
    return _Pass(done, log_scale + float(np.log(mass.sum())), log_lost)


@dataclass(eq=False)
class _Pruner:
    """Chooses what to keep and adds up what is lost; weights come in units of exp(log_scale)."""

    log_scale: float
    log_allowed: float
    settings: int
    log_lost: float = -np.inf

    def kept(self, value: Floats, log_unit: float, most: int, share: int = 1) -> Ints:
        """Indices to keep, at most about ``most``: the others lose at most what is allowed, or
        more if that is too many; ``share``: into how many parts the allowance is cut."""
        log_unit += self.log_scale
        allowed = np.exp(min(self.log_allowed - log_unit, HIGHEST_POWER)) / share
        # half of the allowance for the many tiny ones, the rest for what is next to them
        some = np.flatnonzero(value > allowed / (2 * max(len(value), 1)))
        if not len(some):
            some = np.flatnonzero(value == value.max())
        heavy = value[some]
        stays = _heaviest(heavy, allowed / 2, most)
        kept: Ints = some[stays]
        lost = max(float(value.sum() - heavy[stays].sum()), 0.0)
        if lost > 0:
            self.log_lost = float(np.logaddexp(self.log_lost, log_unit + np.log(lost)))
        return kept


def _heaviest(value: Floats, allowed: float, most: int) -> NDArray[np.bool_]:
    """All but the lightest, which sum to ``allowed`` at most, or leave no more than ``most``.

    Values are compared by their binary exponent, so that ties stay together.
    """
    power = np.frexp(value)[1]
    power -= power.min()
    summed = np.cumsum(np.bincount(power, weights=value))
    count = np.cumsum(np.bincount(power))
    cut = int(np.searchsorted(summed, allowed, side="right"))
    if count[-1] > most:
        cut = max(cut, int(np.searchsorted(count, count[-1] - most)) + 1)
    heavy: NDArray[np.bool_] = power >= min(cut, len(count) - 1)
    return heavy


def _moves(plan: _Plan, number: int, keys: Ints, mass: Floats, pruner: _Pruner) -> _Moves:
    """All moves of a step, without those that are surely small."""
    kernel, slots = plan.kernels[number], plan.slots
    start, source = _with_new_drivers(kernel, slots, keys)
    driven = _driven(kernel, slots, start)
    row_limits = plan.limits[number].rows
    value = row_limits.for_all_rows(keys, slots) * mass
    value = value[:, source] * (kernel.row_weight.T[:, driven] > 0)
    heavy = pruner.kept(value.ravel(), row_limits.log_scale, 2 * pruner.settings)
    row, at = np.divmod(heavy, len(start))
    moves = _Spread(start[at], source[at], row, driven[at], np.ones(len(at)))
    between = None
    if moves.outcomes(kernel, slots) > SPREAD:
        between = undone(kernel, plan.limits[number].behind, plan.width)
    for place in range(len(kernel.regions)):
        before = len(moves.key)
        moves = moves.through(kernel, place, slots)
        if between is not None and len(moves.key) > max(before, pruner.settings // 4):
            weight = mass[moves.source] * kernel.row_weight[moves.driven, moves.row]
            limit = between[place + 1]
            value = limit.for_rows(moves.row, moves.key, slots) * moves.factor * weight
            most, share = 4 * pruner.settings, len(kernel.regions)
            moves = moves.only(pruner.kept(value, limit.log_scale, most, share))
    last = sum(1 << slots[kernel.step.drivers[i]] for i in kernel.last_drivers)
    behind, target = np.unique(moves.key & ~np.int64(last), return_inverse=True)
    return _Moves(
        plan.order.steps[number],
        kernel,
        slots,
        keys,
        mass,
        behind,
        moves.source,
        target,
        moves.row,
        moves.driven,
        moves.factor,
    )


@dataclass(frozen=True, eq=False)
class _Spread:
    """Moves under way: the key that each has come to, and as in ``_Moves``."""

    key: Ints
    source: Ints
    row: Ints
    driven: Ints
    factor: Floats

    def outcomes(self, kernel: Kernel, slots: dict[int, int]) -> float:
        """How many moves there will be if none is left out."""
        split = np.zeros(len(self.key))
        for place, bit in enumerate(kernel.step.regions):
            if kernel.closes[place] is None:
                unlit = (self.key >> slots[bit] & 1) == 0
                split += unlit & (kernel.chances[self.row, place] > 0)
        return float(np.exp2(split).sum())

    def through(self, kernel: Kernel, place: int, slots: dict[int, int]) -> "_Spread":
        """Past one region of the step: each move that may light it becomes two."""
        chance = kernel.chances[self.row, place]
        bit = np.int64(1 << slots[kernel.step.regions[place]])
        lit = (self.key & bit) != 0
        close = kernel.closes[place]
        if close is not None:
            ends = np.where(lit, close[1], (1 - chance) * close[0] + chance * close[1])
            return replace(self, key=self.key & ~bit, factor=self.factor * ends)
        split = np.flatnonzero(~lit & (chance > 0))
        if not len(split):
            return self
        stay = self.factor.copy()
        stay[split] *= 1 - chance[split]
        return _Spread(
            np.concatenate([self.key, self.key[split] | bit]),
            np.concatenate([self.source, self.source[split]]),
            np.concatenate([self.row, self.row[split]]),
            np.concatenate([self.driven, self.driven[split]]),
            np.concatenate([stay, self.factor[split] * chance[split]]),
        )

    def only(self, kept: Ints) -> "_Spread":
        """These moves alone."""
        return _Spread(
            self.key[kept],
            self.source[kept],
            self.row[kept],
            self.driven[kept],
            self.factor[kept],
        )


def _with_new_drivers(kernel: Kernel, slots: dict[int, int], keys: Ints) -> tuple[Ints, Ints]:
    """Keys with each setting of the drivers that the step opens, and where they come from."""
    source = np.arange(len(keys))
    for i in kernel.new_drivers:
        on = keys | np.int64(1 << slots[kernel.step.drivers[i]])
        keys, source = np.concatenate([keys, on]), np.concatenate([source, source])
    return keys, source


def _driven(kernel: Kernel, slots: dict[int, int], keys: Ints) -> Ints:
    """The setting of the step's drivers in each key."""
    driven = np.zeros(len(keys), dtype=np.int64)
    for bit in kernel.step.drivers:
        driven = driven << 1 | (keys >> slots[bit] & 1)
    return driven


def _only(moves: _Moves, kept: Ints) -> _Moves:
    """The moves that lead to kept settings."""
    place = np.full(len(moves.behind), -1)
    place[kept] = np.arange(len(kept))
    target = place[moves.target]
    stays = np.flatnonzero(target >= 0)
    return replace(
        moves,
        behind=moves.behind[kept],
        source=moves.source[stays],
        target=target[stays],
        row=moves.row[stays],
        driven=moves.driven[stays],
        factor=moves.factor[stays],
    )


def _found(moves: _Moves, value: Floats) -> Floats:
    """Joint weight (2**drivers, S) of the states of the step."""
    kernel = moves.kernel
    shape = kernel.row_weight.shape
    cell = moves.driven * shape[1] + moves.row
    summed = np.bincount(cell, value * moves.mass[moves.source], shape[0] * shape[1])
    found: Floats = kernel.step.weight * summed.reshape(shape)[:, kernel.row]
    return found


def _back(moves: _Moves, value: Floats) -> Floats:
    """Completion weights of the kept settings before a step."""
    weight = value * moves.kernel.row_weight[moves.driven, moves.row]
    before: Floats = np.bincount(moves.source, weight, len(moves.before)).astype(np.float64)
    return before / float(before.max())


@dataclass(frozen=True, eq=False)
class _Told:
    """What a listener may ask about one step; see ``Account``."""

    moves: _Moves
    value: Floats
    joint: Floats

    @property
    def cause(self) -> int:
        """The cause of the step."""
        return self.moves.kernel.step.cause

    @property
    def regions(self) -> list[Bit]:
        """The regions that it touches."""
        return self.moves.kernel.regions

    def closes(self, region: int) -> bool:
        """Whether no later step touches this one of its regions."""
        return self.moves.kernel.closes[region] is not None

    def lit_by(self) -> list[float]:
        """Weight of all in which the step itself lights its region, for each of its regions."""
        return [float(self._weight() @ self._lit_share(p)) for p in range(len(self._chances()[0]))]

    def unlit(self, region: int) -> float:
        """Weight of all in which no cause lights the region that the step closes, the leak does."""
        close = self.moves.kernel.closes[region]
        assert close is not None
        chance, lit = self._chances()[:, region], self._lit_before(region)
        ends = (1 - chance) * close[0] + chance * close[1]
        share = (1 - chance) * self.regions[region].by_leak / ends
        return float(self._weight() @ np.where(lit, 0.0, share))

    def _weight(self) -> Floats:
        moves = self.moves
        weight: Floats = self.value * moves.mass[moves.source]
        return weight * moves.kernel.row_weight[moves.driven, moves.row]

    def _chances(self) -> Floats:
        return self.moves.kernel.chances[self.moves.row]

    def _lit_before(self, place: int) -> NDArray[np.bool_]:
        return self._lit(self.moves.before[self.moves.source], place)

    def _lit(self, keys: Ints, place: int) -> NDArray[np.bool_]:
        slot = self.moves.slots[self.moves.kernel.step.regions[place]]
        lit: NDArray[np.bool_] = (keys >> slot & 1) == 1
        return lit

    def _lit_share(self, place: int) -> Floats:
        """Chance that the step lights the region, given each of the moves."""
        chance, before = self._chances()[:, place], self._lit_before(place)
        close = self.moves.kernel.closes[place]
        if close is None:
            behind = self._lit(self.moves.behind, place)[self.moves.target]
            unlit_before = behind.astype(np.float64)
        else:
            unlit_before = chance * close[1] / ((1 - chance) * close[0] + chance * close[1])
        return np.where(before, chance, unlit_before)


def _bits(mask: int) -> list[int]:
    return [b for b in range(mask.bit_length()) if mask >> b & 1]
