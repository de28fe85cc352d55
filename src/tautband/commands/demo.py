"""``tautband demo``: a made-up clinic with its patients, served to this computer alone."""

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

from tautband.base.errors import InputError

HOST = "127.0.0.1"
MARK = "made-up-clinic"  # a file in the data folder: what --fresh may remove


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    demo = commands.add_parser("demo", help="a made-up clinic to look around in, on this computer")
    demo.add_argument("--port", type=int, default=8000, help="port (%(default)s)")
    demo.add_argument("--workers", type=int, default=2, help="processes (%(default)s)")
    demo.add_argument(
        "--data", metavar="FOLDER", help="where to keep it (else it is gone at the end)"
    )
    demo.add_argument("--fresh", action="store_true", help="make it anew")
    demo.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Make the clinic where there is none yet, and serve it."""
    if os.environ.get("DATABASE_URL"):
        raise InputError("DATABASE_URL", "is set", "none: the made-up clinic has its own database")
    if chosen.data is None:
        with tempfile.TemporaryDirectory(prefix="tautband-demo-") as passing:
            return _serve(Path(passing), chosen)
    folder = Path(chosen.data)
    if chosen.fresh:
        _forget(folder)
    return _serve(folder, chosen)


def _forget(folder: Path) -> None:
    """Remove an earlier demonstration, and nothing else."""
    if not folder.exists():
        return
    if not (folder / MARK).exists():
        raise InputError("--fresh", f"{folder} was not made by this command", "another folder")
    shutil.rmtree(folder)


def _serve(folder: Path, chosen: argparse.Namespace) -> int:
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise InputError("--data", f"{folder} holds something else", "an empty or new folder")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / MARK).touch()
    os.environ["TAUTBAND_DATA"] = str(folder.resolve())
    os.environ["TAUTBAND_DEMO"] = "1"

    from tautband.clinic.server import serve
    from tautband.clinic.start import open_installation

    open_installation()
    from django.utils import timezone

    from tautband.clinic.demo.building import build, demo_clinic

    if demo_clinic() is None:
        print("Making a clinic of made-up patients; this takes half a minute.", file=sys.stderr)
        build(timezone.now())
    print(f"The made-up clinic opens at http://{HOST}:{chosen.port}/demo/", flush=True)
    serve(HOST, chosen.port, chosen.workers)
    return 0
