"""Visits of a file matched with patients, and booked: all that were matched, or nothing.

Nobody is guessed: a visit is matched by a patient number, or by a whole name (with the birth date,
where the list has one) that one patient of the clinic has.  The rest is shown, to be booked by
hand.  A calendar's visits are known again by the name that it gives them: one that was moved or
cancelled there is moved or cancelled here, as long as nobody has come for it.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date
from typing import Any
from uuid import uuid5
from zoneinfo import ZoneInfo

from django.db import transaction

from tautband.base.errors import InputError
from tautband.clinic.access import Seat
from tautband.clinic.day.listing import treating
from tautband.clinic.day.lists import Listed, read_visits
from tautband.clinic.patient_keys import remembered_keys
from tautband.clinic.people.models import User
from tautband.clinic.policy import Action
from tautband.clinic.record.models import Appointment, Patient
from tautband.clinic.record.services import keeping
from tautband.clinic.record.services.trailing import one_turn
from tautband.clinic.record_pages import finding
from tautband.clinic.record_pages.presenting import listed_name

DEEDS = BOOK, MOVE, CANCEL, KNOWN, BY_HAND = ("book", "move", "cancel", "known", "by hand")


@dataclass(frozen=True, slots=True)
class Match:
    """A visit of the file, whose it is, and what it comes to: one of `DEEDS`.

    ``problem`` says why it is nobody's for certain; ``row`` is what was booked of it before.
    """

    listed: Listed
    deed: str
    patient: Patient | None = None
    clinician: User | None = None
    outside_id: str = ""
    problem: str = ""
    row: Appointment | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file comes to; ``sha256`` names it, so that the same file is taken over."""

    sha256: str
    matches: tuple[Match, ...]

    def _of(self, deed: str) -> list[Match]:
        return [one for one in self.matches if one.deed == deed]

    @property
    def good(self) -> list[Match]:
        """Those that would be booked."""
        return self._of(BOOK)

    @property
    def moved(self) -> list[Match]:
        """Those that the calendar has moved since."""
        return self._of(MOVE)

    @property
    def cancelled(self) -> list[Match]:
        """Those that the calendar has cancelled since."""
        return self._of(CANCEL)

    @property
    def open(self) -> list[Match]:
        """Those that are to be booked by hand."""
        return self._of(BY_HAND)

    @property
    def known(self) -> list[Match]:
        """Those that were taken over before."""
        return self._of(KNOWN)

    @property
    def count(self) -> int:
        """How many visits would be written."""
        return len(self.good) + len(self.moved) + len(self.cancelled)


def preview(seat: Seat, data: bytes, today: date) -> Preview:
    """What would be booked of a file; raises InputError for one that cannot be read."""
    keeping.require(seat, Action.PATIENT_ADMIT)
    listed = read_visits(data, ZoneInfo(seat.clinic.time_zone), today)
    with remembered_keys():
        matches = tuple(_Matching(seat, _source(data)).all(listed))
    return Preview(hashlib.sha256(data).hexdigest(), matches)


class _Matching:
    """What the clinic has already, and whose names were looked up."""

    def __init__(self, seat: Seat, source: str) -> None:
        self.seat = seat
        rows = Appointment.objects.in_clinic(seat.clinic).filter(source=source)
        held = rows.exclude(outside_id="").select_related("patient")
        self.rows = {one.outside_id: one for one in held}
        ids = [key for key, _ in treating(seat)]
        self.people = {str(one).lower(): one for one in User.objects.filter(pk__in=ids)}
        self.found: dict[tuple[str, str, date | None], tuple[Patient | None, str]] = {}
        self.told: set[str] = set()

    def all(self, listed: list[Listed]) -> Iterator[Match]:
        """What each visit comes to; one that was cancelled before it was ever booked is nothing."""
        for one in listed:
            row = self.rows.get(_named(one)) if one.outside_id else None
            if row is None and one.is_cancelled:
                continue
            yield self._known(one, row) if row else self._new(one)

    def _known(self, one: Listed, row: Appointment) -> Match:
        deed = KNOWN
        is_open = row.state == "booked" and row.patient.at_work
        if is_open and one.is_cancelled:
            deed = CANCEL
        elif is_open and not one.problem:
            is_same = (row.begins_at, row.minutes) == (one.begins_at, one.minutes)
            deed = KNOWN if is_same else MOVE
        return Match(one, deed, row=row)

    def _new(self, one: Listed) -> Match:
        patient, problem = (None, one.problem) if one.problem else self._whose(one)
        if patient is None or one.begins_at is None:
            return Match(one, BY_HAND, problem=problem)
        # A list has no names for its visits: there it is the patient and the time.
        outside = _named(one) or f"{one.begins_at.astimezone(UTC).isoformat()} {patient.pk}"
        if outside in self.told:
            return Match(one, BY_HAND, problem="line: tells a visit again. Expected each once.")
        self.told.add(outside)
        deed = KNOWN if outside in self.rows else BOOK
        return Match(one, deed, patient, self.people.get(one.clinician.lower()), outside)

    def _whose(self, one: Listed) -> tuple[Patient | None, str]:
        key = (one.number, one.patient, one.born)
        if key not in self.found:
            self.found[key] = _whose(self.seat, one)
        return self.found[key]


def _named(one: Listed) -> str:
    """What a calendar calls a visit, as a digest: it may hold a name, and the column is open."""
    return hashlib.sha256(one.outside_id.encode()).hexdigest() if one.outside_id else ""


def _whose(seat: Seat, one: Listed) -> tuple[Patient | None, str]:
    words = one.number or one.patient
    fitting = [
        patient for patient in finding.search(seat, words).patients
        if _is(patient, one)
    ]  # fmt: skip
    if len(fitting) == 1:
        return fitting[0], ""
    whom = "a number" if one.number else "a whole name, or name and birth date,"
    return None, f"patient: '{words[:60]}' fits {len(fitting)}. Expected {whom} that one has."


def _is(patient: Patient, one: Listed) -> bool:
    if one.number:
        return patient.clinic_number.strip() == one.number
    if one.born and patient.birth_date != one.born:
        return False
    told = " ".join(one.patient.replace(",", " ").lower().split())
    names = (listed_name(patient).replace(",", " "), f"{patient.given_name} {patient.family_name}")
    return told in {" ".join(name.lower().split()) for name in names} or (
        bool(patient.clinic_number) and patient.clinic_number.strip().lower() == told
    )


def take_over(seat: Seat, data: bytes, sha256: str, today: date) -> int:
    """Book all that were matched; the same file again books nothing.  Answers how many
    were booked, moved or cancelled.

    Raises InputError when it is another file than the one that was looked at.
    """
    seen = preview(seat, data, today)
    if seen.sha256 != sha256:
        raise InputError(
            "file", "is not the one that was looked at", "the same file, or look again"
        )
    with transaction.atomic(), remembered_keys(), one_turn(seat):
        for one in seen.matches:
            _write(seat, one, _source(data))
    return seen.count


def _write(seat: Seat, one: Match, source: str) -> None:
    if one.deed == BOOK:
        keeping.add(seat, _row(seat, one, source))
    elif one.row is not None and one.deed == MOVE:
        moved = {"begins_at": one.listed.begins_at, "minutes": one.listed.minutes}
        keeping.change(seat, one.row, one.row.version, moved)
    elif one.row is not None and one.deed == CANCEL:
        keeping.change(seat, one.row, one.row.version, {"state": "cancelled"})


def _row(seat: Seat, one: Match, source: str) -> Appointment:
    told: dict[str, Any] = {
        "patient": one.patient, "begins_at": one.listed.begins_at, "minutes": one.listed.minutes,
        "clinician": one.clinician, "source": source, "outside_id": one.outside_id,
    }  # fmt: skip
    return Appointment(id=uuid5(seat.clinic.pk, f"{source} {one.outside_id}"), **told)


def _source(data: bytes) -> str:
    return "ical" if data.lstrip()[:15].upper().startswith(b"BEGIN:VCALENDAR") else "csv"
