"""The audit's hash chain: entries that cannot be changed, dropped, added or moved unseen.

Three things hold an entry in its place.

* Its **digest** is SHA-256 over the digest before it and its own canonical bytes.  Anybody can
  compute it, so it only binds what came before to what came after.
* Its **seal** is HMAC-SHA-256 over its own canonical bytes, which hold the chain and the number,
  under a key that is not in the database.  It says of each single entry whether it is genuine,
  whatever was done to its neighbours; that is how a check can name the very entry.
* A **head** (number and digest of the last entry, under the same key) is kept outside the database.
  It says where the chain ends, and so finds what was cut off.

Whoever holds the key can forge all three; old heads that were kept elsewhere still convict them.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec

FORM = "tautband.audit/1"
BEGINNING = hashlib.sha256(b"tautband.audit/1 beginning").digest()
DIGEST_BYTES = 32
_SEAL_PURPOSE = b"tautband.audit/1 entry\0"
_HEAD_PURPOSE = b"tautband.audit/1 head\0"
_json = msgspec.json.Encoder().encode  # UTF-8 without spaces; a million entries are encoded

Detail = Mapping[str, int | str | Sequence[str]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that was done.  Ids and codes only; an id that does not apply is ''.

    ``chain`` is the clinic's id, ``number`` counts from 1 without gaps, ``time`` is in UTC and
    ``detail`` is JSON as `detail_text` writes it, or ''.
    """

    chain: str
    number: int
    time: datetime
    actor: str
    action: str
    kind: str
    object_id: str
    patient_id: str
    detail: str = ""

    def __post_init__(self) -> None:
        # A number is not judged here: a row that was tampered with must be readable too.
        if self.time.tzinfo is None:
            raise ValueError("an entry's time needs a zone")

    def canonical(self, number: int | None = None) -> bytes:
        """The bytes that are hashed and sealed; two entries share them only if they are equal.

        ``number`` asks for the bytes that the entry would have in another place of its chain.
        """
        parts = (
            FORM,
            self.chain,
            self.number if number is None else number,
            _moment(self.time),
            self.actor,
            self.action,
            self.kind,
            self.object_id,
            self.patient_id,
            self.detail,
        )
        return _json(parts)


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry as it stands in the database, which may have been tampered with."""

    entry: Entry
    digest: bytes
    key_id: str
    seal: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain ended when it was last written; number 0 is a chain that has just begun."""

    chain: str
    number: int
    digest: bytes
    time: datetime
    key_id: str
    seal: bytes

    def is_genuine(self, key: bytes) -> bool:
        """True when the head was sealed with this key."""
        fitting = _head_seal(key, self.chain, self.number, self.digest, self.time)
        return hmac.compare_digest(self.seal, fitting)


def detail_text(detail: Detail | None) -> str:
    """The one way in which details are written; '' for none."""
    if not detail:
        return ""
    return json.dumps(detail, separators=(",", ":"), sort_keys=True)


def digest_after(previous: bytes, canonical: bytes) -> bytes:
    """The digest of an entry, from that of the entry before (`BEGINNING` for the first)."""
    return hashlib.sha256(previous + canonical).digest()


def entry_seal(key: bytes, canonical: bytes) -> bytes:
    """The seal of an entry under a key of the ring's purpose `chain`."""
    return hmac.digest(key, _SEAL_PURPOSE + canonical, "sha256")


def stored(entry: Entry, previous: bytes, key_id: str, key: bytes) -> Stored:
    """The entry with its digest and seal, ready to be written after the one before it."""
    if entry.number < 1:
        raise ValueError("an entry's number counts from 1")
    canonical = entry.canonical()
    return Stored(entry, digest_after(previous, canonical), key_id, entry_seal(key, canonical))


def sealed_head(
    chain: str, number: int, digest: bytes, time: datetime, key_id: str, key: bytes
) -> Head:
    """The head of a chain whose last entry has this number and digest."""
    return Head(chain, number, digest, time, key_id, _head_seal(key, chain, number, digest, time))


def _head_seal(key: bytes, chain: str, number: int, digest: bytes, time: datetime) -> bytes:
    text = _json((FORM, chain, number, digest.hex(), _moment(time)))
    return hmac.digest(key, _HEAD_PURPOSE + text, "sha256")


def _moment(time: datetime) -> str:
    moment = time if time.tzinfo is UTC else time.astimezone(UTC)
    return moment.isoformat(timespec="microseconds")
