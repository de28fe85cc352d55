"""What waits for a person: answers that need one, until somebody says what was done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from tautband.base.errors import InputError
from tautband.clinic.access import Seat
from tautband.clinic.record.models import OwnLink, Patient, Report
from tautband.clinic.record.models.own_link import NEEDS_PERSON
from tautband.clinic.record.services import keeping
from tautband.clinic.record_pages.presenting import listed_name
from tautband.clinic.trail.deeds import Deed
from tautband.clinic.trail.writing import note
from tautband.safety.events.signs import load_signs
from tautband.safety.events.urgency import Urgency

MOST = 200
# A message that is still being sent after so long was broken off.
BROKEN_OFF = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One answer on the list; ``number`` is the telephone to call, ``typed`` an unfinished text."""

    report: Report
    patient: Patient
    name: str
    phone: str
    urgency: str
    signs: tuple[str, ...]
    typed: str


def waiting(seat: Seat, typed: Mapping[UUID, str]) -> list[Waiting]:
    """The open answers of a clinic, gravest and then oldest first; the reading is in the trail."""
    rows = Report.objects.in_clinic(seat.clinic).filter(
        handled_at=None, urgency__in=NEEDS_PERSON, patient__erased_at=None,
        patient__restricted_at=None,
    )  # fmt: skip
    found = list(rows.select_related("patient", "link__session"))
    found.sort(key=lambda one: (-Urgency.of(one.urgency), one.told_at))
    note(seat.clinic, seat.user, Deed.READ, "report", detail={"form": "list", "count": len(found)})
    return [_line(one, typed.get(one.pk, "")) for one in found[:MOST]]


def unsure(seat: Seat) -> list[tuple[Patient, str, datetime]]:
    """Patients whose message was broken off: perhaps they were not asked, so somebody calls."""
    rows = OwnLink.objects.in_clinic(seat.clinic).filter(
        state="sending", due_at__lt=timezone.now() - BROKEN_OFF, patient__erased_at=None,
        patient__restricted_at=None,
    )  # fmt: skip
    recent = rows.filter(expires_at__gt=timezone.now()).select_related("patient")
    return [(one.patient, listed_name(one.patient), one.due_at) for one in recent[:MOST]]


def close(seat: Seat, report: Report, version: int, done: str) -> Report:
    """Take an answer off the list; raises InputError without what was done, ConflictError."""
    if not done:
        raise InputError("done", "is empty", "what was done about it")
    values = {"handled_at": timezone.now(), "done": done}
    with transaction.atomic():
        return keeping.change(seat, report, version, values, why="dealt with")


def _line(report: Report, typed: str) -> Waiting:
    signs = load_signs().sign
    yes = [name for name, answer in report.answers.items() if answer and name in signs]
    return Waiting(
        report=report,
        patient=report.patient,
        name=listed_name(report.patient),
        phone=report.patient.phone,
        urgency=report.urgency,
        signs=tuple(signs[name].name for name in yes),
        typed=typed,
    )
