"""Meta-regression on study features, and small-study effects as one case of it.

Formulas follow metafor's ``rma(yi, vi, mods=)`` (Viechtbauer 2010); Knapp & Hartung 2003 for the
t-based intervals.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.stats import chi2, f, norm, t

from tautband.base.errors import InputError
from tautband.evidence.heterogeneity import Floats, Method, tau_squared, traces
from tautband.evidence.pool import Interval, Test, checked

FEW_FOR_SMALL_STUDY = 10  # Sterne et al. 2011: below ten studies the test says next to nothing


@dataclass(frozen=True)
class Coefficient:
    """One row of a regression."""

    name: str
    estimate: float
    se: float
    ci: Interval
    p: float


@dataclass(frozen=True)
class Regression:
    """A fitted meta-regression.

    ``qm``, ``qm_p``: test that all coefficients but the intercept are zero (F with HKSJ, else
    chi-square); ``qe``, ``qe_p``: heterogeneity that is left; ``r2``: share of tau2 explained, in
    percent, ``None`` where there was none to explain.
    """

    k: int
    coefficients: tuple[Coefficient, ...]
    tau2: float
    qm: float
    qm_p: float
    qe: float
    qe_p: float
    r2: float | None
    notes: tuple[str, ...]


def meta_regression(
    estimates: Sequence[float] | Floats,
    variances: Sequence[float] | Floats,
    features: dict[str, Sequence[float]],
    method: Method = Method.REML,
    test: Test = Test.HKSJ,
    level: float = 0.95,
) -> Regression:
    """Regress effects on features (columns by name; an intercept is added).  Raises InputError."""
    y, v = checked(estimates, variances)
    x = _design(features, len(y))
    k, p = x.shape
    tau2 = tau_squared(y, v, x, method)
    w = 1 / (v + tau2)
    covariance = np.linalg.inv((x.T * w) @ x)
    beta = covariance @ (x.T * w) @ y
    if test is Test.HKSJ:
        covariance = covariance * (float(w @ (y - x @ beta) ** 2) / (k - p))
        quantile: Any = t(k - p)
    else:
        quantile = norm()
    crit = float(quantile.ppf((1 + level) / 2))
    rows = []
    for name, b, se in zip(
        ("intercept", *features), beta, np.sqrt(np.diag(covariance)), strict=True
    ):
        interval = Interval(float(b - crit * se), float(b + crit * se))
        rows.append(
            Coefficient(name, float(b), float(se), interval, float(2 * quantile.sf(abs(b) / se)))
        )
    qm, qm_p = _omnibus(beta, covariance, k, p, test)
    qe = traces(y, v, x, 0.0).ypy
    return Regression(
        k=k,
        coefficients=tuple(rows),
        tau2=tau2,
        qm=qm,
        qm_p=qm_p,
        qe=qe,
        qe_p=float(chi2.sf(qe, k - p)),
        r2=_explained(y, v, tau2, method),
        notes=_notes(k, p),
    )


def _design(features: dict[str, Sequence[float]], k: int) -> Floats:
    columns = [np.ones(k)]
    for name, values in features.items():
        column = np.asarray(values, dtype=np.float64)
        if column.shape != (k,):
            raise InputError(name, f"has {column.size} values for {k} studies", "one for each")
        if not np.isfinite(column).all():
            row = int(np.flatnonzero(~np.isfinite(column))[0])
            raise InputError(f"{name} of row {row + 1}", "is missing", "a finite number")
        columns.append(column)
    x = np.column_stack(columns)
    if k <= x.shape[1]:
        raise InputError("studies", f"are {k} for {x.shape[1]} coefficients", "more studies")
    if np.linalg.matrix_rank(x) < x.shape[1]:
        raise InputError("features", "say the same thing twice, or nothing", "columns that differ")
    return x


def _omnibus(beta: Any, covariance: Any, k: int, p: int, test: Test) -> tuple[float, float]:
    rest = covariance[1:, 1:]
    if not rest.size:
        return 0.0, 1.0
    wald = float(beta[1:] @ np.linalg.solve(rest, beta[1:]))
    if test is Test.HKSJ:
        return wald / (p - 1), float(f.sf(wald / (p - 1), p - 1, k - p))
    return wald, float(chi2.sf(wald, p - 1))


def _explained(y: Floats, v: Floats, left: float, method: Method) -> float | None:
    whole = tau_squared(y, v, np.ones((len(y), 1)), method)
    return max(0.0, 100 * (whole - left) / whole) if whole > 0 else None


def _notes(k: int, p: int) -> tuple[str, ...]:
    # Ten studies for each feature: Cochrane Handbook 10.11.4.
    if p > 1 and k < 10 * (p - 1):
        return (f"{k} studies for {p - 1} features: fewer than ten for each; do not lean on it.",)
    return ()


@dataclass(frozen=True)
class SmallStudy:
    """Egger's regression: ``slope`` of the effect on the standard error, its test, and ``limit``.

    ``limit`` is the effect as the standard error goes to zero, with its interval.
    """

    k: int
    slope: Coefficient
    limit: Coefficient
    notes: tuple[str, ...]


def small_study_effects(
    estimates: Sequence[float] | Floats,
    variances: Sequence[float] | Floats,
    method: Method = Method.REML,
    test: Test = Test.Z,
) -> SmallStudy:
    """Mixed-effects Egger test (metafor's ``regtest``, predictor sei).  Raises InputError."""
    y, v = checked(estimates, variances)
    if len(y) < 3:
        raise InputError("studies", f"are {len(y)}", "at least 3 for a small-study test")
    fit = meta_regression(y, v, {"standard error": np.sqrt(v).tolist()}, method, test)
    limit, slope = fit.coefficients
    few = len(y) < FEW_FOR_SMALL_STUDY
    note = f"{len(y)} studies: fewer than ten, so a missing slope says little."
    return SmallStudy(len(y), slope, limit, (note,) if few else ())
