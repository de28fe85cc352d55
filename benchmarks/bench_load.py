"""The server under load: clients that read and write at once, on both databases.

    python -m benchmarks.bench_load [seconds] [patients]

The server runs as installed, with two workers; the clients are threads of one process on the same
machine, so they take part of the cores they measure.  Mixed: of ten requests four store a needle
and its insertion, two open a patient with timeline, two the list of patients, two search a name.
Then writing alone.  Anything but a 200 is an error.  Prints Markdown with the machine's load.
"""

import json
import os
import random
import sys
import threading
import time
import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from benchmarks.bench_size import DATABASES, empty_site
from benchmarks.drill.client import Client

SECONDS = 15.0
PATIENTS = 2_000
CROWDS = (16, 50)
MIXED = ("write",) * 4 + ("timeline",) * 2 + ("list",) * 2 + ("search",) * 2
WRITES = ("write",)
VISITS = 2
BATCH = 1  # needles in one request


@dataclass
class Measured:
    """Times in ms by kind of request, and what was not a 200."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)


class Worker(threading.Thread):
    """One browser that asks without a pause until the time is over."""

    def __init__(
        self, client: Client, told: dict[str, Any], kinds: tuple[str, ...], seed: int
    ) -> None:
        super().__init__(daemon=True)
        self.found = Measured()
        self.until = 0.0
        self._client, self._told, self._kinds = client, told, kinds
        self._chance = random.Random(seed)

    def run(self) -> None:
        """Ask, and note how long each answer took."""
        while time.monotonic() < self.until:
            kind = self._chance.choice(self._kinds)
            began = time.perf_counter()
            try:
                status = self._ask(kind)
            except OSError as error:
                self.found.errors.append(f"{kind}: {type(error).__name__}")
                self._client.close()
                continue
            self.found.times[kind].append(1e3 * (time.perf_counter() - began))
            if status != 200:
                self.found.errors.append(f"{kind}: {status}")
        self._client.close()

    def _ask(self, kind: str) -> int:
        chance, told = self._chance, self._told
        if kind == "timeline":
            return self._client.page(f"patients/{chance.choice(told['patients'])}/")[0]
        if kind == "list":
            return self._client.page(f"patients/?page={chance.randint(1, 9)}")[0]
        if kind == "search":
            name = chance.choice(told["names"])
            return self._client.page("patients/search/", {"q": name})[0]
        session = chance.choice(told["visits"])["session"]
        return self._client.post(f"sessions/{session}/entries", _batch())[0]


def _batch() -> dict[str, Any]:
    at = datetime.now(UTC).isoformat()
    needles = [{"id": str(uuid.uuid4()), "length_mm": 40.0, "gauge_mm": 0.3} for _ in range(BATCH)]
    place = {"kind": "insertion", "muscle": "soleus", "side": "left", "at": at}
    entries = [{"id": str(uuid.uuid4()), "needle": one["id"], **place} for one in needles]
    return {"needles": needles, "entries": entries}


def report(seconds: float = SECONDS, patients: int = PATIENTS) -> None:
    """Print the tables."""
    for database in DATABASES:
        with empty_site(database) as site:
            told = json.loads(
                site.run(
                    "-m", "benchmarks.drill.seed", str(max(CROWDS)), str(VISITS), str(patients)
                )
            )
            site.start(cold=True)
            try:
                for clients in CROWDS:
                    for name, kinds in (("mixed", MIXED), ("writing alone", WRITES)):
                        _run(site.port, told, clients, kinds, min(3.0, seconds))  # warm
                        found = _run(site.port, told, clients, kinds, seconds)
                        print(_table(f"{database}, {clients} clients, {name}", found, seconds))
            finally:
                site.stop()
            verified = " ".join(site.run("-m", "tautband", "audit", "verify").split())
            print(f"Afterwards: {verified.rpartition('Whole: ')[2]}\n", flush=True)


def _run(
    port: int, told: dict[str, Any], clients: int, kinds: tuple[str, ...], seconds: float
) -> Measured:
    patients = [visit["patient"] for one in told["clients"] for visit in one["visits"]]
    workers = []
    for number, one in enumerate(told["clients"][:clients]):
        shared = {"visits": one["visits"], "patients": patients, "names": told["names"]}
        client = Client(port, told["clinic"], one["cookie"], one["token"])
        workers.append(Worker(client, shared, kinds, number))
    until = time.monotonic() + seconds
    for worker in workers:
        worker.until = until
        worker.start()
    for worker in workers:
        worker.join()
    whole = Measured()
    for worker in workers:
        whole.errors += worker.found.errors
        for kind, times in worker.found.times.items():
            whole.times[kind] += times
    return whole


def _table(title: str, found: Measured, seconds: float) -> str:
    load = os.getloadavg()[0]
    lines = [
        f"| {title} | a second | p50 | p95 | p99 | longest |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    everything = [one for times in found.times.values() for one in times]
    for kind, times in [*sorted(found.times.items()), ("all", everything)]:
        ordered = sorted(times)
        shares = [ordered[max(0, round(s * len(ordered)) - 1)] for s in (0.5, 0.95, 0.99, 1.0)]
        shown = " | ".join(f"{one:.0f} ms" for one in shares)
        lines.append(f"| {kind} | {len(times) / seconds:.0f} | {shown} |")
    errors = f"{len(found.errors)} errors" + (f" ({found.errors[:3]})" if found.errors else "")
    return "\n".join([*lines, f"\n{errors}; load average {load:.1f}.\n"])


if __name__ == "__main__":
    report(*(kind(one) for kind, one in zip((float, int), sys.argv[1:3], strict=False)))
