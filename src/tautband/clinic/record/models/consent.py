"""Consent: what was explained, who was to needle, the signature, and the end of it."""

from datetime import UTC, datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone

from tautband.base.errors import InputError
from tautband.clinic.policy import Action
from tautband.clinic.record.fields import sealed_json, sealed_text
from tautband.clinic.record.models.base import OfPatient, code, person
from tautband.clinic.record.models.episode import Episode
from tautband.clinic.record.models.patient import Guardian

MOST_POINTS = 20_000
SIGNERS = ("patient", "guardian")


class Consent(OfPatient):
    """One consent, signed once and never changed; it ends by a `Withdrawal`.

    Consent to treatment and consent to research are rows of their own: neither hangs on the other.
    ``sheet`` and ``sheet_version`` quote the evidence sheet that was shown, ``explained`` holds
    what was said from it.  ``needler_card`` is the card of who needles, as the patient saw it:
    profession, licence, jurisdiction, hours of training.  ``strokes`` is the signature as drawn:
    lists of x, y from 0 to 1; who cannot draw has their name typed before a witness instead.
    """

    append_only: ClassVar[bool] = True
    writes: ClassVar[Action] = Action.CONSENT
    KINDS = ("treatment", "research")

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="+", null=True, blank=True)
    kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in KINDS])
    sheet = code(blank=True)
    sheet_version = code(blank=True)
    explained = sealed_json()
    words = sealed_text(help_text="the text that was signed under, whole")
    needler = person(null=True, blank=True)
    needler_card = sealed_json()
    signed_at = models.DateTimeField(default=timezone.now)
    signed_by = models.CharField(max_length=12, choices=[(who, who) for who in SIGNERS])
    guardian = models.ForeignKey(Guardian, models.PROTECT, related_name="+", null=True, blank=True)
    strokes = sealed_json()
    typed_name = sealed_text(help_text="the name in place of a drawn signature")
    witness = person(null=True, blank=True)
    copy_given = models.CharField(
        max_length=12, choices=[(how, how) for how in ("paper", "e-mail", "portal", "declined")]
    )

    class Meta:
        """A patient's consents, newest first."""

        indexes: ClassVar = [models.Index(fields=["patient", "-signed_at"], name="consent_signed")]

    def check_values(self) -> None:
        """Signed by somebody who may, under words that were shown; a copy given or declined."""
        if self.kind not in self.KINDS:
            raise InputError("kind", f"is '{self.kind[:20]}'", " or ".join(self.KINDS))
        if not self.words.strip():
            raise InputError("words", "are empty", "the whole text that was signed under")
        if self.kind == "treatment":
            self._check_treatment()
        if self.signed_by not in SIGNERS:
            raise InputError("signed_by", f"is '{self.signed_by[:20]}'", " or ".join(SIGNERS))
        if (self.signed_by == "guardian") != (self.guardian_id is not None):
            raise InputError("guardian", "does not fit who signed", "the guardian who signed")
        if not self.copy_given:
            raise InputError("copy_given", "is missing", "paper, e-mail, portal or declined")
        self._check_signature()

    def _check_signature(self) -> None:
        if not self.typed_name:
            check_strokes(self.strokes)
            return
        if self.strokes is not None:
            raise InputError("signature", "is both drawn and typed", "one of the two")
        if self.witness_id is None or self.witness_id == self.needler_id:
            right = "somebody of the clinic who was present and does not needle"
            raise InputError("witness", "is missing or needles", right)

    def _check_treatment(self) -> None:
        if not self.sheet or not self.sheet_version:
            raise InputError("sheet", "is missing", "the evidence sheet shown, with its version")
        if not isinstance(self.explained, list) or not self.explained:
            raise InputError("explained", "is empty", "what was explained, point by point")
        if self.needler_id is None or not isinstance(self.needler_card, dict):
            raise InputError("needler", "is missing", "who needles, with what training")


class Withdrawal(OfPatient):
    """The end of a consent, at any time and without a reason."""

    append_only: ClassVar[bool] = True
    writes: ClassVar[Action] = Action.CONSENT

    consent = models.OneToOneField(Consent, models.PROTECT, related_name="withdrawal")
    at = models.DateTimeField(default=timezone.now)
    told = sealed_text()

    def check_values(self) -> None:
        """Not before the consent."""
        if self.at < self.consent.signed_at:
            raise InputError("at", "lies before the consent", "a later time")
        if self.at > datetime.now(UTC):
            raise InputError("at", "lies in the future", "now or before")


def check_strokes(strokes: object) -> None:
    """Raise InputError unless it is a drawn signature: strokes of points from 0 to 1."""
    right = "a list of strokes, each a list of [x, y] from 0 to 1"
    if not isinstance(strokes, list) or not strokes:
        raise InputError("signature", "is not drawn", right)
    points = 0
    for stroke in strokes:
        if not isinstance(stroke, list) or not stroke:
            raise InputError("signature", "holds an empty stroke", right)
        points += len(stroke)
        for point in stroke:
            if not _is_point(point):
                raise InputError("signature", "holds what is no point", right)
    if not 2 <= points <= MOST_POINTS:
        raise InputError("signature", f"has {points} points", f"2 to {MOST_POINTS}")


def _is_point(point: object) -> bool:
    return (
        isinstance(point, list)
        and len(point) == 2
        and all(isinstance(v, int | float) and not isinstance(v, bool) for v in point)
        and all(0 <= v <= 1 for v in point)
    )
