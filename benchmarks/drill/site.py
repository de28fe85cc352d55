"""The server of an installation as it is started for real, and the ways in which it is killed."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

READY_S = 120.0
ROOT = Path(__file__).parents[2]


@dataclass
class Site:
    """A data folder, a database and a port; the server is started in a process group of its own."""

    data: Path
    database_url: str = ""
    port: int = 0
    workers: int = 2
    _server: int = 0
    _cold: "subprocess.Popen[bytes] | None" = field(default=None, repr=False)
    _forge: "subprocess.Popen[str] | None" = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if not self.port:
            self.port = _free_port()

    @property
    def environment(self) -> dict[str, str]:
        """The variables of its processes."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith("TAUTBAND_")}
        kept.pop("DATABASE_URL", None)
        kept.pop("DJANGO_SETTINGS_MODULE", None)
        own = {"TAUTBAND_DATA": str(self.data)}
        if self.database_url:
            own["DATABASE_URL"] = self.database_url
        return {**kept, **own}

    def run(self, *arguments: str) -> str:
        """The output of a Python process of the installation; raises RuntimeError when it fails."""
        done = subprocess.run(
            [sys.executable, *arguments],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(arguments)}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done.stdout

    def start(self, cold: bool = False) -> float:
        """Start the server; answers after how many seconds it was ready.

        Cold is ``tautband serve`` as installed; otherwise the program is loaded already (`forge`).
        """
        if not cold and self._forge is None:
            self._load()
        began = time.monotonic()
        self._server = self._serve_cold() if cold else self._serve()
        while time.monotonic() - began < READY_S:
            if not lives(self._server):
                raise RuntimeError(f"the server ended at its start: {self.log()}")
            with suppress(urllib.error.URLError, ConnectionError, TimeoutError):
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/health", timeout=5).close()
                return time.monotonic() - began
            time.sleep(0.05)
        raise RuntimeError("the server was not ready in time")

    def kill(self) -> int:
        """SIGKILL to the server and everything that it started; answers how many processes."""
        doomed = kill_tree(self._server)
        if self._cold is not None:
            self._cold.wait()
        wait_until_gone(doomed)
        return len(doomed)

    def stop(self) -> None:
        """Stop the server in order."""
        if self._server and lives(self._server):
            os.kill(self._server, signal.SIGTERM)
            if self._cold is not None:
                self._cold.wait(60)
            while lives(self._server):
                time.sleep(0.05)
        if self._forge is not None and self._forge.stdin is not None:
            self._forge.stdin.close()
            self._forge.wait(60)
            if self._forge.stdout is not None:
                self._forge.stdout.close()

    def _serve_cold(self) -> int:
        with (self.data / "server.log").open("ab") as log:
            self._cold = subprocess.Popen(
                [
                    *(sys.executable, "-m", "tautband", "serve"),
                    *("--port", str(self.port), "--workers", str(self.workers)),
                ],
                env=self.environment,
                cwd=ROOT,
                stdout=subprocess.DEVNULL,
                stderr=log,
                start_new_session=True,
            )
        return self._cold.pid

    def _load(self) -> None:
        with (self.data / "server.log").open("ab") as log:
            forge = ["-m", "benchmarks.drill.forge", str(self.port), str(self.workers)]
            self._forge = subprocess.Popen(
                [sys.executable, *forge],
                env=self.environment,
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self._forge.stdout is not None
        if not self._forge.stdout.readline():
            raise RuntimeError(f"the program could not be loaded: {self.log()}")

    def _serve(self) -> int:
        self._cold = None
        assert self._forge is not None
        assert self._forge.stdin is not None
        assert self._forge.stdout is not None
        self._forge.stdin.write("start\n")
        self._forge.stdin.flush()
        return int(self._forge.stdout.readline())

    def log(self) -> str:
        """The end of what the server complained of."""
        return (self.data / "server.log").read_text("utf-8", "replace")[-2000:]


def descendants(of: int) -> list[int]:
    """Processes that a process started, and theirs."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            with suppress(OSError):
                told = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
                children.setdefault(int(told[1]), []).append(int(folder.name))
    found: list[int] = []
    waiting = [of]
    while waiting:
        below = children.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def kill_tree(root: int) -> list[int]:
    """SIGKILL to a process and everything that it started; answers which.

    All are stopped first, until no further one is found: none sees another's end, none forks.
    """
    doomed: list[int] = []
    found = [root]
    while found:
        for process in found:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGSTOP)
        doomed += found
        found = [one for one in descendants(root) if one not in doomed]
    for process in doomed:
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    return doomed


def _free_port() -> int:
    """A port below those that outgoing connections take.

    While the server is down, a client that knocks at such a port can be given that very port as its
    own and be connected with itself; the server then finds it taken.
    """
    for port in random.Random().sample(range(15_000, 30_000), 50):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise RuntimeError("no port is free")


def lives(process: int) -> bool:
    """True while the process runs; one that only waits to be reaped does not."""
    try:
        told = Path(f"/proc/{process}/stat").read_text("utf-8", "replace")
    except OSError:
        return False
    return told.rpartition(")")[2].split()[0] != "Z"


def wait_until_gone(processes: list[int]) -> None:
    """Wait until killed processes are reaped.

    Until then a thread of theirs may still hold the port in the kernel, and PostgreSQL takes its
    own old process for a running one.
    """
    deadline = time.monotonic() + READY_S
    while any(Path(f"/proc/{process}").exists() for process in processes):
        if time.monotonic() > deadline:
            raise RuntimeError("nobody reaps the processes that were killed")
        time.sleep(0.01)
