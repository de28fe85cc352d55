"""Who may do what in a clinic: one table, and nothing that it does not name is allowed.

The policy knows roles and actions only.  That a person belongs to the clinic, and that what they
ask for belongs to the same clinic, is checked where the request comes in (`clinic.access`); both
must hold.
"""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What somebody is in a clinic."""

    OWNER = "owner"
    CLINICIAN = "clinician"
    STUDENT = "student"
    RECEPTION = "reception"
    PATIENT = "patient"


class Action(StrEnum):
    """What can be asked for; the words are those that the audit trail keeps."""

    CLINIC_SETTINGS = "clinic.settings"
    PEOPLE_READ = "people.read"
    PEOPLE_WRITE = "people.write"
    AUDIT_READ = "audit.read"
    PATIENT_LIST = "patient.list"  # names and contacts, no clinical note
    PATIENT_ADMIT = "patient.admit"  # new patients, contacts, the import of a list
    RECORD_READ = "record.read"  # everything clinical
    RECORD_WRITE = "record.write"  # drafts of everything clinical
    NEEDLE = "needle"  # recording a needle as placed by oneself; the practitioner rules ask more
    SIGN = "sign"
    CONSENT = "consent"
    FIGURES = "figures"  # of the whole clinic; names only of who is overdue
    EXPORT = "export"
    ERASE = "erase"
    OWN_PAGE = "own.page"  # what a patient's own page stores; no person of the clinic does it


_RECEPTION = frozenset({Action.PATIENT_LIST, Action.PATIENT_ADMIT})
_STUDENT = frozenset(
    {Action.PATIENT_LIST, Action.RECORD_READ, Action.RECORD_WRITE, Action.NEEDLE, Action.CONSENT}
)
_CLINICIAN = (
    _STUDENT | _RECEPTION | {Action.SIGN, Action.EXPORT, Action.PEOPLE_READ, Action.FIGURES}
)
_OWNER = frozenset(
    {
        Action.CLINIC_SETTINGS,
        Action.PEOPLE_READ,
        Action.PEOPLE_WRITE,
        Action.AUDIT_READ,
        Action.PATIENT_LIST,
        Action.PATIENT_ADMIT,
        Action.FIGURES,
        Action.EXPORT,
        Action.ERASE,
    }
)

ALLOWED: Mapping[Role, frozenset[Action]] = {
    Role.OWNER: _OWNER,
    Role.CLINICIAN: _CLINICIAN,
    Role.STUDENT: _STUDENT,
    Role.RECEPTION: _RECEPTION,
    Role.PATIENT: frozenset({Action.OWN_PAGE}),
}


def may(roles: frozenset[Role], action: Action) -> bool:
    """True when one of a person's roles in the clinic allows the action."""
    return any(action in ALLOWED[role] for role in roles)
