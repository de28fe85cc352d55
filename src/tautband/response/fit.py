"""The posterior of one course: importance sampling from a proposal that is fitted to it.

Newton's method finds the mode.  What is not linear in the model is drawn around it from a t
distribution, by a fixed Sobol sequence; the linear part follows from the normal that the rest
leaves it (``collapse``).  A first set of draws, with that normal integrated out, moves centre,
spread and bend of the proposal; a second set is weighed by posterior over proposal.  When few of
these are effective, the proposal is moved once more and as many are added.  Nothing is random: the
same course gives the same answer, and the effective sample size says how well the proposal fitted.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from scipy.special import gammaincinv, ndtri
from scipy.stats import qmc

from tautband.response.collapse import Collapsed, backward
from tautband.response.mode import mode
from tautband.response.model import Model, Values
from tautband.response.shape import Floats

DRAWS = (256, 1024)
LEAST_SHARE = 0.6  # of the draws that must be effective, or the proposal is moved once more
FREEDOM = 12.0
SEED = 20260101
KEPT = 500
Drawn = tuple[Floats, Floats, float]  # draws z (S, d), weights (S,), what they are worth
Places = npt.NDArray[np.intp]
WIDER = 1.1  # than the first draws were: the tail towards slow recovery is long


@dataclass(frozen=True, eq=False)
class Posterior:
    """Weighted draws ``z`` (S, d), ``weights`` (S,) that add up to 1, and what these are worth."""

    model: Model
    z: Floats
    weights: Floats
    effective: float

    def kept(self, count: int = KEPT) -> Values:
        """Equally weighted draws, by systematic resampling; enough for curves."""
        ends = np.cumsum(self.weights)
        places = (np.arange(count) + 0.5) / count * ends[-1]
        return self.model.values(self.z[np.searchsorted(ends, places)])

    def mean(self, x: Floats) -> float:
        """Posterior mean of ``x`` (S,)."""
        return float(self.weights @ x)

    def sd(self, x: Floats) -> float:
        """Posterior SD of ``x`` (S,)."""
        return float(np.sqrt(max(0.0, float(self.weights @ (x - self.mean(x)) ** 2))))

    def quantile(self, x: Floats, levels: tuple[float, ...]) -> list[float]:
        """Posterior quantiles of ``x`` (S,)."""
        order = np.argsort(x, kind="stable")
        ends = np.cumsum(self.weights[order])
        return [float(v) for v in np.interp(levels, ends - self.weights[order] / 2, x[order])]


def fit(model: Model, draws: tuple[int, int] = DRAWS) -> Posterior:
    """The posterior of a course."""
    at, precision = mode(model)
    collapsed = Collapsed(model, at)
    rest = collapsed.rest
    centre, covariance = at[rest], np.linalg.inv(precision)[np.ix_(rest, rest)]
    axis = int(np.flatnonzero(rest == model.at["half_life"])[0])
    straight = _Straight(centre, np.linalg.cholesky(covariance))
    few, many = slice(0, draws[0]), slice(0, draws[1])
    drawn = _weigh(collapsed, straight, few, whole=False)
    drawn = _weigh(collapsed, _bend(axis, rest, drawn, centre, covariance), many, whole=True)
    if drawn[2] < LEAST_SHARE * draws[1]:
        again = _bend(axis, rest, drawn, centre, covariance)
        further = slice(draws[1], 2 * draws[1])
        drawn = _together(drawn, _weigh(collapsed, again, further, whole=True))
    return Posterior(model, *drawn)


@dataclass(frozen=True, eq=False)
class _Straight:
    """``z = centre + root e``."""

    centre: Floats
    root: Floats

    def draw(self, e: Floats) -> Floats:
        found: Floats = self.centre + e @ self.root.T
        return found


@dataclass(frozen=True, eq=False)
class _Bent:
    """One entry of ``z`` first, the others around a parabola of it.

    How far pain recovers, what the needling adds and what expectation adds depend on how fast it
    recovers, along a curve and not along a line; that one entry is ``axis``.
    """

    axis: int
    middle: float
    width: float
    parabola: Floats  # (3, d)
    root: Floats  # (d, d), its row and column of the axis unused

    def draw(self, e: Floats) -> Floats:
        u = e[:, self.axis]
        z: Floats = _powers(u) @ self.parabola
        rest = e.copy()
        rest[:, self.axis] = 0.0
        z += rest @ self.root.T
        z[:, self.axis] = self.middle + self.width * u
        return z


def _powers(u: Floats) -> Floats:
    return np.stack([np.ones_like(u), u, u * u], axis=1)


def _bend(axis: int, rest: Places, drawn: Drawn, centre: Floats, covariance: Floats) -> _Bent:
    """The proposal that earlier weighted draws ask for; being few, they do not rule alone."""
    whole, weights, effective = drawn
    z = whole[:, rest]
    size = len(centre)
    middle = float(weights @ z[:, axis])
    width = float(np.sqrt(weights @ (z[:, axis] - middle) ** 2))
    u = (z[:, axis] - middle) / width
    x = _powers(u)
    # Laplace's own line, as what is believed before the draws are seen.
    slope = covariance[:, axis] / covariance[axis, axis]
    line = np.stack([centre + slope * (middle - centre[axis]), slope * width, np.zeros(size)])
    count = effective * weights[:, None]
    gram = x.T @ (count * x) + np.diag([1.0, 4.0, 12.0])
    away = z - x @ line
    parabola = line + np.linalg.solve(gram, x.T @ (count * away))
    left = z - x @ parabola
    trust = effective / (effective + 4 * size)
    straight = covariance - np.outer(slope, covariance[axis])
    spread = trust * (left * weights[:, None]).T @ left + (1 - trust) * straight
    spread[axis, :] = spread[:, axis] = 0.0
    spread[axis, axis] = 1.0
    return _Bent(axis, middle, WIDER * width, _stretched(parabola), np.linalg.cholesky(spread))


def _stretched(parabola: Floats) -> Floats:
    """The parabola in units of the wider axis."""
    scale: Floats = np.array([1.0, WIDER, WIDER**2])[:, None]
    stretched: Floats = parabola * scale
    return stretched


def _weigh(collapsed: Collapsed, proposal: _Straight | _Bent, which: slice, whole: bool) -> Drawn:
    """Draws ``z`` (S, d), their weights, and what these are worth.

    If not ``whole``, the linear part stands at its mean and its spread is integrated out.
    """
    # Both proposals change volume by a constant, so the density of e is that of z up to a factor.
    size, rest = collapsed.model.size, len(collapsed.rest)
    e, log_q = (x[which] for x in _proposal(size if whole else rest, which.stop))
    count = len(e)
    z = np.zeros((count, size))
    z[:, collapsed.rest] = proposal.draw(e[:, :rest])
    log_weight = -log_q
    for block in collapsed.model.blocks(count):
        v = collapsed.model.values(z[block])
        lines = collapsed.lines(v)
        mean, root = collapsed.given(v, lines)
        if whole:
            mean += backward(root, e[block, rest:].T)
        z[block, collapsed.linear] = mean.T
        log_weight[block] += collapsed.log_posterior(z[block], v, lines)
        log_weight[block] -= np.log(np.einsum("iis->is", root)).sum(axis=0)
    weights = np.exp(log_weight - log_weight.max())
    # Truncation (Ionides 2008) bounds the pull of a single draw.
    weights = np.minimum(weights, weights.mean() * np.sqrt(count))
    weights /= weights.sum()
    return z, weights, float(1 / (weights**2).sum())


def _together(*drawn: Drawn) -> Drawn:
    """Draws of several proposals, each counted by what its draws are worth."""
    worth = sum(effective for _, _, effective in drawn)
    weights = np.concatenate([w * (effective / worth) for _, w, effective in drawn])
    return np.concatenate([z for z, _, _ in drawn]), weights, worth


@cache
def _proposal(size: int, count: int) -> tuple[Floats, Floats]:
    """Standard t draws (S, d) from a fixed Sobol sequence, and their log density, unscaled."""
    points = qmc.Sobol(size + 1, seed=SEED).random(count)
    points = np.clip(points, 1e-9, 1 - 1e-9)
    normal = ndtri(points[:, :size])
    # chi-square by its quantiles: scale each draw to a t with FREEDOM degrees.
    chi = 2 * gammaincinv(FREEDOM / 2, points[:, size])
    e = normal * np.sqrt(FREEDOM / chi)[:, None]
    log_q = -0.5 * (FREEDOM + size) * np.log1p((e**2).sum(axis=1) / FREEDOM)
    return e, log_q
