"""The installation's key ring: read once for each process, and again when its file changes.

`TAUTBAND_KEYS` names the file or holds the keys themselves; without it they stand in the data
folder and are made at first use, unless the database already holds sealed rows: then the keys are
lost or elsewhere, and new ones would only hide that.
"""

from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.utils import timezone

from tautband.base.errors import InputError
from tautband.clinic.secrets import kept_text, write_over
from tautband.vault.keys import KeyRing

FILE_NAME = "keys.json"


@dataclass(frozen=True, slots=True)
class _Read:
    source: str
    state: tuple[int, int, int] | None
    ring: KeyRing


_read: _Read | None = None
_lock = Lock()


def key_ring() -> KeyRing:
    """The ring as it stands now; raises InputError when it is missing or cannot be read.

    Another process that adds a key is noticed by the file's state, which costs about a microsecond.
    """
    global _read
    configured = _configured()
    path = keys_file()
    source = configured if path is None else str(path)
    state = None if path is None else _state(path)
    known = _read
    there = path is None or state is not None
    if there and known is not None and (known.source, known.state) == (source, state):
        return known.ring
    with _lock:
        ring = KeyRing.parse(configured if path is None else _text(path, bool(configured)))
        # The state from before the reading: a file replaced meanwhile is read once more.
        _read = _Read(source, state, ring)
        return ring


def keys_file() -> Path | None:
    """The file of the ring, or None when the environment holds the keys themselves."""
    configured = _configured()
    if configured.startswith("{"):
        return None
    return Path(configured) if configured else Path(settings.TAUTBAND_DATA) / FILE_NAME


def replace_ring(ring: KeyRing) -> None:
    """Write the ring over its file in one step; raises InputError when it stands in no file."""
    path = keys_file()
    if path is None:
        raise InputError(
            "TAUTBAND_KEYS", "holds the keys themselves, which cannot be changed here", "a file"
        )
    write_over(path, ring.text())


def _configured() -> str:
    return str(settings.TAUTBAND_KEYS).strip()


def _state(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _text(path: Path, configured: bool) -> str:
    if path.exists():
        return path.read_text("utf-8")
    if configured:
        raise InputError("TAUTBAND_KEYS", "names a file that does not exist", "the key ring's file")
    if _has_sealed_rows():
        raise InputError(
            "keys", f"{path} is missing, and the database is sealed with them", "the file put back"
        )
    return kept_text(path, lambda: KeyRing.make(timezone.now()).text())


def _has_sealed_rows() -> bool:
    from tautband.clinic.sealed_models import has_sealed_rows

    return has_sealed_rows()
