"""Presentations as pages: what to think of, what was measured, what must not be missed."""

from dataclasses import dataclass

from tautband.atlas.atlas import Atlas
from tautband.atlas.causes import OtherCause
from tautband.atlas.presentations import Presentation, read_presentations
from tautband.atlas.prevalence import Percent, Prevalence
from tautband.atlas.records import Muscle
from tautband.clinic.atlas_pages.statements import Cite, Citing, Statement


@dataclass(frozen=True)
class ThinkOfPart:
    """Muscles, and why they are thought of."""

    muscles: tuple[Muscle, ...]
    statement: Statement


@dataclass(frozen=True)
class RaisedPart:
    """Other causes, and by how much the presentation raises their odds."""

    causes: tuple[OtherCause, ...]
    factor: float
    statement: Statement


@dataclass(frozen=True)
class Row:
    """One line of the table of published shares; a share is told as it was printed."""

    muscle: Muscle
    condition: str
    n: int
    active: str
    latent: str
    any: str
    statement: Statement


@dataclass(frozen=True)
class PresentationPage:
    """Everything that the page of a presentation shows."""

    record: Presentation
    summary: Statement
    think_of: tuple[ThinkOfPart, ...]
    raised: tuple[RaisedPart, ...]
    not_to_miss: tuple[Statement, ...]
    rows: tuple[Row, ...]
    cites: tuple[Cite, ...]


def by_area() -> tuple[tuple[str, tuple[Presentation, ...]], ...]:
    """All presentations by area of the body, by name within."""
    found: dict[str, list[Presentation]] = {}
    for one in sorted(read_presentations().values(), key=lambda p: (p.area, p.name)):
        found.setdefault(one.area, []).append(one)
    return tuple((area, tuple(records)) for area, records in found.items())


def presentation_page(atlas: Atlas, record: Presentation) -> PresentationPage:
    """The page of a presentation, with its sources numbered as one reads."""
    citing = Citing()
    summary = citing.statement("summary", record.summary)
    not_to_miss = citing.statements("not_to_miss", record.not_to_miss)
    think_of = tuple(
        ThinkOfPart(tuple(atlas.muscles[m] for m in part.muscles), citing.statement("", part))
        for part in record.think_of
    )
    raised = tuple(
        RaisedPart(
            tuple(atlas.causes[c] for c in part.causes), part.factor, citing.statement("", part)
        )
        for part in record.raised
    )
    rows = tuple(_row(atlas, citing, row) for row in record.prevalence)
    return PresentationPage(record, summary, think_of, raised, not_to_miss, rows, citing.cites())


def _row(atlas: Atlas, citing: Citing, row: Prevalence) -> Row:
    return Row(
        muscle=atlas.muscles[row.muscle],
        condition=row.condition,
        n=row.n,
        active=_percent(row.active),
        latent=_percent(row.latent),
        any=_percent(row.any),
        statement=citing.statement("", row),
    )


def _percent(span: Percent | None) -> str:
    if span is None:
        return ""
    low, high = span
    return f"{low:g}" if low == high else f"{low:g} – {high:g}"
