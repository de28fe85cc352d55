"""An episode of care: one complaint from its onset to its end, and what the patient wants."""

from typing import ClassVar

from django.db import models

from tautband.atlas.presentations import find_presentation
from tautband.base.errors import InputError
from tautband.clinic.record.fields import sealed_text
from tautband.clinic.record.models.base import OfPatient, code, side

# The plan knows a fifth cause, posture; all of them are answers to "what overloaded it?".
CAUSES = ("overuse", "trauma", "posture", "stress", "unknown")
MOST_ACTIVITIES = 5  # the patient-specific functional scale asks for three to five


class Episode(OfPatient):
    """One complaint.  ``presentation`` is an id of the atlas, empty when none fits."""

    title = sealed_text()
    presentation = code(blank=True)
    side = side(blank=True)
    onset_on = models.DateField(null=True, blank=True)
    onset_told = sealed_text()
    cause = models.CharField(
        max_length=12, default="unknown", choices=[(cause, cause) for cause in CAUSES]
    )
    cause_told = sealed_text()
    sport = sealed_text()
    competition = sealed_text()
    competes_on = models.DateField(null=True, blank=True)
    began_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    ended_because = sealed_text()

    class Meta:
        """A patient's episodes, newest first."""

        indexes: ClassVar = [models.Index(fields=["patient", "-began_on"], name="episode_began")]

    def check_values(self) -> None:
        """A known cause and presentation; the onset lies before the beginning of care."""
        if self.cause not in CAUSES:
            raise InputError("cause", f"is '{self.cause[:20]}'", ", ".join(CAUSES))
        if self.presentation:
            find_presentation(self.presentation)
        if self.onset_on and self.onset_on > self.began_on:
            raise InputError("onset_on", f"is {self.onset_on}", f"{self.began_on} or before")
        if self.ended_on and self.ended_on < self.began_on:
            raise InputError("ended_on", f"is {self.ended_on}", f"{self.began_on} or later")


class OfEpisode(OfPatient):
    """A row that belongs to one episode of the patient."""

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="+")

    class Meta:
        """Shared columns only."""

        abstract = True


class Goal(OfEpisode):
    """A goal in the patient's own words, and whether they have reached it."""

    words = sealed_text()
    by = models.DateField(null=True, blank=True)
    reached_on = models.DateField(null=True, blank=True)

    def check_values(self) -> None:
        """A goal says something."""
        if not self.words.strip():
            raise InputError("goal", "is empty", "the goal in the patient's words")


class Activity(OfEpisode):
    """An activity of the patient-specific functional scale, in the patient's own words.

    Its scores are `Measure`s of the instrument ``psfs``, one value an activity in this order.
    """

    place = models.PositiveSmallIntegerField()
    words = sealed_text()

    class Meta:
        """Each place once in an episode."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["episode", "place"], name="activity_place_once")
        ]

    def check_values(self) -> None:
        """One of five places, and words."""
        if not 1 <= self.place <= MOST_ACTIVITIES:
            raise InputError("activity.place", f"is {self.place}", f"1 to {MOST_ACTIVITIES}")
        if not self.words.strip():
            raise InputError("activity", "is empty", "the activity in the patient's words")
