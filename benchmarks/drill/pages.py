"""Time each list and timeline of a large clinic: ``python -m benchmarks.drill.pages FILE``.

FILE is what `drill.crowd` printed.  Each page is asked for in this process, through all middleware,
and its queries are counted; each round asks for other patients.  Prints JSON.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.drill.client import SESSION
from tautband.clinic.start import set_up

ROUNDS = 20


def main(told: dict[str, Any]) -> list[dict[str, Any]]:
    """For each page: times in ms, and the most queries."""
    set_up()
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.cookies[SESSION] = told["cookie"]
    at = f"/clinic/{told['clinic']}"
    some, names = told["some"], told["names"]
    pages: dict[str, Callable[[int], Any]] = {
        "patient list, first page": lambda n: client.get(f"{at}/patients/"),
        "patient list, deep page": lambda n: client.get(f"{at}/patients/?page={200 + n * 40}"),
        "search, whole name": lambda n: client.post(f"{at}/patients/search/", {"q": names[n]}),
        "search, three letters": lambda n: client.post(
            f"{at}/patients/search/", {"q": names[n][:3]}
        ),
        "patient with timeline": lambda n: client.get(f"{at}/patients/{some[n]}/"),
        "patient with 1,000 visits": lambda n: client.get(f"{at}/patients/{told['busiest']}/"),
        "episode with 1,000 visits": lambda n: client.get(
            f"{at}/patients/{told['busiest']}/episodes/{told['busiest_episode']}/"
        ),
        "background": lambda n: client.get(f"{at}/patients/{some[n]}/background/"),
    }
    pages["search, whole name"](0)  # the index of names is built once in each process
    return [{"page": name, **_timed(ask)} for name, ask in pages.items()]


def _timed(ask: Callable[[int], Any]) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ask(0)  # templates are compiled at the first
    times, most = [], 0
    for number in range(ROUNDS):
        with CaptureQueriesContext(connection) as asked:
            began = time.perf_counter()
            answer = ask(number)
            times.append(1e3 * (time.perf_counter() - began))
        if answer.status_code != 200:
            raise RuntimeError(f"{answer.status_code} from {answer.request['PATH_INFO']}")
        most = max(most, len([q for q in asked if q["sql"].split()[0] in READ]))
        most_all = len(asked)
    times.sort()
    return {
        "p50": times[len(times) // 2],
        "p95": times[round(0.95 * len(times)) - 1],
        "max": times[-1],
        "queries": most,
        "statements": most_all,
    }


READ = {"SELECT", "INSERT", "UPDATE", "DELETE", "(SELECT", "WITH"}

if __name__ == "__main__":
    print(json.dumps(main(json.loads(Path(sys.argv[1]).read_text("utf-8")))))
