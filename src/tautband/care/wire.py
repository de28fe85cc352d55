"""The answers of this floor as plain data; ``docs/developers/json.md`` describes the fields."""

from collections.abc import Iterable
from typing import Any

from tautband.atlas.atlas import Atlas, Unit
from tautband.atlas.causes import RedFlag
from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.base.sources import Fact, bibliography
from tautband.body.drawing import to_json, to_runs
from tautband.care.examine import Examination
from tautband.care.locate import SCHEMA, Location, ReadSentence, Setting
from tautband.care.presentation import named
from tautband.reasoning.examination import Proposal
from tautband.reasoning.priors import Prior
from tautband.reasoning.ranking import Against, Candidate, Explained
from tautband.reasoning.widespread import Widespread

PROBABILITY_DIGITS = 6
EXAMINE_SCHEMA = "tautband.examine/2"


def location_json(location: Location) -> dict[str, Any]:
    """A location by schema ``tautband.locate/1``."""
    return {
        "schema": SCHEMA,
        "versions": vars(location.versions),
        "understood": [{"text": r.text, "meaning": r.meaning} for r in location.understood],
        "not_understood": list(location.not_understood),
        "red_flags": [_flag(f) for f in location.red_flags],
        "questions": [_flag(f) for f in location.questions],
        "widespread": _widespread(location.widespread),
        "candidates": [_candidate(c) for c in location.candidates],
        "other_causes": [_other(c) for c in location.other_causes],
        "unexplained": [_explained(e) for e in location.unexplained],
        "bound": location.bound,
        "setting": _setting(location.setting),
    }


def sentence_json(sentence: ReadSentence) -> dict[str, Any]:
    """A sentence as a drawing with what was understood."""
    return {
        "drawing": to_json(sentence.drawing),
        "understood": [{"text": r.text, "meaning": r.meaning} for r in sentence.understood],
        "not_understood": list(sentence.not_understood),
    }


def muscle_json(atlas: Atlas, muscle: str, side: str) -> dict[str, Any]:
    """Where a muscle's trigger points lie and refer to; raises InputError for an unknown one."""
    unit = unit_of(atlas, muscle, side)
    record = unit.muscle
    assert record is not None
    points = [p for p in record.trigger_points if p.stated]
    return {
        "id": record.id,
        "name": record.name,
        "side": str(unit.side),
        "synonyms": list(record.synonyms),
        "trigger_points": [
            {"id": p.id, "vertex": v} for p, v in zip(points, atlas.points(unit), strict=True)
        ],
        "zones": {kind: to_runs(atlas.zone(unit, kind)) for kind in ("main", "spill")},
        "summary": {
            "referral": " ".join(z.text for z in record.referral if z.stated),
            "needling": record.needling.status,
            "source": cited(*record.referral),
        },
    }


def unit_of(atlas: Atlas, muscle: str, side: str) -> Unit:
    """The unit of a muscle on a side; raises InputError that names the one which is wrong."""
    if side not in (Side.LEFT, Side.RIGHT):
        raise InputError("side", f"is '{side}'", "'left' or 'right'")
    key = f"{muscle}:{side}"
    if muscle not in atlas.muscles:
        raise InputError("muscle", f"'{muscle}' is not in the atlas", "a muscle's id")
    return atlas.unit[key]


def cited(*facts: Fact) -> str:
    """The sources of statements as one line, each once."""
    return _citations(key for fact in facts for key in fact.sources)


def _citations(named: Iterable[str]) -> str:
    known = bibliography()
    keys = dict.fromkeys(named)
    return "; ".join(known[key].citation for key in keys)


def _flag(flag: RedFlag) -> dict[str, Any]:
    return {
        "id": flag.id,
        "title": flag.title,
        "urgency": str(flag.urgency),
        "say": flag.say,
        "do": flag.do,
        "ask": list(flag.ask),
        "why": flag.text,
        "source": cited(flag),
    }


def _widespread(found: Widespread | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "regions": found.regions,
        "areas": found.areas,
        "text": found.criterion.say,
        "why": found.criterion.why,
        "source": _citations(found.criterion.sources),
    }


def _candidate(candidate: Candidate) -> dict[str, Any]:
    record = candidate.unit.muscle
    assert record is not None
    return {
        "muscle": record.id,
        "name": record.name,
        "synonyms": list(record.synonyms),
        "side": str(candidate.unit.side),
        "probability": round(candidate.probability, PROBABILITY_DIGITS),
        "from_drawing": _from_drawing(candidate),
        "prior": _prior(candidate.prior),
        "explains": [_explained(e) for e in candidate.explains],
        "against": [_against(a) for a in candidate.against],
        "at_risk": [
            {
                "structure": r.structure,
                "note": r.text,
                "source": cited(r),
                "confidence": str(r.confidence or "not established"),
            }
            for r in record.at_risk
            if r.stated
        ],
    }


def _other(candidate: Candidate) -> dict[str, Any]:
    cause = candidate.unit.cause
    assert cause is not None
    return {
        "id": cause.id,
        "name": cause.name,
        "kind": cause.kind,
        "side": str(candidate.unit.side),
        "probability": round(candidate.probability, PROBABILITY_DIGITS),
        "from_drawing": _from_drawing(candidate),
        "prior": _prior(candidate.prior),
        "explains": [_explained(e) for e in candidate.explains],
    }


def _explained(explained: Explained) -> dict[str, Any]:
    region = explained.region
    return {
        "region": region.id,
        "side": str(region.side),
        "name": region.plain,
        "share": round(explained.share, PROBABILITY_DIGITS),
    }


def _against(against: Against) -> dict[str, Any]:
    region = against.region
    return {
        "region": region.id if region else None,
        "side": str(region.side) if region else None,
        "name": region.plain if region else None,
        "why": against.why,
    }


def _from_drawing(candidate: Candidate) -> float | None:
    alone = candidate.from_drawing
    return None if alone is None else round(alone, PROBABILITY_DIGITS)


def _prior(prior: Prior) -> dict[str, Any]:
    known = bibliography()
    return {
        "value": round(prior.value, PROBABILITY_DIGITS),
        "why": [
            {
                "text": reason.text,
                "factor": None if reason.factor is None else round(reason.factor, 4),
                "source": "; ".join(known[key].citation for key in reason.sources),
                "confidence": str(reason.confidence),
            }
            for reason in prior.reasons
        ],
    }


def _setting(setting: Setting) -> dict[str, Any]:
    patient = setting.patient
    return {
        "presentation": named(patient.presentation) if patient.presentation else None,
        "sex": str(patient.sex) if patient.sex else None,
        "age": setting.person.age,
        "treated": [
            {"muscle": past.muscle, "side": str(past.side), "response": past.response}
            for past in patient.treated
        ],
        "assumed_findings": setting.assumed,
    }


def examination_json(examination: Examination) -> dict[str, Any]:
    """The next examinations by schema ``tautband.examine/2``."""
    steps = examination.steps
    return {
        "schema": EXAMINE_SCHEMA,
        "red_flags": [_flag(f) for f in examination.red_flags],
        "next": [_proposal(p) for p in steps.proposals],
        "stop": steps.stop,
        "plan": steps.plan.words,
        "not_proposed": [
            {"muscle": unit.id, "name": unit.name, "side": str(unit.side), "why": why}
            for unit, why in steps.held_back
        ],
        "bound": examination.bound,
        "setting": _setting(examination.setting),
    }


def _proposal(proposal: Proposal) -> dict[str, Any]:
    test = proposal.test
    return {
        "kind": proposal.kind,
        "id": proposal.id,
        "name": proposal.name,
        "side": str(proposal.side),
        "signs": list(proposal.signs),
        "gain_bits": round(proposal.gain, 4),
        "minutes": proposal.minutes,
        "burden": proposal.burden,
        "burden_why": proposal.why_burden,
        "how": proposal.how,
        "position": proposal.position,
        "present": proposal.present,
        "absent": proposal.absent,
        "if_present": round(proposal.if_present, PROBABILITY_DIGITS),
        "if_absent": round(proposal.if_absent, PROBABILITY_DIGITS),
        "changes_plan": proposal.changes_plan,
        "accuracy": test.text if test else "",
        "source": cited(test) if test else "",
    }
