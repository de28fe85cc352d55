"""The key ring: its subkeys, its text, and the rings that are refused."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tautband.base.errors import InputError
from tautband.vault.keys import FORMAT, KeyRing, MasterKey, Purpose
from tautband.vault.sealed import UnknownKey
from tests.unit.vault.rings import NOW, ring_of


def test_each_purpose_and_each_key_has_a_subkey_of_its_own() -> None:
    ring = ring_of(3)
    found = {ring.subkey(purpose, key.id).secret for purpose in Purpose for key in ring}
    assert len(found) == len(Purpose) * 3
    assert all(len(secret) == 32 for secret in found)
    assert not found & {key.secret for key in ring}


def test_a_subkey_is_always_the_same() -> None:
    """These bytes may never change: everything that was ever sealed hangs on them.

    They were computed from RFC 5869 with `hmac` alone.
    """
    key = MasterKey(bytes(range(32)), NOW)
    assert key.id == "13d0038001eeae03"
    assert key.subkey(Purpose.SEAL).hex()[:16] == "97787283a2cb699a"
    assert KeyRing((key,), key.id).subkey("chain") == (key.id, key.subkey(Purpose.CHAIN))


def test_the_active_key_seals_and_all_open() -> None:
    ring = ring_of(1)
    old = ring.seal(b"Ana", "here")
    grown = ring.with_new(NOW)
    assert grown.active != ring.active
    assert grown.open(old, "here") == b"Ana"
    new = grown.seal(b"Ana", "here")
    with pytest.raises(UnknownKey):
        ring.open(new, "here")
    shrunk = grown.without(ring.active)
    assert shrunk.open(new, "here") == b"Ana"
    with pytest.raises(UnknownKey):
        shrunk.open(old, "here")


@given(st.integers(1, 5))
def test_a_ring_is_read_as_it_was_written(count: int) -> None:
    ring = ring_of(count)
    again = KeyRing.parse(ring.text())
    assert again.active == ring.active
    assert [(key.id, key.secret, key.made_at) for key in again] == [
        (key.id, key.secret, key.made_at) for key in ring
    ]


def changed(**values: Any) -> str:
    return json.dumps({**json.loads(ring_of(2).text()), **values})


SECRET = "S0VFUCBUSElTIFNFQ1JFVA=="
REFUSED = {
    "no JSON": f"{SECRET}",
    "another format": changed(format="tautband.keys/9"),
    "no keys": changed(keys=[]),
    "an unknown active key": changed(active=SECRET),
    "an unknown field": changed(note=SECRET),
    "a short key": changed(keys=[{"id": "0" * 16, "made_at": NOW.isoformat(), "secret": SECRET}]),
    "an id of another key": changed(
        keys=[{**json.loads(ring_of(1).text())["keys"][0], "id": "0" * 16}], active="0" * 16
    ),
    "a time without a zone": changed(
        keys=[{**json.loads(ring_of(1).text())["keys"][0], "made_at": "2026-11-26T08:30:00"}]
    ),
    "a key twice": changed(keys=json.loads(ring_of(1).text())["keys"] * 2),
}


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_a_ring_that_is_not_whole_is_refused_without_quoting_it(text: str) -> None:
    with pytest.raises(InputError) as told:
        KeyRing.parse(text)
    assert str(told.value).startswith("keys: ")
    assert SECRET not in str(told.value)
    assert told.value.__cause__ is None


def test_the_active_key_and_an_unknown_one_cannot_be_forgotten() -> None:
    ring = ring_of(2)
    with pytest.raises(InputError, match="is the active one"):
        ring.without(ring.active)
    with pytest.raises(InputError, match="is not in the ring"):
        ring.without("f" * 16)
    with pytest.raises(InputError, match="is not in the ring"):
        ring.subkey(Purpose.SEAL, "f" * 16)


def test_the_text_names_its_format() -> None:
    assert json.loads(KeyRing.make(NOW).text())["format"] == FORMAT
