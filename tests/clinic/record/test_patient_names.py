"""Patients are found by name as soon as they are admitted, changed or gone."""

import pytest
from django.db import transaction

from tautband.clinic.erasures import destroy_key
from tautband.clinic.name_index import NameIndexes
from tautband.clinic.people.models import Clinic
from tautband.clinic.record.models import Patient
from tautband.clinic.record.patient_names import PATIENT_NAMES
from tests.clinic.cast import Cast

pytestmark = pytest.mark.django_db


def found(index: NameIndexes, clinic: Clinic, words: str) -> int:
    return len(index.search(clinic.pk, words).rows)


def test_a_patient_is_found_in_their_clinic_until_erased(cast: Cast) -> None:
    with transaction.atomic():
        patient = Patient.objects.create(
            clinic=cast.clinic,
            written_by=cast["clinician"],
            family_name="Østergård",
            given_name="Bo",
        )
    assert found(PATIENT_NAMES, cast.clinic, "bo ostergard") == 1
    assert found(PATIENT_NAMES, cast.other_clinic, "bo ostergard") == 0
    patient.family_name = "Lund"
    patient.rewrite(["family_name", *Patient.derived])
    assert found(PATIENT_NAMES, cast.clinic, "ostergard") == 0
    assert found(PATIENT_NAMES, cast.clinic, "lund") == 1
    with transaction.atomic():
        destroy_key(patient)
    assert found(PATIENT_NAMES, cast.clinic, "lund") == 0
