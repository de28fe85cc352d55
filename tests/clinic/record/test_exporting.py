"""A patient's whole record out: everything is in it, and every page can be read."""

import json
import uuid
from typing import Any

import pytest

from tautband.clinic.record.canonical import canonical
from tautband.clinic.record.errors import NotFoundError
from tautband.clinic.record.export.pdf import record_pages
from tautband.clinic.record.export.whole import SCHEMA, kinds_kept
from tautband.clinic.record.models import Patient
from tautband.clinic.record.services import exporting
from tautband.clinic.trail.models import AuditEntry
from tests.clinic.cast import Cast
from tests.clinic.record import made
from tests.clinic.record.rich import rich_patient


def test_everything_is_in_it(cast: Cast) -> None:
    patient, owner = rich_patient(cast), made.seat(cast, "owner")
    record = exporting.export_json(owner, patient.pk)
    assert (record["schema"], record["synthetic"]) == (SCHEMA, True)
    empty = [kind for kind in kinds_kept() if not record["rows"][kind]]
    assert empty == []
    assert record["patient"]["family_name"] == "Okafor"
    assert {one["action"] for one in record["access"]} >= {"write", "sign"}
    assert any(one["number"] == 2 and one["kind"] == "finding" for one in record["states"])
    assert all(one["is_whole"] for one in record["rows"]["signature"])
    assert json.loads(canonical(record)) == record
    exported = AuditEntry.objects.filter(patient_id=patient.pk, action="export").get()
    assert exported.detail == '{"format":"json"}'


def test_nothing_of_another_patient_is_in_it(cast: Cast) -> None:
    by = made.seat(cast, "clinician")
    other = made.patient(by, family_name="Zweistein")
    made.episode(by, other, title="a very particular knee")
    record = exporting.export_json(by, rich_patient(cast).pk)
    text = canonical(record)
    assert "Zweistein" not in text
    assert "particular knee" not in text
    assert str(other.pk) not in text


def test_the_pdf(cast: Cast) -> None:
    patient, by = rich_patient(cast), made.seat(cast, "clinician")
    pdf = exporting.export_pdf(by, patient.pk)
    assert pdf.startswith(b"%PDF")
    pages = record_pages(exporting.export_json(by, patient.pk), ppi=30)
    assert len(pages) > 2


def test_an_empty_record_can_be_handed_out_too(cast: Cast) -> None:
    by = made.seat(cast, "clinician")
    patient = made.patient(by, birth_date=None, sex="")
    record = exporting.export_json(by, patient.pk)
    assert record["synthetic"] is False
    assert exporting.export_pdf(by, patient.pk).startswith(b"%PDF")


@pytest.mark.parametrize("name", ["student", "reception", "patient", "outsider", "outside_owner"])
def test_who_may_not(cast: Cast, name: Any) -> None:
    patient = made.patient(made.seat(cast, "clinician"))
    for export in (exporting.export_json, exporting.export_pdf):
        with pytest.raises(NotFoundError):
            export(made.seat(cast, name), patient.pk)
    with pytest.raises(NotFoundError):
        exporting.export_by_operator(uuid.uuid4(), "json")
    assert Patient.objects.count() == 1
