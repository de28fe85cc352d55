"""How long the posterior takes and how exact it is, and the same networks in pyAgrum.

Run from the root of the repository:

    OMP_NUM_THREADS=1 uv run --group bench python -m benchmarks.bench_posterior

Prints Markdown.  The network is the shipped one; the drawings are those of made-up patients of all
worlds, one half painted, one half in words (three to eight regions named, the others unknown).
Times are processor time of one core, so that a busy machine does not change them.
"""

import argparse
import importlib
import math
import multiprocessing
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tests.unit.reasoning.worlds import draw_painted

from tautband.body.drawing import Drawing, Mark, from_regions
from tautband.body.overlap import region_coverage
from tautband.body.regions import RegionTable
from tautband.reasoning.evidence import Evidence
from tautband.reasoning.knowledge import load_knowledge
from tautband.reasoning.naming import naming_of
from tautband.reasoning.network import Network
from tautband.reasoning.observation import evidence_of, observe
from tautband.reasoning.posterior import explain, solve
from tautband.synthetic.patients import WORLDS, Generator

Ints = NDArray[np.int64]

PAINTED_BANDS = ((1, 5), (6, 10), (11, 15), (16, 20), (21, 30), (31, 999))
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
class Question:
    """What a made-up patient's drawing asks of the network."""

    world: str
    words: bool
    network: Network
    evidence: Evidence
    painted: int


@dataclass(frozen=True)
class Run:
    """One timed answer."""

    question: Question
    seconds: float
    bound: float
    widest: int


def questions(count: int, seed: int = 1) -> Iterator[Question]:
    """Drawings from every world by turns, one half painted and one half in words."""
    knowledge = load_knowledge()
    streams = [Generator(knowledge, world, seed).patients(count) for world in WORLDS]
    for number in range(count):
        world, words = WORLDS[number % len(WORLDS)], number // len(WORLDS) % 2 == 1
        patient = next(streams[number % len(WORLDS)])
        drawing = in_words(patient.drawing, knowledge.atlas.table, 3 + number % 6)
        drawing = drawing if words else patient.drawing
        naming = naming_of(drawing, knowledge)
        evidence = evidence_of(observe(drawing, knowledge.atlas.table), knowledge, naming)
        painted = int(np.count_nonzero(evidence.like_on > evidence.like_off))
        yield Question(world.name, words, naming.network, evidence, painted)


def in_words(drawing: Drawing, table: RegionTable, most: int) -> Drawing:
    """The regions with most paint, named, and nothing said of the others."""
    amount = region_coverage(drawing.painful, table) * table.areas
    named = [r for r in np.argsort(-amount, kind="stable")[:most].tolist() if amount[r] > 0]
    return from_regions(table, [Mark(table.regions[r].key, 5) for r in named])


def timed(asked: Sequence[Question], bound: float, explained: bool = False) -> list[Run]:
    """Time ``solve``, or ``explain``, the posterior with the shares of every likely cause."""
    runs = []
    for question in asked:
        start = time.process_time()
        if explained:
            posterior, _ = explain(question.network, question.evidence, bound)
        else:
            posterior = solve(question.network, question.evidence, bound)
        seconds = time.process_time() - start
        runs.append(Run(question, seconds, posterior.bound, posterior.effort.widest))
    return runs


def table(runs: list[Run], bound: float) -> str:
    """Times and bounds in all, by world, and by painted count, as Markdown."""
    lines = [
        "| drawings | how many | median ms | p90 ms | p99 ms | longest ms | widest bits "
        f"| bound above {bound:g} | above 0.01 | largest bound |",
        "|---|---|---|---|---|---|---|---|---|---|",
        _row("all", runs, bound),
        _row("in words", [r for r in runs if r.question.words], bound),
    ]
    painted = [r for r in runs if not r.question.words]
    lines.append(_row("painted", painted, bound))
    for world in WORLDS:
        band = [r for r in painted if r.question.world == world.name]
        lines.append(_row(f"painted, {world.name}", band, bound))
    for low, high in PAINTED_BANDS:
        band = [r for r in painted if low <= r.question.painted <= high]
        lines.append(_row(f"painted, {low} to {high} regions", band, bound))
    return "\n".join(line for line in lines if line)


def _row(name: str, runs: Sequence[Run], bound: float) -> str:
    if not runs:
        return ""
    ms = np.array([run.seconds for run in runs]) * 1e3
    median, high, highest = np.percentile(ms, [50, 90, 99])
    found = np.array([run.bound for run in runs])
    return (
        f"| {name} | {len(runs)} | {median:.1f} | {high:.0f} | {highest:.0f} | {ms.max():.0f} "
        f"| {max(run.widest for run in runs)} | {(found > bound).mean():.1%} "
        f"| {(found > 0.01).mean():.1%} | {found.max():.1e} |"
    )


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
    start = time.process_time()
    inference = gum.LazyPropagation(net)
    inference.setTargets({f"c{c}" for c in range(network.causes)})
    marked = set(painted.tolist())
    inference.setEvidence({f"r{r}": int(r in marked) for r in range(network.regions)})
    inference.makeInference()
    answer = [float(inference.posterior(f"c{c}")[1]) for c in range(network.causes)]
    return time.process_time() - start, answer


def compare(causes: int, regions: int) -> str:
    """One line of the comparison: the drawing with the most paint among ten."""
    network = plain_network(causes, regions)
    rng = np.random.default_rng(5)
    drawings = [draw_painted(rng, network, int(rng.integers(1, 5))) for _ in range(10)]
    painted = max(drawings, key=len)
    evidence = Evidence.drawn(network, painted)
    start = time.process_time()
    ours = solve(network, evidence, bound=1e-6)
    seconds = time.process_time() - start
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


def report(drawings: int = 1000, peers: bool = True) -> None:
    """Print all tables."""
    asked = list(questions(drawings))
    print("\n### Posterior while painting, bound 0.001\n")
    print(table(timed(asked, 1e-3), 1e-3), flush=True)
    some = asked[: max(len(asked) // 5, 1)]
    print("\n### Posterior with explanation, bound 0.001\n")
    print(table(timed(some, 1e-3, explained=True), 1e-3), flush=True)
    print("\n### Posterior when a case is opened, bound 1e-06\n")
    print(table(timed(some, 1e-6), 1e-6), flush=True)
    if peers:
        print("\n### Small networks in pyAgrum (lazy propagation, noisy-OR tables)\n")
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
    report(chosen.drawings, not chosen.no_peers)


if __name__ == "__main__":
    main()
