"""Taking a list of patients over: choose a file, see what it comes to, then all of it or nothing.

The file stays in the browser until it is taken over; what was looked at is known by its hash.
"""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tautband.base.errors import InputError
from tautband.clinic import catalogue
from tautband.clinic.access import Seat, member
from tautband.clinic.policy import Action
from tautband.clinic.record.lists.dates import Order
from tautband.clinic.record.services import importing
from tautband.clinic.record_pages.answering import page, private

SHOWN = 8  # lines of the list that the preview shows
ERRORS_SHOWN = 200


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@member(Action.PATIENT_ADMIT)
@private
def import_list(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """The form, its preview, and the taking over."""
    if request.method != "POST":
        return _page(request, seat, {})
    data, order = _file(request), _order(request)
    if data is None:
        return _page(request, seat, {"missing": True}, 400)
    try:
        if "confirm" in request.POST:
            return _take_over(request, seat, data, order)
        seen = importing.preview(seat, data, order)
    except InputError as error:
        return _page(request, seat, {"problem": error, "order": order}, 400)
    values = {
        "seen": seen,
        "order": order,
        "batch": uuid.uuid4(),
        "names": list(seen.listed.columns),
        "rows": [_cells(seen, one) for one in seen.listed.patients[:SHOWN]],
        "errors": seen.listed.errors[:ERRORS_SHOWN],
        "many": len(seen.listed.errors),
        "new": len(seen.listed.patients) - len(seen.twins),
    }
    return _page(request, seat, values, 200 if seen.can_import else 400)


def _take_over(
    request: HttpRequest, seat: Seat, data: bytes, order: Order | None
) -> HttpResponseBase:
    try:
        batch = uuid.UUID(request.POST.get("batch", ""))
        twins = [int(line) for line in request.POST.getlist("twin")]
    except ValueError:
        raise InputError("form", "is not ours", "the form of the preview") from None
    sha256 = request.POST["confirm"]
    done = importing.take_over(seat, data, sha256, batch, order=order, twins_too=twins)
    text = catalogue.text("patients-import-done", catalogue.locale_of(request), count=done.patients)
    messages.success(request, text)
    return redirect("patients", clinic=seat.clinic.pk)


def _page(
    request: HttpRequest, seat: Seat, values: dict[str, Any], status: int = 200
) -> HttpResponse:
    part = request.POST.get("part") == "preview"
    shared = {"orders": list(Order), "order": None}
    template = "import_preview.html" if part else "import.html"
    return page(request, seat, template, {**shared, **values}, status)


def _file(request: HttpRequest) -> bytes | None:
    given = request.FILES.get("list")
    return None if given is None else given.read()


def _order(request: HttpRequest) -> Order | None:
    asked = request.POST.get("order", "")
    return Order(asked) if asked in list(Order) else None


def _cells(seen: importing.Preview, one: Any) -> list[str]:
    values = (getattr(one, name) for name in seen.listed.columns)
    return ["" if value is None else str(value) for value in values]
