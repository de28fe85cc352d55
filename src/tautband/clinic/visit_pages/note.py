"""The note of a session: it writes itself, is added to, signed, copied, and amended after that."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from tautband.base.errors import InputError
from tautband.care.billing import CODES, SOURCE
from tautband.care.note.documentation import Need
from tautband.clinic.catalogue import locale_of
from tautband.clinic.policy import Action
from tautband.clinic.record.errors import ClosedError, ConflictError, NotFoundError
from tautband.clinic.record.models import Amendment, Note, Session
from tautband.clinic.record.services import keeping, notes
from tautband.clinic.record.services.trailing import leave
from tautband.clinic.trail.deeds import Deed
from tautband.clinic.visit_pages.door import Visit, in_json, uuid_of, visit
from tautband.clinic.visit_pages.noting.as_text import as_text, signatures_of
from tautband.clinic.visit_pages.noting.drafting import READING, Draft, Line, draft_of
from tautband.clinic.visit_pages.noting.signing import (
    Typed,
    keep,
    own_text,
    read_json,
    read_typed,
    sign,
)

# Where something that a note lacks is recorded, by the first topic that would answer to it.
_PLACES = {
    "consent": "visit_consents",
    "explained": "visit_consents",
    "screening": "visit_screenings",
    "findings": "visit_assessments",
    "score": "visit_assessments",
    "plan_decision": "visit_plans",
    "sessions": "visit_plans",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One section of the page: its sentences, and the own words as typed and as stored."""

    name: str
    lines: list[Line]
    own: str
    stored: str


@require_http_methods(["GET", "HEAD", "POST"])
@visit(Action.RECORD_READ)
def page(request: HttpRequest, at: Visit, session: UUID) -> HttpResponseBase:
    """The note as it stands; POST keeps, signs, gives back or amends it (``step``)."""
    held = _session(at, session)
    if request.method != "POST":
        leave(at.seat, Deed.READ, held)
        return _page(request, at, held)
    step = _STEPS.get(request.POST.get("step", "keep"))
    if step is None:
        raise InputError("step", "is not one", ", ".join(_STEPS))
    try:
        step(request, at, held)
    except (ConflictError, ClosedError) as error:
        return _page(request, at, held, error=error, status=409)
    except InputError as error:
        return _page(request, at, held, error=error, status=422)
    return redirect("visit_note", at.seat.clinic.pk, at.patient.pk, at.episode.pk, held.pk)


@visit(Action.RECORD_WRITE)
@in_json
def save(at: Visit, told: dict[str, Any], session: UUID) -> dict[str, Any]:
    """Keep what has been typed so far, while it is typed; answers the note's version."""
    return {"version": keep(at, _session(at, session), read_json(told)).version}


@require_safe
@visit(Action.RECORD_READ)
def text(request: HttpRequest, at: Visit, session: UUID) -> HttpResponseBase:
    """The note as plain text, for another system; without the patient's name."""
    held = _session(at, session)
    leave(at.seat, Deed.READ, held, {"form": "text"})
    draft = draft_of(at, held)
    if draft.note is not None:
        leave(at.seat, Deed.READ, draft.note, {"form": "text"})
    told = as_text(at, held, draft, locale_of(request))
    answer = HttpResponse(told, content_type="text/plain; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _session(at: Visit, session: UUID) -> Session:
    found = keeping.find(at.seat, Session, session)
    if found.episode_id != at.episode.pk:
        raise NotFoundError("a session of another episode")
    found.patient = at.patient
    return found


def _page(
    request: HttpRequest,
    at: Visit,
    held: Session,
    *,
    error: InputError | None = None,
    status: int = 200,
) -> HttpResponseBase:
    draft = draft_of(at, held)
    note = draft.note
    if note is not None and request.method != "POST":
        leave(at.seat, Deed.READ, note)
    is_mine = note is None or note.author_id == at.seat.user.pk
    writes, signs = at.seat.may(Action.RECORD_WRITE), at.seat.may(Action.SIGN)
    content = at.context(
        "note",
        session=held,
        draft=draft,
        note=note,
        state=note.state if note is not None else "draft",
        version=note.version if note is not None else 0,
        parts=_parts(request.POST, draft),
        edits=draft.is_open and is_mine and writes,
        signs=signs,
        supervises=note is not None and note.state == "waiting" and signs and not is_mine,
        amends=note is not None and note.state == "signed" and writes,
        missing=[(need, _place(at, need)) for need in draft.needs],
        codes=CODES,
        code=request.POST.get("code", draft.code),
        code_source=(SOURCE,),
        signatures=signatures_of(at, note),
        amendments=_amendments(at, note),
        fresh=[str(uuid4()) for _ in range(2)],
        typed=request.POST,
        error=error,
        is_moved=isinstance(error, ConflictError),
    )
    # Times on the page are those of the clinic's clock, as they are in the sentences.
    with timezone.override(ZoneInfo(at.seat.clinic.time_zone)):
        return render(request, "visit/note.html", content, status=status)


def _parts(posted: Any, draft: Draft) -> list[Part]:
    """The sections; what was typed stays, whatever was refused."""
    left = set(posted.getlist("left"))
    found = []
    for name in READING:
        stored = draft.own.get(name, "")
        typed = own_text(posted, name) if f"own-{name}" in posted else stored
        lines = [line for line in draft.lines if line.sentence.section == name]
        if posted.get("step") in ("keep", "sign"):
            lines = [Line(one.sentence, one.stands, one.sentence.id in left) for one in lines]
        found.append(Part(name, lines, typed, stored if stored != typed else ""))
    return found


def _place(at: Visit, need: Need) -> tuple[str, ...]:
    """Where the want is mended: a page's name with its ids, or the own words of this page."""
    if need.is_own_words:
        return ()
    name = _PLACES.get(need.topics[0][0])
    return (name,) if name else ()


def _amendments(at: Visit, note: Note | None) -> list[Amendment]:
    if note is None:
        return []
    rows = list(Amendment.objects.filter(note=note).select_related("written_by").order_by("number"))
    for one in rows:
        one.patient = at.patient
    return rows


def _keep(request: HttpRequest, at: Visit, held: Session) -> None:
    keep(at, held, _typed(request))


def _sign(request: HttpRequest, at: Visit, held: Session) -> None:
    sign(at, held, _typed(request), _id(request, "signature"))


def _countersign(request: HttpRequest, at: Visit, held: Session) -> None:
    note, version = _waiting(request, at, held)
    notes.countersign(at.seat, note.pk, version, _id(request, "signature"))


def _give_back(request: HttpRequest, at: Visit, held: Session) -> None:
    note, version = _waiting(request, at, held)
    notes.give_back(at.seat, note.pk, version, request.POST.get("why", ""))


def _amend(request: HttpRequest, at: Visit, held: Session) -> None:
    note = draft_of(at, held).note
    if note is None:
        raise NotFoundError("a note that is not there")
    posted: Mapping[str, str] = request.POST
    row = Amendment(
        id=_id(request, "amendment"),
        patient=at.patient,
        note=note,
        text=posted.get("text", "").replace("\r\n", "\n").strip(),
        why=posted.get("why", "").strip(),
    )
    notes.amend(at.seat, row, _id(request, "signature"))


def _countersign_amendment(request: HttpRequest, at: Visit, held: Session) -> None:
    note = draft_of(at, held).note
    row = keeping.find(at.seat, Amendment, _id(request, "amendment"))
    if note is None or row.note_id != note.pk:
        raise NotFoundError("an amendment of another note")
    notes.countersign_amendment(at.seat, row.pk, _id(request, "signature"))


_STEPS: Mapping[str, Callable[[HttpRequest, Visit, Session], None]] = {
    "keep": _keep,
    "sign": _sign,
    "countersign": _countersign,
    "give back": _give_back,
    "amend": _amend,
    "countersign amendment": _countersign_amendment,
}


def _typed(request: HttpRequest) -> Typed:
    return read_typed(request.POST)


def _waiting(request: HttpRequest, at: Visit, held: Session) -> tuple[Note, int]:
    note = draft_of(at, held).note
    if note is None:
        raise NotFoundError("a note that is not there")
    return note, read_typed(request.POST).version


def _id(request: HttpRequest, field: str) -> UUID:
    return uuid_of({field: request.POST.get(field)}, field)
