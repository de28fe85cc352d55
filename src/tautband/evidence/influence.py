"""Which study moves a pool: deleted residuals, Cook's distance, hat values, as metafor has them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import chi2

from tautband.base.errors import InputError
from tautband.evidence.heterogeneity import Floats, Method, batch, tau_squared
from tautband.evidence.pool import checked


@dataclass(frozen=True, eq=False)
class Influence:
    """Arrays (k,), one entry a study (Viechtbauer & Cheung 2010, with z-based standard errors).

    ``rstudent``: deleted residual over its standard error; ``dffits``: shift of the study's fitted
    value, in standard errors; ``cook``: squared shift of the mean over its variance; ``cov_ratio``:
    variance of the mean without the study over that with it; ``tau2``: tau2 without it; ``hat``:
    share of the weight; ``stands_out``: metafor's rule for studies to look at again.
    """

    rstudent: Floats
    dffits: Floats
    cook: Floats
    cov_ratio: Floats
    tau2: Floats
    hat: Floats
    stands_out: np.ndarray


def influence(
    estimates: Sequence[float] | Floats,
    variances: Sequence[float] | Floats,
    method: Method = Method.REML,
) -> Influence:
    """Influence of each study on a pooled mean; needs at least 3.  Raises InputError."""
    y, v = checked(estimates, variances)
    k = len(y)
    if k < 3:
        raise InputError("studies", f"are {k}", "at least 3 to tell their influence")
    tau2 = tau_squared(y, v, np.ones((k, 1)), method)
    w = 1 / (v + tau2)
    mean, variance, hat = float(w @ y / w.sum()), 1 / float(w.sum()), w / w.sum()
    tau2_without, mean_without, variance_without = batch(y, v, ~np.eye(k, dtype=bool), method)
    rstudent = (y - mean_without) / np.sqrt(v + tau2_without + variance_without)
    dffits = (mean - mean_without) / np.sqrt(hat * (v + tau2_without))
    cook = (mean - mean_without) ** 2 / variance
    # The variance that the mean of all studies would have with tau2 of the pool without one.
    changed = 1 / (1 / (v[None, :] + tau2_without[:, None])).sum(axis=1)
    marked = (
        (np.abs(dffits) > 3 * np.sqrt(1 / (k - 1)))
        | (cook > float(chi2.ppf(0.5, 1)))
        | (hat > 3 / k)
        | (np.abs(mean - mean_without) > np.sqrt(changed))
    )
    return Influence(rstudent, dffits, cook, variance_without / variance, tau2_without, hat, marked)
