"""E-mails that a request asks for, sent by the background worker.

A page so answers alike whether an account exists or not, and a mail server that is away for a while
loses nothing.
"""

import json
import logging
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.utils import timezone
from django_tasks import task

from tautband.clinic.account.mail import send_text
from tautband.clinic.account.sealed_secrets import open_text, seal_text

# A link for a new password is good for an hour; after the last try it would be too old.
TRY_AGAIN_MINUTES = (1, 4, 10, 20)
QUEUE = "mail"
KEPT_DAYS = 1
_ABOUT = "account.mail"
_log = logging.getLogger("tautband.mail")


def send_later(name: str, to: str, **values: Any) -> None:
    """As `send_text`, by the background worker; what waits is sealed, as it may hold a link."""
    told = json.dumps({"name": name, "to": to, "values": values})
    _send_sealed.enqueue(sealed=seal_text(told, _ABOUT))


def forget_old() -> None:
    """Remove from the queue what was sent, or given up, more than a day ago."""
    call_command("prune_db_task_results", queue_name=QUEUE, min_age_days=KEPT_DAYS, verbosity=0)


@task(queue_name=QUEUE)
def _send_sealed(sealed: str, tried: int = 0) -> None:
    told = json.loads(open_text(sealed, _ABOUT))
    try:
        send_text(told["name"], told["to"], **told["values"])
    except OSError as error:  # what smtplib raises is one as well
        _log.warning("a mail was not sent: %s", type(error).__name__)
        if tried >= len(TRY_AGAIN_MINUTES):
            raise
        later = timezone.now() + timedelta(minutes=TRY_AGAIN_MINUTES[tried])
        _send_sealed.using(run_after=later).enqueue(sealed=sealed, tried=tried + 1)
