"""One paper of a visit as PDF."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from tautband.clinic.catalogue import locale_of
from tautband.clinic.papers.consent import consent
from tautband.clinic.papers.home import home
from tautband.clinic.papers.letter import letter
from tautband.clinic.papers.note import note
from tautband.clinic.papers.paper import Maker, Words, document
from tautband.clinic.papers.plan import plan
from tautband.clinic.policy import Action
from tautband.clinic.record.errors import NotFoundError
from tautband.clinic.record.export.typesetting import typeset
from tautband.clinic.record.models import Consent, Note, Plan
from tautband.clinic.record.models.base import OfPatient
from tautband.clinic.record.services import keeping
from tautband.clinic.record.services.trailing import leave
from tautband.clinic.trail.deeds import Deed
from tautband.clinic.visit_pages.door import Visit, uuid_of, visit

# What each kind of paper is made of.
KINDS: Mapping[str, tuple[type[OfPatient], Maker]] = {
    "note": (Note, note),
    "plan": (Plan, plan),
    "letter": (Note, letter),
    "home": (Plan, home),
    "consent": (Consent, consent),
}


@require_safe
@visit(Action.RECORD_READ)
def paper(request: HttpRequest, at: Visit, kind: str) -> HttpResponseBase:
    """One paper as PDF, ``of`` a row of this episode; each print is in the trail."""
    if kind not in KINDS:
        raise Http404
    model, make = KINDS[kind]
    with transaction.atomic():
        row = _find(at, model, uuid_of({"of": request.GET.get("of")}, "of"))
        if kind == "letter" and getattr(row, "kind", "") != "letter":
            raise NotFoundError("a note that is no letter")
        words = Words(at, locale_of(request))
        made = make(words, row)
        leave(at.seat, Deed.PRINT, row, {"form": kind, "format": "pdf"})
    (pdf,) = typeset(document(words, made, row), made.pictures)
    response = HttpResponse(pdf, content_type="application/pdf")
    # Shown in the browser; no name in the file's own, which is seen where others look on.
    response.headers["Content-Disposition"] = f'inline; filename="{kind}-{at.today}.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _find(at: Visit, model: type[OfPatient], row: UUID) -> OfPatient:
    """The row, of this episode; a consent may stand for the whole person."""
    found = keeping.find(at.seat, model, row)
    episode = getattr(found, "episode_id", None)
    if found.patient_id != at.patient.pk or episode not in (at.episode.pk, None):
        raise NotFoundError("something of another episode")
    return found
