"""Importing a list and handing out a record: by whom, whole or not at all, and with a trail."""

import json
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tautband.clinic.record.models import Patient
from tautband.clinic.trail.models import AuditEntry
from tests.clinic.cast import NAMES, Cast, Name
from tests.clinic.pages_as_text import page_of
from tests.clinic.record import made

ADMIT: tuple[Name, ...] = ("owner", "clinician", "reception")
EXPORT: tuple[Name, ...] = ("owner", "clinician")
GOOD = """family name,given name,date of birth,sex
Brandt,Ada,1970-02-03,f
Okafor,Ngozi,1985-03-21,f
"""
BAD = """family name,given name,date of birth,sex
Brandt,Ada,1970-02-03,f
Voss,Emil,yesterday,m
"""


def _send(browser: Client, cast: Cast, text: str, **more: Any) -> Any:
    file = SimpleUploadedFile("list.csv", text.encode(), "text/csv")
    address = reverse("patients_import", args=[cast.clinic.pk])
    return browser.post(address, {"list": file, "order": "", **more})


@pytest.mark.parametrize("name", NAMES)
def test_who_imports(cast: Cast, name: Name) -> None:
    browser = cast.browser(name)
    refused = 302 if name == "nobody" else 404
    expected = 200 if name in ADMIT else refused
    assert browser.get(reverse("patients_import", args=[cast.clinic.pk])).status_code == expected
    assert _send(browser, cast, GOOD).status_code == expected
    assert not Patient.objects.exists()


def test_a_preview_stores_nothing_and_names_each_wrong_line(cast: Cast) -> None:
    answer = _send(cast.browser("reception"), cast, BAD)
    text = page_of(answer)
    assert answer.status_code == 400
    row = text.split("<tbody")[1].split("</tbody>")[0]
    assert "<td>3</td>" in row
    assert "yesterday" in row
    assert 'name="confirm"' not in text
    assert not Patient.objects.exists()


def _confirm(browser: Client, cast: Cast, text: str, **more: Any) -> Any:
    seen = page_of(_send(browser, cast, text))
    sha256 = seen.split('name="confirm" value="')[1].split('"')[0]
    batch = seen.split('name="batch" value="')[1].split('"')[0]
    return lambda **also: _send(
        browser, cast, text, confirm=sha256, batch=batch, **{**more, **also}
    )


def test_a_list_is_taken_over_once(cast: Cast) -> None:
    take = _confirm(cast.browser("reception"), cast, GOOD)
    for _ in range(2):
        assert take().status_code == 302
    assert sorted(one.family_name for one in Patient.objects.all()) == ["Brandt", "Okafor"]


def test_who_is_known_already_is_left_out_unless_ticked(cast: Cast) -> None:
    known = made.patient(made.seat(cast, "clinician"))
    browser = cast.browser("reception")
    assert str(known.pk) in page_of(_send(browser, cast, GOOD))
    assert _confirm(browser, cast, GOOD)().status_code == 302
    assert Patient.objects.count() == 2
    assert _confirm(browser, cast, GOOD)(twin=["2", "3"]).status_code == 302
    assert Patient.objects.count() == 4


@pytest.mark.parametrize(
    "more",
    [
        {"confirm": "0" * 64, "batch": str(uuid.uuid4())},
        {"confirm": "0" * 64, "batch": "x"},
        {"confirm": "0" * 64},
    ],
)
def test_another_file_than_the_one_looked_at_is_refused(cast: Cast, more: dict[str, str]) -> None:
    assert _send(cast.browser("owner"), cast, GOOD, **more).status_code == 400
    assert not Patient.objects.exists()


def test_without_a_file_or_with_nonsense_one_is_told(cast: Cast) -> None:
    browser = cast.browser("owner")
    answer = browser.post(reverse("patients_import", args=[cast.clinic.pk]), {"order": ""})
    assert answer.status_code == 400
    assert "Choose a file" in page_of(answer)
    answer = _send(browser, cast, "\x00\x01\x02")
    assert answer.status_code == 400


def test_a_file_that_is_too_large_is_left_and_nothing_lies_on_a_disk(cast: Cast) -> None:
    answer = _send(cast.browser("owner"), cast, GOOD + "x" * 8_000_001)
    assert answer.status_code == 400
    assert "Choose a file of at most 8 MB" in page_of(answer)


@pytest.mark.parametrize("page", ["patient_export", "patient_export_json", "patient_export_pdf"])
@pytest.mark.parametrize("name", NAMES)
def test_who_hands_out_a_record(cast: Cast, name: Name, page: str) -> None:
    patient = made.patient(made.seat(cast, "clinician"))
    answer = cast.browser(name).get(reverse(page, args=[cast.clinic.pk, patient.pk]))
    refused = 302 if name == "nobody" else 404
    assert answer.status_code == (200 if name in EXPORT else refused)


def test_a_record_is_handed_out_whole_with_a_trail_and_no_name_in_the_file_name(
    cast: Cast,
) -> None:
    patient = made.patient(made.seat(cast, "clinician"))
    address = reverse("patient_export_json", args=[cast.clinic.pk, patient.pk])
    answer = cast.browser("owner").get(address)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Okafor" not in answer.headers["Content-Disposition"]
    record = json.loads(answer.content)
    assert record["schema"] == "tautband.record/1"
    assert "Okafor" in page_of(answer)
    last = AuditEntry.objects.of(cast.clinic.pk).order_by("-number").first()
    assert last is not None
    assert (last.action, last.patient_id) == ("export", patient.pk)
    answer = cast.browser("owner").get(address.replace("json", "pdf"))
    assert answer.content.startswith(b"%PDF")


def test_who_signed_in_long_ago_is_asked_again(cast: Cast) -> None:
    patient = made.patient(made.seat(cast, "clinician"))
    browser = cast.browser("clinician")
    session = browser.session
    methods = session["account_authentication_methods"]
    session["account_authentication_methods"] = [{**one, "at": 1.0} for one in methods]
    session.save()
    for page in ("patient_export_json", "patient_export_pdf"):
        answer = browser.get(reverse(page, args=[cast.clinic.pk, patient.pk]))
        assert answer.status_code == 302
        assert "reauthenticate" in answer.headers["Location"]
    assert not AuditEntry.objects.of(cast.clinic.pk).filter(action="export").exists()
