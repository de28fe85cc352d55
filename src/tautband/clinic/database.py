"""The database of an installation: SQLite in its data folder, or PostgreSQL by one address.

SQLite runs with a write-ahead log and full synchronisation, so a commit that was acknowledged
survives a power cut, and takes the write lock when a transaction begins, so that two writers wait
for each other instead of failing halfway.
"""

import sqlite3
import urllib.parse
from pathlib import Path
from typing import Any

import dj_database_url

from tautband.base.errors import InputError

FILE_NAME = "tautband.sqlite3"
BUSY_SECONDS = 20
# A bug in resetting the write-ahead log can corrupt a database on earlier versions when several
# processes checkpoint at once: https://www.sqlite.org/wal.html#walresetbug.
SOUND_SQLITE = (3, 51, 3)
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",  # a key that was destroyed must not stay in a free page
    # The background worker alone copies the log back (`clinic.worker`), so that no two processes
    # ever do so at once.
    "PRAGMA wal_autocheckpoint=0",
    "PRAGMA cache_size=-32000",
    "PRAGMA temp_store=MEMORY",
)
_POSTGRES = ("postgres", "postgresql")


def database(address: str, data: Path) -> dict[str, Any]:
    """Django's description of the database; raises InputError for an address of another kind."""
    if not address:
        return _sqlite(data / FILE_NAME)
    scheme, _, rest = address.partition("://")
    if scheme == "sqlite":
        path = urllib.parse.unquote(rest.partition("/")[2])
        if not path:
            raise InputError("DATABASE_URL", "names no file", "sqlite:////srv/tautband.sqlite3")
        return _sqlite(Path(path))
    if scheme in _POSTGRES:
        found: dict[str, Any] = dict(
            dj_database_url.parse(address, conn_max_age=60, conn_health_checks=True)
        )
        found["ATOMIC_REQUESTS"] = False
        return found
    raise InputError("DATABASE_URL", f"begins with '{scheme[:20]}'", "sqlite:// or postgres://")


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "ATOMIC_REQUESTS": False,
        "OPTIONS": {
            "timeout": BUSY_SECONDS,
            "transaction_mode": "IMMEDIATE",
            "init_command": ";".join(_PRAGMAS),
        },
    }


def sqlite_caution(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> str | None:
    """What to know about the installed SQLite, or None when there is nothing."""
    if version >= SOUND_SQLITE:
        return None
    found = ".".join(map(str, version))
    sound = ".".join(map(str, SOUND_SQLITE))
    return (
        f"SQLite {found} is older than {sound}, which mends a rare corruption when several "
        "processes write; Tautband therefore checkpoints from one process alone."
    )
