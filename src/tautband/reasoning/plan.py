"""What would be needled first, by a stated rule: the yardstick for when to stop examining."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tautband.atlas.atlas import Unit
from tautband.reasoning.network import Floats

# A muscle belongs to the plan when it is likelier active than not.
LIKELIER = 0.5


@dataclass(frozen=True)
class Plan:
    """Muscles that would be needled first, and whether another cause leads them all.

    The muscles at or above one half; when there is none, the likeliest one.  Muscles that are not
    needled belong to no plan.  Two plans are the same when both parts are.
    """

    muscles: frozenset[str]
    other_leads: bool
    words: str = field(default="", compare=False)


NO_PLAN = Plan(frozenset(), False)


def plan_of(units: Sequence[Unit], probability: Floats) -> Plan:
    """The plan that the probabilities (C,) of the units make."""
    muscles = {c: float(probability[c]) for c, u in enumerate(units) if _needled(u)}
    others = {c: float(probability[c]) for c, u in enumerate(units) if u.cause is not None}
    best = max(muscles, key=lambda c: (round(muscles[c], 9), -c))
    chosen = [c for c, p in muscles.items() if p >= LIKELIER] or [best]
    leads = max(others.values(), default=0.0) > muscles[best]
    names = ", ".join(f"{units[c].name} {units[c].side}" for c in sorted(chosen))
    words = f"First in the plan: {names}."
    if leads:
        first = max(others, key=lambda c: others[c])
        words = f"{units[first].name} {units[first].side} leads before any muscle; then {names}."
    return Plan(frozenset(units[c].key for c in chosen), leads, words)


def _needled(unit: Unit) -> bool:
    return unit.muscle is not None and unit.muscle.needling.status != "not needled"
