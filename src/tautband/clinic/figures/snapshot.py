"""The snapshot of a clinic: one DuckDB file that is made anew and put in the old one's place.

Readers open it for reading alone; whoever has the old one open reads it to the end.  It can be
removed at any time: it is made from the record.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import duckdb
import numpy as np
from django.conf import settings
from django.utils import timezone

from tautband.clinic.figures import columns, drawings, reading
from tautband.clinic.people.models import Clinic

FOLDER = "figures"
AT_ONCE = 100_000
# No other file is read or written, no extension is looked for.
SAFE: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "threads": "2",
    "memory_limit": "1GB",
}

log = logging.getLogger("tautband.figures")


@dataclass(frozen=True)
class Snapshot:
    """An open snapshot: when it was made, and the way to ask it."""

    made_at: datetime
    ask: duckdb.DuckDBPyConnection

    def rows(self, question: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        """The answer to a question in SQL with ``?`` for values."""
        return self.ask.execute(question, list(values)).fetchall()


def path_of(clinic: UUID) -> Path:
    """Where the snapshot of a clinic lies."""
    return Path(settings.TAUTBAND_DATA) / FOLDER / f"{clinic}.duckdb"


def build(clinic: Clinic) -> Path:
    """Make the snapshot anew; answers where it lies.

    No transaction is held: on SQLite it would keep writers out.  What is written meanwhile may be
    in one table and not in another; only what belongs to a treatment that was read is counted.
    """
    target = path_of(clinic.pk)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = target.with_name(f".{clinic.pk}.{uuid4().hex}")
    try:
        with duckdb.connect(str(fresh), config=SAFE) as into:
            _fill(into, clinic)
        fresh.chmod(0o600)
        fresh.replace(target)
    finally:
        for left in target.parent.glob(f"{fresh.name}*"):
            left.unlink()
    return target


def forget(clinic: UUID) -> None:
    """Remove the snapshot, as after an erasure; the next one is made without who is gone."""
    path_of(clinic).unlink(missing_ok=True)


@contextmanager
def opened(clinic: UUID) -> Iterator[Snapshot | None]:
    """The snapshot of a clinic for reading; None where there is none, or it cannot be read."""
    path = path_of(clinic)
    if not path.exists():
        yield None
        return
    try:
        connection = duckdb.connect(str(path), read_only=True, config=SAFE)
    except duckdb.Error:
        log.exception("a snapshot cannot be opened")
        yield None
        return
    with connection:
        found = connection.execute("SELECT made_at FROM made").fetchone()
        assert found is not None
        yield Snapshot(found[0].replace(tzinfo=UTC), connection)


def _fill(into: duckdb.DuckDBPyConnection, clinic: Clinic) -> None:
    now = timezone.now()
    done = reading.treatments(clinic)
    _store(into, "treatment", done.rows)
    _store(into, "insertion", reading.insertions(clinic, done.numbers))
    _store(into, "event", reading.events(clinic, done.numbers))
    episodes = reading.episodes(clinic, done.rows, now)
    _store(into, "episode", episodes)
    presentations = {episode: named for episode, _, named, *_ in episodes}
    _store(into, "outcome", reading.outcomes(clinic, presentations))
    _store(into, "pain", drawings.pain(clinic, presentations))
    into.execute("CREATE TABLE made (made_at TIMESTAMP)")
    into.execute("INSERT INTO made VALUES (?)", [now.astimezone(UTC).replace(tzinfo=None)])


def _store(into: duckdb.DuckDBPyConnection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Write rows by column, many at once: one by one would take minutes for a million."""
    into.execute(columns.create(table))
    kinds = columns.TABLES[table]
    waiting = iter(rows)
    while block := list(islice(waiting, AT_ONCE)):
        told = dict(zip((one.name for one in kinds), zip(*block, strict=True), strict=True))
        arrays = {name: _array(values) for name, values in told.items()}
        into.register("block", arrays)
        chosen = ", ".join(f'CAST("{one.name}" AS {one.type})' for one in kinds)
        into.execute(f'INSERT INTO "{table}" SELECT {chosen} FROM block')
        into.unregister("block")


def _array(values: tuple[Any, ...]) -> Any:
    """A column as DuckDB takes it: keys and days as text, None as it is."""
    first = next((one for one in values if one is not None), None)
    if isinstance(first, int) and not any(one is None for one in values):
        return np.fromiter(values, dtype=np.int64, count=len(values))
    if isinstance(first, (int, float)):
        numbers = [float("nan") if one is None else float(one) for one in values]
        return np.ma.masked_invalid(np.array(numbers))
    return np.array([None if one is None else str(one) for one in values], dtype=object)
