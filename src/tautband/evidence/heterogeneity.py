"""Between-study variance tau2: DerSimonian-Laird, Paule-Mandel, REML; for one pool or for many.

All take ``y`` and ``v`` of shape (k,) with a design ``x`` (k, p), or, for an intercept alone, a
batch (b, k) with weights that may be switched off by ``keep`` (b, k), which is how all
leave-one-out pools are solved at once.

With w = 1 / (v + tau2), W = diag(w) and P = W - W X (X'WX)^-1 X'W:
REML solves y'PPy = tr(P) (Fisher scoring, Raudenbush 2009); Paule-Mandel solves y'Py = k - p
(Paule & Mandel 1982); DerSimonian-Laird is the first step of the latter from tau2 = 0, with the
common-effect weights (DerSimonian & Laird 1986).  Estimates below zero are told as zero.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.stats import chi2

Floats = NDArray[np.float64]

MOST_STEPS = 200
TOLERANCE = 1e-12
SCAN = 60


class Method(StrEnum):
    """How tau2 is estimated."""

    REML = "reml"
    DL = "dl"
    PM = "pm"
    COMMON = "common"


@dataclass(frozen=True)
class Traces:
    """What the estimators need at one tau2: tr(P), tr(PP), y'Py, y'PPy."""

    tr_p: float
    tr_pp: float
    ypy: float
    yppy: float


def traces(y: Floats, v: Floats, x: Floats, tau2: float) -> Traces:
    """See the head of this module; P itself, (k, k), is never made."""
    w = 1 / (v + tau2)
    inverse = np.linalg.inv((x.T * w) @ x)
    second, third = inverse @ (x.T * w**2) @ x, inverse @ (x.T * w**3) @ x
    py = w * (y - x @ (inverse @ ((x.T * w) @ y)))
    return Traces(
        float(w.sum() - np.trace(second)),
        float((w**2).sum() - 2 * np.trace(third) + np.trace(second @ second)),
        float(y @ py),
        float(py @ py),
    )


def tau_squared(y: Floats, v: Floats, x: Floats, method: Method) -> float:
    """Estimate of tau2, 0 or above."""
    if method is Method.COMMON or len(y) <= x.shape[1]:
        return 0.0
    if method is Method.DL:
        return _der_simonian_laird(y, v, x)
    if method is Method.PM:
        return _root(lambda t: traces(y, v, x, t).ypy - (len(y) - x.shape[1]), _wide(y, v))
    return _reml(y, v, x)


def _der_simonian_laird(y: Floats, v: Floats, x: Floats) -> float:
    at_zero = traces(y, v, x, 0.0)
    return max(float((at_zero.ypy - (len(y) - x.shape[1])) / at_zero.tr_p), 0.0)


def _reml(y: Floats, v: Floats, x: Floats) -> float:
    """The highest point of the restricted likelihood: every root of its slope is looked at."""

    def slope(tau2: float) -> float:
        at = traces(y, v, x, tau2)
        return at.yppy - at.tr_p

    top = _wide(y, v)
    grid = np.concatenate([[0.0], np.geomspace(top * 1e-9, top, SCAN)])
    slopes = np.array([slope(t) for t in grid])
    peaks = [
        float(brentq(slope, a, b, xtol=TOLERANCE * top, rtol=1e-14))
        for a, b, sa, sb in zip(grid, grid[1:], slopes, slopes[1:], strict=False)
        if sa > 0 >= sb
    ]
    if slopes[0] <= 0:
        peaks.append(0.0)
    return max(peaks, key=lambda t: restricted_log_likelihood(y, v, x, t))


def restricted_log_likelihood(y: Floats, v: Floats, x: Floats, tau2: float) -> float:
    """Without its constant."""
    w = 1 / (v + tau2)
    sign, log_det = np.linalg.slogdet((x.T * w) @ x)
    assert sign > 0
    return -0.5 * float(-np.log(w).sum() + log_det + traces(y, v, x, tau2).ypy)


def _wide(y: Floats, v: Floats) -> float:
    """A tau2 above which no estimate lies: well beyond the spread of the estimates."""
    return float(100 * (np.ptp(y) ** 2 + v.max()))


def _root(falling: Callable[[float], float], top: float) -> float:
    if falling(0.0) <= 0:
        return 0.0
    return float(brentq(falling, 0.0, top, xtol=TOLERANCE * top, rtol=1e-14))


def tau_squared_interval(
    y: Floats, v: Floats, x: Floats, level: float = 0.95
) -> tuple[float, float]:
    """Q-profile interval (Viechtbauer 2007): tau2 whose generalised Q is not surprising."""
    free = len(y) - x.shape[1]
    ends = []
    for share in ((1 + level) / 2, (1 - level) / 2):
        wanted = float(chi2.ppf(share, free))

        def excess(tau2: float, wanted: float = wanted) -> float:
            return traces(y, v, x, tau2).ypy - wanted

        top = _wide(y, v)
        while excess(top) > 0:
            top *= 10
        ends.append(_root(excess, top))
    return ends[0], ends[1]


def batch(
    y: Floats, v: Floats, keep: NDArray[np.bool_], method: Method
) -> tuple[Floats, Floats, Floats]:
    """tau2, mean and its variance (each (b,)) of b pools of one mean, each with its rows kept.

    The same estimators as ``tau_squared``, written out for an intercept, where
    tr(P) = S1 - S2/S1, tr(PP) = S2 - 2 S3/S1 + (S2/S1)^2 with Sj the sum of w^j.
    """
    kept = keep.astype(np.float64)
    free = kept.sum(axis=1) - 1
    tau2 = np.zeros(len(kept))
    if method is Method.DL:
        at = _sums(y, v, kept, tau2)
        tau2 = np.maximum((at.ypy - free) / at.tr_p, 0.0)
    elif method in (Method.PM, Method.REML):
        tau2 = _batch_roots(y, v, kept, free, method)
    at = _sums(y, v, kept, tau2)
    return tau2, at.mean, 1 / at.weight


@dataclass(frozen=True, eq=False)
class _Batch:
    weight: Floats
    mean: Floats
    tr_p: Floats
    tr_pp: Floats
    ypy: Floats
    yppy: Floats


def _sums(y: Floats, v: Floats, kept: Floats, tau2: Floats) -> _Batch:
    w = kept / (v + tau2[:, None])
    w2 = w * w
    s1, s2, s3 = w.sum(axis=1), w2.sum(axis=1), (w2 * w).sum(axis=1)
    mean = w @ y / s1
    away = (y - mean[:, None]) ** 2
    return _Batch(
        s1,
        mean,
        s1 - s2 / s1,
        s2 - 2 * s3 / s1 + (s2 / s1) ** 2,
        (w * away).sum(axis=1),
        (w2 * away).sum(axis=1),
    )


def _batch_roots(y: Floats, v: Floats, kept: Floats, free: Floats, method: Method) -> Floats:
    """Newton (Paule-Mandel: the function falls and bends upward) or Fisher scoring (REML).

    A step below zero stops at zero.  Rows leave the loop as they settle.
    """
    tau2 = np.zeros(len(kept))
    if method is Method.REML:
        at = _sums(y, v, kept, tau2)
        tau2 = np.maximum((at.ypy - free) / at.tr_p, 0.0)
    open_rows = np.arange(len(kept))
    for _ in range(MOST_STEPS):
        at = _sums(y, v, kept[open_rows], tau2[open_rows])
        if method is Method.REML:
            step = (at.yppy - at.tr_p) / at.tr_pp
        else:
            step = (at.ypy - free[open_rows]) / np.maximum(at.yppy, np.finfo(float).tiny)
        new = np.maximum(tau2[open_rows] + step, 0.0)
        moved = np.abs(new - tau2[open_rows]) > TOLERANCE * (1 + new)
        tau2[open_rows] = new
        open_rows = open_rows[moved]
        if not len(open_rows):
            break
    return tau2
