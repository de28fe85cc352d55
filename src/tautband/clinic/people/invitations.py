"""Invitations: the only way to an account.

The secret stands in the link alone, its digest in the database.  A link is good once: taking it is
one conditional update, so of two people who follow it at once one is told that it was used.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from tautband.base.errors import InputError
from tautband.clinic.people.memberships import join
from tautband.clinic.people.models import Clinic, Invitation, User
from tautband.clinic.policy import Role
from tautband.clinic.trail.deeds import Deed
from tautband.clinic.trail.writing import note

GOOD_FOR = timedelta(days=7)


def digest_of(secret: str) -> str:
    """What is stored of a link's secret, which has 256 bits and needs no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def invite(
    clinic: Clinic, email: str, role: Role, by: User | None, now: datetime
) -> tuple[Invitation, str]:
    """Offer a role; answers the invitation and the secret of its link, which is not kept.

    An earlier open invitation of the same address to the same role is withdrawn.
    """
    address = email.strip().lower()
    with transaction.atomic():
        open_invitations(clinic, now).filter(email=address, role=role).update(withdrawn_at=now)
        secret = secrets.token_urlsafe(32)
        invitation = Invitation.objects.create(
            clinic=clinic,
            email=address,
            role=role,
            digest=digest_of(secret),
            invited_by=by,
            invited_at=now,
            expires_at=now + GOOD_FOR,
        )
    return invitation, secret


def open_invitations(clinic: Clinic, now: datetime) -> QuerySet[Invitation]:
    """Those that can still be accepted."""
    return clinic.invitations.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now)


def find(secret: str, now: datetime) -> Invitation | None:
    """The open invitation of a link, or None: unknown, used, withdrawn and too old look alike."""
    return (
        Invitation.objects.filter(
            digest=digest_of(secret), accepted_at=None, withdrawn_at=None, expires_at__gt=now
        )
        .select_related("clinic")
        .first()
    )


def accept(invitation: Invitation, user: User, now: datetime) -> None:
    """Give the role; raises InputError when the invitation is another's or was used meanwhile."""
    if user.email != invitation.email:
        raise InputError("invitation", "is for another address", "the address it was sent to")
    with transaction.atomic():
        taken = Invitation.objects.filter(
            id=invitation.id, accepted_at=None, withdrawn_at=None, expires_at__gt=now
        ).update(accepted_at=now)
        if not taken:
            raise InputError("invitation", "was used, withdrawn or is too old", "a new one")
        role = Role(invitation.role)
        joined = join(invitation.clinic, user, role, now)
        detail = {"role": role.value, "step": "joined"}
        note(invitation.clinic, user, Deed.WRITE, "membership", joined.id, detail=detail)


def accept_as_new(invitation: Invitation, name: str, password: str, now: datetime) -> User:
    """Make the account and give the role, or neither; raises InputError."""
    with transaction.atomic():
        if User.objects.filter(email=invitation.email).exists():
            raise InputError("invitation", "is for somebody who has an account", "signing in")
        user = User.objects.create_user(invitation.email, password, name=name.strip())
        accept(invitation, user, now)
    return user


def withdraw(invitation: Invitation, now: datetime) -> bool:
    """Take an open invitation back; false when it was no longer open."""
    return bool(
        Invitation.objects.filter(id=invitation.id, accepted_at=None, withdrawn_at=None).update(
            withdrawn_at=now
        )
    )
