"""How fast pools and sheets are made, and the same pools by other programs in the same run."""

import json
import shutil
import subprocess
import time
import warnings
from collections.abc import Callable

import numpy as np

from tautband.evidence.heterogeneity import Method
from tautband.evidence.pool import Test, leave_one_out, pool
from tautband.evidence.sheets import load_sheets
from tautband.evidence.trials import load_trials

CONTRASTS = 1000
REPEATS = 7


def sample(k: int, seed: int = 2026) -> tuple[np.ndarray, np.ndarray]:
    """Made-up effects with variances."""
    rng = np.random.default_rng(seed)
    v = rng.uniform(0.01, 0.2, k)
    return rng.normal(-0.4, np.sqrt(v + 0.1)), v


def median_ms(run: Callable[[], object], repeats: int = REPEATS) -> float:
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        times.append(1000 * (time.perf_counter() - start))
    return float(np.median(times))


def rows() -> list[tuple[str, str]]:
    """What is claimed, with its figure."""
    y, v = sample(CONTRASTS)
    found = [
        (
            f"{CONTRASTS} contrasts pooled by REML with all {CONTRASTS} leave-one-out pools",
            f"{median_ms(lambda: (pool(y, v), leave_one_out(y, v)), 3):.0f} ms",
        )
    ]
    load_trials()
    count = len(load_sheets())
    load_sheets.cache_clear()
    found.append((f"all {count} evidence sheets made again", f"{median_ms(_sheets, 3):.0f} ms"))
    return found


def _sheets() -> None:
    load_sheets.cache_clear()
    load_sheets()


def peers() -> str:
    """A table: the same pools by statsmodels, PyMARE and metafor, times and largest difference."""
    lines = [
        "| pool | Tautband ms | other | other ms | largest difference of mean and tau2 |",
        "|---|---|---|---|---|",
    ]
    for k in (10, 100, 1000):
        y, v = sample(k)
        for method, name, other in _others():
            ours = median_ms(lambda y=y, v=v, method=method: pool(y, v, method, Test.Z))  # type: ignore[misc]
            theirs = median_ms(lambda y=y, v=v, other=other: other(y, v))  # type: ignore[misc]
            mine, its = pool(y, v, method, Test.Z), other(y, v)
            gap = max(abs(mine.estimate - its[0]), abs(mine.tau2 - its[1]))
            what = f"{method.upper()}, {k} studies"
            lines.append(f"| {what} | {ours:.1f} | {name} | {theirs:.1f} | {gap:.1e} |")
    lines += _metafor()
    return "\n".join(lines)


Other = Callable[[np.ndarray, np.ndarray], tuple[float, float]]


def _others() -> list[tuple[Method, str, Other]]:
    from pymare.estimators import DerSimonianLaird, VarianceBasedLikelihoodEstimator
    from statsmodels.stats.meta_analysis import combine_effects

    def pymare(estimator: object) -> Other:
        def run(y: np.ndarray, v: np.ndarray) -> tuple[float, float]:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                fitted = estimator.fit(y[:, None], v[:, None], np.ones((len(y), 1)))  # type: ignore[attr-defined]
            result = fitted.summary()
            return float(result.fe_params.ravel()[0]), float(np.ravel(result.tau2)[0])

        return run

    def statsmodels(method: str) -> Other:
        def run(y: np.ndarray, v: np.ndarray) -> tuple[float, float]:
            found = combine_effects(y, v, method_re=method, atol=1e-12)
            return float(found.mean_effect_re), float(found.tau2)

        return run

    return [
        (Method.DL, "PyMARE", pymare(DerSimonianLaird())),
        (Method.REML, "PyMARE", pymare(VarianceBasedLikelihoodEstimator(method="REML"))),
        (Method.DL, "statsmodels", statsmodels("dl")),
        (Method.PM, "statsmodels", statsmodels("pm")),
    ]


def _metafor() -> list[str]:
    """Rows by R's metafor where R is here; its own time, without the start of R."""
    if not shutil.which("Rscript"):
        return ["| REML | | metafor | R is not here | |"]
    lines: list[str] = []
    for k in (10, 100, 1000):
        y, v = sample(k)
        script = (
            "suppressMessages(library(metafor));"
            "d <- jsonlite::fromJSON(readLines(file('stdin'), warn = FALSE));"
            "t <- median(replicate(5, system.time(f <<- rma(d$y, d$v))['elapsed']));"
            "cat(jsonlite::toJSON(list(m=f$beta[1], t=f$tau2, s=t), auto_unbox=TRUE, digits=NA))"
        )
        ran = subprocess.run(
            ["Rscript", "-e", script],
            input=json.dumps({"y": y.tolist(), "v": v.tolist()}),
            capture_output=True,
            text=True,
            check=False,
        )
        if ran.returncode:
            return [*lines, "| REML | | metafor | not installed | |"]
        its = json.loads(ran.stdout)
        ours = median_ms(lambda y=y, v=v: pool(y, v, Method.REML, Test.Z))  # type: ignore[misc]
        mine = pool(y, v, Method.REML, Test.Z)
        gap = max(abs(mine.estimate - its["m"]), abs(mine.tau2 - its["t"]))
        lines.append(
            f"| REML, {k} studies | {ours:.1f} | metafor | {1000 * its['s']:.1f} | {gap:.1e} |"
        )
    return lines


if __name__ == "__main__":
    for what, figure in rows():
        print(f"{what}: {figure}")
    print(peers())
