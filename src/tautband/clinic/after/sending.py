"""Sending one link, once; giving one by hand; and ending one.

A message is taken up and sent, each a change of its own.  A worker that dies in between leaves it
``sending``: whether it went out is then not known, so it is not sent again, and the clinic's list
says so.  So it is when a mail server breaks off without an answer.  Whether the patient may still
be written to is asked anew when it is taken up.
"""

import logging
import secrets
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from tautband.base.errors import InputError
from tautband.clinic import catalogue
from tautband.clinic.access import Seat
from tautband.clinic.account.mail import NotTakenError, send_text
from tautband.clinic.after.gateway import send_sms
from tautband.clinic.after.own import page_seat
from tautband.clinic.after.planning import AHEAD
from tautband.clinic.after.purposes import PURPOSES
from tautband.clinic.after.reach import Reach, permitted, reach
from tautband.clinic.people.invitations import digest_of
from tautband.clinic.policy import Action
from tautband.clinic.record.errors import ConflictError, NotFoundError
from tautband.clinic.record.models import OwnLink, Patient
from tautband.clinic.record.services import keeping

_log = logging.getLogger("tautband.after")


def send(row: OwnLink, now: datetime) -> None:
    """Send one message with a fresh link, unless somebody else has taken it up or it may not be."""
    seat = page_seat(row.clinic)
    purpose = PURPOSES[row.purpose]
    secret = secrets.token_urlsafe(32)
    try:
        with transaction.atomic():
            # Held until it is taken up, so that a withdrawal comes wholly before or after.
            patient = Patient.objects.select_for_update().get(pk=row.patient_id)
            way = reach(patient, now.date()) if permitted(patient, row.purpose) else None
            if way is None or now - row.due_at > purpose.late or not holds(row):
                keeping.change(seat, row, row.version, {"state": "stopped"}, action=Action.OWN_PAGE)
                return
            row = keeping.change(
                seat, row, row.version, _taken(row, way, secret, now), action=Action.OWN_PAGE
            )
    except (ConflictError, NotFoundError):  # another worker, or the patient is restricted
        return
    try:
        _hand_over(row, way, address_of(secret))
    except NotTakenError as error:  # for certain, so it may be tried again
        _log.warning("a message was not sent: %s", error)
        ended: dict[str, Any] = {"state": "waiting"}
    except OSError as error:  # nobody knows: as if the worker had died here
        _log.warning("sending a message broke off: %s", type(error).__name__)
        return
    else:
        ended = {"state": "sent", "sent_at": timezone.now()}
    try:
        keeping.change(seat, row, row.version, ended, action=Action.OWN_PAGE)
    except (ConflictError, NotFoundError):  # revoked, or the patient erased, while it went out
        return


def give(seat: Seat, patient: Patient, purpose: str, row: UUID, **about: Any) -> OwnLink:
    """Plan a link by hand, to go out with the worker's next round; the same id plans it once.

    Raises InputError when the patient may not be written to, or no address is known.
    """
    if purpose not in OwnLink.PURPOSES or purpose == "check-in":
        raise InputError("purpose", "cannot be sent by hand", "intake, measure, before or care")
    if not permitted(patient, purpose):
        raise InputError("purpose", "needs a consent that stands", "consent first, or intake")
    if reach(patient, timezone.localdate()) is None:
        right = "an e-mail address, or for a minor that of a guardian, and a way that is chosen"
        raise InputError("messages", "reach nobody", right)
    if not settings.TAUTBAND_ADDRESS:
        raise InputError("TAUTBAND_ADDRESS", "is not set", "where patients reach this server")
    link = OwnLink(
        id=row,
        patient=patient,
        purpose=purpose,
        occasion=f"by hand {row}",
        due_at=timezone.now(),
        **about,
    )
    stored = OwnLink.objects.in_clinic(seat.clinic).filter(pk=row, patient=patient).first()
    return stored if stored is not None else keeping.add(seat, link)


def revoke(seat: Seat, link: OwnLink) -> OwnLink:
    """End a link; one that is ended stays so.  Raises NotFoundError, ConflictError."""
    state = "stopped" if link.state in ("waiting", "stopped") else "revoked"
    return keeping.change(seat, link, link.version, {"state": state})


def holds(row: OwnLink) -> bool:
    """False once what a message is about is off: a visit cancelled or moved, an episode ended."""
    visit, episode = row.appointment, row.episode
    if visit is not None and (visit.state != "booked" or row.due_at + AHEAD != visit.begins_at):
        return False
    return episode is None or episode.ended_on is None


def address_of(secret: str) -> str:
    """Where a secret opens its page."""
    found: str = settings.TAUTBAND_ADDRESS + reverse("own_page", kwargs={"secret": secret})
    return found


def _taken(row: OwnLink, way: Reach, secret: str, now: datetime) -> dict[str, Any]:
    return {
        "state": "sending",
        "channel": way.channel,
        "digest": digest_of(secret),
        "expires_at": now + PURPOSES[row.purpose].good_for,
    }


def _hand_over(row: OwnLink, way: Reach, link: str) -> None:
    days = PURPOSES[row.purpose].good_for.days
    values = {"clinic": row.clinic.name, "link": link, "days": days}
    name = PURPOSES[row.purpose].mail
    if way.channel == "sms":
        send_sms(way.to, catalogue.text(f"{name}-short", settings.TAUTBAND_LOCALE, **values))
    else:
        send_text(name, way.to, **values)
