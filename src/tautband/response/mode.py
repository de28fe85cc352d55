"""The mode of the posterior of one course: Newton's method with damping."""

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.special import ndtr

from tautband.response.likelihood import TINY
from tautband.response.model import Model
from tautband.response.shape import Floats

STEP = 1e-4
STEPS = 30
NEAR = 0.05  # of log posterior: the importance weights do the rest


def mode(model: Model) -> tuple[Floats, Floats]:
    """The mode in ``z`` (d,), and the precision there (d, d)."""
    z = _first_guess(model)
    value, gradient, precision = slopes(model, z)
    damping = 0.0
    for _ in range(STEPS):
        eased = precision + damping * np.eye(model.size)
        trial = np.clip(z + cho_solve(cho_factor(eased), gradient), -8, 8)
        new = slopes(model, trial)
        if new[0] < value - 1e-9:
            damping = max(1.0, 4 * damping)
            if damping > 1e6:
                break
            continue
        gained, z = new[0] - value, trial
        value, gradient, precision = new
        damping = damping / 4 if damping > 1 else 0.0
        if gained < NEAR:
            break
    return z, precision


def _first_guess(model: Model) -> Floats:
    """The prior's centre, but for the level at the start and the noise, which scores tell."""
    z = np.zeros(model.size)
    start = model.numbers["baseline_mean"]
    mean, sd = model.numbers["noise_sd"].log_normal
    for k, scores in enumerate(model.scores):
        seen, tag = scores.middles(), f":{k}" if k else ""
        early = seen[: max(1, min(7, len(seen) // 2))].mean()
        z[model.at[f"start{tag}"]] = np.clip((early - start.value) / start.sd, -3, 3)
        if len(seen) > 2:
            noise = max(0.3, float(np.diff(seen).std()) / np.sqrt(2))
            z[model.at[f"noise{tag}"]] = np.clip((np.log(noise) - mean) / sd, -3, 3)
    return z


def log_posterior(model: Model, z: Floats) -> Floats:
    """Log likelihood and log prior, up to a constant, of draws ``z`` (S, d): (S,)."""
    found: Floats = model.log_likelihood(z) - 0.5 * np.einsum("sd,sd->s", z, z)
    return found


def slopes(model: Model, z: Floats) -> tuple[float, Floats, Floats]:
    """Log posterior, its gradient, and its negative Hessian without the curvature of the mean.

    The slopes of the mean are central differences, all in one batch; those of the interval
    likelihood by mean and log SD are exact.
    """
    size = model.size
    shifts = STEP * np.eye(size)
    v = model.values(np.concatenate([z[None], z + shifts, z - shifts]))
    value, gradient, precision = -0.5 * float(z @ z), -z.copy(), np.eye(size)
    mixed = np.zeros((size, size))
    for k, (seen, clock) in enumerate(zip(model.observed, model.clocks, strict=True)):
        burden = model.burden(v, k, clock)
        slope = (burden[1 : size + 1] - burden[size + 1 :]) / (2 * STEP)  # (d, n)
        noise = v.noise[k]
        log_sd = (np.log(noise[1 : size + 1]) - np.log(noise[size + 1 :])) / (2 * STEP)  # (d,)
        log_chance, first, second = likelihood_slopes(burden[0], noise[0], seen.low, seen.high)
        value += float(log_chance.sum())
        gradient += slope @ first[0] + log_sd * first[1].sum()
        precision -= (slope * second[0, 0]) @ slope.T
        precision += np.outer(log_sd, log_sd) * max(0.0, -float(second[1, 1].sum()))
        half = np.outer(slope @ second[0, 1], log_sd)
        mixed -= half + half.T
    # What is mixed of mean and noise is 0 on average; far from the mode it would point astray.
    if np.linalg.eigvalsh(precision + mixed)[0] >= 0.5:
        precision = precision + mixed
    return value, gradient, precision


def likelihood_slopes(
    mean: Floats, sd: float, low: Floats, high: Floats
) -> tuple[Floats, Floats, Floats]:
    """Log chance (n,), and its first (2, n) and second (2, 2, n) slopes by mean and by log SD."""
    lower, upper = (low - mean) / sd, (high - mean) / sd
    flip = lower > 0
    chance = np.maximum(
        ndtr(np.where(flip, -lower, upper)) - ndtr(np.where(flip, -upper, lower)), TINY
    )
    (l0, l1, l2, l3), (u0, u1, u2, u3) = _moments(lower), _moments(upper)
    a, b, c, d = (u0 - l0) / chance, (u1 - l1) / chance, (u2 - l2) / chance, (u3 - l3) / chance
    by_mean, by_log_sd = -a / sd, -b
    mean_mean = (-b - a * a) / sd**2
    mean_sd = (a - c - a * b) / sd
    sd_sd = b - d - b * b
    return (
        np.log(chance),
        np.stack([by_mean, by_log_sd]),
        np.stack([np.stack([mean_mean, mean_sd]), np.stack([mean_sd, sd_sd])]),
    )


def _moments(x: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """``x^j phi(x)`` for j = 0 to 3; 0 at infinite ends."""
    finite = np.where(np.isfinite(x), x, 0.0)
    density = np.where(np.isfinite(x), np.exp(-0.5 * finite**2) / np.sqrt(2 * np.pi), 0.0)
    return density, finite * density, finite**2 * density, finite**3 * density
