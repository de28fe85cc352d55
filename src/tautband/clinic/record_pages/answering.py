"""How the pages of the record answer: 404 for what is not theirs, nothing for a browser to keep."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from tautband.clinic.access import Seat
from tautband.clinic.policy import Action
from tautband.clinic.record.errors import NotFoundError

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer", bound=HttpResponseBase)


def private(
    view: Callable[Concatenate[HttpRequest, Seat, Asked], Answer],
) -> Callable[Concatenate[HttpRequest, Seat, Asked], Answer]:
    """Answer in the clinic's time, turn what is not there into 404, and let nobody keep a copy."""

    @wraps(view)
    def answered(
        request: HttpRequest, seat: Seat, *args: Asked.args, **kwargs: Asked.kwargs
    ) -> Answer:
        try:
            with timezone.override(ZoneInfo(seat.clinic.time_zone)):
                response = view(request, seat, *args, **kwargs)
        except NotFoundError:
            raise Http404 from None
        response.headers["Cache-Control"] = "no-store"
        return response

    return cast(Callable[Concatenate[HttpRequest, Seat, Asked], Answer], answered)


def page(
    request: HttpRequest, seat: Seat, template: str, values: dict[str, Any], status: int = 200
) -> HttpResponse:
    """A page of the clinic; every template of the record finds who is asking in `seat`."""
    shared = {
        "page": "clinic",
        "tab": "patients",
        "seat": seat,
        "clinical_seat": seat.may(Action.RECORD_READ),
        "may_write": seat.may(Action.RECORD_WRITE),
        "may_admit": seat.may(Action.PATIENT_ADMIT),
        "may_export": seat.may(Action.EXPORT),
    }
    return render(request, f"record/{template}", {**shared, **values}, status=status)
