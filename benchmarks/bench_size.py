"""How fast lists and timelines are in a large clinic, and how often each asks the database.

    python -m benchmarks.bench_size [patients needles]

Prints Markdown.  Everything is made up and lives in a folder made for the run.
"""

import contextlib
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.clinic.postgres import cluster

from benchmarks.drill.site import Site

PATIENTS, NEEDLES = 50_000, 1_000_000
DATABASES = ("sqlite", "postgresql")
MOST_MS, MOST_QUERIES = 300, 12


@contextlib.contextmanager
def empty_site(database: str) -> Iterator[Site]:
    """An installation with nothing in it, gone at the end."""
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="tautband-bench-"))
        address = stack.enter_context(cluster(durable=True)) if database != "sqlite" else ""
        data = Path(folder) / "data"
        data.mkdir()
        yield Site(data, address)


def report(patients: int = PATIENTS, needles: int = NEEDLES) -> None:
    """Print a table for each database."""
    for database in DATABASES:
        with empty_site(database) as site:
            began = time.monotonic()
            crowd = ("-m", "benchmarks.drill.crowd", str(patients), str(needles))
            told = json.loads(site.run(*crowd))
            made_s = time.monotonic() - began
            file = site.data.parent / "told.json"
            file.write_text(json.dumps(told), "utf-8")
            rows = json.loads(site.run("-m", "benchmarks.drill.pages", str(file)))
        print(_table(database, rows))
        print(f"\n{told['rows']['sessions']:,} sessions; made in {made_s:.0f} s.\n", flush=True)


def _table(database: str, rows: list[dict[str, Any]]) -> str:
    aims = f"{MOST_MS} ms, {MOST_QUERIES} queries"
    lines = [f"| {database} | half within | 95 % | all | queries | aim |", "| --- " * 6 + "|"]
    for row in rows:
        times = " | ".join(f"{row[name]:.0f} ms" for name in ("p50", "p95", "max"))
        lines.append(f"| {row['page']} | {times} | {row['queries']} | {aims} |")
    return "\n".join(lines)


if __name__ == "__main__":
    report(*(int(one) for one in sys.argv[1:3]))
