"""The letter to a referring physician: its words, the drawings, and the course in pictures."""

from django.utils import timezone

from tautband.clinic.papers import course, findings
from tautband.clinic.papers.note import signatures
from tautband.clinic.papers.paper import Paper, Words, draft_mark, particulars
from tautband.clinic.record.export.page import Block, heading, paragraph
from tautband.clinic.record.models import Note
from tautband.clinic.record.services.cards import card_of

# Sections of a note in the order of a letter; `free` holds whom it is written to.
ORDER = ("subjective", "objective", "assessment", "procedure", "plan")
TO = "free"


def letter(words: Words, row: Note) -> Paper:
    """A letter with what the record held when it was signed, or holds now."""
    until = row.signed_at or timezone.now()
    pictures, drawn = findings.drawings(words, findings.assessments(words, until))
    found = course.courses(words, until)
    beside = {
        "objective": pictures,
        "assessment": [
            *course.in_pictures(words, found, course.visits(words, until)),
            *course.in_figures(words, found),
        ],
    }
    clinic = words.at.seat.clinic
    return Paper(
        title=words.t("letter"),
        subtitle=words.t("letter-of", clinic=clinic.name, day=words.day(row.written_at)),
        blocks=[
            *_paragraphs(row.said.get(TO, "")),
            particulars(*words.of_patient(), (words.t("complaint"), words.at.episode.title)),
            *(block for name in ORDER for block in _section(words, row, name, beside)),
            paragraph(words.t("regards")),
            paragraph(words.by(card_of(row.author, clinic), str(row.author))),
            *signatures(words, row),
        ],
        versions={},
        draft=draft_mark(words, row),
        pictures=drawn,
    )


def _section(words: Words, row: Note, name: str, beside: dict[str, list[Block]]) -> list[Block]:
    told = [*_paragraphs(row.said.get(name, "")), *beside.get(name, [])]
    return [heading(words.t(f"letter-{name}")), *told] if told else []


def _paragraphs(text: str) -> list[Block]:
    return [paragraph(one.strip()) for one in text.split("\n\n") if one.strip()]
