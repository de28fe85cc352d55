"""A link, found by its secret."""

from datetime import datetime

from django.db import transaction

from tautband.clinic.after.own import page_seat
from tautband.clinic.after.reach import permitted
from tautband.clinic.people.invitations import digest_of
from tautband.clinic.record.models import OwnLink
from tautband.clinic.record.services.trailing import leave
from tautband.clinic.trail.deeds import Deed
from tautband.safety.events.words import emergency_number


def find(secret: str, now: datetime) -> OwnLink | None:
    """The link; None alike for unknown, too old, ended, and a patient who may not be written to."""
    found = (
        OwnLink.objects.filter(
            digest=digest_of(secret), expires_at__gt=now, state__in=("sending", "sent", "waiting")
        )
        .select_related("patient", "clinic", "session__needler")
        .first()
    )
    return found if found is not None and permitted(found.patient, found.purpose) else None


def opened(link: OwnLink) -> None:
    """Leave in the trail that the page was read."""
    with transaction.atomic():
        leave(page_seat(link.clinic), Deed.READ, link)


def number_of(link: OwnLink) -> str:
    """The emergency number where the clinic stands."""
    return emergency_number(link.clinic.jurisdiction)
