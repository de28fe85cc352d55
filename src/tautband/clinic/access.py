"""Who is asking, and whether they may: the one door to everything that belongs to a clinic.

A view of a clinic takes its id in the address and is wrapped in `member`.  Whoever is not signed
in is sent to sign in; whoever is, but does not belong there or may not do it, gets 404, the same as
for something that does not exist, so that nothing can be learnt by trying.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from tautband.clinic.account.idle import set_idle_minutes
from tautband.clinic.people.models import Clinic, Membership, User
from tautband.clinic.policy import Action, Role, may

Asked = ParamSpec("Asked")
_log = logging.getLogger("tautband.security")


@dataclass(frozen=True, slots=True)
class Seat:
    """A person in a clinic with the roles that they hold there now."""

    user: User
    clinic: Clinic
    roles: frozenset[Role]

    def may(self, action: Action) -> bool:
        """True when the policy allows it to one of the roles."""
        return may(self.roles, action)


def seat_of(user: User, clinic: UUID) -> Seat | None:
    """The person's seat in the clinic, or None when they hold no current role there."""
    found = list(
        Membership.objects.filter(user=user, clinic_id=clinic, ended_at=None).select_related(
            "clinic"
        )
    )
    if not found:
        return None
    return Seat(user, found[0].clinic, frozenset(Role(one.role) for one in found))


def member(
    action: Action | None,
) -> Callable[
    [Callable[Concatenate[HttpRequest, Seat, Asked], HttpResponseBase]],
    Callable[Concatenate[HttpRequest, UUID, Asked], HttpResponseBase],
]:
    """Wrap a view `(request, seat, ...)` so that it answers at an address with `clinic` in it.

    With an action, only to whoever may do it; with None, to everybody who belongs to the clinic.
    """

    def wrap(
        view: Callable[Concatenate[HttpRequest, Seat, Asked], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, UUID, Asked], HttpResponseBase]:
        @wraps(view)
        def guarded(
            request: HttpRequest, clinic: UUID, *args: Asked.args, **kwargs: Asked.kwargs
        ) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            seat = seat_of(request.user, clinic)
            if seat is None or (action is not None and not seat.may(action)):
                wanted = action.value if action else "member"
                _log.warning("refused %s to %s in %s", wanted, request.user.pk, clinic)
                raise Http404
            if hasattr(request, "session"):
                set_idle_minutes(request, seat.clinic.idle_minutes)
            return view(request, seat, *args, **kwargs)

        guarded.action = action  # type: ignore[attr-defined] # the test of all addresses reads it
        return cast(Callable[Concatenate[HttpRequest, UUID, Asked], HttpResponseBase], guarded)

    return wrap
