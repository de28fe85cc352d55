"""Blind indexes: finding an identifier without storing it.

A blind index is `key id (8 bytes) | HMAC-SHA-256 (first 16 bytes)` over what the value is (an
e-mail address), whose it is (the clinic) and the value in one normal form.  Equal values of one
clinic give equal bytes, of two clinics never.  Whoever holds the database alone learns which rows
of a clinic share a value; who holds the ring as well can try guesses.
"""

import hmac
import re
import unicodedata
from collections.abc import Callable, Mapping
from enum import StrEnum

from tautband.vault.keys import KeyRing, Purpose, Subkey

DIGEST_BYTES = 16


class Identifier(StrEnum):
    """What is looked up; each has a normal form of its own."""

    EMAIL = "email"
    PHONE = "phone"
    NATIONAL_ID = "national_id"
    RECORD_NUMBER = "record_number"  # the clinic's own
    TWIN = "twin"  # name and birth date together, to notice who is listed twice


def normal_form(value: str, identifier: Identifier) -> str:
    """The value as it is compared: no capitals, no spacing; '' when nothing is left.

    A phone number keeps its digits, and `+` or a leading `00` become the same; a number without a
    country stays as it is, because nothing here knows the country.
    """
    return _NORMAL[identifier](unicodedata.normalize("NFKC", value))


def blind(ring: KeyRing, value: str, identifier: Identifier, clinic: str) -> bytes | None:
    """The index under the active key; None for a value that has nothing to compare."""
    return _blinded(ring.subkey(Purpose.BLIND), value, identifier, clinic)


def blinds(ring: KeyRing, value: str, identifier: Identifier, clinic: str) -> tuple[bytes, ...]:
    """The index under every readable key: a search looks for all of them while keys rotate."""
    found = (
        _blinded(ring.subkey(Purpose.BLIND, key.id), value, identifier, clinic) for key in ring
    )
    return tuple(one for one in found if one is not None)


def key_id_of_blind(index: bytes) -> str:
    """The id of the master key behind an index."""
    return index[:-DIGEST_BYTES].hex()


def _blinded(key: Subkey, value: str, identifier: Identifier, clinic: str) -> bytes | None:
    normal = normal_form(value, identifier)
    if not normal:
        return None
    said = "\0".join((identifier.value, clinic, normal)).encode()
    return bytes.fromhex(key.key_id) + hmac.digest(key.secret, said, "sha256")[:DIGEST_BYTES]


def _email(value: str) -> str:
    return "".join(value.split()).casefold()


def _phone(value: str) -> str:
    digits = "".join(str(unicodedata.digit(sign)) for sign in value if sign.isdigit())
    international = value.strip().startswith("+")
    if not international and digits.startswith("00"):
        return "+" + digits[2:] if len(digits) > 2 else ""
    return f"+{digits}" if international and digits else digits


def _identifier(value: str) -> str:
    return re.sub(r"[\W_]+", "", value).casefold()


def _twin(value: str) -> str:
    """Neither accents, capitals, signs nor the order of the parts count."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", value) if not unicodedata.combining(c))
    return " ".join(sorted(re.findall(r"\w+", bare.casefold())))


_NORMAL: Mapping[Identifier, Callable[[str], str]] = {
    Identifier.EMAIL: _email,
    Identifier.PHONE: _phone,
    Identifier.NATIONAL_ID: _identifier,
    Identifier.RECORD_NUMBER: _identifier,
    Identifier.TWIN: _twin,
}
