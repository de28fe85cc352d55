"""The patient: who it is, how to reach them, and what lasts from one episode to the next."""

import unicodedata
from datetime import date, datetime
from typing import Any, ClassVar

from django.db import models

from tautband.base.errors import InputError
from tautband.base.sex import Sex
from tautband.clinic.blind_fields import BlindIndexField
from tautband.clinic.names.models import NameNumberField
from tautband.clinic.patient_keys import DataKeyField
from tautband.clinic.policy import Action
from tautband.clinic.record.fields import sealed_date, sealed_json, sealed_text
from tautband.clinic.record.models.base import Kept, OfPatient, code
from tautband.clinic.sealed_fields import SELF
from tautband.vault.blind import Identifier

OLDEST_YEARS = 130
MESSAGES = ("email", "sms", "never")
# What is measured of a body: unit, least, most.  Girths are those that a published limit asks for.
BODY_MEASURES = {
    "height": ("cm", 50.0, 250.0),
    "weight": ("kg", 2.0, 400.0),
    "waist": ("cm", 5.0, 250.0),
    "forearm": ("cm", 5.0, 250.0),
    "forearm_length": ("cm", 5.0, 250.0),
}


def twin(family_name: str, given_name: str, born: date | None) -> str:
    """The same for the same name, whatever its accents, capitals and spaces, and birth date.

    Empty where a part is not known: two people of one name are no twins without a birth date.
    """
    if not (family_name.strip() and given_name.strip() and born):
        return ""
    bare = unicodedata.normalize("NFKD", f"{family_name}|{given_name}").casefold()
    return "".join(sign for sign in bare if sign.isalnum() or sign == "|") + f"|{born}"


class Patient(Kept):
    """Somebody who is treated.  All words are sealed; the blind columns find equal values only.

    ``sex`` is empty where it is left unstated.  ``data_key`` is the patient's own key, sealed by
    the installation's; without it nothing of this patient can be read again, which is how erasure
    works.
    """

    derived: ClassVar[tuple[str, ...]] = (
        "email_blind",
        "phone_blind",
        "national_id_blind",
        "number_blind",
        "twin_blind",
        "name_number",
    )
    reads: ClassVar[Action] = Action.PATIENT_LIST
    writes: ClassVar[Action] = Action.PATIENT_ADMIT

    data_key = DataKeyField(editable=False)
    family_name = sealed_text(SELF)
    given_name = sealed_text(SELF)
    birth_date = sealed_date(SELF)
    sex = models.CharField(max_length=8, blank=True, choices=[(s.value, s.value) for s in Sex])
    national_id = sealed_text(SELF)
    clinic_number = sealed_text(SELF, help_text="the number under which another system knows them")
    email = sealed_text(SELF)
    phone = sealed_text(SELF)
    address = sealed_text(SELF)
    contact_notes = sealed_text(SELF, help_text="preferred way and times; an interpreter")
    messages = models.CharField(
        max_length=5,
        blank=True,
        choices=[(way, way) for way in MESSAGES],
        help_text="how links to their own pages are sent; empty is by e-mail where it is known",
    )
    occupation = sealed_text(SELF)
    name_number = NameNumberField(follows=("family_name", "given_name"))
    email_blind = BlindIndexField(source="email", identifier=Identifier.EMAIL)
    phone_blind = BlindIndexField(source="phone", identifier=Identifier.PHONE)
    national_id_blind = BlindIndexField(source="national_id", identifier=Identifier.NATIONAL_ID)
    number_blind = BlindIndexField(source="clinic_number", identifier=Identifier.RECORD_NUMBER)
    twin_blind = BlindIndexField(
        source="twin",
        follows=("family_name", "given_name", "birth_date"),
        identifier=Identifier.TWIN,
    )
    is_synthetic = models.BooleanField(default=False)
    last_seen_at = models.DateTimeField(null=True, blank=True, editable=False)
    restricted_at = models.DateTimeField(null=True, blank=True, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        """Lists are by clinic, newest first."""

        indexes: ClassVar = [
            models.Index(fields=["clinic", "name_number"], name="patient_name_number"),
            models.Index(fields=["clinic", "-last_seen_at"], name="patient_seen"),
        ]

    def __str__(self) -> str:
        return f"patient {self.id}"  # never the name: it would reach logs

    @property
    def name(self) -> str:
        """``Given Family``, as a page shows it."""
        return " ".join(part for part in (self.given_name, self.family_name) if part)

    @property
    def at_work(self) -> bool:
        """True while daily work sees it: neither erased nor restricted."""
        return self.erased_at is None and self.restricted_at is None

    def seen(self, at: datetime) -> None:
        """Remember the latest visit, by which lists are ordered; it is no state of the record."""
        never_or_before = models.Q(last_seen_at=None) | models.Q(last_seen_at__lt=at)
        found = type(self).objects.filter(never_or_before, pk=self.pk)
        models.QuerySet.update(found, last_seen_at=at)

    @property
    def twin(self) -> str:
        """Name and birth date as they are compared to find a person listed twice, or ''."""
        return twin(self.family_name, self.given_name, self.birth_date)

    def age_on(self, day: date) -> int | None:
        """Whole years on a day, None when the date of birth is not known."""
        born: date | None = self.birth_date
        if born is None:
            return None
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    def check_values(self) -> None:
        """A name, a known sex or none, and a date of birth that somebody can have."""
        if not (self.family_name.strip() or self.given_name.strip()):
            raise InputError("name", "is empty", "a family name or a given name")
        if self.sex not in ("", *Sex):
            raise InputError("sex", f"is '{self.sex[:20]}'", "female, male, or empty for unstated")
        born: date | None = self.birth_date
        if born is not None:
            years = self.written_at.year - born.year
            if born > self.written_at.date() or years > OLDEST_YEARS:
                raise InputError("birth_date", f"is {born}", "a day in the past, of one lifetime")


class Guardian(OfPatient):
    """Who decides for a minor, or for somebody who cannot; ``until`` when that ended."""

    reads: ClassVar[Action] = Action.PATIENT_LIST
    writes: ClassVar[Action] = Action.PATIENT_ADMIT

    name = sealed_text()
    relation = sealed_text()
    phone = sealed_text()
    email = sealed_text()
    may_consent = models.BooleanField(default=True)
    until = models.DateField(null=True, blank=True)

    def check_values(self) -> None:
        """A guardian has a name and a relation."""
        for field in ("name", "relation"):
            if not getattr(self, field).strip():
                raise InputError(f"guardian.{field}", "is empty", "a text")


class BodyMeasure(OfPatient):
    """One measure of the body in its unit (`BODY_MEASURES`)."""

    kind = code(choices=[(kind, kind) for kind in BODY_MEASURES])
    value = models.FloatField()
    unit = models.CharField(max_length=8)
    measured_on = models.DateField()

    def check_values(self) -> None:
        """A known measure, in its unit, within what a body can have."""
        if self.kind not in BODY_MEASURES:
            raise InputError("kind", f"is '{self.kind[:40]}'", ", ".join(BODY_MEASURES))
        unit, low, high = BODY_MEASURES[self.kind]
        if self.unit != unit:
            raise InputError(f"{self.kind}.unit", f"is '{self.unit[:20]}'", unit)
        if not low <= self.value <= high:
            raise InputError(self.kind, f"is {self.value:g}", f"{low:g} to {high:g} {unit}")


class Medication(OfPatient):
    """A medicine as it was told, and from when to when; read by rules, never corrected by them."""

    told = sealed_text()
    dose = sealed_text()
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    def check_values(self) -> None:
        """Something was told, and it did not end before it began."""
        _told("medication", self.told)
        _in_order("medication", self.since, self.until)


class HistoryItem(OfPatient):
    """Something of the patient's history that matters for needling or for the pain."""

    KINDS = ("condition", "surgery", "injury", "implant", "allergy", "earlier needling", "family")

    kind = code(choices=[(kind, kind) for kind in KINDS])
    told = sealed_text()
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    details = sealed_json()

    def check_values(self) -> None:
        """A known kind with something told."""
        if self.kind not in self.KINDS:
            raise InputError("kind", f"is '{self.kind[:40]}'", ", ".join(self.KINDS))
        _told("history", self.told)
        _in_order("history", self.since, self.until)


def _told(field: str, words: Any) -> None:
    if not isinstance(words, str) or not words.strip():
        raise InputError(field, "is empty", "what the patient told")


def _in_order(field: str, since: date | None, until: date | None) -> None:
    if since and until and until < since:
        raise InputError(f"{field}.until", f"is {until}", f"{since} or later")
