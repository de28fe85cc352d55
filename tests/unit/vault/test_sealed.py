"""Whatever is sealed comes back; whatever was touched, moved or sealed by others does not."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tautband.vault.data_keys import DataKey
from tautband.vault.keys import KeyRing
from tautband.vault.sealed import (
    OVERHEAD_BYTES,
    CannotOpen,
    Sealer,
    Tampered,
    UnknownKey,
    key_id_of,
)
from tests.unit.vault.rings import NOW, ring_of

RING = ring_of(2)
PLACE = "record.patient.name:0b3c6d6e-9a0f-4c55-8d3b-0a8a3f1f5f11"


@given(st.binary(max_size=300), st.text(max_size=60))
def test_what_is_sealed_comes_back(plain: bytes, about: str) -> None:
    sealed = RING.seal(plain, about)
    assert RING.open(sealed, about) == plain
    assert len(sealed) == len(plain) + OVERHEAD_BYTES


@given(st.binary(max_size=60), st.data())
def test_any_flipped_bit_is_refused(plain: bytes, data: st.DataObject) -> None:
    sealed = bytearray(RING.seal(plain, PLACE))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(CannotOpen):
        RING.open(bytes(sealed), PLACE)


def test_every_bit_counts() -> None:
    sealed = RING.seal(b"Ana", PLACE)
    for bit in range(len(sealed) * 8):
        touched = bytearray(sealed)
        touched[bit // 8] ^= 1 << bit % 8
        with pytest.raises(CannotOpen):
            RING.open(bytes(touched), PLACE)


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_moved_value_is_refused(here: str, there: str) -> None:
    sealed = RING.seal(b"Ana", here)
    if here != there:
        with pytest.raises(Tampered):
            RING.open(sealed, there)


@given(st.binary(max_size=80))
def test_bytes_that_were_never_sealed_are_refused(stray: bytes) -> None:
    with pytest.raises(CannotOpen):
        RING.open(stray, PLACE)


@given(st.binary(max_size=40), st.integers(min_value=1, max_value=30))
def test_a_value_cut_or_lengthened_is_refused(plain: bytes, count: int) -> None:
    sealed = RING.seal(plain, PLACE)
    for touched in (sealed[:-count], sealed[count:], sealed + bytes(count)):
        with pytest.raises(CannotOpen):
            RING.open(touched, PLACE)


def test_the_error_names_the_key_and_the_place_and_never_the_value() -> None:
    plain = b"Ana Silva, fell from a horse"
    with pytest.raises(UnknownKey) as told:
        ring_of(1, first=7).open(RING.seal(plain, PLACE), PLACE)
    assert told.value.key_id == RING.active
    assert str(told.value) == f"{PLACE}: sealed by key {RING.active}, which is not in the key ring"
    sealed = RING.seal(plain, PLACE)
    with pytest.raises(Tampered) as said:
        RING.open(sealed[:-1] + bytes([sealed[-1] ^ 1]), PLACE)
    assert str(said.value) == f"{PLACE}: was changed, or sealed for another place"
    assert said.value.__cause__ is None


def test_two_seals_of_one_value_differ() -> None:
    assert len({RING.seal(b"Ana", PLACE) for _ in range(100)}) == 100


def test_the_value_tells_which_key_sealed_it() -> None:
    assert key_id_of(RING.seal(b"", PLACE)) == RING.active


def test_a_sealer_of_the_wrong_size_is_refused() -> None:
    for key_id, secret in (("00" * 8, b"short"), ("00", bytes(32))):
        with pytest.raises(ValueError, match="32 bytes"):
            Sealer(key_id, secret)


def test_the_format_is_what_the_document_says() -> None:
    """Another implementation, from the words of the document alone, opens the value."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    secret = os.urandom(32)
    sealed = Sealer("0123456789abcdef", secret).seal(b"Ana", PLACE)
    assert sealed[:9] == b"\x01\x01\x23\x45\x67\x89\xab\xcd\xef"
    bound = b"tautband.sealed/1\0" + sealed[:9] + PLACE.encode()
    assert AESGCM(secret).decrypt(sealed[9:21], sealed[21:], bound) == b"Ana"


def test_a_patient_key_comes_back_from_its_wrapping_and_only_there() -> None:
    key = DataKey.make()
    sealed = key.seal(b"Ana", PLACE)
    wrapped = key.wrap(RING, PLACE)
    again = DataKey.unwrap(RING, wrapped, PLACE)
    assert again.key_id == key.key_id
    assert again.open(sealed, PLACE) == b"Ana"
    with pytest.raises(Tampered):
        DataKey.unwrap(RING, wrapped, PLACE + "1")
    with pytest.raises(CannotOpen):
        DataKey.make().open(sealed, PLACE)
    with pytest.raises(CannotOpen):
        RING.open(wrapped, PLACE)  # a wrapped key is no sealed value: another purpose


def test_nothing_shows_a_secret() -> None:
    key = DataKey.make()
    ring = KeyRing.make(NOW)
    for thing in (ring, *ring, key):
        assert "secret" not in repr(thing)
        assert len(repr(thing)) < 130
