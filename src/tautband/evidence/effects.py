"""Effect sizes of one comparison: mean difference and Hedges' g, and conversions that are marked.

Sign: first arm minus second.  References: Hedges 1981 (exact correction); Borenstein et al. 2009,
ch. 4; Cochrane Handbook 6.5 (conversions, merged arms); Wan et al. 2014 (quartiles, range).
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from math import exp, isfinite, log, sqrt

from scipy.special import gammaln
from scipy.stats import norm, t

from tautband.base.errors import InputError


class Measure(StrEnum):
    """What is pooled."""

    GENERIC = "generic"
    MD = "md"
    SMD = "smd"


FROM_P = "spread read off a p-value"


class Score(StrEnum):
    """Whether an arm's mean is of final scores or of changes from baseline."""

    FINAL = "final"
    CHANGE = "change"


@dataclass(frozen=True)
class Effect:
    """An estimate and its sampling variance; ``marks`` names each conversion that made it."""

    estimate: float
    variance: float
    marks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not isfinite(self.estimate):
            raise InputError("yi", f"is {self.estimate}", "a finite number")
        if not (isfinite(self.variance) and self.variance > 0):
            raise InputError("vi", f"is {self.variance:g}", "a variance above 0")

    @property
    def se(self) -> float:
        """Standard error."""
        return sqrt(self.variance)


@dataclass(frozen=True)
class Arm:
    """Number of people, mean and standard deviation of one arm."""

    n: int
    mean: float
    sd: float
    score: Score = Score.FINAL
    marks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.n < 2:
            raise InputError("n", f"is {self.n}", "at least 2 people in an arm")
        if not isfinite(self.mean):
            raise InputError("mean", f"is {self.mean}", "a finite number")
        if not (isfinite(self.sd) and self.sd > 0):
            raise InputError("sd", f"is {self.sd:g}", "a standard deviation above 0")


def mean_difference(first: Arm, second: Arm) -> Effect:
    """Difference of means with unequal variances; final and change scores may be set together."""
    variance = first.sd**2 / first.n + second.sd**2 / second.n
    return Effect(first.mean - second.mean, variance, _marks(first, second))


def hedges_g(first: Arm, second: Arm) -> Effect:
    """Standardised mean difference with the exact small-sample correction.

    g = J(m) (mean1 - mean2) / s, s the pooled standard deviation, m = n1 + n2 - 2, and
    J(m) = Gamma(m/2) / (sqrt(m/2) Gamma((m-1)/2)).  Variance 1/n1 + 1/n2 + g^2 / (2 (n1 + n2)), the
    usual large-sample form (Hedges 1982).  Change and final scores have different
    standard deviations and are refused together (Cochrane Handbook 10.5.2).
    """
    if first.score is not second.score:
        raise InputError(
            "score", "is 'change' in one arm and 'final' in the other", "the same in both for smd"
        )
    m = first.n + second.n - 2
    if m < 2:
        raise InputError("n", f"is {first.n} and {second.n}", "at least 4 people in all")
    pooled = sqrt(((first.n - 1) * first.sd**2 + (second.n - 1) * second.sd**2) / m)
    g = correction(m) * (first.mean - second.mean) / pooled
    variance = 1 / first.n + 1 / second.n + g**2 / (2 * (first.n + second.n))
    return Effect(g, variance, _marks(first, second))


def correction(m: float) -> float:
    """Hedges' exact J for ``m`` degrees of freedom."""
    return exp(float(gammaln(m / 2) - 0.5 * log(m / 2) - gammaln((m - 1) / 2)))


def from_interval(estimate: float, low: float, high: float, level: float = 0.95) -> Effect:
    """An effect whose variance is read off a printed confidence interval (normal quantile)."""
    if not low < high:
        raise InputError("ci", f"runs from {low:g} to {high:g}", "the lower limit first")
    if not low <= estimate <= high:
        raise InputError("ci", f"({low:g} to {high:g}) leaves out {estimate:g}", "its estimate")
    se = (high - low) / (2 * float(norm.ppf(0.5 + level / 2)))
    return Effect(estimate, se**2, ("variance read off the printed interval",))


def from_p(difference: float, p: float, first_n: int, second_n: int) -> Effect:
    """A mean difference whose variance is read off a two-sided t-test of it.

    SE = |difference| / t(p; n1 + n2 - 2) (Cochrane Handbook 6.5.2.3).
    """
    quantile = _t_of(p, first_n, second_n)
    if difference == 0:
        raise InputError("difference", "is 0", "one that a p-value can say something of")
    return Effect(difference, (difference / quantile) ** 2, (FROM_P,))


def g_from_p(difference: float, p: float, first_n: int, second_n: int) -> Effect:
    """Hedges' g from a two-sided t-test: t sqrt(1/n1 + 1/n2), corrected, with the sign given."""
    share = 1 / first_n + 1 / second_n
    g = correction(first_n + second_n - 2) * _t_of(p, first_n, second_n) * sqrt(share)
    variance = share + g**2 / (2 * (first_n + second_n))
    return Effect(g if difference > 0 else -g, variance, (FROM_P,))


def _t_of(p: float, first_n: int, second_n: int) -> float:
    if not 0 < p < 1:
        raise InputError("p", f"is {p:g}", "between 0 and 1")
    if min(first_n, second_n) < 2:
        raise InputError("n", f"is {first_n} and {second_n}", "at least 2 people in an arm")
    return float(t.isf(p / 2, first_n + second_n - 2))


def arm_from_se(n: int, mean: float, se: float, score: Score = Score.FINAL) -> Arm:
    """An arm that was printed with the standard error of its mean."""
    return Arm(n, mean, se * sqrt(n), score, ("SD from a standard error",))


def arm_from_mean_interval(
    n: int, mean: float, low: float, high: float, score: Score = Score.FINAL, level: float = 0.95
) -> Arm:
    """An arm that was printed with the interval of its mean (t with n - 1 degrees of freedom)."""
    if not low < high:
        raise InputError("ci", f"runs from {low:g} to {high:g}", "the lower limit first")
    sd = sqrt(n) * (high - low) / (2 * float(t.ppf(0.5 + level / 2, n - 1)))
    return Arm(n, mean, sd, score, ("SD from the interval of a mean",))


def arm_from_quartiles(
    n: int, q1: float, median: float, q3: float, score: Score = Score.FINAL
) -> Arm:
    """An arm that was printed as median and quartiles.

    Wan et al. 2014, scenario C3: mean (q1 + m + q3) / 3; SD (q3 - q1) / (2 Phi^-1((0.75 n - 0.125)
    / (n + 0.25))).  It supposes symmetry; the mark says that it was done.
    """
    if not q1 <= median <= q3 or q1 == q3:
        raise InputError("median", f"is {median:g} between {q1:g} and {q3:g}", "q1 < median < q3")
    spread = 2 * float(norm.ppf((0.75 * n - 0.125) / (n + 0.25)))
    mark = "mean and SD from median and quartiles"
    return Arm(n, (q1 + median + q3) / 3, (q3 - q1) / spread, score, (mark,))


def arm_from_range(n: int, low: float, median: float, high: float) -> Arm:
    """An arm that was printed as median and range (Wan et al. 2014, scenario C1)."""
    if not low <= median <= high or low == high:
        raise InputError("median", f"is {median:g}, range {low:g} to {high:g}", "it between them")
    spread = 2 * float(norm.ppf((n - 0.375) / (n + 0.25)))
    mark = "mean and SD from median and range"
    return Arm(n, (low + 2 * median + high) / 4, (high - low) / spread, Score.FINAL, (mark,))


def merged(*arms: Arm) -> Arm:
    """Several arms of one trial as one, so that a shared comparator counts once.

    Cochrane Handbook 6.5.2.10: the mean of all people, and the SD that they have about it.
    """
    if len({arm.score for arm in arms}) > 1:
        raise InputError("score", "differs among the arms to merge", "all final or all change")
    whole, *rest = arms
    for arm in rest:
        n = whole.n + arm.n
        between = whole.n * arm.n / n * (whole.mean - arm.mean) ** 2
        within = (whole.n - 1) * whole.sd**2 + (arm.n - 1) * arm.sd**2
        mean = (whole.n * whole.mean + arm.n * arm.mean) / n
        whole = replace(
            whole,
            n=n,
            mean=mean,
            sd=sqrt((within + between) / (n - 1)),
            marks=tuple(dict.fromkeys((*whole.marks, *arm.marks))),
        )
    if rest:
        whole = replace(whole, marks=(*whole.marks, "arms of one trial merged"))
    return whole


def turned(effect: Effect) -> Effect:
    """The same effect with its sign turned: for a scale on which higher is better."""
    return replace(effect, estimate=-effect.estimate)


def _marks(first: Arm, second: Arm) -> tuple[str, ...]:
    marks = dict.fromkeys((*first.marks, *second.marks))
    if first.score is not second.score:
        marks["final and change scores together"] = None
    return tuple(marks)
