"""What an archive holds: a tar stream of a manifest, the database, heads and erasures.

The keys are not in it: whoever finds a backup can read nothing.
"""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from tautband.vault.archive import BrokenArchiveError

FORM = "tautband.backup/1"
MANIFEST = "manifest.json"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
ERASED = "erased.jsonl"
HEADS = "heads"
_BLOCK = tarfile.BLOCKSIZE
_READ = 2**20
_MAX_SMALL_BYTES = 64 * 2**20


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the archive says of itself; the first member."""

    form: str
    tautband: str  # version that wrote it
    made_at: str
    vendor: str  # sqlite or postgresql
    server: str  # version of the database

    def __post_init__(self) -> None:
        if self.form != FORM or self.vendor not in DATABASES:
            raise BrokenArchiveError("holds a backup of another form", f"form {FORM}")


class Member:
    """A file of the stream: from memory, or from the disk."""

    def __init__(self, name: str, data: bytes | Path) -> None:
        self.name, self.data = name, data

    def blocks(self) -> Iterator[bytes]:
        """The member as tar writes it."""
        info = tarfile.TarInfo(self.name)
        info.mode = 0o600
        if isinstance(self.data, bytes):
            info.size = len(self.data)
            yield info.tobuf(tarfile.PAX_FORMAT)
            yield self.data
        else:
            info.size = self.data.stat().st_size
            yield info.tobuf(tarfile.PAX_FORMAT)
            with self.data.open("rb") as file:
                while part := file.read(_READ):
                    yield part
        yield b"\0" * (-info.size % _BLOCK)


def stream(manifest: Manifest, members: Iterable[Member]) -> Iterator[bytes]:
    """The plain bytes of an archive."""
    yield from Member(MANIFEST, msgspec.json.encode(manifest)).blocks()
    for member in members:
        yield from member.blocks()
    yield b"\0" * (2 * _BLOCK)


def unpack(plain: Iterator[bytes], folder: Path) -> Manifest:
    """Write the members below a folder and answer the manifest; raises BrokenArchiveError.

    Only names that a backup has are written, and the whole stream is read, so that what comes back
    is known to be complete.
    """
    manifest: Manifest | None = None
    source = io.BufferedReader(_Stream(plain), _READ)
    try:
        with tarfile.open(fileobj=source, mode="r|") as tar:
            for info in tar:
                content = tar.extractfile(info)
                if content is None or not _is_known(info.name):
                    raise BrokenArchiveError("holds what no backup holds")
                if info.name == MANIFEST:
                    manifest = msgspec.json.decode(content.read(_MAX_SMALL_BYTES), type=Manifest)
                    continue
                target = folder / info.name
                target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                with target.open("xb") as file:
                    while part := content.read(_READ):
                        file.write(part)
    except (tarfile.TarError, msgspec.MsgspecError, FileExistsError) as error:
        raise BrokenArchiveError("holds what cannot be unpacked") from error
    while source.read(_READ):
        pass
    if manifest is None or not (folder / DATABASES[manifest.vendor]).exists():
        raise BrokenArchiveError("holds no database")
    return manifest


def _is_known(name: str) -> bool:
    if name in (MANIFEST, ERASED, *DATABASES.values()):
        return True
    parent, _, file = name.partition("/")
    return parent == HEADS and file.endswith(".json") and "/" not in file and file[0] != "."


class _Stream(io.RawIOBase):
    """The parts of an iterator as a file."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts, self._rest = parts, memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._rest:
            part = next(self._parts, None)
            if part is None:
                return 0
            self._rest = memoryview(part)
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count
