"""What the couch page is loaded with, and what a session holds at a moment, as plain data."""

from base64 import b64encode
from typing import Any

from django.urls import reverse
from django.utils.crypto import salted_hmac

from tautband.clinic.couch.targets import caps
from tautband.clinic.record.models import (
    ComparableSign,
    LedgerEntry,
    Needle,
    Reaction,
    Retest,
    Session,
    SessionTarget,
)
from tautband.clinic.visit_pages import targets
from tautband.clinic.visit_pages.door import Visit
from tautband.reasoning.knowledge import load_knowledge
from tautband.safety.events.taxonomy import load_taxonomy

MOST_AHEAD = 12
_SHOWN = (
    "id", "kind", "at", "needle_id", "about", "accounts_for", "muscle", "side", "point",
    "retained", "bent", "times", "twitches", "detected_by", "familiar_pain", "code",
)  # fmt: skip
# Kinds that somebody tells or shows on the couch, in the order of how often they are.
ON_THE_COUCH = (
    "pain_during", "bleeding", "bruise", "drowsiness", "nausea", "faint", "altered_emotions",
    "headache", "bent_needle", "broken_needle", "pneumothorax",
)  # fmt: skip


def page_data(at: Visit, session: Session) -> dict[str, Any]:
    """All that the page needs to work, also while the network is away."""
    base = [at.seat.clinic.pk, at.patient.pk, at.episode.pk, session.pk]
    names = load_taxonomy().kinds
    before = _last(at, session)
    return {
        "session": str(session.pk),
        "began_at": session.began_at.isoformat(),
        "key": _key(at, session),
        "needle": _needle(before),
        "held": held(session),
        "ahead": _ahead(at, session, before),
        "muscles": [
            {"id": one.id, "name": one.name}
            for one in sorted(load_knowledge().atlas.muscles.values(), key=lambda m: m.name)
        ],
        "last": counts_of(before) if before else [],
        "last_on": before.began_at.date().isoformat() if before else None,
        "sign": _sign(at),
        "kinds": [{"id": kind, "name": names[kind].name} for kind in ON_THE_COUCH],
        "urls": {
            "enter": reverse("session_enter", args=[at.seat.clinic.pk, session.pk]),
            "finish": reverse("session_finish", args=[at.seat.clinic.pk, session.pk]),
            "now": reverse("visit_couch_now", args=base),
            "target": reverse("visit_couch_target", args=base),
            "ahead": reverse("visit_couch_ahead", args=base),
            "retest": reverse("visit_couch_retest", args=base),
            "reaction": reverse("visit_couch_reaction", args=base),
            "done": reverse("visit_note", args=base),
        },
    }


def held(session: Session) -> dict[str, Any]:
    """Targets, needles, taps, retests and reactions that are stored, with the session's version."""
    entries = list(
        LedgerEntry.objects.filter(session=session).order_by("session_version").values(*_SHOWN)
    )
    rows = list(SessionTarget.objects.filter(session=session).order_by("written_at"))
    signs = list(Retest.objects.filter(session=session).order_by("written_at"))
    for one in (*rows, *signs):
        one.patient = session.patient
    return {
        "version": Session.objects.values_list("version", flat=True).get(pk=session.pk),
        "state": session.state,
        "targets": [target_json(one) for one in rows],
        "needles": [
            {"id": str(n.pk), "length_mm": n.length_mm, "gauge_mm": n.gauge_mm}
            for n in Needle.objects.filter(session=session)
        ],
        "entries": [_entry(one) for one in entries],
        "retests": [
            {"id": str(r.pk), "movement": r.movement, "when": r.when, "degrees": r.degrees,
             "pain": r.pain}
            for r in signs
        ],
        "reactions": [
            {"id": str(pk), "kind": kind}
            for pk, kind in Reaction.objects.filter(session=session).values_list("pk", "kind")
        ],
    }  # fmt: skip


def target_json(row: SessionTarget) -> dict[str, Any]:
    """A muscle of the session with its limits."""
    return {
        "muscle": row.muscle,
        "side": row.side,
        "name": row.safety.get("name") or row.muscle,
        "decision": row.decision,
        "is_override": row.is_override,
        "reason": row.reason,
        "caps": caps(row.safety),
    }


def _entry(values: dict[str, Any]) -> dict[str, Any]:
    needle, about = values.pop("needle_id"), values.pop("about")
    return {
        **values,
        "id": str(values["id"]),
        "at": values["at"].isoformat(),
        "needle": str(needle) if needle else None,
        "about": str(about) if about else None,
    }


def _ahead(at: Visit, session: Session, before: Session | None) -> list[dict[str, str]]:
    """Muscles that the plan and the last session point to, to be chosen with one tap."""
    found = [(one.muscle, one.side, one.name) for one in targets.suggested(at)]
    if before is not None:
        muscles = load_knowledge().atlas.muscles
        found += [
            (one["muscle"], one["side"], muscles[one["muscle"]].name)
            for one in counts_of(before)
            if one["muscle"] in muscles
        ]
    unique = dict.fromkeys(found)
    return [{"muscle": m, "side": s, "name": n} for m, s, n in unique][:MOST_AHEAD]


def _last(at: Visit, session: Session) -> Session | None:
    """The session before this one, of this complaint."""
    rows = Session.objects.in_clinic(at.seat.clinic).filter(episode=at.episode, state="closed")
    return rows.exclude(pk=session.pk).order_by("-began_at").first()


def counts_of(session: Session) -> list[dict[str, Any]]:
    """Needles, insertions and twitches of each muscle of a session; twitches None: not assessed."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    needles: dict[tuple[str, str], set[Any]] = {}
    for entry in LedgerEntry.objects.filter(session=session).exclude(muscle="").order_by("at"):
        key = (entry.muscle, entry.side)
        row = found.setdefault(
            key,
            {"muscle": entry.muscle, "side": entry.side, "needles": 0, "insertions": 0,
             "twitches": None},
        )  # fmt: skip
        if entry.kind == "insertion":
            row["insertions"] += 1
            needles.setdefault(key, set()).add(entry.needle_id)
            row["needles"] = len(needles[key])
        if entry.twitches is not None:
            row["twitches"] = max(row["twitches"] or 0, entry.twitches)
    return list(found.values())


def _needle(before: Session | None) -> dict[str, float | None]:
    """The needle that was used last, as the first choice."""
    last = Needle.objects.filter(session=before).first() if before else None
    return {
        "length_mm": last.length_mm if last else None,
        "gauge_mm": last.gauge_mm if last else None,
    }


def _sign(at: Visit) -> dict[str, Any] | None:
    """The comparable sign of the newest assessment."""
    row = (
        ComparableSign.objects.in_clinic(at.seat.clinic)
        .filter(assessment__episode=at.episode)
        .order_by("-written_at")
        .first()
    )
    if row is None:
        return None
    row.patient = at.patient
    return {"movement": row.movement, "degrees": row.degrees, "pain": row.pain}


def _key(at: Visit, session: Session) -> str:
    """The key of what waits on the device: of this person and this session, never stored there.

    Who signs in as somebody else cannot open what waits; the same person can, after a lock, a
    crash or a new sign-in.
    """
    mac = salted_hmac("tautband.couch", f"{at.seat.user.pk}:{session.pk}", algorithm="sha256")
    return b64encode(mac.digest()).decode()
