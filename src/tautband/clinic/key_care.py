"""Looking after the key ring: a new key, forgetting an old one, a copy for a safe place."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from tautband.base.errors import InputError
from tautband.clinic.keyring import key_ring, keys_file, replace_ring
from tautband.clinic.rotation import uses
from tautband.clinic.secrets import write_new
from tautband.vault.keys import KeyRing

# A transaction that began before a key was added may still write with the old one.
SETTLED = timedelta(minutes=10)


def add_key() -> KeyRing:
    """Add a key that seals from now on; every process takes it up with its next value."""
    with _alone():
        ring = key_ring().with_new(timezone.now())
        replace_ring(ring)
        return ring


def retire_key(key_id: str) -> KeyRing:
    """Forget a key that nothing needs any more; raises InputError when something does."""
    with _alone():
        ring = key_ring()
        smaller = ring.without(key_id)
        made = next(key.made_at for key in ring if key.id == ring.active)
        if timezone.now() - made < SETTLED:
            raise InputError(
                "key", f"{key_id} sealed until a few minutes ago", "10 minutes after the new key"
            )
        needed = uses().get(key_id)
        if needed:
            where = ", ".join(f"{count} in {name}" for name, count in sorted(needed.items()))
            raise InputError("key", f"{key_id} is still needed: {where}", "`keys rotate` first")
        replace_ring(smaller)
        return smaller


def copy_ring(target: Path) -> None:
    """Write a copy of the ring, for this user alone; raises InputError rather than overwrite."""
    try:
        write_new(target, key_ring().text())
    except FileExistsError:
        raise InputError("file", f"{target} exists", "a new name") from None
    except OSError as error:
        reason = (error.strerror or "cannot be written").lower()
        raise InputError("file", f"{target}: {reason}", "a folder that can be written to") from None


@contextmanager
def _alone() -> Iterator[None]:
    """One change of the ring at a time, whatever process makes it."""
    path = keys_file()
    if path is None:
        raise InputError(
            "TAUTBAND_KEYS", "holds the keys themselves, which cannot be changed here", "a file"
        )
    key_ring()  # makes the ring when there is none yet
    with (path.parent / f".{path.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
