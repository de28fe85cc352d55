"""Published limits as rules over three values: true, false, not known.  ``data/limits.toml``."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Literal

import msgspec

from tautband.atlas.records import Muscle
from tautband.base.errors import InputError
from tautband.base.sources import Confidence, Fact, bibliography, check_fact
from tautband.safety.decision import Decision
from tautband.safety.people import Clinician, Patient
from tautband.safety.planning.reasons import Reason
from tautband.safety.planning.technique import Technique

Op = Literal["<", "<=", ">", ">=", "is", "is not", "in", "outside", "has"]
SILENT = "silent"  # a remark on a practice that is not known to be used
Value = float | bool | str | tuple[str, ...] | None
_FACTS = frozenset(
    {"direction", "grip", "site", "level", "along", "bracketed", "ultrasound", "lateral_cm"}
    | {"medial_angle_deg", "cranial_angle_deg", "needle_mm", "posture", "muscle"}
    | {"bmi", "age_years", "scoliosis", "implants", "girth.forearm", "girth.forearm_length"}
)


class Condition(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One comparison of one fact."""

    fact: str
    op: Op
    value: float | bool | str | list[str | float]


class Cap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The most of a needle: its length, or how much goes in; ``below`` refuses the value itself."""

    of: Literal["needle", "depth"]
    mm: float
    below: bool = False

    @property
    def words(self) -> str:
        """``the 25 mm for the needle``."""
        what = "the needle" if self.of == "needle" else "what goes in"
        return f"the {self.mm:g} mm for {what}{', itself included' if self.below else ''}"

    def exceeded(self, technique: Technique) -> bool | None:
        """Whether a technique is over the cap; ``None`` where it does not say."""
        told = technique.needle_mm if self.of == "needle" else technique.inserted_mm
        if told is None:
            return None
        return told >= self.mm if self.below else told > self.mm


class Limit(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One published limit: whom it concerns, when it holds, what it decides."""

    id: str
    decision: str
    if_unknown: str = "ask"
    every: bool = False
    muscles: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    when: tuple[Condition, ...] = ()
    cap: Cap | None = None
    weaker: str = ""
    weaker_sources: tuple[str, ...] = ()

    def concerns(self, muscle: Muscle) -> bool:
        """True for a muscle that the limit speaks of, by name or by what lies at risk."""
        if muscle.id in self.muscles or self.every:
            return True
        at_risk = {risk.kind for risk in muscle.at_risk if risk.stated}
        return bool(at_risk & set(self.risks)) and (not self.areas or muscle.area in self.areas)


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    limit: tuple[Limit, ...]


@dataclass(frozen=True)
class Applied:
    """A limit that concerns a needle: whether it holds (``None``: not known), and its reason."""

    limit: Limit
    holds: bool | None
    reason: Reason


def facts_of(muscle: Muscle, technique: Technique, patient: Patient) -> Mapping[str, Value]:
    """What the conditions can ask about; ``None`` is "not known"."""
    said = {
        "direction": technique.direction or None,
        "grip": technique.grip or None,
        "posture": technique.posture or None,
        "site": technique.site or None,
        "level": technique.level or None,
    }
    return {
        **said,
        "muscle": muscle.id,
        "along": technique.along,
        "bracketed": technique.bracketed,
        "ultrasound": technique.ultrasound,
        "lateral_cm": technique.lateral_cm,
        "medial_angle_deg": technique.medial_angle_deg,
        "cranial_angle_deg": technique.cranial_angle_deg,
        "needle_mm": technique.needle_mm,
        "bmi": patient.bmi,
        "age_years": patient.age_years,
        "scoliosis": patient.scoliosis,
        "implants": patient.implants,
        "girth.forearm": patient.girth_cm.get("forearm"),
        "girth.forearm_length": patient.girth_cm.get("forearm_length"),
    }


def apply_limits(
    muscle: Muscle,
    technique: Technique,
    patient: Patient,
    limits: Sequence[Limit],
    clinician: Clinician | None = None,
) -> tuple[Applied, ...]:
    """Every limit that concerns a muscle and is not ruled out, with what it decides.

    Ultrasound counts only when the clinician is not known to be without it: a mitigation counts
    only when it is known.
    """
    if technique.ultrasound and clinician is not None and clinician.ultrasound is False:
        technique = replace(technique, ultrasound=False)
    facts = facts_of(muscle, technique, patient)
    found = []
    for limit in limits:
        if not limit.concerns(muscle):
            continue
        holds = all_hold(limit.when, facts)
        if holds is True or (holds is None and limit.if_unknown != SILENT):
            found.append(Applied(limit, holds, _reason(limit, holds, technique)))
    return tuple(found)


def all_hold(when: Sequence[Condition], facts: Mapping[str, Value]) -> bool | None:
    """Kleene's "and": false when one is false, else not known when one is not known."""
    answers = [_holds(condition, facts[condition.fact]) for condition in when]
    if any(answer is False for answer in answers):
        return False
    return None if any(answer is None for answer in answers) else True


def _holds(condition: Condition, fact: Value) -> bool | None:
    if fact is None:
        return None
    value = condition.value
    if condition.op == "has":
        return isinstance(fact, tuple) and value in fact
    if condition.op in {"is", "is not"}:
        return (fact == value) is (condition.op == "is")
    if condition.op == "in":
        return isinstance(value, list) and fact in value
    assert isinstance(fact, int | float)
    if condition.op == "outside":
        assert isinstance(value, list)
        low, high = (float(end) for end in value)
        return not low <= fact <= high
    assert isinstance(value, int | float)
    return {
        "<": fact < value, "<=": fact <= value, ">": fact > value, ">=": fact >= value,
    }[condition.op]  # fmt: skip


def _reason(limit: Limit, holds: bool | None, technique: Technique) -> Reason:
    full = Decision.of(limit.decision if holds else limit.if_unknown)
    verdict, why = full, limit.text
    if limit.cap is not None:
        if limit.cap.exceeded(technique):
            why = f"More than {limit.cap.words}. {why}"
        else:
            verdict = Decision.PRECAUTION
    if limit.weaker:
        why += f" Note: {limit.weaker}"
    if holds is None and verdict is not Decision.PRECAUTION:
        why += " (Not all that this limit asks is known.)"
    return Reason(
        limit.id,
        verdict,
        why,
        (*limit.sources, *limit.weaker_sources),
        limit.confidence or Confidence.UNREVIEWED,
    )


def cap_of(applied: Sequence[Applied], of: Literal["needle", "depth"]) -> Limit | None:
    """The limit with the smallest cap on needle length or on depth."""
    capped = [
        (a.limit.cap.mm, not a.limit.cap.below, number)
        for number, a in enumerate(applied)
        if a.limit.cap is not None and a.limit.cap.of == of
    ]
    return applied[min(capped)[2]].limit if capped else None


def check_limit(limit: Limit) -> None:
    """Raise InputError unless a limit is sourced, speaks of somebody and asks what is known."""
    check_fact(limit.id, limit, bibliography())
    silent = limit.if_unknown == SILENT
    if silent and (limit.decision != "precaution" or limit.cap is not None):
        raise InputError(f"{limit.id}.if_unknown", "is silent", "that only for a precaution")
    for key in (limit.decision, *(() if silent else (limit.if_unknown,))):
        if key.upper() not in Decision.__members__ or Decision.of(key) is Decision.PROCEED:
            raise InputError(f"{limit.id}.decision", f"is '{key}'", "precaution or stricter")
    if not (limit.muscles or limit.risks or limit.every):
        raise InputError(limit.id, "concerns nobody", "muscles, risks or every = true")
    for condition in limit.when:
        if condition.fact not in _FACTS:
            raise InputError(
                f"{limit.id}.when",
                f"asks '{condition.fact}'",
                "one of " + ", ".join(sorted(_FACTS)),
            )
    if bool(limit.weaker) != bool(limit.weaker_sources):
        raise InputError(f"{limit.id}.weaker", "lacks its sources", "text and sources")
    for key in limit.weaker_sources:
        if key not in bibliography():
            raise InputError(f"{limit.id}.weaker_sources", f"names '{key}'", "a known key")


def parse_limits(text: str, name: str) -> tuple[Limit, ...]:
    """Read the limits of one file; raises InputError that names it."""
    try:
        return msgspec.convert(tomllib.loads(text), _File).limit
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InputError(name, str(error)) from error


@cache
def load_limits() -> tuple[Limit, ...]:
    """All limits, checked; raises InputError."""
    path = resources.files("tautband.safety.planning").joinpath("data/limits.toml")
    limits = parse_limits(path.read_text("utf-8"), "limits.toml")
    ids = [limit.id for limit in limits]
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise InputError("limits.toml", f"holds {twice} twice", "one entry an id")
    for limit in limits:
        check_limit(limit)
    return limits
