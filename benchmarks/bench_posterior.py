"""How long the posterior takes and how exact it is, and the same networks in pyAgrum.

Run from the root of the repository:

    OMP_NUM_THREADS=1 uv run --group bench python -m benchmarks.bench_posterior

Prints Markdown.  The drawings come from the network itself: one to four active causes that lie
near each other, each in a variant drawn by its share.
"""

import argparse
import importlib
import math
import multiprocessing
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tests.unit.reasoning.worlds import draw_painted, realistic_world

from tautband.reasoning.evidence import Evidence
from tautband.reasoning.network import Network
from tautband.reasoning.posterior import explain, solve

Ints = NDArray[np.int64]

PAINTED_BANDS = ((1, 3), (4, 6), (7, 9), (10, 12), (13, 16), (17, 20), (21, 30), (31, 999))
PEER_SIZES = (
    (10, 12),
    (20, 30),
    (30, 48),
    (40, 64),
    (50, 80),
    (60, 100),
    (100, 160),
    (150, 200),
    (200, 250),
    (300, 300),
)
PEER_SECONDS = 60
PEER_BYTES = 4 << 30


@dataclass(frozen=True)
class Run:
    """One timed answer."""

    painted: int
    seconds: float
    bound: float
    widest: int


def time_drawings(
    make_network: Callable[[], Network], drawings: int, bound: float, words: bool, seed: int = 1
) -> list[Run]:
    """Time ``solve`` on made-up drawings; ``words``: what is not painted is unknown, not free."""
    network = make_network()
    rng = np.random.default_rng(seed)
    runs = []
    for _ in range(drawings):
        painted = draw_painted(rng, network, int(rng.integers(1, 5)))
        evidence = Evidence.drawn(network, painted, [] if words else None)
        start = time.perf_counter()
        posterior = solve(network, evidence, bound)
        seconds = time.perf_counter() - start
        runs.append(Run(len(painted), seconds, posterior.bound, posterior.effort.widest))
    return runs


def time_explained(make_network: Callable[[], Network], drawings: int, seed: int = 1) -> list[Run]:
    """Time ``explain``, the posterior with shares of every likely cause, on painted bodies."""
    network = make_network()
    rng = np.random.default_rng(seed)
    runs = []
    for _ in range(drawings):
        painted = draw_painted(rng, network, int(rng.integers(1, 5)))
        evidence = Evidence.drawn(network, painted)
        start = time.perf_counter()
        posterior, _ = explain(network, evidence)
        seconds = time.perf_counter() - start
        runs.append(Run(len(painted), seconds, posterior.bound, posterior.effort.widest))
    return runs


def table(runs: list[Run], bound: float) -> str:
    """Median and 99th percentile, in all and by painted count, as Markdown."""
    lines = [
        "| painted regions | drawings | median ms | p99 ms | max ms | widest bits | worst bound "
        "| within bound |",
        "|---|---|---|---|---|---|---|---|",
    ]
    bands = [(f"{low}-{high}", low, high) for low, high in PAINTED_BANDS]
    for name, low, high in [*bands, ("all", 0, 999)]:
        band = [run for run in runs if low <= run.painted <= high]
        if band:
            ms = np.array([run.seconds for run in band]) * 1e3
            within = sum(run.bound <= bound for run in band) / len(band)
            lines.append(
                f"| {name} | {len(band)} | {np.median(ms):.1f} | {np.percentile(ms, 99):.1f} "
                f"| {ms.max():.1f} | {max(run.widest for run in band)} "
                f"| {max(run.bound for run in band):.1e} | {within:.1%} |"
            )
    return "\n".join(lines)


def plain_network(causes: int, regions: int, seed: int = 3) -> Network:
    """A network as pyAgrum can hold it: one variant, no drivers, regions on a grid."""
    rng = np.random.default_rng(seed)
    rows = max(2, math.isqrt(regions) // 2)
    place = np.array([(i % rows, i // rows) for i in range(regions)], dtype=np.float64)
    links = []
    for c in range(causes):
        centre = place[rng.integers(regions)] + rng.normal(0, 0.2, 2)
        near = np.argsort(np.hypot(*(place - centre).T))[: int(rng.integers(5, 10))]
        links += [(c, 0, int(r), float(rng.uniform(0.2, 0.8))) for r in near]
    return Network.build(
        rng.uniform(0.01, 0.03, causes),
        np.ones((causes, 1)),
        rng.uniform(0.005, 0.02, regions),
        links,
    )


def ask_pyagrum(network: Network, painted: Ints, pipe: Connection) -> None:
    """Send (seconds, posteriors) of exact lazy propagation, or the name of what went wrong."""
    resource.setrlimit(resource.RLIMIT_AS, (PEER_BYTES, PEER_BYTES))
    try:
        pipe.send(_lazy_propagation(network, painted))
    except BaseException as error:  # whatever the peer raises is the result
        pipe.send(f"{type(error).__name__}: {error}".strip(": ")[:60])


def _lazy_propagation(network: Network, painted: Ints) -> tuple[float, list[float]]:
    gum: Any = importlib.import_module("pyagrum")  # only in the bench group

    gum.setNumberOfThreads(1)
    net = gum.BayesNet()
    prior = network.odds / (1 + network.odds)
    for c in range(network.causes):
        net.add(gum.LabelizedVariable(f"c{c}", "", 2))
        net.cpt(f"c{c}").fillWith([1 - prior[c], prior[c]])
    for r in range(network.regions):
        net.addNoisyORNet(gum.LabelizedVariable(f"r{r}", "", 2), float(network.leak[r]))
    for c, r, q in zip(network.link_cause, network.link_region, network.link_chance, strict=True):
        net.addWeightedArc(f"c{c}", f"r{r}", float(q))
    start = time.perf_counter()
    inference = gum.LazyPropagation(net)
    inference.setTargets({f"c{c}" for c in range(network.causes)})
    marked = set(painted.tolist())
    inference.setEvidence({f"r{r}": int(r in marked) for r in range(network.regions)})
    inference.makeInference()
    answer = [float(inference.posterior(f"c{c}")[1]) for c in range(network.causes)]
    return time.perf_counter() - start, answer


def compare(causes: int, regions: int) -> str:
    """One line of the comparison: the drawing with the most paint among ten."""
    network = plain_network(causes, regions)
    rng = np.random.default_rng(5)
    drawings = [draw_painted(rng, network, int(rng.integers(1, 5))) for _ in range(10)]
    painted = max(drawings, key=len)
    evidence = Evidence.drawn(network, painted)
    start = time.perf_counter()
    ours = solve(network, evidence, bound=1e-6)
    seconds = time.perf_counter() - start
    theirs = _guarded(network, painted)
    if isinstance(theirs, str):
        peer, differ = theirs, ""
    else:
        peer = f"{theirs[0] * 1e3:.1f}"
        differ = f"{np.abs(np.array(theirs[1]) - ours.probability).max():.1e}"
    return (
        f"| {causes} x {regions} | {len(painted)} | {seconds * 1e3:.1f} | {ours.bound:.0e} "
        f"| {peer} | {differ} |"
    )


def _guarded(network: Network, painted: Ints) -> tuple[float, list[float]] | str:
    context = multiprocessing.get_context("spawn")
    mine, its = context.Pipe(duplex=False)
    process = context.Process(target=ask_pyagrum, args=(network, painted, its))
    process.start()
    its.close()
    result: tuple[float, list[float]] | str = f"no answer in {PEER_SECONDS} s"
    if mine.poll(PEER_SECONDS):
        try:
            result = mine.recv()
        except EOFError:
            result = "process died (memory guard)"
    process.kill()
    process.join()
    return result


def report(make_network: Callable[[], Network], drawings: int, peers: bool) -> None:
    """Print all tables for this network."""
    for bound in (1e-3, 1e-6):
        for words in (False, True):
            mode = "words: others unknown" if words else "painted: others free"
            print(f"\n### Posterior, bound {bound:g}, {mode}\n")
            print(table(time_drawings(make_network, drawings, bound, words), bound), flush=True)
    print("\n### Posterior with explanation, bound 0.001, painted: others free\n")
    print(table(time_explained(make_network, drawings), 1e-3), flush=True)
    if peers:
        print("\n### The same networks in pyAgrum (lazy propagation, noisy-OR tables)\n")
        print(
            "| causes x regions | painted | Tautband ms | bound | pyAgrum ms | largest difference |"
        )
        print("|---|---|---|---|---|---|")
        for causes, regions in PEER_SIZES:
            print(compare(causes, regions), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--drawings", type=int, default=1000)
    parser.add_argument("--no-peers", action="store_true")
    chosen = parser.parse_args()
    report(lambda: realistic_world().network, chosen.drawings, not chosen.no_peers)


if __name__ == "__main__":
    main()
