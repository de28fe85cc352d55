"""Is the installation well?  Four answers of yes or no for whoever watches it, and nothing else."""

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from tautband.clinic.worker import heartbeat_age_s

WORKER_SILENT_S = 120
HEADS = "heads"  # where the keyed heads of the audit trail are kept, inside the data folder


def database_answers() -> bool:
    """One query that touches no table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone()[0] == 1)


def migrations_are_current() -> bool:
    """The database is in the state that this version needs."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def worker_lives() -> bool:
    """The background worker was heard of lately."""
    age = heartbeat_age_s(settings.TAUTBAND_DATA, time.time())
    return age is not None and age < WORKER_SILENT_S


def heads_are_writable() -> bool:
    """The audit trail can write its head outside the database."""
    folder = Path(settings.TAUTBAND_DATA) / HEADS
    place = folder if folder.exists() else Path(settings.TAUTBAND_DATA)
    if not os.access(place, os.W_OK):
        return False
    with tempfile.TemporaryFile(dir=place) as file:
        file.write(b"1")
    return True


CHECKS: dict[str, Callable[[], bool]] = {
    "database": database_answers,
    "migrations": migrations_are_current,
    "worker": worker_lives,
    "heads": heads_are_writable,
}


def report() -> dict[str, bool]:
    """Every check by name; one that fails to answer is not well."""
    return {name: _is_well(check) for name, check in CHECKS.items()}


def _is_well(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (DatabaseError, OSError):
        return False
