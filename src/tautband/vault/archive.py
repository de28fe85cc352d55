"""Archives: files sealed in chunks, so that they are written and read in bounded memory.

    TAUTBAND-ARCHIVE | 4 bytes: length of the head | head as JSON | salt (32) | chunks
    chunk: 4 bytes: length | AES-256-GCM of at most 1 MiB of plain bytes, with its tag

The key of the file is derived by HKDF from the secret and the salt, so it seals this file alone and
its nonces may count: 0, 1, 2, ...  Associated with each chunk are the head, the chunk's number and
whether it is the last; a chunk that was changed, dropped, doubled or moved, and a file that was cut
short, do not open.  The secret is the key ring's subkey `archive`, or scrypt of a passphrase with
the cost that the head names.

Plain bytes of a chunk that opened are genuine, but the file is whole only when `read` has ended.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from tautband.base.errors import InputError

MAGIC = b"TAUTBAND-ARCHIVE"
FORM = "tautband.archive/1"
CHUNK_BYTES = 2**20
_TAG_BYTES = 16
_SALT_BYTES = 32
_MAX_HEAD_BYTES = 4096
_LENGTH = struct.Struct(">I")
MIN_PASSPHRASE = 12
# 128 MiB and about half a second, as the authors of scrypt advise for files (n = 2**17, r = 8).
SCRYPT_LOG_N = 17
_SCRYPT_R, _SCRYPT_P = 8, 1
_COSTS = range(14, 21)

Ring = Callable[[str], bytes]


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands unsealed in front of an archive: enough to know how to open it."""

    form: str
    made_at: str
    key_id: str = ""  # of the key ring; empty when a passphrase opens it
    scrypt_log_n: int = 0

    @property
    def needs_passphrase(self) -> bool:
        """True when a passphrase opens it, and no key ring does."""
        return not self.key_id


class BrokenArchiveError(InputError):
    """The file is no archive, was changed or cut short, or the secret is not its own."""

    def __init__(self, problem: str, expected: str = "a file that `tautband backup` wrote") -> None:
        super().__init__("archive", problem, expected)


def head_for_ring(made_at: str, key_id: str) -> Head:
    """The head of an archive that the key ring opens."""
    return Head(FORM, made_at, key_id=key_id)


def head_for_passphrase(made_at: str, log_n: int = SCRYPT_LOG_N) -> Head:
    """The head of an archive that a passphrase opens."""
    return Head(FORM, made_at, scrypt_log_n=log_n)


def write(file: BinaryIO, head: Head, secret: bytes | str, plain: Iterable[bytes]) -> None:
    """Write an archive; ``secret`` is the ring's subkey, or the passphrase that the head asks for.

    Raises InputError for a passphrase that is too short.
    """
    if isinstance(secret, str) and len(secret) < MIN_PASSPHRASE:
        raise InputError(
            "passphrase", f"has {len(secret)} characters", f"at least {MIN_PASSPHRASE}"
        )
    text, salt = msgspec.json.encode(head), os.urandom(_SALT_BYTES)
    file.write(MAGIC + _LENGTH.pack(len(text)) + text + salt)
    cipher = AESGCM(_file_key(head, secret, salt))
    for number, (chunk, last) in enumerate(_chunks(plain)):
        sealed = cipher.encrypt(_nonce(number), chunk, _about(text, salt, number, last))
        file.write(_LENGTH.pack(len(sealed)) + sealed)


def read_head(file: BinaryIO) -> Head:
    """The head of the archive, from the file's beginning; raises BrokenArchiveError."""
    return _head(file)[0]


def read(file: BinaryIO, secret: bytes | str) -> Iterator[bytes]:
    """The plain chunks, from the file's beginning; raises BrokenArchiveError, late if it must."""
    head, text = _head(file)
    salt = file.read(_SALT_BYTES)
    if len(salt) != _SALT_BYTES:
        raise BrokenArchiveError("is cut short")
    cipher = AESGCM(_file_key(head, secret, salt))
    number, sealed = 0, _sealed_chunk(file)
    while sealed is not None:
        following = _sealed_chunk(file)
        about = _about(text, salt, number, following is None)
        try:
            yield cipher.decrypt(_nonce(number), sealed, about)
        except InvalidTag:
            raise BrokenArchiveError(_why(number, following is None)) from None
        number, sealed = number + 1, following
    if number == 0:
        raise BrokenArchiveError("is cut short")


def _why(number: int, last: bool) -> str:
    if number == 0:
        return "does not open: the key or passphrase is another, or the file was changed"
    if last:
        return f"is cut short or was changed in chunk {number + 1}"
    return f"was changed in chunk {number + 1}"


def _head(file: BinaryIO) -> tuple[Head, bytes]:
    if file.read(len(MAGIC)) != MAGIC:
        raise BrokenArchiveError("is no archive of Tautband")
    (length,) = _LENGTH.unpack(_exactly(file, _LENGTH.size))
    if length > _MAX_HEAD_BYTES:
        raise BrokenArchiveError("has a damaged head")
    text = _exactly(file, length)
    try:
        head = msgspec.json.decode(text, type=Head)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise BrokenArchiveError("has a damaged head") from None
    if head.form != FORM:
        raise BrokenArchiveError("is of another version of Tautband", f"form {FORM}")
    if head.needs_passphrase and head.scrypt_log_n not in _COSTS:
        raise BrokenArchiveError("has a damaged head")
    return head, text


def _file_key(head: Head, secret: bytes | str, salt: bytes) -> bytes:
    if head.needs_passphrase != isinstance(secret, str):
        wanted = "a passphrase" if head.needs_passphrase else f"key {head.key_id} of the key ring"
        raise BrokenArchiveError("is opened by another kind of secret", wanted)
    if isinstance(secret, str):
        scrypt = Scrypt(salt, 32, 2**head.scrypt_log_n, _SCRYPT_R, _SCRYPT_P)
        secret = scrypt.derive(secret.encode("utf-8"))
    return HKDF(SHA256(), 32, salt=salt, info=FORM.encode("ascii")).derive(secret)


def _chunks(plain: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Chunks of full size and whether each is the last; there is always a last one."""
    waiting = bytearray()
    for part in plain:
        waiting += part
        while len(waiting) > CHUNK_BYTES:
            yield bytes(waiting[:CHUNK_BYTES]), False
            del waiting[:CHUNK_BYTES]
    yield bytes(waiting), True


def _sealed_chunk(file: BinaryIO) -> bytes | None:
    prefix = file.read(_LENGTH.size)
    if not prefix:
        return None
    if len(prefix) < _LENGTH.size:
        raise BrokenArchiveError("is cut short")
    (length,) = _LENGTH.unpack(prefix)
    if length > CHUNK_BYTES + _TAG_BYTES:
        raise BrokenArchiveError("was changed: a chunk is too long")
    return _exactly(file, length)


def _exactly(file: BinaryIO, length: int) -> bytes:
    found = file.read(length)
    if len(found) != length:
        raise BrokenArchiveError("is cut short")
    return found


def _nonce(number: int) -> bytes:
    return number.to_bytes(12)


def _about(head: bytes, salt: bytes, number: int, last: bool) -> bytes:
    return b"".join([MAGIC, head, salt, number.to_bytes(8), b"last" if last else b"more"])


def as_json(head: Head) -> dict[str, Any]:
    """The head as plain values."""
    return dict(msgspec.to_builtins(head))
