"""The key ring: master keys with ids, one active and all readable, and subkeys for each purpose.

A master key never seals anything itself.  HKDF derives one subkey for each purpose, so that a value
of one purpose says nothing about another.  A key's id is derived from it too: a ring that names a
key wrongly is refused.  **Whoever loses the ring loses the data.**
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple, Self

import msgspec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tautband.base.errors import InputError
from tautband.vault.sealed import ID_BYTES, KEY_BYTES, Sealer, UnknownKey, key_id_of

FORMAT = "tautband.keys/1"


class Purpose(StrEnum):
    """What a subkey is for; a name never changes, or everything under it is lost."""

    SEAL = "seal"  # sealed columns
    WRAP = "wrap"  # the keys of single patients
    BLIND = "blind"  # blind indexes
    CHAIN = "chain"  # heads of the audit trail
    ARCHIVE = "archive"  # backups


class Subkey(NamedTuple):
    """The id of the master key, and the 32 bytes derived from it for one purpose."""

    key_id: str
    secret: bytes


@dataclass(frozen=True, eq=False)
class MasterKey:
    """32 secret bytes and when they were made; compared by id, never printed."""

    secret: bytes = field(repr=False)
    made_at: datetime

    def __post_init__(self) -> None:
        if len(self.secret) != KEY_BYTES:
            raise ValueError(f"a master key has {KEY_BYTES} bytes")
        if self.made_at.tzinfo is None:
            raise ValueError("the time a key was made needs a zone")

    @classmethod
    def make(cls, now: datetime) -> Self:
        """A new key from the system's randomness."""
        return cls(os.urandom(KEY_BYTES), now)

    @cached_property
    def id(self) -> str:
        """16 hexadecimal digits that follow from the secret and do not betray it."""
        return _derived(self.secret, "id", ID_BYTES).hex()

    def subkey(self, purpose: Purpose) -> bytes:
        """The 32 bytes for one purpose; always the same."""
        known = self._subkeys
        if purpose not in known:
            known[purpose] = _derived(self.secret, f"purpose:{purpose.value}", KEY_BYTES)
        return known[purpose]

    def sealer(self, purpose: Purpose) -> Sealer:
        """Seals and opens with the subkey of one purpose."""
        known = self._sealers
        if purpose not in known:
            known[purpose] = Sealer(self.id, self.subkey(purpose))
        return known[purpose]

    @cached_property
    def _subkeys(self) -> dict[Purpose, bytes]:
        return {}

    @cached_property
    def _sealers(self) -> dict[Purpose, Sealer]:
        return {}


def _derived(secret: bytes, info: str, length: int) -> bytes:
    kdf = HKDF(SHA256(), length, salt=None, info=f"tautband.keys/1 {info}".encode())
    return kdf.derive(secret)


class _KeyText(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    made_at: datetime
    secret: bytes  # base64 in JSON


class _RingText(msgspec.Struct, forbid_unknown_fields=True):
    format: str
    active: str
    keys: list[_KeyText]


class KeyRing:
    """Master keys, of which the active one seals and all open.  Refuses to be built wrong."""

    __slots__ = ("_active", "_keys")

    def __init__(self, keys: tuple[MasterKey, ...], active: str) -> None:
        self._keys = {key.id: key for key in keys}
        if len(self._keys) != len(keys):
            raise InputError("keys", "one key stands there twice", "each key once")
        if active not in self._keys:
            raise InputError("keys", "the active key is not among them", "the id of one of them")
        self._active = self._keys[active]

    @classmethod
    def make(cls, now: datetime) -> Self:
        """A ring of one new key."""
        key = MasterKey.make(now)
        return cls((key,), key.id)

    @classmethod
    def parse(cls, text: str | bytes) -> Self:
        """Read a ring as `text` writes it; raises InputError, which never quotes what it read."""
        try:
            found = msgspec.json.decode(text, type=_RingText)
            keys = tuple(MasterKey(one.secret, one.made_at) for one in found.keys)
        except ValueError:  # the message of the decoder may quote the text
            raise InputError("keys", "cannot be read as a key ring", FORMAT) from None
        if found.format != FORMAT:
            raise InputError("keys", "is of another format", FORMAT)
        if any(key.id != one.id for key, one in zip(keys, found.keys, strict=True)):
            raise InputError("keys", "an id does not belong to its key", "the ring as written")
        return cls(keys, found.active)

    def text(self) -> str:
        """The whole ring, secrets included, as JSON that `parse` reads."""
        keys = [_KeyText(key.id, key.made_at, key.secret) for key in self]
        written = msgspec.json.encode(_RingText(FORMAT, self.active, keys))
        return msgspec.json.format(written, indent=2).decode() + "\n"

    def __repr__(self) -> str:
        return f"KeyRing(active={self.active}, keys={len(self._keys)})"

    def __iter__(self) -> Iterator[MasterKey]:
        return iter(self._keys.values())

    def __contains__(self, key_id: str) -> bool:
        return key_id in self._keys

    @property
    def active(self) -> str:
        """The id of the key that seals from now on."""
        return self._active.id

    def with_new(self, now: datetime) -> Self:
        """A ring with one more key, which is now the active one."""
        key = MasterKey.make(now)
        return type(self)((*self, key), key.id)

    def without(self, key_id: str) -> Self:
        """A ring that has forgotten a key; raises InputError for the active or an unknown one."""
        self._named(key_id)
        if key_id == self.active:
            raise InputError("key", f"{key_id} is the active one", "a key that no longer seals")
        return type(self)(tuple(key for key in self if key.id != key_id), self.active)

    def subkey(self, purpose: Purpose | str, key_id: str | None = None) -> Subkey:
        """The subkey of the active key, or of the one named; raises InputError when unknown."""
        key = self._active if key_id is None else self._named(key_id)
        return Subkey(key.id, key.subkey(Purpose(purpose)))

    def seal(self, plain: bytes, about: str, purpose: Purpose = Purpose.SEAL) -> bytes:
        """Seal with the active key for the place `about` (see `sealed`)."""
        return self._active.sealer(purpose).seal(plain, about)

    def open(self, sealed: bytes, about: str, purpose: Purpose = Purpose.SEAL) -> bytes:
        """Open what any key of the ring sealed; raises `CannotOpen`."""
        key_id = key_id_of(sealed, about)
        if key_id not in self._keys:
            raise UnknownKey(key_id, about)
        return self._keys[key_id].sealer(purpose).open(sealed, about)

    def _named(self, key_id: str) -> MasterKey:
        if key_id not in self._keys:
            raise InputError("key", f"{key_id[:20]} is not in the ring", " or ".join(self._keys))
        return self._keys[key_id]
