"""What somebody has to know before they go on, found in one query."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from tautband.clinic.record.models import (
    AdverseEvent,
    Consent,
    Guardian,
    Kept,
    Note,
    Patient,
    Screening,
    Session,
    Withdrawal,
)
from tautband.clinic.record_pages.presenting import is_minor
from tautband.safety.decision import Decision


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to know: its text in the catalogue, values for it, and how grave it is."""

    text: str
    tone: str = "open"  # open: to be done; grave: before anything else
    values: dict[str, Any] = field(default_factory=dict)
    part: str = ""  # what may be added to answer it


def with_facts(patients: QuerySet[Patient]) -> QuerySet[Patient]:
    """The patients with what `alerts` asks of the database, in the same query."""
    withdrawn = Withdrawal.objects.filter(consent=OuterRef("pk"))
    consents = _of(Consent).filter(kind="treatment").exclude(Exists(withdrawn))
    latest = _of(Screening).order_by("-answered_at")
    return patients.annotate(
        has_guardian=Exists(_of(Guardian).filter(until=None)),
        has_consent=Exists(consents),
        open_sessions=_count(_of(Session).filter(state="open")),
        open_notes=_count(_of(Note).exclude(state="signed")),
        open_events=_count(_of(AdverseEvent).filter(resolved_at=None)),
        last_decision=Subquery(latest.values("decision")[:1]),
        last_answered_at=Subquery(latest.values("answered_at")[:1]),
    )


def alerts(patient: Any, clinical: bool) -> list[Alert]:
    """What to know of a patient read by `with_facts`; gravest first.

    Without `clinical` only what belongs to the desk: nothing about findings, notes or treatment.
    """
    found = []
    if is_minor(patient) and not patient.has_guardian:
        found.append(Alert("patients-alert-guardian", "grave", part="guardian"))
    if not clinical:
        return found
    decision = Decision.of(patient.last_decision) if patient.last_decision else None
    if decision is None:
        found.append(Alert("patients-alert-unscreened"))
    elif decision >= Decision.ASK:
        day: date = patient.last_answered_at.date()
        text = f"patients-alert-{decision.key.replace('_', '-')}"
        found.append(Alert(text, "grave", {"day": day.isoformat()}))
    if patient.open_events:
        found.append(Alert("patients-alert-events", "grave", {"count": patient.open_events}))
    if patient.open_sessions:
        found.append(Alert("patients-alert-sessions", "grave", {"count": patient.open_sessions}))
    if not patient.has_consent:
        found.append(Alert("patients-alert-consent"))
    if patient.open_notes:
        found.append(Alert("patients-alert-notes", values={"count": patient.open_notes}))
    return sorted(found, key=lambda one: one.tone != "grave")


def _of(model: type[Kept]) -> QuerySet[Any]:
    rows: QuerySet[Any] = model._default_manager.all()
    return rows.filter(patient=OuterRef("pk"))


def _count(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("patient").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))
