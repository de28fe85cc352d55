"""Pages about the clinic and its people, and the way in by invitation."""

from typing import cast
from uuid import UUID

from allauth.account.internal.flows.login import record_authentication
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tautband.base.errors import InputError
from tautband.clinic import catalogue
from tautband.clinic.access import Seat, member
from tautband.clinic.account.idle import set_idle_minutes
from tautband.clinic.account.later import send_later
from tautband.clinic.people import invitations, memberships
from tautband.clinic.people.forms import InviteForm, JoinForm, SettingsForm
from tautband.clinic.people.models import Invitation, Membership, User
from tautband.clinic.people.needling import permission_of_all
from tautband.clinic.people.places import known_jurisdictions, time_zones
from tautband.clinic.policy import Action, Role
from tautband.clinic.trail.deeds import Deed
from tautband.clinic.trail.writing import note

PASSWORDS = "django.contrib.auth.backends.ModelBackend"


def say(request: HttpRequest, name: str) -> None:
    """A short word on the next page."""
    messages.success(request, catalogue.text(name, catalogue.locale_of(request)))


@login_required
@require_safe
def clinics(request: HttpRequest) -> HttpResponseBase:
    """Where somebody works: straight in where it is one clinic."""
    found = Membership.objects.filter(user=cast(User, request.user), ended_at=None).select_related(
        "clinic"
    )
    roles: dict[str, list[str]] = {}
    places = {}
    for one in found.order_by("clinic__name", "role"):
        places[one.clinic_id] = one.clinic
        roles.setdefault(str(one.clinic_id), []).append(f"people-role-{one.role}")
    if len(places) == 1:
        return redirect("clinic_today", clinic=next(iter(places)))
    rows = [(place, roles[str(id_)]) for id_, place in places.items()]
    return render(request, "people/clinics.html", {"page": "clinic", "rows": rows})


@require_safe
@member(None)
def home(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The clinic's first page, for whoever belongs there."""
    roles = [f"people-role-{role.value}" for role in sorted(seat.roles)]
    values = {"page": "clinic", "tab": "home", "seat": seat, "roles": roles}
    return render(request, "people/home.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
@member(Action.CLINIC_SETTINGS)
def settings(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """Name, place, time, lock and screening policy of the clinic."""
    form = SettingsForm(request.POST or None, instance=seat.clinic)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
            memberships.tell(seat.clinic, set(form.cleaned_data["told"]))
            changed = {"fields": list(form.changed_data)}
            note(seat.clinic, seat.user, Deed.WRITE, "clinic", seat.clinic.id, detail=changed)
        set_idle_minutes(request, seat.clinic.idle_minutes)
        say(request, "people-settings-saved")
        return redirect("clinic_settings", clinic=seat.clinic.id)
    values = {
        "page": "clinic",
        "tab": "settings",
        "seat": seat,
        "form": form,
        "zones": time_zones(),
        "jurisdictions": known_jurisdictions(),
    }
    return render(request, "people/settings.html", values, status=400 if form.errors else 200)


def _note(seat: Seat, kind: str, object_id: UUID, **detail: str) -> None:
    note(seat.clinic, seat.user, Deed.WRITE, kind, object_id, detail=detail)


@require_safe
@member(Action.PEOPLE_READ)
def people(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Who belongs to the clinic, and who may needle."""
    return _people(request, seat, InviteForm())


def _people(
    request: HttpRequest, seat: Seat, form: InviteForm, link: str = "", status: int = 200
) -> HttpResponse:
    now = timezone.now()
    values = {
        "page": "clinic",
        "tab": "people",
        "seat": seat,
        "form": form,
        "link": link,
        "rows": permission_of_all(seat.clinic, now.date()),
        "invitations": list(invitations.open_invitations(seat.clinic, now).order_by("email")),
        "may_write": seat.may(Action.PEOPLE_WRITE),
        "roles": [role.value for role in Role],
    }
    return render(request, "people/people.html", values, status=status)


@require_POST
@member(Action.PEOPLE_WRITE)
def invite(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """Send an invitation, and show its link once."""
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _people(request, seat, form, status=400)
    role = Role(form.cleaned_data["role"])
    email = form.cleaned_data["email"]
    with transaction.atomic():
        made, secret = invitations.invite(seat.clinic, email, role, seat.user, timezone.now())
        _note(seat, "invitation", made.id, role=role.value, step="made")
    link = request.build_absolute_uri(reverse("invitation", kwargs={"secret": secret}))
    send_later("people-mail-invitation", email, address=link, clinic=seat.clinic.name)
    return _people(request, seat, InviteForm(), link)


@require_POST
@member(Action.PEOPLE_WRITE)
def withdraw(request: HttpRequest, seat: Seat, invitation: UUID) -> HttpResponseBase:
    """Take an invitation back."""
    found = seat.clinic.invitations.filter(id=invitation).first()
    if found is None:
        raise Http404
    with transaction.atomic():
        if invitations.withdraw(found, timezone.now()):
            _note(seat, "invitation", found.id, step="withdrawn")
            say(request, "people-invitation-withdrawn")
    return redirect("clinic_people", clinic=seat.clinic.id)


@require_POST
@member(Action.PEOPLE_WRITE)
def end(request: HttpRequest, seat: Seat, membership: UUID) -> HttpResponseBase:
    """End a membership; the last owner stays."""
    found = seat.clinic.memberships.filter(id=membership, ended_at=None).first()
    if found is None:
        raise Http404
    try:
        with transaction.atomic():
            memberships.end(found, timezone.now())
            _note(seat, "membership", found.id, role=found.role, step="ended")
    except InputError:
        locale = catalogue.locale_of(request)
        messages.error(request, catalogue.text("people-last-owner", locale))
    else:
        say(request, "people-membership-ended")
    return redirect("clinic_people", clinic=seat.clinic.id)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The way in: a new account, or one more clinic for somebody who has one."""
    now = timezone.now()
    found = invitations.find(secret, now)
    if found is None:
        return render(request, "people/invitation_stale.html", status=404)
    known = User.objects.filter(email=found.email).exists()
    signed_in = request.user.is_authenticated
    form = None if known else JoinForm(found.email, request.POST or None)
    status = 200
    if request.method == "POST":
        if signed_in and isinstance(request.user, User) and request.user.email == found.email:
            return _accept(request, found, request.user)
        if not signed_in and form is not None and form.is_valid():
            return _join(request, found, form)
        status = 400
    values = {
        "invitation": found,
        "known": known,
        "mine": signed_in and getattr(request.user, "email", "") == found.email,
        "form": form,
        "role": f"people-role-{found.role}",
    }
    return render(request, "people/invitation.html", values, status=status)


def _accept(request: HttpRequest, found: Invitation, user: User) -> HttpResponseBase:
    try:
        invitations.accept(found, user, timezone.now())
    except InputError:
        return render(request, "people/invitation_stale.html", status=409)
    return redirect("clinic_home", clinic=found.clinic_id)


def _join(request: HttpRequest, found: Invitation, form: JoinForm) -> HttpResponseBase:
    values = form.cleaned_data
    try:
        user = invitations.accept_as_new(found, values["name"], values["password"], timezone.now())
    except InputError:
        return render(request, "people/invitation_stale.html", status=409)
    login(request, user, backend=PASSWORDS)
    record_authentication(request, user, method="password", email=user.email)
    return redirect("clinic_home", clinic=found.clinic_id)
