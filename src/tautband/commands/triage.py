"""``tautband triage``: what a patient who reports something after needling must do."""

import argparse
import json
from typing import TYPE_CHECKING

from tautband.commands.layout import heading, paragraph

if TYPE_CHECKING:
    from tautband.safety.events.triage import Triage


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("triage", help="say what a patient must do after needling")
    parser.add_argument("text", nargs="?", default="", help="the patient's words, in quotes")
    parser.add_argument(
        "--needled",
        default="",
        metavar="MUSCLES",
        help="what was needled, such as 'upper trapezius right, infraspinatus right'; "
        "left out, every region counts",
    )
    parser.add_argument("--hours", type=float, metavar="H", help="hours since the needling")
    parser.add_argument(
        "--sign",
        action="append",
        default=[],
        metavar="SIGN=yes|no",
        help="an answer to a warning sign, such as 'chest pain=no'; may be repeated",
    )
    parser.add_argument("--place", metavar="CODE", help="country code, for the emergency number")
    parser.add_argument("--json", action="store_true", help="print schema tautband.triage/1")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Triage and print."""
    from tautband.care.aftercare import read_answers, triage_json, triage_report

    answer = triage_report(
        chosen.text,
        needled=chosen.needled,
        hours=chosen.hours,
        answers=read_answers(chosen.sign),
        place=chosen.place,
    )
    if chosen.json:
        print(json.dumps(triage_json(answer), indent=2, ensure_ascii=False))
    else:
        print(report(answer))
    return 0


def report(answer: "Triage") -> str:
    """The patient's words first, then the reasons and the signs to confirm."""
    parts = [f"‼ {answer.decision.words.upper()}"]
    parts.append("\n".join(paragraph(line, "  ") for line in answer.say))
    if answer.rules:
        lines = [heading("Why")]
        lines += [
            paragraph(f"{rule.urgency.words}: {rule.why}{_cited(rule.sources)}", "  ", "  ")
            for rule in answer.rules
        ]
        parts.append("\n".join(lines))
    if answer.ask:
        lines = [heading("Ask now, yes or no")]
        lines += [
            paragraph(f"{q.question} (yes: {q.urgency.words}; {q.name})", "  ", "  ")
            for q in answer.ask
        ]
        parts.append("\n".join(lines))
    if answer.next_check_hours:
        hours = ", ".join(f"{hour:g}" for hour in answer.next_check_hours)
        parts.append(paragraph(f"Ask again at {hours} hours after the needling."))
    parts.append(paragraph("Triage does not diagnose. When in doubt, take the stricter advice."))
    return "\n\n".join(parts)


def _cited(sources: tuple[str, ...]) -> str:
    return f" [{', '.join(sources)}]" if sources else ""
