"""What was shown: every ranking, screening, forecast and plan, whole and with its versions."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from tautband.base.errors import InputError
from tautband.clinic.record.fields import sealed_json
from tautband.clinic.record.models.base import OfPatient, person
from tautband.clinic.record.models.episode import Episode
from tautband.clinic.record.models.note import HASH_LENGTH

KINDS = ("ranking", "examination", "screening", "plan", "depth", "forecast", "triage", "sheet")


class Shown(OfPatient):
    """One answer of the product as somebody saw it.

    ``answer`` is its whole JSON, ``asked`` what it was asked with; ``versions`` name the atlas,
    rules, model, priors and program that made it.  The same answer to the same question within an
    episode is stored once, with the time at which it was first shown.
    """

    append_only: ClassVar[bool] = True

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="+", null=True, blank=True)
    kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in KINDS])
    schema = models.CharField(max_length=40)
    shown_to = person()
    shown_at = models.DateTimeField(default=timezone.now)
    asked = sealed_json()
    answer = sealed_json()
    versions = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=HASH_LENGTH)

    class Meta:
        """A patient's shown answers, newest first."""

        indexes: ClassVar = [
            models.Index(fields=["patient", "-shown_at"], name="shown_patient"),
            models.Index(fields=["patient", "sha256"], name="shown_same"),
        ]

    def check_values(self) -> None:
        """A known kind with its answer and versions."""
        if self.kind not in KINDS:
            raise InputError("kind", f"is '{self.kind[:20]}'", ", ".join(KINDS))
        if not isinstance(self.answer, dict) or "schema" not in self.answer:
            raise InputError("answer", "is not whole", "the JSON that was shown, with its schema")
        if not self.versions:
            raise InputError("versions", "are missing", "what made the answer")
