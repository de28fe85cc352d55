"""Consent: what was explained, who needles, the signature, research apart, and its end."""

import json
import re
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tautband.clinic.record.models import Consent, Guardian, Patient, Withdrawal
from tautband.clinic.record.services import keeping
from tautband.evidence.sheets import load_sheets
from tests.clinic.cast import NAMES, Name
from tests.clinic.pages_as_text import page_of
from tests.clinic.record import made
from tests.clinic.visit.places import Place, refused_at

STROKES = json.dumps([[[0.1, 0.5], [0.4, 0.2], [0.8, 0.6]]])


def points(page: str) -> list[str]:
    return re.findall(r'name="explained" value="([^"]+)"', page)


def sign(place: Place, client: Client, **more: Any) -> tuple[int, str]:
    """Explain everything and sign, but for what is told otherwise."""
    page = page_of(client.get(place.address("visit_consents")))
    told = {
        "id": str(uuid4()),
        "kind": "treatment",
        "explained": points(page),
        "needler": str(place.cast["clinician"].pk),
        "signer": "patient",
        "strokes": STROKES,
        "copy_given": "paper",
        **more,
    }
    response = client.post(place.address("visit_consents"), told)
    return response.status_code, page_of(response)


@pytest.mark.parametrize("name", NAMES)
def test_who_takes_consent(place: Place, name: Name) -> None:
    expected = {"clinician": 200, "student": 200, "nobody": 302}.get(name, 404)
    given = made.consent(made.seat(place.cast, "clinician"), place.episode)
    assert refused_at(place, name, place.address("visit_consents")) == expected
    assert refused_at(place, name, place.address("visit_consent", given.pk)) == expected
    withdraw = place.address("visit_consent_withdraw", given.pk)
    if expected != 200:
        assert refused_at(place, name, withdraw, post=True) == expected
        assert not Withdrawal.objects.exists()


def test_consent_quotes_what_was_shown(place: Place) -> None:
    client = place.browser()
    assert sign(place, client)[0] == 302
    given = Consent.objects.get()
    assert given.sheet_version == load_sheets()[given.sheet].version
    assert given.sheet_version in given.words
    assert any("Sore for a day or two" in line for line in given.explained)
    assert given.needler_card["training_hours"] == 60
    assert given.strokes == json.loads(STROKES)
    page = page_of(client.get(place.address("visit_consent", given.pk)))
    assert "<path d=" in page
    assert "PT 1234" in page


def test_every_point_has_to_be_explained(place: Place) -> None:
    status, page = sign(place, place.browser(), explained=["benefit"], strokes=STROKES)
    assert status == 422
    assert "leaves out" in page
    assert STROKES.replace('"', "&quot;") in page  # the signature is not lost
    assert not Consent.objects.exists()


@pytest.mark.parametrize(
    "more",
    [
        {"strokes": ""},
        {"strokes": "{"},
        {"strokes": "[[[0.5, 7]]]"},
        {"copy_given": ""},
        {"needler": str(uuid4())},
        {"signer": str(uuid4())},
        {"strokes": "", "typed_name": "Ngozi Okafor"},  # no witness
        {"id": "nonsense"},
    ],
)
def test_what_is_missing_is_said(place: Place, more: dict[str, str]) -> None:
    assert sign(place, place.browser(), **more)[0] == 422
    assert not Consent.objects.exists()


def test_a_name_is_typed_before_a_witness(place: Place) -> None:
    witness = place.cast["reception"]
    more = {"strokes": "", "typed_name": "Ngozi Okafor", "witness": str(witness.pk)}
    client = place.browser()
    assert sign(place, client, **more)[0] == 302
    given = Consent.objects.get()
    assert (given.typed_name, given.witness, given.strokes) == ("Ngozi Okafor", witness, None)
    page = page_of(client.get(place.address("visit_consent", given.pk)))
    assert "Reception" in page


def test_who_needles_does_not_witness(place: Place) -> None:
    told = {"strokes": "", "typed_name": "N", "witness": str(place.cast["clinician"].pk)}
    assert sign(place, place.browser(), **told)[0] == 422


def test_a_guardian_signs_for_a_minor(place: Place) -> None:
    by = made.seat(place.cast, "clinician")
    child: Patient = made.patient(by, given_name="Uju", birth_date=date(2014, 5, 1))
    here = Place(place.cast, child, made.episode(by, child))
    client = here.browser()
    assert sign(here, client)[0] == 422
    guardian = keeping.add(by, Guardian(patient=child, name="Ngozi Okafor", relation="mother"))
    assert sign(here, client, signer=str(guardian.pk))[0] == 302
    assert Consent.objects.get().guardian == guardian


def test_research_stands_apart(place: Place) -> None:
    client = place.browser()
    told = {"id": str(uuid4()), "kind": "research", "strokes": STROKES, "copy_given": "paper"}
    assert client.post(place.address("visit_consents"), told).status_code == 302
    given = Consent.objects.get()
    assert (given.kind, given.needler) == ("research", None)
    assert "Harbour Street" in given.words


def test_withdrawal_ends_it_once(place: Place) -> None:
    client = place.browser()
    sign(place, client)
    given = Consent.objects.get()
    for _ in range(2):
        address = place.address("visit_consent_withdraw", given.pk)
        assert client.post(address, {"id": str(uuid4()), "told": "moved away"}).status_code == 302
    assert Withdrawal.objects.get().told == "moved away"
    page = page_of(client.get(place.address("visit_consent", given.pk)))
    assert "moved away" in page


def test_a_consent_of_another_patient_is_not_found(place: Place) -> None:
    by = made.seat(place.cast, "clinician")
    other = made.episode(by, made.patient(by, given_name="Ada"))
    theirs = made.consent(by, other)
    client = place.browser()
    assert client.get(place.address("visit_consent", theirs.pk)).status_code == 404
    withdraw = place.address("visit_consent_withdraw", theirs.pk)
    assert client.post(withdraw, {"id": str(uuid4())}).status_code == 404
