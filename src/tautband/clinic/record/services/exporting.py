"""Handing a patient's whole record out; each time leaves an entry in the trail."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tautband.clinic.access import Seat
from tautband.clinic.policy import Action
from tautband.clinic.record.errors import NotFoundError
from tautband.clinic.record.export.pdf import record_pdf
from tautband.clinic.record.export.whole import whole_record
from tautband.clinic.record.models import Patient
from tautband.clinic.record.services import keeping
from tautband.clinic.trail.deeds import Deed
from tautband.clinic.trail.writing import note


def export_json(seat: Seat, patient: UUID) -> dict[str, Any]:
    """The whole record, schema ``tautband.record/1``; also of a restricted patient.

    A restriction keeps a record out of daily work, not from the person whose it is.
    """
    keeping.require(seat, Action.EXPORT)
    with transaction.atomic():
        return _export(_patient(patient, seat), seat, "json")


def export_pdf(seat: Seat, patient: UUID) -> bytes:
    """The whole record for reading; the JSON holds more, such as each answer that was shown."""
    keeping.require(seat, Action.EXPORT)
    with transaction.atomic():
        record = _export(_patient(patient, seat), seat, "pdf")
    return record_pdf(record)


def export_by_operator(patient: UUID, form: str) -> dict[str, Any]:
    """For the command line, whose user has the whole database anyway; the trail names nobody."""
    with transaction.atomic():
        return _export(_patient(patient, None), None, form)


def _patient(patient: UUID, seat: Seat | None) -> Patient:
    rows = Patient.objects.filter(pk=patient, erased_at=None).exclude(data_key=None)
    found = (rows if seat is None else rows.filter(clinic=seat.clinic)).first()
    if found is None:
        raise NotFoundError("patient")
    return found


def _export(patient: Patient, seat: Seat | None, form: str) -> dict[str, Any]:
    record = whole_record(patient, timezone.now())
    user = None if seat is None else seat.user
    note(patient.clinic, user, Deed.EXPORT, "patient", patient.pk, patient.pk, {"format": form})
    return record
