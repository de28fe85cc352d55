"""``tautband people``: what the owner's pages cannot do, for whoever runs the server.

Somebody who lost phone, key and recovery codes gets in again by ``reset-second-factor``: they sign
in with their password and have to set up a new one before anything else.
"""

import argparse
from typing import TYPE_CHECKING

from tautband.base.errors import InputError
from tautband.commands.clinic import add_address, begin, invitation_link

if TYPE_CHECKING:
    from tautband.clinic.people.models import Clinic, User


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("people", help="invite and list people, help one who is shut out")
    deeds = parser.add_subparsers(title="deeds", metavar="DEED", required=True)
    listing = deeds.add_parser("list", help="who belongs to which clinic")
    listing.add_argument("--clinic", metavar="ID", help="of one clinic")
    listing.set_defaults(run=_list)
    invite = deeds.add_parser("invite", help="make an invitation and print its link")
    invite.add_argument("--clinic", required=True, metavar="ID")
    invite.add_argument("--email", required=True)
    invite.add_argument(
        "--role",
        required=True,
        metavar="ROLE",
        help="owner, clinician, student, reception or patient",
    )
    add_address(invite)
    invite.set_defaults(run=_invite)
    reset = deeds.add_parser("reset-second-factor", help="for somebody who lost all of theirs")
    reset.add_argument("--email", required=True)
    reset.set_defaults(run=_reset)


def _list(chosen: argparse.Namespace) -> int:
    begin()
    from tautband.clinic.people.memberships import current
    from tautband.clinic.people.models import Clinic

    clinics = [_clinic(chosen.clinic)] if chosen.clinic else Clinic.objects.order_by("name")
    for clinic in clinics:
        print(f"{clinic.name} ({clinic.id})")
        for one in current(clinic):
            print(f"  {one.role:<10} {one.user.email}  {one.user.name}")
    return 0


def _invite(chosen: argparse.Namespace) -> int:
    begin()
    from django.utils import timezone

    from tautband.clinic.people.invitations import invite
    from tautband.clinic.people.opening import checked_email
    from tautband.clinic.policy import Role

    roles = {role.value: role for role in Role}
    if chosen.role not in roles:
        raise InputError("role", f"'{chosen.role[:20]}' is none", "one of " + ", ".join(roles))
    email = checked_email("email", chosen.email)
    clinic = _clinic(chosen.clinic)
    _, secret = invite(clinic, email, roles[chosen.role], None, timezone.now())
    print(f"{email} is invited to {clinic.name} as {chosen.role}, for seven days:")
    print(f"  {invitation_link(chosen.address, secret)}")
    return 0


def _reset(chosen: argparse.Namespace) -> int:
    begin()
    from allauth.mfa.models import Authenticator

    user = _user(chosen.email)
    removed, _ = Authenticator.objects.filter(user=user).delete()
    user.end_sessions()
    print(f"{user.email} has no second factor any more ({removed} removed) and is signed out.")
    print("At the next sign-in they set up a new one before anything else.")
    return 0


def _clinic(text: str) -> "Clinic":
    from django.core.exceptions import ValidationError

    from tautband.clinic.people.models import Clinic

    try:
        found = Clinic.objects.filter(id=text.strip()).first()
    except (ValidationError, ValueError):
        found = None
    if found is None:
        raise InputError(
            "clinic", "is none of this installation", "an id, see `tautband clinic list`"
        )
    return found


def _user(email: str) -> "User":
    from tautband.clinic.people.models import User

    found = User.objects.filter(email=email.strip().lower()).first()
    if found is None:
        raise InputError("email", "belongs to no account", "see `tautband people list`")
    return found
