"""An appointment: who comes when, to whom, about what; the list of a day."""

from typing import ClassVar

from django.db import models

from tautband.base.errors import InputError
from tautband.clinic.policy import Action
from tautband.clinic.record.fields import sealed_text
from tautband.clinic.record.models.base import OfPatient, person
from tautband.clinic.record.models.episode import Episode

SHORTEST, LONGEST = 5, 480


class Appointment(OfPatient):
    """One visit that is agreed; ``minutes`` long.  Moving it or its state is kept as a version.

    ``source`` says where it came from, and ``outside_id`` what that calls it, so that a list that
    is taken over twice books once.
    """

    reads: ClassVar[Action] = Action.PATIENT_LIST
    writes: ClassVar[Action] = Action.PATIENT_ADMIT
    STATES = ("booked", "arrived", "done", "missed", "cancelled")
    SOURCES = ("hand", "csv", "ical")

    begins_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=30)
    clinician = person(null=True, blank=True)
    episode = models.ForeignKey(Episode, models.PROTECT, related_name="+", null=True, blank=True)
    state = models.CharField(max_length=9, default="booked", choices=[(s, s) for s in STATES])
    source = models.CharField(max_length=4, default="hand", choices=[(s, s) for s in SOURCES])
    outside_id = models.CharField(max_length=200, blank=True)
    remark = sealed_text()

    class Meta:
        """A clinic's day; one booking for what another system calls by one name."""

        indexes: ClassVar = [models.Index(fields=["clinic", "begins_at"], name="appointment_day")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["clinic", "source", "outside_id"],
                condition=~models.Q(outside_id=""),
                name="appointment_outside_once",
            )
        ]

    @property
    def is_draft(self) -> bool:
        """True: a day's list changes all day, and nobody is asked why."""
        return True

    def check_values(self) -> None:
        """A known state, and a length that a visit can have."""
        if self.state not in self.STATES:
            raise InputError("state", f"is '{self.state[:20]}'", ", ".join(self.STATES))
        if not SHORTEST <= self.minutes <= LONGEST:
            raise InputError("minutes", f"are {self.minutes}", f"{SHORTEST} to {LONGEST}")
