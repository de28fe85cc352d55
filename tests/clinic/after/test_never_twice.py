"""Whatever happens in whatever order: nobody is asked twice, after a withdrawal, or for another.

Workers die at every step, mail servers refuse or break off, two workers hold the same row, and in
the middle of all of it people withdraw, move, are restricted and erased.
"""

import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run_machine

from tautband.clinic.account.mail import NotTakenError
from tautband.clinic.after import asking, opening, sending, worklist
from tautband.clinic.erasures import destroy_key
from tautband.clinic.people.invitations import digest_of
from tautband.clinic.record.models import Consent, Episode, OwnLink, Patient, Session
from tautband.clinic.record.models.consent import Withdrawal
from tautband.clinic.record.services import consents, erasure, keeping, sessions
from tests.clinic.cast import make_cast
from tests.clinic.record import made

ADDRESS = "https://clinic.example.org"
LATE = timedelta(hours=12)
PEOPLE = 3
TIMES = (2, 24, 48, 168, 336)
UNTIL = st.sampled_from(("next", "next", "next", "soon", "late"))
# The step of a round at which the worker dies; 0 is never.
DIES_AT = st.one_of(st.just(0), st.just(0), st.integers(1, 24))
PERSON = st.integers(0, PEOPLE - 1)
CHANGES = ("withdraw", "restrict", "lift", "erase", "move", "lose")


class Killed(BaseException):
    """The worker is gone."""


@dataclass
class Person:
    """What is known of somebody apart from the database."""

    row: UUID
    episode: UUID
    address: str
    consents: bool = True
    restricted: bool = False
    erased: bool = False

    @property
    def is_open(self) -> bool:
        """Whether a link may open anything."""
        return self.consents and not self.restricted and not self.erased


@dataclass
class Sent:
    """A message that the mail server took."""

    person: int
    row: UUID
    secret: str


@dataclass
class Mishaps:
    """What goes wrong in one round: the step at which the worker dies, and the mail server."""

    dies_at: int = 0
    server: str = "well"
    meanwhile: list[tuple[str, int]] = field(default_factory=list)


class Months(RuleBasedStateMachine):
    """A clinic of three people near whose lungs somebody needles."""

    patched: pytest.MonkeyPatch

    def __init__(self) -> None:
        super().__init__()
        self._undo = transaction.atomic()
        self._undo.__enter__()
        self.now = datetime.fromisoformat("2026-03-02T09:00:00+00:00")
        self.sent: list[Sent] = []
        self.broken: set[UUID] = set()
        self.visits: list[tuple[int, UUID, datetime]] = []
        self._mishaps = Mishaps()
        self._steps = 0
        self._in_round = False
        self._patch()
        self.cast = make_cast()
        self.cast.clinic.jurisdiction = "GB"  # a period for keeping records is established there
        self.cast.clinic.save()
        self.by = made.seat(self.cast, "clinician")
        self.owner = made.seat(self.cast, "owner")
        self.people = [self._admit(number) for number in range(PEOPLE)]

    def teardown(self) -> None:
        """Two more moments in peace; then nothing is left behind."""
        try:
            for _ in range(2):
                self.calm("next")
                self.once_each()
        finally:
            transaction.set_rollback(True)
            self._undo.__exit__(None, None, None)

    def _admit(self, number: int) -> Person:
        address = f"person{number}@example.org"
        patient = made.patient(self.by, family_name=f"Person {number}", email=address)
        episode = made.episode(self.by, patient)
        made.consent(self.by, episode)
        return Person(patient.pk, episode.pk, address)

    # What happens.

    @initialize()
    def begin(self) -> None:
        """Everybody is needled once."""
        for person in range(PEOPLE):
            self.treat(person)

    @rule(person=PERSON)
    def treat(self, person: int) -> None:
        """A visit ends now; nobody comes who has withdrawn or is restricted."""
        one = self.people[person]
        if not one.is_open:
            return
        care = Episode.objects.get(pk=one.episode)
        session = made.session(self.by, care, began_at=self.now)
        made.insertion(self.by, session, muscle="trapezius_upper", at=self.now)
        sessions.finish(self.by, session.pk, Session.objects.get(pk=session.pk).version)
        self.visits.append((person, session.pk, self.now))

    def _wait(self, until: str) -> None:
        """Time passes to the next moment at which somebody is to be asked, or to a bit of it."""
        moments = [one + timedelta(hours=hour) for _, _, one in self.visits for hour in TIMES]
        later = [one for one in moments if one > self.now]
        if until == "next" and later:
            self.now = min(later)
        elif until == "late":
            self.now += LATE - timedelta(hours=1)
        else:
            self.now += timedelta(minutes=1)

    @rule(kind=st.sampled_from(CHANGES), person=PERSON)
    def change(self, kind: str, person: int) -> None:
        """Something happens to a person."""
        one = self.people[person]
        if one.erased or (one.restricted and kind not in ("lift", "erase")):
            return
        patient = Patient.objects.get(pk=one.row)
        if kind == "withdraw" and one.consents:
            consent = Consent.objects.get(patient=patient)
            consents.withdraw(self.by, Withdrawal(consent=consent))
            one.consents = False
        elif kind == "restrict":
            today = self.now.date()
            erasure.request(self.owner, one.row, today, today, uuid4())
            one.restricted = True
        elif kind == "lift":
            erasure.lift(self.owner, one.row, "comes again")
            one.restricted = False
        elif kind == "erase":
            with transaction.atomic():
                destroy_key(patient)
            erasure.finish_erasures()
            one.erased = True
        elif kind in ("move", "lose"):
            one.address = f"{uuid4()}@example.org" if kind == "move" else ""
            values = {"email": one.address}
            keeping.change(self.by, patient, patient.version, values, why="told at the desk")

    @rule(
        until=UNTIL,
        dies_at=DIES_AT,
        server=st.sampled_from(("well", "breaks", "away")),
        meanwhile=st.lists(st.tuples(st.sampled_from(CHANGES), PERSON), max_size=2),
    )
    def round(
        self, until: str, dies_at: int, server: str, meanwhile: list[tuple[str, int]]
    ) -> None:
        """A worker's round, with mishaps."""
        self._wait(until)
        with self._round(Mishaps(dies_at, server, meanwhile)):
            asking.ask_due.call()

    @rule(until=UNTIL, dies_at=DIES_AT)
    def two_workers(self, until: str, dies_at: int) -> None:
        """A worker has read what waits, sleeps through another's round, and goes on with that."""
        self._wait(until)
        with self._round(Mishaps(server="away")):
            asking.ask_due.call()
        stale = list(OwnLink.objects.filter(state="waiting"))
        with self._round(Mishaps(dies_at)):
            asking.ask_due.call()
        with self._round(Mishaps()):
            for row in stale:
                sending.send(row, self.now)

    @rule(until=UNTIL)
    def calm(self, until: str) -> None:
        """A round without mishaps leaves nobody waiting who may be asked."""
        self._wait(until)
        with self._round(Mishaps()):
            asking.ask_due.call()
        stopped = set(OwnLink.objects.filter(state="stopped").values_list("pk", flat=True))
        done = {one.row for one in self.sent} | self.broken | stopped
        for person, session, closed_at in self.visits:
            one = self.people[person]
            if not one.is_open or not one.address:
                continue
            for hours in TIMES:
                if timedelta(0) <= self.now - closed_at - timedelta(hours=hours) < LATE:
                    row = OwnLink.objects.get(session=session, hours=hours)
                    assert row.pk in done, f"nobody asked {person} after {hours} hours"

    # What holds at all times.

    @invariant()
    def once_each(self) -> None:
        """No message was taken twice."""
        rows = [one.row for one in self.sent]
        assert len(rows) == len(set(rows))

    @invariant()
    def a_link_opens_its_own_persons_page_or_none(self) -> None:
        """And none once they have withdrawn, or are restricted or erased."""
        for one in self.sent:
            found = opening.find(one.secret, self.now)
            if found is not None:
                assert self.people[one.person].is_open
                assert found.patient_id == self.people[one.person].row

    @precondition(lambda self: self.broken)
    @rule()
    def what_broke_off_is_on_the_list(self) -> None:
        """Somebody looks after a quarter of an hour."""
        self.now += timedelta(minutes=16)
        found = {patient.pk for patient, _, _ in worklist.unsure(self.by)}
        rows = OwnLink.objects.filter(pk__in=self.broken, expires_at__gt=self.now)
        people = {one.row for one in self.people if not one.restricted and not one.erased}
        assert found == set(rows.values_list("patient", flat=True)) & people

    # The steps of a round, each of which may be the last.

    @contextmanager
    def _round(self, mishaps: Mishaps) -> Iterator[None]:
        self._mishaps, self._steps, self._in_round = mishaps, 0, True
        try:
            yield
        except Killed:
            pass
        finally:
            self._in_round = False
        self.broken |= set(OwnLink.objects.filter(state="sending").values_list("pk", flat=True))

    def _step(self) -> None:
        self._steps += 1
        if self._steps == self._mishaps.dies_at:
            raise Killed

    def _hand_over(self, _name: str, to: str, **values: Any) -> None:
        secret = str(values["link"]).removeprefix(f"{ADDRESS}/p/").rstrip("/")
        row = OwnLink.objects.get(digest=digest_of(secret))
        person = next(n for n, one in enumerate(self.people) if one.row == row.patient_id)
        one = self.people[person]
        assert one.is_open, "taken up although it may not be"
        assert to == one.address
        assert row.pk not in self.broken, "sent again, and nobody knows whether it was taken"
        self._in_round = False
        for kind, whose in self._mishaps.meanwhile:
            self.change(kind, whose)
        self._in_round = True
        self._mishaps.meanwhile = []
        self._step()
        if self._mishaps.server == "away":
            raise NotTakenError("away")
        self.sent.append(Sent(person, row.pk, secret))
        if self._mishaps.server == "breaks":
            raise smtplib.SMTPServerDisconnected("after the message was taken")
        self._step()

    def _patch(self) -> None:
        def dying(real: Callable[..., Any]) -> Callable[..., Any]:
            def called(*args: Any, **values: Any) -> Any:
                if not self._in_round:
                    return real(*args, **values)
                self._step()
                found = real(*args, **values)
                self._step()
                return found

            return called

        machine = self

        class Simulated(datetime):
            """For the module that asks for the time itself."""

            @classmethod
            def now(cls, tz: Any = None) -> Any:
                """The machine's time."""
                return machine.now

        self.patched.undo()
        self.patched.setattr(timezone, "now", lambda: self.now)
        self.patched.setattr(sessions, "datetime", Simulated)
        self.patched.setattr(keeping, "add", dying(keeping.add))
        self.patched.setattr(keeping, "change", dying(keeping.change))
        self.patched.setattr(sending, "send_text", self._hand_over)


def test_nobody_is_asked_twice_or_wrongly_whatever_happens(
    db: None, settings_of_django: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    Months.patched = monkeypatch
    run_machine(
        Months,
        settings=settings(
            max_examples=15,
            stateful_step_count=20,
            deadline=None,
            # Each try takes a second: a long story is shown as it was found.
            phases=(Phase.explicit, Phase.reuse, Phase.generate),
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.fixture
def settings_of_django() -> Iterator[None]:
    from django.test import override_settings

    with override_settings(TAUTBAND_ADDRESS=ADDRESS):
        yield
