"""Finding somebody by a sealed identifier, in their own clinic only."""

import pytest
from django.core.exceptions import FieldError
from django.db import transaction

from tautband.clinic.blind_fields import BlindIndexField, found_by
from tautband.clinic.people.models import Clinic
from tests.clinic.sealing.models import Contact
from tests.clinic.test_sealed_fields import stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinics() -> tuple[Clinic, Clinic]:
    one, other = (Clinic.objects.create(name=name, jurisdiction="GB") for name in "ab")
    for clinic in (one, other):
        Contact.objects.create(clinic=clinic, name="Ana", email="Ana@Example.org")
        Contact.objects.create(clinic=clinic, name="Ben", email="ben@example.org")
        Contact.objects.create(clinic=clinic, name="Cy")
    return one, other


def test_an_identifier_is_found_in_its_clinic_alone(clinics: tuple[Clinic, Clinic]) -> None:
    one, other = clinics
    for clinic in clinics:
        [found] = found_by(Contact.objects.all(), "email_blind", " ana@example.ORG", clinic.id)
        assert (found.name, found.clinic) == ("Ana", clinic)
    Contact.objects.filter(clinic=other).delete()
    assert not found_by(Contact.objects.all(), "email_blind", "ana@example.org", other.id)
    assert not found_by(Contact.objects.all(), "email_blind", "", one.id)


def test_a_twin_is_found_by_what_a_property_puts_together(clinics: tuple[Clinic, Clinic]) -> None:
    [found] = found_by(Contact.objects.all(), "twin_blind", "ANA ana@example.org", clinics[0].id)
    assert found.name == "Ana"


def test_the_index_follows_its_source(clinics: tuple[Clinic, Clinic]) -> None:
    contact = Contact.objects.filter(clinic=clinics[0])[0]
    contact.email = "new@example.org"
    contact.save()
    assert found_by(Contact.objects.all(), "email_blind", "new@example.org", clinics[0].id)
    contact.email = None
    contact.save()
    assert Contact.objects.get(pk=contact.pk).email_blind is None


def test_a_row_that_was_not_read_keeps_its_index(clinics: tuple[Clinic, Clinic]) -> None:
    [contact] = found_by(Contact.objects.all(), "email_blind", "ana@example.org", clinics[0].id)
    before = stored(contact, "email_blind")
    contact.save()
    assert stored(contact, "email_blind") == before


def test_a_source_is_not_saved_without_its_index(clinics: tuple[Clinic, Clinic]) -> None:
    contact = Contact.objects.filter(clinic=clinics[0])[0]
    contact.email = "new@example.org"
    with pytest.raises(FieldError, match="save email_blind together with email"):
        contact.save(update_fields=["email"])
    contact.save(update_fields=["email", "email_blind", "twin_blind"])
    assert found_by(Contact.objects.all(), "email_blind", "new@example.org", clinics[0].id)


def test_a_bare_value_is_neither_searched_nor_written(clinics: tuple[Clinic, Clinic]) -> None:
    with pytest.raises(FieldError, match="search with `found_by`"):
        list(Contact.objects.filter(email_blind="ana@example.org"))
    with pytest.raises(FieldError, match="search with `found_by`"), transaction.atomic():
        Contact.objects.update(email_blind="ana@example.org")


def test_the_field_survives_a_migration() -> None:
    field = BlindIndexField(source="who", identifier="twin", follows=["a", "b"], db_index=False)
    field.set_attributes_from_name("twin_blind")
    _, path, args, kwargs = field.deconstruct()
    assert path == "tautband.clinic.blind_fields.BlindIndexField"
    again = BlindIndexField(*args, **kwargs)
    assert again.deconstruct()[1:] == field.deconstruct()[1:]
    assert (again.follows, again.identifier) == (("a", "b"), "twin")
