"""A screening and its questionnaire as plain data; ``docs/developers/json.md`` has the fields."""

from typing import Any

from tautband.base.sources import bibliography
from tautband.care.screen import Screened, to_ask
from tautband.safety.screening.questions import Question
from tautband.safety.screening.rules import Compiled, Knowledge, with_guidelines
from tautband.safety.screening.screening import Judged, JudgedMuscle, Reason

SCREEN_SCHEMA = "tautband.screen/1"
QUESTIONS_SCHEMA = "tautband.questions/1"


def screening_json(screened: Screened) -> dict[str, Any]:
    """A screening by schema ``tautband.screen/1``."""
    screening, answers = screened.screening, screened.answers
    questions = screened.known.questions
    return {
        "schema": SCREEN_SCHEMA,
        "synthetic": answers.synthetic,
        "decision": screening.decision.key,
        "interrupts": screening.interrupts,
        "patient": _judged(screening.patient),
        "regions": [
            {**_judged(r), "region": r.key.rpartition(":")[0], "side": r.key.rpartition(":")[2]}
            for r in screening.regions
        ],
        "muscles": [_muscle(m) for m in screening.muscles],
        "techniques": [
            {**_judged(t), "technique": t.key, "planned": t.key in screening.planned}
            for t in screening.techniques
        ],
        "rules": [_reason(r, screened.known) for r in screening.reasons],
        "missing": [
            {
                "question": key,
                "patient": questions[key].patient,
                "clinician": questions[key].clinician,
            }
            for key in to_ask(screened)
        ],
        "medicines": [
            {
                "typed": m.typed,
                "how": str(m.how),
                "medicine": m.drug or None,
                "classes": sorted(m.classes),
                "atc": screened.known.lexicon.drugs[m.drug].atc or None if m.drug else None,
                "did_you_mean": list(m.suggestions),
            }
            for m in answers.medicines
        ],
        "carried": list(answers.carried),
        "policy": {"name": screening.policy, "changes": list(screening.changes)},
    }


def questions_json(known: Knowledge, again: bool = False) -> dict[str, Any]:
    """The questionnaire by schema ``tautband.questions/1``; the short form when ``again``."""
    listed = [q for q in known.questions.values() if q.again or not again]
    return {
        "schema": QUESTIONS_SCHEMA,
        "form": "return visit" if again else "first visit",
        "questions": [_question(q, again) for q in listed],
    }


def rule_json(compiled: Compiled, known: Knowledge) -> dict[str, Any]:
    """One rule with its classes by guideline and its sources in full."""
    rule = compiled.rule
    fact = with_guidelines(rule, known.guidelines)
    return {
        "id": rule.id,
        "scope": rule.scope,
        "technique": rule.technique or None,
        "when": rule.when,
        "unless": rule.unless or None,
        "mitigated": rule.mitigated if rule.unless else None,
        "can_kill": rule.can_kill,
        "quiet": rule.quiet or None,
        "why": rule.text,
        "do": rule.do,
        "confidence": str(fact.confidence),
        "guidelines": [
            {
                "guideline": key,
                "name": known.guidelines[key].name,
                "kind": known.guidelines[key].kind,
                "said": c.said,
                "decision": c.decision,
            }
            for key, c in rule.classes.items()
        ],
        "sources": [
            {
                "key": key,
                "citation": bibliography()[key].citation,
                "url": bibliography()[key].url,
                "read": str(bibliography()[key].seen),
            }
            for key in fact.sources
        ],
    }


def _question(question: Question, again: bool) -> dict[str, Any]:
    return {
        "key": question.key,
        "section": question.section,
        "kind": question.kind,
        "by": question.by,
        "patient": question.again if again else question.patient,
        "clinician": question.clinician,
        "choices": list(question.choices),
        "unit": question.unit or None,
        "low": question.low,
        "high": question.high,
        "asked_when": question.asked_when or None,
        "lasts": question.lasts,
    }


def _judged(judged: Judged) -> dict[str, Any]:
    return {
        "name": judged.name,
        "decision": judged.decision.key,
        "own": judged.own.key,
        "rules": [r.id for r in judged.reasons],
    }


def _muscle(muscle: JudgedMuscle) -> dict[str, Any]:
    return {
        **_judged(muscle),
        "muscle": muscle.target.muscle,
        "side": str(muscle.target.side),
        "regions": sorted(f"{part}:{muscle.target.side}" for part in muscle.target.parts),
        "techniques": {key: d.key for key, d in muscle.techniques.items()},
    }


def _reason(reason: Reason, known: Knowledge) -> dict[str, Any]:
    books = bibliography()
    return {
        "id": reason.id,
        "scope": reason.scope,
        "where": reason.where or None,
        "technique": reason.technique or None,
        "decision": reason.decision.key,
        "truth": reason.truth.name.lower(),
        "why": reason.why,
        "about": reason.about or None,
        "do": reason.do,
        "source": "; ".join(books[k].citation for k in reason.sources if k in books),
        "sources": list(reason.sources),
        "guidelines": [
            {
                "guideline": key,
                "name": known.guidelines[key].name if key in known.guidelines else key,
                "said": said,
                "decision": decision.key,
            }
            for key, (said, decision) in reason.classes.items()
        ],
        "confidence": reason.confidence,
        "can_kill": reason.can_kill,
        "softened": reason.softened,
        "missing": list(reason.missing),
        "quiet": reason.quiet or None,
        "policy": reason.policy or None,
    }
