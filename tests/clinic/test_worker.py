"""The background worker, its upkeep, and what the health page says of it all."""

import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tautband.clinic import health, worker
from tautband.clinic.supervisor import FIRST_PAUSE_S, LONGEST_PAUSE_S, Supervised, next_pause
from tautband.clinic.trail import checks
from tests.clinic.cast import Cast


def test_health_tells_what_is_well_and_nothing_else(
    db: None, settings: Any, tmp_path: Path
) -> None:
    settings.TAUTBAND_DATA = tmp_path
    client = Client(SERVER_NAME="localhost")
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json() == {
        "well": False, "database": True, "migrations": True, "worker": False, "heads": True,
    }  # fmt: skip
    worker.beat(tmp_path)
    assert client.get("/health/ready").json()["well"] is True


def test_a_worker_that_was_not_heard_of_for_two_minutes_is_not_well(
    settings: Any, tmp_path: Path
) -> None:
    settings.TAUTBAND_DATA = tmp_path
    worker.beat(tmp_path)
    assert health.worker_lives()
    old = time.time() - health.WORKER_SILENT_S - 1
    os.utime(tmp_path / worker.HEARTBEAT, (old, old))
    assert not health.worker_lives()


def test_a_database_that_does_not_answer_is_said_and_not_raised(monkeypatch: Any) -> None:
    def fail() -> bool:
        raise DatabaseError("secret address")

    monkeypatch.setitem(health.CHECKS, "database", fail)
    monkeypatch.setitem(health.CHECKS, "migrations", fail)
    assert health.report()["database"] is False


@pytest.mark.django_db(transaction=True)  # the worker gives its connection back between tasks
def test_a_task_is_run_from_the_queue_and_its_finding_shown(cast: Cast) -> None:
    client = cast.browser("owner")
    page = f"/clinic/{cast.clinic.id}/audit/"
    assert "not checked from here yet" in client.get(page).content.decode()
    client.post(f"{page}check/")
    client.post(f"{page}check/")
    assert "under way" in client.get(page).content.decode()
    worker.run_waiting_tasks()
    found = checks.last_check(cast.clinic.id)
    assert found is not None
    assert not found.failed
    assert found.whole is not None
    assert checks.last_check(cast.other_clinic.id) is None


def test_only_sqlite_in_a_file_has_a_log_to_copy_back(db: None, tmp_path: Path) -> None:
    if connection.vendor == "postgresql":
        assert not worker.checkpoint(at_bytes=0)


@pytest.mark.parametrize(
    ("pause", "ran", "expected"),
    [(1, 0.1, 2), (32, 1, LONGEST_PAUSE_S), (60, 1, LONGEST_PAUSE_S), (60, 90, FIRST_PAUSE_S)],
)
def test_pauses_grow_until_the_worker_lasts(pause: float, ran: float, expected: float) -> None:
    assert next_pause(pause, ran) == expected


_HELPER = """
import os, sys, time
with open(sys.argv[1], "a") as file:
    file.write(f"{os.getpid()}\\n")
time.sleep(60)
"""


def started(path: Path, count: int) -> list[int]:
    """The process ids of the helpers, once so many have started."""
    for _ in range(300):
        found = path.read_text().split() if path.exists() else []
        if len(found) >= count:
            return [int(one) for one in found]
        time.sleep(0.1)
    pytest.fail(f"only {found} started")


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def gone(pid: int) -> bool:
    for _ in range(200):
        if not is_alive(pid):
            return True
        time.sleep(0.1)
    return False


def test_the_helper_is_restarted_when_it_dies_and_stopped_with_the_server(tmp_path: Path) -> None:
    marks = tmp_path / "started"
    with Supervised([sys.executable, "-c", _HELPER, str(marks)]):
        first = started(marks, 1)[0]
        os.kill(first, 9)
        second = started(marks, 2)[1]
        assert is_alive(second)
    assert gone(second)


def test_the_helper_ends_when_the_server_is_killed(tmp_path: Path) -> None:
    marks = tmp_path / "started"
    server = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys, time; from tautband.clinic.supervisor import Supervised\n"
            f"with Supervised([sys.executable, '-c', {_HELPER!r}, {str(marks)!r}]): time.sleep(60)",
        ]
    )
    helper = started(marks, 1)[0]
    server.kill()
    server.wait()
    assert gone(helper)


def test_what_a_killed_worker_had_begun_is_done_again_but_not_for_ever(db: None) -> None:
    now = timezone.now()
    checks.check_clinic.enqueue(clinic=str(uuid4()))
    (row,) = DBTaskResult.objects.all()
    for number in range(worker.MOST_WORKERS):
        row.claim(f"worker-{number}")
        row.refresh_from_db()
        assert worker.take_back(row.started_at + timedelta(minutes=9)) == 0  # it may be at work
        again = worker.take_back(row.started_at + timedelta(minutes=11))
        assert again == (number + 1 < worker.MOST_WORKERS)
        row.refresh_from_db()
    assert row.status == "FAILED"
    assert row.finished_at > now
