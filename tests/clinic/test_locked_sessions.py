"""A locked screen stays locked, whatever else the same browser asks at the same moment."""

from collections.abc import Callable

import pytest

from tautband.clinic.account.sessions import HANDED, SessionStore


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


def test_an_earlier_copy_does_not_take_a_tablet_out_of_a_patients_hands(key: str) -> None:
    early = SessionStore(key)
    assert early["drawn"] == "nothing"
    begins = SessionStore(key)
    begins.hand_over("/the/patients/page/")
    begins.save()
    early["drawn"] = "shoulder"
    early.save()
    assert SessionStore(key)[HANDED] == "/the/patients/page/"
    early.cycle_key()
    assert early.session_key is not None
    assert SessionStore(early.session_key)[HANDED] == "/the/patients/page/"


def test_nor_does_it_put_it_back_there(key: str) -> None:
    begins = SessionStore(key)
    begins.hand_over("/the/patients/page/")
    begins.save()
    early = SessionStore(key)
    assert early["drawn"] == "nothing"
    ends = SessionStore(key)
    assert ends.take_back() == "/the/patients/page/"
    ends.save()
    early["drawn"] = "shoulder"
    early.save()
    assert HANDED not in SessionStore(key)
