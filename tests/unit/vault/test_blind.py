"""Blind indexes: what is the same, what is not, and what two clinics can learn (nothing)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tautband.vault.blind import Identifier, blind, blinds, key_id_of_blind, normal_form
from tests.unit.vault.rings import NOW, ring_of

RING = ring_of(1)

SAME = [
    (Identifier.EMAIL, "Ana.Silva@Example.org", " ana.silva@example.ORG "),
    (Identifier.EMAIL, "ana@example.org", "ａｎａ@example.org"),
    (Identifier.PHONE, "+44 20 7946 0958", "0044 (20) 7946-0958"),
    (Identifier.PHONE, "020 7946 0958", "02079460958"),
    (Identifier.PHONE, "+34 600 000 000", "+34600000000"),
    (Identifier.NATIONAL_ID, "AB 12 34 56 C", "ab123456c"),
    (Identifier.NATIONAL_ID, "123-45-6789", "123 45 6789"),
    (Identifier.RECORD_NUMBER, "P/00017", "p00017"),
    (Identifier.TWIN, "Zoë O'Neill 1984-02-29", "o'neill ZOE 1984-02-29"),
]
DIFFERENT = [
    (Identifier.EMAIL, "ana@example.org", "ana@example.com"),
    (Identifier.PHONE, "+44 20 7946 0958", "020 7946 0958"),  # the country is not known
    (Identifier.NATIONAL_ID, "123-45-6789", "123-45-6788"),
    (Identifier.RECORD_NUMBER, "17", "0017"),
    (Identifier.TWIN, "Ana Silva 1984-02-29", "Ana Silva 1984-02-28"),
]
EMPTY = [
    (Identifier.EMAIL, "  "),
    (Identifier.PHONE, "unknown"),
    (Identifier.PHONE, "+"),
    (Identifier.PHONE, "00"),
    (Identifier.NATIONAL_ID, "-"),
    (Identifier.TWIN, ", "),
]


@pytest.mark.parametrize(("kind", "one", "other"), SAME)
def test_what_a_person_would_call_the_same_is(kind: Identifier, one: str, other: str) -> None:
    assert blind(RING, one, kind, "a") == blind(RING, other, kind, "a") is not None


@pytest.mark.parametrize(("kind", "one", "other"), DIFFERENT)
def test_what_differs_differs(kind: Identifier, one: str, other: str) -> None:
    assert blind(RING, one, kind, "a") != blind(RING, other, kind, "a")


@pytest.mark.parametrize(("kind", "value"), EMPTY)
def test_nothing_has_no_index(kind: Identifier, value: str) -> None:
    assert blind(RING, value, kind, "a") is None
    assert blinds(RING, value, kind, "a") == ()


def test_clinics_kinds_and_keys_never_share_an_index() -> None:
    rings = (ring_of(1), ring_of(1, first=5))
    found = {
        blind(ring, "123456", kind, clinic)
        for ring in rings
        for kind in (Identifier.NATIONAL_ID, Identifier.RECORD_NUMBER, Identifier.PHONE)
        for clinic in ("a", "b")
    }
    assert len(found) == 12


@given(st.sampled_from(Identifier), st.text(max_size=40))
def test_the_normal_form_is_stable_and_its_index_holds_nothing_of_it(
    kind: Identifier, value: str
) -> None:
    normal = normal_form(value, kind)
    assert normal_form(normal, kind) == normal
    index = blind(RING, value, kind, "a")
    assert (index is None) == (normal == "")
    assert index is None or (len(index) == 24 and key_id_of_blind(index) == RING.active)


def test_a_search_while_keys_rotate_looks_for_every_key() -> None:
    before = blind(RING, "ana@example.org", Identifier.EMAIL, "a")
    grown = RING.with_new(NOW)
    after = blind(grown, "ana@example.org", Identifier.EMAIL, "a")
    assert before != after
    assert set(blinds(grown, "ana@example.org", Identifier.EMAIL, "a")) == {before, after}
