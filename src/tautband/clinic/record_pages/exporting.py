"""Handing out a patient's whole record, to whoever has just shown again who they are."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from tautband.clinic.access import Seat, member
from tautband.clinic.policy import Action
from tautband.clinic.record.models import Patient
from tautband.clinic.record.services import exporting
from tautband.clinic.record.services.keeping import read
from tautband.clinic.record_pages.answering import page, private
from tautband.clinic.record_pages.presenting import Line

Asked = ParamSpec("Asked")


def asked_again(
    view: Callable[Concatenate[HttpRequest, Seat, Asked], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, Seat, Asked], HttpResponseBase]:
    """Let through whoever showed within minutes who they are; ask everybody else for it.

    It stands inside `member`, so that only those who may export are asked at all.
    """

    @wraps(view)
    def guarded(
        request: HttpRequest, seat: Seat, *args: Asked.args, **kwargs: Asked.kwargs
    ) -> HttpResponseBase:
        def inner(request: HttpRequest) -> HttpResponseBase:
            return view(request, seat, *args, **kwargs)

        answer: HttpResponseBase = reauthentication_required(inner)(request)
        return answer

    return cast(Callable[Concatenate[HttpRequest, Seat, Asked], HttpResponseBase], guarded)


@require_safe
@member(Action.EXPORT)
@private
def choose(request: HttpRequest, seat: Seat, patient: UUID) -> HttpResponse:
    """What can be handed out, and what that means."""
    one = read(seat, Patient, patient)
    return page(request, seat, "export.html", {"who": Line.of(one), "view": "export"})


@require_safe
@member(Action.EXPORT)
@private
@asked_again
def as_json(request: HttpRequest, seat: Seat, patient: UUID) -> HttpResponse:
    """The whole record for another program."""
    record = exporting.export_json(seat, patient)
    text = json.dumps(record, ensure_ascii=False, indent=1)
    return _file(text.encode(), "application/json", f"record-{_stamp()}.json")


@require_safe
@member(Action.EXPORT)
@private
@asked_again
def as_pdf(request: HttpRequest, seat: Seat, patient: UUID) -> HttpResponse:
    """The whole record for reading and printing."""
    pdf = exporting.export_pdf(seat, patient)
    return _file(pdf, "application/pdf", f"record-{_stamp()}.pdf")


def _stamp() -> str:
    """The day, and no name: file names are shown where others look on."""
    return timezone.localdate().isoformat()


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
