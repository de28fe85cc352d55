"""A muscle that a session goes for: what the rules say now, and who may go on all the same.

Credentials, screening, limits and the whole session are asked when a muscle is added, not after it
was needled.  What the rules call *not today* or *not here* may be overridden with a written reason
by a clinician who may needle; *do not needle*, and what stops the whole session, may not: that is
for the clinic's written policy.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tautband.base.errors import InputError
from tautband.clinic.people.needling import is_student
from tautband.clinic.record.models import PlanTarget, Session, SessionTarget
from tautband.clinic.record.services import keeping
from tautband.clinic.visit_pages.door import Visit
from tautband.clinic.visit_pages.plan_rows import stops, target_key, why_not
from tautband.clinic.visit_pages.planning import Asked, work_out
from tautband.reasoning.knowledge import load_knowledge
from tautband.safety.decision import Decision

LEAST_REASON = 10
_KEPT = ("name", "decision", "rules", "no_recipe", "recipe", "needle", "at_risk")


@dataclass(frozen=True)
class Judged:
    """What the rules say of one muscle: its part of the advice, and what it takes to go on.

    ``stop`` is why it is not needled; ``is_final`` when no reason changes that; ``asks`` are the
    questions that a reason answers.
    """

    muscle: str
    side: str
    told: dict[str, Any]
    stop: str
    is_final: bool
    asks: tuple[str, ...]

    @property
    def needs_reason(self) -> bool:
        """True when it takes a written reason."""
        return bool(self.stop or self.asks)

    def as_dict(self) -> dict[str, Any]:
        """As the page takes it."""
        return {
            "muscle": self.muscle,
            "side": self.side,
            "name": self.told["name"],
            "decision": self.told["decision"],
            "stop": self.stop,
            "is_final": self.is_final,
            "asks": list(self.asks),
            "caps": caps(self.told),
        }


def judge(at: Visit, chosen: list[tuple[str, str]]) -> list[Judged]:
    """What the rules say of muscles on their sides, judged together.  Raises InputError."""
    if not chosen:
        return []
    muscles = load_knowledge().atlas.muscles
    unknown = [muscle for muscle, _ in chosen if muscle not in muscles]
    if unknown:
        raise InputError("muscle", f"'{unknown[0][:60]}' is not known", "a muscle of the atlas")
    words = ", ".join(f"{muscle.replace('_', ' ')} {side}" for muscle, side in chosen)
    advice, _ = work_out(at, Asked(words, cause=at.episode.cause))
    return [_judged(advice, target) for target in advice["targets"]]


def _judged(advice: dict[str, Any], target: dict[str, Any]) -> Judged:
    stop = why_not(advice, target)
    strictest = Decision.of(target["decision"])
    is_final = bool(stops(advice["rules"])) or strictest >= Decision.DO_NOT_NEEDLE
    rules = [*advice["rules"], *target["rules"]]
    asks = tuple(dict.fromkeys(r["why"] for r in rules if r["decision"] == "ask"))
    return Judged(target["muscle"], target["side"], target, stop, bool(stop) and is_final, asks)


def add(
    at: Visit, session: Session, target: UUID, chosen: tuple[str, str], reason: str
) -> Judged | SessionTarget:
    """Add a muscle to the session, or answer what it takes to add it.

    A reason that the kept plan gave for the muscle counts.  Raises InputError.
    """
    had = SessionTarget.objects.filter(session=session, muscle=chosen[0], side=chosen[1]).first()
    if had is not None:
        return had
    (judged,) = judge(at, [chosen])
    given = reason.strip() or planned_reason(session, judged)
    if judged.is_final or (judged.stop and is_student(at.seat.roles)):
        return judged
    if judged.needs_reason and len(given) < LEAST_REASON:
        return judged
    return keeping.add(
        at.seat,
        SessionTarget(
            id=target,
            session=session,
            muscle=judged.muscle,
            side=judged.side,
            decision=judged.told["decision"],
            is_override=bool(judged.stop),
            reason=given if judged.needs_reason else "",
            safety={name: judged.told.get(name) for name in _KEPT},
        ),
    )


def planned_reason(session: Session, judged: Judged) -> str:
    """Why the session's plan needles the muscle; empty where it does not, or a stop came since."""
    if session.plan is None or judged.stop:
        return ""
    kept = PlanTarget.objects.filter(plan=session.plan, dropped=False)
    named = {f"{one.muscle}:{one.side}" for one in kept}
    is_in = target_key({"muscle": judged.muscle, "side": judged.side}) in named
    return str(session.plan.why) if is_in else ""


def caps(told: dict[str, Any]) -> dict[str, Any]:
    """The limits of needle and depth in millimetres, None where there is none, and their risks."""
    needle = told.get("needle") or {}

    def millimetres(name: str) -> float | None:
        cap = needle.get(name)
        return cap["mm"] if cap else None

    return {
        "length_mm": millimetres("length_cap"),
        "depth_mm": millimetres("depth_cap"),
        "smallest_published_mm": needle.get("smallest_published_mm"),
        "risks": [one["text"] for one in told.get("at_risk") or ()],
        "position": (told.get("recipe") or {}).get("position") or "",
        "direction": (told.get("recipe") or {}).get("direction") or "",
    }
