"""Copying an SQLite database while it is used, and judging a copy."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from tautband.base.errors import InputError
from tautband.clinic.database import BUSY_SECONDS
from tautband.vault.archive import BrokenArchiveError


def copy_to(database: Path, target: Path) -> str:
    """Write a copy as of one moment, without what was deleted; answers SQLite's version.

    Readers and writers go on meanwhile.  Raises InputError when there is no database.
    """
    if not database.exists():
        raise InputError("database", f"{database} does not exist", "an installation's data folder")
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=rw", BUSY_SECONDS, uri=True)) as opened:
        opened.execute("VACUUM INTO ?", [str(target)])
    return sqlite3.sqlite_version


def check_copy(copy: Path) -> None:
    """Every page and every reference is sound; raises BrokenArchiveError."""
    try:
        with closing(open_copy(copy)) as opened:
            found = [str(row[0]) for row in opened.execute("PRAGMA integrity_check(3)")]
            strays = opened.execute("PRAGMA foreign_key_check").fetchmany(1)
    except sqlite3.DatabaseError as error:
        raise BrokenArchiveError("holds a database that cannot be read") from error
    if found != ["ok"]:
        raise BrokenArchiveError(f"holds a damaged database ({found[0][:80]})")
    if strays:
        raise BrokenArchiveError(f"holds rows in {strays[0][0]} whose other half is missing")


def open_copy(copy: Path) -> sqlite3.Connection:
    """A copy for reading; nothing beside it is written."""
    return sqlite3.connect(f"{copy.as_uri()}?mode=ro", uri=True)


def is_in_use(database: Path) -> bool:
    """True when another process has it open; otherwise its log is now part of the file itself."""
    with closing(sqlite3.connect(database, timeout=1, isolation_level=None)) as opened:
        try:
            opened.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError:
            return True
    return False


def sync(path: Path) -> None:
    """Wait until the disk has a file, or the names in a folder."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
