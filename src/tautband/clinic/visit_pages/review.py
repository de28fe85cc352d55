"""The review of an episode: the numbers, the decision, and earlier reviews."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from tautband.base.errors import InputError
from tautband.care.course_picture import course_spec
from tautband.clinic.catalogue import locale_of
from tautband.clinic.day.course import judged
from tautband.clinic.policy import Action
from tautband.clinic.record.errors import ConflictError
from tautband.clinic.record.models import Session
from tautband.clinic.record.models.episode import CAUSES
from tautband.clinic.visit_pages.door import Visit, uuid_of, visit
from tautband.clinic.visit_pages.reviewing.numbers import numbers
from tautband.clinic.visit_pages.reviewing.storing import DECISIONS, Typed, digest, earlier, store
from tautband.evidence.plots import draw_svg


@require_http_methods(["GET", "HEAD", "POST"])
@visit(Action.RECORD_WRITE)
def page(request: HttpRequest, at: Visit) -> HttpResponseBase:
    """The numbers of the course; POST keeps what was decided on them and signs it."""
    found = numbers(at)
    if request.method != "POST":
        return _page(request, at, found)
    try:
        store(at, _typed(request), found, locale_of(request))
    except ConflictError as error:
        return _page(request, at, found, error=error, status=409)
    except InputError as error:
        return _page(request, at, found, error=error, status=422)
    return redirect("visit_review", at.seat.clinic.pk, at.patient.pk, at.episode.pk)


@require_safe
@visit(Action.RECORD_WRITE)
def course(request: HttpRequest, at: Visit) -> HttpResponseBase:
    """The course with its forecast as SVG; back to the review where there is none."""
    held = Session.objects.in_clinic(at.seat.clinic).filter(episode=at.episode)
    found = judged(at, list(held.select_related("plan")))
    if found is None:
        return redirect("visit_review", at.seat.clinic.pk, at.patient.pk, at.episode.pk)
    answer = HttpResponse(draw_svg(course_spec(found)), content_type="image/svg+xml")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _typed(request: HttpRequest) -> Typed:
    posted = request.POST
    return Typed(
        uuid_of({"note": posted.get("note")}, "note"),
        uuid_of({"signature": posted.get("signature")}, "signature"),
        posted.get("decision", ""),
        posted.get("cause", ""),
        posted.get("why", "").replace("\r\n", "\n").strip(),
        posted.get("seen", ""),
    )


def _page(
    request: HttpRequest,
    at: Visit,
    found: dict[str, Any],
    *,
    error: InputError | None = None,
    status: int = 200,
) -> HttpResponseBase:
    content = at.context(
        "review",
        told=found,
        seen=digest(found),
        decisions=DECISIONS,
        causes=CAUSES,
        typed=request.POST,
        note=request.POST.get("note") or uuid4(),
        signature=request.POST.get("signature") or uuid4(),
        reviews=earlier(at),
        error=error,
        is_moved=isinstance(error, ConflictError),
    )
    return render(request, "visit/review.html", content, status=status)
