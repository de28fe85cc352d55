"""One backup or restore at a time, in a folder of its own beside the data."""

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from tautband.base.errors import InputError

_PREFIX = ".backup-work-"


@contextlib.contextmanager
def work_folder() -> Iterator[Path]:
    """An empty folder in the data folder, which is removed at the end.

    What is unpacked there is as readable as the database itself, so it stays where that is.  What
    a stop in the middle left behind is removed first.  Raises InputError while another one runs.
    """
    data = Path(settings.TAUTBAND_DATA)
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = os.open(data / "backup.lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InputError("backup", "another backup or restore is running") from None
        for left in data.glob(f"{_PREFIX}*"):
            shutil.rmtree(left)
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=data))
        try:
            yield folder
        finally:
            shutil.rmtree(folder)
    finally:
        os.close(lock)
