"""Handing out de-identified treatments, to whoever has just shown again who they are."""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tautband.base.errors import InputError
from tautband.clinic import catalogue
from tautband.clinic.access import Seat, member
from tautband.clinic.catalogue import locale_of
from tautband.clinic.figures.releasing import COLUMNS, Release, agreed, release
from tautband.clinic.figures.snapshot import opened
from tautband.clinic.figures.writing import FORMS, packed
from tautband.clinic.policy import Action
from tautband.clinic.record_pages.answering import private
from tautband.clinic.record_pages.exporting import asked_again
from tautband.clinic.trail.deeds import Deed
from tautband.clinic.trail.writing import Deeds, note_all
from tautband.figures.withholding import LEAST


@require_safe
@member(Action.EXPORT)
@private
def choose(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What would be handed out, of how many, and what each column means."""
    content = {
        "page": "clinic",
        "tab": "figures",
        "seat": seat,
        "agreed": len(agreed(seat.clinic)),
        "least": LEAST,
        "columns": COLUMNS,
        "forms": FORMS,
    }
    return render(request, "figures/export.html", content)


@require_safe
@member(Action.EXPORT)
@private
@asked_again
def hand_out(request: HttpRequest, seat: Seat, form: str) -> HttpResponseBase:
    """The ZIP file; back to the page, with why, where too few agreed.

    Each patient whose rows go out gets an entry in the trail.
    """
    if form not in FORMS:
        raise Http404
    try:
        found = _released(seat)
    except InputError as error:
        messages.error(request, str(error))
        return redirect("clinic_figures_export", seat.clinic.pk)
    if found is None:
        messages.error(request, catalogue.text("figures-none", locale_of(request)))
        return redirect("clinic_figures", seat.clinic.pk)
    content = packed(found, form, synthetic=seat.clinic.is_synthetic)
    with transaction.atomic():
        note_all(seat.clinic, seat.user, _deeds(found, form))
    day = timezone.localdate().isoformat()
    headers = {"Content-Disposition": f'attachment; filename="treatments-{day}.zip"'}
    return HttpResponse(content, content_type="application/zip", headers=headers)


def _released(seat: Seat) -> Release | None:
    with opened(seat.clinic.pk) as snapshot:
        return None if snapshot is None else release(snapshot, seat.clinic)


def _deeds(found: Release, form: str) -> list[Deeds]:
    detail: dict[str, int | str] = {"form": "treatments", "format": form, "rows": len(found.rows)}
    each = {"form": "treatments", "format": form}
    return [
        Deeds(Deed.EXPORT, "figures", detail=detail),
        *(Deeds(Deed.EXPORT, "patient", one, one, each) for one in found.patients),
    ]
