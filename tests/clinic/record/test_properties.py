"""Whatever is sent, in whatever order and how often: once, apart, and never changed."""

import uuid
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tautband.base.errors import InputError
from tautband.clinic.access import Seat
from tautband.clinic.record.canonical import canonical, plain
from tautband.clinic.record.errors import ClosedError, ConflictError, NotFoundError
from tautband.clinic.record.models import Episode, Goal, LedgerEntry, Needle, Session, Version
from tautband.clinic.record.services import keeping, sessions
from tautband.safety.events.ledger import Ledger
from tests.clinic.cast import Cast
from tests.clinic.record import made

EXAMPLES = settings(
    max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)
CHANGES = st.lists(
    st.tuples(st.sampled_from(["sport", "cause_told", "title"]), WORDS, st.integers(1, 6)),
    max_size=8,
)


@pytest.fixture
def by(cast: Cast) -> Seat:
    return made.seat(cast, "clinician")


@EXAMPLES
@given(changes=CHANGES)
def test_every_state_that_was_ever_stored_is_still_there(by: Seat, changes: Any) -> None:
    with transaction.atomic():
        episode = made.episode(by, made.patient(by))
        states = [plain(episode)]
        for field, words, version in changes:
            try:
                now = keeping.change(by, episode, version, {field: words}, why="told so")
            except ConflictError:
                assert version != len(states)
                continue
            if now.version > len(states):
                states.append(plain(now))
        kept = Version.objects.filter(row=episode.pk).order_by("number")
        assert [one.content for one in kept] == states
        assert plain(Episode.objects.get(pk=episode.pk)) == states[-1]
        transaction.set_rollback(True)


@EXAMPLES
@given(sent=st.lists(st.tuples(st.integers(0, 2), WORDS), max_size=10))
def test_what_is_sent_again_is_stored_once(by: Seat, sent: list[tuple[int, str]]) -> None:
    with transaction.atomic():
        episode = made.episode(by, made.patient(by))
        ids = [uuid.uuid4() for _ in range(3)]
        first: dict[int, str] = {}
        for place, words in sent:
            try:
                keeping.add(by, Goal(id=ids[place], episode=episode, words=words))
            except ConflictError:
                assert first[place] != words
            except InputError:
                assert not words.strip()
            else:
                assert first.setdefault(place, words) == words
        stored = {goal.pk: goal.words for goal in Goal.objects.filter(episode=episode)}
        assert stored == {ids[place]: words for place, words in first.items()}
        transaction.set_rollback(True)


@EXAMPLES
@given(data=st.data())
def test_the_stored_ledger_is_the_ledger(by: Seat, data: st.DataObject) -> None:
    """The rows, in any order and twice, come to what the pure ledger comes to."""
    with transaction.atomic():
        session = made.session(by, made.episode(by, made.patient(by)))
        rows: list[LedgerEntry] = []
        for _ in range(data.draw(st.integers(0, 4))):
            needle = keeping.add(by, Needle(session=session))
            rows.append(
                LedgerEntry(
                    session=session, kind="insertion", needle=needle, muscle="soleus", side="left",
                    retained=data.draw(st.booleans()), at=made.NOON,
                    twitches=data.draw(st.none() | st.integers(0, 5)),
                )
            )  # fmt: skip
            if data.draw(st.booleans()):
                gone = rows[-1].pk
                rows.append(LedgerEntry(session=session, kind="removal", about=gone, at=made.NOON))
        for row in data.draw(st.permutations([*rows, *rows])):
            sessions.enter(by, row)
        pure = Ledger().add_all(row.as_entry() for row in rows)
        assert sessions.ledger_of(session).counts() == pure.counts()
        now = Session.objects.get(pk=session.pk)
        try:
            done = sessions.finish(by, session.pk, now.version).session
        except InputError:
            assert not pure.counts().equal
        else:
            assert done.insertions == pure.counts().insertions
            assert done.twitches == sessions.twitches(pure)
            with pytest.raises(ClosedError):
                sessions.enter(by, LedgerEntry(session=session, kind="removal", about=session.pk))
        transaction.set_rollback(True)


@EXAMPLES
@given(
    values=st.recursive(
        st.none() | st.booleans() | st.integers() | WORDS,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
        max_leaves=8,
    )
)
def test_canonical_is_the_same_for_the_same(values: Any) -> None:
    import json

    once = canonical(values)
    assert canonical(json.loads(once)) == once


def test_strangers_find_nothing_by_any_service(cast: Cast, by: Seat) -> None:
    """Each model, each of its rows, asked for by somebody of another clinic."""
    from tautband.clinic.record.services.erasure import rows_of_patients
    from tests.clinic.record.rich import rich_patient

    rich_patient(cast)
    stranger = made.seat(cast, "outsider")
    for model in rows_of_patients():
        for row in model.objects.all():
            with pytest.raises(NotFoundError):
                keeping.read(stranger, model, row.pk)
            with pytest.raises(NotFoundError):
                keeping.versions(stranger, row)
            if not row.append_only:
                with pytest.raises(NotFoundError):
                    keeping.change(stranger, row, row.version, {}, why="none of theirs")
