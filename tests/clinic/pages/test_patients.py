"""The list of patients, finding one, admitting and changing one; who may, and who may not."""

import uuid
from typing import Any

import pytest
from django.urls import reverse

from tautband.clinic.record.models import Guardian, Patient
from tautband.clinic.trail.models import AuditEntry
from tests.clinic.cast import NAMES, Cast, Name
from tests.clinic.pages_as_text import page_of
from tests.clinic.record import made

SERVED: dict[Name, int] = {"owner": 200, "clinician": 200, "student": 200, "reception": 200}
ADMIT: dict[Name, int] = {"owner": 200, "clinician": 200, "reception": 200}


def _expected(served: dict[Name, int], name: Name) -> int:
    return served.get(name, 302 if name == "nobody" else 404)


def _typed(**values: Any) -> dict[str, Any]:
    told = {
        "id": str(uuid.uuid4()),
        "given_name": "Ngozi",
        "family_name": "Okafor",
        "birth_date": "1985-03-21",
        "sex": "female",
        "phone": "+1 303 555 0100",
    }
    return {**told, **values}


@pytest.fixture
def okafor(cast: Cast) -> Patient:
    return made.patient(made.seat(cast, "clinician"))


@pytest.mark.parametrize("name", NAMES)
def test_who_sees_the_list(cast: Cast, okafor: Patient, name: Name) -> None:
    answer = cast.browser(name).get(reverse("patients", args=[cast.clinic.pk]))
    assert answer.status_code == _expected(SERVED, name)
    assert (b"Okafor" in answer.content) == (name in SERVED)


@pytest.mark.parametrize("name", NAMES)
def test_who_finds_by_name(cast: Cast, okafor: Patient, name: Name) -> None:
    address = reverse("patients_search", args=[cast.clinic.pk])
    answer = cast.browser(name).post(address, {"q": "oka"})
    assert answer.status_code == _expected(SERVED, name)
    assert (b"Okafor" in answer.content) == (name in SERVED)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("okafor", True),
        ("Ngozi Okafor", True),
        ("okafor, ngozi", True),
        ("oka ngo", True),
        ("Okafer", True),
        ("Smith", False),
        ("+1 (303) 555-0100", True),
        ("NGOZI@example.org", True),
        ("+1 303 555 0101", False),
        ("o", False),
    ],
)
def test_names_in_any_order_by_their_beginnings_and_nearly_spelled(
    cast: Cast, okafor: Patient, words: str, found: bool
) -> None:
    address = reverse("patients_search", args=[cast.clinic.pk])
    answer = cast.browser("reception").post(address, {"q": words, "part": "list"})
    assert (str(okafor.pk) in page_of(answer)) == found


def test_a_name_never_stands_in_an_address(cast: Cast, okafor: Patient) -> None:
    address = reverse("patients_search", args=[cast.clinic.pk])
    assert cast.browser("reception").get(address, {"q": "okafor"}).status_code == 405


def test_patients_of_another_clinic_are_not_found(cast: Cast, okafor: Patient) -> None:
    made.patient(made.seat(cast, "outsider"), family_name="Okaforsen")
    address = reverse("patients_search", args=[cast.clinic.pk])
    assert b"Okaforsen" not in cast.browser("clinician").post(address, {"q": "okafor"}).content


def test_the_list_and_a_search_are_in_the_trail_without_a_name(cast: Cast, okafor: Patient) -> None:
    browser = cast.browser("reception")
    browser.get(reverse("patients", args=[cast.clinic.pk]))
    browser.post(reverse("patients_search", args=[cast.clinic.pk]), {"q": "okafor"})
    read = AuditEntry.objects.of(cast.clinic.pk).filter(actor=cast["reception"].pk, action="read")
    assert [one.detail for one in read.order_by("number")] == [
        '{"count":1,"form":"list"}',
        '{"count":1,"form":"search"}',
    ]


def test_answers_are_not_kept_by_the_browser(cast: Cast, okafor: Patient) -> None:
    answer = cast.browser("clinician").get(reverse("patients", args=[cast.clinic.pk]))
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("page", ["patient_contacts", "guardian_add"])
@pytest.mark.parametrize("name", NAMES)
def test_who_changes_contacts(cast: Cast, okafor: Patient, name: Name, page: str) -> None:
    answer = cast.browser(name).get(reverse(page, args=[cast.clinic.pk, okafor.pk]))
    assert answer.status_code == _expected(ADMIT, name)


@pytest.mark.parametrize("name", NAMES)
def test_who_admits(cast: Cast, name: Name) -> None:
    address = reverse("patient_admit", args=[cast.clinic.pk])
    browser = cast.browser(name)
    assert browser.get(address).status_code == _expected(ADMIT, name)
    answer = browser.post(address, _typed())
    assert answer.status_code == (302 if name in (*ADMIT, "nobody") else 404)
    assert Patient.objects.count() == (name in ADMIT)


def test_the_same_form_twice_admits_once(cast: Cast) -> None:
    address = reverse("patient_admit", args=[cast.clinic.pk])
    typed = _typed()
    for _ in range(2):
        assert cast.browser("reception").post(address, typed).status_code == 302
    assert Patient.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("birth_date", "21.3.85", "This is not a day."),
        ("birth_date", "2985-03-21", "still to come"),
        ("birth_date", "1785-03-21", "of one lifetime"),
        ("email", "ngozi", "This is not an e-mail address."),
        ("sex", "x", "Choose one of the list."),
        ("phone", "1" * 50, "At most 40 characters"),
    ],
)
def test_an_error_stands_at_its_field_and_nothing_typed_is_lost(
    cast: Cast, field: str, value: str, says: str
) -> None:
    address = reverse("patient_admit", args=[cast.clinic.pk])
    typed = _typed(address="12 Harbour Street", **{field: value})
    answer = cast.browser("reception").post(address, typed)
    page = page_of(answer)
    assert answer.status_code == 400
    fault = page.split(f'id="id_{field}-fault"')[1].split("</p>")[0]
    assert says in fault
    assert 'value="Okafor"' in page
    assert "12 Harbour Street" in page
    if field != "sex":
        assert value in page
    assert not Patient.objects.exists()


def test_somebody_without_a_name_is_refused(cast: Cast) -> None:
    address = reverse("patient_admit", args=[cast.clinic.pk])
    answer = cast.browser("reception").post(address, _typed(given_name="", family_name=" "))
    assert answer.status_code == 400
    assert b"A family name or a first name is needed." in answer.content


def test_a_namesake_of_the_same_birthday_is_shown_before_a_second_one(
    cast: Cast, okafor: Patient
) -> None:
    address = reverse("patient_admit", args=[cast.clinic.pk])
    typed = _typed()
    answer = cast.browser("reception").post(address, typed)
    assert answer.status_code == 409
    assert str(okafor.pk) in page_of(answer)
    assert Patient.objects.count() == 1
    answer = cast.browser("reception").post(address, {**typed, "another": "yes"})
    assert answer.status_code == 302
    assert Patient.objects.count() == 2


def test_after_a_minor_comes_the_guardian(cast: Cast) -> None:
    address = reverse("patient_admit", args=[cast.clinic.pk])
    browser = cast.browser("reception")
    answer = browser.post(address, _typed(birth_date="2019-05-02"))
    child = Patient.objects.get()
    here = [cast.clinic.pk, child.pk]
    assert answer.headers["Location"] == reverse("guardian_add", args=here)
    page = page_of(browser.get(reverse("patient", args=here)))
    assert "no guardian is entered" in page
    typed = {"id": str(uuid.uuid4()), "name": "Ada Okafor", "relation": "mother"}
    answer = browser.post(answer.headers["Location"], {**typed, "may_consent": "on"})
    assert answer.status_code == 302
    assert Guardian.objects.get().may_consent
    page = page_of(browser.get(reverse("patient", args=here)))
    assert "Ada Okafor" in page
    assert "no guardian is entered" not in page


def test_contacts_are_changed_with_a_reason(cast: Cast, okafor: Patient) -> None:
    address = reverse("patient_contacts", args=[cast.clinic.pk, okafor.pk])
    browser = cast.browser("reception")
    assert b'value="+1 303 555 0100"' in browser.get(address).content
    typed = _typed(id=str(okafor.pk), version="1", phone="+1 303 555 0199")
    assert browser.post(address, typed).status_code == 400
    assert browser.post(address, {**typed, "why": "There is news"}).status_code == 302
    assert Patient.objects.get().phone == "+1 303 555 0199"


def test_who_came_second_is_told_what_changed_and_keeps_what_they_typed(
    cast: Cast, okafor: Patient
) -> None:
    address = reverse("patient_contacts", args=[cast.clinic.pk, okafor.pk])
    first = _typed(id=str(okafor.pk), version="1", why="Moved", address="1 Mill Lane")
    second = _typed(id=str(okafor.pk), version="1", why="News", phone="+1 303 555 0177")
    assert cast.browser("owner").post(address, first).status_code == 302
    answer = cast.browser("reception").post(address, second)
    page = page_of(answer)
    assert answer.status_code == 409
    assert "1 Mill Lane" in page
    assert 'value="+1 303 555 0177"' in page
    assert 'name="version" value="2"' in page


def test_recent_patients_come_first(cast: Cast, okafor: Patient) -> None:
    by = made.seat(cast, "clinician")
    later = made.patient(by, given_name="Ada", family_name="Brandt")
    browser = cast.browser("reception")
    address = reverse("patients", args=[cast.clinic.pk])
    page = page_of(browser.get(address))
    assert page.index("Brandt") < page.index("Okafor")
    made.session(by, made.episode(by, okafor), began_at=later.written_at.replace(year=2030))
    page = page_of(browser.get(address))
    assert page.index("Okafor") < page.index("Brandt")
