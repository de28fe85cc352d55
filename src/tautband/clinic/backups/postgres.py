"""Dumping and restoring PostgreSQL with its own programs, and judging a dump."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.db import connection

from tautband.base.errors import InputError
from tautband.clinic.trail.reading import COLUMNS, TABLE
from tautband.vault.archive import BrokenArchiveError

ASIDE = "before_restore_"
_COPY = re.compile(rf"COPY (?:public\.)?{TABLE} \((?P<columns>[^)]*)\) FROM stdin;\n")
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_ESCAPED = re.compile(r"\\(.)")


def dump_to(target: Path) -> str:
    """Dump the database as of one moment, in the custom format; answers the server's version."""
    server = server_version()
    _check_program("pg_dump", server)
    with target.open("xb") as file:
        _run(
            ["pg_dump", "--format=custom", f"--exclude-schema={ASIDE}*", "--no-owner"],
            ["--no-privileges"],
            stdout=file,
        )
    return ".".join(map(str, server))


def check_dump(dump: Path, trail: Path) -> None:
    """Read every table of a dump, and copy its audit trail into a new SQLite file.

    Raises BrokenArchiveError for a dump that cannot be read.
    """
    _program("pg_restore")
    command = ["pg_restore", "--file=-", str(dump)]
    with (
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        ) as reader,
        sqlite3.connect(trail) as copy,
    ):
        assert reader.stdout is not None
        assert reader.stderr is not None
        copy.execute(f"CREATE TABLE {TABLE} ({COLUMNS})")
        marks = ",".join("?" * len(COLUMNS.split(",")))
        copy.executemany(f"INSERT INTO {TABLE} VALUES ({marks})", _audit_rows(reader.stdout))
        copy.execute(f"CREATE INDEX by_number ON {TABLE} (chain, number)")
        copy.commit()
        problem = reader.stderr.read()
    copy.close()
    if reader.returncode:
        raise BrokenArchiveError(f"holds a dump that cannot be read ({_first_line(problem)})")


def restore_from(dump: Path) -> None:
    """Fill the empty public schema from a dump, wholly or not at all; raises InputError."""
    _check_program("pg_restore", server_version())
    _run(
        ["pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"],
        [f"--dbname={_name()}", str(dump)],
    )


def move_aside(name: str) -> None:
    """Give the public schema another name and make an empty one; the old one stays as it is."""
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER SCHEMA public RENAME TO "{name}"')
        cursor.execute("CREATE SCHEMA public")


def move_back(name: str) -> None:
    """Undo `move_aside`."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute(f'ALTER SCHEMA "{name}" RENAME TO public')


def is_in_use() -> bool:
    """True when somebody else is connected to the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        row = cursor.fetchone()
    return bool(row and row[0])


def server_version() -> tuple[int, int]:
    """Major and minor version of the server; raises InputError when it cannot be reached."""
    from django.db.utils import OperationalError

    try:
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version_num")
            number = int(cursor.fetchone()[0])
    except OperationalError as error:
        raise InputError("DATABASE_URL", "the database cannot be reached") from error
    return number // 10_000, number % 10_000


def _check_program(name: str, server: tuple[int, int]) -> None:
    """PostgreSQL's programs read servers of their own version and older ones."""
    path = _program(name)
    told = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"(\d+)", told)
    if found is None or int(found[1]) < server[0]:
        version = found[1] if found else "unknown"
        raise InputError(
            name,
            f"is version {version}, and the server is version {server[0]}",
            f"PostgreSQL's client programs in version {server[0]} or newer",
        )


def _program(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise InputError(name, "is not installed", "PostgreSQL's client programs")
    return path


def _run(first: list[str], rest: list[str], stdout: Any = subprocess.DEVNULL) -> None:
    done = subprocess.run(
        [*first, *rest],
        env={**os.environ, **_address()},
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise InputError(first[0], f"failed ({_first_line(done.stderr)})")


def _first_line(text: str) -> str:
    """What a program complained of; rows are never quoted in full."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[0][:160] if lines else "it said nothing"


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _address() -> Mapping[str, str]:
    """Where the database is, for PostgreSQL's programs: the password is not on a command line."""
    found = connection.settings_dict
    options = found.get("OPTIONS", {})
    address = {
        "PGTZ": "UTC",
        "PGDATABASE": found["NAME"],
        "PGHOST": found["HOST"],
        "PGPORT": found["PORT"],
        "PGUSER": found["USER"],
        "PGPASSWORD": found["PASSWORD"],
        "PGSSLMODE": options.get("sslmode"),
        "PGSSLROOTCERT": options.get("sslrootcert"),
        "PGSSLCERT": options.get("sslcert"),
        "PGSSLKEY": options.get("sslkey"),
    }
    return {name: str(value) for name, value in address.items() if value}


def _audit_rows(script: Iterator[str]) -> Iterator[list[Any]]:
    """The rows of the trail in the script that pg_restore writes; the rest is read and left."""
    wanted = [column.strip() for column in COLUMNS.split(",")]
    columns: list[str] | None = None
    for line in script:
        if columns is None:
            begun = _COPY.match(line)
            if begun:
                columns = [name.strip().strip('"') for name in begun["columns"].split(",")]
        elif line == "\\.\n":
            columns = None
        else:
            values = map(_value, line.rstrip("\n").split("\t"))
            row = dict(zip(columns, values, strict=True))
            yield [_as_sqlite(name, row[name]) for name in wanted]


def _value(text: str) -> str | None:
    if text == "\\N":
        return None
    return _ESCAPED.sub(lambda found: _ESCAPES.get(found[1], found[1]), text)


def _as_sqlite(name: str, text: str | None) -> Any:
    if text is None:
        return None
    if name == "number":
        return int(text)
    if name in ("chain", "actor", "patient_id"):
        return text.replace("-", "")
    if name in ("digest", "seal"):
        return bytes.fromhex(text.removeprefix("\\x"))
    return text
