"""Evidence as every face shows it: sheets, claims and checks as plain data."""

from typing import Any

from tautband.atlas.presentations import find_presentation
from tautband.base.errors import InputError
from tautband.base.sources import bibliography
from tautband.care.wire import cited
from tautband.evidence.checks import findings
from tautband.evidence.claims import Claim
from tautband.evidence.effects import Measure
from tautband.evidence.mechanism import Mechanism
from tautband.evidence.moderators import Moderators, class_of
from tautband.evidence.pool import Interval, Pool
from tautband.evidence.question import Answer
from tautband.evidence.reviews import load_reviews
from tautband.evidence.sheets import Answered, Sheet, load_sheets
from tautband.evidence.trials import Trial, load_trials, seen
from tautband.text.near import close_names

SHEET_SCHEMA = "tautband.sheet/1"
AXES = {
    Measure.MD: "points on 0-10; left of the line favours needling",
    Measure.SMD: "Hedges' g; left of the line favours needling",
    Measure.GENERIC: "effect",
}


def find_sheet(condition: str) -> Sheet:
    """The sheet of a condition, by any of its names; raises InputError with close ones."""
    sheets = load_sheets()
    wanted = "_".join(condition.strip().lower().replace("-", " ").split())
    if wanted in sheets:
        return sheets[wanted]
    try:  # another name of the condition: "tennis elbow"
        named = find_presentation(condition).id
    except InputError:
        named = ""
    if named in sheets:
        return sheets[named]
    close = close_names(wanted, sheets) or [k for k in sheets if wanted and wanted in k]
    right = "one that 'tautband evidence list' shows"
    raise InputError("condition", f"'{condition[:60]}' has no evidence sheet", right, close)


def sheet_json(sheet: Sheet) -> dict[str, Any]:
    """A sheet by schema ``tautband.sheet/1``."""
    frequencies = sheet.frequencies
    return {
        "schema": SHEET_SCHEMA,
        "condition": sheet.condition,
        "title": sheet.title,
        "version": sheet.version,
        "patient": {
            "say": list(sheet.patient),
            "unknown": sheet.patient_unknown,
            "of_100": vars(sheet.of_100) if sheet.of_100 else None,
            "of_100_sentence": of_100_sentence(sheet) or None,
            "of_100_rests_on": frequencies.text if frequencies else None,
            "important_points": frequencies.important if frequencies else None,
            "needled": frequencies.needled if frequencies else None,
            "others": frequencies.others if frequencies else None,
        },
        "clinician": {"say": list(sheet.clinician), "unknown": list(sheet.unknown)},
        "questions": [_answered(one) for one in sheet.answered],
        "published": [
            {
                "review": review.name,
                "people": pool.people or review.people,
                "outcome": pool.measure,
                "against": pool.against,
                "when": pool.when,
                "metric": pool.metric,
                "estimate": pool.estimate,
                "ci": list(pool.ci) if pool.ci else None,
                "i2": pool.i2,
                "grade": pool.grade or None,
                "wrong": pool.wrong or None,
                "source": _source(review.source),
            }
            for review, pool in sheet.quoted
        ],
    }


def of_100_sentence(sheet: Sheet) -> str:
    """The icon array in words, or nothing where there is none."""
    of_100, told = sheet.of_100, sheet.frequencies
    if of_100 is None or told is None:
        return ""
    more = of_100.needled - of_100.without
    gain = f"{more} of 100 do better" if more >= 0 else f"{-more} of 100 do worse"
    return (
        f"Of 100 people like this, about {of_100.without} get better by {told.important:g} points "
        f"of 10 {told.others}, and about {of_100.needled} {told.needled}; it may be {of_100.low} "
        f"to {of_100.high}. So about {gain} with the needle."
    )


def _answered(one: Answered) -> dict[str, Any]:
    certainty = one.asked.certainty
    return {
        "outcome": one.asked.outcome,
        "against": one.asked.against,
        "window": str(one.asked.window),
        "measure": str(one.answer.question.measure),
        "certainty": {
            "level": certainty.level,
            "by": certainty.by,
            "date": certainty.date,
            "domains": [
                {"domain": d.domain, "down": d.down, "why": d.why} for d in certainty.domains
            ],
        },
        **answer_json(one.answer),
    }


def answer_json(answer: Answer) -> dict[str, Any]:
    """The pool of a question with every row, used or not."""
    return {
        "notes": list(answer.notes),
        "pool": _pool(answer.pool) if answer.pool else None,
        "rows": [
            {
                "trial": u.trial.id,
                "name": u.trial.name,
                "estimate": u.effect.estimate,
                "se": u.effect.se,
                "converted": list(u.effect.marks),
                "weeks": u.result.weeks,
                "measure": u.result.measure,
                "comparator": u.trial.comparator,
                "place": u.result.place,
                "source": _source(u.result.source),
            }
            for u in answer.used
        ],
        "left_out": [
            {
                "trial": one.trial.id,
                "name": one.trial.name,
                "measure": one.result.measure,
                "weeks": one.result.weeks,
                "why": one.why,
                "source": _source(one.result.source),
            }
            for one in answer.left_out
        ],
    }


def _pool(pool: Pool) -> dict[str, Any]:
    return {
        "k": pool.k,
        "estimate": pool.estimate,
        "se": pool.se,
        "ci": _ends(pool.ci),
        "prediction_interval": _ends(pool.prediction),
        "tau2": pool.tau2,
        "i2": pool.i2,
    }


def moderators_json(found: Moderators) -> dict[str, Any]:
    """What goes with the effect on pain, by schema ``tautband.moderators/1``."""
    egger = found.small_study
    return {
        "schema": "tautband.moderators/1",
        "note": found.note,
        "rows": [
            {
                "trial": u.trial.id,
                "class": class_of(u.trial),
                "weeks": u.result.weeks,
                "sessions": u.trial.sessions,
                "estimate": u.effect.estimate,
                "se": u.effect.se,
            }
            for u in found.rows
        ],
        "classes": [
            {
                "class": one.name,
                "trials": list(one.trials),
                "pool": _pool(one.pool) if one.pool else None,
            }
            for one in found.classes
        ],
        "slopes": [
            {
                "feature": one.feature,
                "k": one.k,
                "why_not": one.why_not or None,
                "coefficients": [
                    {"name": c.name, "estimate": c.estimate, "ci": _ends(c.ci), "p": c.p}
                    for c in (one.regression.coefficients if one.regression else ())
                ],
                "notes": list(one.regression.notes) if one.regression else [],
            }
            for one in found.slopes
        ],
        "small_study": {
            "why_not": found.why_no_small_study or None,
            "slope": egger.slope.estimate if egger else None,
            "p": egger.slope.p if egger else None,
        },
    }


def _ends(interval: Interval | None) -> list[float] | None:
    return [interval.low, interval.high] if interval else None


def _source(key: str) -> dict[str, str]:
    source = bibliography()[key]
    return {
        "key": key,
        "citation": source.citation,
        "seen": str(source.seen),
        "url": source.url,
    }


def claim_json(claim: Claim) -> dict[str, Any]:
    """A claim with its verdict and what was found."""
    return {
        "id": claim.id,
        "claim": claim.claim,
        "verdict": claim.verdict,
        "why": claim.why,
        "instead": claim.instead,
        "searched": claim.searched or None,
        "found": [
            {
                "speaks": f.speaks,
                "text": f.text,
                "confidence": str(f.confidence),
                "source": cited(f),
            }
            for f in claim.found
        ],
    }


def mechanism_json(mechanism: Mechanism) -> dict[str, Any]:
    """The mechanism sheet."""
    return {
        "steps": [
            {
                "id": s.id,
                "title": s.title,
                "kind": s.kind,
                "sureness": s.sureness,
                "patient": s.patient,
                "text": s.text,
                "confidence": str(s.confidence),
                "source": cited(s),
            }
            for s in mechanism.steps
        ],
        "differences": [
            {
                "aspect": d.aspect,
                "needling": d.needling,
                "acupuncture": d.acupuncture,
                "text": d.text,
                "confidence": str(d.confidence),
                "source": cited(d),
            }
            for d in mechanism.differences
        ],
    }


def check_json() -> dict[str, Any]:
    """All findings about printed figures, and how much of the data can be pooled."""
    trials = load_trials()
    return {
        "trials": len(trials),
        "rows": sum(len(t.results) for t in trials.values()),
        "reviews": len(load_reviews()),
        "sheets": len(load_sheets()),
        "findings": [
            {
                "trial": f.trial,
                "row": f.row,
                "measure": trials[f.trial].results[f.row].measure,
                "when": trials[f.trial].results[f.row].when,
                "kind": f.kind,
                "check": f.check,
                "text": f.text,
            }
            for trial in trials.values()
            for f in findings(trial)
        ],
        "held": [
            {"trial": t.id, "row": n, "measure": r.measure, "why": r.hold}
            for t in trials.values()
            for n, r in enumerate(t.results)
            if r.hold
        ],
        "published": [
            {"review": r.id, "measure": p.measure, "when": p.when, "text": p.wrong}
            for r in load_reviews().values()
            for p in r.pools
            if p.wrong
        ],
    }


def trial_json(trial: Trial) -> dict[str, Any]:
    """A trial in short."""
    return {
        "id": trial.id,
        "name": trial.name,
        "conditions": list(trial.conditions),
        "people": trial.people,
        "comparator": trial.comparator_text,
        "technique": trial.technique,
        "design": trial.design,
        "randomised": trial.randomised,
        "seen": str(seen(trial)),
        "results": len(trial.results),
    }
