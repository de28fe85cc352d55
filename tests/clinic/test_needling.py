"""Who may needle: the role, the rule of profession and jurisdiction, the licence and its day."""

from dataclasses import dataclass
from datetime import date

import pytest

from tautband.clinic.access import seat_of
from tautband.clinic.people.models import Clinic, Credential, Membership
from tautband.clinic.people.needling import may_needle
from tautband.clinic.policy import Role
from tests.clinic.cast import Cast, Name

TODAY = date(2026, 11, 26)
PT = "physical therapist"


@dataclass(frozen=True)
class Case:
    who: Name
    place: str
    profession: str = PT
    licensed_in: str = ""  # empty: where the clinic stands
    hours: int | None = 60
    ends: date | None = date(2028, 1, 1)
    number: str = "PT 1234"
    supervised: bool = False
    allowed: bool = False
    why: str = ""


# fmt: off
CASES = (
    Case("clinician", "US-CO", allowed=True, why="permission_US-CO"),
    Case("clinician", "US-CO", profession="PT", allowed=True, why="permission_US-CO"),
    Case("clinician", "US-CO", hours=49, why="too_few_hours"),
    Case("clinician", "US-CO", hours=None, why="hours_not_known"),
    Case("clinician", "US-CO", number="", why="licence_not_known"),
    Case("clinician", "US-CO", ends=None, why="licence_end_not_known"),
    Case("clinician", "US-CO", ends=date(2026, 11, 25), why="licence_ended"),
    Case("clinician", "US-CO", ends=TODAY, allowed=True, why="permission_US-CO"),
    Case("clinician", "US-CO", licensed_in="US-UT", why="licence_of_another_place"),
    Case("clinician", "US-CA", why="permission_US-CA"),
    Case("clinician", "US-CT", why="permission_US-CT"),
    Case("clinician", "FR", why="not_established"),
    Case("clinician", "US-CO", profession="barber", why="not_established"),
    Case("student", "US-CO", supervised=True, why="student_not_established"),
    Case("student", "US-CO", why="no_supervisor"),
    Case("student", "US-FL", supervised=True, why="no_student"),
    Case("student", "CA-AB", supervised=True, why="no_student"),
    Case("owner", "US-CO", why="role_does_not_needle"),
    Case("reception", "US-CO", why="role_does_not_needle"),
    Case("patient", "US-CO", why="role_does_not_needle"),
)
# fmt: on


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.who} {case.place} {case.why}")
def test_who_may_needle(cast: Cast, case: Case) -> None:
    Clinic.objects.filter(id=cast.clinic.id).update(jurisdiction=case.place)
    Credential.objects.create(
        clinic=cast.clinic,
        user=cast[case.who],
        profession=case.profession,
        licence_number=case.number,
        jurisdiction=case.licensed_in or case.place,
        training_hours=case.hours,
        expires_on=case.ends,
        supervisor=cast["clinician"] if case.supervised else None,
    )
    seat = seat_of(cast[case.who], cast.clinic.id)
    assert seat is not None
    said = may_needle(seat, TODAY)
    assert said.allowed is case.allowed
    assert case.why in {reason.id for reason in said.reasons}


def test_whoever_entered_nothing_does_not_needle(cast: Cast) -> None:
    seat = seat_of(cast["clinician"], cast.clinic.id)
    assert seat is not None
    assert not may_needle(seat, TODAY).allowed


def test_a_credential_counts_in_its_clinic_alone(cast: Cast) -> None:
    there = cast.other_clinic
    Membership.objects.create(clinic=there, user=cast["clinician"], role=Role.CLINICIAN)
    Credential.objects.create(
        clinic=cast.clinic, user=cast["clinician"], profession=PT, jurisdiction="US-CO",
        licence_number="PT 1", training_hours=60, expires_on=date(2028, 1, 1),
    )  # fmt: skip
    here, elsewhere = (seat_of(cast["clinician"], c.id) for c in (cast.clinic, there))
    assert here is not None
    assert elsewhere is not None
    assert may_needle(here, TODAY).allowed
    assert not may_needle(elsewhere, TODAY).allowed
