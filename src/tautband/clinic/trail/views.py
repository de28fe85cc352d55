"""The audit trail for the owner: who did what, when and to whose record, by ids and names of staff.

Looking at it is noted too.  A page begins below the number of the last one shown, so that the
thousandth page costs what the first does.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from tautband.clinic.access import Seat, member
from tautband.clinic.people.models import Clinic, User
from tautband.clinic.policy import Action
from tautband.clinic.trail import checks
from tautband.clinic.trail.deeds import Deed
from tautband.clinic.trail.models import AuditEntry
from tautband.clinic.trail.writing import note

ROWS = 50


class FilterForm(forms.Form):
    """Which entries are wanted."""

    person = forms.UUIDField(required=False)
    patient = forms.UUIDField(required=False)
    deed = forms.ChoiceField(
        required=False, choices=[("", ""), *((deed.value, deed.value) for deed in Deed)]
    )
    since = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(required=False, widget=forms.DateInput(attrs={"type": "date"}))
    below = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)


@dataclass(frozen=True)
class Row:
    """One entry as the page shows it."""

    entry: AuditEntry
    at: str  # in the clinic's time: a template would turn it into the server's
    person: User | None


@require_safe
@member(Action.AUDIT_READ)
def audit(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The newest entries first, with filters."""
    form = FilterForm(request.GET)
    usable = form.is_valid()
    zone = ZoneInfo(seat.clinic.time_zone)
    wanted = _wanted(seat.clinic, form, zone) if usable else AuditEntry.objects.none()
    found = list(wanted.order_by("-number")[: ROWS + 1])
    names = User.objects.in_bulk({entry.actor for entry in found[:ROWS] if entry.actor})
    values = {
        "page": "clinic",
        "tab": "audit",
        "seat": seat,
        "form": form,
        "rows": [_row(one, zone, names) for one in found[:ROWS]],
        "older": _older(request, found),
        "people": _people(seat.clinic),
        "deeds": [deed.value for deed in Deed],
        "check": checks.last_check(seat.clinic.id),
    }
    note(seat.clinic, seat.user, Deed.READ, "audit")
    return render(request, "people/audit.html", values, status=200 if usable else 400)


@require_POST
@member(Action.AUDIT_READ)
def check(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """Have the whole chain checked by the background worker."""
    checks.ask(seat.clinic.id)
    return redirect("clinic_audit", clinic=seat.clinic.id)


def _wanted(clinic: Clinic, form: FilterForm, zone: ZoneInfo) -> "QuerySet[AuditEntry]":
    values = form.cleaned_data
    entries = AuditEntry.objects.of(clinic.id)
    if values["person"]:
        entries = entries.filter(actor=values["person"])
    if values["patient"]:
        entries = entries.filter(patient_id=values["patient"])
    if values["deed"]:
        entries = entries.filter(action=values["deed"])
    if values["since"]:
        entries = entries.filter(time__gte=_midnight(values["since"], zone))
    if values["until"]:
        entries = entries.filter(time__lt=_midnight(values["until"] + timedelta(days=1), zone))
    if values["below"]:
        entries = entries.filter(number__lt=values["below"])
    return entries


def _row(entry: AuditEntry, zone: ZoneInfo, names: dict[UUID, User]) -> Row:
    at = entry.time.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
    return Row(entry, at, names.get(entry.actor) if entry.actor else None)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _older(request: HttpRequest, found: list[AuditEntry]) -> str:
    """The query of the next page, or '' when this is the last."""
    if len(found) <= ROWS:
        return ""
    query = request.GET.copy()
    query["below"] = str(found[ROWS - 1].number)
    return query.urlencode()


def _people(clinic: Clinic) -> list[tuple[UUID, str]]:
    """Everybody who ever belonged to the clinic, since the trail reaches back to all of them."""
    held = clinic.memberships.select_related("user").order_by("user__name", "user__email")
    return list({one.user_id: str(one.user) for one in held}.items())
