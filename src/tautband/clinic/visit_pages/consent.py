"""Consent: what is explained and by whom, the signature, the patient's copy, and its end."""

import json
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tautband.base.errors import InputError
from tautband.clinic.catalogue import locale_of, text
from tautband.clinic.people.models import User
from tautband.clinic.policy import Action
from tautband.clinic.record.errors import NotFoundError
from tautband.clinic.record.models import Consent, Guardian, Withdrawal
from tautband.clinic.record.services import consents, keeping
from tautband.clinic.record.services.trailing import leave
from tautband.clinic.trail.deeds import Deed
from tautband.clinic.visit_pages.door import Visit, uuid_of, visit
from tautband.clinic.visit_pages.explaining import Needler, Point, needlers, points, sheet_of
from tautband.clinic.visit_pages.versions import versions
from tautband.evidence.sheets import load_sheets

COPIES = ("paper", "e-mail", "portal", "declined")
PEN = 1000  # the side of the drawn signature's own square
MOST_STROKES = 500_000  # bytes of JSON


@require_http_methods(["GET", "HEAD", "POST"])
@visit(Action.CONSENT)
def form(request: HttpRequest, at: Visit) -> HttpResponseBase:
    """What is explained, who needles, and the signature; or, apart from it, research."""
    if request.method != "POST":
        return _page(request, at)
    try:
        kept = consents.give(at.seat, _read(request, at))
    except InputError as error:
        return _page(request, at, error=str(error), status=422)
    return redirect("visit_consent", at.seat.clinic.pk, at.patient.pk, at.episode.pk, kept.pk)


def _kind(request: HttpRequest) -> str:
    told = request.POST.get("kind") or request.GET.get("kind") or "treatment"
    return told if told in Consent.KINDS else "treatment"


def _page(
    request: HttpRequest, at: Visit, *, error: str = "", status: int = 200
) -> HttpResponseBase:
    posted = request.POST
    sheet = sheet_of(at, posted.get("sheet") or request.GET.get("sheet", ""))
    people = needlers(at)
    content = at.context(
        "consent",
        kind=_kind(request),
        sheet=sheet,
        sheets=load_sheets().values(),
        points=points(at, sheet, locale_of(request)),
        explained=posted.getlist("explained"),
        needlers=people,
        needler=posted.get("needler") or (str(people[0].user.pk) if people else ""),
        people=_members(at),
        guardians=_guardians(at),
        typed=posted,
        signer=posted.get("signer") or "patient",
        copies=COPIES,
        consent_id=posted.get("id") or str(uuid4()),
        consents=_consents(at),
        made=versions(),
        error=error,
    )
    return render(request, "visit/consent_form.html", content, status=status)


def _members(at: Visit) -> list[User]:
    rows = at.seat.clinic.memberships.filter(ended_at=None).exclude(role="patient")
    return list({one.user.pk: one.user for one in rows.select_related("user")}.values())


def _guardians(at: Visit) -> list[Guardian]:
    rows = Guardian.objects.in_clinic(at.seat.clinic).filter(patient=at.patient, may_consent=True)
    return [one for one in rows if one.until is None or one.until >= at.today]


def _consents(at: Visit) -> list[Consent]:
    rows = Consent.objects.in_clinic(at.seat.clinic).filter(patient=at.patient)
    return list(rows.select_related("withdrawal").order_by("-signed_at")[:20])


def _read(request: HttpRequest, at: Visit) -> Consent:
    posted, kind = request.POST, _kind(request)
    guardian = _guardian(at, posted.get("signer", ""))
    row = Consent(
        id=uuid_of({"id": posted.get("id")}, "id"),
        patient=at.patient,
        episode=at.episode,
        kind=kind,
        signed_by="guardian" if guardian else "patient",
        guardian=guardian,
        copy_given=posted.get("copy_given", ""),
    )
    if kind == "treatment":
        _fill_treatment(request, at, row)
    else:
        row.words = text("visit-research-words", locale_of(request), clinic=at.seat.clinic.name)
    _sign(posted, at, row)
    return row


def _fill_treatment(request: HttpRequest, at: Visit, row: Consent) -> None:
    posted = request.POST
    sheet = sheet_of(at, posted.get("sheet", ""))
    said = points(at, sheet, locale_of(request))
    left = [one.title for one in said if one.id not in posted.getlist("explained")]
    if left:
        right = "each point ticked when it has been explained"
        raise InputError("explained", "leaves out: " + ", ".join(left), right)
    needler = _needler(at, posted.get("needler", ""))
    row.sheet, row.sheet_version = sheet.condition, sheet.version
    row.explained = [one.line for one in said]
    row.needler = needler.user
    row.words = _words(request, said, needler, sheet.version)


def _words(request: HttpRequest, said: list[Point], needler: Needler, sheet: str) -> str:
    """The whole text that is signed under, with the versions of what was explained."""
    made = ", ".join(f"{name} {value}" for name, value in versions().items())
    agreed = text("visit-consent-words", locale_of(request), name=str(needler.user))
    return "\n\n".join([*(one.line for one in said), agreed, f"{sheet}; {made}"])


def _guardian(at: Visit, told: str) -> Guardian | None:
    if told in ("", "patient"):
        return None
    for one in _guardians(at):
        if str(one.pk) == told:
            return one
    raise InputError("signer", "is not one of them", "the patient, or a guardian who may consent")


def _needler(at: Visit, told: str) -> Needler:
    for one in needlers(at):
        if str(one.user.pk) == told:
            return one
    raise InputError("needler", "is not one of them", "somebody of the clinic who needles")


def _sign(posted: Any, at: Visit, row: Consent) -> None:
    name = posted.get("typed_name", "").strip()[:200]
    drawn = posted.get("strokes", "")
    if name:
        row.typed_name = name
        told = posted.get("witness", "")
        row.witness = next((one for one in _members(at) if str(one.pk) == told), None)
        return
    if not drawn or len(drawn) > MOST_STROKES:
        raise InputError(
            "signature", "is missing", "a drawn signature, or a typed name and a witness"
        )
    try:
        row.strokes = json.loads(drawn)
    except (ValueError, RecursionError) as error:
        raise InputError("signature", "cannot be read", "a signature drawn in the field") from error


@require_safe
@visit(Action.CONSENT)
def copy(request: HttpRequest, at: Visit, consent: UUID) -> HttpResponseBase:
    """The consent as it was signed: the patient's copy, which prints on paper or into a PDF."""
    found = _find(at, consent)
    leave(at.seat, Deed.READ, found, {"form": "copy"})
    ended = Withdrawal.objects.filter(consent=found).first()
    content = at.context(
        "consent",
        consent=found,
        paragraphs=found.words.split("\n\n"),
        paths=_paths(found.strokes),
        ended=ended,
        withdrawal_id=str(uuid4()),
    )
    return render(request, "visit/consent.html", content)


def _paths(strokes: Any) -> list[str]:
    """Each stroke as the data of an SVG path."""
    return [
        "M" + "L".join(f"{round(x * PEN)} {round(y * PEN / 3)}" for x, y in stroke)
        for stroke in strokes or []
    ]


def _find(at: Visit, consent: UUID) -> Consent:
    found = keeping.find(at.seat, Consent, consent)
    if found.patient_id != at.patient.pk:
        raise NotFoundError("a consent of another patient")
    return found


@require_POST
@visit(Action.CONSENT)
def withdraw(request: HttpRequest, at: Visit, consent: UUID) -> HttpResponseBase:
    """End a consent, at any time and without a reason; ending it twice ends it once."""
    found = _find(at, consent)
    try:
        row = uuid_of({"id": request.POST.get("id")}, "id")
    except InputError as error:
        raise BadRequest("no id") from error
    words = request.POST.get("told", "").strip()[:4000]
    consents.withdraw(at.seat, Withdrawal(id=row, consent=found, at=timezone.now(), told=words))
    return redirect("visit_consent", at.seat.clinic.pk, at.patient.pk, at.episode.pk, found.pk)
