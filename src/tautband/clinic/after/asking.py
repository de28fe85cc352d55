"""Who is to be asked now, and asking them: by one message for each session and time, never two.

A check-in is planned, taken up, and sent, each a change of its own.  A worker that dies between
taking up and sending leaves it ``sending``: whether the message went out is then not known, so it
is not sent again, and the clinic's list says so.  Whether the patient may still be written to is
asked anew when it is taken up.
"""

import logging
import secrets
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid5

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks import task

from tautband.atlas.load import read_muscles
from tautband.atlas.records import Muscle
from tautband.clinic.account.mail import send_text
from tautband.clinic.after.own import page_seat
from tautband.clinic.people.invitations import digest_of
from tautband.clinic.policy import Action
from tautband.clinic.record.errors import ConflictError, NotFoundError
from tautband.clinic.record.models import CheckIn, Consent, LedgerEntry, Patient, Session
from tautband.clinic.record.services import keeping
from tautband.safety.events.zones import check_in_hours, zones_needled

QUEUE = "after"
# A time that passed unused this long ago (the server was off) is left out, not made up for.
LATE = timedelta(hours=12)
GOOD_FOR = timedelta(days=7)
# The last time of `safety/events/data/zones.toml` is 14 days.
LONGEST = timedelta(days=15)
_log = logging.getLogger("tautband.after")


@task(queue_name=QUEUE)
def ask_due() -> None:
    """Plan and send what is due, in every clinic."""
    now = timezone.now()
    plan_due(now)
    for row in CheckIn.objects.filter(state="waiting", due_at__lte=now).order_by("due_at"):
        send(row, now)


def forget_old() -> None:
    """Remove from the queue the rounds that ended more than a day ago."""
    call_command("prune_db_task_results", queue_name=QUEUE, min_age_days=1, verbosity=0)


def muscles_of(session: Session) -> list[Muscle]:
    """What was needled, by the ledger; empty when a muscle is not in the atlas: nobody knows."""
    told = set(
        LedgerEntry.objects.filter(session=session, kind="insertion").values_list(
            "muscle", flat=True
        )
    )
    known = read_muscles()
    return [known[name] for name in told] if told <= known.keys() else []


def plan_due(now: datetime) -> None:
    """Store the check-ins whose time has come; the same again stores nothing."""
    recent = Session.objects.filter(
        state="closed", closed_at__gt=now - LONGEST, patient__is_synthetic=False
    )
    for session in recent.select_related("patient", "clinic"):
        hours = due_hours(session, now)
        if hours is None or not may_be_asked(session.patient):
            continue
        due_at = _closed(session) + timedelta(hours=hours)
        row = CheckIn(
            id=uuid5(session.pk, f"check-in {hours}"), session=session, hours=hours, due_at=due_at
        )
        if not CheckIn.objects.filter(session=session, hours=hours).exists():
            _store(row)


def due_hours(session: Session, now: datetime) -> int | None:
    """The latest time, in hours after closing, that has come and is not too long ago."""
    since = now - _closed(session)
    come = [
        int(hours)
        for hours in check_in_hours(zones_needled(muscles_of(session)))
        if timedelta(0) <= since - timedelta(hours=hours) < LATE
    ]
    return max(come, default=None)


def may_be_asked(patient: Patient) -> bool:
    """True for a patient at work with an address and a consent to treatment that stands."""
    return (
        patient.at_work
        and bool(patient.email)
        and Consent.objects.filter(patient=patient, kind="treatment", withdrawal=None).exists()
    )


def send(row: CheckIn, now: datetime) -> None:
    """Send one message with a fresh link, unless somebody else has taken it up or it may not be."""
    seat = page_seat(row.clinic)
    secret = secrets.token_urlsafe(32)
    taken: dict[str, Any] = {
        "state": "sending",
        "digest": digest_of(secret),
        "expires_at": now + GOOD_FOR,
    }
    try:
        with transaction.atomic():
            patient = Patient.objects.select_for_update().get(pk=row.patient_id)
            if not may_be_asked(patient) or now - row.due_at > LATE:
                keeping.change(seat, row, row.version, {"state": "stopped"}, action=Action.OWN_PAGE)
                return
            row = keeping.change(seat, row, row.version, taken, action=Action.OWN_PAGE)
    except (ConflictError, NotFoundError):  # another worker, or the patient is restricted
        return
    link = settings.TAUTBAND_ADDRESS + reverse("own_page", kwargs={"secret": secret})
    try:
        send_text("after-mail", patient.email, clinic=row.clinic.name, link=link)
    except OSError as error:  # it was not taken, so it may be tried again
        _log.warning("a check-in was not sent: %s", type(error).__name__)
        ended: dict[str, Any] = {"state": "waiting"}
    else:
        ended = {"state": "sent", "sent_at": timezone.now()}
    keeping.change(seat, row, row.version, ended, action=Action.OWN_PAGE)


def _closed(session: Session) -> datetime:
    return session.closed_at or session.began_at


def _store(row: CheckIn) -> None:
    try:
        keeping.add(page_seat(row.session.clinic), row, action=Action.OWN_PAGE)
    except (ConflictError, NotFoundError):  # another worker was first, or the patient is restricted
        return
