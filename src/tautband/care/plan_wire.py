"""A plan and a depth answer as JSON: ``tautband.plan/1`` and ``tautband.depth/1``."""

from collections.abc import Iterable
from typing import Any

from tautband.base.sources import bibliography
from tautband.care.plan import READER, Plan, PlannedTarget
from tautband.safety.people import Patient
from tautband.safety.planning.assess import LengthCap, NeedleAnswer
from tautband.safety.planning.depth import Judged, MeasuredDepth
from tautband.safety.planning.reasons import Reason
from tautband.safety.planning.shares import Share
from tautband.safety.planning.technique import Technique


def plan_json(plan: Plan) -> dict[str, Any]:
    """A plan, schema ``tautband.plan/1``."""
    every = [*plan.session.general, *(r for p in plan.targets for r in p.reasons)]
    return {
        "schema": "tautband.plan/1",
        "intended_reader": READER,
        "decision": plan.decision.key,
        "cause": plan.cause,
        "ask": list(plan.asks),
        "rules": [rule_json(r) for r in plan.session.general],
        "targets": [_target(p) for p in plan.targets],
        "home_plan": {
            "text": plan.home.text,
            "sports_event": plan.home.event,
            "advice": [
                {"muscle": a.muscle, "kind": a.kind, "text": a.text, "source": list(a.sources)}
                for a in plan.home.advice
            ],
        },
        "sources": sources_json(every),
        "versions": dict(plan.versions),
    }


def _target(planned: PlannedTarget) -> dict[str, Any]:
    muscle, recipe, needle = planned.target.muscle, planned.recipe, planned.needle
    return {
        "muscle": muscle.id,
        "name": muscle.name,
        "side": str(planned.target.side),
        "decision": planned.decision.key,
        "rules": [rule_json(r) for r in planned.reasons],
        "no_recipe": planned.no_recipe or None,
        "recipe": None
        if recipe is None
        else {
            "position": recipe.position,
            "grip": recipe.grip,
            "palpation": recipe.palpation,
            "entry": recipe.entry,
            "direction": recipe.direction,
            "technique": recipe.technique,
            "needle_length_mm": list(recipe.length_mm) if recipe.length_mm else None,
            "needle_gauge_mm": list(recipe.gauge_mm),
            "gauge_is_general": recipe.gauge_is_general,
            "further_training": recipe.restricted,
            "ultrasound_advised": recipe.ultrasound_advised,
            "source": list(recipe.sources),
            "confidence": str(recipe.confidence),
        },
        "at_risk": [
            {"structure": r.structure, "kind": r.kind, "text": r.text, "source": list(r.sources)}
            for r in muscle.at_risk
            if r.stated
        ],
        "needle": None if needle is None else _caps(needle),
    }


def depth_json(
    name: str, technique: Technique, patient: Patient, answer: NeedleAnswer
) -> dict[str, Any]:
    """A depth answer, schema ``tautband.depth/1``."""
    depth = answer.depth
    return {
        "schema": "tautband.depth/1",
        "intended_reader": READER,
        "decision": answer.decision.key,
        "muscle": name,
        "needle": {
            "length_mm": technique.needle_mm,
            "inserted_mm": technique.inserted_mm,
            "angle_deg": technique.angle_deg,
            "reach_mm": _round(depth.reach_mm),
        },
        "patient": {
            "sex": patient.sex and str(patient.sex),
            "bmi": _round(patient.bmi),
            "age": patient.age_years,
        },
        **_caps(answer),
        "rules": [rule_json(r) for r in answer.reasons],
        "measured": [_judged(j) for j in depth.judged],
        "joined": [
            {
                "studies": list(j.studies),
                "mean_mm": _round(j.mean_mm),
                "between_study_sd_mm": _round(j.between_sd_mm),
                "share": share_json(j.share),
            }
            for j in depth.joined
        ],
        "worst": share_json(depth.worst),
        "sources": sources_json(answer.reasons, depth),
    }


def _caps(answer: NeedleAnswer) -> dict[str, Any]:
    return {
        "length_cap": _cap(answer.length_cap),
        "longest_needle_sold_mm": answer.longest_standard_mm,
        "depth_cap": _cap(answer.depth_cap),
        "smallest_published_mm": _round(answer.depth.guard_mm),
        "smallest_published_by": answer.depth.guard_from or None,
    }


def _cap(cap: LengthCap | None) -> dict[str, Any] | None:
    if cap is None:
        return None
    return {
        "mm": _round(cap.mm),
        "below": cap.below,
        "why": cap.why,
        "source": list(cap.sources),
    }


def _judged(judged: Judged) -> dict[str, Any]:
    m = judged.measurement
    return {
        "id": m.id,
        "site": m.site,
        "structure": m.structure,
        "role": m.role,
        "endpoint": m.endpoint,
        "approach": m.approach,
        "posture": m.posture,
        "method": m.method,
        "n": m.n,
        "mean_mm": m.mean_mm,
        "sd_mm": m.sd_mm,
        "min_mm": m.min_mm,
        "max_mm": m.max_mm,
        "text": m.text,
        "share": share_json(judged.share),
        "no_figure": judged.no_figure or None,
        "not_like_this": list(judged.outside),
        "guards": judged.guards,
        "contradicts": list(m.contradicts),
        "source": list(m.sources),
        "confidence": str(m.confidence),
    }


def share_json(share: Share | None) -> dict[str, Any] | None:
    """A share in whole people, with its words."""
    if share is None:
        return None
    return {
        "words": share.words,
        "people": None if share.none_seen else share.point,
        "fewer_than_one_in": share.of + 1 if share.none_seen else None,
        "low": share.low,
        "high": share.high,
        "of": share.of,
    }


def rule_json(reason: Reason) -> dict[str, Any]:
    """A rule that spoke: ``id``, ``why``, ``source``."""
    return {
        "id": reason.id,
        "decision": reason.decision.key,
        "why": reason.why,
        "source": list(reason.sources),
        "confidence": str(reason.confidence),
    }


def sources_json(
    reasons: Iterable[Reason], depth: MeasuredDepth | None = None
) -> dict[str, dict[str, str]]:
    """Every source that is named, with its citation and how far it was read."""
    keys = [key for reason in reasons for key in reason.sources]
    if depth is not None:
        keys += [key for j in depth.judged for key in j.measurement.sources]
    known = bibliography()
    return {
        key: {"citation": known[key].citation, "url": known[key].url, "seen": str(known[key].seen)}
        for key in sorted(set(keys))
        if key in known
    }


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
