"""The page of a check-in: the signs to ask about, what to do, and what the patient will do."""

from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from tautband.base.errors import InputError
from tautband.clinic.after import opening, telling
from tautband.clinic.after.answering import row_of, words_of
from tautband.clinic.after.showing import own
from tautband.clinic.record.errors import ConflictError
from tautband.clinic.record.models import OwnLink, Report
from tautband.safety.events.urgency import Urgency

REFUSED = 422


def page(request: HttpRequest, link: OwnLink, secret: str, part: str) -> HttpResponseBase:
    """Ask, show what to do, and take what the patient will do."""
    if part:
        raise Http404
    if request.method == "POST":
        return _answer(request, link, secret)
    opening.opened(link)
    report = telling.latest(link)
    if report is None or "again" in request.GET:
        return _ask(request, link)
    return _advice(request, link, report)


def _answer(request: HttpRequest, link: OwnLink, secret: str) -> HttpResponse:
    posted = request.POST
    report = telling.latest(link)
    try:
        if "will_do" in posted or "intent" in posted:
            if report is None:
                raise InputError("signs", "are not answered", "the answers first")
            telling.will_do(report, posted.get("will_do", ""))
        else:
            telling.tell(link, _told(request), timezone.now())
    except ConflictError:  # sent twice at once: what is stored is shown
        pass
    except InputError as error:
        opening.opened(link)
        if report is not None and "intent" in posted:
            return _advice(request, link, report, error=error.field, status=REFUSED)
        return _ask(request, link, error=error.field, status=REFUSED)
    return redirect("own_page", secret=secret)


def _told(request: HttpRequest) -> telling.Told:
    posted = request.POST
    ticked = tuple(dict.fromkeys(posted.getlist("sign")))
    return telling.Told(row_of(request), ticked, posted.get("confirm", ""), words_of(request))


def _ask(request: HttpRequest, link: OwnLink, status: int = 200, error: str = "") -> HttpResponse:
    asked = telling.questions(link, timezone.now())
    values = {
        "signs": [(one, one.urgency is Urgency.EMERGENCY) for one in asked],
        "new_id": request.POST.get("id") or uuid4(),
        "ticked": request.POST.getlist("sign"),
        "typed": request.POST,
        "error": error,
    }
    return own(request, link, "ask.html", values, status)


def _advice(
    request: HttpRequest, link: OwnLink, report: Report, status: int = 200, error: str = ""
) -> HttpResponse:
    values = {
        "report": report,
        "say": report.triaged["say"],
        "is_urgent": telling.is_urgent(report),
        "is_emergency": report.urgency == Urgency.EMERGENCY.key,
        "choices": Report.WILL_DO,
        "error": error,
    }
    return own(request, link, "advice.html", values, status)
