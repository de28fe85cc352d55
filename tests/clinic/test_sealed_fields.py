"""Sealed fields: what the database holds, what a reader gets, and everything that is refused."""

import datetime
import uuid
from typing import Any

import pytest
from django.core import checks
from django.core.exceptions import FieldError
from django.db import connection, models, transaction

from tautband.clinic.keyring import key_ring
from tautband.clinic.people.models import Clinic
from tautband.clinic.sealed_fields import Sealed, SealedTextField
from tautband.vault.sealed import CannotOpen, Erased, Tampered
from tests.clinic.sealing.models import Memo, Note, Person

pytestmark = pytest.mark.django_db
WORDS = "Ana told me about the fall"


@pytest.fixture
def clinic() -> Clinic:
    return Clinic.objects.create(name="Hill Street", jurisdiction="GB")


def stored(row: models.Model, column: str) -> bytes:
    """What stands in the table."""
    key = row.pk if connection.vendor == "postgresql" else row.pk.hex
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {row._meta.db_table} WHERE id = %s", [key])
        return bytes(cursor.fetchone()[0])


def put(row: models.Model, column: str, value: bytes) -> None:
    key = row.pk if connection.vendor == "postgresql" else row.pk.hex
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {row._meta.db_table} SET {column} = %s WHERE id = %s", [value, key])


def test_what_is_saved_is_read_again_and_never_stands_in_the_table(clinic: Clinic) -> None:
    memo = Memo.objects.create(clinic=clinic, text=WORDS)
    assert memo.text == WORDS
    assert Memo.objects.get().text == WORDS
    assert b"Ana" not in stored(memo, "text")


def test_values_of_each_kind_come_back_as_they_were(clinic: Clinic) -> None:
    born = datetime.date(1984, 2, 29)
    person = Person.objects.create(clinic=clinic, name="Zoë O'Neill", born_on=born)
    findings: dict[str, Any] = {"taut_band": True, "force_n": 31.5, "words": ["ziehend", "è"]}
    Note.objects.create(person=person, text="", findings=findings)
    read = Person.objects.get()
    assert (read.name, read.born_on) == ("Zoë O'Neill", born)
    note = Note.objects.get()
    assert (note.text, note.findings) == ("", findings)


def test_none_stays_null(clinic: Clinic) -> None:
    Memo.objects.create(clinic=clinic)
    assert Memo.objects.filter(text=None).count() == 1
    assert Memo.objects.filter(text__isnull=False).count() == 0
    assert Memo.objects.get().text is None


def test_the_same_words_never_look_the_same(clinic: Clinic) -> None:
    one, two = (Memo.objects.create(clinic=clinic, text=WORDS) for _ in range(2))
    assert stored(one, "text") != stored(two, "text")


def test_saving_a_row_that_was_not_opened_keeps_its_bytes(clinic: Clinic) -> None:
    memo = Memo.objects.create(clinic=clinic, text=WORDS)
    before = stored(memo, "text")
    read = Memo.objects.get()
    read.plain = "changed"
    read.save()
    assert stored(memo, "text") == before


def test_deferred_columns_are_fetched_and_opened(clinic: Clinic) -> None:
    person = Person.objects.create(clinic=clinic, name="Ana")
    Note.objects.create(person=person, text=WORDS)
    assert Note.objects.only("id").get().text == WORDS
    assert Note.objects.defer("text").get().text == WORDS
    read = Note.objects.get()
    Note.objects.get().save()
    read.refresh_from_db()
    assert read.text == WORDS


def test_json_changed_in_place_is_saved(clinic: Clinic) -> None:
    person = Person.objects.create(clinic=clinic, name="Ana")
    Note.objects.create(person=person, findings={"twitches": 1})
    note = Note.objects.get()
    assert note.findings is not None
    note.findings["twitches"] = 2
    note.save()
    assert Note.objects.get().findings == {"twitches": 2}


def test_many_rows_at_once(clinic: Clinic) -> None:
    people = Person.objects.bulk_create(
        Person(clinic=clinic, name=f"Person {number}") for number in range(5)
    )
    Note.objects.bulk_create(Note(person=person, text=person.name) for person in people)
    notes = Note.objects.select_related("person")
    assert {note.text for note in notes} == {note.person.name for note in notes}
    assert len({bytes(person.data_key or b"") for person in Person.objects.all()}) == 5


def test_values_are_sealed_until_the_row_opens_them(clinic: Clinic) -> None:
    memo = Memo.objects.create(clinic=clinic, text=WORDS)
    [value] = Memo.objects.values_list("text", flat=True)
    assert isinstance(value, Sealed)
    assert repr(value) == "<sealed text>"
    assert value.open(memo.pk) == WORDS
    with pytest.raises(Tampered):
        value.open(uuid.uuid4())


@pytest.mark.parametrize(
    "search",
    [
        {"text": WORDS},
        {"text__in": [WORDS]},
        {"text__icontains": "Ana"},
        {"text__gt": "A"},
        {"text__length": 3},
    ],
    ids=str,
)
def test_a_search_is_refused(search: dict[str, Any]) -> None:
    with pytest.raises(FieldError, match=r"sealing.Memo.text is sealed and cannot be searched"):
        Memo.objects.filter(**search)


def test_writing_past_the_row_is_refused(clinic: Clinic) -> None:
    memo = Memo.objects.create(clinic=clinic, text=WORDS)
    with pytest.raises(FieldError, match="save the row itself"), transaction.atomic():
        Memo.objects.update(text="bare")
    with pytest.raises(FieldError, match="save the row itself"), transaction.atomic():
        Memo.objects.bulk_update([memo], ["text"])
    assert Memo.objects.get().text == WORDS
    Memo.objects.update(text=None)
    assert Memo.objects.get().text is None


def test_a_value_moved_to_another_row_or_column_is_refused(clinic: Clinic) -> None:
    one = Memo.objects.create(clinic=clinic, text=WORDS, other="other")
    two = Memo.objects.create(clinic=clinic, text="two")
    put(two, "text", stored(one, "text"))
    put(one, "other", stored(one, "text"))
    for row, column in ((two, "text"), (one, "other")):
        with pytest.raises(Tampered) as told:
            getattr(Memo.objects.get(pk=row.pk), column)
        assert str(told.value).startswith(f"sealing.memo.{column}:{row.pk}")
        assert "Ana" not in str(told.value)


def test_a_row_copied_to_another_id_without_being_read_is_not_written(clinic: Clinic) -> None:
    Memo.objects.create(clinic=clinic, text=WORDS)
    copy = Memo.objects.get()
    copy.pk = uuid.uuid4()
    copy._state.adding = True
    with pytest.raises(Tampered), transaction.atomic():
        copy.save()
    assert Memo.objects.count() == 1


def test_a_note_given_to_another_person_is_sealed_anew_or_not_written(clinic: Clinic) -> None:
    ana, ben = (Person.objects.create(clinic=clinic, name=name) for name in ("Ana", "Ben"))
    Note.objects.create(person=ana, text=WORDS)
    unread = Note.objects.get()
    unread.person = ben
    with pytest.raises(CannotOpen), transaction.atomic():
        unread.save()
    read = Note.objects.get()
    assert read.text == WORDS
    read.person = ben
    read.save()
    assert Note.objects.get().text == WORDS


def test_a_destroyed_key_makes_everything_of_that_person_unreadable(clinic: Clinic) -> None:
    ana, ben = (Person.objects.create(clinic=clinic, name=name) for name in ("Ana", "Ben"))
    for person in (ana, ben):
        Note.objects.create(person=person, text=WORDS)
    Person.objects.filter(pk=ana.pk).update(data_key=None)
    with pytest.raises(Erased, match="destroyed"):
        _ = Note.objects.get(person=ana).text
    with pytest.raises(Erased):
        _ = Person.objects.get(pk=ana.pk).name
    with pytest.raises(Erased), transaction.atomic():
        Note.objects.create(person_id=ana.pk, text="more")
    assert Note.objects.get(person=ben).text == WORDS


def test_a_copy_from_before_does_not_bring_a_destroyed_key_back(clinic: Clinic) -> None:
    Person.objects.create(clinic=clinic, name="Ana")
    before = Person.objects.get()
    Person.objects.update(data_key=None)
    assert before.name == "Ana"
    before.save()
    with pytest.raises(Erased):
        _ = Person.objects.get().name


def test_the_ring_alone_does_not_open_what_a_person_key_sealed(clinic: Clinic) -> None:
    person = Person.objects.create(clinic=clinic, name="Ana")
    with pytest.raises(CannotOpen):
        key_ring().open(stored(person, "name"), f"sealing.person.name:{person.pk}")


def test_text_of_another_type_is_refused(clinic: Clinic) -> None:
    with pytest.raises(TypeError, match="takes text"):
        Memo.objects.create(clinic=clinic, text=5)  # type: ignore[misc]


def test_a_model_that_cannot_hold_a_sealed_field_is_told_so() -> None:
    class Odd(models.Model):
        number = SealedTextField(key_of="nobody")

        class Meta:
            app_label = "sealing_odd"

    found = [one.id for one in Odd.check() if isinstance(one, checks.Error)]
    assert found == ["vault.E1", "vault.E2"]


@pytest.mark.parametrize("option", ["unique", "db_index", "primary_key"])
def test_options_that_compare_bytes_are_refused(option: str) -> None:
    with pytest.raises(FieldError, match=option):
        SealedTextField(**{option: True})  # type: ignore[arg-type]


def test_the_field_survives_a_migration() -> None:
    field = SealedTextField(key_of="person", bound_as="record.patient.name", null=True)
    field.set_attributes_from_name("name")
    _, path, args, kwargs = field.deconstruct()
    assert path == "tautband.clinic.sealed_fields.SealedTextField"
    assert kwargs == {"key_of": "person", "bound_as": "record.patient.name", "null": True}
    again = SealedTextField(*args, **kwargs)
    assert again.about(uuid.UUID(int=1)) == f"record.patient.name:{uuid.UUID(int=1)}"
