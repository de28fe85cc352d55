"""How fast sealed names are found: reading and opening them, building the index, searching it.

    OMP_NUM_THREADS=1 python -m benchmarks.bench_names [people]

Prints Markdown.  The names are made up of syllables, the common ones far more common than the rare,
each person with a key of their own, in a SQLite file made for the run.  Processor time of one core,
so that a busy machine changes it little; the wall time of the same run stands beside it.  The peer
is what one writes first: every name against the query, with a weighted ratio.
"""

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

PEOPLE = 50_000
QUERIES = 400
SEED = 2026
MOST_QUERY_MS = 100
MOST_BUILD_S = 5
_CONSONANTS = [
    "b",
    "c",
    "d",
    "f",
    "g",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "w",
    "z",
    "br",
    "st",
    "kr",
    "th",
    "sh",
]
_VOWELS = (*"aeiouøé", "ie", "au", "ei")


def made_up_names(count: int, chance: random.Random) -> list[tuple[str, str]]:
    """Family and given names, some with a hyphen, an apostrophe or two given names."""
    families = [_word(chance, chance.choice((2, 2, 3, 4))) for _ in range(20_000)]
    firsts = [_word(chance, chance.choice((1, 2, 3))) for _ in range(3_000)]
    return [
        (_family(_common(families, chance), families, chance), _given(firsts, chance))
        for _ in range(count)
    ]


def _word(chance: random.Random, syllables: int) -> str:
    parts = (chance.choice(_CONSONANTS) + chance.choice(_VOWELS) for _ in range(syllables))
    return ("".join(parts) + chance.choice(("", "", "n", "r", "s"))).title()


def _common(words: list[str], chance: random.Random) -> str:
    return words[int(len(words) * chance.random() ** 3)]


def _family(family: str, others: list[str], chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.06:
        return f"{family}-{_common(others, chance)}"
    return f"O'{family}" if kind < 0.08 else f"Mc{family}" if kind < 0.1 else family


def _given(firsts: list[str], chance: random.Random) -> str:
    first = _common(firsts, chance)
    return f"{first} {_common(firsts, chance)}" if chance.random() < 0.3 else first


def queries(names: list[tuple[str, str]], chance: random.Random) -> list[str]:
    """As a reception types: beginnings, both orders, slips, and names of nobody."""
    found = []
    for family, given in chance.sample(names, QUERIES):
        slip = chance.randrange(len(family))
        found.append(
            chance.choice(
                (
                    family[:3],
                    f"{given[:2]} {family[:4]}",
                    f"{family} {given}",
                    f"{family[:slip]}x{family[slip + 1 :]} {given}",
                    family[:slip] + family[slip + 1 : slip + 2] + family[slip : slip + 1],
                    "Qwertzuiop",
                    family[:1],
                )
            )
        )
    return found


def report(people: int = PEOPLE) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory(prefix="tautband-bench-") as folder:
        _set_up(Path(folder))
        _measure(people)


def _set_up(folder: Path) -> None:
    os.environ["TAUTBAND_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    os.environ.pop("DATABASE_URL", None)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)


def _measure(people: int) -> None:
    from django.db import transaction
    from tests.clinic.sealing.models import Named

    from tautband.clinic.name_index import NameIndexes
    from tautband.clinic.names.models import one_number
    from tautband.clinic.people.models import Clinic

    chance = random.Random(SEED)
    names = made_up_names(people, chance)
    asked = queries(names, chance)
    clinic = Clinic.objects.create(name="bench", jurisdiction="GB", is_synthetic=True)

    def store() -> None:
        with one_number(clinic.id):
            Named.objects.bulk_create(
                (Named(clinic=clinic, family=family, given=given) for family, given in names),
                batch_size=2000,
            )

    stored = _timed(store)
    before = _resident_mb()
    index = NameIndexes(Named, "family", "given")
    first = _timed(lambda: index.search(clinic.id, "xyzzy"))
    held = _resident_mb() - before
    times = [_timed(partial(index.search, clinic.id, query)) for query in asked]
    with transaction.atomic():
        Named.objects.create(clinic=clinic, family="Newcomer", given="Ada")
    after = _timed(lambda: index.search(clinic.id, "newcomer"))
    peer = [_timed(partial(_peer, query, names)) for query in asked[:20]]

    print("| sealed names | processor time | wall time | aim |\n| --- | --- | --- | --- |")
    _row(f"seal and store {people:,} people", stored, "")
    _row("first search: read, open, build", first, f"{MOST_BUILD_S} s")
    for share, said in ((0.5, "half"), (0.95, "95 %"), (0.99, "99 %"), (1.0, "all")):
        _row(f"search, {said} of {len(asked)} within", _share(times, share), f"{MOST_QUERY_MS} ms")
    _row("first search after one new patient", after, f"{MOST_QUERY_MS} ms")
    _row("peer: every name, weighted ratio, half within", _share(peer, 0.5), "")
    print(f"\nThe index holds {held:.0f} MB, {1e3 * held / people:.1f} kB a person.")


def _peer(query: str, names: list[tuple[str, str]]) -> Any:
    from rapidfuzz import fuzz, process

    said = [f"{given} {family}".lower() for family, given in names]
    return process.extract(query.lower(), said, scorer=fuzz.WRatio, limit=20)


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    started, wall = time.process_time(), time.perf_counter()
    work()
    return time.process_time() - started, time.perf_counter() - wall


def _share(times: list[tuple[float, float]], share: float) -> tuple[float, float]:
    number = max(0, round(share * len(times)) - 1)
    return sorted(one for one, _ in times)[number], sorted(wall for _, wall in times)[number]


def _row(said: str, times: tuple[float, float], aim: str) -> None:
    processor, wall = (_seconds(one) for one in times)
    print(f"| {said} | {processor} | {wall} | {aim} |")


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 1 else f"{1e3 * seconds:.1f} ms"


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    report(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE)
