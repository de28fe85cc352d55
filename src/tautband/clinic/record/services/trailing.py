"""The trail of the record: every read and write of a patient's data leaves an entry."""

from uuid import UUID

from tautband.clinic.access import Seat
from tautband.clinic.record.models.base import Kept, OfPatient
from tautband.clinic.record.models.patient import Patient
from tautband.clinic.trail.deeds import Deed
from tautband.clinic.trail.writing import note
from tautband.vault.chain import Detail


def leave(seat: Seat, deed: Deed, row: Kept, detail: Detail | None = None) -> None:
    """Note what this person did with a row, in the caller's transaction and as its last step."""
    note(seat.clinic, seat.user, deed, kind_of(row), row.pk, patient_of(row), detail)


def kind_of(row: Kept) -> str:
    """The word that trail and versions use for rows of this model."""
    return str(row._meta.model_name)


def patient_of(row: Kept) -> UUID | None:
    """Whose row it is; None for one that belongs to the clinic."""
    if isinstance(row, Patient):
        return row.pk
    return row.patient_id if isinstance(row, OfPatient) else None
