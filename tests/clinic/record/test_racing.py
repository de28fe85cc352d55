"""Two at once, with real transactions: one wins, nothing is doubled, nothing is lost."""

import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections

from tautband.clinic.record.errors import ConflictError
from tautband.clinic.record.models import Episode, Goal, LedgerEntry, Session, Version
from tautband.clinic.record.services import keeping, sessions
from tests.clinic.cast import Cast, make_cast
from tests.clinic.record import made


@pytest.fixture
def stage(transactional_db: None) -> Cast:
    if connection.vendor == "sqlite" and "memory" in str(connection.settings_dict["NAME"]):
        pytest.skip("threads share a database in memory, which locks whole tables")
    return make_cast()


def _at_once(doing: list[Callable[[], Any]]) -> list[Any]:
    """Results, or what was raised, of several threads that begin together."""
    results: list[Any] = [None] * len(doing)
    gate = threading.Barrier(len(doing))

    def run(place: int) -> None:
        gate.wait()
        try:
            results[place] = doing[place]()
        except Exception as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(doing))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_one_of_two_closings_wins(stage: Cast) -> None:
    by, other = made.seat(stage, "clinician"), made.seat(stage, "student")
    session = made.session(by, made.episode(by, made.patient(by)))
    made.insertion(by, session)
    version = Session.objects.get().version
    results = _at_once(
        [
            lambda: sessions.finish(by, session.pk, version),
            lambda: sessions.finish(other, session.pk, version),
        ]
    )
    # The same closing twice is one closing; either way there is one, and nobody saw an error.
    assert all(not isinstance(one, Exception) or isinstance(one, ConflictError) for one in results)
    assert Version.objects.filter(row=session.pk, number=version + 1).count() == 1


def test_one_of_two_corrections_wins(stage: Cast) -> None:
    by, other = made.seat(stage, "clinician"), made.seat(stage, "student")
    episode = made.episode(by, made.patient(by))
    results = _at_once(
        [
            lambda: keeping.change(by, episode, 1, {"sport": "tennis"}, why="asked"),
            lambda: keeping.change(other, episode, 1, {"sport": "rowing"}, why="asked"),
        ]
    )
    lost = [one for one in results if isinstance(one, Exception)]
    assert [type(one) for one in lost] == [ConflictError]
    now = Episode.objects.get()
    assert now.version == 2
    assert now.sport in str(lost[0])


def test_the_same_tap_from_two_threads(stage: Cast) -> None:
    by = made.seat(stage, "clinician")
    episode = made.episode(by, made.patient(by))
    goal = uuid.uuid4()
    results = _at_once(
        [lambda: keeping.add(by, Goal(id=goal, episode=episode, words="swim")) for _ in range(4)]
    )
    assert [one.pk for one in results] == [goal] * 4
    assert Version.objects.filter(row=goal).count() == 1


def test_taps_from_two_devices_are_all_kept(stage: Cast) -> None:
    by, other = made.seat(stage, "clinician"), made.seat(stage, "student")
    session = made.session(by, made.episode(by, made.patient(by)))
    results = _at_once(
        [lambda who=who: made.insertion(who, session) for who in (by, other, by, other)]  # type: ignore[misc]
    )
    assert not [one for one in results if isinstance(one, Exception)]
    assert LedgerEntry.objects.count() == 4
    places = sorted(LedgerEntry.objects.values_list("session_version", flat=True))
    assert places == [2, 3, 4, 5]
