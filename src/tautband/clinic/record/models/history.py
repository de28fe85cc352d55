"""How the record came to be as it is: each state of each row, erasures, and imported lists."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from tautband.base.errors import InputError
from tautband.clinic.policy import Action
from tautband.clinic.record.fields import sealed_json, sealed_text
from tautband.clinic.record.models.base import Kept, OfPatient, code

MOST_YEARS = 100
SHORTEST_REASON = 10  # characters; "ok" is no reason


class Version(OfPatient):
    """One state of one row, whole: who wrote it, when and why.  Version 1 is the first writing."""

    append_only: ClassVar[bool] = True

    kind = code()
    row = models.UUIDField()
    number = models.PositiveIntegerField()
    content = sealed_json()
    why = sealed_text()

    class Meta:
        """Each state once: the database itself refuses two second versions."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["row", "number"], name="version_number_once")
        ]


class Erasure(Kept):
    """A patient's request to be erased, and what was done; it names nobody, and stays."""

    append_only: ClassVar[bool] = True
    reads: ClassVar[Action] = Action.ERASE
    writes: ClassVar[Action] = Action.ERASE
    OUTCOMES = ("erased", "restricted")

    subject = models.UUIDField(help_text="the patient's id")
    asked_on = models.DateField()
    outcome = models.CharField(max_length=12, choices=[(o, o) for o in OUTCOMES])
    done_at = models.DateTimeField(default=timezone.now)
    due_on = models.DateField(null=True, blank=True)
    basis = models.JSONField(default=dict)
    rows = models.JSONField(default=dict)


class PatientImport(Kept):
    """One imported list: how many rows, and the hash of the file, which itself is not kept."""

    append_only: ClassVar[bool] = True
    reads: ClassVar[Action] = Action.PATIENT_LIST
    writes: ClassVar[Action] = Action.PATIENT_ADMIT

    sha256 = models.CharField(max_length=64)
    rows = models.PositiveIntegerField()
    patients = models.PositiveIntegerField()


class RetentionChoice(Kept):
    """A clinic's own period where the law's is not established or shorter, with who says so."""

    append_only: ClassVar[bool] = True
    reads: ClassVar[Action] = Action.CLINIC_SETTINGS
    writes: ClassVar[Action] = Action.CLINIC_SETTINGS

    years = models.PositiveSmallIntegerField()
    minor_until_age = models.PositiveSmallIntegerField(null=True, blank=True)
    why = models.CharField(max_length=500)

    def check_values(self) -> None:
        """A period that can be meant, with its reason."""
        if not 1 <= self.years <= MOST_YEARS:
            raise InputError("years", f"are {self.years}", f"1 to {MOST_YEARS}")
        age = self.minor_until_age
        if age is not None and not 18 <= age <= 100:
            raise InputError("minor_until_age", f"is {age}", "18 to 100")
        if len(self.why.strip()) < SHORTEST_REASON:
            raise InputError("why", "is no reason", "whose duty or advice it is")
