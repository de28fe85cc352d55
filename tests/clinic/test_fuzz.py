"""Whatever somebody who is signed in sends to a clinic's addresses, the server never fails.

Each JSON address begins with a request that works and has one value of it replaced; each form is
sent with what its page asks for and anything in it.  A fault of the server raises here.
`FUZZ_EXAMPLES=1000` makes many more.
"""

import os
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from tools.fuzz_api import JSON_VALUES, Gone, changed, places

from tests.clinic.cast import Cast
from tests.clinic.pages_as_text import page_of
from tests.clinic.test_walk import CLINIC, NAMED, address, filled, permitted
from tests.clinic.visit.test_assessment_page import FINDING, drawing

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "12"))
AT = "2026-11-02T12:05:00+00:00"
_FIELD = re.compile(r'<(?:input|select|textarea|button)\b[^>]*\bname="([^"]+)"')
_ODD = (
    "", " ", "\x00", "0", "-1", "1e400", "NaN", "∞", "x" * 100_000, "2026-13-45", "0001-01-01",
    "9999-12-31", "1985-03-21", "12:30", "[]", "{}", "null", "true", "on", "left", "../..",
    "'; --", "<b>", "{{ x }}", "\u202e", "infraspinatus", "female", str(uuid4()),
)  # fmt: skip
odd = st.sampled_from(_ODD) | st.text(max_size=30)
fuzzed = settings(
    max_examples=EXAMPLES,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate, Phase.shrink],
)


def entries() -> dict[str, Any]:
    """A needle, put in and taken out, with twitches counted and an incident."""
    needle, one = str(uuid4()), str(uuid4())
    where = {"muscle": "infraspinatus", "side": "right", "at": AT}
    return {
        "needles": [{"id": needle, "length_mm": 40, "gauge_mm": 0.3, "maker": "M", "lot": "L"}],
        "entries": [
            {"id": one, "kind": "insertion", "needle": needle, "retained": True, **where},
            {"id": str(uuid4()), "kind": "removal", "about": one, "bent": False, "at": AT},
            {"id": str(uuid4()), "kind": "redirection", "about": one, "times": 2, "at": AT},
            {"id": str(uuid4()), "kind": "twitches", "twitches": 2, "detected_by": "seen", **where},
            {"id": str(uuid4()), "kind": "incident", "code": "bent", "accounts_for": [one],
             "told": "a little", "at": AT},
        ],
    }  # fmt: skip


def _row(kind: str, values: dict[str, Any]) -> Callable[[], dict[str, Any]]:
    return lambda: {"id": str(uuid4()), "version": 0, "kind": kind, "values": values}


JSON: dict[str, tuple[str, Callable[[], dict[str, Any]]]] = {
    "entries": ("session_enter", entries),
    "finish": ("session_finish", lambda: {"version": 1}),
    "sign": ("note_sign", lambda: {"version": 1, "signature": str(uuid4())}),
    "finding": ("visit_assessment_save", _row("finding", FINDING)),
    "movement": (
        "visit_assessment_save",
        _row("movement", {"joint": "shoulder", "movement": "flexion", "side": "right",
                          "unit": "degrees", "amount": 150, "pain": 4}),
    ),
    "threshold": (
        "visit_assessment_save",
        _row("threshold", {"where": "infraspinatus", "side": "right", "kpa": 220}),
    ),
    "strength": (
        "visit_assessment_save",
        _row("strength", {"what": "external rotation", "side": "right", "grade": 4}),
    ),
    "comparable sign": (
        "visit_assessment_save",
        _row("sign", {"movement": "reach back", "when": "before", "degrees": None, "pain": 5}),
    ),
    "rank": ("visit_assessment_rank", lambda: {"drawing": drawing()}),
    "examine": ("visit_assessment_examine", lambda: {"drawing": drawing()}),
}  # fmt: skip


@pytest.mark.parametrize("name", JSON)
def test_no_body_makes_a_json_address_fail(cast: Cast, name: str) -> None:
    route, start = JSON[name]
    path = address(route, filled(cast))
    client = cast.browser("clinician")
    answers = set()

    @seed(7)
    @fuzzed
    @given(st.data())
    def run(data: st.DataObject) -> None:
        body = start()
        place = data.draw(st.sampled_from(sorted(places(body), key=str)))
        value = data.draw(st.builds(Gone) | JSON_VALUES | odd)
        answer = client.post(path, changed(body, place, value), content_type="application/json")
        assert answer.status_code < 500
        assert answer["Content-Type"].startswith("application/json")
        answers.add(answer.status_code)

    run()
    assert answers & {200, 409, 422}  # it is the view that answers, not what stands before it


@pytest.mark.parametrize(
    "raw", [b"", b"null", b"[]", b"[" * 100_000, b'{"version": NaN}', b"\xff\xfe", b'{"a": "\xed"}']
)
@pytest.mark.parametrize("route", sorted({route for route, _ in JSON.values()}))
def test_what_is_no_json_is_told_so(cast: Cast, route: str, raw: bytes) -> None:
    path = address(route, filled(cast))
    answer = cast.browser("clinician").post(path, raw, content_type="application/json")
    assert answer.status_code in ({422} if raw else {415, 422})
    assert answer.json()["field"]


FORMS = sorted(name for name, page in CLINIC.items() if not page.json)


@pytest.mark.parametrize("route", [name for name in FORMS if name not in dict(JSON.values())])
def test_no_form_makes_a_page_fail(cast: Cast, route: str) -> None:
    path = address(route, filled(cast))
    client = permitted(cast, CLINIC[route])
    fields = _fields(client, path)

    @seed(11)
    @fuzzed
    @given(st.dictionaries(st.sampled_from(fields), odd | st.lists(odd, max_size=3), max_size=12))
    def run(told: dict[str, Any]) -> None:
        assert client.post(path, told).status_code < 500
        assert client.get(path, told).status_code < 500

    run()


def _fields(client: Client, path: str) -> list[str]:
    """The names of the fields that the page has, and some that it has not."""
    answer = client.get(path)
    is_page = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
    known = _FIELD.findall(page_of(answer)) if is_page else []
    return sorted({*known, "q", "page", "show", "next", "part", "id", "version", "file", "words"})


def test_every_address_of_a_clinic_is_sent_something() -> None:
    assert {route for route, _ in JSON.values()} | set(FORMS) == set(CLINIC) & set(NAMED)
