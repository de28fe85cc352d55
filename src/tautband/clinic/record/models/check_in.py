"""After the needle: when a patient is asked how they are, and what they answered."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from tautband.base.errors import InputError
from tautband.clinic.record.fields import sealed_json, sealed_text
from tautband.clinic.record.models.base import OfPatient
from tautband.clinic.record.models.session import OfSession
from tautband.safety.events.urgency import Urgency

URGENCIES = [(one.key, one.key) for one in Urgency]
# From here on a person of the clinic looks at the answer and says what was done.
NEEDS_PERSON = tuple(one.key for one in Urgency if one > Urgency.SELF_CARE)


class CheckIn(OfSession):
    """One time at which the patient is asked, so many ``hours`` after a session was closed.

    There is one for each session and time, so nobody is asked twice.  ``sending`` was taken up and
    not finished: the message may have gone out or not, and is never sent again.
    ``digest`` is the SHA-256 of the link's secret, which is kept nowhere.
    """

    STATES = ("waiting", "sending", "sent", "stopped")

    hours = models.PositiveSmallIntegerField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=8, default="waiting", choices=[(s, s) for s in STATES])
    digest = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Once for each session and time; found by state, and by the digest of a link."""

        indexes: ClassVar = [
            models.Index(fields=["state", "due_at"], name="check_in_due"),
            models.Index(fields=["digest"], name="check_in_digest"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "hours"], name="check_in_once")
        ]

    @property
    def is_draft(self) -> bool:
        """True: its state follows the message, and nobody is asked why."""
        return True

    def check_values(self) -> None:
        """A known state."""
        if self.state not in self.STATES:
            raise InputError("state", f"is '{self.state[:20]}'", ", ".join(self.STATES))


class Report(OfPatient):
    """What a patient told on their own page, with the triage as they saw it, whole.

    It stays on the clinic's list until ``handled_at``: then ``done`` says what was done.
    ``will_do`` is what the patient said that they will do now.
    """

    WILL_DO = ("called", "go", "clinic", "wait")

    check_in = models.ForeignKey(CheckIn, models.PROTECT, related_name="+")
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
