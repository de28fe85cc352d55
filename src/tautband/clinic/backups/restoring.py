"""Putting a backup back: judged before anything is touched, and what was there is kept aside."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection, connections

from tautband.base.errors import InputError
from tautband.clinic import erasures
from tautband.clinic.backups import postgres, sqlite
from tautband.clinic.backups.contents import DATABASES, ERASED, HEADS
from tautband.clinic.backups.judging import Judged, judge, require_keys
from tautband.clinic.backups.work import work_folder
from tautband.clinic.people.models import Clinic, User
from tautband.clinic.record.services.erasure import finish_erasures
from tautband.clinic.start import open_installation
from tautband.clinic.trail.deeds import Deed
from tautband.clinic.trail.heads import HeadFolder, main_folder, second_folder
from tautband.clinic.trail.models import INSTALLATION, AuditEntry
from tautband.clinic.trail.reading import Live
from tautband.clinic.trail.writing import note

_ASIDE = "before-restore-"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back, where the old installation lies (None: there was none), and erasures."""

    judged: Judged
    aside: str | None
    erased_again: int


def look_into(path: Path, passphrase: str | None) -> Judged:
    """Check an archive and put nothing back; raises InputError."""
    with _opened(path), work_folder() as folder:
        return judge(path, folder, passphrase)


def restore(path: Path, passphrase: str | None, replace: bool, now: datetime) -> Restored:
    """Put a backup in the place of the installation; raises InputError, and then nothing changed.

    `replace` allows it where there are clinics, people or entries already.  The server must stand.
    """
    with _opened(path), work_folder() as folder:
        judged = judge(path, folder, passphrase)
        require_keys()
        if judged.manifest.vendor != connection.vendor:
            raise InputError(
                "archive", f"holds a database of {judged.manifest.vendor}",
                f"one of {connection.vendor}, or another DATABASE_URL",
            )  # fmt: skip
        occupied = is_occupied()
        if occupied and not replace:
            raise InputError(
                "restore", "this installation is not empty",
                "an empty one, or --replace, which keeps the old one aside",
            )  # fmt: skip
        if occupied:
            _list_erasures_of_now()
        put_back = _put_back_sqlite if connection.vendor == "sqlite" else _put_back_postgres
        aside = put_back(folder, f"{_ASIDE}{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")
        _merge_erasures(folder / ERASED)
    open_installation()
    erased_again = erasures.reapply(erasures.listed())
    finish_erasures()
    Session.objects.all().delete()  # whoever was signed in then need not be allowed now
    for chain in sorted({INSTALLATION, *Live().chains()}):
        last = AuditEntry.objects.of(chain).count()
        note(chain, None, Deed.RESTORE, "backup", detail={"entries": last})
    return Restored(judged, aside, erased_again)


def is_occupied() -> bool:
    """True when the installation holds clinics, people or entries of the trail."""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return False
    try:
        tables = set(connection.introspection.table_names())
        return any(
            model._meta.db_table in tables and model._default_manager.exists()
            for model in (Clinic, User, AuditEntry)
        )
    except DatabaseError as error:
        raise InputError("database", "what is there now cannot be read", "see its log") from error


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        if error.filename == str(path):
            raise InputError("file", f"{path} does not exist", "a backup") from None
        raise
    except IsADirectoryError:
        raise InputError("file", f"{path} is a folder", "a backup") from None


def _put_back_sqlite(folder: Path, name: str) -> str | None:
    connections.close_all()
    database = Path(connection.settings_dict["NAME"])
    if database.exists() and sqlite.is_in_use(database):
        raise InputError("restore", "the server is running", "it to be stopped first")
    new = database.with_name(f".{database.name}.restored")
    shutil.copyfile(folder / DATABASES["sqlite"], new)
    new.chmod(0o600)
    sqlite.sync(new)
    moves = _Moves()
    try:
        for part in (database, *(database.with_name(database.name + end) for end in _BESIDE)):
            moves.aside(part, database.parent / name)
        _move_heads(moves, folder, name)
        moves.move(new, database)
        sqlite.sync(database.parent)
    except OSError:
        moves.undo()
        raise
    finally:
        new.unlink(missing_ok=True)
    return str(database.parent / name) if moves.done_aside else None


_BESIDE = ("-wal", "-shm", "-journal")


def _put_back_postgres(folder: Path, name: str) -> str | None:
    if postgres.is_in_use():
        raise InputError("restore", "somebody else is connected", "the server to be stopped first")
    schema = name.lower().replace("-", "_")
    moves = _Moves()
    postgres.move_aside(schema)
    try:
        postgres.restore_from(folder / DATABASES["postgresql"])
        _move_heads(moves, folder, name)
    except (OSError, InputError):
        moves.undo()
        postgres.move_back(schema)
        raise
    finally:
        connections.close_all()
    return f"schema {schema}"


def _move_heads(moves: _Moves, folder: Path, name: str) -> None:
    """The heads of the backup come with it; those of what was replaced go aside with that."""
    main, second = main_folder(), second_folder()
    moves.aside(main.path, main.path.parent / name)
    if second is not None:
        for chain in second.chains():
            moves.aside(second.path / f"{chain}.json", second.path / name)
    restored = HeadFolder(folder / HEADS)
    main.path.mkdir(parents=True, mode=0o700)
    for chain in restored.chains():
        moves.move(restored.path / f"{chain}.json", main.path / f"{chain}.json")
    sqlite.sync(main.path)


def _list_erasures_of_now() -> None:
    """Whoever was erased here stays erased, even where the list was not written any more.

    A database that is damaged or of another version must not keep a backup out.
    """
    with contextlib.suppress(DatabaseError):
        erasures.complete_list()


def _merge_erasures(archived: Path) -> None:
    """Whoever was erased, before the backup or after it, is erased in what was put back."""
    known = {(one.model, one.row) for one in erasures.listed()}
    new = [one for one in erasures.listed(archived) if (one.model, one.row) not in known]
    if new:
        erasures.add_to_list(new)


class _Moves:
    """Files that were moved, so that they can be moved back."""

    def __init__(self) -> None:
        self._done: list[tuple[Path, Path]] = []
        self.done_aside = False

    def move(self, source: Path, target: Path) -> None:
        source.rename(target)
        self._done.append((source, target))

    def aside(self, source: Path, folder: Path) -> None:
        """Move it into the folder, which is made; nothing when it does not exist."""
        if source.exists():
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.move(source, folder / source.name)
            self.done_aside = True

    def undo(self) -> None:
        for source, target in reversed(self._done):
            if source.is_dir():
                shutil.rmtree(source)  # made anew after the old one was moved
            target.rename(source)
