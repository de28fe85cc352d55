"""Sealing a value: AES-256-GCM, bound to the place where it is stored.

A sealed value is `format (1 byte) | key id (8) | nonce (12) | ciphertext and tag (16 more)`.
Format, key id and the place are authenticated with it, so a value that was changed, or moved to
another row or column, is refused.  Nonces are random: one key may seal about four thousand million
values (NIST SP 800-38D, 8.3), which no clinic reaches.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT = 1
KEY_BYTES = 32
ID_BYTES = 8
NONCE_BYTES = 12
TAG_BYTES = 16
ID_AT = 1  # where the key id begins; SQL counts from one more
_NONCE_AT = ID_AT + ID_BYTES
_BODY_AT = _NONCE_AT + NONCE_BYTES
OVERHEAD_BYTES = _BODY_AT + TAG_BYTES
_DOMAIN = b"tautband.sealed/1\0"


class CannotOpen(Exception):  # noqa: N818 (named for what happened, as DoesNotExist is)
    """A sealed value that cannot be opened; the message never holds what it says."""


class Tampered(CannotOpen):
    """The value was changed, or belongs to another place, or is no sealed value at all."""


class UnknownKey(CannotOpen):
    """The value was sealed by a key that is not there."""

    def __init__(self, key_id: str, about: str) -> None:
        self.key_id = key_id
        super().__init__(f"{about}: sealed by key {key_id}, which is not in the key ring")


class Erased(CannotOpen):
    """The key of this person was destroyed, and with it everything that it had sealed."""


class Sealer:
    """One key that seals and opens; its secret is not shown and not kept beside the cipher."""

    __slots__ = ("_cipher", "_header", "key_id")

    def __init__(self, key_id: str, secret: bytes) -> None:
        header = bytes([FORMAT]) + bytes.fromhex(key_id)
        if len(header) != _NONCE_AT or len(secret) != KEY_BYTES:
            raise ValueError(f"a key has an id of {ID_BYTES} bytes and {KEY_BYTES} bytes")
        self.key_id = key_id
        self._header = header
        self._cipher = AESGCM(secret)

    def __repr__(self) -> str:
        return f"Sealer({self.key_id})"

    def seal(self, plain: bytes, about: str) -> bytes:
        """Seal for the place `about`; two calls never give the same bytes."""
        nonce = os.urandom(NONCE_BYTES)
        return self._header + nonce + self._cipher.encrypt(nonce, plain, self._bound(about))

    def open(self, sealed: bytes, about: str) -> bytes:
        """The value; raises `UnknownKey` for another key's, `Tampered` when it is not as sealed."""
        if key_id_of(sealed, about) != self.key_id:
            raise UnknownKey(key_id_of(sealed, about), about)
        try:
            return self._cipher.decrypt(
                sealed[_NONCE_AT:_BODY_AT], sealed[_BODY_AT:], self._bound(about)
            )
        except InvalidTag:
            raise Tampered(f"{about}: was changed, or sealed for another place") from None

    def _bound(self, about: str) -> bytes:
        return _DOMAIN + self._header + about.encode()


def key_id_of(sealed: bytes, about: str = "a sealed value") -> str:
    """The id of the key that sealed it; raises `Tampered` for what is no sealed value."""
    if len(sealed) < OVERHEAD_BYTES or sealed[0] != FORMAT:
        raise Tampered(f"{about}: is not a sealed value of format {FORMAT}")
    return sealed[ID_AT:_NONCE_AT].hex()
