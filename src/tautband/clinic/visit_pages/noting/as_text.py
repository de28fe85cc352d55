"""A note as plain text, to be copied into another system."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from tautband.clinic.catalogue import text
from tautband.clinic.record.models import Amendment, Note, Session, Signature
from tautband.clinic.record.services.notes import is_whole
from tautband.clinic.visit_pages.door import Visit
from tautband.clinic.visit_pages.noting.drafting import READING, Draft, sections_of, trace_of


@dataclass(frozen=True, slots=True)
class Signed:
    """One signature: by whom, as what, when, and whether what it signed is whole."""

    name: str
    profession: str
    role: str
    at: datetime
    is_whole: bool
    amendment: int | None


def signatures_of(at: Visit, note: Note | None) -> list[Signed]:
    """The signatures under a note and its amendments, oldest first."""
    if note is None:
        return []
    rows = Signature.objects.filter(note=note).select_related("signer", "amendment")
    found = []
    for row in rows.order_by("written_at"):
        row.patient, row.note = at.patient, note
        if row.amendment is not None:
            row.amendment.patient = at.patient
        card = row.card or {}
        number = row.amendment.number if row.amendment is not None else None
        profession = str(card.get("profession") or "")
        found.append(
            Signed(str(row.signer), profession, row.role, row.written_at, is_whole(row), number)
        )
    return found


def as_text(at: Visit, session: Session, draft: Draft, locale: str) -> str:
    """Head, sections, code, signatures and amendments; it names no patient.

    What is not signed says so in its first line.
    """
    note = draft.note
    state = note.state if note is not None else "draft"
    parts = [
        text("visit-note-text-head", locale, when=_time(at, session.began_at)),
        text(f"visit-note-state-{state}", locale),
    ]
    for name, words in sections_as_read(draft).items():
        parts.append(f"\n{text(f'visit-note-{name}', locale)}\n{words}")
    if draft.code:
        parts.append(f"\n{text('visit-note-code-text', locale, code=draft.code)}")
    signed = signatures_of(at, note)
    parts += [_signed(at, one, locale) for one in signed if one.amendment is None]
    parts += _amendments(at, note, signed, locale)
    return "\n".join(parts) + "\n"


def sections_as_read(draft: Draft) -> dict[str, str]:
    """Text by section as it reads now; a note kept without a trace reads as it was kept."""
    note = draft.note
    if note is not None and not (note.is_draft or note.trace):
        return {name: note.sections[name] for name in READING if note.sections.get(name)}
    left = [line.sentence.id for line in draft.lines if line.left_out]
    sentences = [line.sentence for line in draft.lines]
    return sections_of(trace_of(sentences, left, draft.own, draft.code))


def _amendments(at: Visit, note: Note | None, signed: list[Signed], locale: str) -> list[str]:
    if note is None:
        return []
    found = []
    for one in Amendment.objects.filter(note=note).order_by("number"):
        one.patient = at.patient
        found.append(
            "\n" + text("visit-note-text-amendment", locale, number=one.number, why=one.why)
        )
        found.append(one.text)
        found += [_signed(at, s, locale) for s in signed if s.amendment == one.number]
    return found


def _signed(at: Visit, one: Signed, locale: str) -> str:
    who = ", ".join(part for part in (one.name, one.profession) if part)
    return text(f"visit-note-signed-{one.role}", locale, who=who, when=_time(at, one.at))


def _time(at: Visit, moment: datetime) -> str:
    return moment.astimezone(ZoneInfo(at.seat.clinic.time_zone)).strftime("%Y-%m-%d %H:%M")
