"""``tautband backup`` and ``tautband restore``: the whole installation, sealed, and back again."""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tautband.base.errors import InputError
from tautband.commands.layout import paragraph

if TYPE_CHECKING:
    from tautband.clinic.backups.judging import Judged
    from tautband.vault.chain_check import Report

NOT_WHOLE = 1
_SHOWN = 10


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare both commands."""
    backup = commands.add_parser("backup", help="write a sealed, checked copy of everything")
    where = backup.add_mutually_exclusive_group(required=True)
    where.add_argument("file", nargs="?", type=Path, metavar="FILE", help="a new file")
    where.add_argument(
        "--to", type=Path, metavar="FOLDER", help="a file named by the time in there"
    )
    backup.add_argument(
        "--keep", type=int, metavar="N", help="with --to: then delete all but the newest N"
    )
    _add_passphrase(backup, "seal with the passphrase in FILE, not with the key ring")
    backup.set_defaults(run=run_backup)

    restore = commands.add_parser("restore", help="put a backup back")
    restore.add_argument("file", type=Path, metavar="FILE", help="what `tautband backup` wrote")
    restore.add_argument(
        "--replace", action="store_true", help="even if this is not empty; the old is kept aside"
    )
    restore.add_argument("--check", action="store_true", help="check the file, put nothing back")
    _add_passphrase(restore, "the passphrase that the backup was sealed with")
    restore.set_defaults(run=run_restore)


def _add_passphrase(parser: argparse.ArgumentParser, words: str) -> None:
    parser.add_argument("--passphrase-file", type=Path, metavar="FILE", help=words)


def run_backup(chosen: argparse.Namespace) -> int:
    """Write, read again, judge, and then forget old ones."""
    passphrase = _passphrase(chosen.passphrase_file)
    if chosen.keep is not None and (chosen.to is None or chosen.keep < 1):
        raise InputError("keep", "needs --to and a number", "--to FOLDER --keep 30")
    from tautband.clinic.start import set_up

    set_up()
    from tautband.clinic.backups import making

    now = datetime.now(UTC)
    made = making.make(chosen.file or chosen.to / making.name_for(now), passphrase, now)
    print(paragraph(f"Backup: {made.path}, {_size(made.size_bytes)}."))
    print(_told(made.judged))
    if chosen.keep is not None and made.judged.is_whole:
        gone = making.forget_old(chosen.to, chosen.keep)
        for old in gone:
            print(paragraph(f"Deleted: {old.path.name}, made {old.made_at:%Y-%m-%d %H:%M} UTC."))
    return 0 if made.judged.is_whole else NOT_WHOLE


def run_restore(chosen: argparse.Namespace) -> int:
    """Judge, and put back."""
    passphrase = _passphrase(chosen.passphrase_file)
    from tautband.clinic.start import set_up

    set_up()
    from tautband.clinic.backups import restoring

    if chosen.check:
        judged = restoring.look_into(chosen.file, passphrase)
        print(_told(judged))
        return 0 if judged.is_whole else NOT_WHOLE
    done = restoring.restore(chosen.file, passphrase, chosen.replace, datetime.now(UTC))
    print(paragraph(f"Restored what was backed up at {done.judged.manifest.made_at}."))
    print(_told(done.judged))
    if done.aside:
        print(paragraph(f"What was here before is kept in {done.aside}. Delete it when sure."))
    if done.erased_again:
        print(paragraph(f"Erased again: {done.erased_again} whose data the backup still held."))
    print(paragraph("Everybody has to sign in again."))
    return 0 if done.judged.is_whole else NOT_WHOLE


def _told(judged: "Judged") -> str:
    """What the check of an archive saw."""
    manifest = judged.manifest
    lines = [
        paragraph(
            f"Checked: it opens to its last byte; the database ({manifest.vendor} "
            f"{manifest.server}, written by Tautband {manifest.tautband}) is sound."
        )
    ]
    entries = "1 entry" if judged.entries == 1 else f"{judged.entries:,} entries"
    if judged.is_whole:
        lines.append(paragraph(f"The audit trail in it, {entries}, is whole."))
    else:
        lines.append(paragraph(f"The audit trail in it, {entries}, is NOT WHOLE:"))
        found = [_finding(report, text) for report in judged.reports for text in _texts(report)]
        lines += found[:_SHOWN]
        if len(found) > _SHOWN:
            lines.append(f"  and {len(found) - _SHOWN} more; see tautband audit verify")
    return "\n".join(lines)


def _texts(report: "Report") -> list[str]:
    return [finding.sentence for finding in report.findings]


def _finding(report: "Report", text: str) -> str:
    return paragraph(f"! {report.chain}: {text}", "  ", "    ")


def _passphrase(path: Path | None) -> str | None:
    if path is None:
        return None
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("passphrase-file", f"{path} cannot be read", "a text file") from error
    if not lines or not lines[0].strip():
        raise InputError("passphrase-file", f"{path} is empty", "the passphrase in its first line")
    return lines[0].strip()


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 100_000 else f"{count / 1e3:.1f} kB"
