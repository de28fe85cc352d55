"""``tautband locate``: which trigger points would explain a sentence or a drawing."""

import argparse
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from tautband.base.errors import InputError
from tautband.commands.layout import bar, heading, paragraph, percent

if TYPE_CHECKING:
    from tautband.body.drawing import Drawing
    from tautband.care.locate import Location, ReadSentence
    from tautband.reasoning.ranking import Candidate, Explained

LARGEST_FILE = 1_000_000  # bytes; a typical drawing has fewer than 10,000
FEW = 5


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("locate", help="rank the trigger points that would explain a pain")
    parser.add_argument("text", nargs="?", help="the pain in words, in quotes")
    parser.add_argument("--drawing", type=Path, metavar="FILE", help="a drawing as JSON instead")
    parser.add_argument(
        "--region",
        action="append",
        default=[],
        metavar="KEY=0..10",
        help="a painful region instead, such as 'shoulder_anterior:right=6'; 0 says free of pain",
    )
    parser.add_argument("--sex", choices=("female", "male"), help="body shape of the picture")
    parser.add_argument(
        "--finding",
        action="append",
        default=[],
        metavar="TEXT",
        help="a finding, such as 'infraspinatus right: familiar pain' or '...: no taut band'",
    )
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
    drawing, sentence = _input(chosen)
    answer = locate(drawing, findings=chosen.finding, sentence=sentence, bound=CASE_BOUND)
    if chosen.json:
        print(json.dumps(location_json(answer), indent=2, ensure_ascii=False))
    else:
        print(report(answer))
    if chosen.picture:
        from tautband.commands.picture import save_location

        save_location(answer, drawing, chosen.sex, chosen.picture)
    return 0


def _input(chosen: argparse.Namespace) -> "tuple[Drawing, ReadSentence | None]":
    given = (chosen.text is not None, chosen.drawing is not None, bool(chosen.region))
    if sum(given) != 1:
        raise InputError(
            "locate",
            "needs words or a drawing",
            "a text in quotes, --drawing FILE, or --region KEY=0..10",
        )
    if chosen.drawing is not None:
        return read_drawing(chosen.drawing), None
    if chosen.region:
        return regions_drawing(chosen.region), None
    from tautband.care.locate import read_sentence

    sentence = read_sentence(chosen.text)
    return sentence.drawing, sentence


def regions_drawing(told: list[str]) -> "Drawing":
    """A drawing from ``region:side=intensity`` words; raises InputError naming the wrong one."""
    from tautband.body.drawing import Mark, from_regions
    from tautband.body.regions import load_regions

    marks = []
    for word in told:
        key, _, level = word.partition("=")
        if not re.fullmatch(r"\s*[0-9]{1,3}\s*", level):
            raise InputError("--region", f"'{word}' has no intensity", "KEY=0..10")
        marks.append(Mark(key.strip(), int(level)))
    return from_regions(load_regions(), marks)


def read_drawing(path: Path) -> "Drawing":
    """A drawing from a file; raises InputError that says what is wrong with it."""
    from tautband.body.drawing import from_json
    from tautband.body.surface import load_surface

    try:
        size = path.stat().st_size
        text = path.read_text("utf-8") if size <= LARGEST_FILE else ""
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("--drawing", f"{path} cannot be read", "a file of JSON") from error
    if size > LARGEST_FILE:
        raise InputError("--drawing", f"{path.name} is larger than 1 MB", "a drawing, under 1 MB")
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        right = "schema tautband.drawing/1"
        raise InputError("--drawing", f"{path.name} is not JSON", right) from error
    return from_json(data, load_surface())


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
