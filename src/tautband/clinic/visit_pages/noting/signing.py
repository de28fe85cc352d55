"""Keeping and signing a session's note: what was typed, on what was read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from tautband.base.errors import InputError
from tautband.care.billing import CODES
from tautband.clinic.record.errors import ConflictError, NotFoundError
from tautband.clinic.record.models import Note, Session, Signature
from tautband.clinic.record.models.note import LONGEST_SECTION, SECTIONS
from tautband.clinic.record.services import keeping, notes
from tautband.clinic.record.services.trailing import one_turn
from tautband.clinic.visit_pages.door import Visit
from tautband.clinic.visit_pages.noting.drafting import (
    Draft,
    draft_of,
    id_of,
    sections_of,
    trace_of,
)


@dataclass(frozen=True)
class Typed:
    """What a form of the note says: own words by section, sentences left out, the code.

    ``version`` is that of the note it was typed on, 0 where there was none; ``seen`` the written
    text that was read.
    """

    own: Mapping[str, str]
    left_out: frozenset[str]
    code: str
    version: int
    seen: str


def read_typed(posted: Any) -> Typed:
    """Read a form; raises InputError that names the field."""
    version = posted.get("version", "0")
    if not version.isdecimal() or len(version) > 9:
        raise InputError("version", f"is '{version[:10]}'", "the number that the page was sent")
    own = {name: own_text(posted, name) for name in SECTIONS}
    left = frozenset(posted.getlist("left"))
    return _checked(Typed(own, left, posted.get("code", ""), int(version), posted.get("seen", "")))


def read_json(told: Mapping[str, Any]) -> Typed:
    """Read what the page sends while somebody types; raises InputError that names the field."""
    own, left, version = told.get("own"), told.get("left"), told.get("version")
    if not isinstance(own, dict) or not all(isinstance(text, str) for text in own.values()):
        raise InputError("own", "is no text by section", "an object of texts")
    if unknown := sorted(set(own) - set(SECTIONS)):
        raise InputError("own", f"names '{unknown[0][:20]}'", ", ".join(SECTIONS))
    if not isinstance(left, list) or not all(isinstance(one, str) for one in left):
        raise InputError("left", "is no list", "ids of sentences")
    if isinstance(version, bool) or not isinstance(version, int) or version < 0:
        raise InputError("version", "is no whole number", "the version that the page was sent")
    words = {name: text.strip() for name, text in own.items()}
    return _checked(Typed(words, frozenset(left), str(told.get("code", "")), version, ""))


def _checked(typed: Typed) -> Typed:
    if typed.code not in ("", *CODES):
        raise InputError("code", f"is '{typed.code[:10]}'", " or ".join(CODES))
    for name, text in typed.own.items():
        if len(text) > LONGEST_SECTION // 2:
            raise InputError(name, "is too long", f"at most {LONGEST_SECTION // 2} signs")
    return typed


def own_text(posted: Any, name: str) -> str:
    """The own words of a section as they were typed."""
    return str(posted.get(f"own-{name}", "")).replace("\r\n", "\n").strip()


def keep(at: Visit, session: Session, typed: Typed) -> Note:
    """Keep the note as a draft; it is written from the record as it is now.

    Raises ConflictError when somebody changed it meanwhile, NotFoundError for another's draft.
    """
    with transaction.atomic(), one_turn(at.seat):
        return _keep(at, session, draft_of(at, session), typed)


def sign(at: Visit, session: Session, typed: Typed, signature: UUID) -> Note:
    """Keep and sign in one step; without Action.SIGN the note then waits for a supervisor.

    Raises ConflictError when the record says something else than what was read, and InputError
    while the session is open.
    """
    with transaction.atomic(), one_turn(at.seat):
        draft = draft_of(at, session)
        if draft.note is not None and _is_signed_so(draft.note, signature):
            return draft.note
        if session.state != "closed":
            raise InputError(
                "session", "is still open", "a closed session: every needle out, or accounted for"
            )
        if typed.seen != draft.seen:
            raise ConflictError("record", ["the written part is different now"], typed.version)
        kept = _keep(at, session, draft, typed)
        return notes.sign(at.seat, kept.pk, kept.version, signature)


def _is_signed_so(note: Note, signature: UUID) -> bool:
    return Signature.objects.filter(pk=signature, note=note).exists()


def _keep(at: Visit, session: Session, draft: Draft, typed: Typed) -> Note:
    sentences = [line.sentence for line in draft.lines]
    trace = trace_of(sentences, typed.left_out, typed.own, typed.code)
    values = {"sections": sections_of(trace), "trace": trace}
    if draft.note is None:
        if typed.version:
            raise NotFoundError("a note that is not there")
        row = Note(
            id=id_of(session), patient=at.patient, episode=at.episode, session=session,
            kind="session", author=at.seat.user, **values,
        )  # fmt: skip
        return keeping.add(at.seat, row)
    if draft.note.author_id != at.seat.user.pk:
        raise NotFoundError("another's draft")
    if not draft.note.is_draft:
        raise keeping.conflict(draft.note, typed.version)
    return keeping.change(at.seat, draft.note, typed.version, values)
