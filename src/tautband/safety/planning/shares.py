"""How often in people like those measured: shares with intervals, never finer than their number.

A distance is modelled as normal between people.  With mean m and standard deviation s of n people,
and the reach d of a needle, the standardised margin delta = (d - mu) / sigma has, given the sample,
the distribution of  k S + Z / sqrt(n),  where k = (d - m) / s, S^2 is chi-square over its n - 1
degrees of freedom and Z is standard normal.  Its quantiles are those of the non-central t, so
that the interval of Phi(delta) is the exact one (Owen 1968; Hahn and Meeker, Statistical
Intervals), and its expectation is the predictive share  T_{n-1}(k / sqrt(1 + 1/n)).  Counts have
the interval of Clopper and Pearson.  Both carry the sampling error of mean and spread; neither
knows how people differ from study to study, which ``predictive`` adds where studies are joined.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from scipy import optimize, special

CONFIDENCE = 0.95
_TAIL = (1 - CONFIDENCE) / 2
_NODES = 200
_POINTS, _WEIGHTS = np.polynomial.legendre.leggauss(_NODES)


@dataclass(frozen=True)
class Share:
    """In so many of ``of`` people; all three are whole people, rounded to the side of more risk.

    ``point`` is at least 1 and at most ``of``: what was not seen in n people is shown as fewer than
    one in n + 1, never as nought.  ``none_seen`` marks that case.
    """

    point: int
    low: int
    high: int
    of: int
    none_seen: bool

    @property
    def upper(self) -> float:
        """The upper end of the interval as a share."""
        return self.high / self.of

    @property
    def words(self) -> str:
        """``about 12 in 25 (95 % interval: 7 to 17 in 25)``."""
        if self.none_seen:
            seen = f"fewer than 1 in {self.of + 1}"
        elif self.point >= self.of:
            seen = f"more than {self.of} in {self.of + 1}"
        else:
            seen = f"about {self.point} in {self.of}"
        return f"{seen} (95 % interval: {self.low} to {self.high} in {self.of})"


def whole_people(point: float, low: float, high: float, n: int) -> Share:
    """A share in whole people of ``n``: point and upper end rounded up, lower end down.

    The upper end is at least what nought in n allows (the exact rule of three), the lower end at
    most what n in n allows.
    """
    if n < 1:
        raise ValueError(f"a share needs people, got n = {n}")
    least_high = 1 - _TAIL ** (1 / n)
    high, low = max(high, least_high), min(low, 1 - least_high)
    seen = math.ceil(_steady(point * n))
    return Share(
        point=min(max(seen, 1), n),
        low=math.floor(_steady(low * n)),
        high=min(n, max(1, math.ceil(_steady(high * n)))),
        of=n,
        none_seen=point * n < n / (n + 1),
    )


def _steady(value: float) -> float:
    """Without the rounding error that would lift a whole number to the next."""
    return round(value, 9)


def counted(reached: int, of: int) -> Share:
    """Reached in so many of so many tried, with the Clopper-Pearson interval."""
    if not 0 <= reached <= of or of < 1:
        raise ValueError(f"{reached} of {of} is no count")
    low = special.betaincinv(reached, of - reached + 1, _TAIL) if reached else 0.0
    high = special.betaincinv(reached + 1, of - reached, 1 - _TAIL) if reached < of else 1.0
    return whole_people(reached / of, float(low), float(high), of)


def beyond(reach_mm: float, mean_mm: float, sd_mm: float, n: int) -> Share:
    """How often a distance with this mean and spread, from n people, is at most ``reach_mm``."""
    point = predictive_share(reach_mm, mean_mm, sd_mm, n)
    low, high = normal_interval(reach_mm, mean_mm, sd_mm, n)
    return whole_people(point, low, high, n)


def predictive_share(reach_mm: float, mean_mm: float, sd_mm: float, n: int) -> float:
    """T_{n-1}((d - m) / (s sqrt(1 + 1/n))): the next person's distance is at most the reach."""
    _check(sd_mm, n)
    return float(special.stdtr(n - 1, (reach_mm - mean_mm) / (sd_mm * math.sqrt(1 + 1 / n))))


def lower_bound_mm(mean_mm: float, sd_mm: float, n: int) -> float:
    """The distance that one person in n + 1 is expected to fall below; finer n does not support."""
    _check(sd_mm, n)
    quantile = float(special.stdtrit(n - 1, 1 / (n + 1)))
    return mean_mm + quantile * sd_mm * math.sqrt(1 + 1 / n)


def normal_interval(reach_mm: float, mean_mm: float, sd_mm: float, n: int) -> tuple[float, float]:
    """The exact 95 % interval of Phi((d - mu) / sigma); see the module for the formula."""
    _check(sd_mm, n)
    k = (reach_mm - mean_mm) / sd_mm
    spread, weight = _chi_nodes(n - 1)

    def below(margin: float) -> float:
        """P(delta <= margin), averaged over what sigma may be."""
        return float(weight @ special.ndtr(math.sqrt(n) * (margin - k * spread)))

    wide = abs(k) * float(spread.max()) + 40 / math.sqrt(n) + 1
    ends = [
        optimize.brentq(lambda x, tail=tail: below(x) - tail, -wide, wide, xtol=1e-9)
        for tail in (_TAIL, 1 - _TAIL)
    ]
    return float(special.ndtr(ends[0])), float(special.ndtr(ends[1]))


@cache
def _chi_nodes(df: int) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Values of sqrt(chi2_df / df) with the weights of a quadrature over its distribution."""
    return np.sqrt(2 * special.gammaincinv(df / 2, (_POINTS + 1) / 2) / df), _WEIGHTS / 2


@dataclass(frozen=True)
class Sampled:
    """Mean and spread of a distance in n people of one study."""

    mean_mm: float
    sd_mm: float
    n: int


@dataclass(frozen=True)
class Joined:
    """Several studies of one distance: a person of the next study is t(df), shifted and scaled."""

    mean_mm: float
    scale_mm: float
    between_sd_mm: float
    df: int
    people: int

    def share(self, reach_mm: float) -> float:
        """How often the distance of a person in a further study would be at most the reach."""
        return float(special.stdtr(self.df, (reach_mm - self.mean_mm) / self.scale_mm))


def predictive(studies: Sequence[Sampled]) -> Joined:
    """Join studies by random effects, for one person of a study not yet made.

    Between-study variance tau^2 by DerSimonian and Laird, mean mu by inverse-variance weights;
    the scale is sqrt(s_pooled^2 + tau^2 + SE(mu)^2), with k - 1 degrees of freedom for k studies
    (Higgins, Thompson and Spiegelhalter 2009 use k - 2, which needs three).  Wide for few studies,
    as it should be.  Raises ValueError for fewer than two.
    """
    if len(studies) < 2:
        raise ValueError("joining needs two studies")
    for study in studies:
        _check(study.sd_mm, study.n)
    means = np.array([s.mean_mm for s in studies])
    variances = np.array([s.sd_mm**2 / s.n for s in studies])
    fixed = 1 / variances
    centre = fixed @ means / fixed.sum()
    q = float(fixed @ (means - centre) ** 2)
    k = len(studies)
    tau2 = max(0.0, (q - (k - 1)) / float(fixed.sum() - (fixed**2).sum() / fixed.sum()))
    weights = 1 / (variances + tau2)
    mean = float(weights @ means / weights.sum())
    freedom = sum(s.n - 1 for s in studies)
    pooled = sum((s.n - 1) * s.sd_mm**2 for s in studies) / freedom
    scale = math.sqrt(pooled + tau2 + 1 / float(weights.sum()))
    return Joined(mean, scale, math.sqrt(tau2), k - 1, sum(s.n for s in studies))


def _check(sd_mm: float, n: int) -> None:
    if not sd_mm > 0 or n < 2:
        raise ValueError(f"a spread needs sd > 0 and n >= 2, got {sd_mm} and {n}")
