"""The fixed cast of users: every test of a view says who is served, and who is refused.

Two clinics.  Everybody but the outsider belongs to the first; the outsider is a clinician of the
second, where nobody of the first belongs.  Nobody is a browser that is not signed in.
"""

import time
from dataclasses import dataclass
from typing import Any, Literal, get_args

import pytest
from django.test import Client

from tautband.clinic.people.models import Clinic, Membership, User
from tautband.clinic.policy import Role

Name = Literal[
    "owner", "clinician", "student", "reception", "patient", "outsider", "outside_owner", "nobody"
]
NAMES: tuple[Name, ...] = get_args(Name)
MEMBERS: tuple[Name, ...] = ("owner", "clinician", "student", "reception", "patient")
PASSWORD = "correct horse battery staple"
_ROLES: dict[Name, Role] = {
    "owner": Role.OWNER,
    "clinician": Role.CLINICIAN,
    "student": Role.STUDENT,
    "reception": Role.RECEPTION,
    "patient": Role.PATIENT,
    "outsider": Role.CLINICIAN,
    "outside_owner": Role.OWNER,
}


@dataclass(frozen=True)
class Cast:
    """The two clinics, and one user for each name but nobody."""

    clinic: Clinic
    other_clinic: Clinic
    users: dict[Name, User]

    def __getitem__(self, name: Name) -> User:
        return self.users[name]

    def browser(self, name: Name, **options: Any) -> Client:
        """A browser of our own site in which this person is signed in, with a second factor."""
        client = Client(SERVER_NAME="localhost", **options)
        if name != "nobody":
            sign_in(client, self.users[name])
        return client

    def membership(self, name: Name) -> Membership:
        """The one membership of a person."""
        return Membership.objects.get(user=self.users[name])


def sign_in(client: Client, user: User, second_factor: bool = True) -> None:
    """Sign in without the pages; the session says how, as if the pages had been used."""
    client.force_login(user)
    now = time.time()
    methods = [{"method": "password", "at": now, "email": user.email}]
    if second_factor:
        methods.append({"method": "mfa", "at": now, "type": "totp"})
    session = client.session
    session["account_authentication_methods"] = methods
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


def make_cast() -> Cast:
    """The cast, written into an empty database."""
    here = Clinic.objects.create(name="Harbour Street", jurisdiction="US-CO", time_zone="UTC")
    there = Clinic.objects.create(name="Mill Lane", jurisdiction="IE", time_zone="Europe/Dublin")
    users: dict[Name, User] = {}
    for name, role in _ROLES.items():
        user = User.objects.create_user(
            f"{name}@example.org", PASSWORD, name=name.replace("_", " ").title()
        )
        clinic = there if name.startswith("outside") else here
        Membership.objects.create(clinic=clinic, user=user, role=role)
        users[name] = user
    return Cast(here, there, users)


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast in a fresh database."""
    return make_cast()
