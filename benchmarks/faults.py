"""Kill the real server again and again while clients write, and see whether anything is lost.

    python -m benchmarks.faults [--kills 50] [--clients 6] [--seed N] [--on sqlite,postgresql]

The server (`tautband serve`, two workers, its background worker) runs in a folder of its own; it
is started through the command twice, and otherwise forked after loading (`drill.forge`).
Clients record needles, close sessions and sign notes through the product's own addresses.  At
random moments the server and all that it started get SIGKILL; on PostgreSQL the database itself
gets it at some of them, under a server that stays.  Clients send again what was not acknowledged.
At the end the installation is compared with what the clients were told, row by row, and the trail
is verified.  Prints Markdown; ends with 1 when anything is wrong.
"""

import argparse
import contextlib
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.clinic.postgres import Cluster, running_cluster

from benchmarks.drill.site import Site, kill_tree, wait_until_gone
from benchmarks.drill.visits import Browser

SEED = 2026
KILLS = 50
CLIENTS = 6
VISITS_A_KILL = 0.5  # for each client, so that none runs out of work
SHORTEST_S, LONGEST_S = 0.2, 2.5
DATABASES = ("sqlite", "postgresql")
ENDING_S = 300.0


@dataclass
class Drilled:
    """What one drill came to."""

    database: str
    kills: int = 0
    of_database: int = 0
    acknowledged: int = 0
    sent_again: int = 0
    lost: int = 0
    failed: int = 0
    seconds: float = 0.0
    slowest_start_s: float = 0.0
    slowest_recovery_s: float = 0.0
    between: list[int] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    trail: str = ""
    wrong: list[str] = field(default_factory=list)


def drill(database: str, kills: int, clients: int, seed: int) -> Drilled:
    """One drill on one database; what it found stands in ``wrong``."""
    began = time.monotonic()
    found = Drilled(database)
    with tempfile.TemporaryDirectory(prefix="tautband-drill-") as folder, _cluster(database) as pg:
        data = Path(folder) / "data"
        data.mkdir()
        site = Site(data, pg.address if pg else "")
        visits = max(3, round(kills * VISITS_A_KILL))
        told = json.loads(site.run("-m", "benchmarks.drill.seed", str(clients), str(visits)))
        browsers = [
            Browser(site.port, told["clinic"], one, seed * 1000 + number)
            for number, one in enumerate(told["clients"])
        ]
        try:
            _kill_often(site, pg, browsers, random.Random(seed), kills, found)
        finally:
            site.stop()
        _compare(site, browsers, Path(folder) / "told.json", found)
    found.seconds = time.monotonic() - began
    return found


@contextlib.contextmanager
def _cluster(database: str) -> Iterator[Cluster | None]:
    if database == "sqlite":
        yield None
        return
    with running_cluster(durable=True) as made:
        yield made


def _kill_often(
    site: Site,
    pg: Cluster | None,
    browsers: list[Browser],
    chance: random.Random,
    kills: int,
    found: Drilled,
) -> None:
    found.slowest_start_s = site.start(cold=True)
    for browser in browsers:
        browser.start()
    for number in range(kills):
        before = _acknowledged(browsers)
        _until_written(browsers, before)
        time.sleep(chance.uniform(SHORTEST_S, LONGEST_S))
        if not any(browser.is_alive() for browser in browsers):
            raise RuntimeError(f"the clients ended before kill {number + 1}: {_refused(browsers)}")
        what = chance.random() if pg else 1.0
        if pg and what < 0.4:
            database = kill_tree(pg.process())
            found.of_database += 1
        if what >= 0.3:  # between 0.3 and 0.4 both are killed
            site.kill()
        found.kills += 1
        found.between.append(_acknowledged(browsers) - before)
        killed = time.monotonic()
        if pg and what < 0.4:
            wait_until_gone(database)
            pg.start()
        if what >= 0.3:
            found.slowest_start_s = max(
                found.slowest_start_s, site.start(cold=number == kills // 2)
            )
        _until_written(browsers, _acknowledged(browsers))
        found.slowest_recovery_s = max(found.slowest_recovery_s, time.monotonic() - killed)
    for browser in browsers:
        browser.ending.set()
    for browser in browsers:
        browser.join(ENDING_S)
    if any(browser.is_alive() for browser in browsers):
        found.wrong.append("a client was never answered again")


def _until_written(browsers: list[Browser], before: int) -> None:
    """Wait until the server acknowledges again: it is killed under load, never while idle."""
    deadline = time.monotonic() + ENDING_S
    while _acknowledged(browsers) == before:
        if time.monotonic() > deadline or not any(one.is_alive() for one in browsers):
            raise RuntimeError(f"nothing is acknowledged any more: {_refused(browsers)}")
        time.sleep(0.005)


def _acknowledged(browsers: list[Browser]) -> int:
    return sum(browser.count.acknowledged for browser in browsers)


def _refused(browsers: list[Browser]) -> list[str]:
    return [one for browser in browsers for one in browser.count.refused]


def _compare(site: Site, browsers: list[Browser], told: Path, found: Drilled) -> None:
    visits = [asdict(visit) for browser in browsers for visit in browser.visits]
    told.write_text(json.dumps(visits), "utf-8")
    answer: dict[str, Any] = json.loads(site.run("-m", "benchmarks.drill.check", str(told)))
    found.counts = answer["counts"]
    found.wrong += answer["wrong"] + _refused(browsers)
    found.acknowledged = _acknowledged(browsers)
    found.sent_again = sum(browser.count.again for browser in browsers)
    found.lost = sum(browser.count.lost for browser in browsers)
    found.failed = sum(browser.count.failed for browser in browsers)
    try:
        found.trail = " ".join(site.run("-m", "tautband", "audit", "verify").split())
    except RuntimeError as error:
        found.wrong.append(f"the trail does not verify: {error}")


def table(drills: list[Drilled]) -> str:
    """The drills side by side, as Markdown."""
    rows: list[tuple[str, list[str]]] = [
        ("kills, of them of the database", [f"{d.kills}, {d.of_database}" for d in drills]),
        ("requests acknowledged", [f"{d.acknowledged:,}" for d in drills]),
        ("acknowledged since the last kill, least", [f"{min(d.between)}" for d in drills]),
        ("answers that never came", [f"{d.lost:,}" for d in drills]),
        ("answers 5xx (the database was down)", [f"{d.failed:,}" for d in drills]),
        ("acknowledged batches sent a second time", [f"{d.sent_again:,}" for d in drills]),
        ("needles stored", [f"{d.counts['needles']:,}" for d in drills]),
        ("ledger entries stored", [f"{d.counts['entries']:,}" for d in drills]),
        ("sessions closed", [f"{d.counts['closed']}" for d in drills]),
        ("notes signed", [f"{d.counts['signed']}" for d in drills]),
        ("slowest start of the server", [f"{d.slowest_start_s:.1f} s" for d in drills]),
        ("longest silence after a kill", [f"{d.slowest_recovery_s:.1f} s" for d in drills]),
        ("the whole drill", [f"{d.seconds:.0f} s" for d in drills]),
        ("**lost, doubled or half-done**", [f"**{len(d.wrong)}**" for d in drills]),
    ]
    head = ["| | " + " | ".join(d.database for d in drills) + " |"]
    rule = ["| --- |" + " --- |" * len(drills)]
    return "\n".join(head + rule + [f"| {name} | {' | '.join(told)} |" for name, told in rows])


def main() -> int:
    """Drill, print, and say by the exit code whether all was well."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.faults")
    parser.add_argument("--kills", type=int, default=KILLS)
    parser.add_argument("--clients", type=int, default=CLIENTS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--on", default=",".join(DATABASES))
    asked = parser.parse_args()
    drills = [drill(one, asked.kills, asked.clients, asked.seed) for one in asked.on.split(",")]
    print(table(drills))
    print(f"\nSeed {asked.seed}, {asked.clients} clients.")
    for one in drills:
        print(f"\n{one.database}: {one.trail}")
        for what in one.wrong[:50]:
            print(f"- {what}")
    return 1 if any(one.wrong for one in drills) else 0


if __name__ == "__main__":
    sys.exit(main())
