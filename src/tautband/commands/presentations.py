"""``tautband presentations``: what a complaint makes one think of, and what was published."""

import argparse
import json
from typing import TYPE_CHECKING

from tautband.commands.layout import heading, paragraph

if TYPE_CHECKING:
    from tautband.atlas.atlas import Atlas
    from tautband.atlas.presentations import Presentation
    from tautband.atlas.prevalence import Prevalence
    from tautband.base.sources import Fact


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("presentations", help="list presentations, or show one")
    parser.add_argument("name", nargs="?", help="an id, name or synonym, such as 'tennis elbow'")
    parser.add_argument("--json", action="store_true", help="print schema tautband.presentation/1")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """List all, or show one."""
    from tautband.atlas.atlas import load_atlas
    from tautband.atlas.presentations import find_presentation
    from tautband.care.presentation import presentation_json, presentations_json

    if chosen.name is None:
        found = presentations_json()
        print(json.dumps(found, indent=2, ensure_ascii=False) if chosen.json else _listed())
        return 0
    record, atlas = find_presentation(chosen.name), load_atlas()
    if chosen.json:
        print(json.dumps(presentation_json(record, atlas), indent=2, ensure_ascii=False))
    else:
        print(report(record, atlas))
    return 0


def _listed() -> str:
    from tautband.atlas.presentations import read_presentations

    records = sorted(read_presentations().values(), key=lambda p: (p.area, p.name))
    lines: list[str] = []
    for area in dict.fromkeys(record.area for record in records):
        lines += ["", heading(area.capitalize())]
        for record in records:
            if record.area == area:
                lines.append(f"  {record.id:<30} {record.name}")
                lines.append(paragraph("also: " + ", ".join(record.synonyms), " " * 33, "  "))
    return "\n".join(lines).strip()


def report(record: "Presentation", atlas: "Atlas") -> str:
    """A record as text, with the figures and every source."""
    sources: list[str] = []
    lines = [heading(record.name), paragraph("Also: " + ", ".join(record.synonyms), "  ", "  ")]
    lines += [_said(record.summary.text, record.summary, sources), "", "Must not be missed"]
    lines += [_said(miss.text, miss, sources) for miss in record.not_to_miss]
    if record.think_of:
        lines += ["", "Muscles to think of"]
    for think in record.think_of:
        names = ", ".join(atlas.muscles[m].name for m in think.muscles)
        lines.append(_said(f"{names}. {think.text}", think, sources))
    for raised in record.raised:
        names = ", ".join(atlas.causes[c].name for c in raised.causes)
        text = f"Also raised, odds x {raised.factor:g}: {names}. {raised.text}"
        lines.append(_said(text, raised, sources))
    if record.prevalence:
        lines += ["", "Published shares of people with trigger points"]
    for row in record.prevalence:
        text = f"{atlas.muscles[row.muscle].name}: {_figures(row)}. {row.text}".rstrip()
        lines.append(_said(text, row, sources))
    lines += [
        _said(f"No figure per muscle: {g.condition}. {g.text}", g, sources) for g in record.gaps
    ]
    lines += ["", "Not known", *(paragraph(text, "  ", "  ") for text in record.unknown)]
    lines += ["", "Sources", *(_source(n, key) for n, key in enumerate(sources, start=1))]
    return "\n".join(lines)


def _figures(row: "Prevalence") -> str:
    named = {"active": row.active, "latent": row.latent, "either": row.any}
    told = []
    for kind, span in named.items():
        if span is not None:
            low, high = span
            told.append(f"{kind} {low:g} %" if low == high else f"{kind} {low:g} to {high:g} %")
    people = f"{row.n} with {row.condition}" if row.n else row.condition
    return f"{', '.join(told)} ({people})" + (", other people than these" if row.indirect else "")


def _said(text: str, fact: "Fact", sources: list[str]) -> str:
    for key in fact.sources:
        if key not in sources:
            sources.append(key)
    marks = ", ".join(str(sources.index(key) + 1) for key in fact.sources)
    return paragraph(f"{text} [{marks}; {fact.confidence}]", "  ", "  ")


def _source(number: int, key: str) -> str:
    from tautband.base.sources import bibliography

    source = bibliography()[key]
    return paragraph(f"[{number}] {source.citation} (seen: {source.seen})", "  ", "    ")
