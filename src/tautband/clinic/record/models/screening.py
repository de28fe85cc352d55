"""A screening as it was answered and decided on its day."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from tautband.base.errors import InputError
from tautband.clinic.record.fields import sealed_json
from tautband.clinic.record.models.base import OfPatient
from tautband.clinic.record.models.episode import Episode
from tautband.safety.decision import Decision


class Screening(OfPatient):
    """Answers and the decision made from them, whole (``tautband.screen/1``), with its versions.

    A return visit answers "what has changed" and points to the screening that it was laid over.
    Who went on where the decision asks, and why, stands in the plan that was made on it.
    """

    append_only: ClassVar[bool] = True
    FORMS = ("first visit", "return visit")

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="+", null=True, blank=True)
    form = models.CharField(max_length=12, choices=[(form, form) for form in FORMS])
    follows = models.ForeignKey("self", models.PROTECT, related_name="+", null=True, blank=True)
    answered_at = models.DateTimeField(default=timezone.now)
    answers = sealed_json()
    decided = sealed_json()
    decision = models.CharField(max_length=16, choices=[(d.key, d.key) for d in Decision])
    policy = models.CharField(max_length=200)
    versions = models.JSONField(default=dict)

    class Meta:
        """A patient's screenings, newest first."""

        indexes: ClassVar = [
            models.Index(fields=["patient", "-answered_at"], name="screening_answered")
        ]

    def check_values(self) -> None:
        """A form, answers, and a decision of the scale."""
        if self.form not in self.FORMS:
            raise InputError("form", f"is '{self.form[:20]}'", " or ".join(self.FORMS))
        if self.decision not in {d.key for d in Decision}:
            right = ", ".join(d.key for d in Decision)
            raise InputError("decision", f"is '{self.decision[:20]}'", right)
        if not isinstance(self.answers, dict) or not isinstance(self.decided, dict):
            raise InputError("screening", "is not whole", "its answers and what was decided")
        if (self.form == "return visit") != (self.follows_id is not None):
            raise InputError("follows", "does not fit the form", "the screening of the last visit")
