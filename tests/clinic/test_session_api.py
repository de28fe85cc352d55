"""A visit's writes as JSON: twice is once, all or nothing, and nobody writes what is not theirs."""

import uuid
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tautband.clinic.record.models import LedgerEntry, Needle, Note, Session, Signature
from tautband.clinic.trail.models import AuditEntry
from tautband.vault.chain import Head
from tests.clinic.cast import Cast, Name
from tests.clinic.record import made

AT = "2026-11-02T12:05:00+00:00"
MOST_QUERIES_A_NEEDLE = 40  # for the needle, its tap, their versions and entries in the trail


@dataclass(frozen=True)
class Visit:
    """An open session with its draft."""

    cast: Cast
    session: uuid.UUID
    note: uuid.UUID

    def post(self, name: Name, path: str, told: Any, browser: Client | None = None) -> Any:
        client = browser or self.cast.browser(name)
        at = f"/api/clinic/{self.cast.clinic.pk}/{path}"
        return client.post(at, told, content_type="application/json")

    def enter(self, name: Name, told: Any, browser: Client | None = None) -> Any:
        return self.post(name, f"sessions/{self.session}/entries", told, browser)


@pytest.fixture
def visit(cast: Cast) -> Visit:
    by = made.seat(cast, "clinician")
    episode = made.episode(by, made.patient(by))
    return Visit(cast, made.session(by, episode).pk, made.note(by, episode).pk)


def in_and_left(**more: Any) -> dict[str, Any]:
    """A needle, and the tap that says it stays in."""
    needle = str(uuid.uuid4())
    told = {"kind": "insertion", "needle": needle, "muscle": "infraspinatus", "side": "right"}
    entry = {"id": str(uuid.uuid4()), "at": AT, "retained": True, **told, **more}
    return {"needles": [{"id": needle, "length_mm": 40, "gauge_mm": 0.3}], "entries": [entry]}


def out(batch: dict[str, Any]) -> dict[str, Any]:
    about = batch["entries"][0]["id"]
    return {"entries": [{"id": str(uuid.uuid4()), "kind": "removal", "at": AT, "about": about}]}


def test_sent_twice_is_stored_once(visit: Visit) -> None:
    batch = in_and_left()
    first, again = visit.enter("clinician", batch), visit.enter("clinician", batch)
    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json() == again.json() == {"stored": 2, "version": 2}
    assert (Needle.objects.count(), LedgerEntry.objects.count()) == (1, 1)
    assert AuditEntry.objects.filter(kind="ledgerentry", action="write").count() == 1


def test_the_same_id_for_something_else_is_a_conflict(visit: Visit) -> None:
    batch = in_and_left()
    visit.enter("clinician", batch)
    batch["entries"][0]["muscle"] = "soleus"
    answer = visit.enter("clinician", batch)
    assert answer.status_code == 409
    assert answer.json()["changes"]
    assert LedgerEntry.objects.get().muscle == "infraspinatus"


def test_a_visit_ends_closed_and_signed(visit: Visit) -> None:
    batch = in_and_left(twitches=2, detected_by="seen")
    visit.enter("clinician", batch)
    finish = f"sessions/{visit.session}/finish"
    left = visit.post("clinician", finish, {"version": 2})
    assert left.status_code == 422
    assert "still open" in left.json()["problem"]
    assert visit.enter("clinician", out(batch)).json()["version"] == 3
    assert visit.post("clinician", finish, {"version": 2}).status_code == 409
    signed = {"version": 1, "signature": str(uuid.uuid4())}
    for _ in range(2):
        assert visit.post("clinician", finish, {"version": 3}).json()["state"] == "closed"
        assert visit.post("clinician", f"notes/{visit.note}/sign", signed).json() == {
            "state": "signed",
            "version": 2,
        }
    refused = visit.enter("clinician", in_and_left())
    assert refused.status_code == 409
    assert refused.json()["field"] == "session"
    assert visit.enter("clinician", batch).status_code == 200, "what is stored may come again"
    assert (Session.objects.get().twitches, Signature.objects.count()) == (2, 1)


BROKEN: dict[str, tuple[Any, int]] = {
    "nothing": ({}, 422),
    "no json": ("{", 422),
    "unknown field": ({"entries": [], "more": 1}, 422),
    "no time zone": (in_and_left(at="2026-11-02T12:05:00"), 422),
    "unknown kind": (in_and_left(kind="wish"), 422),
    "a foreign needle": ({"entries": in_and_left()["entries"]}, 422),
    "too deep": (in_and_left(depth_mm=4000), 422),
    "too many twitches": (in_and_left(twitches=10**9, detected_by="seen"), 422),
    "too long a name": (in_and_left(muscle="x" * 61), 422),
    "a zero byte": (in_and_left(muscle="a\0b"), 422),
    "too many": ({"needles": [{"id": str(uuid.uuid4())} for _ in range(101)]}, 422),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_batch_with_one_wrong_part_stores_nothing(visit: Visit, case: str) -> None:
    told, status = BROKEN[case]
    if isinstance(told, dict) and "entries" in told and case != "a foreign needle":
        good = in_and_left()
        told = {
            **told,
            "needles": [*good["needles"], *told.get("needles", [])],
            "entries": [*good["entries"], *told["entries"]],
        }
    answer = visit.enter("clinician", told)
    assert answer.status_code == status, answer.content
    assert set(answer.json()) >= {"field", "problem", "expected"}
    assert not Needle.objects.exists()
    assert not LedgerEntry.objects.exists()


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("clinician", 200),
        ("student", 200),
        ("owner", 404),
        ("reception", 404),
        ("patient", 404),
        ("outsider", 404),
        ("outside_owner", 404),
        ("nobody", 401),
    ],
)
def test_who_may_record_a_needle(visit: Visit, name: Name, status: int) -> None:
    assert visit.enter(name, in_and_left()).status_code == status
    assert LedgerEntry.objects.count() == (status == 200)


def test_what_is_not_there_is_404_in_the_one_shape(visit: Visit) -> None:
    absent = uuid.uuid4()
    for path, told in (
        (f"sessions/{absent}/entries", in_and_left()),
        (f"sessions/{absent}/finish", {"version": 1}),
        (f"notes/{absent}/sign", {"version": 1, "signature": str(absent)}),
    ):
        answer = visit.post("clinician", path, told)
        assert answer.status_code == 404
        assert answer.json()["problem"]


def test_the_browsers_token_is_asked(visit: Visit) -> None:
    client = visit.cast.browser("clinician", enforce_csrf_checks=True)
    path = f"sessions/{visit.session}/entries"
    assert visit.post("clinician", path, in_and_left(), client).status_code == 403
    assert not Note.objects.filter(state="signed").exists()
    assert not Needle.objects.exists()


def test_a_student_signs_for_a_supervisor(visit: Visit) -> None:
    by = made.seat(visit.cast, "student")
    note = made.note(by, made.episode(by, made.patient(made.seat(visit.cast, "clinician")))).pk
    told = {"version": 1, "signature": str(uuid.uuid4())}
    assert visit.post("student", f"notes/{note}/sign", told).json()["state"] == "waiting"
    anew = {"version": 2, "signature": str(uuid.uuid4())}
    assert visit.post("clinician", f"notes/{note}/sign", anew).status_code == 404


def many(count: int) -> dict[str, Any]:
    batches = [in_and_left() for _ in range(count)]
    return {part: [one[part][0] for one in batches] for part in ("needles", "entries")}


def test_a_batch_is_one_turn_in_the_trail(
    visit: Visit, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    """Each row has its entry, and the head's file is written once however many they are."""
    heads: list[Head] = []
    monkeypatch.setattr("tautband.clinic.trail.writing.publish", heads.append)
    browser = visit.cast.browser("clinician")
    before = AuditEntry.objects.of(visit.cast.clinic.pk).count()
    with django_capture_on_commit_callbacks(execute=True):
        assert visit.enter("clinician", many(10), browser).status_code == 200
    entries = AuditEntry.objects.of(visit.cast.clinic.pk).order_by("number")
    assert entries.count() - before == 20
    assert {one.kind for one in entries[before:]} == {"needle", "ledgerentry"}
    assert [head.number for head in heads if head.chain == str(visit.cast.clinic.pk)] == [
        before + 20
    ]


def test_a_batch_costs_a_bounded_number_of_queries(visit: Visit) -> None:
    def asked(count: int) -> int:
        browser = visit.cast.browser("clinician")
        with CaptureQueriesContext(connection) as told:
            answer = visit.enter("clinician", many(count), browser)
        assert answer.status_code == 200
        return len(told)

    few, more = asked(1), asked(11)
    assert (more - few) / 10 <= MOST_QUERIES_A_NEEDLE
