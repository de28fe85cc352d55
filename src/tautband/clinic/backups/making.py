"""Making a backup: heads first, then the database as of one moment, then the proof.

Heads are copied before the database, so whatever they know of is in the copy: the check of the
audit trail in the archive then proves that nothing acknowledged before is missing.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection

from tautband.base.errors import InputError
from tautband.clinic.backups import contents, postgres, sqlite
from tautband.clinic.backups.contents import DATABASES, ERASED, HEADS, Manifest, Member
from tautband.clinic.backups.judging import Judged, judge
from tautband.clinic.backups.work import work_folder
from tautband.clinic.erasures import complete_list
from tautband.clinic.keyring import key_ring
from tautband.clinic.trail.deeds import Deed
from tautband.clinic.trail.heads import main_folder
from tautband.clinic.trail.writing import note
from tautband.vault import archive
from tautband.vault.archive import Head, head_for_passphrase, head_for_ring
from tautband.vault.keys import Purpose

SUFFIX = ".backup"
_NAME = re.compile(r"tautband-(\d{8}T\d{6}Z)\.backup")
_NAME_TIME = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was written, read again and judged."""

    path: Path
    size_bytes: int
    judged: Judged


@dataclass(frozen=True, slots=True)
class Old:
    """A backup in a folder, and when it was made."""

    path: Path
    made_at: datetime


def name_for(moment: datetime) -> str:
    """The name of a backup in a folder of them."""
    return f"tautband-{moment.astimezone(UTC):{_NAME_TIME}}{SUFFIX}"


def make(path: Path, passphrase: str | None, now: datetime) -> Made:
    """Write a backup to a new file and check it; raises InputError, and then there is no file."""
    if path.exists():
        raise InputError("file", f"{path} exists already", "a name that is not taken")
    if not path.parent.is_dir():
        raise InputError("file", f"the folder {path.parent} does not exist", "a folder that does")
    head, secret = _sealing(passphrase, now)
    note(None, None, Deed.BACKUP, "backup", detail={"format": connection.vendor})
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with work_folder() as folder:
            server, members = _copied(folder)
            manifest = Manifest(
                contents.FORM, version("tautband"), head.made_at, connection.vendor, server
            )
            _write(draft, head, secret, contents.stream(manifest, members))
            (folder / "read").mkdir()
            judged = judge(draft, folder / "read", passphrase)
        size = draft.stat().st_size
        _put_in_place(draft, path)
    except OSError as error:
        raise InputError("backup", f"cannot be written ({error.strerror})", "space") from error
    finally:
        draft.unlink(missing_ok=True)
    return Made(path, size, judged)


def _sealing(passphrase: str | None, now: datetime) -> tuple[Head, bytes | str]:
    moment = now.isoformat(timespec="seconds")
    if passphrase is not None:
        return head_for_passphrase(moment), passphrase
    key_id, secret = key_ring().subkey(Purpose.ARCHIVE)
    return head_for_ring(moment, key_id), secret


def _copied(folder: Path) -> tuple[str, list[Member]]:
    """The database's version, and the files of the archive in the order that the proof needs."""
    heads = main_folder()
    members = [
        Member(f"{HEADS}/{chain}.json", (heads.path / f"{chain}.json").read_bytes())
        for chain in heads.chains()
    ]
    database = folder / DATABASES[connection.vendor]
    if connection.vendor == "sqlite":
        server = sqlite.copy_to(Path(connection.settings_dict["NAME"]), database)
    else:
        server = postgres.dump_to(database)
    members.append(Member(database.name, database))
    # After the database: an erasure that is in the copy must be in the list as well, even one
    # whose process was ended before it wrote there.
    complete_list()
    erased = Path(settings.TAUTBAND_DATA) / ERASED
    if erased.exists():
        members.append(Member(ERASED, erased.read_bytes()))
    return server, members


def _write(draft: Path, head: Head, secret: bytes | str, plain: Iterator[bytes]) -> None:
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        archive.write(file, head, secret, plain)
        file.flush()
        os.fsync(file.fileno())


def _put_in_place(draft: Path, path: Path) -> None:
    """Give the file its name in one step, unless somebody took the name meanwhile."""
    try:
        os.link(draft, path)
    except FileExistsError:
        raise InputError("file", f"{path} exists already", "a name that is not taken") from None
    except OSError:  # a disk without hard links
        if path.exists():
            raise InputError("file", f"{path} exists already", "another name") from None
        draft.rename(path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def backups_in(folder: Path) -> list[Old]:
    """The backups in a folder by their names, the newest first; other files are left alone."""
    found = []
    for path in folder.iterdir():
        named = _NAME.fullmatch(path.name)
        if named and path.is_file():
            moment = datetime.strptime(named[1], _NAME_TIME).replace(tzinfo=UTC)
            found.append(Old(path, moment))
    return sorted(found, key=lambda old: old.made_at, reverse=True)


def forget_old(folder: Path, keep: int) -> list[Old]:
    """Delete all but the newest `keep` backups of a folder; answers which."""
    gone = backups_in(folder)[keep:]
    for old in gone:
        old.path.unlink()
    return gone
