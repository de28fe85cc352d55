"""The linear part of the model, settled at once for given values of all that is not linear.

Given how fast and how far the pain recovers, how the benefit builds and fades, how soreness fades,
and the noise, the burden is a straight line in what is left: the level at the start, the benefit,
the expectation, the soreness, the slope of twitches, and the benefit on each further outcome.  A
score's likelihood is near a normal in the burden; with that normal taken at the mode, the linear
part has a normal posterior ``N(m, P^-1)`` whose mean and precision follow from the rest.  It serves
as a proposal only; the weights put right what the normal gets wrong.

What has a number for each score and draw is in single precision here, which takes half the time: a
log likelihood is then right to about 1e-4, and the proposal's density is known exactly.
"""

from dataclasses import dataclass
from math import exp, log

import numpy as np
import numpy.typing as npt

from tautband.response.mode import likelihood_slopes
from tautband.response.model import Model, Values, reference
from tautband.response.shape import Clock, Floats, Reals

LEAST_WEIGHT = 1e-6
SINGLE = np.float32
LINEAR = ("start", "benefit", "expectation", "soreness", "twitch_slope")


@dataclass(frozen=True, eq=False)
class Line:
    """One outcome's burden as a line: ``sum of columns (entry of z + origin)``.

    ``places`` in the linear part; ``columns`` each (n, S), times first; ``origins`` in prior SD.
    """

    places: tuple[int, ...]
    columns: tuple[Reals, ...]
    origins: tuple[float, ...]

    def burden(self, linear: Floats) -> Reals:
        """Burden (n, S) for a linear part (L, S)."""
        entries = [linear[p] + origin for p, origin in zip(self.places, self.origins, strict=True)]
        first, *others = (x.astype(SINGLE) for x in entries)
        found: Reals = self.columns[0] * first
        for column, entry in zip(self.columns[1:], others, strict=True):
            found += column * entry
        return found


@dataclass(frozen=True, eq=False)
class Part:
    """Some scores of one outcome with the normal that stands for their likelihood.

    ``weight`` and ``pull`` (n, 1): its precision, and precision times place.  Within the scale both
    go with one over the variance.  At an end they stay, and ``turn`` (n, 1) moves the pull with
    the log of the noise: noisier scores at an end speak for a level further from it, or nearer.
    """

    outcome: int
    rows: npt.NDArray[np.intp]
    weight: Reals
    pull: Reals
    turn: Floats | None
    log_sd: float
    half: float

    def of(self, column: Reals) -> Reals:
        """The rows of these scores."""
        return column if len(self.rows) == len(column) else column[self.rows]

    def at(self, sd: Floats) -> tuple[Floats, Reals]:
        """Factor (S,) of all, and pull (n, 1 or S), for a noise ``sd`` (S,)."""
        if self.turn is None:
            rounding = self.half**2 / 3  # variance that rounding adds
            return (exp(2 * self.log_sd) + rounding) / (sd**2 + rounding), self.pull
        moved = self.turn * (np.log(sd) - self.log_sd)
        return np.ones_like(sd), self.pull + moved.astype(SINGLE)


class Collapsed:
    """The linear part given the rest; ``linear`` and ``rest`` are places in ``z``."""

    def __init__(self, model: Model, mode: Floats) -> None:
        self.model = model
        linear = [model.at[name] for name in LINEAR]
        for k in range(1, len(model.observed)):
            linear += [model.at[f"start:{k}"], model.at[f"own_benefit:{k}"]]
        self.linear = np.array(linear)
        self.rest = np.setdiff1d(np.arange(model.size), self.linear)
        self.clocks = [Clock(seen.times, model.given, SINGLE) for seen in model.observed]
        v = model.values(mode[None])
        self.parts = [part for k in range(len(model.observed)) for part in self._parts(v, k)]

    def _parts(self, v: Values, k: int) -> list[Part]:
        """The normal at the mode; of scores within the scale, and of those at its ends."""
        model, seen = self.model, self.model.observed[k]
        mean, sd = model.burden(v, k, model.clocks[k])[0], float(v.noise[k][0])
        _, first, second = likelihood_slopes(mean, sd, seen.low, seen.high)
        exact = np.maximum(-second[0, 0], LEAST_WEIGHT)
        weight, pull = exact.astype(SINGLE), (exact * mean + first[0]).astype(SINGLE)
        ends = np.isinf(seen.low) | np.isinf(seen.high)
        return [
            Part(k, rows, weight[rows, None], pull[rows, None], turn, log(sd), model.scores[k].half)
            for rows, turn in (
                (np.flatnonzero(~ends), None),
                (np.flatnonzero(ends), second[0, 1][ends, None]),
            )
            if len(rows)
        ]

    def lines(self, v: Values) -> list[Line]:
        """Each outcome's burden as a line in the linear part."""
        return [self._line(v, k) for k in range(len(self.model.observed))]

    def _line(self, v: Values, k: int) -> Line:
        model, clock = self.model, self.clocks[k]
        given = clock.given
        told = [("baseline_mean", 5 + 2 * (k - 1) if k else 0, 1.0 - self._gone(v, k))]
        if len(given.days):
            each = np.ones(len(given.days))
            weights = [each, np.eye(1, len(each))[0]]
            if given.twitches.any():
                weights.append(given.twitches)
            built = clock.built(v.fade_rate, v.build_rate, weights)
            usual = built[0] * (-1 / reference(v.build_rate, v.fade_rate)).astype(SINGLE)
            told += [("benefit_over_sham", 1, usual), ("expectation", 2, -built[1])]
            if k:
                told.append(("outcome_benefit", 6 + 2 * (k - 1), usual))
            told += [("twitch_slope", 4, -one) for one in built[2:]]
            if model.course.outcomes[k].pain:
                extra = np.stack([each, given.excess], axis=1)
                sizes = np.stack([np.ones_like(v.soreness_slope), v.soreness_slope])
                told.append(
                    ("soreness_peak", 3, clock.decayed([v.soreness_rate], extra, sizes)[0].T)
                )
        numbers = [model.numbers[key] for key, _, _ in told]
        return Line(
            tuple(place for _, place, _ in told),
            tuple(column * SINGLE(n.sd) for n, (_, _, column) in zip(numbers, told, strict=True)),
            tuple(n.value / n.sd for n in numbers),
        )

    def _gone(self, v: Values, k: int) -> Reals:
        left = self.clocks[k].whole.decay(np.log(2) / v.half_life_days)
        found: Reals = v.share[k].astype(SINGLE) * (1 - left)
        return found

    def given(self, v: Values, lines: list[Line]) -> tuple[Floats, Floats]:
        """Mean (L, S) and lower Cholesky factor (L, L, S) of the precision, draws last."""
        size, draws = len(self.linear), len(v.expectation)
        precision = np.zeros((size, size, draws))
        pull = np.zeros((size, draws))
        precision[np.arange(size), np.arange(size)] = 1.0
        for part in self.parts:
            line, (weight, pulled) = lines[part.outcome], part.at(v.noise[part.outcome])
            columns = [part.of(column) for column in line.columns]
            left = pulled - part.weight * part.of(line.burden(np.zeros((size, 1))))
            weighed = [column * part.weight for column in columns]
            for i, place in enumerate(line.places):
                pull[place] += weight * np.einsum("ns,ns->s", columns[i], left)
                for j in range(i + 1):
                    met = weight * np.einsum("ns,ns->s", weighed[i], columns[j])
                    high, low = max(place, line.places[j]), min(place, line.places[j])
                    precision[high, low] += met
        return _solve(precision, pull)

    def log_posterior(self, z: Floats, v: Values, lines: list[Line]) -> Floats:
        """Log posterior of ``z`` (S, d), up to a constant, from its lines: (S,)."""
        found: Floats = -0.5 * np.einsum("sd,sd->s", z, z)
        linear = z[:, self.linear].T
        for k, line in enumerate(lines):
            found += self.model.scores[k].log_chance(line.burden(linear), v.noise[k])
        return found


def _solve(precision: Floats, pull: Floats) -> tuple[Floats, Floats]:
    """Mean and Cholesky factor for many small systems, draws last; lower halves are read."""
    size = len(pull)
    root = np.zeros_like(precision)
    for j in range(size):
        square = precision[j, j] - (root[j, :j] ** 2).sum(axis=0)
        root[j, j] = np.sqrt(
            np.maximum(square, 1.0)
        )  # the prior's part, which rounding must not eat
        for i in range(j + 1, size):
            inner = (root[i, :j] * root[j, :j]).sum(axis=0)
            root[i, j] = (precision[i, j] - inner) / root[j, j]
    half = np.empty_like(pull)
    for i in range(size):
        half[i] = (pull[i] - (root[i, :i] * half[:i]).sum(axis=0)) / root[i, i]
    return backward(root, half), root


def backward(root: Floats, right: Floats) -> Floats:
    """Solve ``root^T x = right`` for lower ``root`` (L, L, S), ``right`` (L, S)."""
    size = len(right)
    found = np.empty_like(right)
    for i in reversed(range(size)):
        found[i] = (right[i] - (root[i + 1 :, i] * found[i + 1 :]).sum(axis=0)) / root[i, i]
    return found
