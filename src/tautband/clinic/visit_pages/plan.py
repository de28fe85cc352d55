"""Plan: the rules' advice for chosen muscles, and what the clinician keeps of it.

Two steps.  "Work it out" stores the advice as it is about to be shown; "keep" stores the plan on
that very advice.  A target on which a rule says not today, or more, is not kept as one to needle:
no word typed here overrides it, only the clinic's written screening policy changes a rule.  Where
the advice asks, the reason for going on has to be written.
"""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from tautband.base.errors import InputError
from tautband.clinic.policy import Action
from tautband.clinic.record.errors import NotFoundError
from tautband.clinic.record.models import Plan, PlanTarget, Screening, Shown
from tautband.clinic.record.services import keeping
from tautband.clinic.visit_pages import targets
from tautband.clinic.visit_pages.door import Visit, uuid_of, visit
from tautband.clinic.visit_pages.plan_rows import (
    BLOCKS,
    keep_plan,
    manual_therapy,
    target_key,
    why_not,
)
from tautband.clinic.visit_pages.planning import (
    NEEDLE_FIELDS,
    read_asked,
    read_date,
    red_flags,
    work_out,
)
from tautband.clinic.visit_pages.showing import keep_shown
from tautband.safety.decision import Decision

LONGEST_WORDS = 8000
LEAST_REASON = 10


@require_http_methods(["GET", "HEAD", "POST"])
@visit(Action.RECORD_WRITE)
def form(request: HttpRequest, at: Visit) -> HttpResponseBase:
    """Muscles and needle in, the advice of the rules out; then what of it is kept."""
    if request.method != "POST":
        return _page(request, at, None)
    try:
        if request.POST.get("step") == "keep":
            kept = _keep(request, at)
            return redirect("visit_plan", at.seat.clinic.pk, at.patient.pk, at.episode.pk, kept.pk)
        return _page(request, at, _advise(request, at))
    except InputError as error:
        return _page(request, at, _shown(request, at), error=str(error), status=422)


def _advise(request: HttpRequest, at: Visit) -> Shown:
    flags = red_flags(at)
    cleared = request.POST.get("cleared", "").strip()
    if flags and len(cleared) < LEAST_REASON:
        raise InputError(
            "red flags", "come first: " + "; ".join(flags), "how each of them was cleared, in words"
        )
    cause = request.POST.get("cause") or at.episode.cause
    asked = read_asked(request.POST, cause)
    answer, screening = work_out(at, asked)
    question = {
        **asked.as_dict(),
        "screening": str(screening.pk) if screening else None,
        "red_flags": flags,
        "cleared": cleared,
    }
    return keep_shown(at, "plan", question, answer)


def _shown(request: HttpRequest, at: Visit) -> Shown | None:
    """The advice that the form stands on, None when there is none yet."""
    posted = request.POST.get("shown", "")
    if not posted:
        return None
    found = keeping.find(at.seat, Shown, uuid_of({"shown": posted}, "shown"))
    if found.episode_id != at.episode.pk or found.kind != "plan":
        raise NotFoundError("advice of another episode")
    return found


def _page(
    request: HttpRequest, at: Visit, shown: Shown | None, *, error: str = "", status: int = 200
) -> HttpResponseBase:
    posted = request.POST
    by_hand = "\n".join(manual_therapy(shown.answer)) if shown else ""
    content = at.context(
        "plan",
        shown=shown,
        advice=shown.answer if shown else None,
        rows=_rows(request, shown) if shown else [],
        rules=_split(shown.answer["rules"]) if shown else None,
        suggested=targets.familiar(at),
        targets_typed=posted.get("targets") or targets.in_words(targets.suggested(at)),
        needle={name: posted.get(name, "") for name in NEEDLE_FIELDS},
        cause=posted.get("cause") or at.episode.cause,
        causes=("overuse", "trauma", "posture", "stress", "unknown"),
        flags=red_flags(at),
        cleared=posted.get("cleared", ""),
        complementary=posted.get("complementary", by_hand),
        home_plan=posted.get("home_plan", shown.answer["home_plan"]["text"] if shown else ""),
        why=posted.get("why", ""),
        sessions_planned=posted.get("sessions_planned", ""),
        review_on=posted.get("review_on", ""),
        plan_id=posted.get("id") or str(uuid4()),
        error=error,
        plans=_plans(at),
    )
    return render(request, "visit/plan_form.html", content, status=status)


def _plans(at: Visit) -> list[Plan]:
    rows = Plan.objects.in_clinic(at.seat.clinic).filter(episode=at.episode)
    return list(rows.select_related("written_by").order_by("-written_at")[:20])


def _rows(request: HttpRequest, shown: Shown) -> list[dict[str, Any]]:
    """The targets with whether they are needled: what is blocked cannot be ticked."""
    step = request.POST.get("step")
    ticked = set(request.POST.getlist("needle"))
    return [
        {
            **target,
            "key": target_key(target),
            "why_not": why_not(shown.answer, target),
            **_split(target["rules"]),
            "ticked": step != "keep" or target_key(target) in ticked,
        }
        for target in shown.answer["targets"]
    ]


def _split(rules: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Rules that must be seen, and those that may stand behind a fold."""
    return {
        "own": [r for r in rules if not _folded(r)],
        "folded": [r for r in rules if _folded(r)],
    }


def _folded(rule: dict[str, Any]) -> bool:
    """True for what only asks for care, and for what the screening's page has asked already."""
    decision = Decision.of(rule["decision"])
    from_screening = str(rule["id"]).startswith("screening:")
    return decision <= Decision.PRECAUTION or (from_screening and decision < BLOCKS)


def _keep(request: HttpRequest, at: Visit) -> Plan:
    shown = _shown(request, at)
    if shown is None:
        raise InputError("plan", "was not worked out", "first 'work it out'")
    advice, posted = shown.answer, request.POST
    needled = [t for t in advice["targets"] if target_key(t) in set(posted.getlist("needle"))]
    for target in needled:
        if stop := why_not(advice, target):
            raise InputError(
                f"{target['name']} {target['side']}",
                "is not to be needled: " + stop,
                "leave it out; only the clinic's written policy changes a rule",
            )
    why = _words(posted.get("why", ""))
    _check_reason(advice, needled, why)
    plan = Plan(
        id=uuid_of({"id": posted.get("id")}, "id"),
        episode=at.episode,
        screening=_screening(at, shown),
        advised=advice,
        decision=advice["decision"],
        complementary=[w.strip() for w in _lines(posted.get("complementary", "")) if w.strip()],
        home_plan=_words(posted.get("home_plan", "")),
        why="\n".join(part for part in (why, _cleared(shown)) if part),
        sessions_planned=_count(posted.get("sessions_planned", "")),
        review_on=read_date("review_on", posted.get("review_on", "")),
    )
    return keep_plan(at.seat, plan, {target_key(t) for t in needled})


def _check_reason(advice: dict[str, Any], needled: list[dict[str, Any]], why: str) -> None:
    """Where the advice asks, going on needs its reason in words; a stop for all is no question."""
    if not needled:
        return
    whole = max((Decision.of(r["decision"]) for r in advice["rules"]), default=Decision.PROCEED)
    if whole >= BLOCKS:
        stops = [r["why"] for r in advice["rules"] if Decision.of(r["decision"]) >= BLOCKS]
        raise InputError("plan", "is stopped: " + " ".join(stops), "nothing to needle today")
    asks = [t["name"] for t in needled if Decision.of(t["decision"]) >= Decision.ASK]
    if whole >= Decision.ASK and not asks:
        asks = ["the whole plan"]
    if asks and len(why) < LEAST_REASON:
        raise InputError(
            "why", "is empty, but the rules ask at " + ", ".join(asks),
            "what was asked, what the answer was, and why it is right to go on",
        )  # fmt: skip


def _cleared(shown: Shown) -> str:
    told = shown.asked.get("cleared", "")
    return f"Red flags ({'; '.join(shown.asked['red_flags'])}): {told}" if told else ""


def _screening(at: Visit, shown: Shown) -> Screening | None:
    told = shown.asked.get("screening")
    return keeping.find(at.seat, Screening, UUID(told)) if told else None


def _words(typed: str) -> str:
    if len(typed) > LONGEST_WORDS:
        raise InputError("text", "is too long", f"at most {LONGEST_WORDS} signs")
    return typed.replace("\r\n", "\n").strip()


def _lines(typed: str) -> list[str]:
    return _words(typed).splitlines()


def _count(typed: str) -> int | None:
    if not typed.strip():
        return None
    if not typed.strip().isdecimal():
        raise InputError("sessions_planned", f"are '{typed[:10]}'", "a whole number, such as 6")
    return int(typed.strip()[:6])


@require_safe
@visit(Action.RECORD_READ)
def page(request: HttpRequest, at: Visit, plan: UUID) -> HttpResponseBase:
    """A plan as it was kept, with the advice it rests on."""
    found = keeping.read(at.seat, Plan, plan)
    if found.episode_id != at.episode.pk:
        raise NotFoundError("a plan of another episode")
    names = {target_key(t): t["name"] for t in found.advised["targets"]}
    kept = PlanTarget.objects.in_clinic(at.seat.clinic).filter(plan=found).order_by("place")
    rows = [
        {
            "name": names.get(f"{one.muscle}:{one.side}", one.muscle),
            "side": one.side,
            "decision": one.decision,
            "dropped": one.dropped,
            "needle": (one.safety or {}).get("needle"),
        }
        for one in kept
    ]
    content = at.context(
        "plan",
        plan=found,
        rows=rows,
        is_needled=any(not one["dropped"] for one in rows),
        advice=found.advised,
        writes=at.seat.may(Action.RECORD_WRITE),
    )
    return render(request, "visit/plan.html", content)
