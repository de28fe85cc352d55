"""Consent given, standing and withdrawn; the signature as a picture."""

from datetime import UTC, date, datetime

from django.db import transaction

from tautband.base.errors import InputError
from tautband.clinic.access import Seat
from tautband.clinic.people.models import Membership, User
from tautband.clinic.policy import Role
from tautband.clinic.record.errors import NotFoundError
from tautband.clinic.record.models.consent import Consent, Withdrawal
from tautband.clinic.record.models.patient import Patient
from tautband.clinic.record.services import keeping
from tautband.clinic.record.services.cards import card_of

OF_AGE = 18  # where nothing else is established; a clinic's own rule may name the guardian anyway
_NEEDLERS = (Role.CLINICIAN, Role.STUDENT)
_WIDTH, _HEIGHT = 600, 200


def give(seat: Seat, consent: Consent) -> Consent:
    """Store a consent with the needler's card of this day.

    Raises InputError when the patient is a minor and no guardian signed, or the needler does not
    needle in this clinic; a repeat answers the stored one.
    """
    keeping.require(seat, consent.writes)
    with transaction.atomic():
        stored = Consent.objects.in_clinic(seat.clinic).filter(pk=consent.pk).first()
        if stored is not None:
            consent.needler_card = stored.needler_card
            return keeping.add(seat, consent)
        needler = consent.needler
        if consent.kind == "treatment" and needler is not None:
            if not _needles_here(seat, needler):
                raise InputError("needler", "does not needle in this clinic", "a clinician of it")
            consent.needler_card = card_of(needler, seat.clinic)
        _check_age(keeping.find(seat, Patient, consent.patient_id), consent)
        return keeping.add(seat, consent)


def withdraw(seat: Seat, withdrawal: Withdrawal) -> Withdrawal:
    """End a consent; a second withdrawal of the same answers the first."""
    keeping.require(seat, withdrawal.writes)
    with transaction.atomic():
        consent = keeping.find(seat, Consent, withdrawal.consent_id)
        first = Withdrawal.objects.filter(consent=consent).first()
        return first if first is not None else keeping.add(seat, withdrawal)


def standing(seat: Seat, patient: Patient, kind: str = "treatment") -> list[Consent]:
    """Consents of a kind that are not withdrawn, newest first."""
    keeping.require(seat, Consent.reads)
    if patient.clinic_id != seat.clinic.pk:
        raise NotFoundError("patient")
    found = Consent.objects.in_clinic(seat.clinic).filter(
        patient=patient, kind=kind, withdrawal=None
    )
    return list(found.order_by("-signed_at"))


def signature_svg(strokes: list[list[list[float]]], title: str) -> str:
    """The signature as an SVG picture with a title for those who do not see it."""
    from xml.sax.saxutils import escape

    lines = "".join(
        '<polyline points="'
        + " ".join(f"{x * _WIDTH:.1f},{y * _HEIGHT:.1f}" for x, y in stroke)
        + '"/>'
        for stroke in strokes
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img">'
        f"<title>{escape(title)}</title>"
        f'<g fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" '
        f'stroke-linejoin="round">{lines}</g></svg>'
    )


def _needles_here(seat: Seat, needler: User) -> bool:
    return Membership.objects.filter(
        clinic=seat.clinic,
        user=needler,
        ended_at=None,
        role__in=[role.value for role in _NEEDLERS],
    ).exists()


def _check_age(patient: Patient, consent: Consent) -> None:
    signed: datetime = consent.signed_at
    day: date = signed.astimezone(UTC).date()
    age = patient.age_on(day)
    if age is not None and age < OF_AGE and consent.signed_by != "guardian":
        raise InputError("signed_by", f"is the patient, who is {age}", "a guardian's signature")
    guardian = consent.guardian
    if guardian is None:
        return
    if not guardian.may_consent or (guardian.until is not None and guardian.until < day):
        raise InputError("guardian", "may not consent", "a guardian who may, on that day")
