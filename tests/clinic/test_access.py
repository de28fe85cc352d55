"""The door to a clinic: who is let in, who gets 404, who is sent to sign in."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory

from tautband.clinic.access import Seat, member, seat_of
from tautband.clinic.people.models import Clinic, Membership
from tautband.clinic.policy import Action, Role
from tests.clinic.cast import MEMBERS, NAMES, Cast, Name


@member(Action.RECORD_READ)
def _notes(request: HttpRequest, seat: Seat) -> HttpResponse:
    return HttpResponse(seat.clinic.name)


def _knock(cast: Cast, name: Name, clinic: Clinic) -> int:
    request = RequestFactory().get("/")
    request.user = AnonymousUser() if name == "nobody" else cast[name]
    try:
        return _notes(request, clinic.id).status_code
    except Http404:
        return 404


@pytest.mark.parametrize("name", NAMES)
def test_only_those_who_treat_here_read_notes(cast: Cast, name: Name) -> None:
    expected = {"clinician": 200, "student": 200, "nobody": 302}.get(name, 404)
    assert _knock(cast, name, cast.clinic) == expected


@pytest.mark.parametrize("name", MEMBERS)
def test_nobody_from_here_is_known_there(cast: Cast, name: Name) -> None:
    assert seat_of(cast[name], cast.other_clinic.id) is None
    assert _knock(cast, name, cast.other_clinic) == 404


def test_a_membership_that_ended_opens_nothing(cast: Cast) -> None:
    one = cast.membership("clinician")
    one.ended_at = one.began_at
    one.save()
    assert seat_of(cast["clinician"], cast.clinic.id) is None


def test_two_roles_add_up(cast: Cast) -> None:
    Membership.objects.create(clinic=cast.clinic, user=cast["owner"], role=Role.CLINICIAN)
    seat = seat_of(cast["owner"], cast.clinic.id)
    assert seat is not None
    assert seat.roles == {Role.OWNER, Role.CLINICIAN}
    assert seat.may(Action.RECORD_READ)
    assert seat.may(Action.PEOPLE_WRITE)
