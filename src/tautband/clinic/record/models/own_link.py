"""The links by which patients reach pages of their own, and what they told of warning signs."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from tautband.base.errors import InputError
from tautband.clinic.policy import Action
from tautband.clinic.record.fields import sealed_json, sealed_text
from tautband.clinic.record.models.appointment import Appointment
from tautband.clinic.record.models.base import OfPatient
from tautband.clinic.record.models.episode import Episode
from tautband.clinic.record.models.session import Session
from tautband.safety.events.urgency import Urgency

URGENCIES = [(one.key, one.key) for one in Urgency]
# From here on a person of the clinic looks at the answer and says what was done.
NEEDS_PERSON = tuple(one.key for one in Urgency if one > Urgency.SELF_CARE)


class OwnLink(OfPatient):
    """One message to a patient with a link that opens one kind of page.

    ``purpose`` is that kind; ``occasion`` names what it was for (a session and the hours after it,
    a week of an episode, an appointment), and there is one for each occasion, so nobody is written
    to twice.  ``sending`` was taken up and not finished: the message may have gone out or not, and
    is never sent again.  ``stopped`` was never sent, ``revoked`` no longer opens anything.
    ``digest`` is the SHA-256 of the link's secret, which is kept nowhere.
    """

    reads: ClassVar[Action] = Action.PATIENT_LIST
    writes: ClassVar[Action] = Action.PATIENT_ADMIT
    PURPOSES = ("check-in", "intake", "measure", "before", "care")
    STATES = ("waiting", "sending", "sent", "stopped", "revoked")
    CHANNELS = ("email", "sms")

    purpose = models.CharField(max_length=8, choices=[(p, p) for p in PURPOSES])
    occasion = models.CharField(max_length=80)
    session = models.ForeignKey(Session, models.PROTECT, related_name="+", null=True, blank=True)
    episode = models.ForeignKey(Episode, models.PROTECT, related_name="+", null=True, blank=True)
    appointment = models.ForeignKey(
        Appointment, models.PROTECT, related_name="+", null=True, blank=True
    )
    hours = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="of a check-in: hours after the session was closed"
    )
    due_at = models.DateTimeField()
    state = models.CharField(max_length=8, default="waiting", choices=[(s, s) for s in STATES])
    channel = models.CharField(max_length=5, blank=True, choices=[(c, c) for c in CHANNELS])
    digest = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Once for each occasion; found by state, by patient, and by the digest of a link."""

        indexes: ClassVar = [
            models.Index(fields=["state", "due_at"], name="own_link_due"),
            models.Index(fields=["digest"], name="own_link_digest"),
            models.Index(fields=["patient", "-due_at"], name="own_link_patient"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["patient", "purpose", "occasion"], name="own_link_once")
        ]

    @property
    def is_draft(self) -> bool:
        """True: its state follows the message, and nobody is asked why."""
        return True

    def check_values(self) -> None:
        """A known purpose and state, with the occasion; a check-in has its session and hours."""
        if self.purpose not in self.PURPOSES:
            raise InputError("purpose", f"is '{self.purpose[:20]}'", ", ".join(self.PURPOSES))
        if self.state not in self.STATES:
            raise InputError("state", f"is '{self.state[:20]}'", ", ".join(self.STATES))
        if not self.occasion:
            raise InputError("occasion", "is empty", "what the message is for")
        if self.purpose == "check-in" and (self.session_id is None or self.hours is None):
            raise InputError("session", "is missing", "the session and the hours after it")


class OwnAnswer(OfPatient):
    """What a patient wrote on a page of their own that holds no warning sign, as they wrote it.

    ``answers`` is by question; ``told`` their own words.  It is the patient's; what a clinician
    makes of it is entered by the clinician.
    """

    append_only: ClassVar[bool] = True

    link = models.ForeignKey(OwnLink, models.PROTECT, related_name="+")
    told_at = models.DateTimeField(default=timezone.now)
    answers = sealed_json()
    told = sealed_text()

    class Meta:
        """A patient's answers, newest first."""

        indexes: ClassVar = [models.Index(fields=["patient", "-told_at"], name="own_answer_told")]

    def check_values(self) -> None:
        """Something was answered."""
        if not isinstance(self.answers, dict):
            raise InputError("answers", "are not by question", "an object")


class Report(OfPatient):
    """What a patient told on their own page, with the triage as they saw it, whole.

    It stays on the clinic's list until ``handled_at``: then ``done`` says what was done.
    ``will_do`` is what the patient said that they will do now.
    """

    WILL_DO = ("called", "go", "clinic", "wait")

    link = models.ForeignKey(OwnLink, models.PROTECT, related_name="+")
    told_at = models.DateTimeField(default=timezone.now)
    urgency = models.CharField(max_length=14, choices=URGENCIES)
    answers = sealed_json()
    told = sealed_text()
    triaged = sealed_json()
    will_do = models.CharField(max_length=8, blank=True, choices=[(w, w) for w in WILL_DO])
    handled_at = models.DateTimeField(null=True, blank=True)
    done = sealed_text()

    class Meta:
        """What still waits in a clinic."""

        indexes: ClassVar = [
            models.Index(fields=["clinic", "handled_at", "urgency"], name="report_waiting")
        ]

    def check_values(self) -> None:
        """A known urgency and intention; what is handled says what was done."""
        if self.urgency not in {one.key for one in Urgency}:
            right = ", ".join(one.key for one in Urgency)
            raise InputError("urgency", f"is '{self.urgency[:20]}'", right)
        if self.will_do not in ("", *self.WILL_DO):
            raise InputError("will_do", f"is '{self.will_do[:20]}'", ", ".join(self.WILL_DO))
        if self.handled_at and not self.done.strip():
            raise InputError("done", "is empty", "what was done about it")
