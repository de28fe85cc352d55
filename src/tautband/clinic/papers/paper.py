"""A paper: what it is made of, and the words that every kind of it uses."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tautband.atlas.atlas import load_atlas
from tautband.clinic import catalogue
from tautband.clinic.record.export.page import Block, facts, listing
from tautband.clinic.record.export.typesetting import paper_of
from tautband.clinic.record.models import Note
from tautband.clinic.record.models.base import Kept
from tautband.clinic.visit_pages.door import Visit
from tautband.clinic.visit_pages.versions import versions
from tautband.safety.events.taxonomy import load_taxonomy


@dataclass(frozen=True)
class Paper:
    """A paper before it is set.  ``draft`` is the mark across its pages, empty when it is final.

    ``pictures`` holds SVG by the name under which a block asks for it; ``versions`` is what made
    the content, as it stands in the small print.
    """

    title: str
    subtitle: str
    blocks: list[Block]
    versions: Mapping[str, Any]
    draft: str = ""
    large: bool = False
    pictures: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Words:
    """What puts rows into words: the catalogue, the clinic's time, names of the atlas."""

    at: Visit
    locale: str

    def t(self, message: str, **values: Any) -> str:
        """A text of the catalogue, whose ids begin with papers-."""
        return catalogue.text(f"papers-{message}", self.locale, **values)

    def when(self, time: datetime | None) -> str:
        """A moment in the clinic's time; empty for none."""
        if time is None:
            return ""
        return f"{time.astimezone(ZoneInfo(self.at.seat.clinic.time_zone)):%Y-%m-%d %H:%M}"

    def day(self, time: date | datetime | None) -> str:
        """A day in the clinic's time; empty for none."""
        if isinstance(time, datetime):
            return self.when(time)[:10]
        return time.isoformat() if time else ""

    def muscle(self, code: str) -> str:
        """The name of a muscle; a code that this atlas does not know, in words."""
        found = load_atlas().muscles.get(code)
        return found.name if found else code.replace("_", " ").capitalize()

    def event(self, code: str) -> str:
        """The name of a reaction or event, as the taxonomy has it."""
        found = load_taxonomy().kinds.get(code)
        return found.name if found else code.replace("_", " ")

    def side(self, code: str) -> str:
        """A side in words; empty for none."""
        return catalogue.text(f"side-{code}", self.locale) if code else ""

    def of_patient(self) -> tuple[tuple[str, str], ...]:
        """Who it is, as every paper says it first."""
        one = self.at.patient
        return (
            (self.t("patient"), one.name),
            (self.t("born"), self.day(one.birth_date)),
            (self.t("number-here"), one.clinic_number),
        )

    def by(self, card: Mapping[str, Any] | None, name: str = "") -> str:
        """A person with profession and licence, as far as their card knows them."""
        told = card or {}
        licence = told.get("licence_number")
        parts = [
            told.get("name") or name,
            told.get("profession"),
            licence and self.t("licence", number=licence),
        ]
        return ", ".join(str(part) for part in parts if part)


Maker = Callable[[Words, Any], Paper]


def document(words: Words, paper: Paper, row: Kept) -> dict[str, Any]:
    """Everything that the template sets."""
    clinic, patient = words.at.seat.clinic, words.at.patient
    made_up = patient.is_synthetic or clinic.is_synthetic
    made_by = {**versions(), **paper.versions}
    return {
        "title": paper.title,
        "subtitle": paper.subtitle,
        "running": f"{clinic.name}  ·  {patient.name}",
        "synthetic": words.t("made-up") if made_up else "",
        "banner": words.t("banner") if made_up else "",
        "foot": words.t(
            "foot",
            row=str(row.pk),
            versions=", ".join(
                f"{name} {_bare(name, value)}" for name, value in sorted(made_by.items())
            ),
        ),
        "none": words.t("none"),
        "page": words.t("page", page="{page}", pages="{pages}"),
        "paper": paper_of(clinic.jurisdiction),
        "draft": paper.draft,
        "large": paper.large,
        "blocks": paper.blocks,
    }


def _bare(name: str, version: object) -> str:
    """A version without the name that it begins with."""
    return str(version).removeprefix(f"{name}-")


def table(head: Sequence[str], rows: Sequence[Sequence[str]], title: str = "") -> list[Block]:
    """A table without the columns in which no row says anything; nothing without rows."""
    told = [place for place in range(len(head)) if any(row[place] for row in rows)]
    return listing(title, [head[i] for i in told], [[row[i] for i in told] for row in rows])


def particulars(*rows: tuple[str, Any]) -> Block:
    """What stands at the head of a paper, two facts a line; what is empty is left out."""
    return {**facts(*rows), "kind": "particulars"}


def draft_mark(words: Words, note: Note) -> str:
    """The mark of a note that is not signed to its end."""
    return "" if note.state == "signed" else words.t("draft")


def warning(title: str, *texts: str) -> Block:
    """What must not be missed, in a box."""
    return {"kind": "warning", "title": title, "texts": list(texts)}


def bullets(items: list[str]) -> list[Block]:
    """A list, or nothing when it has no items."""
    return [{"kind": "list", "items": items}] if items else []


def signing(words: Words, *labels: str) -> Block:
    """Lines to sign on by hand, each with one for the day."""
    return {"kind": "signing", "lines": list(labels), "date": words.t("date")}
