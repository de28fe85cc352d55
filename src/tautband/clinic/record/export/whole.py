"""A patient's whole record as plain data, schema ``tautband.record/1`` (docs/developers/record.md).

It holds every row in its present state, every earlier state, every answer that was shown, and who
did what with the record when.
"""

from collections.abc import Iterable
from datetime import datetime
from importlib.metadata import version
from typing import Any
from uuid import UUID

from tautband.clinic.patient_keys import remembered_keys
from tautband.clinic.people.models import User
from tautband.clinic.record.canonical import plain, told
from tautband.clinic.record.models import Patient, Signature, Version
from tautband.clinic.record.models.base import Kept
from tautband.clinic.record.services.erasure import rows_of_patients
from tautband.clinic.record.services.notes import is_whole
from tautband.clinic.record.services.trailing import kind_of
from tautband.clinic.trail.models import AuditEntry

SCHEMA = "tautband.record/1"


def whole_record(patient: Patient, at: datetime) -> dict[str, Any]:
    """Everything that is kept of a patient, read in the caller's transaction."""
    with remembered_keys():
        rows = {
            str(model._meta.model_name): [_row(one) for one in _of(model, patient)]
            for model in rows_of_patients()
            if model is not Version
        }
        states = [_state(one) for one in _of(Version, patient)]
        entries = list(AuditEntry.objects.of(patient.clinic_id).filter(patient_id=patient.pk))
        clinic = patient.clinic
        return {
            "schema": SCHEMA,
            "synthetic": patient.is_synthetic or clinic.is_synthetic,
            "exported_at": told(at),
            "versions": {"tautband": version("tautband")},
            "clinic": {
                "id": str(clinic.pk),
                "name": clinic.name,
                "jurisdiction": clinic.jurisdiction,
                "time_zone": clinic.time_zone,
            },
            "patient": _row(patient),
            "rows": rows,
            "states": states,
            "access": [_access(one) for one in sorted(entries, key=lambda one: one.number)],
            "people": _people(rows, states, entries, patient),
        }


def _of(model: type[Any], patient: Patient) -> Iterable[Any]:
    found = model.objects.filter(patient=patient, clinic=patient.clinic)
    return found.order_by("written_at", "pk")  # type: ignore[no-any-return]


def _row(row: Kept) -> dict[str, Any]:
    content = {name: value for name, value in plain(row).items() if name != "patient"}
    found = {
        "id": str(row.pk),
        "version": row.version,
        "written_by": str(row.written_by_id),
        "written_at": told(row.written_at),
        **content,
    }
    if isinstance(row, Signature):
        found["is_whole"] = is_whole(row)
    return found


def _state(one: Version) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "row": str(one.row),
        "number": one.number,
        "written_by": str(one.written_by_id),
        "written_at": told(one.written_at),
        "why": one.why,
        "content": one.content,
    }


def _access(one: AuditEntry) -> dict[str, Any]:
    return {
        "number": one.number,
        "at": told(one.time),
        "by": str(one.actor) if one.actor else None,
        "action": one.action,
        "kind": one.kind,
        "object": one.object_id or None,
    }


def _people(
    rows: dict[str, list[dict[str, Any]]],
    states: list[dict[str, Any]],
    entries: list[AuditEntry],
    patient: Patient,
) -> dict[str, str]:
    """Names of everybody whose id stands in the record, by id."""
    columns = ("written_by", "needler", "supervisor", "author", "signer", "shown_to")
    ids: set[str] = {str(patient.written_by_id), *(str(one.actor) for one in entries if one.actor)}
    for row in (*(row for some in rows.values() for row in some), *states):
        ids.update(str(row[name]) for name in columns if row.get(name))
    found = User.objects.filter(pk__in=[UUID(one) for one in ids])
    return {str(user.pk): user.name for user in found}


def kinds_kept() -> tuple[str, ...]:
    """The kinds of rows that a record holds, as the export names them."""
    return tuple(kind_of(model()) for model in rows_of_patients() if model is not Version)
