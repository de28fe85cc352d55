"""The index of patients' names that this process keeps: see `clinic.name_index`."""

from tautband.clinic.name_index import NameIndexes
from tautband.clinic.record.models import Patient

# Who is restricted or erased is not there for daily work.
PATIENT_NAMES = NameIndexes(
    Patient, "family_name", "given_name", absent=("erased_at", "restricted_at")
)
