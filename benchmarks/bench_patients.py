"""How fast the pages of patients answer in a large clinic.

    OMP_NUM_THREADS=1 python -m benchmarks.bench_patients [people]

Prints Markdown: whole requests through Django's test client, template and audit entry included, on
a SQLite file made for the run.  One patient has a long course: 120 sessions with their reactions,
and 240 scores.  Processor time of one core, with the wall time of the same requests beside it.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.bench_names import PEOPLE, SEED, made_up_names, queries

MOST_MS = 300
TIMES = 40
SESSIONS = 120
BEGAN = datetime(2024, 1, 8, 9, tzinfo=UTC)


def report(people: int = PEOPLE) -> None:
    """Print the table."""
    from benchmarks.bench_names import _set_up

    with tempfile.TemporaryDirectory(prefix="tautband-bench-") as folder:
        _set_up(Path(folder))
        _measure(people)


def _measure(people: int) -> None:
    from django.urls import reverse
    from tests.clinic.cast import make_cast

    chance = random.Random(SEED)
    names = made_up_names(people, chance)
    cast = make_cast()
    _store_people(cast, names, chance)
    patient, episode = _store_course(cast)
    browser = cast.browser("clinician")
    at = [cast.clinic.pk]
    pages: dict[str, Callable[[int], Any]] = {
        "the list, first page": lambda _: browser.get(reverse("patients", args=at)),
        "the list, a page far down": lambda n: browser.get(
            reverse("patients", args=at), {"page": str(people // 40 - n)}
        ),
        "a search": lambda n: browser.post(
            reverse("patients_search", args=at), {"q": asked[n], "part": "list"}
        ),
        "a patient": lambda _: browser.get(reverse("patient", args=[*at, patient])),
        "a patient, last page": lambda _: browser.get(
            reverse("patient", args=[*at, patient]), {"page": "16"}
        ),
        "an episode": lambda _: browser.get(reverse("episode", args=[*at, patient, episode])),
    }
    asked = queries(names, chance)
    pages["a search"](0)  # reads and opens every name once, see bench_names
    print(f"\n{people:,} patients, {TIMES} requests a page\n")
    print("| page | processor, half | processor, 95 % | wall, half | wall, 95 % | aim |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, ask in pages.items():
        _row(name, [_timed(ask, number) for number in range(TIMES)])


def _store_people(cast: Any, names: list[tuple[str, str]], chance: random.Random) -> None:
    from tautband.clinic.names.models import one_number
    from tautband.clinic.record.models import Patient

    def made() -> Any:
        for family, given in names:
            yield Patient(
                clinic=cast.clinic,
                written_by=cast["reception"],
                family_name=family,
                given_name=given,
                birth_date=(BEGAN - timedelta(days=chance.randrange(3000, 30000))).date(),
                phone=f"+1 303 {chance.randrange(10**7):07d}",
                is_synthetic=True,
                last_seen_at=BEGAN + timedelta(minutes=chance.randrange(10**6))
                if chance.random() < 0.8
                else None,
            )

    with one_number(cast.clinic.pk):
        Patient.objects.bulk_create(made(), batch_size=2000)


def _store_course(cast: Any) -> tuple[Any, Any]:
    from tests.clinic.record import made

    from tautband.clinic.record.models import Measure, Reaction
    from tautband.clinic.record.services import keeping

    by = made.seat(cast, "clinician")
    patient = made.patient(by)
    episode = made.episode(by, patient, began_on=BEGAN.date())
    for number in range(SESSIONS):
        when = BEGAN + timedelta(days=7 * number)
        visit = made.session(by, episode, began_at=when)
        keeping.add(by, Reaction(session=visit, kind="none", began_at=when))
        for instrument, items in (("nprs", [number % 11]), ("psfs", [number % 11])):
            keeping.add(
                by, Measure(episode=episode, instrument=instrument, items=items, taken_at=when)
            )
    return patient.pk, episode.pk


def _timed(ask: Callable[[int], Any], number: int) -> tuple[float, float]:
    started, wall = time.process_time(), time.perf_counter()
    answer = ask(number)
    took = time.process_time() - started, time.perf_counter() - wall
    if answer.status_code != 200:
        raise SystemExit(f"the page answered {answer.status_code}")
    return took


def _row(name: str, times: list[tuple[float, float]]) -> None:
    cells = []
    for kind in (0, 1):
        ordered = sorted(one[kind] for one in times)
        for share in (0.5, 0.95):
            cells.append(f"{1e3 * ordered[round(share * len(ordered)) - 1]:.0f} ms")
    print(f"| {name} | {' | '.join(cells)} | {MOST_MS} ms |", flush=True)


if __name__ == "__main__":
    report(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE)
