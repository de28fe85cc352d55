"""A paper as PDF, and the page on which a letter is written before it is printed."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tautband.base.errors import InputError
from tautband.clinic.catalogue import locale_of
from tautband.clinic.papers.consent import consent
from tautband.clinic.papers.home import home
from tautband.clinic.papers.letter import ORDER, TO, letter
from tautband.clinic.papers.letter_draft import draft
from tautband.clinic.papers.note import note
from tautband.clinic.papers.paper import Maker, Words, document
from tautband.clinic.papers.plan import plan
from tautband.clinic.policy import Action
from tautband.clinic.record.errors import ClosedError, ConflictError, NotFoundError
from tautband.clinic.record.export.typesetting import typeset
from tautband.clinic.record.models import Consent, Note, Plan
from tautband.clinic.record.models.base import OfPatient
from tautband.clinic.record.services import keeping, notes
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


@require_http_methods(["GET", "HEAD", "POST"])
@visit(Action.RECORD_WRITE)
def new_letter(request: HttpRequest, at: Visit) -> HttpResponseBase:
    """A new letter, drafted from the record."""
    if request.method != "POST":
        words = Words(at, locale_of(request))
        return _page(request, at, None, draft(words, timezone.now()))
    return _answer(request, at, None, lambda sections: _keep_new(request, at, sections))


@require_http_methods(["GET", "HEAD", "POST"])
@visit(Action.RECORD_WRITE)
def one_letter(request: HttpRequest, at: Visit, note: UUID) -> HttpResponseBase:
    """A letter that was kept: changed and signed while it is a draft, then only read."""
    found = _letter(at, note)
    if request.method != "POST":
        leave(at.seat, Deed.READ, found)
        return _page(request, at, found, found.sections)
    return _answer(request, at, found, lambda sections: _keep(request, at, found, sections))


def _letter(at: Visit, row: UUID) -> Note:
    found = keeping.find(at.seat, Note, row)
    if found.episode_id != at.episode.pk or found.kind != "letter":
        raise NotFoundError("no letter of this episode")
    return found


def _answer(
    request: HttpRequest, at: Visit, found: Note | None, keep: Callable[[dict[str, str]], Note]
) -> HttpResponseBase:
    sections = _typed(request)
    try:
        kept = keep(sections)
    except InputError as error:
        clash = isinstance(error, ConflictError | ClosedError)
        status = 409 if clash else 422
        return _page(request, at, found, sections, error=str(error), status=status)
    return redirect("visit_letter", at.seat.clinic.pk, at.patient.pk, at.episode.pk, kept.pk)


def _typed(request: HttpRequest) -> dict[str, str]:
    told = {name: request.POST.get(name, "") for name in (TO, *ORDER)}
    return {name: text.replace("\r\n", "\n").strip() for name, text in told.items()}


def _keep_new(request: HttpRequest, at: Visit, sections: dict[str, str]) -> Note:
    if not any(sections.values()):
        raise InputError("letter", "is empty", "at least one part of it in words")
    row = Note(
        id=uuid_of({"id": request.POST.get("id")}, "id"),
        patient=at.patient,
        episode=at.episode,
        kind="letter",
        sections=sections,
        author=at.seat.user,
    )
    return keeping.add(at.seat, row)


def _keep(request: HttpRequest, at: Visit, found: Note, sections: dict[str, str]) -> Note:
    """Keep what was typed; with ``step=sign``, sign just that."""
    told = request.POST.get("version", "")
    if not told.isdecimal() or len(told) > 9:
        raise BadRequest("no version")
    if not found.is_draft:
        raise ClosedError("letter", f"is {found.state}", "an amendment, or a further letter")
    with transaction.atomic():
        kept = keeping.change(at.seat, found, int(told), {"sections": sections})
        if request.POST.get("step") != "sign":
            return kept
        signature = uuid_of({"signature": request.POST.get("signature")}, "signature")
        return notes.sign(at.seat, kept.pk, kept.version, signature)


def _page(
    request: HttpRequest,
    at: Visit,
    found: Note | None,
    sections: Mapping[str, str],
    *,
    error: str = "",
    status: int = 200,
) -> HttpResponseBase:
    posted = request.POST
    rows = Note.objects.in_clinic(at.seat.clinic).filter(episode=at.episode, kind="letter")
    content: dict[str, Any] = at.context(
        "letter",
        letter=found,
        open=found is None or found.is_draft,
        mine=found is not None and found.author_id == at.seat.user.pk,
        fields=[(name, sections.get(name, "")) for name in (TO, *ORDER)],
        id=posted.get("id") or str(uuid4()),
        version=posted.get("version") or (found.version if found else ""),
        signature=posted.get("signature") or str(uuid4()),
        letters=list(rows.order_by("-written_at")[:20]),
        error=error,
    )
    return render(request, "papers/letter.html", content, status=status)
