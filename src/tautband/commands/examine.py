"""``tautband examine``: what to examine next, and when to stop."""

import argparse
import json
from typing import TYPE_CHECKING

from tautband.commands.layout import heading, paragraph, percent
from tautband.commands.pain import add_pain, read_pain, told

if TYPE_CHECKING:
    from tautband.care.examine import Examination
    from tautband.reasoning.examination import Proposal


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("examine", help="say what to examine next, and when to stop")
    add_pain(parser)
    parser.add_argument("--json", action="store_true", help="print schema tautband.examine/2")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Propose and print."""
    from tautband.care.examine import examine
    from tautband.care.wire import examination_json

    drawing, _ = read_pain(chosen)
    answer = examine(drawing, **told(chosen))
    if chosen.json:
        print(json.dumps(examination_json(answer), indent=2, ensure_ascii=False))
    else:
        print(report(answer))
    return 0


def report(answer: "Examination") -> str:
    """The next examinations as text, red flags first."""
    steps = answer.steps
    parts = [
        f"‼ {f.title.upper()}\n{paragraph(f.say, '  ')}\n{paragraph(f.do, '  ')}"
        for f in answer.red_flags
    ]
    lines = [heading("Examine next"), paragraph(steps.plan.words, "  ", "  ")]
    lines += [_entry(number, p) for number, p in enumerate(steps.proposals, start=1)]
    if steps.stop is not None:
        lines = [heading("Stop here"), paragraph(steps.stop, "  ", "  ")]
    for unit, why in steps.held_back:
        lines.append(paragraph(f"Not proposed: {unit.name}, {unit.side} ({why})", "  ", "  "))
    lines.append(
        paragraph(
            "Ordered by expected information per minute and burden. Minutes, burden and the weight "
            "of signs at a muscle are assumptions; the accuracy of tests is published, from "
            "selected groups. Advice to a trained professional, not a decision."
        )
    )
    return "\n\n".join([*parts, "\n".join(lines)])


_DO = {"palpation": "palpate", "movement": "move and resist", "test": "test"}


def _entry(number: int, proposal: "Proposal") -> str:
    title = f"{number}. {proposal.name}, {proposal.side}: {_DO[proposal.kind]}"
    cost = f"{proposal.gain:.2f} bits, {proposal.minutes:g} min"
    lines = [paragraph(f"{title} ({cost})", "  ", "   ")]
    if proposal.signs:
        lines.append(paragraph(f"Look for: {', '.join(proposal.signs)}.", "     "))
    if proposal.position:
        lines.append(paragraph(f"Position: {proposal.position}", "     "))
    if proposal.how:
        lines.append(paragraph(proposal.how, "     "))
    yes, no = percent(proposal.if_present), percent(proposal.if_absent)
    after = f"{yes} if {proposal.present}; {no} if {proposal.absent}."
    lines.append(paragraph(after, "     "))
    if proposal.test is not None:
        lines.append(paragraph(f"Accuracy: {proposal.test.text}", "     "))
    if proposal.why_burden:
        lines.append(paragraph(f"Burden: {proposal.why_burden}.", "     "))
    if proposal.changes_plan is False:
        lines.append(paragraph("No answer to this alone would change the plan.", "     "))
    return "\n".join(lines)
