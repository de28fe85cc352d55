"""Whether a patient may be written to, by which way, and whose address that is."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from tautband.clinic.after.purposes import PURPOSES
from tautband.clinic.record.models import Consent, Guardian, Patient
from tautband.clinic.record.services.consents import OF_AGE


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a message goes: the channel, and an address or number."""

    channel: str
    to: str


def permitted(patient: Patient, purpose: str) -> bool:
    """True for a patient at work who has not withdrawn: asked when planned, sent, and opened."""
    if not patient.at_work:
        return False
    return not PURPOSES[purpose].needs_consent or consents_stand(patient)


def consents_stand(patient: Patient) -> bool:
    """True while a consent to treatment was given and not withdrawn."""
    return Consent.objects.filter(patient=patient, kind="treatment", withdrawal=None).exists()


def reach(patient: Patient, day: date) -> Reach | None:
    """How to reach a patient on a day, or None when nobody may be written to.

    A minor is reached through a guardian who may consent; where the age is not known, directly.
    Without a choice messages go by e-mail; text messages only to whoever chose them.
    """
    if patient.messages == "never":
        return None
    age = patient.age_on(day)
    people: list[Patient] | list[Guardian] = [patient]
    if age is not None and age < OF_AGE:
        people = _guardians(patient, day)
    for person in people:
        found = _of(person, patient.messages)
        if found is not None:
            return found
    return None


def _guardians(patient: Patient, day: date) -> list[Guardian]:
    found = Guardian.objects.filter(patient=patient, may_consent=True).order_by("written_at", "pk")
    return [one for one in found if one.until is None or one.until >= day]


def _of(person: Patient | Guardian, wanted: str) -> Reach | None:
    if wanted == "sms":
        by_text = person.phone and settings.TAUTBAND_SMS
        return Reach("sms", person.phone) if by_text else None
    return Reach("email", person.email) if person.email else None
