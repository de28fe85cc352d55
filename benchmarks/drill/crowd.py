"""A large made-up clinic: ``python -m benchmarks.drill.crowd PATIENTS NEEDLES``.

Rows of patients, episodes, sessions and notes go through the models, so every word is sealed with
its patient's key and every name is in the index.  Needles and their insertions, which are plain but
for one sealed column, go to the database in bulk.  No states (`Version`) and no trail are made: no
list or timeline reads them.  One patient of the clinic has a thousand visits.  Prints JSON.
"""

import json
import random
import sys
import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from benchmarks.bench_names import made_up_names
from tautband.clinic.start import open_installation

SEED = 2026
LONGEST = 1000  # visits of the one patient who has most
AT_ONCE = 2000
FIRST = datetime(2024, 1, 8, 8, 0, tzinfo=UTC)
DAYS = 900
MUSCLES = ("infraspinatus", "trapezius", "gluteus_medius", "soleus", "levator_scapulae")


def main(patients: int, needles: int) -> dict[str, Any]:
    """Make the clinic; answers it, somebody who works there, and a few of its patients."""
    open_installation()
    from django.core.management import call_command
    from django.db import transaction

    from benchmarks.drill.seed import signed_in
    from tautband.clinic.names.models import one_number
    from tautband.clinic.people.models import Clinic, Membership, User
    from tautband.clinic.record.models import Episode, Note, Patient, Session

    call_command("createcachetable", verbosity=0)
    chance = random.Random(SEED)
    clinic = Clinic.objects.create(
        name="Crowd", jurisdiction="GB", time_zone="UTC", is_synthetic=True
    )
    user = User.objects.create_user("crowd@example.org", None, name="Crowd")
    Membership.objects.create(clinic=clinic, user=user, role="clinician")
    by = {"clinic": clinic, "written_by": user}
    names = made_up_names(patients, chance)
    with one_number(clinic.pk):
        people = [
            Patient(
                **by,
                family_name=family,
                given_name=given,
                birth_date=date(1940, 1, 1) + timedelta(days=chance.randrange(28_000)),
                phone=f"+44 20 7946 {number % 10_000:04d}",
                is_synthetic=True,
                last_seen_at=FIRST + timedelta(minutes=chance.randrange(DAYS * 1440)),
            )
            for number, (family, given) in enumerate(names)
        ]
        Patient.objects.bulk_create(people, AT_ONCE)
    episodes = [
        Episode(**by, patient=one, title="made-up pain", side="right", began_on=FIRST.date())
        for one in people
    ]
    Episode.objects.bulk_create(episodes, AT_ONCE)
    visits = [
        _session(by, user, episode, chance)
        for number, episode in enumerate(episodes)
        for _ in range(LONGEST if number == 0 else 2)
    ]
    with transaction.atomic():
        # Before their sessions, which are closed: a closed session takes no entry.
        _needles(visits, needles, by, chance)
        Session.objects.bulk_create(visits, AT_ONCE)
    notes = [
        Note(**by, patient=v.patient, episode=v.episode, session=v, kind="session", author=user,
             sections={"procedure": "made up"})
        for v in visits
    ]  # fmt: skip
    Note.objects.bulk_create(notes, AT_ONCE)
    _analyse()
    return {
        "clinic": str(clinic.pk),
        "cookie": signed_in(user),
        "busiest": str(people[0].pk),
        "busiest_episode": str(episodes[0].pk),
        "some": [str(one.pk) for one in chance.sample(people, 100)],
        "names": [" ".join(one) for one in chance.sample(names, 100)],
        "rows": {"patients": patients, "sessions": len(visits), "needles": needles},
    }


def _session(by: dict[str, Any], user: Any, episode: Any, chance: random.Random) -> Any:
    from tautband.clinic.record.models import Session

    began = FIRST + timedelta(minutes=chance.randrange(DAYS * 1440))
    closed = began + timedelta(minutes=20)
    return Session(
        **by, patient=episode.patient, episode=episode, state="closed", needler=user,
        began_at=began, closed_at=closed, needles=10, needles_out=10, insertions=10, redirections=0,
    )  # fmt: skip


def _needles(visits: list[Any], count: int, by: dict[str, Any], chance: random.Random) -> None:
    """Needles and one insertion for each, spread over the visits."""
    from tautband.clinic.patient_keys import KeyHolder
    from tautband.clinic.record.models import LedgerEntry, Needle

    shared = {"clinic_id": by["clinic"].pk, "written_by_id": by["written_by"].pk, "version": 1}
    made = [(uuid.UUID(int=chance.getrandbits(128), version=4), n) for n in range(count)]

    def of(number: int) -> dict[str, Any]:
        visit = visits[number % len(visits)]
        return {
            **shared,
            "written_at": visit.began_at,
            "patient_id": visit.patient_id,
            "session_id": visit.pk,
        }

    _store(
        Needle,
        (
            {**of(n), "id": key, "length_mm": 40.0, "gauge_mm": 0.3, "maker": "", "lot": "made up"}
            for key, n in made
        ),
    )
    told = LedgerEntry._meta.get_field("told")

    def entries() -> Iterator[dict[str, Any]]:
        for key, n in made:
            row = uuid.UUID(int=chance.getrandbits(128), version=4)
            sealer = KeyHolder.own(visits[n % len(visits)].patient).key()
            sealed = sealer.seal(told.encode(""), told.about(row))
            yield {
                **of(n), "id": row, "session_version": 2 + n // len(visits), "kind": "insertion",
                "at": visits[n % len(visits)].began_at, "needle_id": key, "about": None,
                "accounts_for": "[]", "muscle": MUSCLES[n % 5], "side": "right", "retained": False,
                "bent": False, "times": None, "twitches": n % 4, "detected_by": "seen",
                "depth_mm": None, "code": "", "told": sealed,
            }  # fmt: skip

    _store(LedgerEntry, entries())


def _store(model: Any, rows: Iterable[dict[str, Any]]) -> None:
    """Write rows by column, past the models: COPY on PostgreSQL, many at once on SQLite."""
    from django.db import connection

    table = model._meta.db_table
    fields = {field.attname: field for field in model._meta.concrete_fields}
    if connection.vendor == "postgresql":
        names = ", ".join(f'"{field.column}"' for field in fields.values())
        with (
            connection.cursor() as cursor,
            cursor.cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy,
        ):
            for row in rows:
                copy.write_row([row[name] for name in fields])
        return
    names = ", ".join(f'"{field.column}"' for field in fields.values())
    marks = ", ".join("?" * len(fields))
    adapted = ([_for_sqlite(row[name]) for name in fields] for row in rows)
    with connection.cursor() as cursor:
        cursor.cursor.connection.executemany(
            f'INSERT INTO "{table}" ({names}) VALUES ({marks})', adapted
        )


def _for_sqlite(value: Any) -> Any:
    if isinstance(value, uuid.UUID):
        return value.hex
    return str(value.replace(tzinfo=None)) if isinstance(value, datetime) else value


def _analyse() -> None:
    """As the databases do for themselves in time."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), int(sys.argv[2]))))
