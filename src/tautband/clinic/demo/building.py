"""Making the clinic: its people, and the list of made-up patients with what the day adds to them.

Everything goes through the record's own services, so the trail, the versions and the rules' answers
are what they would be of real work.  The same seed and day make up the same people and visits; ids
are new each time.
"""

import tomllib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from importlib import resources
from typing import Any

from django.db import transaction
from django.utils.crypto import get_random_string

from tautband.clinic.access import Seat, seat_of
from tautband.clinic.demo.day import book
from tautband.clinic.demo.filling import fill
from tautband.clinic.patient_keys import remembered_keys
from tautband.clinic.people.memberships import join
from tautband.clinic.people.models import Clinic, Credential, User
from tautband.clinic.policy import Role
from tautband.synthetic.cases.make import made_up_cases
from tautband.synthetic.cases.wire import cases_json

SEED = 2026
PATIENTS = 40
# The made-up courses run for twelve weeks from their beginning; they end about today.
WEEKS = 12
MAIL = "{key}@demo.invalid"


@cache
def plan() -> dict[str, Any]:
    """The clinic as its data file tells it."""
    text = resources.files("tautband.clinic.demo").joinpath("data/clinic.toml").read_text("utf-8")
    return tomllib.loads(text)


def demo_clinic() -> Clinic | None:
    """The made-up clinic of this installation, or None."""
    return Clinic.objects.filter(is_synthetic=True, name=plan()["name"]).first()


def personas(clinic: Clinic) -> list[User]:
    """Its people, in the order of the data file."""
    order = {MAIL.format(key=one["key"]): place for place, one in enumerate(plan()["people"])}
    found = User.objects.filter(email__in=order, memberships__clinic=clinic).distinct()
    return sorted(found, key=lambda user: order[user.email])


def build(now: datetime, patients: int = PATIENTS, seed: int = SEED) -> Clinic:
    """Make the clinic whole, or nothing of it."""
    with transaction.atomic():
        clinic, people = _people(now)
        treating = [_seat(people[key], clinic) for key in ("maya", "tom", "elena")]
        student = _seat(people["jonas"], clinic)
        for number, case in enumerate(cases(patients, seed, now.date())):
            # Every eighth is the student's, whose notes wait for a supervisor.
            is_students = number % 8 == 7
            lead = treating[0] if is_students else treating[number % 3]
            fill(student if is_students else lead, lead, case, now)
        if patients:
            with remembered_keys():
                book(treating, now)
    return clinic


def _people(now: datetime) -> tuple[Clinic, dict[str, User]]:
    told = plan()
    clinic = Clinic.objects.create(
        name=told["name"],
        jurisdiction=told["jurisdiction"],
        time_zone=told["time_zone"],
        is_synthetic=True,
    )
    people: dict[str, User] = {}
    for one in told["people"]:
        # Nobody knows the password: the one way in is the page of the demonstration.
        user = User.objects.create_user(
            MAIL.format(key=one["key"]), get_random_string(40), name=one["name"]
        )
        people[one["key"]] = user
        for role in one["roles"]:
            join(clinic, user, Role(role), now)
        if "profession" in one:
            Credential.objects.create(
                clinic=clinic,
                user=user,
                profession=one["profession"],
                licence_number=f"DEMO {len(people):04d}",
                jurisdiction=told["jurisdiction"],
                training_hours=one["training_hours"],
                trained_areas=["all"],
                expires_on=now.date() + timedelta(days=400),
                supervisor=people.get(one.get("supervisor", "")),
                card=one["card"],
            )
    return clinic, people


def _seat(user: User, clinic: Clinic) -> Seat:
    found = seat_of(user, clinic.pk)
    if found is None:
        raise LookupError(f"{user.email} has no seat")
    return found


def cases(count: int, seed: int, today: date) -> Iterator[dict[str, Any]]:
    """Made-up cases with a name, and with what the data file lays over some of them."""
    if not count:
        return
    start = today - timedelta(weeks=WEEKS)
    told = cases_json(made_up_cases(count, seed, start), seed=seed, start=start)
    names, left = plan()["names"], [dict(one) for one in plan()["special"]]
    families = names["family"]
    for number, case in enumerate(told["patients"]):
        sex = case["person"]["sex"]
        case["given"] = names[sex][number % len(names[sex])]
        case["family"] = families[(number * 7 + number // 25) % len(families)]
        case["special"] = {}
        for one in left:
            if one["stage"] == case["stage"] and one.get("sex", sex) == sex:
                case["special"] = one
                left.remove(one)
                break
        yield case
