"""Forgetting a patient, as far as the duty to keep a record allows.

While it runs, a request restricts: the patient leaves lists and daily work, and the erasure is due
on the day that the duty ends.  After it, the patient's key is destroyed, which reaches every backup
that is restored under the list of erasures, and the rows go.  What stays names nobody: the
patient's id, the erasure itself, and the audit trail.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from uuid import UUID

from django.apps import apps
from django.db import models, transaction

from tautband.base.errors import InputError
from tautband.clinic.access import Seat
from tautband.clinic.erasures import destroy_key
from tautband.clinic.figures.snapshot import forget
from tautband.clinic.people.models import Clinic
from tautband.clinic.policy import Action
from tautband.clinic.record.errors import NotFoundError
from tautband.clinic.record.models import (
    Episode,
    Erasure,
    OfPatient,
    Patient,
    RetentionChoice,
    Version,
)
from tautband.clinic.record.retention import Period, rule_for
from tautband.clinic.record.services import keeping
from tautband.clinic.record.services.trailing import leave
from tautband.clinic.trail.deeds import Deed


@dataclass(frozen=True)
class Standing:
    """Where a patient stands: the last entry, and the first day on which the record may go.

    ``free_on`` is None where nothing clinical was ever written, or the patient is made up: no duty
    holds.
    """

    last_entry: date
    free_on: date | None
    period: Period


def period_of(clinic: Clinic) -> Period:
    """The clinic's period: its jurisdiction's rule, and its own choice where it made one."""
    chosen = RetentionChoice.objects.in_clinic(clinic).order_by("-written_at").first()
    rule = rule_for(clinic.jurisdiction)
    if chosen is None:
        return Period(rule)
    return Period(rule, chosen.years, chosen.minor_until_age)


def choose_period(seat: Seat, choice: RetentionChoice) -> RetentionChoice:
    """Keep the clinic's own period; it lengthens the law's, it cannot shorten it."""
    return keeping.add(seat, choice)


def standing(seat: Seat, patient: UUID) -> Standing:
    """How long this patient's record must be kept; raises InputError when not established."""
    keeping.require(seat, Action.ERASE)
    return _standing(_patient(seat, patient))


def request(seat: Seat, patient: UUID, asked_on: date, today: date, erasure: UUID) -> Erasure:
    """Answer a request to be erased: at once where no duty holds any more, else restrict.

    ``erasure`` is the id of the answer, made by who sends it: a repeat answers the stored one.
    """
    keeping.require(seat, Action.ERASE)
    if asked_on > today:
        raise InputError("asked_on", f"is {asked_on}", "today or before")
    with transaction.atomic():
        stored = Erasure.objects.in_clinic(seat.clinic).filter(pk=erasure).first()
        if stored is not None:
            return stored
        found = _patient(seat, patient)
        now = _standing(found)
        row = Erasure(id=erasure, subject=found.pk, asked_on=asked_on, basis=now.period.as_dict())
        if now.free_on is not None and now.free_on > today:
            row.outcome, row.due_on = "restricted", now.free_on
            _restrict(seat, found, datetime.now(UTC))
        else:
            row.outcome, row.rows = "erased", _forget(found)
        kept = keeping.add(seat, row)
        leave(seat, Deed.ERASE, found, {"reason": row.outcome})
        transaction.on_commit(partial(forget, seat.clinic.pk))
    return kept


def lift(seat: Seat, patient: UUID, why: str) -> Patient:
    """Take a restriction back, as when the patient returns to be treated."""
    keeping.require(seat, Action.ERASE)
    if not why.strip():
        raise InputError("why", "is empty", "why the restriction is lifted")
    with transaction.atomic():
        found = _patient(seat, patient)
        if found.restricted_at is None:
            return found
        version = found.version
        if not Patient.objects.claim(found.pk, version):
            raise keeping.conflict(found, version)
        return keeping.settle(seat, found, version, {"restricted_at": None}, why)


def due(seat: Seat, today: date) -> list[Erasure]:
    """Restrictions whose day has come: to be answered by a further `request`."""
    keeping.require(seat, Action.ERASE)
    waiting = Patient.objects.in_clinic(seat.clinic).exclude(restricted_at=None)
    return list(
        Erasure.objects.in_clinic(seat.clinic)
        .filter(outcome="restricted", due_on__lte=today, subject__in=waiting.values("pk"))
        .order_by("due_on")
    )


def finish_erasures() -> int:
    """Remove the rows of patients whose key is gone, as after a restore; answers how many."""
    count = 0
    for patient in Patient.objects.filter(data_key=None, erased_at=None):
        with transaction.atomic():
            _forget(patient)
            count += 1
    return count


def _patient(seat: Seat, patient: UUID) -> Patient:
    found = Patient.objects.in_clinic(seat.clinic).filter(pk=patient, erased_at=None).first()
    if found is None:
        raise NotFoundError("patient")
    return found


def _standing(patient: Patient) -> Standing:
    period = period_of(patient.clinic)
    last = Version.objects.filter(patient=patient).aggregate(at=models.Max("written_at"))["at"]
    day = (last or patient.written_at).astimezone(UTC).date()
    treated = Episode.objects.filter(patient=patient).exists()
    if patient.is_synthetic or not treated:
        return Standing(day, None, period)
    return Standing(day, period.until(day, patient.birth_date), period)


def _restrict(seat: Seat, patient: Patient, now: datetime) -> None:
    if patient.restricted_at is not None:
        return
    version = patient.version
    if not Patient.objects.claim(patient.pk, version):
        raise keeping.conflict(patient, version)
    keeping.settle(seat, patient, version, {"restricted_at": now}, "asked to be erased")


def _forget(patient: Patient) -> dict[str, int]:
    """Destroy the key and remove every row; answers how many of each kind went."""
    destroy_key(patient)
    models.QuerySet.update(
        Patient.objects.filter(pk=patient.pk),
        sex="",
        last_seen_at=None,
        restricted_at=None,
        erased_at=datetime.now(UTC),
    )
    counts: dict[str, int] = {}
    for model in rows_of_patients():
        # Foreign keys are checked when the transaction ends, so the order does not matter.
        gone = model._base_manager.filter(patient=patient)
        number = gone.count()
        gone._raw_delete(gone.db)
        if number:
            counts[str(model._meta.model_name)] = number
    return counts


def rows_of_patients() -> Iterator[type[OfPatient]]:
    """Every model whose rows belong to a patient."""
    for model in apps.get_app_config("record").get_models():
        if issubclass(model, OfPatient):
            yield model
