"""The page on which a letter is written: drafted from the record, edited, then signed."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from tautband.base.errors import InputError
from tautband.clinic.catalogue import locale_of
from tautband.clinic.papers.letter import ORDER, TO
from tautband.clinic.papers.letter_draft import draft
from tautband.clinic.papers.paper import Words
from tautband.clinic.policy import Action
from tautband.clinic.record.errors import ClosedError, ConflictError, NotFoundError
from tautband.clinic.record.models import Note
from tautband.clinic.record.services import keeping, notes
from tautband.clinic.record.services.trailing import leave
from tautband.clinic.trail.deeds import Deed
from tautband.clinic.visit_pages.door import Visit, uuid_of, visit

SIGNS_A_LINE = 70  # in a field of the page: a draft is read whole, without scrolling in it


@require_http_methods(["GET", "HEAD", "POST"])
@visit(Action.RECORD_WRITE)
def new(request: HttpRequest, at: Visit) -> HttpResponseBase:
    """A new letter, drafted from the record."""
    if request.method != "POST":
        words = Words(at, locale_of(request))
        return _page(request, at, None, draft(words, timezone.now()))
    return _answer(request, at, None, lambda sections: _keep_new(request, at, sections))


@require_http_methods(["GET", "HEAD", "POST"])
@visit(Action.RECORD_WRITE)
def one(request: HttpRequest, at: Visit, note: UUID) -> HttpResponseBase:
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
    clean = {name: text.replace("\r\n", "\n").strip() for name, text in told.items()}
    return {name: text for name, text in clean.items() if text}


def _keep_new(request: HttpRequest, at: Visit, sections: dict[str, str]) -> Note:
    if not sections:
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
    """Keep what was typed, or sign just that; a supervisor signs what waits, or gives it back."""
    version, step = _version(request), request.POST.get("step")
    if step == "back":
        return notes.give_back(at.seat, found.pk, version, request.POST.get("why", "").strip())
    if step == "countersign":
        return notes.countersign(at.seat, found.pk, version, _signature(request))
    if step == "sign" and not found.is_draft:  # sent twice, it is signed once
        return notes.sign(at.seat, found.pk, version, _signature(request))
    if not found.is_draft:
        raise ClosedError("letter", f"is {found.state}", "an amendment, or a further letter")
    with transaction.atomic():
        kept = keeping.change(at.seat, found, version, {"sections": sections})
        if step != "sign":
            return kept
        return notes.sign(at.seat, kept.pk, kept.version, _signature(request))


def _version(request: HttpRequest) -> int:
    told = request.POST.get("version", "")
    if not told.isdecimal() or len(told) > 9:
        raise BadRequest("no version")
    return int(told)


def _signature(request: HttpRequest) -> UUID:
    return uuid_of({"signature": request.POST.get("signature")}, "signature")


def _page(
    request: HttpRequest,
    at: Visit,
    found: Note | None,
    sections: Mapping[str, str],
    *,
    error: str = "",
    status: int = 200,
) -> HttpResponseBase:
    posted, shown = request.POST, (TO, *ORDER)
    is_open = found is None or found.is_draft
    told = sections if found is None or is_open else found.sections
    kept = found.sections.values() if found else ()
    mine = found is not None and found.author_id == at.seat.user.pk
    waits = found is not None and found.state == "waiting"
    rows = Note.objects.in_clinic(at.seat.clinic).filter(episode=at.episode, kind="letter")
    content: dict[str, Any] = at.context(
        "letter",
        letter=found,
        open=is_open,
        mine=mine,
        supervises=waits and not mine and at.seat.may(Action.SIGN),
        # What was typed into a letter that is closed by now is no part of it, and is not lost.
        lost=[] if is_open else [text for text in sections.values() if text not in kept],
        fields=[(name, told.get(name, ""), _rows(told.get(name, ""))) for name in shown],
        why=posted.get("why", ""),
        id=posted.get("id") or str(uuid4()),
        version=found.version if found else "",
        signature=posted.get("signature") or str(uuid4()),
        letters=list(rows.order_by("-written_at")[:20]),
        error=error,
    )
    return render(request, "papers/letter.html", content, status=status)


def _rows(text: str) -> int:
    """Lines that a field needs to show its text whole."""
    return min(max(3, sum(len(line) // SIGNS_A_LINE + 1 for line in text.splitlines()) + 1), 18)
