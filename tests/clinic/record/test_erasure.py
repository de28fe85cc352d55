"""Forgetting a patient: when, what goes, what stays, and that a backup forgets too."""

import uuid
from datetime import date

import pytest
from django.db import connection

from tautband.base.errors import InputError
from tautband.clinic.erasures import listed
from tautband.clinic.people.models import Clinic
from tautband.clinic.record.errors import NotFoundError
from tautband.clinic.record.models import Erasure, Patient, RetentionChoice, Version
from tautband.clinic.record.retention import Period, parse_retention, rule_for
from tautband.clinic.record.services import erasure, keeping
from tautband.clinic.trail.models import AuditEntry
from tautband.vault.sealed import Erased
from tests.clinic.cast import Cast
from tests.clinic.record import made

TODAY = date(2026, 11, 26)


def _treated(cast: Cast) -> Patient:
    by = made.seat(cast, "clinician")
    patient = made.patient(by)
    episode = made.episode(by, patient)
    made.finding(by, made.assessment(by, episode))
    made.consent(by, episode)
    made.insertion(by, made.session(by, episode), twitches=1)
    return patient


def _choose(cast: Cast, years: int) -> None:
    owner = made.seat(cast, "owner")
    erasure.choose_period(
        owner, RetentionChoice(years=years, why="advice of our insurer, letter of May")
    )


@pytest.mark.parametrize(
    ("place", "last", "born", "until"),
    [
        ("GB", date(2026, 1, 10), date(1980, 1, 1), date(2034, 1, 10)),
        ("GB", date(2026, 1, 10), None, date(2034, 1, 10)),
        ("GB", date(2026, 1, 10), date(2015, 3, 1), date(2040, 3, 1)),  # a child: 25th birthday
        ("GB", date(2026, 1, 10), date(2008, 6, 1), date(2034, 6, 1)),  # 17 at the end: 26th
        ("ES", date(2024, 2, 29), date(1980, 1, 1), date(2029, 3, 1)),
        ("US-AZ", date(2026, 1, 10), date(2020, 1, 1), date(2041, 1, 1)),
        ("US-VA", date(2026, 1, 10), date(2008, 2, 1), date(2032, 1, 10)),
    ],
)
def test_kept_until(place: str, last: date, born: date | None, until: date) -> None:
    assert Period(rule_for(place)).until(last, born) == until


@pytest.mark.parametrize("place", ["US-CO", "IE", "FR", ""])
def test_what_was_not_read_is_not_established(place: str) -> None:
    with pytest.raises(InputError, match="not established"):
        Period(rule_for(place)).until(TODAY, None)
    assert Period(rule_for(place), 10).until(TODAY, None) == date(2036, 11, 26)


def test_a_choice_lengthens_and_never_shortens() -> None:
    assert Period(rule_for("GB"), 2).years == 8
    assert Period(rule_for("GB"), 20).years == 20


def test_a_rule_without_years_must_say_so() -> None:
    with pytest.raises(InputError, match="neither"):
        parse_retention('[[rule]]\njurisdiction = "XX"\ntext = "?"\nconfidence = "unreviewed"\n')


def test_while_the_duty_runs_a_request_restricts(cast: Cast) -> None:
    patient, owner = _treated(cast), made.seat(cast, "owner")
    with pytest.raises(InputError, match="not established"):
        erasure.request(owner, patient.pk, TODAY, TODAY, uuid.uuid4())
    _choose(cast, 7)
    done = erasure.request(owner, patient.pk, TODAY, TODAY, uuid.uuid4())
    assert done.outcome == "restricted"
    assert done.due_on is not None
    assert done.due_on.year >= TODAY.year + 7 - 1
    clinician = made.seat(cast, "clinician")
    with pytest.raises(NotFoundError):
        keeping.read(clinician, Patient, patient.pk)
    with pytest.raises(NotFoundError):
        made.episode(clinician, patient)
    assert erasure.due(owner, date(2060, 1, 1)) == [done]
    assert erasure.lift(owner, patient.pk, "came back").restricted_at is None
    assert keeping.read(clinician, Patient, patient.pk).name == "Ngozi Okafor"


def test_after_the_duty_everything_goes(
    cast: Cast, django_capture_on_commit_callbacks: object
) -> None:
    patient, owner = _treated(cast), made.seat(cast, "owner")
    _choose(cast, 1)
    before = AuditEntry.objects.filter(patient_id=patient.pk).count()
    answer = uuid.uuid4()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        done = erasure.request(owner, patient.pk, TODAY, date(2060, 1, 1), answer)
    assert (done.outcome, done.rows["ledgerentry"], done.rows["consent"]) == ("erased", 1, 1)
    assert erasure.request(owner, patient.pk, TODAY, date(2060, 1, 1), answer) == done
    gone = Patient.objects.get(pk=patient.pk)
    assert (gone.data_key, gone.twin_blind, gone.sex) == (None, None, "")
    with pytest.raises(Erased):
        str(gone.family_name)
    for model in erasure.rows_of_patients():
        assert not model._base_manager.filter(patient=patient).exists()
    assert AuditEntry.objects.filter(patient_id=patient.pk).count() > before
    assert [one.row for one in listed()][-1] == patient.pk
    with pytest.raises(NotFoundError):
        erasure.request(owner, patient.pk, TODAY, TODAY, uuid.uuid4())


def test_a_restored_backup_forgets_again(cast: Cast) -> None:
    patient = _treated(cast)
    # What `erasures.reapply` leaves behind: the key is gone, the rows are back.
    with connection.cursor() as cursor:
        cursor.execute("UPDATE record_patient SET data_key = NULL")
    assert erasure.finish_erasures() == 1
    assert Patient.objects.get(pk=patient.pk).erased_at is not None
    assert not Version.objects.filter(patient=patient).exists()
    assert erasure.finish_erasures() == 0


def test_who_was_never_treated_goes_at_once(cast: Cast) -> None:
    patient, owner = made.patient(made.seat(cast, "reception")), made.seat(cast, "owner")
    assert erasure.request(owner, patient.pk, TODAY, TODAY, uuid.uuid4()).outcome == "erased"


@pytest.mark.parametrize("name", ["clinician", "student", "reception", "patient", "outside_owner"])
def test_only_the_owner_of_the_clinic_erases(cast: Cast, name: str) -> None:
    patient = _treated(cast)
    by = made.seat(cast, name)  # type: ignore[arg-type]
    with pytest.raises(NotFoundError):
        erasure.request(by, patient.pk, TODAY, TODAY, uuid.uuid4())
    assert not Erasure.objects.exists()
    assert Clinic.objects.count() == 2
