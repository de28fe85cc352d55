"""When a snapshot is made: by the worker, when somebody asks, and anew while it is looked at."""

import time
from uuid import UUID

from django.conf import settings
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tautband.clinic.figures.snapshot import FOLDER, build, path_of
from tautband.clinic.people.models import Clinic

OLD_S = 6 * 3600.0


@task()
def make_snapshot(clinic: str) -> None:
    """Make the snapshot of one clinic."""
    build(Clinic.objects.get(pk=UUID(clinic)))


def ask(clinic: UUID) -> None:
    """Have it made, unless that is waiting or going on."""
    if not is_asked(clinic):
        make_snapshot.enqueue(clinic=str(clinic))


def is_asked(clinic: UUID) -> bool:
    """True while one waits to be made or is being made."""
    going = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    asked = DBTaskResult.objects.filter(task_path=make_snapshot.module_path, status__in=going)
    return bool(asked.filter(args_kwargs__kwargs__clinic=str(clinic)).exists())


def is_old(clinic: UUID) -> bool:
    """True when it is missing or was made more than `OLD_S` ago."""
    try:
        return time.time() - path_of(clinic).stat().st_mtime > OLD_S
    except FileNotFoundError:
        return True


def renew() -> None:
    """Have old snapshots made anew, of clinics that have looked at theirs."""
    for path in (settings.TAUTBAND_DATA / FOLDER).glob("*.duckdb"):
        clinic = UUID(path.stem)
        if is_old(clinic):
            ask(clinic)
