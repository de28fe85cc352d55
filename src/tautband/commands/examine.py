"""``tautband examine``: which muscle to palpate next, and when to stop."""

import argparse
import json
from typing import TYPE_CHECKING

from tautband.commands.layout import heading, paragraph, percent
from tautband.commands.pain import add_pain, read_pain

if TYPE_CHECKING:
    from tautband.care.examine import Examination
    from tautband.reasoning.examination import Proposal


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("examine", help="say which muscle to palpate next")
    add_pain(parser)
    parser.add_argument("--json", action="store_true", help="print schema tautband.examine/1")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Propose and print."""
    from tautband.care.examine import examine
    from tautband.care.wire import examination_json

    drawing, _ = read_pain(chosen)
    answer = examine(drawing, findings=chosen.finding)
    if chosen.json:
        print(json.dumps(examination_json(answer), indent=2, ensure_ascii=False))
    else:
        print(report(answer))
    return 0


def report(answer: "Examination") -> str:
    """The next examinations as text, red flags first."""
    parts = [f"‼ {f.title.upper()}\n{paragraph(f.say, '  ')}" for f in answer.red_flags]
    lines = [heading("Palpate next: press, and ask whether this is the familiar pain")]
    lines += [_entry(number, p) for number, p in enumerate(answer.steps.proposals, start=1)]
    if not answer.steps.proposals:
        lines.append("  Stop here: no muscle's answer would change the ranking much.")
    for unit, why in answer.steps.held_back:
        lines.append(paragraph(f"Not proposed: {unit.name}, {unit.side} ({why})", "  ", "  "))
    lines.append(
        paragraph(
            "Ordered by expected information per minute and burden; minutes, burden and the weight "
            "of a finding are assumptions. Advice to a trained professional, not a decision."
        )
    )
    return "\n\n".join([*parts, "\n".join(lines)])


def _entry(number: int, proposal: "Proposal") -> str:
    title = f"{number}. {proposal.unit.name}, {proposal.unit.side}"
    after = f"{percent(proposal.if_present)} if present, {percent(proposal.if_absent)} if absent"
    lines = [f"  {title}: {after} ({proposal.gain:.2f} bits, {proposal.minutes:g} min)"]
    if proposal.how:
        lines.append(paragraph(proposal.how, "     "))
    if proposal.why_burden:
        lines.append(paragraph(f"Burden: {proposal.why_burden}.", "     "))
    return "\n".join(lines)
