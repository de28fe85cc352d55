"""Visits of a file matched with patients, and booked: all that were matched, or nothing.

Nobody is guessed: a visit is matched by a patient number, or by a whole name that one patient of
the clinic has.  The rest is shown, to be booked by hand.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5
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


@dataclass(frozen=True, slots=True)
class Match:
    """A visit of the file and whose it is; ``problem`` where it is nobody's for certain."""

    listed: Listed
    patient: Patient | None
    clinician: User | None
    problem: str
    is_known: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file comes to; ``sha256`` names it, so that the same file is taken over."""

    sha256: str
    matches: tuple[Match, ...]

    @property
    def good(self) -> list[Match]:
        """Those that would be booked."""
        return [one for one in self.matches if not one.problem and not one.is_known]

    @property
    def open(self) -> list[Match]:
        """Those that are to be booked by hand."""
        return [one for one in self.matches if one.problem]

    @property
    def known(self) -> list[Match]:
        """Those that were taken over before."""
        return [one for one in self.matches if one.is_known]


def preview(seat: Seat, data: bytes, today: date) -> Preview:
    """What would be booked of a file; raises InputError for one that cannot be read."""
    keeping.require(seat, Action.PATIENT_ADMIT)
    listed = read_visits(data, ZoneInfo(seat.clinic.time_zone), today)
    source = _source(data)
    taken = set(
        Appointment.objects.in_clinic(seat.clinic)
        .filter(source=source)
        .values_list("outside_id", flat=True)
    )
    ids = [key for key, _ in treating(seat)]
    users = {str(one).lower(): one for one in User.objects.filter(pk__in=ids)}
    found: dict[tuple[str, str], tuple[Patient | None, str]] = {}
    matches = []
    with remembered_keys():
        for one in listed:
            key = (one.number, one.patient)
            if not one.problem and key not in found:
                found[key] = _whose(seat, one)
            patient, problem = found.get(key, (None, "")) if not one.problem else (None, "")
            is_known = bool(one.outside_id) and one.outside_id in taken
            clinician = users.get(one.clinician.lower())
            matches.append(Match(one, patient, clinician, one.problem or problem, is_known))
    return Preview(hashlib.sha256(data).hexdigest(), tuple(matches))


def _whose(seat: Seat, one: Listed) -> tuple[Patient | None, str]:
    words = one.number or one.patient
    fitting = [
        patient for patient in finding.search(seat, words).patients
        if _is(patient, one)
    ]  # fmt: skip
    if len(fitting) == 1:
        return fitting[0], ""
    whom = "a number" if one.number else "a whole name"
    return None, f"patient: '{words[:60]}' fits {len(fitting)}. Expected {whom} that one has."


def _is(patient: Patient, one: Listed) -> bool:
    if one.number:
        return patient.clinic_number.strip() == one.number
    told = " ".join(one.patient.replace(",", " ").lower().split())
    names = (listed_name(patient).replace(",", " "), f"{patient.given_name} {patient.family_name}")
    return told in {" ".join(name.lower().split()) for name in names} or (
        bool(patient.clinic_number) and patient.clinic_number.strip().lower() == told
    )


def take_over(seat: Seat, data: bytes, sha256: str, today: date) -> int:
    """Book all that were matched; the same file again books nothing.  Answers how many.

    Raises InputError when it is another file than the one that was looked at.
    """
    seen = preview(seat, data, today)
    if seen.sha256 != sha256:
        raise InputError(
            "file", "is not the one that was looked at", "the same file, or look again"
        )
    with transaction.atomic(), remembered_keys(), one_turn(seat):
        for one in seen.good:
            keeping.add(seat, _row(seat, one, _source(data)))
    return len(seen.good)


def _row(seat: Seat, one: Match, source: str) -> Appointment:
    told: dict[str, Any] = {
        "patient": one.patient, "begins_at": one.listed.begins_at, "minutes": one.listed.minutes,
        "clinician": one.clinician, "source": source, "outside_id": one.listed.outside_id,
    }  # fmt: skip
    name = f"{source} {one.listed.outside_id or one.listed.line}"
    return Appointment(id=_id(seat, name), **told)


def _id(seat: Seat, name: str) -> UUID:
    return uuid5(seat.clinic.pk, name)


def _source(data: bytes) -> str:
    return "ical" if data.lstrip()[:15].upper().startswith(b"BEGIN:VCALENDAR") else "csv"
