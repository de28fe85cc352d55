"""Forgetting a patient: here, in the list outside the database, and after a restore."""

from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from tautband.base.errors import InputError
from tautband.clinic.erasures import (
    Erasure,
    complete_list,
    destroy_key,
    erasures_file,
    listed,
    reapply,
)
from tautband.clinic.patient_keys import is_erased, remembered_keys
from tautband.clinic.people.models import Clinic
from tautband.vault.sealed import Erased
from tests.clinic.rings import own_ring
from tests.clinic.sealing.models import Contact, Note, Person

__all__ = ["own_ring"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(own_ring: Path) -> Contact:
    clinic = Clinic.objects.create(name="Hill Street", jurisdiction="GB")
    return Contact.objects.create(clinic=clinic, name="Ana", email="ana@example.org")


def erase(row: Any, run_on_commit: Any) -> bool:
    with run_on_commit(execute=True), transaction.atomic():
        return destroy_key(row)


def test_an_erasure_leaves_ids_alone(ana: Contact, django_capture_on_commit_callbacks: Any) -> None:
    assert not is_erased(ana)
    assert erase(ana, django_capture_on_commit_callbacks)
    again = Contact.objects.get()
    assert is_erased(again)
    assert (again.email_blind, again.twin_blind) == (None, None)
    with pytest.raises(Erased):
        _ = again.name
    [entry] = listed()
    assert (entry.model, entry.row) == ("sealing.contact", ana.pk)
    assert b"na" not in erasures_file().read_bytes().replace(b"sealing.contact", b"")
    assert erasures_file().stat().st_mode & 0o777 == 0o600


def test_erasing_twice_is_listed_once(
    ana: Contact, django_capture_on_commit_callbacks: Any
) -> None:
    assert erase(ana, django_capture_on_commit_callbacks)
    assert not erase(ana, django_capture_on_commit_callbacks)
    assert len(listed()) == 1


def test_an_erasure_that_is_rolled_back_is_not_listed(
    ana: Contact, django_capture_on_commit_callbacks: Any
) -> None:
    def fail() -> None:
        with transaction.atomic():
            destroy_key(ana)
            raise RuntimeError("something else went wrong")

    with django_capture_on_commit_callbacks(execute=True), pytest.raises(RuntimeError):
        fail()
    assert listed() == []
    assert Contact.objects.get().name == "Ana"


def test_a_restored_copy_is_erased_again(
    ana: Contact, django_capture_on_commit_callbacks: Any
) -> None:
    backup = Contact.objects.values("data_key", "email_blind").get()
    erase(ana, django_capture_on_commit_callbacks)
    Contact.objects.update(**backup)  # what a restore of an older backup brings back
    assert Contact.objects.get().data_key is not None
    assert reapply(listed()) == 1
    assert is_erased(Contact.objects.get())
    assert reapply(listed()) == 0


def test_what_the_list_lacks_is_found(ana: Contact) -> None:
    with transaction.atomic():
        destroy_key(ana)  # and the machine stops before the list is written
    assert listed() == []
    assert complete_list() == 1
    assert [one.row for one in listed()] == [ana.pk]
    assert complete_list() == 0


def test_an_erased_row_may_be_saved_but_tells_nothing(
    ana: Contact, django_capture_on_commit_callbacks: Any
) -> None:
    erase(ana, django_capture_on_commit_callbacks)
    again = Contact.objects.get()
    again.save()
    assert Contact.objects.get().email_blind is None
    again.name = "Ana"
    with pytest.raises(Erased), transaction.atomic():
        again.save()


def test_a_line_that_cannot_be_read_stops_a_restore(ana: Contact) -> None:
    erasures_file().write_text('{"model":"record.patient"}\n')
    with pytest.raises(InputError, match=r"erased.jsonl line 1: cannot be read"):
        listed()


@pytest.mark.django_db(transaction=True)
def test_an_erasure_outside_a_transaction_is_refused(ana: Contact) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        destroy_key(ana)


def test_the_list_says_when(ana: Contact, django_capture_on_commit_callbacks: Any) -> None:
    erase(ana, django_capture_on_commit_callbacks)
    entry: Erasure = listed()[0]
    assert entry.listed_at.tzinfo is not None


def test_keys_are_read_once_within_a_block(ana: Contact, django_assert_num_queries: Any) -> None:
    person = Person.objects.create(clinic=ana.clinic, name="Ben")
    for number in range(3):
        Note.objects.create(person=person, text=str(number))
    with django_assert_num_queries(2), remembered_keys():
        assert {note.text for note in Note.objects.all()} == {"0", "1", "2"}
    with django_assert_num_queries(1), remembered_keys():
        assert {note.text for note in Note.objects.select_related("person")} == {"0", "1", "2"}
