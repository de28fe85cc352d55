"""Screening: the form, what has changed, the decision kept as it was, and who is refused."""

import re

import pytest
from django.test import Client

from tautband.clinic.record.models import Screening
from tautband.clinic.trail.models import AuditEntry
from tautband.clinic.visit_pages.questionnaire import stored_answers
from tests.clinic.cast import NAMES, Name
from tests.clinic.pages_as_text import page_of
from tests.clinic.record import made
from tests.clinic.visit.places import Place, refused_at, send

ID = "7b1f0f3e-7a4d-4a59-9d0e-0c9a3b0b3a11"


def answer(client: Client, place: Place, **answers: str) -> Screening:
    """Post the form with these answers, and follow it to what was stored."""
    form = page_of(client.get(place.address("visit_screenings")))
    found = re.search(r'name="id" value="([^"]+)"', form)
    assert found
    told = {"id": found[1], **{f"q-{key}": value for key, value in answers.items()}}
    response = client.post(place.address("visit_screenings"), told)
    assert response.status_code == 302, page_of(response)
    return Screening.objects.get(pk=response.headers["Location"].rstrip("/").rpartition("/")[2])


@pytest.mark.parametrize("name", NAMES)
def test_who_screens(place: Place, name: Name) -> None:
    expected = {"clinician": 200, "student": 200, "nobody": 302}.get(name, 404)
    assert refused_at(place, name, place.address("visit_screenings")) == expected
    stored = answer(place.browser(), place)
    assert refused_at(place, name, place.address("visit_screening", stored.pk)) == expected


def test_first_visit_is_stored_with_its_decision_and_versions(place: Place) -> None:
    client = place.browser()
    stored = answer(client, place, pregnant="yes", weeks_pregnant="12", bleeding_disorder="no")
    assert (stored.form, stored.follows) == ("first visit", None)
    assert stored.answers["answers"]["pregnant"] == "yes"
    assert stored.answers["answers"]["weeks_pregnant"] == 12.0
    assert stored.answers["answers"]["pacemaker"] == "unknown"
    assert stored.decision == stored.decided["decision"]
    assert {"tautband", "atlas", "rules"} <= set(stored.versions)
    page = page_of(client.get(place.address("visit_screening", stored.pk)))
    for rule in stored.decided["rules"][:5]:
        assert rule["id"] in page
    assert AuditEntry.objects.filter(object_id=str(stored.pk), action="read").exists()


def test_open_is_never_no(place: Place) -> None:
    stored = answer(place.browser(), place)
    assert stored.decision == "ask"
    assert stored.decided["missing"]


def test_one_known_stop_is_said_first(place: Place) -> None:
    client = place.browser()
    stored = answer(client, place, fever_or_infection="yes")
    page = page_of(client.get(place.address("visit_screening", stored.pk)))
    assert stored.decision in ("not_today", "do_not_needle")
    first = re.search(r'<h2 id="group-1".*?verdict--(\w+)"', page, re.S)
    assert first
    assert first[1] == stored.decision


def test_muscles_are_judged_by_name(place: Place) -> None:
    client = place.browser()
    told = {"id": ID, "muscles": "rhomboid major right, infraspinatus right"}
    client.post(place.address("visit_screenings"), told)
    decided = Screening.objects.get(pk=ID).decided
    assert [m["muscle"] for m in decided["muscles"]] == ["rhomboid_major", "infraspinatus"] or [
        m["muscle"] for m in decided["muscles"]
    ] == ["rhomboids", "infraspinatus"]


def test_sending_the_form_twice_stores_it_once(place: Place) -> None:
    client = place.browser()
    for _ in range(2):
        told = {"id": ID, "q-pregnant": "no"}
        assert (
            client.post(place.address("visit_screenings") + "?form=first", told).status_code == 302
        )
    assert Screening.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"q-inr": "many"}, "a number from"),
        ({"q-age": "200"}, "0 to 120"),
        ({"q-device_site": "yes", "q-device_site-where": "moon"}, "moon"),
        ({"muscles": "infraspinotus right"}, "nfraspin"),
        ({"muscles": "infraspinatus"}, "side"),
        ({"id": "nonsense"}, "UUID"),
    ],
)
def test_what_cannot_be_read_is_said_and_nothing_is_lost(
    place: Place, typed: dict[str, str], said: str
) -> None:
    client = place.browser()
    told = {"id": ID, "q-pregnant": "no", "q-medicines": "warfarin\nvitamin D", **typed}
    response = client.post(place.address("visit_screenings"), told)
    page = page_of(response)
    assert response.status_code == 422
    assert said in page
    assert "warfarin\nvitamin D" in response.content.decode()
    assert re.search(r'name="q-pregnant" value="no" checked', page)
    for value in typed.values():
        assert value in page
    assert not Screening.objects.exists()


def test_several_mistakes_are_told_at_once(place: Place) -> None:
    told = {"id": ID, "q-inr": "many", "q-age": "200"}
    page = page_of(place.browser().post(place.address("visit_screenings"), told))
    assert page.count('class="fault"') == 2


def test_return_visit_lies_over_the_last(place: Place) -> None:
    client = place.browser()
    first = answer(
        client, place, pacemaker="yes", device_site="yes", eaten_today="yes", epilepsy="no"
    )
    page = page_of(client.get(place.address("visit_screenings")))
    assert 'name="q-pacemaker" value="same"' in page
    assert "q-epilepsy" not in page  # not asked again
    second = answer(client, place, pacemaker="same", red_flags="no", bruises_easily="yes")
    assert (second.form, second.follows_id) == ("return visit", first.pk)
    held = stored_answers(second)["answers"]
    assert held["pacemaker"] == "yes"  # confirmed
    assert held["epilepsy"] == "no"  # lasts
    assert "eaten_today" not in held  # held for its day only
    assert held["bruises_easily"] == "yes"
    assert "epilepsy" in second.decided["carried"]
    assert second.answers["told"]["pacemaker"] == "same"
    third = answer(client, place, red_flags="no")
    assert stored_answers(third)["answers"]["pacemaker"] == "yes"
    assert Screening.objects.get(pk=first.pk).decided == first.decided


def test_all_can_be_asked_anew(place: Place) -> None:
    client = place.browser()
    answer(client, place, epilepsy="no")
    page = page_of(client.get(place.address("visit_screenings") + "?form=first"))
    assert "q-epilepsy" in page
    client.post(place.address("visit_screenings") + "?form=first", {"id": ID})
    assert Screening.objects.get(pk=ID).form == "first visit"


@pytest.mark.parametrize(
    ("answers", "asked", "not_asked"),
    [
        ({}, [], ["weeks_pregnant", "device_site"]),
        ({"q-pregnant": "yes"}, ["weeks_pregnant", "miscarriage"], ["device_site"]),
        ({"q-medicines": "warfarin"}, ["inr", "treatment_stable"], ["weeks_pregnant"]),
        ({"q-age": "12"}, ["guardian_consents"], []),
        ({"q-able_to_decide": "no"}, ["representative_consents"], []),
        ({"q-age": "twelve"}, [], ["guardian_consents"]),
    ],
)
def test_follow_ups_as_they_are_needed(
    place: Place, answers: dict[str, str], asked: list[str], not_asked: list[str]
) -> None:
    status, told = send(place.browser(), place.address("visit_follow_ups"), {"answers": answers})
    assert status == 200
    assert set(asked) <= set(told["ask"])
    assert not set(not_asked) & set(told["ask"])
    assert not Screening.objects.exists()


@pytest.mark.parametrize("told", [{}, {"answers": []}, {"answers": None}])
def test_follow_ups_refuse_what_they_cannot_read(place: Place, told: object) -> None:
    assert send(place.browser(), place.address("visit_follow_ups"), told)[0] == 422


def test_the_clinics_policy_decides(place: Place) -> None:
    clinic = place.cast.clinic
    clinic.screening_policy = "name = [broken"
    clinic.save()
    response = place.browser().post(place.address("visit_screenings"), {"id": ID})
    assert response.status_code == 422
    assert not Screening.objects.exists()


def test_a_screening_of_another_patient_is_not_found_here(place: Place) -> None:
    by = made.seat(place.cast, "clinician")
    other = made.patient(by, given_name="Ada")
    theirs = made.screening(by, made.episode(by, other))
    assert place.browser().get(place.address("visit_screening", theirs.pk)).status_code == 404


def test_the_form_needs_its_token(place: Place) -> None:
    client = place.browser(enforce_csrf_checks=True)
    assert client.post(place.address("visit_screenings"), {"id": ID}).status_code == 403
    assert (
        client.post(
            place.address("visit_follow_ups"), "{}", content_type="application/json"
        ).status_code
        == 403
    )


def test_one_tap_never_denies_a_safeguard(place: Place) -> None:
    page = page_of(place.browser().get(place.address("visit_screenings")))
    fields = re.findall(r'data-question="(\w+)"(.*?)>', page, re.S)
    no = {key for key, rest in fields if "data-no" in rest}
    assert {"fever_or_infection", "pacemaker", "leg_clot"} <= no
    assert not no & {"wants_needling", "able_to_decide", "eaten_today", "trained_for_plan"}
