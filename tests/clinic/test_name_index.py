"""The index of a clinic's names: current in every process, apart from other clinics, and silent."""

import logging
from typing import Any
from uuid import UUID

import pytest
from django.core.exceptions import FieldError
from django.db import transaction
from django.utils import timezone

from tautband.clinic.erasures import destroy_key
from tautband.clinic.key_care import add_key
from tautband.clinic.name_index import MOST_CHANGES, NameIndexes
from tautband.clinic.names.models import NameClock, one_number
from tautband.clinic.people.models import Clinic
from tautband.clinic.rotation import rotate
from tests.clinic.rings import own_ring
from tests.clinic.sealing.models import Named
from tests.clinic.test_sealed_fields import put, stored

__all__ = ["own_ring"]
# Real transactions: inside one, what a search reads is not kept.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_ring")]


def indexes(**options: Any) -> NameIndexes:
    """What one process holds; two of them stand for two processes."""
    return NameIndexes(Named, "family", "given", absent=("left_at",), **options)


@pytest.fixture
def clinics() -> tuple[Clinic, Clinic]:
    one, other = (Clinic.objects.create(name=name, jurisdiction="GB") for name in "ab")
    admit(one, ("Silva", "Ana"), ("O'Brien", "Liam"), ("Smith-Jones", "Anne-Marie"))
    admit(other, ("Silva", "Bea"))
    return one, other


def admit(clinic: Clinic, *names: tuple[str, str]) -> list[Named]:
    with transaction.atomic():
        return [Named.objects.create(clinic=clinic, family=f, given=g) for f, g in names]


def told(rows: tuple[UUID, ...]) -> list[str]:
    named = {row.pk: row.given for row in Named.objects.filter(pk__in=rows)}
    return [named[row] for row in rows]


def search(index: NameIndexes, clinic: Clinic, query: str) -> list[str]:
    return told(index.search(clinic.id, query).rows)


def test_a_name_is_found_in_its_clinic_alone(clinics: tuple[Clinic, Clinic]) -> None:
    one, other = clinics
    index = indexes()
    assert search(index, one, "silva") == ["Ana"]
    assert search(index, other, "silva") == ["Bea"]
    assert search(index, one, "bea") == []
    assert search(index, one, "obrian") == ["Liam"]
    assert search(index, one, "marie jones") == ["Anne-Marie"]
    assert (index.count(one.id), index.count(other.id)) == (3, 1)


def test_a_clinic_without_names_has_none() -> None:
    clinic = Clinic.objects.create(name="empty", jurisdiction="GB")
    index = indexes()
    assert search(index, clinic, "a") == []
    assert index.alphabetical(clinic.id, 0, 10) == ()
    admit(clinic, ("Silva", "Ana"))
    assert search(index, clinic, "a") == ["Ana"]


def test_every_process_follows_a_change(clinics: tuple[Clinic, Clinic]) -> None:
    clinic, _ = clinics
    processes = [indexes(), indexes()]
    for index in processes:
        assert search(index, clinic, "silva") == ["Ana"]
    with transaction.atomic():
        ana = Named.objects.get(clinic=clinic, pk=processes[0].search(clinic.id, "ana").rows[0])
        ana.family = "Pereira"
        ana.save()
        admit(clinic, ("Silva", "Eva"))
    for index in processes:
        assert search(index, clinic, "silva") == ["Eva"]
        assert search(index, clinic, "pereira") == ["Ana"]


def test_a_change_that_is_rolled_back_is_not_seen(clinics: tuple[Clinic, Clinic]) -> None:
    clinic, _ = clinics
    index = indexes()
    search(index, clinic, "a")

    def fail() -> None:
        with transaction.atomic():
            admit(clinic, ("Silva", "Eva"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert search(index, clinic, "silva") == ["Ana"]
    admit(clinic, ("Silva", "Zoe"))
    assert search(index, clinic, "silva") == ["Ana", "Zoe"]


def test_a_search_inside_a_transaction_sees_its_own_names_and_keeps_none(
    clinics: tuple[Clinic, Clinic],
) -> None:
    clinic, _ = clinics
    index = indexes()
    search(index, clinic, "a")

    def fail() -> None:
        with transaction.atomic():
            admit(clinic, ("Silva", "Eva"))
            assert search(index, clinic, "silva") == ["Ana", "Eva"]
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    admit(clinic, ("Silva", "Zoe"))  # takes the number that was given back
    assert search(index, clinic, "silva") == ["Ana", "Zoe"]


def test_many_rows_may_share_one_number(clinics: tuple[Clinic, Clinic]) -> None:
    clinic, _ = clinics
    index = indexes()
    search(index, clinic, "a")
    before = NameClock.objects.get(clinic=clinic).number
    with one_number(clinic.id):
        admit(clinic, ("Silva", "Eva"), ("Silva", "Zoe"))
    assert NameClock.objects.get(clinic=clinic).number == before + 1
    assert search(index, clinic, "silva") == ["Ana", "Eva", "Zoe"]
    admit(clinic, ("Silva", "Pia"))
    assert search(index, clinic, "silva") == ["Ana", "Eva", "Pia", "Zoe"]


def test_a_current_index_asks_the_database_once(
    clinics: tuple[Clinic, Clinic], django_assert_num_queries: Any
) -> None:
    index = indexes()
    with django_assert_num_queries(2):
        index.search(clinics[0].id, "silva")
    with django_assert_num_queries(1):
        index.search(clinics[0].id, "obrien")


def test_who_left_or_was_erased_is_not_found(clinics: tuple[Clinic, Clinic]) -> None:
    clinic, _ = clinics
    index = indexes()
    row = Named.objects.get(pk=index.search(clinic.id, "silva").rows[0])
    with transaction.atomic():
        row.left_at = timezone.now()
        row.save()
    assert search(index, clinic, "silva") == []
    with transaction.atomic():
        destroy_key(Named.objects.get(pk=index.search(clinic.id, "liam").rows[0]))
    found = index.search(clinic.id, "liam")
    assert (found.rows, found.unreadable) == ((), 0)
    assert index.count(clinic.id) == 1
    assert "Silva" not in str(vars(index)["_clinics"][clinic.id].names)


def test_a_name_that_cannot_be_opened_is_counted_and_the_others_found(
    clinics: tuple[Clinic, Clinic],
) -> None:
    clinic, _ = clinics
    row = Named.objects.get(pk=indexes().search(clinic.id, "silva").rows[0])
    touched = bytearray(stored(row, "family"))
    touched[-1] ^= 1
    put(row, "family", bytes(touched))
    index = indexes()
    found = index.search(clinic.id, "liam")
    assert (len(found.rows), found.unreadable) == (1, 1)
    with transaction.atomic():
        row.family = "Silva"
        row.save()
    assert search(index, clinic, "silva") == ["Ana"]
    assert index.search(clinic.id, "x").unreadable == 0


def test_names_are_found_after_a_rotation(clinics: tuple[Clinic, Clinic]) -> None:
    index = indexes()
    assert search(index, clinics[0], "silva") == ["Ana"]
    add_key()
    assert search(index, clinics[0], "silva") == ["Ana"]
    rotate()
    assert search(index, clinics[0], "silva") == ["Ana"]


def test_many_changes_are_taken_into_the_large_index(clinics: tuple[Clinic, Clinic]) -> None:
    clinic, _ = clinics
    index = indexes()
    index.count(clinic.id)
    with one_number(clinic.id):
        Named.objects.bulk_create(
            Named(clinic=clinic, family="Many", given=f"N{number:04}")
            for number in range(MOST_CHANGES)
        )
    assert index.count(clinic.id) == 3 + MOST_CHANGES
    admit(clinic, ("Silva", "Eva"), ("Aaron", "Al"))
    assert search(index, clinic, "silva") == ["Ana", "Eva"]
    assert len(index.search(clinic.id, "many", limit=10_000).rows) == 200
    page = told(index.alphabetical(clinic.id, 0, 3))
    assert page == ["Al", "N0000", "N0001"]
    assert told(index.alphabetical(clinic.id, MOST_CHANGES + 1, 10)) == [
        "Liam", "Ana", "Eva", "Anne-Marie",
    ]  # fmt: skip


def test_memory_is_bounded(clinics: tuple[Clinic, Clinic]) -> None:
    one, other = clinics
    index = indexes(most_names=3)
    index.count(one.id)
    index.count(other.id)
    assert list(vars(index)["_clinics"]) == [other.id]
    index.count(one.id)
    assert list(vars(index)["_clinics"]) == [one.id]
    index.forget()
    assert not vars(index)["_clinics"]


def test_a_name_is_not_saved_past_the_index(clinics: tuple[Clinic, Clinic]) -> None:
    row = Named.objects.filter(clinic=clinics[0])[0]
    row.family = "Other"
    with pytest.raises(FieldError, match="save name_number together with family"):
        row.save(update_fields=["family"])


def test_a_name_is_saved_inside_a_transaction() -> None:
    clinic = Clinic.objects.create(name="a", jurisdiction="GB")
    with pytest.raises(transaction.TransactionManagementError):
        Named.objects.create(clinic=clinic, family="Silva")


def test_no_name_is_logged(
    clinics: tuple[Clinic, Clinic], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        index = indexes()
        search(index, clinics[0], "silva")
    assert "ilva" not in caplog.text
    assert "ilva" not in repr((index, vars(index)))
