"""A tablet in a patient's hands opens one page, whatever is typed, until it is taken back."""

from uuid import uuid4

from django.conf import settings
from django.test import Client
from django.urls import reverse

from tautband.clinic.record.models import Assessment
from tautband.clinic.trail.models import AuditEntry
from tests.clinic.cast import PASSWORD, Cast
from tests.clinic.record import made
from tests.clinic.test_walk import ACCOUNT, CLINIC, NAMED, PUBLIC, address, filled
from tests.clinic.visit.places import Place, send
from tests.clinic.visit.test_assessment_page import drawing

# What is needed to paint, and to take the tablet back.
OPEN = {
    "visit_handed", "visit_handed_save", "account_unlock", "account_unlock_options",
    "account_lock", "account_session",
}  # fmt: skip
LEFT_OUT = {"health", "readiness"}  # show nothing, and keep no session


def handed(client: Client, values: dict[str, object]) -> str:
    answer = client.post(address("visit_hand_over", values))
    assert answer.status_code == 302
    return answer["Location"]


def test_nothing_else_opens(cast: Cast) -> None:
    values = filled(cast)
    client = cast.browser("clinician")
    page = handed(client, values)
    wrong = []
    for route in sorted((CLINIC.keys() | ACCOUNT | PUBLIC) - OPEN - LEFT_OUT):
        answer = client.get(address(route, values))
        if (answer.status_code, answer.headers.get("Location")) != (302, page):
            wrong.append(f"GET {route}")
        answer = client.post(address(route, values), "{}", content_type="application/json",
                             headers={"accept": "application/json"})  # fmt: skip
        if answer.status_code != 423 or b"Okafor" in answer.content:
            wrong.append(f"POST {route}")
    assert not wrong


def test_the_open_addresses_are_known() -> None:
    assert NAMED.keys() >= OPEN


def begun(place: Place, client: Client) -> Assessment:
    one = made.assessment(made.seat(place.cast, "clinician"), place.episode)
    answer = client.post(place.address("visit_hand_over", one.pk))
    assert answer["Location"] == place.address("visit_handed", one.pk)
    return one


def test_the_patient_saves_a_drawing_and_nothing_else(place: Place) -> None:
    client = place.browser()
    one = begun(place, client)
    page = client.get(place.address("visit_handed", one.pk))
    assert page.status_code == 200
    assert "Okafor" not in page.content.decode()
    save = place.address("visit_handed_save", one.pk)
    own = {"kind": "assessment", "id": str(one.pk), "version": 1, "values": {"drawing": drawing()}}
    assert send(client, save, own)[0] == 200
    assert Assessment.objects.get(pk=one.pk).drawing == drawing()
    for wrong in (
        {**own, "version": 2, "values": {"impression": "mine"}},
        {**own, "kind": "finding", "id": str(uuid4()), "version": 0},
    ):
        assert send(client, save, wrong)[0] == 422
    assert client.post("/api/locate", {}, content_type="application/json").status_code == 423


def test_who_unlocks_has_taken_it_back(place: Place) -> None:
    client = place.browser()
    one = begun(place, client)
    client.post(reverse("account_lock"))
    assert client.get(place.address("visit_handed", one.pk)).status_code in (302, 423)
    wrong = client.post(reverse("account_unlock"), {"password": "not mine"})
    assert wrong.status_code == 403
    assert client.get(place.address("visit_assessment", one.pk)).status_code == 302
    client.post(reverse("account_unlock"), {"password": PASSWORD})
    assert client.get(place.address("visit_assessment", one.pk)).status_code == 200
    # And the page in the patient's hands is no page of theirs any more.
    again = client.get(place.address("visit_handed", one.pk))
    assert again["Location"] == place.address("visit_assessment", one.pk)


def test_signing_out_is_no_way_out_until_the_screen_is_locked(place: Place) -> None:
    client = place.browser()
    one = begun(place, client)
    page = place.address("visit_handed", one.pk)
    assert client.get(reverse("account_logout"))["Location"] == page
    assert (
        client.post(reverse("account_logout"), headers={"accept": "application/json"}).status_code
        == 423
    )
    assert client.get(page).status_code == 200
    client.post(reverse("account_lock"))
    assert client.post(reverse("account_logout")).status_code == 302
    assert client.get(page)["Location"].startswith(reverse("account_login"))


def test_other_windows_learn_of_it_and_the_key_is_a_new_one(place: Place) -> None:
    client = place.browser()
    assert client.get(reverse("account_session")).json()["handed"] is False
    before = client.cookies[settings.SESSION_COOKIE_NAME].value
    begun(place, client)
    assert client.get(reverse("account_session")).json()["handed"] is True
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before


def test_it_is_in_the_trail_whose_assessment_was_handed_over(place: Place) -> None:
    one = begun(place, place.browser())
    entry = AuditEntry.objects.filter(action="lock", kind="assessment").get()
    assert (entry.object_id, entry.patient_id) == (str(one.pk), place.patient.pk)


def test_what_is_finished_meanwhile_waits_locked_for_its_owner(place: Place) -> None:
    client, other = place.browser(), place.browser()
    one = begun(place, client)
    other.post(place.address("visit_assessment_finish", one.pk), {"version": "1"})
    save = place.address("visit_handed_save", one.pk)
    own = {"kind": "assessment", "id": str(one.pk), "version": 2, "values": {"drawing": drawing()}}
    assert send(client, save, own)[0] == 409
    answer = client.get(place.address("visit_handed", one.pk))
    assert answer["Location"].startswith(reverse("account_unlock"))
    assert client.get(answer["Location"]).status_code == 200
    client.post(answer["Location"], {"password": PASSWORD})
    assert client.get(place.address("visit_assessment", one.pk)).status_code == 200


def test_what_is_finished_or_elsewhere_is_not_handed_over(place: Place) -> None:
    client = place.browser()
    one = made.assessment(made.seat(place.cast, "clinician"), place.episode)
    client.post(place.address("visit_assessment_finish", one.pk), {"version": "1"})
    assert client.post(place.address("visit_hand_over", one.pk)).status_code == 400
    assert client.post(place.address("visit_hand_over", uuid4())).status_code == 404
    stranger = place.browser("outside_owner")
    assert stranger.post(place.address("visit_hand_over", one.pk)).status_code == 404
    assert client.get(reverse("account_session")).json()["handed"] is False
