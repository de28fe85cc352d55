"""The couch: who begins a session, what it takes to add a muscle, and what is stored once."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tautband.clinic.people.models import Credential
from tautband.clinic.record.models import (
    AdverseEvent,
    LedgerEntry,
    Reaction,
    Retest,
    Session,
    SessionTarget,
)
from tests.clinic.cast import NAMES, Name
from tests.clinic.pages_as_text import page_of
from tests.clinic.record import made
from tests.clinic.visit.places import Place, refused_at, send
from tests.clinic.visit.test_plan_page import screen_clear

AT = datetime(2026, 11, 26, 9, 30, tzinfo=UTC).isoformat()
WHY = "Asked at the couch: nothing against it."


def licensed(place: Place, **values: Any) -> None:
    """A clinician whom the rules of the place let needle."""
    told = {
        "profession": "physical therapist", "licence_number": "PT 1", "jurisdiction": "US-AZ",
        "training_hours": 60, "trained_areas": ["all"], "expires_on": "2030-01-01",
    }  # fmt: skip
    place.cast.clinic.jurisdiction = "US-AZ"
    place.cast.clinic.save()
    Credential.objects.update_or_create(
        clinic=place.cast.clinic, user=place.cast["clinician"], defaults={**told, **values}
    )


def begin(place: Place, client: Client) -> Session:
    answer = client.post(place.address("visit_couch_begin"), {"id": str(uuid4())})
    assert answer.status_code == 302, page_of(answer)
    return Session.objects.get(state="open")


def ask(place: Place, client: Client, of: Session, **told: Any) -> tuple[int, dict[str, Any]]:
    message = {"id": str(uuid4()), "muscle": "infraspinatus", "side": "right", **told}
    return send(client, place.address("visit_couch_target", of.pk), message)


@pytest.mark.parametrize("name", NAMES)
def test_who_opens_the_couch(place: Place, name: Name) -> None:
    session = made.session(made.seat(place.cast, "clinician"), place.episode)
    expected = {"clinician": 200, "student": 200, "nobody": 302}.get(name, 404)
    assert refused_at(place, name, place.address("visit_couch", session.pk)) == expected


def test_one_session_is_open_at_a_time(place: Place) -> None:
    licensed(place)
    client = place.browser()
    first = begin(place, client)
    assert begin(place, client) == first
    assert (first.needler, first.supervisor, first.number) == (place.cast["clinician"], None, 1)


def test_who_may_not_needle_is_told_why_and_nothing_begins(place: Place) -> None:
    licensed(place, expires_on="2020-01-01")
    answer = place.browser().post(place.address("visit_couch_begin"), {"id": str(uuid4())})
    assert answer.status_code == 403
    assert "The licence ended on 2020-01-01." in page_of(answer)
    assert not Session.objects.exists()


def test_a_student_documents_for_who_supervises(place: Place) -> None:
    licensed(place)
    told = {"jurisdiction": "US-CO", "supervisor": place.cast["clinician"]}
    Credential.objects.update_or_create(
        clinic=place.cast.clinic, user=place.cast["student"], defaults=told
    )
    session = begin(place, place.browser("student"))
    assert session.needler == session.supervisor == place.cast["clinician"]


def test_what_is_not_answered_asks_and_an_answer_goes_on(place: Place) -> None:
    licensed(place)
    client = place.browser()
    session = begin(place, client)
    status, told = ask(place, client, session)
    assert (status, told["state"]) == (200, "reason")
    assert any("not been screened" in one for one in told["judged"]["asks"])
    assert not SessionTarget.objects.exists()
    status, told = ask(place, client, session, reason="short")
    assert told["state"] == "reason"
    status, told = ask(place, client, session, reason=WHY)
    assert (status, told["state"]) == (200, "added")
    row = SessionTarget.objects.get()
    assert (row.muscle, row.side, row.is_override, row.reason) == (
        "infraspinatus", "right", False, WHY,
    )  # fmt: skip
    # The same muscle again is the one that is there.
    assert ask(place, client, session)[1]["state"] == "added"
    assert SessionTarget.objects.count() == 1


def test_a_stop_takes_a_clinicians_override(place: Place) -> None:
    licensed(place)
    client = place.browser()
    screen_clear(place, client, fever_or_infection="yes")
    session = begin(place, client)
    _, told = ask(place, client, session)
    assert told["state"] == "reason"
    assert told["judged"]["stop"]
    # A student has no say in it, whatever they write.
    student = place.browser("student")
    assert ask(place, student, session, reason=WHY)[1]["state"] != "added"
    assert ask(place, client, session, reason=WHY)[1]["state"] == "added"
    row = SessionTarget.objects.get()
    assert row.is_override
    assert row.written_by == place.cast["clinician"]
    assert row.safety["rules"]


def test_what_stops_the_whole_takes_no_override(place: Place) -> None:
    licensed(place)
    client = place.browser()
    session = begin(place, client)
    Credential.objects.update(expires_on="2020-01-01")
    status, told = ask(place, client, session, reason=WHY)
    assert (status, told["state"]) == (200, "stopped")
    assert "The licence ended" in told["judged"]["stop"]
    assert not SessionTarget.objects.exists()


def test_the_thorax_shows_its_cap(place: Place) -> None:
    licensed(place)
    client = place.browser()
    screen_clear(place, client)
    session = begin(place, client)
    _, told = ask(place, client, session, muscle="trapezius_upper", reason=WHY)
    caps = told["target"]["caps"]
    assert any("lung" in one or "pleura" in one for one in caps["risks"])
    assert caps["length_mm"] or caps["depth_mm"] or caps["smallest_published_mm"]


def test_an_unknown_muscle_is_named(place: Place) -> None:
    licensed(place)
    client = place.browser()
    status, told = ask(place, client, begin(place, client), muscle="kettle")
    assert (status, told["field"]) == (422, "muscle")


def test_rows_are_stored_once_however_often_they_are_sent(place: Place) -> None:
    licensed(place)
    client = place.browser()
    session = begin(place, client)
    retest = {"id": str(uuid4()), "movement": "hand behind back", "when": "after", "pain": 3}
    soreness = {"id": str(uuid4()), "kind": "faint", "at": AT}
    grave = {"id": str(uuid4()), "kind": "pneumothorax", "at": AT}
    for _ in range(2):
        assert send(client, place.address("visit_couch_retest", session.pk), retest)[0] == 200
        for row in (soreness, grave):
            assert send(client, place.address("visit_couch_reaction", session.pk), row)[0] == 200
    assert Retest.objects.get().pain == 3
    assert Reaction.objects.count() == 2
    assert AdverseEvent.objects.get().kind == "pneumothorax"
    wrong = {"id": str(uuid4()), "movement": "x", "when": "after"}
    assert send(client, place.address("visit_couch_retest", session.pk), wrong)[0] == 422


def test_a_second_tablet_sees_what_the_first_entered(place: Place) -> None:
    licensed(place)
    client = place.browser()
    session = begin(place, client)
    needle, entry = str(uuid4()), str(uuid4())
    batch = {
        "needles": [{"id": needle, "length_mm": 40, "gauge_mm": 0.3}],
        "entries": [{"id": entry, "kind": "insertion", "at": AT, "needle": needle,
                     "muscle": "infraspinatus", "side": "right", "retained": True},
                    {"id": str(uuid4()), "kind": "twitches", "at": AT, "muscle": "infraspinatus",
                     "side": "right", "familiar_pain": "yes"}],
    }  # fmt: skip
    enter = reverse("session_enter", args=[place.cast.clinic.pk, session.pk])
    assert send(client, enter, batch)[0] == 200
    held = client.get(place.address("visit_couch_now", session.pk)).json()
    assert [one["id"] for one in held["needles"]] == [needle]
    assert held["entries"][0]["id"] == entry
    assert held["entries"][1]["twitches"] is None
    assert held["version"] == 3
    assert LedgerEntry.objects.get(kind="twitches").familiar_pain == "yes"


def test_the_next_session_proposes_what_was_done_in_the_last(place: Place) -> None:
    licensed(place)
    by, client = made.seat(place.cast, "clinician"), place.browser()
    before = made.session(by, place.episode)
    made.insertion(by, before, muscle="infraspinatus", side="right", twitches=2, detected_by="seen")
    Session.objects.filter(pk=before.pk)
    finish = reverse("session_finish", args=[place.cast.clinic.pk, before.pk])
    version = Session.objects.get(pk=before.pk).version
    assert send(client, finish, {"version": version})[0] == 200
    session = begin(place, client)
    page = client.get(place.address("visit_couch", session.pk))
    data = page.context["data"]
    assert [(one["muscle"], one["side"]) for one in data["ahead"]] == [("infraspinatus", "right")]
    assert data["last"][0]["twitches"] == 2
    assert "Okafor" not in str({key: value for key, value in data.items() if key != "urls"})
