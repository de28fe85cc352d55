"""Fill an empty installation: ``python -m benchmarks.drill.seed CLIENTS VISITS [MORE_PATIENTS]``.

Prints JSON: the clinic, and for each client a signed-in session and visits that are open, each with
the draft of its note.  The sessions are stored as sign-in stores them; the second factor itself is
not part of the drill.  Everybody is made up, and the clinic says so.
"""

import json
import random
import sys
import uuid
from datetime import UTC, date, datetime
from typing import Any

from benchmarks.drill.client import SESSION
from tautband.clinic.start import open_installation

SEED = 2026
BEGAN = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
TOKEN = "t" * 32  # the browser's token against forged forms; the same in cookie and header


def main(clients: int, visits: int, more: int = 0) -> dict[str, Any]:
    """The clinic with its clients."""
    open_installation()
    from django.core.management import call_command

    from tautband.clinic.access import seat_of
    from tautband.clinic.people.models import Clinic, Membership, User

    call_command("createcachetable", verbosity=0)
    clinic = Clinic.objects.create(
        name="Drill", jurisdiction="GB", time_zone="UTC", is_synthetic=True
    )
    found = []
    for number in range(clients):
        user = User.objects.create_user(f"drill{number}@example.org", None, name=f"Drill {number}")
        Membership.objects.create(clinic=clinic, user=user, role="clinician")
        seat = seat_of(user, clinic.pk)
        opened = [_visit(seat, f"{number}-{visit}") for visit in range(visits)]
        found.append({"cookie": signed_in(user), "token": TOKEN, "visits": opened})
    names = _more(clinic, more, user) if more else []
    return {"clinic": str(clinic.pk), "clients": found, "names": names}


def _more(clinic: Any, count: int, user: Any) -> list[str]:
    """Further patients, for lists and searches; answers some of their names."""
    from benchmarks.bench_names import made_up_names
    from tautband.clinic.names.models import one_number
    from tautband.clinic.record.models import Patient

    chance = random.Random(SEED)
    names = made_up_names(count, chance)
    by = {"clinic": clinic, "written_by": user, "is_synthetic": True}
    with one_number(clinic.pk):
        Patient.objects.bulk_create(
            (Patient(**by, family_name=family, given_name=given) for family, given in names), 1000
        )
    return [" ".join(one) for one in chance.sample(names, min(count, 200))]


def signed_in(user: Any) -> str:
    """The cookie of a session in which somebody has signed in with a second factor."""
    from django.test import Client
    from tests.clinic.cast import sign_in

    client = Client(SERVER_NAME="localhost")
    sign_in(client, user)
    return str(client.cookies[SESSION].value)


def _visit(seat: Any, name: str) -> dict[str, str]:
    from tautband.clinic.record.models import Episode, Note, Patient, Session
    from tautband.clinic.record.services import keeping, sessions

    patient = keeping.add(
        seat, Patient(family_name=f"Drill {name}", given_name="Made-up", is_synthetic=True)
    )
    episode = keeping.add(
        seat, Episode(patient=patient, title="a drill", began_on=date(2026, 11, 2))
    )
    session = sessions.begin(seat, Session(id=uuid.uuid4(), episode=episode, began_at=BEGAN))
    draft = Note(
        patient=patient,
        episode=episode,
        session=session,
        kind="session",
        author=seat.user,
        sections={"procedure": f"drill {name}"},
    )
    note = keeping.add(seat, draft)
    return {"session": str(session.pk), "note": str(note.pk), "patient": str(patient.pk)}


if __name__ == "__main__":
    print(json.dumps(main(*map(int, sys.argv[1:]))))
