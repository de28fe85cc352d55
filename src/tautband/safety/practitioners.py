"""May this person needle here?  By profession and jurisdiction, with the source and its date.

Nothing here is ever plainly allowed: a rule that was read may have changed, and its conditions are
for a person to confirm.  What was not read is "not established", which asks.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Literal

import msgspec

from tautband.base.errors import InputError
from tautband.base.sources import Confidence, Fact, bibliography, check_fact
from tautband.safety.decision import Decision, strictest
from tautband.safety.people import Clinician

STALE_AFTER_DAYS = 365  # laws change from year to year; a policy of this project, not a finding

Role = Literal["professional", "assistant", "student"]


class Rule(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What one jurisdiction says of one profession; absent fields are not established."""

    jurisdiction: str
    profession: str
    permission: Literal["with conditions", "no", "not established"]
    seen: date
    law_date: str = ""
    training_hours: float | None = None
    supervised_sessions: int | None = None
    assistant: Literal["no", ""] = ""
    student: Literal["no", ""] = ""
    report_days: int | None = None
    conditions: tuple[str, ...] = ()


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rule: tuple[Rule, ...]
    synonyms: Mapping[str, str]
    roles: Mapping[Literal["assistant", "student"], tuple[str, ...]]


@dataclass(frozen=True)
class Reason:
    """One reason for the answer, with its source."""

    id: str
    decision: Decision
    why: str
    sources: tuple[str, ...] = ()
    confidence: Confidence | None = None


@dataclass(frozen=True)
class Permission:
    """May this person needle: the decision, why, what is left to confirm, and how old the rule is.

    ``seen`` is the day on which the text of the rule was read, None where there is no rule.
    """

    decision: Decision
    reasons: tuple[Reason, ...]
    confirm: tuple[str, ...]
    warnings: tuple[str, ...]
    rule: Rule | None

    @property
    def seen(self) -> date | None:
        """When the rule was read."""
        return self.rule.seen if self.rule else None

    @property
    def allowed(self) -> bool:
        """True only where a rule was read, and nothing known or unknown stands against it."""
        return self.decision <= Decision.PRECAUTION


def load_rules() -> tuple[Rule, ...]:
    """Every rule that was read, in the order of the data."""
    return _load().rule


@cache
def _load() -> _File:
    name = "practitioners.toml"
    text = resources.files("tautband.safety").joinpath("data", name).read_text("utf-8")
    try:
        read = msgspec.convert(tomllib.loads(text), _File)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InputError(name, str(error)) from error
    keys = [(rule.jurisdiction, rule.profession) for rule in read.rule]
    if len(set(keys)) != len(keys):
        raise InputError(name, "has two rules for one profession in one place", "one rule")
    for rule in read.rule:
        check_fact(f"{name} {rule.jurisdiction} {rule.profession}", rule, bibliography())
    return read


def may_needle(
    profession: str, jurisdiction: str, clinician: Clinician, on_date: date
) -> Permission:
    """May a clinician of this profession needle in this jurisdiction (``US-VA``, ``IE``)?

    ``on_date`` is today, given by the caller; a rule that was read long before it is warned about.
    Never raises: an unknown profession or place is "not established".
    """
    read = _load()
    word = " ".join(profession.lower().split())
    name = read.synonyms.get(word, word)
    place = jurisdiction.strip().upper()
    rule = next((r for r in read.rule if (r.jurisdiction, r.profession) == (place, name)), None)
    if rule is None:
        who = f"{name or 'no profession'} in {place or 'no jurisdiction'}"
        why = f"No rule was read for {who}. Not established is not allowed: ask the regulator."
        return Permission(
            Decision.ASK, (Reason("not_established", Decision.ASK, why),), (), (), None
        )
    reasons = [_permission(rule), *_of_role(rule, _role(word, clinician, read))]
    if rule.permission == "with conditions":
        reasons += _training(rule, clinician)
    reasons.sort(key=lambda reason: (-reason.decision, reason.id))
    return Permission(
        strictest(reason.decision for reason in reasons),
        tuple(reasons),
        rule.conditions,
        _age(rule, on_date),
        rule,
    )


def _role(word: str, clinician: Clinician, read: _File) -> Role:
    if clinician.student or word in read.roles.get("student", ()):
        return "student"
    return "assistant" if word in read.roles.get("assistant", ()) else "professional"


def _permission(rule: Rule) -> Reason:
    decision = {
        "with conditions": Decision.PRECAUTION,
        "no": Decision.DO_NOT_NEEDLE,
        "not established": Decision.ASK,
    }[rule.permission]
    return Reason(
        f"permission_{rule.jurisdiction}", decision, rule.text, rule.sources, rule.confidence
    )


def _of_role(rule: Rule, role: Role) -> list[Reason]:
    if role == "professional":
        return []
    if getattr(rule, role) == "no":
        why = f"In {rule.jurisdiction} needling is not delegated to a person in this role: {role}."
        return [Reason(f"no_{role}", Decision.DO_NOT_NEEDLE, why, rule.sources, rule.confidence)]
    place = rule.jurisdiction
    why = f"Whether a person in this role ({role}) may needle in {place} is not established."
    return [Reason(f"{role}_not_established", Decision.ASK, why)]


def _training(rule: Rule, clinician: Clinician) -> list[Reason]:
    reasons: list[Reason] = []
    asked, known = rule.training_hours, clinician.training_hours
    cited = (rule.sources, rule.confidence)
    if asked is None:
        why = "The hours of training that the rule asks for are not established."
        reasons.append(Reason("hours_not_established", Decision.ASK, why, *cited))
    elif known is None:
        why = f"{asked:g} hours of training are asked for; the clinician's are not known."
        reasons.append(Reason("hours_not_known", Decision.ASK, why, *cited))
    elif not known >= asked:
        why = f"{asked:g} hours of training are asked for; the clinician has {known:g}."
        reasons.append(Reason("too_few_hours", Decision.DO_NOT_NEEDLE, why, *cited))
    if clinician.student is None:
        why = "It is not known whether the person is a student."
        reasons.append(Reason("student_not_known", Decision.ASK, why))
    return reasons


def _age(rule: Rule, on_date: date) -> tuple[str, ...]:
    days = (on_date - rule.seen).days
    warnings: list[str] = []
    if days > STALE_AFTER_DAYS:
        warnings.append(f"This rule was read {days} days ago. Check that it still holds.")
    if days < 0:
        warnings.append("The date asked about lies before the rule was read.")
    if not rule.law_date:
        warnings.append("The date of the law itself is not established.")
    return tuple(warnings)


def permission_json(answer: Permission) -> dict[str, object]:
    """Schema ``tautband.practitioner/1``."""
    return {
        "schema": "tautband.practitioner/1",
        "decision": answer.decision.key,
        "allowed": answer.allowed,
        "established": answer.rule is not None and answer.rule.permission != "not established",
        "seen": answer.seen.isoformat() if answer.seen else None,
        "law_date": (answer.rule.law_date if answer.rule else "") or None,
        "report_days": answer.rule.report_days if answer.rule else None,
        "confirm": list(answer.confirm),
        "warnings": list(answer.warnings),
        "rules": [
            {
                "id": reason.id,
                "decision": reason.decision.key,
                "why": reason.why,
                "source": list(reason.sources),
                "confidence": reason.confidence.value if reason.confidence else None,
            }
            for reason in answer.reasons
        ],
    }
