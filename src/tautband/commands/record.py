"""``tautband record``: one patient's whole record out, and erasures after a restore."""

import argparse
import json
import os
import sys
from pathlib import Path
from uuid import UUID

from tautband.base.errors import InputError


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("record", help="hand a patient's whole record out")
    what = parser.add_subparsers(title="what to do", metavar="WHAT", required=True)
    export = what.add_parser(
        "export", help="print a patient's whole record as JSON, or write it as JSON or PDF"
    )
    export.add_argument("--patient", metavar="ID", required=True, help="the patient's id")
    export.add_argument(
        "--to", metavar="FILE", help="a new file that ends in .json or .pdf; readable by you alone"
    )
    export.set_defaults(run=run_export)
    erased = what.add_parser(
        "finish-erasures", help="remove what a restored backup still holds of erased patients"
    )
    erased.set_defaults(run=run_finish)


def run_export(chosen: argparse.Namespace) -> int:
    """Export; the trail names the command line."""
    path = None if chosen.to is None else _new_file(chosen.to)
    form = "json" if path is None else path.suffix[1:].lower()
    patient = _patient(chosen.patient)
    from tautband.clinic.start import open_installation

    open_installation()
    from tautband.clinic.record.errors import NotFoundError
    from tautband.clinic.record.export.pdf import record_pdf
    from tautband.clinic.record.services.exporting import export_by_operator

    try:
        record = export_by_operator(patient, form)
    except NotFoundError:
        raise InputError("--patient", f"{patient} is not in this installation", "an id") from None
    if form == "pdf":
        data = record_pdf(record)
    else:
        data = (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode()
    if path is None:
        sys.stdout.write(data.decode())
    else:
        _write(path, data)
        print(f"Written: {path}")
    return 0


def run_finish(_chosen: argparse.Namespace) -> int:
    """Finish erasures and say how many."""
    from tautband.clinic.start import open_installation

    open_installation()
    from tautband.clinic.record.services.erasure import finish_erasures

    count = finish_erasures()
    print(f"{count} erased patient(s) were still in the database; what was left of them is gone.")
    return 0


def _patient(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise InputError("--patient", f"'{text[:40]}' is no id", "a UUID") from None


def _new_file(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in (".json", ".pdf"):
        raise InputError("--to", f"'{path.name}' has no known form", "a name in .json or .pdf")
    if path.exists():
        raise InputError("--to", f"{path} exists", "a new file")
    if not path.absolute().parent.is_dir():
        raise InputError("--to", f"{path.parent} does not exist", "a folder that exists")
    return path


def _write(path: Path, data: bytes) -> None:
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError("--to", f"{path} cannot be written: {reason}", "a free place") from error
