"""A session's ledger: order does not matter, twice is once, and it closes when all are out."""

import itertools
from typing import Any

import pytest

from tautband.base.errors import InputError
from tautband.clinic.record.errors import ClosedError, ConflictError, NotFoundError
from tautband.clinic.record.models import Closing, LedgerEntry, Needle, Session
from tautband.clinic.record.services import keeping, sessions
from tests.clinic.cast import Cast
from tests.clinic.record import made


def _session(cast: Cast) -> tuple[Any, Session]:
    by = made.seat(cast, "clinician")
    return by, made.session(by, made.episode(by, made.patient(by)))


def test_needles_in_equal_needles_out(cast: Cast) -> None:
    by, session = _session(cast)
    in_and_out = made.insertion(by, session, twitches=2, detected_by="seen")
    left_in = made.insertion(by, session, retained=True)
    now = Session.objects.get()
    with pytest.raises(InputError, match="1 needle"):
        sessions.finish(by, session.pk, now.version)
    assert Session.objects.get().state == "open"
    sessions.enter(by, LedgerEntry(session=session, kind="removal", about=left_in.pk))
    done = sessions.finish(by, session.pk, Session.objects.get().version).session
    assert (done.needles, done.needles_out, done.insertions, done.twitches) == (2, 2, 2, 2)
    assert Closing.objects.get().whole["insertions"] == 2
    with pytest.raises(ClosedError):
        made.insertion(by, session, needle=in_and_out.needle)
    assert sessions.finish(by, session.pk, done.version - 1).session.version == done.version


def test_not_assessed_is_not_none_seen(cast: Cast) -> None:
    for told, expected in (([None, None], None), ([None, 0], 0), ([3, 0], 3)):
        by = made.seat(cast, "clinician")
        session = made.session(by, made.episode(by, made.patient(by)))
        for count in told:
            made.insertion(by, session, twitches=count)
        now = Session.objects.get(pk=session.pk)
        assert sessions.finish(by, session.pk, now.version).session.twitches == expected


def test_a_broken_needle_closes_with_its_incident(cast: Cast) -> None:
    by, session = _session(cast)
    stuck = made.insertion(by, session, retained=True)
    incident = LedgerEntry(
        session=session, kind="incident", code="broken", accounts_for=[str(stuck.pk)], told="at hub"
    )
    sessions.enter(by, incident)
    done = sessions.finish(by, session.pk, Session.objects.get().version)
    assert done.session.reasons == ["broken"]
    assert done.session.needles_out == 0
    assert done.closure.actions[0].first


def test_the_order_of_arrival_does_not_matter(cast: Cast) -> None:
    by = made.seat(cast, "clinician")
    episode = made.episode(by, made.patient(by))
    seen = set()
    for order in itertools.permutations(range(3)):
        session = made.session(by, episode)
        needle = keeping.add(by, Needle(session=session))
        first, gone = made.fresh(), made.fresh()
        entries = [
            LedgerEntry(
                id=first, session=session, kind="insertion", needle=needle, muscle="soleus",
                side="left", retained=True, at=made.NOON,
            ),
            LedgerEntry(session=session, kind="removal", about=first, at=made.NOON),
            LedgerEntry(id=gone, session=session, kind="redirection", about=first, times=2),
        ]  # fmt: skip
        for place in order:
            for _ in range(2):
                sessions.enter(by, entries[place])
        done = sessions.finish(by, session.pk, Session.objects.get(pk=session.pk).version).session
        seen.add((done.needles, done.needles_out, done.insertions, done.redirections))
    assert seen == {(1, 1, 1, 2)}


def test_who_closes_second_is_told(cast: Cast) -> None:
    by, session = _session(cast)
    other = made.seat(cast, "student")
    made.insertion(by, session)
    seen = Session.objects.get().version
    made.insertion(other, session, muscle="soleus", side="left")
    with pytest.raises(ConflictError) as refused:
        sessions.finish(by, session.pk, seen)
    assert any("insertion in soleus left was added by Student" in w for w in refused.value.changes)
    sessions.finish(other, session.pk, Session.objects.get().version)
    with pytest.raises(ConflictError) as refused:
        sessions.finish(by, session.pk, seen)
    assert any("state is closed, by Student" in w for w in refused.value.changes)


def test_who_does_not_needle_enters_no_needle(cast: Cast) -> None:
    by, session = _session(cast)
    left_in = made.insertion(by, session, retained=True)
    owner = made.seat(cast, "owner")
    with pytest.raises(NotFoundError):
        made.insertion(owner, session, needle=left_in.needle)
    assert LedgerEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"twitches": None, "detected_by": "seen"}, "detected_by"),
        ({"side": "both"}, "side"),
        ({"muscle": ""}, "muscle"),
        ({"depth_mm": -1.0}, "depth_mm"),
        ({"kind": "stab"}, "kind"),
        ({"kind": "incident", "code": "lost"}, "incident.code"),
        ({"kind": "correction", "about": None}, "correction.of"),
    ],
)
def test_entries_that_cannot_be(cast: Cast, values: dict[str, Any], field: str) -> None:
    by, session = _session(cast)
    with pytest.raises(InputError) as refused:
        made.insertion(by, session, **values)
    assert field in refused.value.field
    assert LedgerEntry.objects.count() == 0
    assert Session.objects.get().version == 1


def test_a_needle_of_another_session_is_refused(cast: Cast) -> None:
    by, session = _session(cast)
    elsewhere = made.needle(by, made.session(by, session.episode))
    with pytest.raises(NotFoundError):
        made.insertion(by, session, needle=elsewhere)
