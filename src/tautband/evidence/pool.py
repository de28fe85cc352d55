"""Random-effects pools: mean, interval, prediction interval, heterogeneity, leave-one-out.

Formulas follow metafor (Viechtbauer 2010), so that every figure can be had again from R's
``rma(yi, vi, method=, test=)`` and ``predict()``; ``tests/unit/evidence`` holds them to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from scipy.stats import chi2, norm, t

from tautband.base.errors import InputError
from tautband.evidence.heterogeneity import (
    Floats,
    Method,
    batch,
    tau_squared,
    tau_squared_interval,
    traces,
)

FEW = 5  # a pool of fewer studies says so first


class Test(StrEnum):
    """How the interval of the mean is made.

    ``hksj`` is the interval of Hartung & Knapp 2001 and Sidik & Jonkman 2002 (metafor's "knha"): t
    with k - p degrees of freedom and a variance from the spread of the estimates.
    """

    __test__ = False  # pytest takes every Test* for a test

    HKSJ = "hksj"
    Z = "z"


@dataclass(frozen=True)
class Interval:
    """Two ends of a confidence or prediction interval."""

    low: float
    high: float


@dataclass(frozen=True)
class Pool:
    """A pooled mean.

    ``ci`` 95 % unless another level was asked for; ``prediction`` where the true effect of a
    further study of the same kind would lie; ``tau2`` with its Q-profile interval ``tau2_ci``;
    ``i2`` in percent; ``q`` Cochran's with ``q_p``; ``weights`` in percent; ``notes`` say what a
    reader must know before the figure.
    """

    k: int
    estimate: float
    se: float
    ci: Interval
    prediction: Interval | None
    p: float
    tau2: float
    tau2_ci: Interval | None
    i2: float
    h2: float
    q: float
    q_p: float
    weights: tuple[float, ...]
    method: Method
    test: Test
    notes: tuple[str, ...]


def pool(
    estimates: Sequence[float] | Floats,
    variances: Sequence[float] | Floats,
    method: Method = Method.REML,
    test: Test = Test.HKSJ,
    level: float = 0.95,
) -> Pool:
    """Pool effects; raises InputError that names what cannot be used.

    The prediction interval is mean +- crit sqrt(se^2 + tau2) with the same quantile as the mean's
    interval (metafor's convention; Riley et al. 2011 use t with k - 2).
    """
    y, v = checked(estimates, variances)
    k, ones = len(y), np.ones((len(y), 1))
    if k == 1:
        return _single(float(y[0]), float(v[0]), method, test, level)
    tau2 = tau_squared(y, v, ones, method)
    w = 1 / (v + tau2)
    mean = float(w @ y / w.sum())
    variance = 1 / float(w.sum())
    if test is Test.HKSJ:
        variance *= float(w @ (y - mean) ** 2) / (k - 1)
        spread_of: Any = t(k - 1)
    else:
        spread_of = norm()
    crit = float(spread_of.ppf((1 + level) / 2))
    se = float(np.sqrt(variance))
    at_zero = traces(y, v, ones, 0.0)
    typical = (k - 1) / at_zero.tr_p
    spread = crit * float(np.sqrt(variance + tau2))
    low, high = tau_squared_interval(y, v, ones, level)
    return Pool(
        k=k,
        estimate=mean,
        se=se,
        ci=Interval(mean - crit * se, mean + crit * se),
        prediction=Interval(mean - spread, mean + spread),
        p=float(2 * spread_of.sf(abs(mean) / se)) if se > 0 else float("nan"),
        tau2=tau2,
        tau2_ci=Interval(low, high),
        i2=100 * tau2 / (tau2 + typical),
        h2=tau2 / typical + 1,
        q=at_zero.ypy,
        q_p=float(chi2.sf(at_zero.ypy, k - 1)),
        weights=tuple((100 * w / w.sum()).tolist()),
        method=method,
        test=test,
        notes=_notes(k, test, variance, 1 / float(w.sum())),
    )


def checked(
    estimates: Sequence[float] | Floats, variances: Sequence[float] | Floats
) -> tuple[Floats, Floats]:
    """The two as arrays; raises InputError that names the row which cannot be used."""
    y, v = np.asarray(estimates, dtype=np.float64), np.asarray(variances, dtype=np.float64)
    if y.ndim != 1 or y.shape != v.shape:
        raise InputError("vi", f"has {v.size} values for {y.size} estimates", "one for each")
    if not len(y):
        raise InputError("studies", "are none", "at least one")
    for name, values, ok, right in (
        ("yi", y, np.isfinite(y), "a finite number"),
        ("vi", v, np.isfinite(v) & (v > 0), "a variance above 0"),
    ):
        if not ok.all():
            row = int(np.flatnonzero(~ok)[0])
            raise InputError(f"{name} of row {row + 1}", f"is {values[row]:g}", right)
    return y, v


def _single(y: float, v: float, method: Method, test: Test, level: float) -> Pool:
    se = float(np.sqrt(v))
    half = float(norm.ppf((1 + level) / 2)) * se
    return Pool(
        k=1,
        estimate=y,
        se=se,
        ci=Interval(y - half, y + half),
        prediction=None,
        p=float(2 * norm.sf(abs(y) / se)),
        tau2=0.0,
        tau2_ci=None,
        i2=0.0,
        h2=1.0,
        q=0.0,
        q_p=1.0,
        weights=(100.0,),
        method=method,
        test=test,
        notes=(
            "One study: nothing is pooled, and how much studies differ is not known. "
            "The interval is the study's own (normal).",
        ),
    )


def _notes(k: int, test: Test, used: float, usual: float) -> tuple[str, ...]:
    notes = []
    if k < FEW:
        notes.append(f"Only {k} studies: how much studies differ is hardly known.")
    if test is Test.HKSJ and used < usual:
        notes.append(
            "The studies agree more closely than chance would have them, so the Hartung-Knapp "
            "interval is narrower than the usual one; read both."
        )
    if test is Test.Z and k < FEW:
        notes.append("The normal interval is too narrow for so few studies.")
    return tuple(notes)


@dataclass(frozen=True, eq=False)
class LeaveOneOut:
    """The pool without each study in turn: arrays (k,)."""

    estimate: Floats
    se: Floats
    low: Floats
    high: Floats
    tau2: Floats


def leave_one_out(
    estimates: Sequence[float] | Floats,
    variances: Sequence[float] | Floats,
    method: Method = Method.REML,
    test: Test = Test.HKSJ,
    level: float = 0.95,
) -> LeaveOneOut:
    """All pools of k - 1 studies at once; needs at least 3 studies.  Raises InputError."""
    y, v = checked(estimates, variances)
    k = len(y)
    if k < 3:
        raise InputError("studies", f"are {k}", "at least 3 to leave one out")
    keep = ~np.eye(k, dtype=bool)
    tau2, mean, variance = batch(y, v, keep, method)
    if test is Test.HKSJ:
        w = keep / (v + tau2[:, None])
        variance = variance * (w * (y - mean[:, None]) ** 2).sum(axis=1) / (k - 2)
        crit = float(t.ppf((1 + level) / 2, k - 2))
    else:
        crit = float(norm.ppf((1 + level) / 2))
    se = np.sqrt(variance)
    return LeaveOneOut(mean, se, mean - crit * se, mean + crit * se, tau2)
