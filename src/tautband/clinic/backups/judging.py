"""Opening an archive, and judging what is in it before anybody relies on it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tautband.base.errors import InputError
from tautband.clinic.backups import contents, postgres, sqlite
from tautband.clinic.backups.contents import DATABASES, HEADS, Manifest
from tautband.clinic.keyring import key_ring, keys_file
from tautband.clinic.trail.heads import HeadFolder
from tautband.clinic.trail.reading import Copy, check_source
from tautband.vault import archive
from tautband.vault.archive import Head
from tautband.vault.chain_check import Report
from tautband.vault.keys import Purpose

_TRAIL = "trail.sqlite3"


@dataclass(frozen=True, slots=True)
class Judged:
    """An archive that opened, and whose database is sound."""

    manifest: Manifest
    reports: tuple[Report, ...]

    @property
    def is_whole(self) -> bool:
        """True when the audit trail in it is whole."""
        return all(report.is_whole for report in self.reports)

    @property
    def entries(self) -> int:
        """Entries of the audit trail in it."""
        return sum(report.entries for report in self.reports)


def secret_for(head: Head, passphrase: str | None) -> bytes | str:
    """What opens an archive with this head; raises InputError when it is not at hand."""
    if head.needs_passphrase:
        if passphrase is None:
            raise InputError("passphrase", "is missing", "--passphrase-file FILE")
        return passphrase
    require_keys()
    ring = key_ring()
    if head.key_id not in ring:
        raise InputError(
            "keys", f"the archive is sealed with key {head.key_id}, which the key ring lacks",
            "the key ring of the installation that wrote it, see docs/backup.md",
        )  # fmt: skip
    return ring.subkey(Purpose.ARCHIVE, head.key_id).secret


def require_keys() -> None:
    """Raises InputError when there are no keys yet: new ones would open nothing."""
    path = keys_file()
    if path is not None and not path.exists():
        raise InputError(
            "keys",
            f"{path} does not exist",
            "the keys that `tautband keys export` wrote, put there",
        )


def judge(path: Path, folder: Path, passphrase: str | None) -> Judged:
    """Unpack an archive into an empty folder and check all of it.

    Raises BrokenArchiveError when it is not complete and sound, InputError for want of its secret.
    What the audit trail in it says is in the answer.
    """
    with path.open("rb") as file:
        head = archive.read_head(file)
        file.seek(0)
        manifest = contents.unpack(archive.read(file, secret_for(head, passphrase)), folder)
    database = folder / DATABASES[manifest.vendor]
    trail = database
    if manifest.vendor == "sqlite":
        sqlite.check_copy(database)
    else:
        trail = folder / _TRAIL
        postgres.check_dump(database, trail)
    return Judged(manifest, tuple(_reports(trail, HeadFolder(folder / HEADS))))


def _reports(trail: Path, heads: HeadFolder) -> list[Report]:
    with closing(sqlite.open_copy(trail)) as opened:
        source = Copy(opened)
        chains = sorted(source.chains() | set(heads.chains()))
        return [check_source(source, chain, [heads]) for chain in chains]
