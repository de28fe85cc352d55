"""How many questions a page asks of the database, whatever there is to show."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.clinic.cast import Cast
from tests.clinic.pages.test_patient import Case
from tests.clinic.record import made

MOST = 12
# SAVEPOINT stands for the BEGIN that a request of its own would send.
_BESIDE = ("SAVEPOINT", "RELEASE SAVEPOINT")
# Waiting for one's turn in the chain is a question on PostgreSQL alone.
_MOST_HERE = MOST if connection.vendor == "postgresql" else MOST - 1


@pytest.fixture
def case(cast: Cast) -> Case:
    found = Case(cast)
    for number in range(60):
        made.patient(found.by, given_name="Ada", family_name=f"Brandt{number}")
    return found


@pytest.mark.parametrize("page", ["list", "search", "patient", "background", "episode"])
def test_a_page_asks_at_most_twelve_times(cast: Cast, case: Case, page: str) -> None:
    browser = cast.browser("clinician")
    addresses = {
        "list": reverse("patients", args=[cast.clinic.pk]),
        "search": reverse("patients_search", args=[cast.clinic.pk]),
        "patient": case.address("patient"),
        "background": case.address("patient_background"),
        "episode": case.address("episode", case.episode.pk),
    }
    browser.get(addresses["patient"])  # a session is written once when it begins to be used
    with CaptureQueriesContext(connection) as asked:
        if page == "search":
            answer = browser.post(addresses[page], {"q": "brandt"})
        else:
            answer = browser.get(addresses[page])
    assert answer.status_code == 200
    counted = [one["sql"] for one in asked if not one["sql"].startswith(_BESIDE)]
    assert len(counted) <= _MOST_HERE, "\n".join(sql[:150] for sql in counted)


def test_a_list_asks_as_often_for_sixty_as_for_one(cast: Cast, case: Case) -> None:
    browser = cast.browser("reception")
    address = reverse("patients", args=[cast.clinic.pk])
    browser.get(address)
    with CaptureQueriesContext(connection) as many:
        browser.get(address)
    with CaptureQueriesContext(connection) as few:
        browser.get(address, {"page": "99"})
    assert len(few) <= len(many) <= MOST + 2
