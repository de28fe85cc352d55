"""A second factor for everybody but patients: whoever has none may set one up, and nothing else."""

from allauth.account.authentication import get_authentication_records
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from tautband.base.errors import InputError
from tautband.clinic.account.demonstration import is_demonstration_user
from tautband.clinic.account.open_pages import is_open_without_second_factor, wants_page
from tautband.clinic.boundary import GetResponse, problem
from tautband.clinic.people.models import Membership, User
from tautband.clinic.policy import Role

METHOD = "mfa"


def has_second_factor(request: HttpRequest) -> bool:
    """True when this session was opened with a second factor, or one was set up in it."""
    if isinstance(request.user, AnonymousUser):
        return False
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == METHOD for record in records)


def needs_second_factor(user: User) -> bool:
    """True for everybody but those who are patients and nothing else."""
    roles = set(Membership.objects.filter(user=user, ended_at=None).values_list("role", flat=True))
    return roles != {Role.PATIENT.value}


class SecondFactorMiddleware:
    """Sends whoever signed in without a second factor to where one is set up."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The page that was asked for, or the way to the second factor."""
        if self._is_closed(request):
            if wants_page(request):
                return redirect("mfa_index")
            return problem(InputError("second factor", "is not set up", "set one up first"), 403)
        return self.get_response(request)

    def _is_closed(self, request: HttpRequest) -> bool:
        if is_open_without_second_factor(request.path) or not request.user.is_authenticated:
            return False
        if has_second_factor(request):
            return False
        return needs_second_factor(request.user) and not is_demonstration_user(
            request, request.user
        )
