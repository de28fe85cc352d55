"""The review of an episode: its numbers, what is decided on them, and what is kept."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tautband.body.drawing import Mark, from_regions, to_json
from tautband.body.regions import load_regions
from tautband.clinic.record.models import Episode, Measure, Note, Shown, Signature
from tautband.clinic.record.services import notes
from tests.clinic.cast import NAMES, Name
from tests.clinic.pages_as_text import page_of
from tests.clinic.record import made
from tests.clinic.visit.places import Place, refused_at
from tests.clinic.visit.test_open_page import treated


def going(place: Place) -> None:
    """Three of six sessions, pain from 7 to 3, a drawing that has moved."""
    by, now = made.seat(place.cast, "clinician"), timezone.now()
    made.plan(by, place.episode)
    for days, pain, region in ((28, 7, "shoulder_anterior:right"), (14, 5, ""), (1, 3, "elbow")):
        treated(place, days)
        at = now - timedelta(days=days)
        made.measure(by, place.episode, items=[pain], taken_at=at)
        if region:
            key = region if ":" in region else next(k for k in load_regions() if region in k)
            drawing = to_json(from_regions(load_regions(), [Mark(key, pain)], answered=True))
            made.assessment(by, place.episode, drawing=drawing, held_at=at)


def form(client: Client, place: Place, **values: str) -> dict[str, str]:
    """The form as the page shows it, with what somebody fills in."""
    shown = client.get(place.address("visit_review"))
    own = {name: str(shown.context[name]) for name in ("note", "signature", "seen")}
    told = {"decision": "change_target", "cause": "trauma", "why": "The pain has moved down."}
    return {**own, **told, **values}


@pytest.mark.parametrize("name", NAMES)
def test_who_reviews(place: Place, name: Name) -> None:
    expected = {"clinician": 200, "student": 200, "nobody": 302}.get(name, 404)
    assert refused_at(place, name, place.address("visit_review")) == expected


def test_a_new_episode_has_a_review_that_says_what_is_missing(place: Place) -> None:
    page = page_of(place.browser().get(place.address("visit_review")))
    for said in ("No review is due", "Nothing was measured yet", "Nothing was drawn yet"):
        assert said in page


def test_it_states_the_numbers(place: Place) -> None:
    going(place)
    client = place.browser()
    page = page_of(client.get(place.address("visit_review")))
    assert "Half of the planned course is done" in page
    assert "3 of 6 planned sessions done" in page
    assert "7 → 3" in page
    assert "reached: 1 to 2 is important" in page
    assert "hardly moves with treatment" in page
    assert "No adverse event is recorded after 3 sessions" in page
    picture = client.get(place.address("visit_review_course"))
    assert picture["Content-Type"] == "image/svg+xml"


def test_what_is_decided_is_kept_with_the_numbers_and_signed(place: Place) -> None:
    going(place)
    client = place.browser()
    filled = form(client, place)
    for _ in range(2):  # sent twice, stored once
        assert client.post(place.address("visit_review"), filled).status_code == 302
    note = Note.objects.get(kind="other")
    assert (note.state, str(note.pk)) == ("signed", filled["note"])
    assert notes.is_whole(Signature.objects.get(note=note))
    assert note.sections["plan"] == "Change the target"
    assert note.sections["assessment"].startswith("The pain has moved down.")
    assert "Trauma" in note.sections["assessment"]
    assert "7 to 3" in note.sections["objective"]
    kept = Shown.objects.get(schema="tautband.review/1")
    assert kept.asked["decision"] == "change_target"
    assert kept.answer["sessions"] == {"done": 3, "planned": 6}
    assert Episode.objects.get(pk=place.episode.pk).cause == "trauma"
    page = page_of(client.get(place.address("visit_review")))
    assert "Earlier reviews" in page
    assert "at half course" in page


@pytest.mark.parametrize(
    ("field", "value"), [("decision", "dance"), ("cause", ""), ("why", "  "), ("why", "x" * 4001)]
)
def test_an_answer_that_is_missing_is_named_and_nothing_is_stored(
    place: Place, field: str, value: str
) -> None:
    client = place.browser()
    answer = client.post(place.address("visit_review"), form(client, place, **{field: value}))
    assert answer.status_code == 422
    page = page_of(answer)
    assert f"{field}:" in page
    assert "checked" in page
    assert not Note.objects.exists()


def test_numbers_that_moved_meanwhile_are_looked_at_again(place: Place) -> None:
    going(place)
    client = place.browser()
    filled = form(client, place)
    made.measure(made.seat(place.cast, "clinician"), place.episode, items=[9])
    answer = client.post(place.address("visit_review"), filled)
    assert answer.status_code == 409
    page = page_of(answer)
    assert "The record has changed since this page was opened" in page
    assert "The pain has moved down." in page
    assert not Note.objects.filter(kind="other").exists()
    assert Measure.objects.count() == 4
    assert client.post(place.address("visit_review"), form(client, place)).status_code == 302


def test_a_students_review_waits_for_a_supervisor(place: Place) -> None:
    client = place.browser("student")
    client.post(place.address("visit_review"), form(client, place))
    assert Note.objects.get().state == "waiting"
    assert "waiting for a supervisor" in page_of(client.get(place.address("visit_review")))


def test_an_id_that_is_none_is_a_bad_request(place: Place) -> None:
    client = place.browser()
    answer = client.post(place.address("visit_review"), form(client, place, note="x"))
    assert answer.status_code in (400, 422)
