"""Writing the trail, and what refuses to change it."""

import uuid
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tautband.clinic.people.models import Clinic, Membership, User
from tautband.clinic.trail.deeds import Deed
from tautband.clinic.trail.heads import main_folder
from tautband.clinic.trail.models import INSTALLATION, AppendOnlyError, AuditEntry
from tautband.clinic.trail.writing import Deeds, note, note_all, note_login
from tautband.vault.chain import BEGINNING, digest_after
from tests.clinic.triggers import without_triggers


@pytest.fixture
def clinic(transactional_db: None) -> Clinic:
    return Clinic.objects.create(name="North", jurisdiction="GB")


@pytest.fixture
def user(transactional_db: None) -> User:
    return User.objects.create_user("ann@example.org")


def test_entries_are_numbered_and_linked(clinic: Clinic, user: User) -> None:
    patient = uuid.uuid4()
    note(clinic, user, Deed.READ, "patient", patient, patient)
    note(clinic, user, Deed.WRITE, "session", uuid.uuid4(), patient, {"fields": ["needles"]})
    first, second = AuditEntry.objects.of(clinic.id).order_by("number")
    assert (first.number, second.number) == (1, 2)
    assert first.patient_id == patient
    assert second.detail == '{"fields":["needles"]}'
    assert first.digest == digest_after(BEGINNING, first.as_stored().entry.canonical())
    assert second.digest == digest_after(bytes(first.digest), second.as_stored().entry.canonical())


def test_an_entry_goes_with_its_deed(clinic: Clinic, user: User) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012
        note(clinic, user, Deed.WRITE, "patient", uuid.uuid4())
        raise RuntimeError
    assert not AuditEntry.objects.exists()
    assert note(clinic, user, Deed.READ, "patient").number == 1


def test_the_head_follows_the_commit(clinic: Clinic, user: User) -> None:
    with transaction.atomic():
        note(clinic, user, Deed.READ, "patient")
        head = main_folder().genuine(clinic.id)
        assert head is not None
        assert head.number == 0
    head = main_folder().genuine(clinic.id)
    assert head is not None
    assert (head.number, head.digest) == (1, bytes(AuditEntry.objects.get().digest))


def test_each_clinic_has_its_own_chain(clinic: Clinic, user: User) -> None:
    other = Clinic.objects.create(name="South", jurisdiction="IE")
    Membership.objects.create(clinic=clinic, user=user, role="owner")
    Membership.objects.create(clinic=clinic, user=user, role="clinician")
    Membership.objects.create(clinic=other, user=user, role="clinician")
    note_login(user, Deed.LOGIN, detail={"method": "totp"})
    stranger = User.objects.create_user("bob@example.org")
    note_login(stranger, Deed.LOGIN)
    found = AuditEntry.objects.values_list("chain", "number", "actor")
    assert set(found) == {
        (clinic.id, 1, user.id),
        (other.id, 1, user.id),
        (INSTALLATION, 1, stranger.id),
    }


def test_several_at_once_share_a_head(clinic: Clinic, user: User) -> None:
    rows = note_all(clinic, user, [Deeds(Deed.EXPORT, "patient", uuid.uuid4()) for _ in range(5)])
    assert [row.number for row in rows] == [1, 2, 3, 4, 5]
    head = main_folder().genuine(clinic.id)
    assert head is not None
    assert head.number == 5


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "Ann Miller"},
        {"object_id": "Ann Miller"},
        {"detail": {"name": "ann"}},
        {"detail": {"reason": "Pain in the shoulder"}},
        {"detail": {"fields": "given_name"}},
        {"detail": {"count": True}},
        {"detail": {"count": -1}},
        {"detail": {"fields": ["ok", "Not a code"]}},
    ],
)
def test_words_are_refused(clinic: Clinic, user: User, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="audit"):
        note(clinic, user, Deed.READ, **{"kind": "patient", **wrong})
    assert not AuditEntry.objects.exists()


def test_python_refuses_to_change(clinic: Clinic, user: User) -> None:
    row = note(clinic, user, Deed.READ, "patient")
    again = AuditEntry.objects.get()
    entries = AuditEntry.objects.all()
    for attempt in (
        row.save,
        again.save,
        row.delete,
        entries.delete,
        lambda: entries.update(action="write"),
        lambda: entries.bulk_update([again], ["action"]),
        lambda: entries.bulk_create([again]),
        lambda: AuditEntry.objects.update_or_create(pk=again.pk, defaults={"action": "write"}),
    ):
        with pytest.raises(AppendOnlyError):
            attempt()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE trail_auditentry SET action = 'write'",
        "DELETE FROM trail_auditentry",
        "TRUNCATE trail_auditentry",
        "INSERT OR REPLACE INTO trail_auditentry SELECT * FROM trail_auditentry",
    ],
)
def test_the_database_refuses_to_change(clinic: Clinic, user: User, statement: str) -> None:
    note(clinic, user, Deed.READ, "patient")
    before = list(AuditEntry.objects.values())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(AuditEntry.objects.values()) == before


def test_what_was_cut_off_stays_missing(clinic: Clinic, user: User) -> None:
    for _ in range(5):
        note(clinic, user, Deed.READ, "patient")
    with without_triggers(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM trail_auditentry WHERE number > 3")
    assert note(clinic, user, Deed.READ, "patient").number == 6
