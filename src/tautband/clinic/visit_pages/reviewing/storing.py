"""Keeping a review: the numbers as they were seen, a note that is signed, and the cause anew."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from tautband.base.errors import InputError
from tautband.clinic import catalogue
from tautband.clinic.record.canonical import canonical, sha256
from tautband.clinic.record.errors import ConflictError
from tautband.clinic.record.models import Note, Shown
from tautband.clinic.record.models.episode import CAUSES
from tautband.clinic.record.services import keeping, notes
from tautband.clinic.record.services.trailing import one_turn
from tautband.clinic.visit_pages.door import Visit
from tautband.clinic.visit_pages.reviewing.numbers import SCHEMA
from tautband.clinic.visit_pages.reviewing.words import told_in_words
from tautband.clinic.visit_pages.showing import keep_shown

DECISIONS = ("go_on", "change_target", "stop", "refer")
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Typed:
    """The form: what was decided and why, the cause asked again, and the numbers it stands on."""

    note: UUID
    signature: UUID
    decision: str
    cause: str
    why: str
    seen: str


def digest(numbers: dict[str, Any]) -> str:
    """What tells one state of the numbers from another."""
    return sha256(canonical(numbers))


def check(typed: Typed) -> None:
    """Raise InputError for the first field that is not answered."""
    if typed.decision not in DECISIONS:
        raise InputError("decision", "is not chosen", "go on, change the target, stop or refer")
    if typed.cause not in CAUSES:
        raise InputError("cause", "is not asked again", ", ".join(CAUSES))
    if not typed.why:
        raise InputError("why", "is empty", "what in the numbers or the patient speaks for it")
    if len(typed.why) > LONGEST:
        raise InputError("why", f"has {len(typed.why)} signs", f"at most {LONGEST}")


def store(at: Visit, typed: Typed, numbers: dict[str, Any], locale: str) -> Note:
    """Keep all of it or nothing; the same form sent again answers the stored note.

    Raises ConflictError when the record says something else by now than what was read.
    """
    stored = Note.objects.in_clinic(at.seat.clinic).filter(pk=typed.note).first()
    if stored is not None and stored.episode_id == at.episode.pk:
        return stored
    check(typed)
    if typed.seen != digest(numbers):
        raise ConflictError("review", [catalogue.text("reviewing-moved", locale)], 0)
    asked = {"note": str(typed.note), "decision": typed.decision, "cause": typed.cause}
    with transaction.atomic(), one_turn(at.seat):
        keep_shown(at, "forecast", asked, numbers)
        row = Note(
            id=typed.note,
            patient=at.patient,
            episode=at.episode,
            kind="other",
            author=at.seat.user,
            sections=told_in_words(numbers, typed.decision, typed.cause, typed.why, locale),
        )
        note = keeping.add(at.seat, row)
        signed = notes.sign(at.seat, note.pk, note.version, typed.signature)
        if typed.cause != at.episode.cause:
            version = at.episode.version
            why = catalogue.text("reviewing-cause-why", locale)
            keeping.change(at.seat, at.episode, version, {"cause": typed.cause}, why=why)
    return signed


def earlier(at: Visit) -> list[tuple[Shown, Note]]:
    """Reviews of this episode with their notes, newest first."""
    found = Shown.objects.in_clinic(at.seat.clinic).filter(
        patient=at.patient, episode=at.episode, schema=SCHEMA
    )
    rows = list(found.select_related("shown_to").order_by("-shown_at"))
    for row in rows:
        row.patient = at.patient
    kept = Note.objects.in_clinic(at.seat.clinic).filter(episode=at.episode)
    by_id = {str(one.pk): one for one in kept.filter(pk__in=[row.asked["note"] for row in rows])}
    return [(row, by_id[row.asked["note"]]) for row in rows if row.asked["note"] in by_id]
