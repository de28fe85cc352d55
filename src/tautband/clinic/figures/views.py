"""The clinic's page of figures, and the pictures on it."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tautband.atlas.presentations import read_presentations
from tautband.clinic import catalogue
from tautband.clinic.access import Seat, member
from tautband.clinic.catalogue import locale_of
from tautband.clinic.figures import outcomes, overdue, painting, pictures, work
from tautband.clinic.figures.drawings import ALL
from tautband.clinic.figures.safety import SPLITS, safety
from tautband.clinic.figures.showing import Bars, Split, bars, fared
from tautband.clinic.figures.snapshot import Snapshot, opened
from tautband.clinic.policy import Action
from tautband.clinic.record_pages.answering import private
from tautband.clinic.trail.deeds import Deed
from tautband.clinic.trail.writing import note
from tautband.figures.plots import alarm_words
from tautband.measures.instruments import load_instruments

YEAR_DAYS = 365
WINDOWS = ("year", "all")
MAIN = "nprs"  # by which complaints are compared: nearly every patient answers it


@require_http_methods(["GET", "HEAD", "POST"])
@member(Action.FIGURES)
@private
def figures(request: HttpRequest, seat: Seat) -> HttpResponseBase:
    """Overdue, safety, outcomes and pain of a clinic; POST has the snapshot made anew."""
    if request.method == "POST":
        work.ask(seat.clinic.pk)
        messages.success(request, catalogue.text("figures-asked", locale_of(request)))
        return redirect("clinic_figures", seat.clinic.pk)
    if work.is_old(seat.clinic.pk):
        work.ask(seat.clinic.pk)
    window = _window(request)
    content: dict[str, Any] = {
        "page": "clinic",
        "tab": "figures",
        "seat": seat,
        "window": window,
        "windows": WINDOWS,
        "clinical": seat.may(Action.RECORD_READ),
        "may_export": seat.may(Action.EXPORT),
        "is_asked": work.is_asked(seat.clinic.pk),
    }
    with opened(seat.clinic.pk) as snapshot:
        if snapshot is not None:
            content |= _content(snapshot, seat, _since(window), request.GET.get("pain", ""))
        shown = content.get("overdue", [])
        with transaction.atomic():
            told: dict[str, int | str] = {"form": "clinic", "rows": len(shown)}
            note(seat.clinic, seat.user, Deed.READ, "figures", detail=told)
    return render(request, "figures/clinic.html", content)


@require_safe
@member(Action.FIGURES)
@private
def chart(request: HttpRequest, seat: Seat, name: str) -> HttpResponseBase:
    """One chart as SVG; 404 for an unknown one, the page while there is no snapshot."""
    if name not in pictures.CHARTS:
        raise Http404
    with opened(seat.clinic.pk) as snapshot:
        if snapshot is None:
            return redirect("clinic_figures", seat.clinic.pk)
        drawn = pictures.svg(snapshot, name, _since(_window(request)), locale_of(request))
    return HttpResponse(drawn, "image/svg+xml")


@require_safe
@member(Action.FIGURES)
@private
def pain_map(request: HttpRequest, seat: Seat, presentation: str) -> HttpResponseBase:
    """The body from both sides, coloured by how many paint each region."""
    with opened(seat.clinic.pk) as snapshot:
        if snapshot is None:
            return redirect("clinic_figures", seat.clinic.pk)
        told = painting.shares(snapshot, presentation)
    if not told:
        raise Http404
    return HttpResponse(painting.picture(tuple(told)), "image/webp")


def _window(request: HttpRequest) -> str:
    asked = request.GET.get("of", WINDOWS[0])
    return asked if asked in WINDOWS else WINDOWS[0]


def _since(window: str) -> date | None:
    return timezone.localdate() - timedelta(days=YEAR_DAYS) if window == "year" else None


def _content(of: Snapshot, seat: Seat, since: date | None, pain: str) -> dict[str, Any]:
    told = safety(of, since)
    today = timezone.localdate()
    complaints = painting.complaints(of)
    chosen = pain if pain in {one.name for one in complaints} else ALL
    return {
        "made_at": of.made_at,
        "overdue": overdue.overdue(of, seat, today),
        "overdue_count": overdue.count(of, today),
        "safety": told,
        "overall": _overall(told),
        "grades": bars(told.grades),
        "kinds": bars(told.kinds),
        "splits": [Split(split, bars(told.splits[split])) for split in SPLITS],
        "signals": [one for one in told.months if one.signal],
        "alarms": alarm_words(),
        "instruments": fared(outcomes.by_instrument(of, since), _instruments()),
        "presentations": fared(outcomes.by_presentation(of, since, MAIN), _presentations()),
        "areas": fared(outcomes.by_area(of, since, MAIN), {}),
        "complaints": complaints,
        "pain": chosen,
        "pain_rows": painting.most_painted(of, chosen),
    }


def _overall(told: Any) -> list[tuple[str, Bars]]:
    rates = (("treatment", told.any_event), ("needle", told.per_insertion))
    return [(name, Bars.of(rate)) for name, rate in rates if rate is not None]


def _instruments() -> dict[str, str]:
    return {name: one.short for name, one in load_instruments().items()}


def _presentations() -> dict[str, str]:
    return {name: one.name for name, one in read_presentations().items()}
