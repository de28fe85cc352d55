"""Pages about one person's credentials: the owner enters them, the person writes their card."""

from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tautband.atlas.atlas import load_atlas
from tautband.clinic.access import Seat, member, seat_of
from tautband.clinic.people.forms import CardForm, CredentialForm
from tautband.clinic.people.models import Credential, User
from tautband.clinic.people.needling import may_needle
from tautband.clinic.people.places import known_jurisdictions, known_professions
from tautband.clinic.people.views import say
from tautband.clinic.policy import Action, Role
from tautband.clinic.trail.deeds import Deed
from tautband.clinic.trail.writing import note


def areas() -> tuple[str, ...]:
    """The areas of the body that a training may cover, as the atlas names them."""
    return tuple(sorted({muscle.area for muscle in load_atlas().muscles.values()}))


@require_http_methods(["GET", "HEAD", "POST"])
@member(Action.PEOPLE_WRITE)
def credential(request: HttpRequest, seat: Seat, person: UUID) -> HttpResponseBase:
    """Everything that the rules ask about one person, and what they make of it."""
    theirs = _seat_of(seat, person)
    form = CredentialForm(
        request.POST or None,
        instance=_credential(theirs),
        areas=areas(),
        supervisors=_supervisors(theirs),
    )
    if request.method == "POST" and form.is_valid():
        _keep(seat, form)
        say(request, "people-credential-saved")
        return redirect("clinic_credential", clinic=seat.clinic.id, person=person)
    values = {
        "page": "clinic",
        "tab": "people",
        "seat": seat,
        "person": theirs.user,
        "form": form,
        "areas": [(name, f"atlas-area-{name.replace(' ', '-')}") for name in ("all", *areas())],
        "chosen": form["areas"].value() or [],
        "said": may_needle(theirs, timezone.now().date()),
        "professions": known_professions(),
        "jurisdictions": known_jurisdictions(),
    }
    return render(request, "people/credential.html", values, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@member(Action.NEEDLE)
def card(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """One's own card, and what the rules say of oneself."""
    form = CardForm(request.POST or None, instance=_credential(seat))
    if request.method == "POST" and form.is_valid():
        _keep(seat, form)
        say(request, "people-card-saved")
        return redirect("clinic_card", clinic=seat.clinic.id)
    values = {
        "page": "clinic",
        "tab": "card",
        "seat": seat,
        "form": form,
        "credential": form.instance,
        "said": may_needle(seat, timezone.now().date()),
    }
    return render(request, "people/card.html", values, status=400 if form.errors else 200)


def _keep(seat: Seat, form: CardForm | CredentialForm) -> None:
    form.instance.updated_at = timezone.now()
    with transaction.atomic():
        kept = form.save()
        changed = {"fields": list(form.changed_data)}
        note(seat.clinic, seat.user, Deed.WRITE, "credential", kept.id, detail=changed)


def _seat_of(seat: Seat, person: UUID) -> Seat:
    user = User.objects.filter(id=person).first()
    theirs = seat_of(user, seat.clinic.id) if user else None
    if theirs is None or not theirs.may(Action.NEEDLE):
        raise Http404
    return theirs


def _credential(seat: Seat) -> Credential:
    found = Credential.objects.filter(clinic=seat.clinic, user=seat.user).first()
    return found or Credential(clinic=seat.clinic, user=seat.user)


def _supervisors(theirs: Seat) -> list[User]:
    """Clinicians of the same clinic, who alone can supervise."""
    found = theirs.clinic.memberships.filter(role=Role.CLINICIAN, ended_at=None)
    return [one.user for one in found.select_related("user") if one.user_id != theirs.user.pk]
