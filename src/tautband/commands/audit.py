"""``tautband audit``: is the trail whole, and what does it say."""

import argparse
import json
import sys
from typing import TYPE_CHECKING

from tautband.base.errors import InputError
from tautband.commands.layout import heading, paragraph

if TYPE_CHECKING:
    from uuid import UUID

    from tautband.vault.chain_check import Report

FORMAT = "tautband.audit-check/1"
FOUND = 1


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("audit", help="check the audit trail, or list its entries")
    what = parser.add_subparsers(title="what to do", metavar="WHAT", required=True)
    verify = what.add_parser(
        "verify", help="find every entry that was edited, removed, reordered, added or cut off"
    )
    verify.add_argument("--clinic", metavar="ID", help="this clinic alone ('installation': none)")
    verify.add_argument("--json", action="store_true", help=f"print schema {FORMAT}")
    verify.set_defaults(run=run_verify)
    listing = what.add_parser("list", help="print entries, the newest first")
    listing.add_argument("--clinic", metavar="ID", help="this clinic alone ('installation': none)")
    listing.add_argument("--patient", metavar="ID", help="what was done to one patient's data")
    listing.add_argument("--person", metavar="ID", help="what one person did")
    listing.add_argument("--limit", type=int, default=50, metavar="N", help="at most (%(default)s)")
    listing.add_argument("--json", action="store_true", help="print one JSON object a line")
    listing.set_defaults(run=run_list)


def run_verify(chosen: argparse.Namespace) -> int:
    """Check and print; 1 when something was found."""
    from tautband.clinic.start import open_installation

    open_installation()
    from tautband.clinic.trail.reading import all_chains, check_chain

    known = all_chains()
    chains = known if chosen.clinic is None else [_chain(chosen.clinic, known)]
    reports = [check_chain(chain) for chain in chains]
    whole = all(report.is_whole for report in reports)
    if chosen.json:
        found = {"format": FORMAT, "whole": whole, "chains": [as_json(one) for one in reports]}
        print(json.dumps(found, indent=2))
    else:
        print(told(reports))
    return 0 if whole else FOUND


def told(reports: "list[Report]") -> str:
    """What was found, in sentences."""
    parts = []
    for report in reports:
        if report.entries or report.findings:
            parts.append(_told_one(report))
    checked = sum(report.entries for report in reports)
    found = sum(len(report.findings) + report.more for report in reports)
    entries = "1 entry was" if checked == 1 else f"{checked:,} entries were"
    if found:
        verdict = f"NOT WHOLE: {_count(found, 'finding')}. {entries} checked."
        verdict += " Keep the data folder and the last backups as they are, and ask for help."
    else:
        verdict = f"Whole: {entries} checked, and none was edited, removed, added or moved."
    return "\n\n".join([*parts, paragraph(verdict)])


def _told_one(report: "Report") -> str:
    count = _count(report.entries, "entry", "entries")
    lines = [heading(f"{_name(report.chain)}: {count}")]
    lines += [paragraph(f"! {one.sentence}", "  ", "    ") for one in report.findings]
    if report.more:
        lines.append(paragraph(f"! and {_count(report.more, 'more finding')}", "  ", "    "))
    lines += [paragraph(note, "  ", "  ") for note in report.notes]
    if report.is_whole and report.last_time:
        lines.append(f"  whole up to entry {report.last} of {report.last_time:%Y-%m-%d %H:%M} UTC")
    return "\n".join(lines)


def as_json(report: "Report") -> dict[str, object]:
    """The report of one chain for a program."""
    return {
        "chain": report.chain,
        "entries": report.entries,
        "last": report.last,
        "whole": report.is_whole,
        "findings": [
            {"harm": one.harm, "first": one.first, "last": one.last, "sentence": one.sentence}
            for one in report.findings
        ],
        "more_findings": report.more,
        "notes": list(report.notes),
    }


def run_list(chosen: argparse.Namespace) -> int:
    """Print entries, newest first."""
    from tautband.clinic.start import open_installation

    open_installation()
    from tautband.clinic.trail.models import AuditEntry
    from tautband.clinic.trail.reading import all_chains

    if chosen.limit < 1:
        raise InputError("limit", f"is {chosen.limit}", "1 or more")
    found = AuditEntry.objects.order_by("-time", "-number")
    if chosen.clinic is not None:
        found = found.of(_chain(chosen.clinic, all_chains())).order_by("-number")
    if chosen.patient is not None:
        found = found.filter(patient_id=_uuid("patient", chosen.patient))
    if chosen.person is not None:
        found = found.filter(actor=_uuid("person", chosen.person))
    for row in found[: chosen.limit]:
        entry = row.as_stored().entry
        if chosen.json:
            shown = {
                "chain": entry.chain,
                "number": entry.number,
                "time": entry.time.isoformat(),
                "actor": entry.actor,
                "action": entry.action,
                "kind": entry.kind,
                "object_id": entry.object_id,
                "patient_id": entry.patient_id,
                "detail": json.loads(entry.detail or "{}"),
            }
            print(json.dumps(shown))
        else:
            about = f" of patient {entry.patient_id}" if entry.patient_id else ""
            who = entry.actor or "nobody signed in"
            thing = f"{entry.kind} {entry.object_id}".rstrip()
            print(
                f"{entry.time:%Y-%m-%d %H:%M:%S}  {entry.chain[:8]} {entry.number:>7}  "
                f"{entry.action:<12} {thing}{about} by {who} {entry.detail}".rstrip()
            )
    if not chosen.json and not found.exists():
        print("No entry.", file=sys.stdout)
    return 0


def _chain(text: str, known: "list[UUID]") -> "UUID":
    from tautband.clinic.trail.models import INSTALLATION

    chain = INSTALLATION if text == "installation" else _uuid("clinic", text)
    if chain not in known:
        raise InputError("clinic", f"{text[:40]} is not one of this installation", "a clinic's id")
    return chain


def _uuid(field: str, text: str) -> "UUID":
    from uuid import UUID

    try:
        return UUID(text)
    except ValueError as error:
        raise InputError(field, f"'{text[:40]}' is no id", "a UUID") from error


def _name(chain: str) -> str:
    return "The installation" if set(chain) <= set("0-") else f"Clinic {chain}"


def _count(number: int, one: str, many: str = "") -> str:
    return f"1 {one}" if number == 1 else f"{number:,} {many or one + 's'}"
