"""Opening a clinic, which is done on the server's command line and nowhere else."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from tautband.base.errors import InputError
from tautband.clinic.people.invitations import invite
from tautband.clinic.people.models import Clinic
from tautband.clinic.people.places import checked_jurisdiction, checked_time_zone
from tautband.clinic.policy import Role


def open_clinic(
    name: str, jurisdiction: str, time_zone: str, owner: str, now: datetime
) -> tuple[Clinic, str]:
    """Make a clinic and invite its owner; answers the secret of the link.  Raises InputError."""
    if not name.strip() or len(name) > 120:
        raise InputError("name", "is empty or too long", "at most 120 letters")
    address = checked_email("owner", owner)
    with transaction.atomic():
        clinic = Clinic.objects.create(
            name=name.strip(),
            jurisdiction=checked_jurisdiction(jurisdiction),
            time_zone=checked_time_zone(time_zone),
        )
        _, secret = invite(clinic, address, Role.OWNER, None, now)
    return clinic, secret


def checked_email(field: str, text: str) -> str:
    """The address in lower case; raises InputError."""
    address = text.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise InputError(field, "is no e-mail address", "such as anna@example.org") from error
    return address
