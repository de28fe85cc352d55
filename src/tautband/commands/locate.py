"""``tautband locate``: which trigger points would explain a sentence or a drawing."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from tautband.commands.layout import bar, heading, paragraph, percent
from tautband.commands.pain import add_pain, read_pain

if TYPE_CHECKING:
    from tautband.care.locate import Location
    from tautband.reasoning.ranking import Candidate, Explained

FEW = 5


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("locate", help="rank the trigger points that would explain a pain")
    add_pain(parser)
    parser.add_argument("--sex", choices=("female", "male"), help="body shape of the picture")
    parser.add_argument("--json", action="store_true", help="print schema tautband.locate/1")
    parser.add_argument("--picture", type=Path, metavar="FILE.png", help="draw it, front and back")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Rank, print, and draw if asked."""
    from tautband.care.locate import CASE_BOUND, locate
    from tautband.care.wire import location_json

    if chosen.picture:
        from tautband.commands.picture import check_png

        check_png(chosen.picture)
    drawing, sentence = read_pain(chosen)
    answer = locate(drawing, findings=chosen.finding, sentence=sentence, bound=CASE_BOUND)
    if chosen.json:
        print(json.dumps(location_json(answer), indent=2, ensure_ascii=False))
    else:
        print(report(answer))
    if chosen.picture:
        from tautband.commands.picture import save_location

        save_location(answer, drawing, chosen.sex, chosen.picture)
    return 0


def report(answer: "Location") -> str:
    """The answer as text: warnings, what was understood, the ranking, the rest."""
    parts = [
        _warnings(answer),
        _understood(answer),
        _muscles(answer),
        _others(answer),
        _rest(answer),
    ]
    return "\n\n".join(part for part in parts if part)


def _warnings(answer: "Location") -> str:
    return "\n\n".join(
        f"‼ {flag.title.upper()}\n{paragraph(flag.say, '  ')}" for flag in answer.red_flags
    )


def _understood(answer: "Location") -> str:
    if not answer.understood:
        return ""
    lines = [heading("Understood")]
    lines += [paragraph(f"“{r.text}”: {r.meaning}", "  ", "  ") for r in answer.understood]
    if answer.not_understood:
        lines.append(paragraph("Not understood: " + ", ".join(answer.not_understood), "  ", "  "))
    return "\n".join(lines)


def _muscles(answer: "Location") -> str:
    lines = [heading("Trigger points that would explain it")]
    if not answer.candidates:
        lines.append("  None in this atlas.")
    lines += [_entry(c) for c in answer.candidates]
    return "\n".join(lines)


def _entry(candidate: "Candidate") -> str:
    record = candidate.unit.muscle
    assert record is not None
    title = f"{record.name}, {candidate.unit.side}"
    lines = [f"  {bar(candidate.probability)} {percent(candidate.probability):>6}  {title}"]
    if candidate.probability >= 0.05:
        lines.append(_line("explains", _places(candidate.explains)))
        if candidate.against:
            said = [a.why if a.region is None else a.region.plain for a in candidate.against]
            prefix = "" if candidate.against[0].region is None else "nothing drawn at: "
            lines.append(_line("against", prefix + ", ".join(said)))
        risks = "; ".join(r.structure for r in record.at_risk if r.stated)
        lines.append(_line("at risk", risks or "not established"))
    return "\n".join(lines)


def _line(label: str, text: str) -> str:
    return paragraph(f"{label + ':':<10}{text}", " " * 31, " " * 10)


def _places(explained: "tuple[Explained, ...]") -> str:
    shown = [e.region.plain for e in explained[:FEW]]
    more = len(explained) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _others(answer: "Location") -> str:
    if not answer.other_causes:
        return ""
    lines = [heading("Other explanations to weigh")]
    for candidate in answer.other_causes:
        cause = candidate.unit.cause
        assert cause is not None
        title = f"{cause.name}, {candidate.unit.side} ({cause.kind})"
        lines.append(f"  {bar(candidate.probability)} {percent(candidate.probability):>6}  {title}")
    return "\n".join(lines)


def _rest(answer: "Location") -> str:
    left = ", ".join(f"{e.region.plain} ({e.region.side})" for e in answer.unexplained)
    exact = "exact" if answer.bound == 0 else f"right to within {answer.bound:.0e}"
    versions = answer.versions
    return "\n".join(
        [
            paragraph("Not explained by anything here: " + (left or "nothing"), "", "  "),
            paragraph(
                f"Probabilities are the model's and {exact}; {versions.atlas}, {versions.model}, "
                f"{versions.body}. Advice to a trained professional, not a decision.",
            ),
        ]
    )
