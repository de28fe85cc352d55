"""Keeps one helper process running beside the server: restarted when it dies, stopped with it.

A small process of its own watches the helper, so that gunicorn's master, which forks, has neither
threads nor children that it does not know.  The watcher sees its parent's end too, even when that
was killed.
"""

import os
import signal
import subprocess
import sys
import time
from types import FrameType, TracebackType
from typing import Self

FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 60.0
LASTING_S = 60.0  # whoever ran as long as this is restarted without a longer pause
GRACE_S = 20.0
_LOOK_EVERY_S = 0.5


def next_pause(pause_s: float, ran_s: float) -> float:
    """How long to wait before a restart: doubled each time, until the helper lasts."""
    return FIRST_PAUSE_S if ran_s >= LASTING_S else min(pause_s * 2, LONGEST_PAUSE_S)


class Supervised:
    """A context in which a watcher keeps the command running."""

    def __init__(self, command: list[str]) -> None:
        self._command = [sys.executable, "-m", "tautband.clinic.supervisor", *command]
        self._watcher: subprocess.Popen[bytes] | None = None
        self._owner = os.getpid()

    def __enter__(self) -> Self:
        # A group of its own, so that Ctrl-C reaches the server alone and the helper ends in order.
        self._watcher = subprocess.Popen(self._command, start_new_session=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # A forked web worker leaves this context too when it ends; the helper is not its own.
        if self._watcher is None or os.getpid() != self._owner:
            return
        self._watcher.terminate()
        try:
            self._watcher.wait(GRACE_S + 5)
        except subprocess.TimeoutExpired:
            self._watcher.kill()


class _Watcher:
    def __init__(self, command: list[str]) -> None:
        self._command = command
        self._parent = os.getppid()
        self._stopping = False

    def stop(self, number: int, frame: FrameType | None) -> None:
        self._stopping = True

    @property
    def is_over(self) -> bool:
        return self._stopping or os.getppid() != self._parent

    def run(self) -> None:
        pause = FIRST_PAUSE_S
        while not self.is_over:
            began = time.monotonic()
            child = subprocess.Popen(self._command)
            while child.poll() is None and not self.is_over:
                time.sleep(_LOOK_EVERY_S)
            if self.is_over:
                _end(child)
                return
            pause = next_pause(pause, time.monotonic() - began)
            print(f"the background worker ended ({child.returncode}); restarting", file=sys.stderr)
            wait_until = time.monotonic() + pause
            while time.monotonic() < wait_until and not self.is_over:
                time.sleep(_LOOK_EVERY_S)


def _end(child: "subprocess.Popen[bytes]") -> None:
    child.terminate()
    try:
        child.wait(GRACE_S)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def main(command: list[str]) -> None:
    """Watch the command until told to stop, or until the server is gone."""
    watcher = _Watcher(command)
    signal.signal(signal.SIGTERM, watcher.stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    watcher.run()


if __name__ == "__main__":
    main(sys.argv[1:])
