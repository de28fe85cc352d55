"""The page before the next visit: how it was after the last one, and what has changed since."""

from uuid import UUID, uuid4

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from tautband.base.errors import InputError
from tautband.care.aftercare import triage_json
from tautband.clinic.after import opening, telling
from tautband.clinic.after.answering import (
    ALL,
    NONE,
    SCALE,
    answer_of,
    keep,
    one_of,
    row_of,
    words_of,
)
from tautband.clinic.after.planning import row_id
from tautband.clinic.after.showing import own
from tautband.clinic.record.errors import ConflictError
from tautband.clinic.record.models import OwnLink, Report
from tautband.safety.events.urgency import Urgency

SORE = ("no", "hours", "day", "days", "still")
EXERCISED = ("most", "some", "none", "nothing-given")
# What may have changed, by the question of the screening that it answers; the gravest first.
CHANGES = (
    "emergency_now", "red_flags", "leg_clot", "fever_or_infection", "blood_thinner", "medicines",
    "pregnant", "broken_or_infected_skin", "bad_reaction",
)  # fmt: skip
# Somebody of the clinic looks at these before the visit.
GRAVE = frozenset({"emergency_now", "red_flags", "leg_clot"})
REFUSED = 422


def page(request: HttpRequest, link: OwnLink, _secret: str, part: str) -> HttpResponseBase:
    """Ask, take the answers, and thank."""
    if part or link.session is None:
        raise Http404
    if request.method == "POST":
        return _answer(request, link)
    opening.opened(link)
    answer = answer_of(link)
    if answer is None or "again" in request.GET:
        return _ask(request, link)
    # Grave ticks and words of an emergency alike made a report.
    return own(request, link, "before_thanks.html", {"grave": telling.latest(link) is not None})


def _answer(request: HttpRequest, link: OwnLink) -> HttpResponse:
    try:
        row, changed, words = row_of(request), _changed(request), words_of(request)
        since = _since(request)
        with transaction.atomic():  # never an answer without its report
            keep(link, row, {**since, "changed": changed}, words)
            _report(link, row, changed, words)
    except ConflictError:  # sent twice at once: what is stored is shown
        pass
    except InputError as error:
        opening.opened(link)
        return _ask(request, link, error=error.field, status=REFUSED)
    return redirect(request.path)


def _changed(request: HttpRequest) -> list[str]:
    changed = [one for one in CHANGES if one in request.POST.getlist("changed")]
    confirmed = one_of(request, "confirm", (NONE, ALL))
    if not confirmed or bool(changed) is (confirmed == NONE):
        raise InputError("changed", "is not confirmed", "ticks, or 'none of these'")
    return changed


def _since(request: HttpRequest) -> dict[str, str | int | None]:
    strength = one_of(request, "strength", SCALE)
    return {
        "sore": one_of(request, "sore", SORE),
        "strength": int(strength) if strength else None,
        "exercised": one_of(request, "exercised", EXERCISED),
    }


def _report(link: OwnLink, row: UUID, changed: list[str], words: str) -> None:
    """On the list of warnings when words or ticks ask for a person before the visit."""
    now = timezone.now()
    result = telling.triaged(link, words, {}, now)
    grave = bool(GRAVE & set(changed))
    # The signs are not asked one by one here: words count where they say more than "not certain".
    heard = result.decision if words and result.decision > Urgency.ASK else Urgency.SELF_CARE
    urgency = max(heard, Urgency.ASK if grave else Urgency.SELF_CARE)
    if urgency is Urgency.SELF_CARE or Report.objects.filter(pk=row_id(row, "report")).exists():
        return
    report = Report(
        id=row_id(row, "report"),
        patient=link.patient,
        link=link,
        told_at=now,
        urgency=urgency.key,
        answers={f"changed-{one}": True for one in changed},
        told=words,
        triaged=triage_json(result),
    )
    telling.pass_on(link, report)


def _ask(request: HttpRequest, link: OwnLink, status: int = 200, error: str = "") -> HttpResponse:
    values = {
        "new_id": request.POST.get("id") or uuid4(),
        "typed": request.POST,
        "ticked": request.POST.getlist("changed"),
        "sore": SORE,
        "strengths": SCALE,
        "exercised": EXERCISED,
        "changes": [(one, one in GRAVE) for one in CHANGES],
        "error": error,
    }
    return own(request, link, "before.html", values, status)
