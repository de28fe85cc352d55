"""The worker's round at a moment of the test's own."""

from datetime import datetime

from tautband.clinic.after import planning, sending
from tautband.clinic.record.models import OwnLink


def round_at(now: datetime) -> None:
    """One round of the worker at a moment."""
    planning.plan_due(now)
    for row in OwnLink.objects.filter(state="waiting", due_at__lte=now):
        sending.send(row, now)
