"""One tap into the made-up clinic, as each of its people; on this computer alone."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from tautband.clinic.account.demonstration import is_demonstration, is_demonstration_user
from tautband.clinic.demo.building import demo_clinic, personas

BACKEND = "django.contrib.auth.backends.ModelBackend"


def _shown_here(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """404 wherever this is no demonstration, the same as for an address that is not there."""

    @wraps(view)
    def guarded(request: HttpRequest, **more: UUID) -> HttpResponseBase:
        if not is_demonstration(request):
            raise Http404
        return view(request, **more)

    return guarded


@require_safe
@_shown_here
def index(request: HttpRequest) -> HttpResponse:
    """Who works there, each with one button."""
    clinic = demo_clinic()
    people = personas(clinic) if clinic else []
    rows = [
        (user, list(user.memberships.filter(ended_at=None).values_list("role", flat=True)))
        for user in people
    ]
    return render(request, "demo/index.html", {"page": "clinic", "rows": rows, "clinic": clinic})


@require_POST
@_shown_here
def enter(request: HttpRequest, person: UUID) -> HttpResponseBase:
    """Sign in as one of them, and open the clinic."""
    clinic = demo_clinic()
    chosen = next((one for one in personas(clinic) if one.pk == person), None) if clinic else None
    if clinic is None or chosen is None or not is_demonstration_user(request, chosen):
        raise Http404
    login(request, chosen, backend=BACKEND)
    return redirect("clinic_today", clinic=clinic.pk)
