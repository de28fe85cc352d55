"""Throw requests at the JSON API and see that it never fails and always answers by its schema.

Half of the requests are made from the schema alone (schemathesis).  The other half begin with a
request that works and replace one value somewhere in it, which reaches far behind the first check.
`python -m tools.fuzz_api` runs many and prints a table; the tests run a few with a fixed seed.
"""

import json
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

import django
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import positive_data_acceptance

ROOT = Path(__file__).resolve().parent.parent
BASE = "http://localhost"
# A gzipped answer is the same answer; the checks read it as it comes.
_HEADERS = {"Accept-Encoding": "identity"}
# The schema says what a text may look like; which muscles and instruments there are, the atlas.
_NOT_CHECKED = [positive_data_acceptance]
_QUIET = list(HealthCheck)

_scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-3, 200)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from([2**63, -(2**64), 1e308, -1e-308, 10**400])
    | st.text(max_size=60)
    | st.sampled_from(["", "\x00", "left", "right", "nprs", "psfs", "deltoid", "../..", "'; --"])
)
JSON_VALUES = st.recursive(
    _scalars,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=6,
)
# Names that exist, which no schema knows.
KNOWN: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "GET /api/presentations/{presentation}": {
        "path_parameters": st.fixed_dictionaries(
            {"presentation": st.sampled_from(["tennis_elbow", "tennis elbow", "shin splints", " "])}
        )
    },
    "GET /api/muscles/{muscle}": {
        "path_parameters": st.fixed_dictionaries(
            {
                "muscle": st.sampled_from(
                    ["infraspinatus", "upper trapezius", "deltoid", "sternalis"]
                )
            }
        ),
        "query": st.fixed_dictionaries({"side": st.sampled_from(["left", "right"])}),
    },
}


@dataclass
class Tally:
    """What one operation answered."""

    operation: str
    statuses: Counter[int] = field(default_factory=Counter)
    seconds: float = 0.0

    @property
    def requests(self) -> int:
        """How many requests were sent."""
        return self.statuses.total()


def operations() -> Iterator[Any]:
    """The operations of the schema, each bound to the application itself: no network between."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from tautband.clinic.api import api
    from tautband.clinic.wsgi import application

    schema: Any = schemathesis.openapi.from_dict(json.loads(json.dumps(api.get_openapi_schema())))
    schema.app = application
    for found in schema.get_all_operations():
        yield found.ok()


@cache
def working_requests() -> dict[str, dict[str, Any]]:
    """A body that each POST answers with 200."""
    from tautband.body.drawing import Mark, from_regions, to_json
    from tautband.body.regions import load_regions

    marks = [Mark("shoulder_anterior:right", 6), Mark("arm_lateral_upper:right", 4)]
    told = {
        "drawing": to_json(from_regions(load_regions(), marks, answered=True)),
        "sex": "female",
        "age": 45,
        "findings": ["infraspinatus right: familiar pain", "hawkins right: negative"],
        "treated": ["upper trapezius right: better"],
    }
    course = json.loads((ROOT / "examples" / "course.json").read_text("utf-8"))
    return {
        "/api/words": {"text": "deep ache in the front of the right shoulder"},
        "/api/locate": told,
        "/api/examine": told,
        "/api/forecast": course,
        "/api/score": {"instrument": "ndi", "answers": [3, 2, None, 1, 2, 3, 2, 1, 2, 2]},
    }


def places(value: Any, above: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every value inside a JSON value."""
    parts: Iterable[tuple[Any, Any]] = ()
    if isinstance(value, dict):
        parts = value.items()
    elif isinstance(value, list):
        parts = enumerate(value)
    for key, inner in parts:
        yield (*above, key)
        yield from places(inner, (*above, key))


class Gone:
    """Stands for a value that is taken out."""


def changed(value: Any, place: tuple[str | int, ...], new: Any) -> Any:
    """A copy with another value at one place, or without it."""
    copy = deepcopy(value)
    inner = copy
    for key in place[:-1]:
        inner = inner[key]
    if isinstance(new, Gone):
        del inner[place[-1]]
    else:
        inner[place[-1]] = new
    return copy


def at(value: Any, place: tuple[str | int, ...]) -> Any:
    """The value at a place."""
    for key in place:
        value = value[key]
    return value


def cases(operation: Any) -> st.SearchStrategy[Any]:
    """Requests to one operation: from the schema, and for a POST working ones with a change."""
    made: st.SearchStrategy[Any] = operation.as_strategy()
    start = working_requests().get(operation.full_path)
    if start is None:
        known = KNOWN.get(operation.label)
        return made if known is None else made | st.builds(operation.Case, **known)
    spots = sorted(places(start), key=str)
    near = st.integers(0, 12) | st.sampled_from([at(start, place) for place in spots])
    values = near | st.builds(Gone) | JSON_VALUES
    bodies = st.builds(changed, st.just(start), st.sampled_from(spots), values)
    headers = {"Content-Type": "application/json"}
    return made | bodies.map(
        lambda body: operation.Case(body=body, media_type="application/json", headers=headers)
    )


def fuzz(operation: Any, examples: int, seed: int = 0) -> Tally:
    """Send so many requests; raises the first failure: a 5xx, or an answer outside the schema."""
    tally = Tally(operation.label)
    start = working_requests().get(operation.full_path)

    def send(case: Any) -> int:
        response = case.call(base_url=BASE, headers=_HEADERS)
        tally.statuses[response.status_code] += 1
        case.validate_response(response, excluded_checks=_NOT_CHECKED)
        return int(response.status_code)

    @seeded(seed)
    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        suppress_health_check=_QUIET,
        phases=[Phase.generate, Phase.shrink],
    )
    @given(case=cases(operation))
    def run(case: Any) -> None:
        send(case)

    began = time.monotonic()
    if start is not None:
        works = operation.Case(body=start, media_type="application/json")
        assert send(works) == 200, f"{operation.label}: the working request does not work"
    run()
    tally.seconds = time.monotonic() - began
    return tally


def main(arguments: list[str]) -> int:
    """Fuzz every operation for about so many minutes; 1 when anything failed."""
    minutes = float(arguments[0]) if arguments else 10.0
    found = list(operations())
    until = time.monotonic() + minutes * 60
    totals: dict[str, Counter[int]] = {one.label: Counter() for one in found}
    failures = 0
    round_ = 0
    while time.monotonic() < until:
        for operation in found:
            if time.monotonic() >= until:
                break
            failures += _one(partial(fuzz, operation, 100, round_), totals, operation.label)
        round_ += 1
    for label, statuses in totals.items():
        told = ", ".join(f"{status}: {count}" for status, count in sorted(statuses.items()))
        print(f"| {label} | {statuses.total()} | {told} |")
    total = sum(statuses.total() for statuses in totals.values())
    print(f"{total} requests in {minutes:g} minutes, {failures} failed runs")
    return 1 if failures else 0


def _one(run: Callable[[], Tally], totals: dict[str, Counter[int]], label: str) -> int:
    try:
        totals[label].update(run().statuses)
    except (Exception, FailureGroup) as failure:  # shown and counted, and the rest goes on
        print(f"FAILED {label}: {failure!r}"[:3000], flush=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
