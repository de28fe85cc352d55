"""Plan: from muscles, a patient and a clinician to what may be done, how, and what goes with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version

from tautband.atlas.atlas import Atlas
from tautband.atlas.names import find_muscle, split_entries, split_side
from tautband.atlas.records import Muscle
from tautband.atlas.trained import ACKNOWLEDGEMENT
from tautband.base.errors import InputError
from tautband.care.home import CAUSES, HomePlan, home_plan
from tautband.safety.decision import Decision, strictest
from tautband.safety.people import Clinician, Patient
from tautband.safety.planning.assess import NeedleAnswer, assess_needle
from tautband.safety.planning.reasons import Reason, strictest_first
from tautband.safety.planning.recipe import Recipe, recipe_of, why_not
from tautband.safety.planning.session import (
    Context,
    SessionAnswer,
    SessionPolicy,
    Target,
    check_session,
    once,
)
from tautband.safety.planning.technique import GRIPS, Technique

READER = f"By reading on you confirm: {ACKNOWLEDGEMENT} What follows is advice, not a decision."
MOST_TARGETS = 20
# From here on a muscle gets no recipe, only the reason.
BLOCKS = Decision.NOT_TODAY
_FORM = "a muscle with its side, such as 'infraspinatus right'"


@dataclass(frozen=True)
class Screened:
    """What screening said of one target."""

    decision: Decision
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class PlannedTarget:
    """One muscle on one side.

    ``recipe`` is None where the muscle is not needled or something blocks it; ``no_recipe`` says
    why.  ``needle`` judges the needle that was told, and caps what may be chosen.
    """

    target: Target
    decision: Decision
    reasons: tuple[Reason, ...]
    recipe: Recipe | None
    no_recipe: str
    needle: NeedleAnswer | None


@dataclass(frozen=True)
class Plan:
    """The whole session: the strictest decision, each target, what goes with it."""

    decision: Decision
    targets: tuple[PlannedTarget, ...]
    session: SessionAnswer
    home: HomePlan
    cause: str
    asks: tuple[str, ...]
    versions: Mapping[str, str]


def parse_targets(text: str, muscles: Mapping[str, Muscle]) -> tuple[Target, ...]:
    """Targets from ``infraspinatus right, left upper trapezius``; raises InputError."""
    entries = split_entries(text, muscles)
    if not entries:
        raise InputError("plan", "names no muscle", _FORM)
    if len(entries) > MOST_TARGETS:
        raise InputError("plan", f"names {len(entries)} muscles", f"at most {MOST_TARGETS}")
    found: list[Target] = []
    for entry in entries:
        name, sides = split_side(entry)
        muscle = find_muscle(name, muscles)  # an unknown name is the greater mistake
        if not sides:
            raise InputError("side", f"'{entry[:60]}' has none", _FORM)
        found += [Target(muscle, side) for side in sides]
    return tuple(found)


def make_plan(
    targets: Sequence[Target],
    patient: Patient,
    clinician: Clinician,
    atlas: Atlas,
    *,
    technique: Technique | None = None,
    context: Context | None = None,
    policy: SessionPolicy | None = None,
    cause: str = "unknown",
    screened: Mapping[str, Screened] | None = None,
    athlete: bool | None = None,
) -> Plan:
    """Plan a session; raises InputError for targets that stand twice or an unknown cause.

    ``screened`` holds by target key what screening said.  A target that it does not name was not
    screened, and asks.
    """
    if cause not in CAUSES:
        raise InputError("cause", f"is '{cause}'", "one of " + ", ".join(CAUSES))
    told = technique or Technique()
    around = context or Context()
    around = replace(around, ultrasound=_first(told.ultrasound, around.ultrasound))
    # What is not needled takes no part in the session: it blocks no other side, adds no dose.
    needled = [target for target in once(targets) if recipe_of(target.muscle) is not None]
    session = check_session(needled, patient, clinician, around, policy)
    planned = tuple(
        _plan_one(
            target,
            replace(told, ultrasound=around.ultrasound),
            patient,
            clinician,
            session.by_target.get(target.key, ()),
            (screened or {}).get(target.key, NOT_SCREENED),
        )
        for target in targets
    )
    treated = [p.target.muscle for p in planned if p.recipe is not None]
    every = list({p.target.muscle.id: p.target.muscle for p in planned}.values())
    return Plan(
        decision=strictest(
            [*(r.decision for r in session.general), *(p.decision for p in planned)]
        ),
        targets=planned,
        session=session,
        home=home_plan(treated, every, cause, around.competition_in_days),
        cause=cause,
        asks=_asks(cause, around, athlete),
        versions={"atlas": atlas.version, "tautband": version("tautband")},
    )


UNSAID = "Screening stops this muscle today."
NOT_SCREENED = Screened(
    Decision.ASK,
    (
        Reason(
            "not_screened",
            Decision.ASK,
            "This patient has not been screened for this muscle: bleeding, pregnancy, implants, "
            "infection and the rest are unknown, and unknown is not no.",
        ),
    ),
)


def _plan_one(
    target: Target,
    technique: Technique,
    patient: Patient,
    clinician: Clinician,
    session: Sequence[Reason],
    screened: Screened,
) -> PlannedTarget:
    recipe = recipe_of(target.muscle)
    if recipe is None:
        why = why_not(target.muscle)
        needling = target.muscle.needling
        reason = Reason("not_needled", Decision.DO_NOT_NEEDLE, why, needling.sources)
        return PlannedTarget(target, Decision.DO_NOT_NEEDLE, (reason,), None, why, None)
    # A plan follows the recipe's grip unless another is told.
    taught = recipe.grip if recipe.grip in GRIPS else ""
    planned = technique if technique.grip else replace(technique, grip=taught)
    needle = assess_needle(target.muscle, planned, patient, clinician)
    before = strictest_first([*session, *screened.reasons])
    blocking = [r for r in before if r.decision >= BLOCKS]
    blocked = bool(blocking) or screened.decision >= BLOCKS
    return PlannedTarget(
        target,
        strictest([needle.decision, screened.decision, *(r.decision for r in before)]),
        strictest_first([*before, *needle.reasons]),
        None if blocked else recipe,
        " ".join(r.why for r in blocking) or (UNSAID if blocked else ""),
        None if blocked else needle,
    )


def _asks(cause: str, context: Context, athlete: bool | None) -> tuple[str, ...]:
    asks = []
    if cause == "unknown":
        asks.append("What overloaded the muscle: overuse, an injury, posture or stress?")
    if context.competition_in_days is None and athlete is not False:
        asks.append("Does the patient do sport? When is the next competition or heavy training?")
    return tuple(asks)


def _first(told: bool | None, other: bool | None) -> bool | None:
    return other if told is None else told
