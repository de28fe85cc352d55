"""A locked screen stays locked, whatever else the same browser asks at the same moment."""

from collections.abc import Callable

import pytest

from tautband.clinic.account.sessions import SessionStore


@pytest.fixture
def key(db: None) -> str:
    made = SessionStore()
    made["drawn"] = "nothing"
    made.save()
    assert made.session_key
    return made.session_key


def locked(key: str) -> bool:
    return bool(SessionStore(key).get("locked"))


def held_since_before_the_lock(key: str) -> SessionStore:
    """The copy of a request that began, and was not yet answered, when the screen was locked."""
    early = SessionStore(key)
    assert early["drawn"] == "nothing"
    screen = SessionStore(key)
    screen.lock()
    screen.save()
    assert locked(key)
    return early


def test_an_earlier_copy_does_not_open_it(key: str) -> None:
    early = held_since_before_the_lock(key)
    early["drawn"] = "shoulder"
    early.save()
    assert locked(key)
    assert SessionStore(key)["drawn"] == "shoulder"  # and nothing is lost


def test_nor_does_a_new_key(key: str) -> None:
    early = held_since_before_the_lock(key)
    early.cycle_key()
    early.save()
    assert early.session_key is not None
    assert early.session_key != key
    assert locked(early.session_key)
    assert not SessionStore().exists(key)


@pytest.mark.parametrize("then", [SessionStore.save, SessionStore.cycle_key])
def test_whoever_unlocks_it_opens_it(key: str, then: Callable[[SessionStore], None]) -> None:
    held_since_before_the_lock(key)
    opened = SessionStore(key)
    opened.unlock()
    then(opened)
    opened.save()
    assert opened.session_key is not None
    assert not locked(opened.session_key)
    assert SessionStore(opened.session_key)["drawn"] == "nothing"


def test_it_can_be_locked_again_after_it_was_opened(key: str) -> None:
    one = SessionStore(key)
    one.unlock()
    one.save()
    early = held_since_before_the_lock(key)
    one.lock()
    one.save()
    early.save()
    assert locked(key)
