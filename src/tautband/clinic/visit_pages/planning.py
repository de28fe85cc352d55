"""From what the record holds to a plan by the rules, and from a form to what is planned."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Max
from django.utils import timezone

from tautband.base.errors import InputError
from tautband.base.sex import Sex
from tautband.care import loop
from tautband.care.plan import Plan as Worked
from tautband.care.plan import parse_targets
from tautband.care.plan_wire import plan_json
from tautband.care.screen import read_answers
from tautband.clinic.people.models import Credential
from tautband.clinic.people.needling import clinician_of, credential_of, is_student, may_needle
from tautband.clinic.record.models import BodyMeasure, LedgerEntry, Screening, Session
from tautband.clinic.visit_pages.door import Visit
from tautband.clinic.visit_pages.questionnaire import stored_answers
from tautband.clinic.visit_pages.screening import last_screening, policy_of
from tautband.clinic.visit_pages.showing import last_shown
from tautband.reasoning.knowledge import load_knowledge
from tautband.safety.decision import Decision, strictest
from tautband.safety.people import Clinician, Patient
from tautband.safety.planning.session import Context
from tautband.safety.planning.technique import Technique
from tautband.safety.screening.answers import Answers

_HANDS_ON = ("insertion", "redirection")
_SECONDS_A_DAY = 86_400
NEEDLE_FIELDS = ("needle_mm", "gauge_mm", "depth_mm")


@dataclass(frozen=True)
class Asked:
    """What a plan is asked for; numbers in millimetres, None where not said."""

    targets: str
    needle_mm: float | None = None
    gauge_mm: float | None = None
    depth_mm: float | None = None
    cause: str = "unknown"

    def as_dict(self) -> dict[str, Any]:
        """As it is stored beside the answer."""
        return asdict(self)


def read_asked(posted: Mapping[str, str], cause: str) -> Asked:
    """The question of a posted form; raises InputError that names the field."""
    numbers = {name: _millimetres(name, posted.get(name, "")) for name in NEEDLE_FIELDS}
    return Asked(posted.get("targets", "").strip(), cause=cause, **numbers)


def _millimetres(name: str, typed: str) -> float | None:
    if not typed.strip():
        return None
    try:
        return float(typed.strip().replace(",", "."))
    except ValueError:
        field = name.removesuffix("_mm")
        raise InputError(field, f"is '{typed[:20]}'", "millimetres, such as 40") from None


def work_out(at: Visit, asked: Asked) -> tuple[dict[str, Any], Screening | None]:
    """The plan by the rules, schema ``tautband.plan/1``, and the screening it rests on.

    Whether the person may needle at all is part of it: what the practitioner rules say stands among
    the rules and counts in the decision.  Raises InputError.
    """
    known = load_knowledge()
    chosen = parse_targets(asked.targets, known.atlas.muscles)
    screening = last_screening(at)
    answers = read_answers(stored_answers(screening)) if screening else None
    told = loop.Visit(
        patient=_patient(at, answers),
        clinician=_clinician(at),
        answers=answers,
        technique=Technique(
            needle_mm=asked.needle_mm, gauge_mm=asked.gauge_mm, depth_mm=asked.depth_mm
        ),
        context=_context(at),
        cause=asked.cause,
        athlete=True if at.episode.sport else None,
    )
    worked: Worked = loop.plan_visit(told, chosen, known.atlas, screening_policy=policy_of(at))
    return _with_person(at, plan_json(worked), worked), screening


def _with_person(at: Visit, told: dict[str, Any], worked: Worked) -> dict[str, Any]:
    said = may_needle(at.seat, at.today)
    rules = [
        {
            "id": f"practitioner:{reason.id}",
            "decision": reason.decision.key,
            "why": reason.why,
            "source": list(reason.sources),
            "confidence": str(reason.confidence) if reason.confidence else "unreviewed",
        }
        for reason in said.reasons
        if reason.decision > Decision.PROCEED
    ]
    decision = strictest([worked.decision, said.decision])
    return {**told, "decision": decision.key, "rules": [*rules, *told["rules"]]}


def _patient(at: Visit, answers: Answers | None) -> Patient:
    """What the record knows beside the answers; where the screening was answered, it counts."""
    given = set(answers.values) if answers else set()
    known: dict[str, Any] = {}
    if "age" not in given and at.age is not None:
        known["age_years"] = float(at.age)
    if "sex" not in given and at.patient.sex:
        known["sex"] = Sex(at.patient.sex)
    girths: dict[str, float] = {}
    rows = BodyMeasure.objects.filter(clinic=at.seat.clinic, patient=at.patient)
    for one in rows.order_by("measured_on"):
        if one.kind in ("height", "weight") and one.kind not in given:
            known[f"{one.kind}_{one.unit}"] = one.value
        elif one.kind in ("forearm", "forearm_length"):
            girths[one.kind] = one.value
    return Patient(**known, girth_cm=girths)


def _clinician(at: Visit) -> Clinician:
    credential: Credential | None = credential_of(at.seat.user, at.seat.clinic)
    told = clinician_of(credential, is_student(at.seat.roles))
    return replace(told, jurisdiction=at.seat.clinic.jurisdiction)


def _context(at: Visit) -> Context:
    """What went before: whether it is the first session, and when each muscle was last needled."""
    mine = {"clinic": at.seat.clinic, "patient": at.patient}
    # A session that is open is this one: what it holds so far is not what went before.
    first = not Session.objects.filter(**mine, state="closed").exists()
    rows = (
        LedgerEntry.objects.filter(**mine, kind__in=_HANDS_ON, session__state="closed")
        .exclude(muscle="")
        .values("muscle", "side")
        .annotate(last=Max("at"))
    )
    now = timezone.now()
    days = {
        f"{row['muscle']}:{row['side']}": (now - row["last"]).total_seconds() / _SECONDS_A_DAY
        for row in rows
        if row["last"] is not None
    }
    competes = at.episode.competes_on
    ahead = (competes - at.today).days if competes and competes >= at.today else None
    return Context(
        first_session=first,
        last_days={key: max(value, 0.0) for key, value in days.items()},
        competition_in_days=float(ahead) if ahead is not None else None,
    )


def red_flags(at: Visit) -> list[str]:
    """Titles of the red flags of the newest ranking; nothing is planned until they are cleared."""
    ranking = last_shown(at, "ranking")
    return [flag["title"] for flag in ranking.answer["red_flags"]] if ranking else []


def read_date(field: str, typed: str) -> date | None:
    """A day of a form; raises InputError."""
    if not typed.strip():
        return None
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        raise InputError(field, f"is '{typed[:20]}'", "a day such as 2026-12-24") from None
