"""Reading the trail as a database holds it, and checking it.

Rows are read as they are, without Django's converters: a row that was tampered with may hold what
no UUID or time can be made of, and has to be named, not to stop the check.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import connection

from tautband.clinic.people.models import Clinic
from tautband.clinic.trail.heads import HeadDamagedError, HeadFolder, main_folder, second_folder
from tautband.clinic.trail.keys import key_named
from tautband.clinic.trail.models import INSTALLATION
from tautband.vault.chain import Entry, Stored
from tautband.vault.chain_check import Report, SeenHead, check

TABLE = "trail_auditentry"
COLUMNS = (
    "chain, number, time, actor, action, kind, object_id, patient_id, detail, digest, key_id, seal"
)
_AS_TEXT = COLUMNS.replace(" time,", " time || '',")  # past converters, which may stumble
_BATCH = 2000
_NO_TIME = datetime.min.replace(tzinfo=UTC)


class Source(Protocol):
    """A database with a trail in it."""

    def chains(self) -> set[UUID]:
        """The chains that have entries."""

    def rows(self, chain: UUID) -> Iterator[Stored]:
        """The rows of a chain in the order of their numbers, as they are."""


class Live:
    """The installation's own database."""

    def chains(self) -> set[UUID]:
        """One look into the index for each chain, not one for each entry."""
        found: set[UUID] = set()
        with connection.cursor() as cursor:
            query = f"SELECT chain FROM {TABLE} ORDER BY chain LIMIT 1"
            cursor.execute(query)
            query = f"SELECT chain FROM {TABLE} WHERE chain > %s ORDER BY chain LIMIT 1"
            while (row := cursor.fetchone()) is not None:
                found.add(UUID(str(row[0])))
                cursor.execute(query, [row[0]])
        return found

    def rows(self, chain: UUID) -> Iterator[Stored]:
        """As they are, a batch at a time."""
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            opened = connection.connection
            try:
                yield from Copy(opened).rows(chain)
            finally:
                opened.text_factory = str
            return
        query = f"SELECT {COLUMNS} FROM {TABLE} WHERE chain = %s ORDER BY number"
        with connection.chunked_cursor() as cursor:
            cursor.execute(query, [chain])
            while found := cursor.fetchmany(_BATCH):
                yield from map(_stored, found)


class Copy:
    """A copy of the trail in an SQLite file."""

    def __init__(self, opened: sqlite3.Connection) -> None:
        self._opened = opened
        opened.text_factory = _readable

    def chains(self) -> set[UUID]:
        """The chains that have entries."""
        query = f"SELECT DISTINCT chain FROM {TABLE}"
        return {UUID(str(row[0])) for row in self._opened.execute(query)}

    def rows(self, chain: UUID) -> Iterator[Stored]:
        """As they are, a batch at a time."""
        query = f"SELECT {_AS_TEXT} FROM {TABLE} WHERE chain = ? ORDER BY number"
        cursor = self._opened.execute(query, [chain.hex])
        while found := cursor.fetchmany(_BATCH):
            yield from map(_stored, found)


def all_chains() -> list[UUID]:
    """Every chain that has entries, a head or a clinic; the installation's first."""
    found = {INSTALLATION, *Clinic.objects.values_list("id", flat=True), *Live().chains()}
    for folder in _folders():
        found.update(folder.chains())
    return sorted(found)


def check_chain(chain: UUID) -> Report:
    """Check one chain against its heads; reads the database once, in bounded memory."""
    return check_source(Live(), chain, _folders())


def check_source(source: Source, chain: UUID, folders: list[HeadFolder]) -> Report:
    """Check one chain of a database against the heads in some folders."""
    heads = [seen for folder in folders for seen in _seen(folder, chain)]
    return check(str(chain), source.rows(chain), heads, key_named)


def keys_in_use() -> dict[str, str]:
    """The keys that seal entries: without one of them, those could never be checked again."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT key_id FROM {TABLE}")
        return {str(row[0]): "seals of the audit trail" for row in cursor.fetchall()}


def _folders() -> list[HeadFolder]:
    second = second_folder()
    return [main_folder(), *([second] if second else [])]


def _seen(folder: HeadFolder, chain: UUID) -> list[SeenHead]:
    place = str(folder.path)
    seen = [SeenHead(str(path), None) for path in folder.damaged(chain)]
    try:
        head = folder.read(chain)
    except HeadDamagedError:
        return [*seen, SeenHead(place, None)]
    return [*seen, SeenHead(place, head)] if head else seen


def _stored(row: tuple[Any, ...]) -> Stored:
    chain, number, time, actor, action, kind, object_id, patient_id, detail, *sealing = row
    digest, key_id, seal = sealing
    entry = Entry(
        _id(chain),
        number if isinstance(number, int) else 0,
        _time(time),
        _id(actor),
        str(action or ""),
        str(kind or ""),
        str(object_id or ""),
        _id(patient_id),
        str(detail or ""),
    )
    return Stored(entry, _bytes(digest), str(key_id or ""), _bytes(seal))


def _readable(data: bytes) -> str:
    """What SQLite keeps as text need not be UTF-8 once somebody tampered with it."""
    return data.decode("utf-8", "replace")


def _id(value: Any) -> str:
    """SQLite keeps 32 hexadecimal digits, which are cut as a UUID is written."""
    if value is None:
        return ""
    text = str(value)
    if len(text) != 32:
        return text
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _time(value: Any) -> datetime:
    if not isinstance(value, datetime):
        try:
            value = datetime.fromisoformat(str(value))
        except ValueError:
            return _NO_TIME
    moment: datetime = value
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _bytes(value: Any) -> bytes:
    return bytes(value) if isinstance(value, (bytes, memoryview, bytearray)) else b""
