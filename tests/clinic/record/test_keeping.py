"""Storing once, changing with a history, refusing what is not theirs."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from tautband.base.errors import InputError
from tautband.clinic.record import guards
from tautband.clinic.record.errors import ConflictError, NotFoundError, OverwriteError
from tautband.clinic.record.models import Episode, Finding, Goal, Patient, Version
from tautband.clinic.record.services import keeping
from tautband.clinic.trail.models import AuditEntry
from tests.clinic.cast import Cast, Name
from tests.clinic.record import made


def test_a_tap_sent_twice_is_stored_once(cast: Cast) -> None:
    by = made.seat(cast, "clinician")
    episode = made.episode(by, made.patient(by))
    goal = made.fresh()
    for _ in range(3):
        stored = keeping.add(by, Goal(id=goal, episode=episode, words="swim again"))
        assert stored.pk == goal
    assert Goal.objects.count() == 1
    assert Version.objects.filter(row=goal).count() == 1
    with pytest.raises(ConflictError, match="stands for another entry"):
        keeping.add(by, Goal(id=goal, episode=episode, words="run again"))


def test_a_correction_keeps_what_was_before(cast: Cast) -> None:
    by = made.seat(cast, "clinician")
    episode = made.episode(by, made.patient(by))
    with pytest.raises(InputError, match="why"):
        keeping.change(by, episode, 1, {"cause": "trauma"})
    now = keeping.change(by, episode, 1, {"cause": "trauma"}, why="remembered a fall")
    assert (now.version, now.cause) == (2, "trauma")
    again = keeping.change(by, episode, 1, {"cause": "trauma"}, why="remembered a fall")
    assert again.version == 2
    first, second = keeping.versions(by, now)
    assert (first.content["cause"], second.content["cause"]) == ("overuse", "trauma")
    assert (second.why, second.written_by) == ("remembered a fall", by.user)


def test_the_second_of_two_is_told_what_changed(cast: Cast) -> None:
    by, other = made.seat(cast, "clinician"), made.seat(cast, "student")
    episode = made.episode(by, made.patient(by))
    keeping.change(other, episode, 1, {"sport": "rowing"}, why="asked")
    with pytest.raises(ConflictError) as refused:
        keeping.change(by, episode, 1, {"sport": "tennis"}, why="asked")
    assert "sport is rowing, by Student" in refused.value.changes[0]
    assert Episode.objects.get().sport == "rowing"


def test_rows_are_not_changed_past_the_services(cast: Cast) -> None:
    by = made.seat(cast, "clinician")
    episode = made.episode(by, made.patient(by))
    wrongs: list[Callable[[], object]] = [
        episode.save,
        episode.delete,
        lambda: Episode.objects.update(cause="stress"),
        lambda: Episode.objects.all().delete(),
        lambda: Episode.objects.bulk_update([episode], ["cause"]),
        lambda: Version.objects.first().rewrite(["why"]),  # type: ignore[union-attr]
    ]
    for wrong in wrongs:
        with pytest.raises(OverwriteError):
            wrong()


def test_every_table_has_its_triggers(cast: Cast) -> None:
    found = {name for name, _ in guards.installed(connection)}
    assert {guard.full_name for guard in guards.guards()} <= found
    expected = len(guards.guards())
    if connection.vendor == "sqlite":
        expected += len(guards.replace_guards())
    assert len(found) == expected


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE record_version SET number = 9",
        "DELETE FROM record_version",
        "DELETE FROM record_episode",
        "DELETE FROM record_patient",
        "UPDATE record_screening SET decision = 'proceed'",
        "UPDATE record_consent SET kind = 'research'",
        "UPDATE record_ledgerentry SET twitches = 0",
    ],
)
def test_the_database_itself_refuses(cast: Cast, statement: str) -> None:
    by = made.seat(cast, "clinician")
    episode = made.episode(by, made.patient(by))
    made.screening(by, episode)
    made.consent(by, episode)
    made.insertion(by, made.session(by, episode))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_nothing_is_found_or_joined_across_clinics(cast: Cast) -> None:
    here, there = made.seat(cast, "clinician"), made.seat(cast, "outsider")
    ours = made.episode(here, made.patient(here))
    theirs = made.patient(there)
    with pytest.raises(NotFoundError):
        keeping.read(there, Episode, ours.pk)
    with pytest.raises(NotFoundError):
        keeping.change(there, ours, 1, {"cause": "stress"}, why="none of ours")
    with pytest.raises(NotFoundError):
        keeping.add(there, Goal(episode=ours, words="run"))
    with pytest.raises(NotFoundError):
        keeping.add(there, Goal(episode=ours, patient=theirs, words="run"))
    with pytest.raises(NotFoundError):
        keeping.add(there, Episode(id=ours.pk, patient=theirs, began_on=made.DAY))


def test_a_row_belongs_to_one_patient(cast: Cast) -> None:
    by = made.seat(cast, "clinician")
    first, second = made.patient(by), made.patient(by, given_name="Ada")
    with pytest.raises(NotFoundError):
        keeping.add(by, Goal(episode=made.episode(by, first), patient=second, words="run"))


@pytest.mark.parametrize(
    ("name", "admits", "reads", "writes"),
    [
        ("owner", True, False, False),
        ("clinician", True, True, True),
        ("student", False, True, True),
        ("reception", True, False, False),
        ("patient", False, False, False),
    ],
)
def test_roles(cast: Cast, name: Name, admits: bool, reads: bool, writes: bool) -> None:
    clinician, by = made.seat(cast, "clinician"), made.seat(cast, name)
    episode = made.episode(clinician, made.patient(clinician))

    def tried(do: Callable[[], object]) -> bool:
        try:
            do()
        except NotFoundError:
            return False
        return True

    assert tried(lambda: made.patient(by, given_name="New")) is admits
    assert tried(lambda: keeping.read(by, Episode, episode.pk)) is reads
    assert tried(lambda: made.assessment(by, episode)) is writes


def test_reads_and_writes_are_in_the_trail(cast: Cast) -> None:
    by = made.seat(cast, "clinician")
    patient = made.patient(by)
    keeping.read(by, Patient, patient.pk)
    actions = AuditEntry.objects.filter(patient_id=patient.pk).values_list("action", flat=True)
    assert sorted(actions) == ["read", "write"]


def test_a_second_finding_of_the_same_sign_is_a_change(cast: Cast) -> None:
    by = made.seat(cast, "clinician")
    assessment = made.assessment(by, made.episode(by, made.patient(by)))
    first = made.finding(by, assessment)
    with pytest.raises(ConflictError):
        made.finding(by, assessment, answer="absent")
    assert keeping.change(by, first, 1, {"answer": "absent"}).answer == "absent"
    assert Finding.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"side": "2026-13-45"}, "side: is '2026-13-45'. Expected left, right"),
        ({"muscle": "x" * 61}, "has 61 characters"),
        ({"muscle": "soleus\x00"}, "NUL"),
    ],
)
def test_a_code_that_its_column_cannot_hold_is_told(
    cast: Cast, wrong: dict[str, str], told: str
) -> None:
    by = made.seat(cast, "clinician")
    assessment = made.assessment(by, made.episode(by, made.patient(by)))
    values = {"muscle": "soleus", "side": "left", "sign": "taut band", "answer": "present"}
    with pytest.raises(InputError, match=told):
        keeping.add(by, Finding(id=made.fresh(), assessment=assessment, **{**values, **wrong}))
    assert not Finding.objects.exists()
