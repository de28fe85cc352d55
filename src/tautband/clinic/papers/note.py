"""A note on paper: its sections, the needles of its session, signatures and what was added."""

from collections import defaultdict

from tautband.clinic import catalogue
from tautband.clinic.papers.paper import Paper, Words, draft_mark, particulars, table
from tautband.clinic.record.export.page import (
    Block,
    heading,
    paragraph,
    remark,
)
from tautband.clinic.record.models import Amendment, Note, Session, Signature
from tautband.clinic.record.services import notes, sessions
from tautband.clinic.visit_pages.noting.as_text import sections_as_read
from tautband.clinic.visit_pages.noting.drafting import READING, draft_of
from tautband.safety.events.entries import Insertion
from tautband.safety.events.ledger import Ledger


def note(words: Words, row: Note) -> Paper:
    """One note; marked as a draft until it is signed to its end."""
    session = row.session
    at = session.began_at if session else row.written_at
    return Paper(
        title=words.t(f"note-{row.kind}"),
        subtitle=words.t("note-of", when=words.when(at), clinic=words.at.seat.clinic.name),
        blocks=[
            particulars(
                *words.of_patient(),
                (words.t("complaint"), words.at.episode.title),
                *(_session(words, session) if session else ()),
                (words.t("author"), str(row.author)),
            ),
            *sections(words, row),
            *(_needles(words, session) if session else []),
            *signatures(words, row),
        ],
        versions={},
        draft=draft_mark(words, row),
    )


def sections(words: Words, row: Note) -> list[Block]:
    """What a note says, a heading and its paragraphs for each section."""
    said = _said(words, row)
    blocks: list[Block] = []
    for name in (name for name in READING if said.get(name)):
        blocks.append(heading(words.t(f"section-{name}")))
        blocks += [paragraph(one) for one in said[name].split("\n\n") if one.strip()]
    code = (row.trace or {}).get("code")
    if code:
        blocks.append(paragraph(catalogue.text("visit-note-code-text", words.locale, code=code)))
    return blocks


def _said(words: Words, row: Note) -> dict[str, str]:
    """Text by section; the draft of a session's own note says what its page says now."""
    if row.is_draft and row.session is not None:
        draft = draft_of(words.at, row.session)
        if draft.note == row:
            return sections_as_read(draft)
    return row.said


def signatures(words: Words, row: Note) -> list[Block]:
    """Who signed what when, with the hash, and each amendment with its own."""
    signed = list(row.signatures.select_related("signer", "amendment").order_by("written_at"))
    blocks: list[Block] = [heading(words.t("signatures"))]
    own = [one for one in signed if one.amendment is None]
    blocks += [_signed(words, one) for one in own]
    if not own:
        blocks.append(paragraph(words.t("unsigned")))
    elif row.state == "waiting":
        blocks.append(paragraph(words.t("waiting")))
    for added in row.amendments.order_by("number"):
        blocks += _amendment(words, added, signed)
    return blocks


def _amendment(words: Words, added: Amendment, signed: list[Signature]) -> list[Block]:
    return [
        heading(words.t("amendment", number=added.number, when=words.when(added.written_at))),
        paragraph(str(added.text)),
        remark(words.t("because", why=str(added.why))),
        *(_signed(words, one) for one in signed if one.amendment_id == added.pk),
    ]


def _signed(words: Words, one: Signature) -> Block:
    state = "whole" if notes.is_whole(one) else "broken"
    return remark(
        words.t(
            f"seal-{state}",
            who=words.by(one.card, str(one.signer)),
            role=words.t(f"role-{one.role}"),
            when=words.when(one.written_at),
            sha256=one.sha256,
        )
    )


def _session(words: Words, session: Session) -> tuple[tuple[str, str], ...]:
    closed = session.state == "closed"
    counts = (
        words.t(
            "counted",
            needles=session.needles,
            out=session.needles_out,
            insertions=session.insertions,
        )
        if closed
        else words.t("not-closed")
    )
    return (
        (words.t("treatment"), words.when(session.began_at)),
        (words.t("needled-by"), str(session.needler)),
        (words.t("supervised-by"), str(session.supervisor) if session.supervisor else ""),
        (words.t("needles"), counts),
    )


def _needles(words: Words, session: Session) -> list[Block]:
    """The ledger by muscle and side: what went in, of which size, and what it gave."""
    ledger = sessions.ledger_of(session)
    rows = needle_rows(words, ledger)
    names = ("muscle", "side", "needles", "needle", "insertions", "twitches")
    return table([words.t(one) for one in names], rows, words.t("needles-by-muscle"))


def needle_rows(words: Words, ledger: Ledger) -> list[tuple[str, ...]]:
    """A row for each muscle and side of a ledger, in the order of the first needle there."""
    found: dict[tuple[str, str], list[Insertion]] = defaultdict(list)
    went_in = [one for one in ledger.in_force() if isinstance(one, Insertion)]
    for entry in sorted(went_in, key=lambda one: one.at_minute or 0):
        found[entry.muscle, str(entry.side)].append(entry)
    return [
        (
            words.muscle(muscle),
            words.side(side),
            str(len({one.needle for one in entries})),
            "; ".join(dict.fromkeys(_size(one) for one in entries if _size(one))),
            str(len(entries)),
            _twitches(words, ledger, entries[0]),
        )
        for (muscle, side), entries in found.items()
    ]


def _size(one: Insertion) -> str:
    if one.length_mm is None:
        return ""
    gauge = f"{one.gauge_mm:g} × " if one.gauge_mm else ""
    return f"{gauge}{one.length_mm:g} mm"


def _twitches(words: Words, ledger: Ledger, one: Insertion) -> str:
    counted = ledger.twitches(one.muscle, one.side).counted
    return words.t("not-assessed") if counted is None else str(counted)
