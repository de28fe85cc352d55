"""A Bayesian random-effects pool for few studies: grid over tau, everything else in closed form.

y_i ~ N(theta_i, v_i), theta_i ~ N(mu, tau^2), mu ~ N(m0, s0^2), tau ~ half-normal(scale) (Roever
2020).  Given tau, mu is normal and the likelihood is closed, so the posterior is a sum over a fine
grid of tau: no sampling, the same figure each time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.special import logsumexp
from scipy.stats import norm

from tautband.base.errors import InputError
from tautband.evidence.heterogeneity import Floats
from tautband.evidence.pool import Interval, checked

GRID = 400
FAR = 6.0  # the half-normal beyond six scales holds less than 1e-8


@dataclass(frozen=True)
class Prior:
    """``mean`` and ``sd`` of the mean effect, ``tau`` the scale of the half-normal."""

    mean: float
    sd: float
    tau: float

    def __post_init__(self) -> None:
        for name, value in (("sd", self.sd), ("tau", self.tau)):
            if not value > 0:
                raise InputError(f"prior.{name}", f"is {value:g}", "above 0")


@dataclass(frozen=True)
class BayesPool:
    """Posterior mean and SD of mu, 95 % intervals of mu, of a new study's effect, and of tau.

    ``below_zero`` is the posterior probability that mu is below 0.
    """

    k: int
    estimate: float
    sd: float
    ci: Interval
    prediction: Interval
    tau: float
    tau_ci: Interval
    below_zero: float


def bayes_pool(
    estimates: Sequence[float] | Floats,
    variances: Sequence[float] | Floats,
    prior: Prior,
    level: float = 0.95,
) -> BayesPool:
    """Pool effects with a stated prior; raises InputError."""
    y, v = checked(estimates, variances)
    # Denser near zero, where the likelihood of few studies bends most.
    edges = FAR * prior.tau * np.linspace(0, 1, GRID + 1) ** 2
    tau, width = (edges[1:] + edges[:-1]) / 2, np.diff(edges)
    w = 1 / (v + (tau**2)[:, None])
    precision = w.sum(axis=1) + 1 / prior.sd**2
    centre = (w @ y + prior.mean / prior.sd**2) / precision
    log_weight = (
        0.5 * np.log(w).sum(axis=1)
        - 0.5 * np.log(precision)
        - 0.5 * ((w * y**2).sum(axis=1) + prior.mean**2 / prior.sd**2 - precision * centre**2)
        - 0.5 * (tau / prior.tau) ** 2
        + np.log(width)
    )
    weight = np.exp(log_weight - logsumexp(log_weight))
    spread = 1 / np.sqrt(precision)
    estimate = float(weight @ centre)
    sd = float(np.sqrt(weight @ (spread**2 + (centre - estimate) ** 2)))
    wider = np.sqrt(spread**2 + tau**2)
    below = float(weight @ norm.cdf(-centre / spread))
    ends = _quantiles_on_grid(edges, weight, level)
    return BayesPool(
        k=len(y),
        estimate=estimate,
        sd=sd,
        ci=_mixture_interval(weight, centre, spread, level),
        prediction=_mixture_interval(weight, centre, wider, level),
        tau=float(weight @ tau),
        tau_ci=ends,
        below_zero=below,
    )


def _mixture_interval(weight: Floats, centre: Floats, spread: Floats, level: float) -> Interval:
    low, high = float((centre - 12 * spread).min()), float((centre + 12 * spread).max())

    def quantile(share: float) -> float:
        return float(
            brentq(lambda x: float(weight @ norm.cdf((x - centre) / spread)) - share, low, high)
        )

    return Interval(quantile((1 - level) / 2), quantile((1 + level) / 2))


def _quantiles_on_grid(edges: Floats, weight: Floats, level: float) -> Interval:
    total = np.concatenate([[0.0], np.cumsum(weight)])
    low, high = np.interp([(1 - level) / 2, (1 + level) / 2], total, edges)
    return Interval(float(low), float(high))
