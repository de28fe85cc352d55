"""The worker's round: what is due is planned, and what is planned is sent."""

from django.core.management import call_command
from django.utils import timezone
from django_tasks import task

from tautband.clinic.after.planning import plan_due
from tautband.clinic.after.sending import send
from tautband.clinic.record.models import OwnLink

QUEUE = "after"


@task(queue_name=QUEUE)
def ask_due() -> None:
    """Plan and send what is due, in every clinic."""
    now = timezone.now()
    plan_due(now)
    for row in OwnLink.objects.filter(state="waiting", due_at__lte=now).order_by("due_at"):
        send(row, now)


def forget_old() -> None:
    """Remove from the queue the rounds that ended more than a day ago."""
    call_command("prune_db_task_results", queue_name=QUEUE, min_age_days=1, verbosity=0)
