"""The made-up clinic: whole by the record's own measure, and open to this computer alone."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tautband.clinic.demo.building import PATIENTS, SEED, build, cases, personas, plan
from tautband.clinic.people.models import Clinic, Membership
from tautband.clinic.record.models import (
    AdverseEvent,
    Assessment,
    Guardian,
    Medication,
    Note,
    Patient,
    Session,
)
from tautband.clinic.record.services import notes
from tautband.clinic.record.services.sessions import ledger_of
from tautband.clinic.trail.reading import check_chain
from tautband.safety.decision import Decision
from tautband.safety.events.closing import close
from tests.clinic.cast import Cast

NOW = datetime(2026, 11, 26, 17, 0, tzinfo=UTC)
HERE: dict[str, Any] = {"SERVER_NAME": "localhost"}


def test_what_is_made_is_a_whole_record(db: None) -> None:
    clinic = build(NOW, patients=16)
    assert Patient.objects.filter(is_synthetic=True).count() == 16
    assert not Patient.objects.filter(is_synthetic=False).exists()
    assert not Session.objects.exclude(state="closed").exists()
    for session in Session.objects.filter(needles__gt=0):
        counts = close(ledger_of(session)).counts
        assert counts.needles == counts.needles_out > 0
        assert session.began_at <= NOW
    assert {note.state for note in Note.objects.all()} == {"signed", "waiting", "draft"}
    waiting = Note.objects.filter(state="waiting").select_related("author")
    assert {str(note.author) for note in waiting} == {"Jonas Weber"}
    for note in Note.objects.filter(state="signed"):
        assert all(notes.is_whole(one) for one in note.signatures.all())
    assert Assessment.objects.exclude(drawing=None).count() == Assessment.objects.count() > 10
    assert check_chain(clinic.pk).is_whole
    # Nothing is needled against the rules, and no student plans.
    planned = {session.plan for session in Session.objects.select_related("plan__written_by")}
    clinicians = {"Maya Lindqvist", "Tom Okonkwo", "Elena Rossi"}
    assert {str(plan.written_by) for plan in planned if plan} <= clinicians
    assert all(plan and Decision.of(plan.decision) < Decision.NOT_TODAY for plan in planned)
    # What a day brings besides: a minor, an open event, somebody whose blood is thinned.
    assert Guardian.objects.exists()
    assert AdverseEvent.objects.exists()
    assert any("apixaban" in one.told for one in Medication.objects.all())


def test_the_same_seed_and_day_make_up_the_same_people() -> None:
    one, again = (list(cases(PATIENTS, SEED, NOW.date())) for _ in range(2))
    assert one == again
    # Each special case of the data file found a patient whom it fits.
    assert sum(bool(case["special"]) for case in one) == len(plan()["special"])


def enter(asked: dict[str, Any], clinic: Clinic, number: int = 0) -> tuple[int, Client]:
    client = Client(**asked)
    person = personas(clinic)[number]
    return client.post(reverse("demo_enter", kwargs={"person": person.pk})).status_code, client


@pytest.mark.parametrize("number", range(6))
def test_each_person_comes_in_with_one_tap(db: None, settings: Any, number: int) -> None:
    settings.TAUTBAND_DEMO = True
    clinic = build(NOW, patients=0)
    assert len(personas(clinic)) == len(plan()["people"]) == 6
    assert "Maya Lindqvist" in Client(**HERE).get(reverse("demo")).content.decode()
    assert reverse("demo") in Client(**HERE).get(reverse("account_login")).content.decode()
    status, client = enter(HERE, clinic, number)
    assert status == 302
    assert client.get(reverse("clinic_home", args=[clinic.pk])).status_code == 200


def test_made_up_people_are_asked_for_no_password(db: None, settings: Any) -> None:
    settings.TAUTBAND_DEMO = True
    clinic = build(NOW, patients=1)
    _, client = enter(HERE, clinic)
    export = reverse("patient_export_json", args=[clinic.pk, Patient.objects.get().pk])
    assert client.get(export).status_code == 200
    client.post(reverse("account_lock"))
    assert client.get(export).status_code != 200
    # Elsewhere they are people like others.
    unlock, elsewhere = reverse("account_unlock"), {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}
    client.post(unlock, {"password": "any"}, **elsewhere)  # type: ignore[arg-type]
    assert client.get(export).status_code != 200
    client.post(unlock, {"password": "any"})
    assert client.get(export).status_code == 200


@pytest.mark.parametrize(
    ("on", "behind", "asked"),
    [
        (False, False, HERE),
        (True, True, HERE),
        (True, False, {"SERVER_NAME": "clinic.example.org"}),
        (True, False, {**HERE, "REMOTE_ADDR": "192.0.2.7"}),
        (True, False, {**HERE, "HTTP_X_FORWARDED_FOR": "192.0.2.7"}),
        (True, False, {**HERE, "HTTP_FORWARDED": "for=192.0.2.7"}),
    ],
)
def test_it_is_not_there_for_anybody_else(
    db: None, settings: Any, on: bool, behind: bool, asked: dict[str, Any]
) -> None:
    settings.TAUTBAND_DEMO, settings.TAUTBAND_BEHIND_PROXY = on, behind
    settings.ALLOWED_HOSTS = ["*"]
    clinic = build(NOW, patients=0)
    assert Client(**asked).get(reverse("demo")).status_code == 404
    assert reverse("demo") not in Client(**asked).get(reverse("account_login")).content.decode()
    status, client = enter(asked, clinic)
    assert status == 404
    assert client.get(reverse("clinic_home", args=[clinic.pk])).status_code == 302


def test_a_name_that_is_not_ours_is_refused_on_a_page(db: None, settings: Any) -> None:
    settings.TAUTBAND_DEMO = True
    assert Client(SERVER_NAME="clinic.example.org").get(reverse("demo")).status_code == 400


def test_nobody_of_a_real_clinic_comes_in_that_way(cast: Cast, settings: Any) -> None:
    settings.TAUTBAND_DEMO = True
    clinic = build(NOW, patients=0)
    client = Client(**HERE)
    real = reverse("demo_enter", kwargs={"person": cast["clinician"].pk})
    assert client.post(real).status_code == 404
    # Nor a made-up person who was given a role in a real one.
    Membership.objects.create(clinic=cast.clinic, user=personas(clinic)[0], role="clinician")
    assert enter(HERE, clinic)[0] == 404
