"""Write ``tests/unit/response/reference/nuts.json``: posteriors of made-up courses by NUTS.

    .run/uv.sh sync --group mcmc --locked
    .venv/bin/python -m tools.nuts_reference [courses]

The model is written out a second time here, in JAX and without the quick sums, so that the
reference shares no code with what it checks but the priors and the courses.

A few courses at a time, each batch in a process of its own, because JAX does not give its memory
back.  Batches are kept in ``.run/nuts`` and not run again, so a run that was ended goes on where
it stopped; with other priors, draws or tool they are made anew.
"""

import json
import os
import subprocess
import sys
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
import numpyro.distributions as dist
from jax.scipy.special import ndtr
from numpyro.infer import MCMC, NUTS

from tautband.response.course import Course
from tautband.response.numbers import load_numbers, numbers_version
from tautband.synthetic.courses import CourseWorld, Design, courses, cut

ROOT = Path(__file__).parents[1]
PATH = ROOT / "tests" / "unit" / "response" / "reference" / "nuts.json"
PARTS = ROOT / ".run" / "nuts"
SEED = 20260601
WARMUP, SAMPLES, CHAINS = 500, 3000, 2
BATCH = 5
ONE_CORE = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
MOST_SCORES, SESSIONS = 100, 6
LATER = 42.0
WORLD = CourseWorld("as the model believes", benefit=None, expectation=None)
STAGES = ((14, 21.0), (14, 42.0), (0, 42.0), (14, 84.0), (0, 84.0))
LEVELS = (0.05, 0.5, 0.95)


def _normal(name: str, key: str) -> Any:
    number = load_numbers()[key]
    return numpyro.deterministic(
        name, number.value + number.sd * numpyro.sample(f"z_{name}", dist.Normal())
    )


def _positive(name: str, key: str) -> Any:
    mean, sd = load_numbers()[key].log_normal
    return numpyro.deterministic(
        name, jnp.exp(mean + sd * numpyro.sample(f"z_{name}", dist.Normal()))
    )


def model(data: dict[str, Any]) -> None:
    """The structural model with every sum written out as a matrix of times by sessions."""
    start = _normal("start", "baseline_mean")
    share = _normal("share", "recovery_share")
    half_life = _positive("half_life", "recovery_half_life")
    benefit = _normal("benefit", "benefit_over_sham")
    build = _positive("build", "benefit_days")
    fade = _positive("fade", "benefit_fade")
    expectation = _normal("expectation", "expectation")
    soreness = _normal("soreness", "soreness_peak")
    sore_hours = _positive("soreness_half_life", "soreness_half_life")
    sore_slope = _positive("soreness_slope", "soreness_per_insertion")
    twitch_slope = _normal("twitch_slope", "twitch_slope")
    noise = _positive("noise", "noise_sd")

    def standing(gap: Any) -> Any:
        before = gap <= 0
        gap = jnp.where(before, 1.0, gap)
        shape = (1 - jnp.exp(-3 * gap / build)) * 2 ** (-gap / (7 * fade))
        return jnp.where(before, 0.0, shape)

    usual = standing(7.0 * jnp.arange(1, 7)).sum()

    def level(times: Any) -> Any:
        gaps = times[:, None] - data["sessions"][None]
        shapes = standing(gaps) * data["given"]
        per_session = benefit / usual + twitch_slope * data["twitches"]
        natural = start * (1 - share * (1 - 2 ** (-times / (7 * half_life))))
        return natural - (shapes * per_session).sum(1) - expectation * shapes[:, 0]

    gaps = data["times"][:, None] - data["sessions"][None]
    after = (gaps > 0) * data["given"]
    sore = jnp.where(after > 0, 2 ** (-jnp.where(after > 0, gaps, 1.0) * 24 / sore_hours), 0.0)
    mean = level(data["times"]) + soreness * (sore * (1 + sore_slope * data["excess"])).sum(1)
    numpyro.deterministic("level_later", level(data["later"])[0])
    numpyro.deterministic("level_now", level(data["now"])[0])
    upper = (data["values"] + 0.5 - mean) / noise
    lower = (data["values"] - 0.5 - mean) / noise
    # The ends take all that lies beyond; 40 SD are as good as infinite, and keep gradients finite.
    upper = jnp.where(data["values"] >= 10, 40.0, upper)
    lower = jnp.where(data["values"] <= 0, -40.0, lower)
    flip = lower > 0
    high, low = jnp.where(flip, -lower, upper), jnp.where(flip, -upper, lower)
    chance = jnp.log(jnp.maximum(ndtr(high) - ndtr(low), 1e-300))
    numpyro.factor("scores", (chance * data["seen"]).sum())


def arrays(course: Course) -> dict[str, Any]:
    """A course as arrays of one fixed size, so that JAX compiles once."""
    scores = course.outcomes[0].scores
    count, given = len(scores), len(course.sessions)
    begin = course.start

    def padded(values: list[float], size: int) -> Any:
        return jnp.array(values + [0.0] * (size - len(values)))

    insertions = [s.insertions for s in course.sessions if s.insertions is not None]
    twitches = [s.ltr for s in course.sessions if s.ltr is not None]
    excess, beyond = [], []
    for s in course.sessions:
        e = 0.0 if s.insertions is None else s.insertions - float(np.median(insertions))
        e += 0.0 if s.ltr is None else s.ltr - float(np.median(twitches))
        excess.append(min(20.0, max(-5.0, e)))
        beyond.append(0.0 if s.ltr is None else s.ltr - float(np.mean(twitches)))
    return {
        "times": padded([s.day - begin for s in scores], MOST_SCORES),
        "values": padded([s.value for s in scores], MOST_SCORES),
        "seen": padded([1.0] * count, MOST_SCORES),
        "sessions": padded([s.day - begin for s in course.sessions], SESSIONS),
        "given": padded([1.0] * given, SESSIONS),
        "excess": padded(excess, SESSIONS),
        "twitches": padded(beyond, SESSIONS),
        "now": jnp.array([course.now - begin]),
        "later": jnp.array([course.now - begin + LATER]),
    }


def main() -> None:
    """Sample every course, batch by batch, and write the file."""
    if sys.argv[1:2] == ["--batch"]:
        _batch(int(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    PARTS.mkdir(parents=True, exist_ok=True)
    told = []
    for first in range(0, count, BATCH):
        last = min(count, first + BATCH)
        part = PARTS / f"{_name()}-{first}-{last}.json"
        if not part.exists():
            command = [sys.executable, "-m", "tools.nuts_reference", "--batch"]
            subprocess.run(
                [*command, str(first), str(last), str(part)],
                check=True,
                cwd=ROOT,
                env={**os.environ, "XLA_FLAGS": ONE_CORE, "OMP_NUM_THREADS": "1"},
            )
        told += json.loads(part.read_text("utf-8"))
    _write(told)


def _name() -> str:
    """Changes with all that decides what is sampled."""
    parts = [numbers_version(), Path(__file__).read_text("utf-8")]
    return sha256("".join(parts).encode()).hexdigest()[:10]


def _batch(first: int, last: int, part: Path) -> None:
    numpyro.enable_x64()
    told = []
    sampler = MCMC(
        NUTS(model, target_accept_prob=0.85, dense_mass=True),
        num_warmup=WARMUP,
        num_samples=SAMPLES,
        num_chains=CHAINS,
        chain_method="sequential",
        jit_model_args=True,
        progress_bar=False,
    )
    for number in range(first, last):
        baseline, day = STAGES[number % len(STAGES)]
        made = next(courses(WORLD, 1, SEED + number, Design(baseline=baseline)))
        course = cut(made.course, day)
        sampler.run(jax.random.PRNGKey(number), arrays(course))
        grouped = sampler.get_samples(group_by_chain=True)
        told.append(
            {
                "today": day,
                "scores": [[s.day, s.value] for s in course.outcomes[0].scores],
                "sessions": [[s.day, s.needles, s.insertions, s.ltr] for s in course.sessions],
                "posterior": {
                    name: _summary(np.asarray(draws))
                    for name, draws in grouped.items()
                    if not name.startswith("z_")
                },
            }
        )
        print(number, course.now, flush=True)
    part.write_text(json.dumps(told, default=float), "utf-8")


def _summary(x: Any) -> dict[str, Any]:
    """Mean, SD and quantiles of draws (chains, n), each with its Monte-Carlo standard error.

    That of a quantile at level p: the error of the share of draws below it, by the effective
    number of that indicator, carried back through the quantiles (Vehtari et al. 2021,
    10.1214/20-BA1221).
    """
    effective = float(numpyro.diagnostics.effective_sample_size(x))
    quantiles, errors = [], []
    for level in LEVELS:
        at = float(np.quantile(x, level))
        below = (x <= at).astype(float)
        worth = float(numpyro.diagnostics.effective_sample_size(below))
        step = np.sqrt(level * (1 - level) / worth)
        around = np.quantile(x, [max(0.0, level - step), min(1.0, level + step)])
        quantiles.append(at)
        errors.append(float(around[1] - around[0]) / 2)
    return {
        "mean": float(x.mean()),
        "sd": float(x.std()),
        "quantiles": quantiles,
        "r_hat": float(numpyro.diagnostics.split_gelman_rubin(x)),
        "effective": effective,
        "mean_error": float(x.std()) / effective**0.5,
        "quantile_errors": errors,
    }


def _write(told: list[dict[str, Any]]) -> None:
    written = {
        "made_by": "tools/nuts_reference.py",
        "synthetic": True,
        "versions": {name: version(name) for name in ("numpyro", "jax")},
        "priors": numbers_version(),
        "seed": SEED,
        "draws": [WARMUP, SAMPLES, CHAINS],
        "levels": LEVELS,
        "later_days": LATER,
        "courses": told,
    }
    text = json.dumps(_short(written))
    PATH.write_text(text.replace('{"today"', '\n{"today"') + "\n", "utf-8")


def _short(x: Any) -> Any:
    """Seven significant digits: far finer than the draws know."""
    if isinstance(x, float):
        return float(f"{x:.7g}")
    if isinstance(x, dict):
        return {key: _short(value) for key, value in x.items()}
    return [_short(value) for value in x] if isinstance(x, list | tuple) else x


if __name__ == "__main__":
    main()
