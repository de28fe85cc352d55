"""``tautband practitioner``: may this person needle here, as far as a rule was read."""

import argparse
import json
import math
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from tautband.base.errors import InputError
from tautband.commands.layout import heading, paragraph

if TYPE_CHECKING:
    from tautband.safety.practitioners import Permission


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("practitioner", help="say whether a profession may needle here")
    parser.add_argument("--profession", required=True, metavar="NAME", help="'physical therapist'")
    parser.add_argument(
        "--jurisdiction", required=True, metavar="CODE", help="country and state: US-VA, IE"
    )
    parser.add_argument("--student", action="store_true", help="the person is a student")
    parser.add_argument("--hours", type=float, metavar="H", help="hours of needling training")
    parser.add_argument("--on", metavar="DATE", help="the day asked about (today)")
    parser.add_argument("--json", action="store_true", help="print schema tautband.practitioner/1")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Answer and print."""
    from tautband.safety.people import Clinician
    from tautband.safety.practitioners import may_needle, permission_json

    if chosen.hours is not None and not 0 <= chosen.hours < math.inf:
        raise InputError("hours", f"is {chosen.hours:g}", "hours of training, 0 or more")
    for field in ("profession", "jurisdiction"):
        if not getattr(chosen, field).strip():
            raise InputError(field, "is empty", "such as 'physical therapist', or US-VA")
    clinician = Clinician(
        profession=chosen.profession,
        jurisdiction=chosen.jurisdiction,
        training_hours=chosen.hours,
        student=bool(chosen.student),
    )
    answer = may_needle(chosen.profession, chosen.jurisdiction, clinician, _day(chosen.on))
    if chosen.json:
        print(json.dumps(permission_json(answer), indent=2, ensure_ascii=False))
    else:
        print(report(answer))
    return 0


def _day(text: str | None) -> date:
    if text is None:
        return datetime.now(UTC).date()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError("on", f"'{text[:20]}' is no date", "a date such as 2026-11-25") from error


def report(answer: "Permission") -> str:
    """The decision, why, and what a person has to confirm."""
    lines = [heading(f"Decision: {answer.decision.words}")]
    for reason in answer.reasons:
        cited = f" [{', '.join(reason.sources)}]" if reason.sources else ""
        lines.append(paragraph(f"{reason.decision.words}: {reason.why}{cited}", "  ", "  "))
    parts = ["\n".join(lines)]
    if answer.confirm:
        confirm = [paragraph(f"- {condition}", "  ", "  ") for condition in answer.confirm]
        parts.append("\n".join([heading("To be confirmed by a person"), *confirm]))
    if answer.seen:
        parts.append(paragraph(f"Text read on {answer.seen.isoformat()}."))
    parts += [paragraph(f"! {warning}") for warning in answer.warnings]
    parts.append(paragraph("This is not legal advice. Ask the regulator."))
    return "\n\n".join(parts)
