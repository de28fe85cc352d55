"""The pages of the day: the list, booking by hand, and what changes with one tap."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tautband.base.errors import InputError
from tautband.clinic.access import Seat, member
from tautband.clinic.day import taking
from tautband.clinic.day.listing import day, treating
from tautband.clinic.people.models import User
from tautband.clinic.policy import Action
from tautband.clinic.record.errors import ConflictError, NotFoundError
from tautband.clinic.record.models import Appointment, Patient
from tautband.clinic.record.services import keeping
from tautband.clinic.record_pages import finding
from tautband.clinic.record_pages.answering import page, private
from tautband.clinic.record_pages.presenting import Line

LONGEST_SEARCH = 100
CONFLICT = 409
# What a person says of a visit; that it is treated and done follows from the record.
CHOSEN_BY_HAND = ("arrived", "missed", "cancelled", "booked")


@sensitive_post_parameters("who")
@require_http_methods(["GET", "HEAD", "POST"])
@member(Action.PATIENT_LIST)
@private
def today(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """The list of a day; POST books somebody on it, where one may."""
    on = _day(request.GET.get("day", ""))
    if request.method != "POST":
        return _page(request, seat, on)
    if not seat.may(Action.PATIENT_ADMIT):
        raise NotFoundError("booking")
    try:
        found = _whom(request, seat)
        if len(found) != 1:
            raise InputError("patient", f"fits {len(found)} patients", "one: choose or type more")
        _book(request, seat, on, found[0])
    except InputError as error:
        asked = [Line.of(one) for one in _whom(request, seat, strict=False)]
        return _page(request, seat, on, error=str(error), asked=asked, status=422)
    return redirect(_address(seat, on))


def _page(
    request: HttpRequest, seat: Seat, on: date, *, status: int = 200, **more: Any
) -> HttpResponse:
    asked = request.GET.get("show", "")
    mine = asked == "mine" or (asked != "all" and seat.may(Action.NEEDLE))
    shown = day(seat, on, mine)
    values = {
        "tab": "today",
        "day": shown,
        "is_today": on == timezone.localdate(),
        "may_filter": seat.may(Action.NEEDLE),
        "may_book": seat.may(Action.PATIENT_ADMIT),
        "people": treating(seat),
        "states": CHOSEN_BY_HAND,
        "new_id": uuid4(),
        "typed": request.POST,
        "chosen": _chosen(request, seat),
        **more,
    }
    return page(request, seat, "today.html", values, status)


def _chosen(request: HttpRequest, seat: Seat) -> Line | None:
    """Who was chosen on the patient's own page."""
    asked = request.GET.get("patient", "")
    if not asked:
        return None
    try:
        return Line.of(keeping.read(seat, Patient, UUID(asked)))
    except ValueError as error:
        raise NotFoundError("patient") from error


def _whom(request: HttpRequest, seat: Seat, *, strict: bool = True) -> list[Patient]:
    """The patient that was chosen, or those that fit what was typed."""
    if asked := request.POST.get("patient", ""):
        try:
            return [keeping.find(seat, Patient, UUID(asked))]
        except ValueError as error:
            raise InputError("patient", "is no id", "one of the list") from error
    words = request.POST.get("who", "")[:LONGEST_SEARCH].strip()
    if not words and strict:
        raise InputError("patient", "is empty", "a name or number")
    return list(finding.search(seat, words).patients)


def _book(request: HttpRequest, seat: Seat, on: date, patient: Patient) -> Appointment:
    posted = request.POST
    row = Appointment(
        id=_uuid("id", posted.get("id", "")),
        patient=patient,
        begins_at=_moment(seat, on, posted.get("time", "")),
        minutes=_minutes(posted.get("minutes", "")),
        clinician=_clinician(seat, posted.get("clinician", "")),
    )
    return keeping.add(seat, row)


@require_POST
@member(Action.PATIENT_ADMIT)
@private
def change(request: HttpRequest, seat: Seat, appointment: UUID) -> HttpResponseBase:
    """Another state, another time or another clinician of one visit."""
    found = keeping.find(seat, Appointment, appointment)
    on = timezone.localdate(found.begins_at)
    posted = request.POST
    values: dict[str, Any] = {}
    try:
        if state := posted.get("state", ""):
            values["state"] = state
        if typed := posted.get("time", ""):
            on = _day(posted.get("day", "")) if posted.get("day") else on
            values["begins_at"] = _moment(seat, on, typed)
        if clinician := posted.get("clinician", ""):
            values["clinician"] = _clinician(seat, clinician)
        if not values:
            raise InputError("appointment", "is not changed", "a state, a time or a clinician")
        version = posted.get("version", "")
        keeping.change(seat, found, int(version) if version.isdigit() else 0, values)
    except ConflictError as error:
        told = " ".join(error.changes)
        return _page(request, seat, on, error=told, status=CONFLICT)
    except InputError as error:
        return _page(request, seat, on, error=str(error), status=422)
    return redirect(_address(seat, on))


def _address(seat: Seat, on: date) -> str:
    address = reverse("clinic_today", args=[seat.clinic.pk])
    return address if on == timezone.localdate() else f"{address}?day={on.isoformat()}"


def _day(typed: str) -> date:
    if not typed:
        return timezone.localdate()
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise NotFoundError("a day") from error


def _moment(seat: Seat, on: date, typed: str) -> datetime:
    try:
        at = time.fromisoformat(typed.strip())
    except ValueError as error:
        right = "hours and minutes, such as 09:30"
        raise InputError("time", f"is '{typed[:20]}'", right) from error
    return datetime.combine(on, at, ZoneInfo(seat.clinic.time_zone))


def _minutes(typed: str) -> int:
    if not typed.strip():
        return 30
    if not (typed.isascii() and typed.strip().isdigit()):
        raise InputError("minutes", f"are '{typed[:20]}'", "a number such as 30")
    return int(typed)


def _clinician(seat: Seat, typed: str) -> User | None:
    if not typed:
        return None
    known = {str(one): one for one, _ in treating(seat)}
    if typed not in known:
        raise InputError("clinician", "is not of this clinic", "one of the list")
    return User.objects.get(pk=known[typed])


def _uuid(field: str, typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError as error:
        raise InputError(field, "is not an id", "the one of the form") from error


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@member(Action.PATIENT_ADMIT)
@private
def take(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """A file of another scheduler: looked at first, then all that was matched is booked."""
    values: dict[str, Any] = {"tab": "today"}
    given = request.FILES.get("list")
    if request.method == "POST" and given is None:
        values["missing"] = True
    elif request.method == "POST" and given is not None:
        data = given.read()
        try:
            if sha256 := request.POST.get("confirm", ""):
                taking.take_over(seat, data, sha256, timezone.localdate())
                return redirect(_address(seat, timezone.localdate()))
            values["seen"] = taking.preview(seat, data, timezone.localdate())
        except InputError as error:
            values["problem"] = error
    is_part = request.POST.get("part") == "preview"
    template = "today_take_preview.html" if is_part else "today_take.html"
    bad = request.method == "POST" and "seen" not in values
    return page(request, seat, template, values, 400 if bad else 200)
