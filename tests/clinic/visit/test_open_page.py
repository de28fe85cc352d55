"""How a visit opens: the steps of a first one; what was done and what changed at the next."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tautband.clinic.day.opening import day_questions
from tautband.clinic.record.models import Screening, Session, Shown
from tautband.clinic.record.services import sessions
from tests.clinic.cast import NAMES, Name
from tests.clinic.pages_as_text import page_of
from tests.clinic.record import made
from tests.clinic.visit.places import Place, refused_at
from tests.clinic.visit.test_plan_page import screen_clear


def treated(place: Place, days: int, **values: object) -> Session:
    """A closed session some days ago, with one needle."""
    by = made.seat(place.cast, "clinician")
    at = timezone.now() - timedelta(days=days)
    held = made.session(by, place.episode, began_at=at, **values)
    made.insertion(by, held, at=at, twitches=2, detected_by="seen")
    return sessions.finish(by, held.pk, Session.objects.get(pk=held.pk).version).session


@pytest.mark.parametrize("name", NAMES)
def test_who_opens_a_visit(place: Place, name: Name) -> None:
    expected = {"clinician": 200, "student": 200, "nobody": 302}.get(name, 404)
    assert refused_at(place, name, place.address("visit_open")) == expected


def test_a_first_visit_names_its_steps(place: Place) -> None:
    client = place.browser()
    steps = client.get(place.address("visit_open")).context["steps"]
    assert [step.is_done for step in steps] == [False] * 4
    screen_clear(place, client)
    steps = client.get(place.address("visit_open")).context["steps"]
    assert [step.is_done for step in steps] == [False, True, False, False]


def screened(place: Place, days: int) -> Screening:
    """A first screening some days ago."""
    at = timezone.now() - timedelta(days=days)
    return made.screening(made.seat(place.cast, "clinician"), place.episode, answered_at=at)


def test_a_returning_patient_opens_with_what_was_done(place: Place) -> None:
    client = place.browser()
    screened(place, 7)
    treated(place, 7)
    page = page_of(client.get(place.address("visit_open")))
    assert "Infraspinatus" in page
    assert "2 twitches" in page
    assert "Repeat the last session" in page
    for one in day_questions():
        assert one.text.split("'")[0] in page


def test_nothing_changed_is_one_tap_and_a_screening_of_its_own(place: Place) -> None:
    client = place.browser()
    first = screened(place, 7)
    treated(place, 7)
    told = {"id": "5c3c1b1e-6d0f-4a7e-9f61-0d7d0a7f3a11"}
    for _ in range(2):  # sent twice, kept once
        answer = client.post(place.address("visit_unchanged"), told)
        assert answer.status_code == 302
    again = Screening.objects.exclude(pk=first.pk).get()
    assert again.follows == first
    assert again.form == "return visit"
    assert set(again.answers["told"]) == {one.key for one in day_questions()}
    assert "Asked today already." in page_of(client.get(place.address("visit_open")))


def test_without_a_first_screening_nothing_can_be_unchanged(place: Place) -> None:
    treated(place, 7)
    answer = place.browser().post(place.address("visit_unchanged"), {"id": "x"})
    assert answer.status_code == 400


@pytest.mark.parametrize(("planned", "asks"), [(1, "full"), (2, "half"), (6, "")])
def test_a_review_is_asked_for_at_half_and_full_course(
    place: Place, planned: int, asks: str
) -> None:
    by = made.seat(place.cast, "clinician")
    plan = made.plan(by, place.episode, sessions_planned=planned)
    treated(place, 7, plan=plan)
    client = place.browser()
    assert client.get(place.address("visit_open")).context["review"] == (
        f"day-review-{asks}" if asks else ""
    )
    made.assessment(by, place.episode, held_at=timezone.now())
    assert client.get(place.address("visit_open")).context["review"] == ""


def test_the_forecast_that_was_shown_is_kept_once(place: Place) -> None:
    by = made.seat(place.cast, "clinician")
    for days, value in ((20, 7.0), (16, 6.0), (12, 6.0), (6, 4.0), (1, 3.0)):
        at = timezone.now() - timedelta(days=days)
        made.measure(by, place.episode, items=[int(value)], value=value, taken_at=at)
    for days in (14, 7):
        treated(place, days)
    client = place.browser()
    for _ in range(2):
        page = client.get(place.address("visit_open"))
        assert page.context["forecast"]["sentences"]["clinician"][0] in page_of(page)
    kept = Shown.objects.get(kind="forecast")
    assert kept.answer["sessions_done"] == 2
    assert kept.versions
