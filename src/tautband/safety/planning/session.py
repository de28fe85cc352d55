"""Rules of a whole session, checked before the first needle; their texts: ``data/session.toml``."""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

import msgspec

from tautband.atlas.records import Muscle
from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.base.sources import Confidence, Fact, bibliography, check_fact
from tautband.safety.decision import Decision
from tautband.safety.people import Clinician, Patient
from tautband.safety.planning.reasons import Reason, decide, strictest_first
from tautband.safety.planning.studies import ADULT

SORE_DAYS = 3.0  # soreness mostly settles within 24 to 72 hours
_FRONT_OF_NECK = frozenset(
    {"sternocleidomastoid_sternal", "sternocleidomastoid_clavicular", "scalenes", "longus_colli"}
)
_PELVIC_AREAS = frozenset({"pelvis and hip", "chest and abdomen"})


class Rule(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a rule says when it speaks."""

    id: str
    decision: str


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rule: tuple[Rule, ...]


@dataclass(frozen=True)
class Target:
    """A muscle on one side; ``needles`` and ``insertions`` where planned."""

    muscle: Muscle
    side: Side
    needles: int | None = None
    insertions: int | None = None

    @property
    def key(self) -> str:
        """``infraspinatus:right``."""
        return f"{self.muscle.id}:{self.side}"


@dataclass(frozen=True)
class Context:
    """This session, and what went before it; ``None`` is "not known".

    ``thorax_today`` are the sides of the thorax that were needled today already, here or elsewhere.
    ``last_days`` gives the days since a muscle and side (by key) was last needled.
    """

    first_session: bool | None = None
    thorax_today: frozenset[Side] | None = None
    last_days: Mapping[str, float] = field(default_factory=dict)
    still_sore: Mapping[str, bool] = field(default_factory=dict)
    electrical: bool = False
    implanted_device: bool | None = None
    epilepsy_uncontrolled: bool | None = None
    metal_implant_near: bool | None = None
    anticoagulant: bool | None = None
    ultrasound: bool | None = None
    competition_in_days: float | None = None


@dataclass(frozen=True)
class SessionPolicy:
    """What a clinic decides for itself.

    Both sides of the thorax may be allowed only with a written reason.  The doses of a first
    session are the clinic's own soft figures: no published maximum was found.
    """

    bilateral_thorax_reason: str = ""
    first_session_muscles: int = 3
    first_session_needles: int = 10
    insertions_per_muscle: int = 5


@dataclass(frozen=True)
class SessionAnswer:
    """The strictest of all, the reasons that concern everyone, and those of each target by key."""

    decision: Decision
    general: tuple[Reason, ...]
    by_target: Mapping[str, tuple[Reason, ...]]


def in_pleural_zone(muscle: Muscle) -> bool:
    """True where the record names the pleura among what a needle could reach."""
    return any(risk.stated and risk.kind == "pleura" for risk in muscle.at_risk)


def check_session(
    targets: Sequence[Target],
    patient: Patient,
    clinician: Clinician,
    context: Context,
    policy: SessionPolicy | None = None,
) -> SessionAnswer:
    """What speaks about these targets together; raises InputError for one that stands twice."""
    chosen = policy or SessionPolicy()
    targets = once(targets)
    by_target = {
        target.key: strictest_first(
            [
                *_thorax(target, targets, context, chosen),
                *_spacing(target, context),
                *_electrical(target, patient, context),
                *_child(target, patient),
                *_competence(target, clinician),
                *_ultrasound(target, clinician, context),
                *_insertions(target, chosen),
            ]
        )
        for target in targets
    }
    general = strictest_first([*_dose(targets, context, chosen), *_competition(context)])
    every = [*general, *(reason for reasons in by_target.values() for reason in reasons)]
    return SessionAnswer(decide(every), general, by_target)


def once(targets: Sequence[Target]) -> Sequence[Target]:
    """The targets as they are; raises InputError for one that stands twice."""
    twice = [key for key, count in Counter(t.key for t in targets).items() if count > 1]
    if twice:
        raise InputError("targets", f"name {twice[0].replace(':', ' ')} twice", "each target once")
    return targets


def _thorax(
    target: Target, targets: Sequence[Target], context: Context, policy: SessionPolicy
) -> Iterator[Reason]:
    if not in_pleural_zone(target.muscle):
        return
    others = {t.side for t in targets if in_pleural_zone(t.muscle)} - {target.side}
    others |= (context.thorax_today or frozenset()) - {target.side}
    if others:
        allowed = policy.bilateral_thorax_reason.strip()
        yield say("bilateral_thorax_allowed" if allowed else "bilateral_thorax")
    elif context.thorax_today is None:
        yield say("bilateral_thorax_unknown")


def _spacing(target: Target, context: Context) -> Iterator[Reason]:
    if context.first_session:
        return
    sore = context.still_sore.get(target.key)
    days = context.last_days.get(target.key)
    recent = days is not None and (days < 1 or (days < SORE_DAYS and sore is None))
    if sore or recent:
        yield say("same_site_too_soon")
    elif days is None and sore is None:
        yield say("spacing_unknown")


def _electrical(target: Target, patient: Patient, context: Context) -> Iterator[Reason]:
    if not context.electrical:
        return
    yield say("estim_settings")
    yield from _asked(context.implanted_device, "estim_implanted_device", "estim_device_unknown")
    yield from _asked(context.epilepsy_uncontrolled, "estim_epilepsy", "estim_epilepsy_unknown")
    muscle = target.muscle
    low_back = muscle.area == "back" and "lumb" in muscle.id
    if muscle.area in _PELVIC_AREAS or low_back:
        yield from _asked(patient.pregnant, "estim_pregnancy", "estim_pregnancy_unknown")
    if muscle.id in _FRONT_OF_NECK:
        yield say("estim_front_of_neck")
    if muscle.area == "neck" or in_pleural_zone(muscle):
        yield say("estim_neck_thorax")
    if context.metal_implant_near is not False:
        yield say("estim_metal")
    if context.anticoagulant is not False:
        yield say("estim_anticoagulant")


def _asked(answer: bool | None, present: str, unknown: str) -> Iterator[Reason]:
    if answer is None:
        yield say(unknown)
    elif answer:
        yield say(present)


def _child(target: Target, patient: Patient) -> Iterator[Reason]:
    if patient.age_years is None:
        yield say("age_unknown")
    elif patient.age_years < ADULT:
        yield say("child_thorax" if in_pleural_zone(target.muscle) else "child")


def _competence(target: Target, clinician: Clinician) -> Iterator[Reason]:
    if clinician.student:
        if clinician.supervised:
            yield say("student_supervised")
        else:
            yield say("student_alone")
    regions = clinician.trained_regions
    if regions is None:
        yield say("training_unknown")
    elif not {target.muscle.area, target.muscle.id, "all"} & set(regions):
        yield say("not_trained_here")
    elif target.muscle.needling.status == "restricted" and target.muscle.id not in regions:
        yield say("restricted_muscle")


def _ultrasound(target: Target, clinician: Clinician, context: Context) -> Iterator[Reason]:
    if not target.muscle.needling.ultrasound_advised:
        return
    if not context.ultrasound or clinician.ultrasound is False:
        yield say("ultrasound_advised")
    elif clinician.ultrasound is None:
        yield say("ultrasound_skill_unknown")


def _insertions(target: Target, policy: SessionPolicy) -> Iterator[Reason]:
    if target.insertions is not None and target.insertions > policy.insertions_per_muscle:
        yield say("insertions_per_muscle")


def _dose(targets: Sequence[Target], context: Context, policy: SessionPolicy) -> Iterator[Reason]:
    if context.first_session is None:
        yield say("first_session_unknown")
    if context.first_session is False:
        return
    if context.first_session:
        yield say("first_session_lying")
    needles = sum(target.needles or 0 for target in targets)
    if len(targets) > policy.first_session_muscles or needles > policy.first_session_needles:
        yield say("first_session_dose")


def _competition(context: Context) -> Iterator[Reason]:
    days = context.competition_in_days
    if days is not None and days <= SORE_DAYS:
        yield say("competition")


def say(rule_id: str) -> Reason:
    """The reason that a rule gives when it speaks."""
    rule = load_rules()[rule_id]
    confidence = rule.confidence or Confidence.UNREVIEWED
    return Reason(rule.id, Decision.of(rule.decision), rule.text, rule.sources, confidence)


@cache
def load_rules() -> Mapping[str, Rule]:
    """The session rules by id, checked; raises InputError."""
    path = resources.files("tautband.safety.planning").joinpath("data/session.toml")
    try:
        rules = msgspec.convert(tomllib.loads(path.read_text("utf-8")), _File).rule
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InputError("session.toml", str(error)) from error
    found: dict[str, Rule] = {}
    for rule in rules:
        check_fact(rule.id, rule, bibliography())
        if rule.id in found or rule.decision.upper() not in Decision.__members__:
            raise InputError(f"session.toml, {rule.id}", "stands twice or decides nothing")
        found[rule.id] = rule
    return found
