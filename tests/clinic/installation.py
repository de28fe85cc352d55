"""Installations of their own, driven as people drive them: by commands in other processes.

Each installation keeps one process that runs what it is asked, one command after the other, because
most of the time of a command goes into starting Python.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import quote

import psycopg

from tautband.clinic.database import FILE_NAME

ROOT = Path(__file__).parents[2]


@dataclass
class Installation:
    """A data folder and a database; close it."""

    data: Path
    database_url: str = ""
    more: dict[str, str] = field(default_factory=dict)
    _servant: subprocess.Popen[str] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """The variables of its processes."""
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith("TAUTBAND_")
        }
        kept.pop("DATABASE_URL", None)
        own = {"TAUTBAND_DATA": str(self.data), "DJANGO_SETTINGS_MODULE": "tests.settings"}
        if self.database_url:
            own["DATABASE_URL"] = self.database_url
        return {**kept, **own, "PYTHONPATH": str(ROOT), **self.more}

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """A Python process of it, which may be killed."""
        return subprocess.Popen(
            [sys.executable, *arguments],
            env=self.environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def python(self, script: str) -> str:
        """What a script prints that runs inside it; fails when the script does."""
        code, out, err = self._asked({"script": script})
        assert code == 0, err
        return out

    def command(self, *arguments: str) -> tuple[int, str, str]:
        """Exit code, output and complaints of a `tautband` command."""
        return self._asked({"command": arguments})

    def told(self, *arguments: str) -> str:
        """The output of a command that succeeds, as one line."""
        code, out, err = self.command(*arguments)
        assert code == 0, out + err
        return " ".join(out.split())

    def refused(self, *arguments: str) -> str:
        """The one sentence of a command that is refused with 2."""
        code, out, err = self.command(*arguments)
        assert code == 2, out + err
        assert "Traceback" not in err
        return err

    def lay_out(self) -> None:
        """Bring its database to what this version needs, and end its process."""
        self.python("")
        self.close()

    def close(self) -> None:
        """End its process."""
        if self._servant is not None:
            self._servant.communicate()
            self._servant = None

    def _asked(self, what: dict[str, object]) -> tuple[int, str, str]:
        if self._servant is None:
            self._servant = self.start(str(Path(__file__)))
        assert self._servant.stdin is not None
        assert self._servant.stdout is not None
        self._servant.stdin.write(json.dumps(what) + "\n")
        self._servant.stdin.flush()
        code, out, err = json.loads(self._servant.stdout.readline())
        return code, out, err


def lay_out(data: Path) -> None:
    """Put an empty database, as this version needs it, into a data folder that has none."""
    if not (data / FILE_NAME).exists():
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copy(_laid_out(), data / FILE_NAME)


@cache
def _laid_out() -> Path:
    # Migrating takes seconds of a core, so it is done once for each process of the tests.
    folder = Path(tempfile.mkdtemp(prefix="tautband-laid-out-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    Installation(folder).lay_out()
    return folder / FILE_NAME


def new_database(address: str, name: str, like: str = "template1") -> str:
    """A database in a running PostgreSQL cluster, empty or `like` another; answers its address."""
    with psycopg.connect(address, autocommit=True) as opened:
        opened.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"'.encode())
    base, _, _ = address.rpartition("/")
    return f"{base}/{quote(name)}"


def serve() -> None:
    """Run what each line of the input asks for; closes the database after each, as an end would."""
    import io
    import traceback

    from tautband.cli import main
    from tautband.clinic.start import open_installation

    answers = sys.stdout
    for line in sys.stdin:
        asked = json.loads(line)
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                if "script" in asked:
                    open_installation()
                    exec(asked["script"], {})
                    code = 0
                else:
                    code = main(asked["command"])
            except SystemExit as left:
                code = int(left.code or 0)
            except Exception:
                traceback.print_exc()
                code = 99
        from django.db import connections

        connections.close_all()
        print(json.dumps([code, out.getvalue(), err.getvalue()]), file=answers, flush=True)


if __name__ == "__main__":
    serve()
