"""A session's note as it stands: what is written from the record, and the own words beside it.

The two are never mixed: ``trace`` keeps each written sentence with its items and the own words
apart; ``sections`` is what both read as, made from the trace alone.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from tautband.atlas.load import read_muscles
from tautband.care.billing import Billing, is_billed_so, suggest
from tautband.care.note.documentation import Need, missing
from tautband.care.note.recorded import Inserted
from tautband.care.note.sentences import SECTIONS, Sentence
from tautband.care.note.writing import write
from tautband.clinic.record.models import Note, Session
from tautband.clinic.record.models.note import TRACE_SCHEMA
from tautband.clinic.visit_pages.door import Visit
from tautband.clinic.visit_pages.noting.gathered import Stand
from tautband.clinic.visit_pages.noting.gathering import gather

# The order in which a note reads: the own words on anything else come last.
READING = (*SECTIONS, "free")
_NAMESPACE = UUID("5f0c8e5e-3f5b-4b0e-9d53-6f6f74650001")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as the page shows it: what it stands on, and whether it was left out."""

    sentence: Sentence
    stands: tuple[Stand, ...]
    left_out: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """The note of a session; ``note`` is None before anything was kept.

    ``seen`` tells one written text from another: who signs names the one that they read.
    """

    note: Note | None
    lines: tuple[Line, ...]
    own: Mapping[str, str]
    needs: tuple[Need, ...]
    billing: Billing | None
    code: str
    seen: str

    @property
    def is_open(self) -> bool:
        """True until it is signed for the first time: then the record writes it anew."""
        return self.note is None or self.note.is_draft


def note_of(at: Visit, session: Session) -> Note | None:
    """The session's own note: the first that was written of it."""
    rows = Note.objects.in_clinic(at.seat.clinic).filter(session=session, kind="session")
    found = rows.select_related("author", "written_by").order_by("written_at", "id").first()
    if found is not None:
        found.patient = at.patient
    return found


def id_of(session: Session) -> UUID:
    """The id of a session's note, so that two who begin it at once begin one."""
    return uuid5(_NAMESPACE, str(session.pk))


def draft_of(at: Visit, session: Session) -> Draft:
    """The note as it stands: an open one is written anew, a signed one is as it was signed."""
    note = note_of(at, session)
    gathered = gather(at, session)
    trace: dict[str, Any] = (note.trace if note is not None else None) or {}
    is_open = note is None or note.is_draft
    sentences = write(gathered.treatment) if is_open else stored(trace)
    left = {one["id"] for one in trace.get("sentences", ()) if one["left_out"]}
    lines = tuple(
        Line(
            one,
            tuple(gathered.stands[item] for item in one.items if item in gathered.stands),
            one.id in left,
        )
        for one in sentences
    )
    place = at.seat.clinic.jurisdiction
    kept = [line.sentence for line in lines if not line.left_out]
    return Draft(
        note,
        lines,
        own_words(note),
        missing(gathered.treatment, kept, place) if is_open else (),
        _billing(place, gathered.treatment.of(Inserted)),
        str(trace.get("code", "")),
        digest(sentences),
    )


def own_words(note: Note | None) -> dict[str, str]:
    """The clinician's own words by section; of a note without a trace, all of its words."""
    if note is None:
        return {}
    return dict(note.said if note.trace is None else note.trace["own"])


def stored(trace: Mapping[str, Any]) -> tuple[Sentence, ...]:
    """The sentences as they were kept with a note."""
    return tuple(
        Sentence(one["section"], one["topic"], one["text"], tuple(one["items"]))
        for one in trace.get("sentences", ())
    )


def digest(sentences: Iterable[Sentence]) -> str:
    """The same for the same sentences on the same items."""
    told = "\n".join(f"{one.id} {one.text}" for one in sentences)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def trace_of(
    sentences: Iterable[Sentence], left_out: Iterable[str], own: Mapping[str, str], code: str
) -> dict[str, Any]:
    """What is kept beside the text (``tautband.note/1``)."""
    left = set(left_out)
    return {
        "schema": TRACE_SCHEMA,
        "sentences": [{**one.as_dict(), "left_out": one.id in left} for one in sentences],
        "own": {name: text for name, text in own.items() if text},
        "code": code,
    }


def sections_of(trace: Mapping[str, Any]) -> dict[str, str]:
    """Text by section: the written sentences as one paragraph, the own words below it."""
    found = {}
    for name in READING:
        said = " ".join(
            one["text"]
            for one in trace["sentences"]
            if one["section"] == name and not one["left_out"]
        )
        text = "\n\n".join(part for part in (said, trace["own"].get(name, "")) if part)
        if text:
            found[name] = text
    return found


def _billing(place: str, inserted: list[Inserted]) -> Billing | None:
    if not is_billed_so(place):
        return None
    return suggest(((one.muscle, one.side) for one in inserted), read_muscles())
