"""A patient's record in the order of time, and a clinic's patients by their last visit.

A timeline asks the database once, however many kinds of row it shows, and takes one page of it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction

from tautband.clinic.access import Seat
from tautband.clinic.policy import Action
from tautband.clinic.record.models import (
    AdverseEvent,
    Assessment,
    Consent,
    Note,
    Patient,
    Plan,
    Screening,
    Session,
)
from tautband.clinic.record.models.base import OfPatient
from tautband.clinic.record.services import keeping
from tautband.clinic.record.services.trailing import leave
from tautband.clinic.trail.deeds import Deed

PAGE = 50
# What a timeline shows: when it happened, and the code that says most of it.
SHOWN: tuple[tuple[type[OfPatient], str, str], ...] = (
    (Assessment, "held_at", "kind"),
    (Screening, "answered_at", "decision"),
    (Consent, "signed_at", "kind"),
    (Plan, "written_at", "decision"),
    (Session, "began_at", "state"),
    (AdverseEvent, "began_at", "kind"),
    (Note, "written_at", "state"),
)


@dataclass(frozen=True)
class Moment:
    """One thing on a timeline: when, what kind (as in the export), and its id to read it by.

    ``code`` is a note's or session's state, a screening's or plan's decision, an event's kind.
    """

    at: datetime
    kind: str
    id: UUID
    code: str
    episode: UUID | None
    written_by: UUID


def of_patient(
    seat: Seat,
    patient: UUID,
    *,
    episode: UUID | None = None,
    before: datetime | None = None,
    limit: int = PAGE,
) -> list[Moment]:
    """The newest moments of a patient, or of one episode, before a time; newest first.

    One query, and one entry in the trail for the whole page.  Raises NotFoundError.
    """
    keeping.require(seat, Action.RECORD_READ)
    with transaction.atomic():
        found = keeping.find(seat, Patient, patient)
        first, *others = (
            _part(seat, found, model, at, code, episode, before) for model, at, code in SHOWN
        )
        rows = first.union(*others, all=True).order_by("-moment_at")[:limit]
        moments = [Moment(at, kind, id_, code, of, by) for at, kind, id_, code, of, by in rows]
        leave(seat, Deed.READ, found, {"form": "timeline"})
    return moments


def of_clinic(seat: Seat, *, limit: int = PAGE, offset: int = 0) -> list[Patient]:
    """Patients of the clinic by their last visit, those never seen last; no clinical column."""
    keeping.require(seat, Action.PATIENT_LIST)
    rows = Patient.objects.in_clinic(seat.clinic).filter(erased_at=None, restricted_at=None)
    ordered = rows.order_by(models.F("last_seen_at").desc(nulls_last=True), "-written_at")
    return list(ordered[offset : offset + limit])


def _part(
    seat: Seat,
    patient: Patient,
    model: type[OfPatient],
    at: str,
    code: str,
    episode: UUID | None,
    before: datetime | None,
) -> "models.QuerySet[Any, Any]":
    # An adverse event belongs to an episode through its session.
    of = "session__episode" if model is AdverseEvent else "episode"
    wanted: dict[str, Any] = {"patient": patient, "clinic": seat.clinic}
    if before is not None:
        wanted[f"{at}__lt"] = before
    if episode is not None:
        wanted[of] = episode
    return (
        keeping.rows(model)
        .filter(**wanted)
        .annotate(
            moment_at=models.F(at),
            moment_kind=models.Value(model._meta.model_name, models.CharField()),
            moment_code=models.F(code),
            moment_of=models.F(f"{of}_id"),
        )
        .values_list("moment_at", "moment_kind", "pk", "moment_code", "moment_of", "written_by_id")
    )
