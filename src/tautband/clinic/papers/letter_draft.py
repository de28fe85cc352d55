"""A first draft of a letter, from what was recorded alone; the clinician edits every word of it."""

from collections.abc import Iterable
from datetime import datetime

from tautband.clinic import catalogue
from tautband.clinic.papers import course, findings
from tautband.clinic.papers.paper import Words
from tautband.clinic.record.models import (
    AdverseEvent,
    Assessment,
    Goal,
    LedgerEntry,
    Plan,
    PlanTarget,
    Reaction,
    Screening,
    Session,
)
from tautband.clinic.visit_pages.showing import last_shown


def draft(words: Words, now: datetime) -> dict[str, str]:
    """Text by section of a note; a section of which nothing was recorded is empty."""
    return {
        "subjective": _reason(words),
        "objective": _found(words, now),
        "assessment": _course(words, now),
        "procedure": _done(words),
        "plan": _proposed(words),
    }


def _reason(words: Words) -> str:
    at = words.at
    goals = [str(one.words) for one in Goal.objects.filter(episode=at.episode)]
    return _joined(
        words.t(
            "draft-reason",
            name=at.patient.name,
            complaint=str(at.episode.title),
            day=words.day(at.episode.began_on),
        ),
        at.episode.onset_told and words.t("draft-onset", told=str(at.episode.onset_told)),
        goals and words.t("draft-goals", goals="; ".join(goals)),
    )


def _found(words: Words, now: datetime) -> str:
    assessed = findings.assessments(words, now)
    told = [_examined(words, assessed[-1])] if assessed else []
    return "\n\n".join(part for part in (*told, _screened(words)) if part)


def _examined(words: Words, one: Assessment) -> str:
    muscles = [
        words.t("draft-muscle", muscle=muscle, side=side, signs=present)
        for muscle, side, present, _ in findings.signs(words, one)
        if present
    ]
    values = [
        words.t("draft-value", what=" ".join(part for part in (what, side) if part), value=value)
        for what, side, value, _ in findings.measured(words, one)
        if value
    ]
    return _joined(
        muscles and words.t("draft-found", day=words.day(one.held_at), found="; ".join(muscles)),
        values and words.t("draft-measured", values="; ".join(values)),
        one.impression and words.t("draft-impression", told=str(one.impression)),
    )


def _screened(words: Words) -> str:
    """What was asked before needling, and the red flags that the pain drawing raised."""
    rows = Screening.objects.filter(episode=words.at.episode).order_by("-answered_at")
    screening, ranking = rows.first(), last_shown(words.at, "ranking")
    flags = [str(one["title"]) for one in ranking.answer["red_flags"]] if ranking else []
    asked = screening and words.t(
        "draft-screened",
        day=words.day(screening.answered_at),
        decision=catalogue.text(f"visit-decision-{screening.decision}", words.locale),
    )
    flagged = flags and words.t("draft-flags", flags="; ".join(flags))
    none = ranking and not flags and words.t("draft-no-flags", day=words.day(ranking.shown_at))
    return _joined(asked, flagged, none)


def _course(words: Words, now: datetime) -> str:
    return _joined(
        *(
            words.t(
                "draft-course",
                measure=one.name,
                first=f"{one.first:.3g}",
                last=f"{one.last:.3g}",
                begun=str(one.scores[0][0]),
                ended=str(one.scores[-1][0]),
            )
            for one in course.courses(words, now)
            if len(one.scores) > 1
        )
    )


def _done(words: Words) -> str:
    rows = Session.objects.filter(episode=words.at.episode, state="closed")
    sessions = list(rows.order_by("began_at"))
    if not sessions:
        return ""
    places = LedgerEntry.objects.filter(session__in=sessions, kind="insertion").order_by("at")
    muscles = dict.fromkeys(places.values_list("muscle", "side"))
    named = (f"{words.muscle(muscle)} {words.side(side)}".strip() for muscle, side in muscles)
    needled = words.t(
        "draft-needled",
        sessions=len(sessions),
        begun=words.day(sessions[0].began_at),
        ended=words.day(sessions[-1].began_at),
        needles=sum(one.needles or 0 for one in sessions),
        insertions=sum(one.insertions or 0 for one in sessions),
        muscles=", ".join(named),
    )
    return _joined(needled, *_reactions(words, sessions), *_events(words))


def _reactions(words: Words, sessions: list[Session]) -> Iterable[str]:
    """What was told after needling, counted over the sessions in which it was asked."""
    told = list(Reaction.objects.filter(session__in=sessions))
    asked = len({one.session_id for one in told})
    if not asked:
        return
    for kind in dict.fromkeys(one.kind for one in told if one.kind != "none"):
        after = len({one.session_id for one in told if one.kind == kind})
        yield words.t("draft-reaction", kind=words.event(kind), after=after, asked=asked)
    if all(one.kind == "none" for one in told):
        yield words.t("draft-no-reaction", asked=asked)


def _events(words: Words) -> Iterable[str]:
    rows = AdverseEvent.objects.filter(session__episode=words.at.episode).order_by("began_at")
    for one in rows:
        kind = words.event(one.kind)
        yield words.t("draft-event", kind=kind, grade=one.grade, day=words.day(one.began_at))


def _proposed(words: Words) -> str:
    plan = Plan.objects.filter(episode=words.at.episode).order_by("-written_at").first()
    if plan is None:
        return ""
    beside = list(dict.fromkeys(str(one).rstrip(".") for one in plan.complementary or []))
    return _joined(
        _needling(words, plan),
        beside and words.t("draft-beside", beside="; ".join(beside)),
        plan.review_on and words.t("draft-review", day=words.day(plan.review_on)),
    )


def _needling(words: Words, plan: Plan) -> str:
    """How many sessions are meant; a plan that leaves every muscle out means none."""
    targets = PlanTarget.objects.filter(plan=plan)
    if targets.exists() and not targets.filter(dropped=False).exists():
        decision = catalogue.text(f"visit-decision-{plan.decision}", words.locale)
        return words.t("draft-no-needling", decision=decision)
    planned = plan.sessions_planned
    return words.t("draft-sessions", sessions=planned) if planned else ""


def _joined(*sentences: object) -> str:
    """The sentences that there are: what was not recorded is no text."""
    told = [one for one in sentences if isinstance(one, str) and one]
    return " ".join(one[0].upper() + one[1:] for one in told)
