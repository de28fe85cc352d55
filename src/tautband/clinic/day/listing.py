"""A day as a plain list: time, patient, complaint, and how far the visit is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse

from tautband.clinic.access import Seat
from tautband.clinic.people.models import Membership
from tautband.clinic.policy import Action
from tautband.clinic.record.models import Appointment, Episode, Note, Session
from tautband.clinic.record_pages.presenting import listed_name
from tautband.clinic.trail.deeds import Deed
from tautband.clinic.trail.writing import note

MOST = 200
# How far a visit is; the first of these that holds is shown.
CANCELLED, MISSED, TREATING, NOTE_OPEN, DONE, ARRIVED, BOOKED = (
    "cancelled", "missed", "treating", "note-open", "done", "arrived", "booked",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One visit of the day."""

    id: UUID
    version: int
    at: datetime
    minutes: int
    patient: UUID
    name: str
    is_synthetic: bool
    title: str
    clinician: str
    state: str
    stored: str
    is_new: bool
    address: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day's visits, of everybody or of one's own."""

    on: date
    lines: tuple[Line, ...]
    mine: bool

    @property
    def before(self) -> date:
        """The day before."""
        return self.on - timedelta(days=1)

    @property
    def after(self) -> date:
        """The day after."""
        return self.on + timedelta(days=1)


def bounds(seat: Seat, on: date) -> tuple[datetime, datetime]:
    """The first moment of a day at the clinic, and the first of the next."""
    zone = ZoneInfo(seat.clinic.time_zone)
    begins = datetime.combine(on, time.min, zone)
    return begins, datetime.combine(on + timedelta(days=1), time.min, zone)


def day(seat: Seat, on: date, mine: bool) -> Day:
    """The visits of a day in the order of time; that the list was read is in the trail.

    What is clinical, the complaint and how far the visit is, is told to who may read the record.
    """
    begins, ends = bounds(seat, on)
    rows = Appointment.objects.in_clinic(seat.clinic).filter(
        begins_at__gte=begins, begins_at__lt=ends,
        patient__erased_at=None, patient__restricted_at=None,
    )  # fmt: skip
    if mine:
        rows = rows.filter(clinician=seat.user)
    found = list(
        rows.select_related("patient", "episode", "clinician").order_by("begins_at", "pk")[:MOST]
    )
    told = _Told(seat, found, begins, ends) if seat.may(Action.RECORD_READ) else None
    note(seat.clinic, seat.user, Deed.READ, "patient", detail={"form": "day", "count": len(found)})
    return Day(on, tuple(_line(seat, one, told) for one in found), mine)


class _Told:
    """What the record knows of the patients of a day."""

    def __init__(
        self, seat: Seat, rows: Sequence[Appointment], begins: datetime, ends: datetime
    ) -> None:
        patients = {one.patient_id for one in rows}
        held = Session.objects.in_clinic(seat.clinic).filter(patient__in=patients)
        self.sessions: dict[UUID, Session] = {}
        for one in held.filter(began_at__gte=begins, began_at__lt=ends).order_by("began_at"):
            self.sessions[one.patient_id] = one
        self.earlier = set(held.filter(began_at__lt=begins).values_list("patient_id", flat=True))
        ids = [one.pk for one in self.sessions.values()]
        notes = Note.objects.filter(session__in=ids).values_list("session_id", "state")
        self.notes = dict(notes)
        self.care: dict[UUID, Episode] = {}
        open_care = Episode.objects.in_clinic(seat.clinic).filter(
            patient__in=patients, ended_on=None
        )
        for care in open_care.order_by("began_on"):
            self.care[care.patient_id] = care

    def state(self, row: Appointment) -> str:
        """How far the visit is."""
        if row.state in (CANCELLED, MISSED):
            return row.state
        session = self.sessions.get(row.patient_id)
        if session is None:
            return DONE if row.state == "done" else row.state
        if session.state == "open":
            return TREATING
        return DONE if self.notes.get(session.pk) == "signed" else NOTE_OPEN


def _line(seat: Seat, row: Appointment, told: _Told | None) -> Line:
    care = row.episode or (told.care.get(row.patient_id) if told else None)
    address = reverse("patient", args=[seat.clinic.pk, row.patient_id])
    if told and care:
        care.patient = row.patient
        address = reverse("visit_open", args=[seat.clinic.pk, row.patient_id, care.pk])
    return Line(
        id=row.pk,
        version=row.version,
        at=row.begins_at,
        minutes=row.minutes,
        patient=row.patient_id,
        name=listed_name(row.patient),
        is_synthetic=row.patient.is_synthetic,
        title=care.title if told and care else "",
        clinician=str(row.clinician or ""),
        state=told.state(row) if told else row.state,
        stored=row.state,
        is_new=bool(told) and row.patient_id not in told.earlier,  # type: ignore[union-attr]
        address=address,
    )


def treating(seat: Seat) -> list[tuple[UUID, str]]:
    """Who can be booked with, by id and name: the clinicians and students of the clinic."""
    found = Membership.objects.filter(
        clinic=seat.clinic, ended_at=None, role__in=("clinician", "student")
    ).select_related("user")
    unique = {one.user_id: str(one.user) for one in found}
    return sorted(unique.items(), key=lambda one: one[1])
