"""The plan of an episode: targets with what safety said, complementary care, the home plan."""

from typing import ClassVar

from django.db import models

from tautband.base.errors import InputError
from tautband.clinic.record.fields import sealed_json, sealed_text
from tautband.clinic.record.models.base import OfPatient, code, side
from tautband.clinic.record.models.episode import OfEpisode
from tautband.clinic.record.models.screening import Screening
from tautband.safety.decision import Decision

MOST_SESSIONS = 60


class Plan(OfEpisode):
    """What is meant to be done.  ``advised`` is the plan as the rules gave it, whole
    (``tautband.plan/1``); the other fields are what the clinician decided."""

    screening = models.ForeignKey(
        Screening, models.PROTECT, related_name="+", null=True, blank=True
    )
    advised = sealed_json()
    decision = models.CharField(max_length=16, choices=[(d.key, d.key) for d in Decision])
    complementary = sealed_json(help_text="exercise, manual therapy, ... as a list of texts")
    home_plan = sealed_text()
    why = sealed_text(help_text="the clinician's reasoning, above all where it leaves the advice")
    sessions_planned = models.PositiveSmallIntegerField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)

    class Meta:
        """An episode's plans, newest first."""

        indexes: ClassVar = [models.Index(fields=["episode", "-written_at"], name="plan_written")]

    def check_values(self) -> None:
        """A decision of the scale, and a number of sessions that can be meant."""
        if self.decision not in {d.key for d in Decision}:
            right = ", ".join(d.key for d in Decision)
            raise InputError("decision", f"is '{self.decision[:20]}'", right)
        planned = self.sessions_planned
        if planned is not None and not 1 <= planned <= MOST_SESSIONS:
            raise InputError("sessions_planned", f"are {planned}", f"1 to {MOST_SESSIONS}")
        if self.complementary is not None and not (
            isinstance(self.complementary, list)
            and all(isinstance(one, str) for one in self.complementary)
        ):
            raise InputError("complementary", "is not a list of texts", "one text each")


class PlanTarget(OfPatient):
    """One muscle on one side; ``safety`` holds the reasons as they were shown."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="targets")
    place = models.PositiveSmallIntegerField()
    muscle = code()
    side = side()
    decision = models.CharField(max_length=16, choices=[(d.key, d.key) for d in Decision])
    safety = sealed_json()
    dropped = models.BooleanField(default=False)

    class Meta:
        """Each muscle and side once in a plan."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "muscle", "side"], name="target_once")
        ]

    def check_values(self) -> None:
        """A muscle, a side, a decision of the scale."""
        if not self.muscle.strip() or not self.side:
            raise InputError("target", "names no muscle or side", "such as infraspinatus, right")
        if self.decision not in {d.key for d in Decision}:
            right = ", ".join(d.key for d in Decision)
            raise InputError("decision", f"is '{self.decision[:20]}'", right)
