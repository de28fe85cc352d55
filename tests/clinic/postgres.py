"""A PostgreSQL cluster of its own for one run, thrown away afterwards.

``python -m tests.clinic.postgres pytest tests/clinic`` runs a command against it: the command finds
the address in DATABASE_URL.  PostgreSQL refuses to run as root, so root steps down to a user that
owns nothing else.
"""

import contextlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SUPERUSER = "tautband"
_SERVANTS = ("postgres", "nobody")


def programs() -> Path:
    """The folder of initdb and pg_ctl, which Debian keeps out of the search path."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = sorted(versions, key=lambda path: int(path.parents[1].name))
    if not newest:
        raise FileNotFoundError("PostgreSQL is missing: run tools/ensure_postgres.sh")
    return newest[-1].parent


def _servant() -> str | None:
    """Whom root steps down to; None when the process is not root's."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in _SERVANTS if name in known)


def _run(servant: str | None, *command: str) -> None:
    # PostgreSQL reads the working directory, which root may keep to itself.
    done = subprocess.run(
        command,
        user=servant,
        group=None if servant is None else pwd.getpwnam(servant).pw_gid,
        extra_groups=None if servant is None else [],
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{Path(command[0]).name} failed: {done.stderr.strip()[-500:]}")


@dataclass(frozen=True)
class Cluster:
    """A cluster in a folder of its own, which opens a socket there and no port."""

    folder: Path
    durable: bool = False

    @property
    def data(self) -> Path:
        """Where its files are."""
        return self.folder / "data"

    @property
    def address(self) -> str:
        """DATABASE_URL of its first database."""
        return f"postgres://{SUPERUSER}@{str(self.folder).replace('/', '%2F')}/postgres"

    def make(self) -> None:
        """Lay its files out."""
        servant = _servant()
        if servant is not None:
            shutil.chown(self.folder, servant)
        _run(
            servant,
            *(str(programs() / "initdb"), "--pgdata", str(self.data), "--username", SUPERUSER),
            *("--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"),
        )

    def start(self) -> None:
        """Start it and wait until it answers; after a kill it recovers first."""
        options = [f"-c unix_socket_directories={self.folder}", "-c listen_addresses=''"]
        if not self.durable:
            options += ["-c fsync=off", "-c synchronous_commit=off", "-c full_page_writes=off"]
        log = str(self.folder / "log")
        self._control("--log", log, "--options", " ".join(options), "start")

    def stop(self) -> None:
        """Stop it without ceremony."""
        self._control("--mode", "immediate", "stop")

    def process(self) -> int:
        """The id of its first process, whose children serve."""
        return int((self.data / "postmaster.pid").read_text("ascii").split()[0])

    def _control(self, *command: str) -> None:
        control = (str(programs() / "pg_ctl"), "--pgdata", str(self.data), "--wait", "--silent")
        _run(_servant(), *control, *command)


@contextlib.contextmanager
def running_cluster(durable: bool = False) -> Iterator[Cluster]:
    """A running cluster, stopped and removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="tautband-pg-"))
    made = Cluster(folder, durable)
    try:
        made.make()
        made.start()
        try:
            yield made
        finally:
            made.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def cluster(durable: bool = False) -> Iterator[str]:
    """A running cluster; answers DATABASE_URL of an empty database, and stops it at the end.

    Only a socket in its own folder is opened, no port.  ``durable`` keeps fsync on, for drills that
    kill; tests do without.
    """
    with running_cluster(durable) as made:
        yield made.address


def main(command: list[str]) -> int:
    """Run the command against a fresh cluster; answers its exit code."""
    with cluster() as address:
        environment = {**os.environ, "DATABASE_URL": address}
        return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
