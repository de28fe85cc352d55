"""Checking a clinic's chain in the background, and what the last check found."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tautband.clinic.trail.reading import check_chain


@task()
def check_clinic(clinic: str) -> dict[str, Any]:
    """Check the chain of one clinic; a large one takes minutes, so no page waits for it."""
    found = check_chain(UUID(clinic))
    return {
        "entries": found.entries,
        "whole": found.is_whole,
        "findings": [one.sentence for one in found.findings],
        "more": found.more,
    }


@dataclass(frozen=True)
class Checked:
    """The state of the last check that was asked for; ``whole`` is None until it has ended."""

    at: datetime
    whole: bool | None
    failed: bool
    entries: int
    findings: tuple[str, ...]
    more: int


def ask(clinic: UUID) -> None:
    """Have the chain checked, unless a check is waiting or running."""
    last = last_check(clinic)
    if last is None or last.whole is not None or last.failed:
        check_clinic.enqueue(clinic=str(clinic))


def last_check(clinic: UUID) -> Checked | None:
    """The last check of this clinic that was asked for, or None."""
    wanted = DBTaskResult.objects.filter(task_path=check_clinic.module_path)
    found = wanted.filter(args_kwargs__kwargs__clinic=str(clinic)).order_by("-enqueued_at").first()
    if found is None:
        return None
    failed = found.status == TaskResultStatus.FAILED
    done = found.status == TaskResultStatus.SUCCESSFUL
    said: dict[str, Any] = found.return_value if done else {}
    return Checked(
        found.finished_at or found.enqueued_at,
        said.get("whole"),
        failed,
        said.get("entries", 0),
        tuple(said.get("findings", ())),
        said.get("more", 0),
    )
