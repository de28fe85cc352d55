"""A note, its signatures, and amendments: what was signed never changes."""

from typing import ClassVar

from django.db import models

from tautband.base.errors import InputError
from tautband.clinic.record.fields import sealed_json, sealed_text
from tautband.clinic.record.models.base import OfPatient, person
from tautband.clinic.record.models.episode import Episode
from tautband.clinic.record.models.session import Session

HASH_LENGTH = 64
LONGEST_SECTION = 20_000
TRACE_SCHEMA = "tautband.note/1"
SECTIONS = ("subjective", "objective", "assessment", "plan", "procedure", "free")


class Note(OfPatient):
    """A note about an episode or session: a draft, then signed, or waiting for a supervisor.

    ``sections`` holds text by section (`SECTIONS`).  From the first signature on the database
    itself refuses a change of them.  ``trace`` holds what of them was written from the record, each
    sentence with the ids of what it stands on, apart from the clinician's own words
    (``tautband.note/1``); it is None where all of them are the clinician's.
    """

    STATES = ("draft", "waiting", "signed")
    KINDS = ("session", "assessment", "telephone", "letter", "other")

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="+", null=True, blank=True)
    session = models.ForeignKey(Session, models.PROTECT, related_name="+", null=True, blank=True)
    kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in KINDS])
    state = models.CharField(max_length=8, default="draft", choices=[(s, s) for s in STATES])
    sections = sealed_json()
    trace = sealed_json(help_text="the sentences with what they stand on, and the own words")
    author = person()
    signed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        """A patient's notes, newest first."""

        indexes: ClassVar = [
            models.Index(fields=["patient", "-written_at"], name="note_patient"),
            models.Index(fields=["clinic", "state"], name="note_state"),
        ]

    @property
    def said(self) -> dict[str, str]:
        """Text by section, of the sections that say something."""
        return {name: self.sections[name] for name in SECTIONS if self.sections.get(name)}

    @property
    def is_draft(self) -> bool:
        """True until it is signed."""
        return self.state == "draft"

    def check_values(self) -> None:
        """Known sections with text in them."""
        if self.kind not in self.KINDS:
            raise InputError("kind", f"is '{self.kind[:20]}'", ", ".join(self.KINDS))
        if not isinstance(self.sections, dict):
            raise InputError("sections", "are missing", "text by section")
        if self.trace is not None and not (
            isinstance(self.trace, dict) and self.trace.get("schema") == TRACE_SCHEMA
        ):
            raise InputError("trace", "is not one", f"an object of {TRACE_SCHEMA}")
        for name, text in self.sections.items():
            if name not in SECTIONS:
                raise InputError("sections", f"'{name[:20]}' is not one", ", ".join(SECTIONS))
            if not isinstance(text, str) or len(text) > LONGEST_SECTION:
                raise InputError(name, "is no text", f"at most {LONGEST_SECTION} signs")


class Amendment(OfPatient):
    """What is added to a signed note: it never replaces it, and names the signature it follows."""

    append_only: ClassVar[bool] = True

    note = models.ForeignKey(Note, models.PROTECT, related_name="amendments")
    number = models.PositiveSmallIntegerField()
    follows_sha256 = models.CharField(max_length=HASH_LENGTH)
    needs_supervisor = models.BooleanField(default=False, editable=False)
    text = sealed_text()
    why = sealed_text()

    class Meta:
        """Numbered without gaps within a note."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["note", "number"], name="amendment_number_once")
        ]

    @property
    def is_waiting(self) -> bool:
        """True while a student's amendment lacks its supervisor's signature."""
        return self.needs_supervisor and not self.signatures.filter(role="supervisor").exists()

    def check_values(self) -> None:
        """Text, and why it is added."""
        if not self.text.strip():
            raise InputError("amendment", "is empty", "the text to add")
        if not self.why.strip():
            raise InputError("why", "is empty", "why it is added")


class Signature(OfPatient):
    """One person's signature under a note or an amendment.

    ``signed`` is what was signed, as canonical JSON with the versions of everything that made it,
    and ``sha256`` its hash; verifying means hashing it again and comparing it with the note.
    """

    append_only: ClassVar[bool] = True
    ROLES = ("author", "supervisor")

    note = models.ForeignKey(Note, models.PROTECT, related_name="signatures")
    amendment = models.ForeignKey(
        Amendment, models.PROTECT, related_name="signatures", null=True, blank=True
    )
    note_version = models.PositiveIntegerField()
    signer = person()
    role = models.CharField(max_length=12, choices=[(role, role) for role in ROLES])
    signed = sealed_text()
    sha256 = models.CharField(max_length=HASH_LENGTH)
    card = sealed_json(help_text="profession and licence of the signer on that day")

    class Meta:
        """One signature of a role under one state of a note or one amendment."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["note", "note_version", "role"],
                condition=models.Q(amendment__isnull=True),
                name="signature_once",
            ),
            models.UniqueConstraint(
                fields=["amendment", "role"],
                condition=models.Q(amendment__isnull=False),
                name="signature_amendment_once",
            ),
        ]
