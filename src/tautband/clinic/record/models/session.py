"""A session: each needle, each passage through the skin, and how it was closed.

The entries are those of `safety.events.entries`, one row each, added and never changed; what was
wrong is taken back by a correction.  What a session comes to follows from the set of its entries.
"""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.clinic.record.fields import sealed_json, sealed_text
from tautband.clinic.record.models.base import OfPatient, code, person, side
from tautband.clinic.record.models.episode import OfEpisode
from tautband.clinic.record.models.plan import Plan
from tautband.clinic.record.models.screening import Screening
from tautband.measures.comparable import Sign
from tautband.safety.events import entries

SECONDS = 60.0


class Session(OfEpisode):
    """One visit with needles.  Counts are filled in when it is closed, from its entries.

    ``twitches`` is None where none was assessed, which is not 0.  ``version`` rises with every
    entry, so whoever closes it has seen all of them.
    """

    STATES = ("open", "closed")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+", null=True, blank=True)
    screening = models.ForeignKey(
        Screening, models.PROTECT, related_name="+", null=True, blank=True
    )
    state = models.CharField(max_length=8, default="open", choices=[(s, s) for s in STATES])
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    needler = person()
    supervisor = person(null=True, blank=True)
    began_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    told_before = sealed_text(help_text="what the patient told of the time since the last visit")
    remarks = sealed_text()
    needles = models.PositiveSmallIntegerField(null=True, editable=False)
    needles_out = models.PositiveSmallIntegerField(null=True, editable=False)
    insertions = models.PositiveSmallIntegerField(null=True, editable=False)
    redirections = models.PositiveSmallIntegerField(null=True, editable=False)
    twitches = models.PositiveSmallIntegerField(null=True, editable=False)
    reasons = models.JSONField(default=list, editable=False)

    class Meta:
        """Lists by patient and by clinic, newest first."""

        indexes: ClassVar = [
            models.Index(fields=["patient", "-began_at"], name="session_patient"),
            models.Index(fields=["clinic", "-began_at"], name="session_clinic"),
            models.Index(fields=["episode", "-began_at"], name="session_episode"),
        ]

    @property
    def is_draft(self) -> bool:
        """True until it is closed."""
        return self.state == "open"

    def check_values(self) -> None:
        """A known state."""
        if self.state not in self.STATES:
            raise InputError("state", f"is '{self.state[:20]}'", " or ".join(self.STATES))


class OfSession(OfPatient):
    """A row that belongs to one session."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="+")

    class Meta:
        """Shared columns only."""

        abstract = True


class Needle(OfSession):
    """One needle as taken out of its packet: length and thickness in millimetres, its lot."""

    append_only: ClassVar[bool] = True

    length_mm = models.FloatField(null=True, blank=True)
    gauge_mm = models.FloatField(null=True, blank=True)
    maker = models.CharField(max_length=60, blank=True)
    lot = models.CharField(max_length=60, blank=True)

    def check_values(self) -> None:
        """Sizes that a needle can have."""
        for field, most in (("length_mm", 200.0), ("gauge_mm", 3.0)):
            value = getattr(self, field)
            if value is not None and not 0 < value <= most:
                raise InputError(field, f"is {value:g}", f"above 0, at most {most:g} mm")


class LedgerEntry(OfSession):
    """One entry of a session's needle ledger; which fields count depends on ``kind``.

    ``about`` is the insertion that a removal or redirection speaks of, or the entry that a
    correction takes back.  It may arrive later than this entry, so it is no foreign key.
    """

    append_only: ClassVar[bool] = True
    KINDS = ("insertion", "removal", "redirection", "twitches", "incident", "correction")

    session_version = models.PositiveIntegerField(editable=False)
    kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in KINDS])
    at = models.DateTimeField(default=timezone.now)
    needle = models.ForeignKey(Needle, models.PROTECT, related_name="+", null=True, blank=True)
    about = models.UUIDField(null=True, blank=True)
    accounts_for = models.JSONField(default=list, help_text="insertions that an incident names")
    muscle = code(blank=True)
    point = code(blank=True, help_text="the trigger point of the atlas that the needle went to")
    side = side(blank=True)
    retained = models.BooleanField(default=False)
    bent = models.BooleanField(default=False)
    times = models.PositiveSmallIntegerField(null=True, blank=True)
    twitches = models.PositiveSmallIntegerField(null=True, blank=True)
    detected_by = models.CharField(
        max_length=24, blank=True, choices=[(d.value, d.value) for d in entries.Detection]
    )
    depth_mm = models.FloatField(null=True, blank=True)
    code = models.CharField(
        max_length=12, blank=True, choices=[(c.value, c.value) for c in entries.IncidentCode]
    )
    familiar_pain = models.CharField(
        max_length=3,
        blank=True,
        choices=[("yes", "yes"), ("no", "no")],
        help_text="empty: not asked",
    )
    told = sealed_text()

    class Meta:
        """A session's entries; a clinic's insertions by muscle."""

        indexes: ClassVar = [
            models.Index(fields=["session", "written_at"], name="entry_session"),
        ]

    def check_values(self) -> None:
        """Raise InputError unless it makes an entry that the ledger takes."""
        if self.depth_mm is not None and not 0 < self.depth_mm <= 200:
            raise InputError("depth_mm", f"is {self.depth_mm:g}", "above 0, at most 200 mm")
        self.as_entry()

    def as_entry(self) -> entries.Entry:
        """The entry as the ledger's own frozen type; raises InputError when it cannot be one."""
        key, about = str(self.id), str(self.about or "")
        minute = (self.at - self.session.began_at).total_seconds() / SECONDS
        match self.kind:
            case "insertion":
                needle = self.needle
                return entries.Insertion(
                    key,
                    str(self.needle_id or ""),
                    self.muscle,
                    _side(self.side),
                    self.retained,
                    self.twitches,
                    _detection(self.detected_by),
                    minute,
                    needle.length_mm if needle else None,
                    needle.gauge_mm if needle else None,
                )
            case "removal":
                return entries.Removal(key, about, self.bent, minute)
            case "redirection":
                return entries.Redirection(key, about, 1 if self.times is None else self.times)
            case "twitches":
                detected = _detection(self.detected_by)
                return entries.Twitches(key, self.muscle, _side(self.side), self.twitches, detected)
            case "incident":
                named = tuple(str(one) for one in self.accounts_for)
                return entries.Incident(key, _incident(self.code), named, self.told)
            case "correction":
                return entries.Correction(key, about, self.told)
            case _:
                raise InputError("kind", f"is '{self.kind[:20]}'", ", ".join(self.KINDS))


class SessionTarget(OfSession):
    """A muscle that a session goes for, with what the rules said when it was added.

    ``reason`` is why it is needled where the rules ask, or although they stop it; who wrote the row
    gave it.  ``safety`` holds the rules' answer for the muscle whole.
    """

    append_only: ClassVar[bool] = True

    muscle = code()
    side = side()
    decision = models.CharField(max_length=20)
    is_override = models.BooleanField(default=False)
    reason = sealed_text()
    safety = sealed_json()

    def check_values(self) -> None:
        """An override says why."""
        if self.is_override and not self.reason.strip():
            raise InputError("reason", "is empty", "why it is needled although a rule stops it")


class Retest(OfSession):
    """The comparable sign, tested before the needles or after them; degrees, pain 0-10."""

    append_only: ClassVar[bool] = True
    WHEN = ("before", "after")

    movement = sealed_text()
    when = models.CharField(max_length=6, choices=[(when, when) for when in WHEN])
    degrees = models.FloatField(null=True, blank=True)
    pain = models.FloatField(null=True, blank=True)

    def check_values(self) -> None:
        """A sign that has a name, and a value of its scales."""
        if not self.movement.strip():
            raise InputError("movement", "is empty", "the movement or task, such as 'turn left'")
        if self.when not in self.WHEN:
            raise InputError("when", f"is '{self.when[:20]}'", " or ".join(self.WHEN))
        if self.degrees is None and self.pain is None:
            raise InputError("retest", "says nothing", "degrees or pain")
        Sign(self.degrees, self.pain)


class Reaction(OfSession):
    """How the patient reacted, during the session or told at the next; ``severity`` 0-10.

    ``kind`` is an id of the taxonomy of events or ``none``: asked, and there was none.
    """

    kind = code()
    severity = models.FloatField(null=True, blank=True)
    began_at = models.DateTimeField(null=True, blank=True)
    hours = models.FloatField(null=True, blank=True, help_text="how long it lasted")
    told = sealed_text()

    def check_values(self) -> None:
        """A known kind, and a severity of the scale."""
        from tautband.safety.events.taxonomy import load_taxonomy

        kinds = ("none", *load_taxonomy().kinds)
        if self.kind not in kinds:
            raise InputError("kind", f"is '{self.kind[:40]}'", ", ".join(kinds))
        if self.severity is not None and not 0 <= self.severity <= 10:
            raise InputError("severity", f"is {self.severity:g}", "0 to 10")
        if self.hours is not None and not 0 <= self.hours <= 10_000:
            raise InputError("hours", f"is {self.hours:g}", "0 or more")


class Closing(OfSession):
    """How a session was closed: its counts, incidents and what they open, whole."""

    append_only: ClassVar[bool] = True

    whole = sealed_json()


def _side(value: str) -> Side:
    try:
        return Side(value)
    except ValueError:
        raise InputError("side", f"is '{value[:20]}'", ", ".join(Side)) from None


def _detection(value: str) -> entries.Detection | None:
    if not value:
        return None
    try:
        return entries.Detection(value)
    except ValueError:
        right = ", ".join(entries.Detection)
        raise InputError("detected_by", f"is '{value[:24]}'", right) from None


def _incident(value: str) -> entries.IncidentCode:
    try:
        return entries.IncidentCode(value)
    except ValueError:
        right = ", ".join(entries.IncidentCode)
        raise InputError("incident.code", f"is '{value[:20]}'", right) from None
