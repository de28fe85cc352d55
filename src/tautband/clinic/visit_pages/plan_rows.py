"""A plan and its targets as rows, from the advice (``tautband.plan/1``) that it stands on."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import uuid5

from django.db import transaction

from tautband.clinic.access import Seat
from tautband.clinic.record.models import Plan, PlanTarget
from tautband.clinic.record.services import keeping
from tautband.safety.decision import Decision

BLOCKS = Decision.NOT_TODAY
NO_REASON = "The rules say no, and give no reason."
Target = Mapping[str, Any]


def target_key(target: Target) -> str:
    """A target's name on a form: its muscle and side."""
    return f"{target['muscle']}:{target['side']}"


def why_not(advice: Mapping[str, Any], target: Target) -> str:
    """Why a target of an advice is not needled; empty when it may be.

    A rule on the whole, on the target, or the want of a recipe stops it: for *not today* and more.
    """
    told = stops(advice["rules"]) or target["no_recipe"] or stops(target["rules"])
    is_open = Decision.of(target["decision"]) < BLOCKS and target["recipe"] is not None
    return told or ("" if is_open else NO_REASON)


def stops(rules: Iterable[Mapping[str, Any]]) -> str:
    """Why rules stop what they speak of; empty when none does."""
    return " ".join(r["why"] for r in rules if Decision.of(r["decision"]) >= BLOCKS)


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
