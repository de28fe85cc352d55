"""The background worker: tasks out of the database, and the upkeep that one process does.

``tautband serve`` starts it and keeps it running (`clinic.supervisor`).  It also copies SQLite's
write-ahead log back into the database, which nobody else does, and shows that it lives by a file
whose age `clinic.health` reads.
"""

import logging
import os
import signal
import time
from datetime import datetime, timedelta
from pathlib import Path
from types import FrameType

HEARTBEAT = "worker.alive"
INTERVAL_S = 1.0
TIDY_EVERY_S = 3600.0
ASK_EVERY_S = 60.0
# A task that was begun so long ago was its worker's last: none takes as long.  Every task may be
# done twice; one that ended so many workers is not tried again.
BROKEN_OFF = timedelta(minutes=10)
MOST_WORKERS = 3
CHECKPOINT_AT_BYTES = 1_000_000

log = logging.getLogger("tautband.worker")


def beat(data: Path) -> None:
    """Say that the worker lives."""
    (data / HEARTBEAT).touch(mode=0o600)


def heartbeat_age_s(data: Path, now: float) -> float | None:
    """Seconds since the worker last said so, or None when it never did."""
    try:
        return max(0.0, now - (data / HEARTBEAT).stat().st_mtime)
    except FileNotFoundError:
        return None


def checkpoint(at_bytes: int = CHECKPOINT_AT_BYTES) -> bool:
    """Copy SQLite's log back once it is long; true when it was.

    TRUNCATE keeps writers out while it works, so no process writes while the log begins anew.
    """
    from django.db import connection

    if connection.vendor != "sqlite":
        return False
    wal = Path(f"{connection.settings_dict['NAME']}-wal")
    if not wal.exists() or wal.stat().st_size < at_bytes:
        return False
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy = cursor.fetchone()[0]
    return not busy


def run_waiting_tasks() -> None:
    """Run what waits in the queue, until nothing does."""
    from django_tasks_db.management.commands.db_worker import Worker

    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"worker-{os.getpid()}",
        excluded_queue_names=[],
    ).run()


def take_back(now: datetime) -> int:
    """Let be done again what workers were killed over; answers how many tasks.

    A message to somebody of the clinic may so go out twice, and is not lost.  Messages to patients
    do not hang on this: a round plans and takes up each by itself (`after.sending`).
    """
    from django_tasks.base import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    begun = DBTaskResult.objects.running().filter(started_at__lt=now - BROKEN_OFF)
    found = 0
    for row in begun:
        if len(row.worker_ids) < MOST_WORKERS:
            found += begun.filter(pk=row.pk).update(status=TaskResultStatus.READY)
        else:
            begun.filter(pk=row.pk).update(
                status=TaskResultStatus.FAILED,
                finished_at=now,
                exception_class_path="builtins.ChildProcessError",
            )
            log.error("a task ended %s workers and is given up: %s", MOST_WORKERS, row.task_path)
    return found


class _Stop:
    asked = False

    def __call__(self, number: int, frame: FrameType | None) -> None:
        self.asked = True


def main() -> None:
    """Work until told to stop; a task that runs is finished first."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tautband.clinic.settings")
    django.setup()
    from django.conf import settings
    from django.db import close_old_connections
    from django.utils import timezone

    from tautband.clinic.account.later import forget_old
    from tautband.clinic.after import asking
    from tautband.clinic.figures.work import renew

    stop = _Stop()
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = os.getppid()
    tidied = asked = -TIDY_EVERY_S
    while not stop.asked and os.getppid() == parent:
        beat(settings.TAUTBAND_DATA)
        close_old_connections()
        if time.monotonic() - asked >= ASK_EVERY_S:
            take_back(timezone.now())
            if settings.TAUTBAND_ADDRESS:
                asking.ask_due.enqueue()
            asked = time.monotonic()
        run_waiting_tasks()
        if time.monotonic() - tidied >= TIDY_EVERY_S:
            forget_old()
            asking.forget_old()
            renew()
            tidied = time.monotonic()
        checkpoint()
        time.sleep(INTERVAL_S)
    checkpoint(at_bytes=1)


if __name__ == "__main__":
    main()
