"""A key for each patient, so that forgetting the key forgets the patient, backups included.

The data key seals what belongs to one patient.  It is stored in one place only, wrapped by the
ring.  Destroying the wrapped key makes every sealed value of that patient unreadable wherever a
copy lies, except where a copy of the wrapped key lies too (see `docs/developers/vault.md`).
"""

import hashlib
import os
from typing import Self

from tautband.vault.keys import KeyRing, Purpose
from tautband.vault.sealed import ID_BYTES, KEY_BYTES, Sealer


class DataKey(Sealer):
    """The key of one patient; it seals and opens as `Sealer` does."""

    __slots__ = ("_secret",)

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        fingerprint = hashlib.sha256(b"tautband.data-key/1\0" + secret).digest()
        super().__init__(fingerprint[:ID_BYTES].hex(), secret)

    @classmethod
    def make(cls) -> Self:
        """A new key from the system's randomness."""
        return cls(os.urandom(KEY_BYTES))

    @classmethod
    def unwrap(cls, ring: KeyRing, wrapped: bytes, about: str) -> Self:
        """The key as `wrap` put it away for the same place; raises `CannotOpen`."""
        return cls(ring.open(wrapped, about, Purpose.WRAP))

    def wrap(self, ring: KeyRing, about: str) -> bytes:
        """The key sealed by the ring's active key for the place `about`."""
        return ring.seal(self._secret, about, Purpose.WRAP)
