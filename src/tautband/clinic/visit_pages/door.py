"""The way to a visit's pages: the episode belongs to the patient, the patient to the clinic.

Opening a page is a reading and is in the trail; what a page saves leaves its own entry.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from tautband.base.errors import InputError
from tautband.clinic.access import Seat, member
from tautband.clinic.policy import Action
from tautband.clinic.record.errors import ClosedError, ConflictError, NotFoundError
from tautband.clinic.record.models import Episode, Patient
from tautband.clinic.record.services import keeping


@dataclass(frozen=True, slots=True)
class Visit:
    """Who sees whom about what."""

    seat: Seat
    patient: Patient
    episode: Episode

    @property
    def today(self) -> date:
        """The day at the clinic."""
        return timezone.localdate(timezone=ZoneInfo(self.seat.clinic.time_zone))

    @property
    def age(self) -> int | None:
        """The patient's age today, None when no date of birth is known."""
        return self.patient.age_on(self.today)

    def context(self, tab: str, **more: Any) -> dict[str, Any]:
        """What every template of a visit needs."""
        return {
            "page": "clinic",
            "tab": tab,
            "seat": self.seat,
            "clinic": self.seat.clinic.pk,
            "patient": self.patient,
            "episode": self.episode,
            "age": self.age,
            "today": self.today,
            **more,
        }


def visit(action: Action) -> Callable[[Callable[..., HttpResponseBase]], Any]:
    """Wrap a view `(request, visit, ...)` at an address with `clinic`, `patient` and `episode`."""

    def wrap(view: Callable[..., HttpResponseBase]) -> Any:
        @wraps(view)
        def opened(
            request: HttpRequest, seat: Seat, patient: UUID, episode: UUID, **more: Any
        ) -> HttpResponseBase:
            look = keeping.find if request.method == "POST" else keeping.read
            try:
                found = look(seat, Episode, episode)
                if found.patient_id != patient:
                    raise NotFoundError("an episode of another patient")
                with timezone.override(ZoneInfo(seat.clinic.time_zone)):
                    answer = view(request, Visit(seat, found.patient, found), **more)
                if request.method == "POST" and _is_page(answer):
                    # What was typed wrong comes back on a page that shows the patient.
                    keeping.read(seat, Episode, episode)
                return answer
            except NotFoundError as error:
                raise Http404 from error
            except InputError as error:
                # Views show what somebody typed wrong; this is a form that no page of ours sent.
                raise BadRequest(error.field) from error

        door: Callable[..., HttpResponseBase] = opened
        return member(action)(door)

    return wrap


def _is_page(answer: HttpResponseBase) -> bool:
    kind = str(answer.headers.get("Content-Type", ""))
    return kind.startswith("text/html") and not 300 <= answer.status_code < 400


def in_json(view: Callable[..., dict[str, Any]]) -> Callable[..., HttpResponse]:
    """Wrap a view `(visit, told, ...)` that takes and answers JSON; errors in the one shape.

    409 says that somebody else was first, with what they changed; nothing of it was stored.
    """

    @wraps(view)
    def answered(request: HttpRequest, at: Visit, **more: Any) -> HttpResponse:
        if request.method != "POST":
            response: HttpResponse = JsonResponse(
                InputError("method", f"is {request.method}", "POST").as_dict(), status=405
            )
            response.headers["Allow"] = "POST"
            return response
        try:
            return JsonResponse(view(at, _told(request), **more))
        except ConflictError as error:
            changed = {"changes": list(error.changes), "version": error.version}
            return JsonResponse({**error.as_dict(), **changed}, status=409)
        except ClosedError as error:
            return JsonResponse({**error.as_dict(), "changes": []}, status=409)
        except NotFoundError:
            missing = InputError("id", "is not there", "something of this patient")
            return JsonResponse(missing.as_dict(), status=404)
        except InputError as error:
            return JsonResponse(error.as_dict(), status=422)

    return answered


def _told(request: HttpRequest) -> dict[str, Any]:
    if request.content_type != "application/json":
        raise InputError(
            "Content-Type", f"is {(request.content_type or 'nothing')[:80]}", "application/json"
        )
    try:
        told = msgspec.json.decode(request.body)
    except (msgspec.DecodeError, RecursionError, ValueError) as error:
        raise InputError("body", "is not JSON", "one JSON object") from error
    if not isinstance(told, dict):
        raise InputError("body", "is not a JSON object", "one JSON object")
    return told


def uuid_of(told: dict[str, Any], field: str) -> UUID:
    """The id that a browser made; raises InputError."""
    try:
        return UUID(str(told.get(field)))
    except ValueError as error:
        raise InputError(field, "is not an id", "a UUID, made where the entry was made") from error
