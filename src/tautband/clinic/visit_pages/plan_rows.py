"""A plan and its targets as rows, from the advice (``tautband.plan/1``) that it stands on."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import uuid5

from django.db import transaction

from tautband.clinic.access import Seat
from tautband.clinic.record.models import Plan, PlanTarget
from tautband.clinic.record.services import keeping
from tautband.safety.decision import Decision

BLOCKS = Decision.NOT_TODAY
Target = Mapping[str, Any]


def target_key(target: Target) -> str:
    """A target's name on a form: its muscle and side."""
    return f"{target['muscle']}:{target['side']}"


def is_blocked(target: Target) -> bool:
    """True when a rule says not today or more, or there is no recipe: then it is not needled."""
    return Decision.of(target["decision"]) >= BLOCKS or target["recipe"] is None


def manual_therapy(advice: Mapping[str, Any]) -> list[str]:
    """What the advice offers besides needling, by hand."""
    offered = advice["home_plan"]["advice"]
    return [one["text"] for one in offered if one["kind"] == "manual therapy"]


def keep_plan(seat: Seat, plan: Plan, needled: Collection[str]) -> Plan:
    """Store a plan with all targets of its advice, those left out whose key is not `needled`."""
    with transaction.atomic():
        stored = keeping.add(seat, plan)
        for place, target in enumerate(plan.advised["targets"], start=1):
            row = PlanTarget(
                id=uuid5(stored.pk, target_key(target)),
                plan=stored,
                place=place,
                muscle=target["muscle"],
                side=target["side"],
                decision=target["decision"],
                safety={name: target[name] for name in ("rules", "no_recipe", "recipe", "needle")},
                dropped=target_key(target) not in needled,
            )
            keeping.add(seat, row)
    return stored
