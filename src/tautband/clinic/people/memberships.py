"""Joining and leaving a clinic.  A membership ends, it is never deleted; one owner always stays."""

from datetime import datetime

from django.db import transaction

from tautband.base.errors import InputError
from tautband.clinic.people.models import Clinic, Membership, User
from tautband.clinic.policy import Action, Role, may


def current(clinic: Clinic) -> list[Membership]:
    """Who belongs to the clinic now, by name."""
    found = clinic.memberships.filter(ended_at=None).select_related("user")
    return list(found.order_by("user__name", "user__email", "role"))


def readers(clinic: Clinic) -> list[User]:
    """Who may read the record of the clinic now, by name; each person once."""
    found = {
        one.user_id: one.user
        for one in current(clinic)
        if one.user.is_active and may(frozenset({Role(one.role)}), Action.RECORD_READ)
    }
    return list(found.values())


def told_now(clinic: Clinic) -> set[object]:
    """Ids of those whom the clinic chose to tell when a patient's answer waits."""
    found = clinic.memberships.filter(ended_at=None, is_told=True)
    return set(found.values_list("user_id", flat=True))


def tell(clinic: Clinic, users: set[str]) -> None:
    """Choose who is told: ids of people of the clinic; others are left out."""
    for one in clinic.memberships.filter(ended_at=None):
        is_told = str(one.user_id) in users
        if one.is_told != is_told:
            one.is_told = is_told
            one.save(update_fields=["is_told"])


def join(clinic: Clinic, user: User, role: Role, now: datetime) -> Membership:
    """Give a role, which is no error where the person holds it."""
    membership, _ = Membership.objects.get_or_create(
        clinic=clinic, user=user, role=role, ended_at=None, defaults={"began_at": now}
    )
    return membership


def end(membership: Membership, now: datetime) -> None:
    """End a membership; raises InputError for the last owner.

    The clinic's row is locked, so that two owners who leave at once cannot both be let go.
    """
    with transaction.atomic():
        Clinic.objects.select_for_update().get(id=membership.clinic_id)
        others = Membership.objects.filter(
            clinic_id=membership.clinic_id, role=Role.OWNER, ended_at=None
        ).exclude(id=membership.id)
        if membership.role == Role.OWNER and not others.exists():
            raise InputError("membership", "is that of the last owner", "another owner first")
        Membership.objects.filter(id=membership.id, ended_at=None).update(ended_at=now)
