"""Taking a list of patients over: a preview first, then all of it or nothing."""

import hashlib
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace

from django.utils import timezone

from tautband.base.errors import InputError
from tautband.clinic.access import Seat
from tautband.clinic.keyring import key_ring
from tautband.clinic.names.models import one_number
from tautband.clinic.policy import Action
from tautband.clinic.record.canonical import plain
from tautband.clinic.record.errors import ConflictError
from tautband.clinic.record.lists.dates import Order
from tautband.clinic.record.lists.patients import (
    ListedPatient,
    PatientList,
    RowError,
    read_patients,
)
from tautband.clinic.record.lists.table import read_table
from tautband.clinic.record.models import Patient, PatientImport, Version
from tautband.clinic.record.models.patient import twin
from tautband.clinic.record.services import keeping
from tautband.clinic.trail.deeds import Deed
from tautband.clinic.trail.writing import Deeds, note_all
from tautband.vault.blind import Identifier, blinds

AT_ONCE = 500


@dataclass(frozen=True)
class Twin:
    """A line that is somebody who is there already: of the clinic, or of an earlier line."""

    line: int
    known: uuid.UUID | None
    first_line: int | None


@dataclass(frozen=True)
class Preview:
    """What an import would do.  ``sha256`` names the file that was looked at."""

    listed: PatientList
    twins: tuple[Twin, ...]
    sha256: str

    @property
    def can_import(self) -> bool:
        """True when no line is wrong."""
        return not self.listed.errors


def preview(seat: Seat, data: bytes, order: Order | None = None) -> Preview:
    """Read a file and look for people who are there already; nothing is stored.

    Raises InputError when the file as a whole cannot be used.
    """
    keeping.require(seat, Action.PATIENT_ADMIT)
    listed = read_patients(read_table(data), order)
    listed = _with_impossible_births(listed)
    twins = tuple(_twins(seat, listed.patients))
    return Preview(listed, twins, hashlib.sha256(data).hexdigest())


def take_over(
    seat: Seat,
    data: bytes,
    sha256: str,
    batch: uuid.UUID,
    *,
    order: Order | None = None,
    twins_too: Iterable[int] = (),
) -> PatientImport:
    """Store every patient of the file that was previewed, in one transaction.

    Lines of people who are there already are left out, but for those in ``twins_too``.  The same
    ``batch`` again answers what it did.  Raises InputError when a line is wrong, and ConflictError
    when the file is not the one that was looked at.
    """
    keeping.require(seat, Action.PATIENT_ADMIT)
    seen = preview(seat, data, order)
    if seen.sha256 != sha256:
        raise ConflictError("file", ["it is not the one that was looked at"], 1)
    if not seen.can_import:
        first = seen.listed.errors[0]
        many = len(seen.listed.errors)
        raise InputError(
            f"line {first.line}", f"{first.problem} ({many} line(s) are wrong in all)", "all right"
        )
    with one_number(seat.clinic.pk):  # a transaction
        done = PatientImport.objects.in_clinic(seat.clinic).filter(pk=batch).first()
        if done is not None:
            return done
        left_out = {one.line for one in seen.twins} - set(twins_too)
        chosen = [one for one in seen.listed.patients if one.line not in left_out]
        patients = [_patient(seat, batch, one) for one in chosen]
        for some in _parts(patients):
            Patient.objects.bulk_create(some)
            Version.objects.bulk_create([_version(seat, one) for one in some])
        row = PatientImport(
            id=batch, sha256=sha256, rows=len(seen.listed.patients), patients=len(patients)
        )
        kept = keeping.add(seat, row)
        deeds = [Deeds(Deed.IMPORT, "patient", one.pk, one.pk) for one in patients]
        note_all(seat.clinic, seat.user, deeds)
    return kept


def find_twins(seat: Seat, patient: Patient) -> list[Patient]:
    """Others of the clinic with the same name and birth date, to ask before somebody is doubled."""
    keeping.require(seat, Action.PATIENT_LIST)
    wanted = blinds(key_ring(), patient.twin, Identifier.TWIN, str(seat.clinic.pk))
    found = Patient.objects.in_clinic(seat.clinic).filter(
        twin_blind__in=wanted, erased_at=None, restricted_at=None
    )
    return list(found.exclude(pk=patient.pk))


def _twins(seat: Seat, listed: Iterable[ListedPatient]) -> Iterator[Twin]:
    told = {one.line: twin(one.family_name, one.given_name, one.birth_date) for one in listed}
    known = _known(seat, {value for value in told.values() if value})
    first: dict[str, int] = {}
    for line, value in told.items():
        if not value:
            continue
        if value in known:
            yield Twin(line, known[value], None)
        elif value in first:
            yield Twin(line, None, first[value])
        first.setdefault(value, line)


def _known(seat: Seat, values: set[str]) -> dict[str, uuid.UUID]:
    ring, clinic = key_ring(), str(seat.clinic.pk)
    by_blind = {
        one: value for value in values for one in blinds(ring, value, Identifier.TWIN, clinic)
    }
    found: dict[str, uuid.UUID] = {}
    wanted = list(by_blind)
    for start in range(0, len(wanted), AT_ONCE):
        rows = (
            Patient.objects.in_clinic(seat.clinic)
            .filter(twin_blind__in=wanted[start : start + AT_ONCE], erased_at=None)
            .values_list("twin_blind", "pk")
        )
        found.update({by_blind[bytes(blind)]: pk for blind, pk in rows})
    return found


def _with_impossible_births(listed: PatientList) -> PatientList:
    """Refuse what the record would refuse, so that a preview without errors can be taken over."""
    now, errors, good = timezone.now(), list(listed.errors), []
    for one in listed.patients:
        try:
            Patient(written_at=now, **_values(one)).check_values()
            good.append(one)
        except InputError as error:
            column = listed.columns.get(error.field, error.field)
            errors.append(RowError(one.line, column, error.problem))
    errors.sort(key=lambda error: error.line)
    return replace(listed, patients=tuple(good), errors=tuple(errors))


def _values(one: ListedPatient) -> dict[str, object]:
    return {f.name: getattr(one, f.name) for f in fields(one) if f.name != "line"}


def _patient(seat: Seat, batch: uuid.UUID, one: ListedPatient) -> Patient:
    key = uuid.uuid5(batch, str(one.line))
    return Patient(id=key, clinic=seat.clinic, written_by=seat.user, **_values(one))


def _version(seat: Seat, patient: Patient) -> Version:
    return Version(
        clinic=seat.clinic,
        written_by=seat.user,
        patient=patient,
        kind="patient",
        row=patient.pk,
        number=1,
        content=plain(patient),
        why="imported from a list",
    )


def _parts(patients: list[Patient]) -> Iterator[list[Patient]]:
    for start in range(0, len(patients), AT_ONCE):
        yield patients[start : start + AT_ONCE]
