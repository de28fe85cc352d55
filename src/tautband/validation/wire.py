"""The results as plain data; ``docs/developers/json.md`` describes the fields."""

from math import isfinite
from typing import Any

from tautband.validation.intervals import Estimate
from tautband.validation.published import Comparison, Outcome
from tautband.validation.ranks import NOT_FOUND
from tautband.validation.simulated import WorldResult
from tautband.validation.whole import Results

SCHEMA = "tautband.validate/1"


def results_json(results: Results) -> dict[str, Any]:
    """Results by schema ``tautband.validate/1``; a part that was not run is null."""
    plan = results.plan
    return {
        "schema": SCHEMA,
        "versions": {"body": results.body, "atlas": results.atlas, "model": results.model},
        "patients": plan.patients,
        "resamples": plan.resamples,
        "seed": plan.seed,
        "muscles": results.muscles,
        "synthetic": None if results.worlds is None else [_world(w) for w in results.worlds],
        "groups": None
        if results.groups is None
        else {
            "summary": [_comparison(c) for c in results.groups.comparisons],
            "patterns": [
                {"n": g.row.n, "method": g.row.method, **_outcome(g.outcome)}
                for g in results.groups.outcomes
            ],
            "left_out": [{"what": x.what, "why": x.why} for x in results.groups.data.left_out],
        },
        "cases": None
        if results.cases is None
        else {
            "summary": [_comparison(c) for c in results.cases.comparisons],
            "cases": [
                {
                    "half": c.case.half,
                    "collection": c.case.collection,
                    "grade": c.case.grade,
                    "treated": list(c.case.treated),
                    **_outcome(c.outcome),
                }
                for c in results.cases.outcomes
            ],
            "not_run": results.cases.not_run,
            "left_out": [{"what": x.what, "why": x.why} for x in results.cases.data.left_out],
        },
    }


def _world(result: WorldResult) -> dict[str, Any]:
    found = result.calibration
    return {
        "world": result.world.name,
        "told": str(result.told),
        "patients": found.patients,
        "calibration_error": _estimate(found.error),
        "calibration_error_by_chance": found.error_by_chance,
        "brier": _estimate(found.brier),
        "skill": _estimate(found.skill),
        "brier_parts": vars(found.parts),
        "top": {str(k): _estimate(v) for k, v in found.top.items()},
        "mrr": _estimate(found.mrr),
        "bound_above_0.001": result.wide,
        "bins": [
            {
                "low": b.low,
                "high": b.high,
                "count": b.count,
                "predicted": b.predicted,
                "observed": _estimate(b.observed),
            }
            for b in found.bins
        ],
    }


def _comparison(comparison: Comparison) -> dict[str, Any]:
    methods = {
        name: {
            "top": {str(k): _estimate(v) for k, v in ranks.top.items()},
            "mrr": _estimate(ranks.mrr),
        }
        for name, ranks in comparison.ranks.items()
    }
    return {
        "name": comparison.name,
        "count": comparison.count,
        "sources": comparison.sources,
        "methods": methods,
        "chance": {
            "top": {str(k): v for k, v in comparison.chance.top.items()},
            "mrr": comparison.chance.mrr,
        },
        "model_minus": {
            name: {
                "top": {str(k): _estimate(v) for k, v in diff.top.items()},
                "mrr": _estimate(diff.mrr),
            }
            for name, diff in comparison.against.items()
        },
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "id": outcome.id,
        "text": outcome.text,
        "muscles": list(outcome.right),
        "no_record": list(outcome.missing),
        "source": outcome.source,
        "circular": outcome.circular,
        "rank": {m: None if r == NOT_FOUND else r for m, r in outcome.rank.items()},
        "probability": outcome.probability,
        "shown": outcome.shown,
        "reasons": [{"kind": r.kind, "text": r.text} for r in outcome.reasons],
    }


def _estimate(found: Estimate) -> dict[str, float | None]:
    return {
        name: value if isfinite(value) else None
        for name, value in (("value", found.value), ("low", found.low), ("high", found.high))
    }
