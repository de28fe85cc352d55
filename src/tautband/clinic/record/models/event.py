"""An adverse event: what happened, how grave, what was done, and what became of it."""

from typing import ClassVar

from django.db import models

from tautband.base.errors import InputError
from tautband.clinic.record.fields import sealed_json, sealed_text
from tautband.clinic.record.models.base import OfPatient, code
from tautband.clinic.record.models.session import Session
from tautband.safety.events.grading import Care, Function, Grade
from tautband.safety.events.taxonomy import load_taxonomy


class AdverseEvent(OfPatient):
    """One event by the taxonomy of `safety.events`; ``triaged`` is the triage as it was shown.

    It changes by versions as more becomes known; ``resolved_at`` ends it.
    """

    session = models.ForeignKey(Session, models.PROTECT, related_name="+", null=True, blank=True)
    kind = code()
    grade = models.CharField(max_length=12, choices=[(g.key, g.key) for g in Grade])
    began_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    care = models.CharField(max_length=40, blank=True, choices=[(c.value, c.value) for c in Care])
    function = models.CharField(
        max_length=40, blank=True, choices=[(f.value, f.value) for f in Function]
    )
    tied_to_needling = models.BooleanField(null=True, blank=True)
    told = sealed_text()
    done = sealed_text()
    triaged = sealed_json()
    report_by = models.DateField(null=True, blank=True)
    reported_on = models.DateField(null=True, blank=True)
    reported_to = sealed_text()

    class Meta:
        """A clinic's events, newest first."""

        indexes: ClassVar = [models.Index(fields=["clinic", "-began_at"], name="event_clinic")]

    def check_values(self) -> None:
        """A known kind and grade, resolved after it began."""
        kinds = load_taxonomy().kinds
        if self.kind not in kinds:
            raise InputError("kind", f"is '{self.kind[:40]}'", ", ".join(kinds))
        if self.grade not in {grade.key for grade in Grade}:
            right = ", ".join(grade.key for grade in Grade)
            raise InputError("grade", f"is '{self.grade[:20]}'", right)
        if self.care not in ("", *Care):
            raise InputError("care", f"is '{self.care[:40]}'", ", ".join(Care))
        if self.function not in ("", *Function):
            raise InputError("function", f"is '{self.function[:40]}'", ", ".join(Function))
        if self.resolved_at and self.resolved_at < self.began_at:
            raise InputError("resolved_at", "lies before it began", "a later time")
