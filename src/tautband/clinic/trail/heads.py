"""Heads of the chains in files outside the database: where each chain ended.

A head is written after the commit of its entry, so it is never ahead of the database; after a
crash between the two it lags behind until the next entry.  Files are replaced as a whole and
synchronised, and writers of one chain wait for each other, so a head never goes back.
"""

import contextlib
import fcntl
import json
import logging
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from tautband.clinic.secrets import write_over
from tautband.clinic.trail.keys import key_named
from tautband.vault.chain import DIGEST_BYTES, Head

FORM = "tautband.head/1"
logger = logging.getLogger(__name__)


class HeadDamagedError(ValueError):
    """A head's file cannot be read, or nobody who holds the key wrote it."""


@dataclass(frozen=True, slots=True)
class HeadFolder:
    """A folder with one head a chain."""

    path: Path

    def chains(self) -> list[UUID]:
        """The chains that have a head here, damaged or not."""
        found = []
        for file in sorted(self.path.glob("*.json")):
            with contextlib.suppress(ValueError):
                found.append(UUID(file.stem))
        return found

    def read(self, chain: UUID) -> Head | None:
        """The head of a chain, genuine or not; or None.  Raises HeadDamagedError."""
        try:
            text = self._file(chain).read_text("utf-8")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise HeadDamagedError(str(chain)) from error
        return _parsed(text, chain)

    def genuine(self, chain: UUID) -> Head | None:
        """The head, which must be ours, or None.  Raises HeadDamagedError."""
        head = self.read(chain)
        if head is None:
            return None
        key = key_named(head.key_id)
        if key is None or not head.is_genuine(key):
            raise HeadDamagedError(str(chain))
        return head

    def write(self, head: Head) -> None:
        """Put the head in place unless a later one is there already; raises OSError."""
        chain = UUID(head.chain)
        with self._locked(chain):
            try:
                found = self.genuine(chain)
            except HeadDamagedError:
                found = None
                self._keep_aside(chain)
            if found is None or found.number < head.number:
                write_over(self._file(chain), _text(head))

    def _file(self, chain: UUID) -> Path:
        return self.path / f"{chain}.json"

    def _keep_aside(self, chain: UUID) -> None:
        """A damaged head is evidence: `tautband audit verify` finds it under this name."""
        logger.error("the head of audit chain %s was damaged and is kept aside", chain)
        self._file(chain).rename(self.path / f"{chain}.{secrets.token_hex(4)}.damaged")

    def damaged(self, chain: UUID) -> list[Path]:
        """Heads of the chain that were found damaged and kept aside."""
        return sorted(self.path.glob(f"{chain}.*.damaged"))

    @contextlib.contextmanager
    def _locked(self, chain: UUID) -> Iterator[None]:
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = os.open(self.path / f"{chain}.lock", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)


def main_folder() -> HeadFolder:
    """Where heads are read and written: `heads` in the data folder."""
    return HeadFolder(Path(settings.TAUTBAND_DATA) / "heads")


def second_folder() -> HeadFolder | None:
    """The second place, TAUTBAND_HEADS, if there is one: best on another machine."""
    path = getattr(settings, "TAUTBAND_HEADS", None)
    return HeadFolder(Path(path)) if path else None


def publish(head: Head) -> None:
    """Write the head everywhere.  What was committed stands, so a failure is logged, not raised."""
    for folder in (main_folder(), second_folder()):
        if folder is None:
            continue
        try:
            folder.write(head)
        except OSError as error:
            logger.error("head %d of chain %s: errno %s", head.number, head.chain, error.errno)


def _text(head: Head) -> str:
    written = {
        "form": FORM,
        "chain": head.chain,
        "number": head.number,
        "digest": head.digest.hex(),
        "time": head.time.isoformat(timespec="microseconds"),
        "key_id": head.key_id,
        "seal": head.seal.hex(),
    }
    return json.dumps(written, indent=1) + "\n"


def _parsed(text: str, chain: UUID) -> Head:
    try:
        found = json.loads(text)
        head = Head(
            chain=str(UUID(found["chain"])),
            number=int(found["number"]),
            digest=bytes.fromhex(found["digest"]),
            time=datetime.fromisoformat(found["time"]),
            key_id=str(found["key_id"]),
            seal=bytes.fromhex(found["seal"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise HeadDamagedError(str(chain)) from error
    sound = found.get("form") == FORM and head.chain == str(chain) and head.number >= 0
    if not sound or len(head.digest) != DIGEST_BYTES or head.time.tzinfo is None:
        raise HeadDamagedError(str(chain))
    return head
