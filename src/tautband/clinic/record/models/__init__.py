"""The record's tables, by concept."""

from tautband.clinic.record.models.appointment import Appointment
from tautband.clinic.record.models.assessment import (
    Assessment,
    ComparableSign,
    Finding,
    Measure,
    Movement,
    PressureThreshold,
    Strength,
)
from tautband.clinic.record.models.base import Kept, OfPatient
from tautband.clinic.record.models.consent import Consent, Withdrawal
from tautband.clinic.record.models.episode import Activity, Episode, Goal
from tautband.clinic.record.models.event import AdverseEvent
from tautband.clinic.record.models.history import (
    Erasure,
    PatientImport,
    RetentionChoice,
    Version,
)
from tautband.clinic.record.models.note import Amendment, Note, Signature
from tautband.clinic.record.models.own_link import OwnAnswer, OwnLink, Report
from tautband.clinic.record.models.patient import (
    BodyMeasure,
    Guardian,
    HistoryItem,
    Medication,
    Patient,
)
from tautband.clinic.record.models.plan import Plan, PlanTarget
from tautband.clinic.record.models.screening import Screening
from tautband.clinic.record.models.session import (
    Closing,
    LedgerEntry,
    Needle,
    Reaction,
    Retest,
    Session,
    SessionTarget,
)
from tautband.clinic.record.models.shown import Shown

__all__ = [
    "Activity",
    "AdverseEvent",
    "Amendment",
    "Appointment",
    "Assessment",
    "BodyMeasure",
    "Closing",
    "ComparableSign",
    "Consent",
    "Episode",
    "Erasure",
    "Finding",
    "Goal",
    "Guardian",
    "HistoryItem",
    "Kept",
    "LedgerEntry",
    "Measure",
    "Medication",
    "Movement",
    "Needle",
    "Note",
    "OfPatient",
    "OwnAnswer",
    "OwnLink",
    "Patient",
    "PatientImport",
    "Plan",
    "PlanTarget",
    "PressureThreshold",
    "Reaction",
    "Report",
    "RetentionChoice",
    "Retest",
    "Screening",
    "Session",
    "SessionTarget",
    "Shown",
    "Signature",
    "Strength",
    "Version",
    "Withdrawal",
]
