"""Made-up networks and drawings: small odd ones for truth, a large realistic one for speed."""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from tautband.reasoning.evidence import Evidence
from tautband.reasoning.network import Network

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def random_network(
    rng: np.random.Generator, causes: int, variants: int, regions: int, drivers: int = 0
) -> Network:
    """A small network without any structure; the first causes drive some of the others."""
    share = rng.random((causes, variants)) * (rng.random((causes, variants)) < 0.8)
    share[:, 0] += 0.1
    links = rng.random((causes, variants, regions)) * (
        rng.random((causes, variants, regions)) < 0.5
    )
    couplings = [
        (d, c, 1 + 9 * rng.random())
        for d in range(drivers)
        for c in range(drivers, causes)
        if rng.random() < 0.6
    ]
    return Network.build(
        np.exp(rng.uniform(-5, 1, causes)),
        share / share.sum(axis=1, keepdims=True),
        rng.uniform(0.001, 0.05, regions),
        links * 0.97,
        couplings,
    )


def random_evidence(rng: np.random.Generator, network: Network) -> Evidence:
    """Painted, free, unknown and graded regions, findings and variant weights at random."""
    kind = rng.integers(0, 6, network.regions)
    graded = rng.random((2, network.regions)) * 2 + 0.01
    on = np.select([kind <= 1, kind == 2, kind == 3], [1.0, 0.0, 1.0], graded[0])
    off = np.select([kind <= 1, kind == 2, kind == 3], [0.0, 1.0, 1.0], graded[1])
    lr = np.where(rng.random(network.causes) < 0.3, np.exp(rng.normal(0, 3, network.causes)), 1.0)
    weight = np.where(rng.random(network.share.shape) < 0.2, rng.random(network.share.shape), 1.0)
    return Evidence.of(network, on, off, lr, weight)


@st.composite
def small_worlds(draw: st.DrawFn) -> tuple[Network, Evidence]:
    """A network small enough to enumerate, and evidence for it."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    causes = draw(st.integers(1, 6))
    drivers = draw(st.integers(0, min(3, causes - 1)))
    network = random_network(rng, causes, draw(st.integers(1, 3)), draw(st.integers(0, 6)), drivers)
    return network, random_evidence(rng, network)


@dataclass(frozen=True)
class World:
    """A realistic network with its geometry."""

    network: Network
    centre: Floats  # (R, 2)


def realistic_world(
    seed: int = 0, causes: int = 300, rows: int = 12, columns: int = 25, drivers: int = 24
) -> World:
    """Regions on a grid; each cause has a zone of 3-6 main and 2-6 spill regions and 6 variants."""
    rng = np.random.default_rng(seed)
    place = np.array([(i, j) for i in range(rows) for j in range(columns)], dtype=np.float64)
    place += rng.normal(0, 0.15, place.shape)
    number = {(i, j): i * columns + j for i in range(rows) for j in range(columns)}
    muscles = causes - drivers
    links: list[tuple[int, int, int, float]] = []
    for c in range(causes):
        if c < muscles:
            i, j = int(rng.integers(rows)), int(rng.integers(columns))
            main_count, spill_count = int(rng.integers(3, 7)), int(rng.integers(2, 7))
            stretch = rng.uniform(0.4, 1.0)
            angle = rng.uniform(0, np.pi)
        else:  # a root: a long band
            j = int((c - muscles + 0.5) * columns / drivers)
            i, main_count, spill_count, stretch, angle = rows // 2, 8, 5, 0.2, 0.0
        q_main = rng.uniform(0.6, 0.85, main_count)
        q_spill = rng.uniform(0.15, 0.4, spill_count)

        def ranked(di: int, dj: int) -> Ints:
            away = place - place[number[_into(i + di, rows), _into(j + dj, columns)]]  # noqa: B023
            along = away @ (np.cos(angle), np.sin(angle))  # noqa: B023
            across = away @ (-np.sin(angle), np.cos(angle))  # noqa: B023
            return np.argsort(np.hypot(along * stretch, across))  # noqa: B023

        here, total = ranked(0, 0), main_count + spill_count
        down, right = ranked(1, 0), ranked(0, 1)
        both = np.concatenate([q_main, q_spill])
        patterns = [
            (here[:main_count], q_main),
            (here[:total], both),
            (down[:total], both),
            (right[:total], both),
            (here[: max(1, main_count // 2)], q_main[: max(1, main_count // 2)]),
            (here[:total], np.concatenate([q_main, q_spill + 0.3])),
        ]
        for v, (regions, q) in enumerate(patterns):
            links.extend((c, v, int(r), float(x)) for r, x in zip(regions, q, strict=True))
    couplings = []
    for c in range(muscles):
        j = place[int(links_first(links, c))][1]
        first = int(np.clip(j * drivers / columns, 0, drivers - 1))
        for d in range(first, min(first + int(rng.integers(1, 4)), drivers)):
            couplings.append((muscles + d, c, float(rng.uniform(2, 5))))
    network = Network.build(
        rng.uniform(0.01, 0.03, causes),
        np.tile([0.35, 0.25, 0.1, 0.1, 0.1, 0.1], (causes, 1)),
        rng.uniform(0.002, 0.02, rows * columns),
        links,
        couplings,
    )
    return World(network, place)


def links_first(links: list[tuple[int, int, int, float]], cause: int) -> int:
    return next(r for c, _, r, _ in links if c == cause)


def _into(value: int, size: int) -> int:
    return min(max(value, 0), size - 1)


def draw_painted(rng: np.random.Generator, network: Network, active: int) -> Ints:
    """Region numbers painted by so many causes that are near each other, and by the leak."""
    chance = np.zeros(network.regions)
    missed = 1 - network.leak * 0.2
    first = int(rng.integers(network.causes))
    chosen = [first]
    reach = set(network.link_region[network.link_cause == first].tolist())
    near = [
        c
        for c in range(network.causes)
        if c != first and reach & set(network.link_region[network.link_cause == c].tolist())
    ]
    if active > 1 and near:
        more = rng.choice(near, size=min(active - 1, len(near)), replace=False)
        chosen += [int(c) for c in more]
    for c in chosen:
        v = int(rng.choice(network.variants, p=network.share[c]))
        at = (network.link_cause == c) & (network.link_variant == v)
        missed[network.link_region[at]] *= 1 - network.link_chance[at]
    chance = 1 - missed
    painted = np.flatnonzero(rng.random(network.regions) < chance)
    return painted if len(painted) else np.array([int(rng.integers(network.regions))])
