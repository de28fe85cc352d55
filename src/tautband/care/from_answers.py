"""What a screening's answers tell the plan: the patient, the session, and each target's verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace

from tautband.atlas.atlas import Atlas
from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.base.sources import Confidence
from tautband.care.plan import Screened
from tautband.care.screen import screen_targets
from tautband.safety.decision import Decision, strictest
from tautband.safety.people import Patient, Sex
from tautband.safety.planning.reasons import Reason, strictest_first
from tautband.safety.planning.session import Context, Target
from tautband.safety.screening.answers import Answers
from tautband.safety.screening.policy import Policy
from tautband.safety.screening.rules import load_knowledge
from tautband.safety.screening.screening import Reason as Fired
from tautband.safety.screening.targets import muscle_target

NO_COMPETITION_DAYS = 366  # as the questionnaire writes "none"
_SIDES = {
    "none": frozenset[Side](),
    "left": frozenset({Side.LEFT}),
    "right": frozenset({Side.RIGHT}),
    "both": frozenset({Side.LEFT, Side.RIGHT}),
}


def patient_of(answers: Answers, told: Patient) -> Patient:
    """The patient that was told, completed by the answers; raises InputError where they differ."""
    sex = answers.get("sex")
    known: dict[str, object] = {
        "sex": Sex(sex) if isinstance(sex, str) and sex in set(Sex) else None,
        "age_years": answers.get("age"),
        "height_cm": answers.get("height"),
        "weight_kg": answers.get("weight"),
        "pregnant": answers.get("pregnant"),
        "scoliosis": answers.get("spine_deformity"),
    }
    missing = {}
    for name, value in known.items():
        own = getattr(told, name)
        if value is None or own == value:
            continue
        if own is not None:
            where = name.removesuffix("_years").removesuffix("_cm").removesuffix("_kg")
            raise InputError(where, f"is {own}, but the answers say {value}", "one of the two")
        missing[name] = value
    return replace(told, **missing)  # type: ignore[arg-type]


def context_of(answers: Answers, told: Context) -> Context:
    """The session that was told, completed by the answers; what was told comes first."""
    today, epilepsy = answers.get("other_side_today"), answers.get("epilepsy")
    days = answers.get("competition_days")
    competing = isinstance(days, float) and days < NO_COMPETITION_DAYS
    known: dict[str, object] = {
        "thorax_today": _SIDES.get(today) if isinstance(today, str) else None,
        "implanted_device": answers.get("pacemaker"),
        "epilepsy_uncontrolled": None if epilepsy is None else epilepsy == "uncontrolled",
        "anticoagulant": answers.get("blood_thinner"),
        "competition_in_days": days if competing else None,
    }
    own = {field.name: getattr(told, field.name) for field in fields(told)}
    return replace(told, **{k: v for k, v in known.items() if own[k] is None})  # type: ignore[arg-type]


def athlete_of(answers: Answers, told: bool | None) -> bool | None:
    """Whether a competition is to be asked for; "none" in the answers settles it."""
    days = answers.get("competition_days")
    return False if told is None and days == NO_COMPETITION_DAYS else told


def screened_of(
    answers: Answers,
    targets: Sequence[Target],
    atlas: Atlas,
    *,
    techniques: Sequence[str] = (),
    policy: Policy | None = None,
) -> Mapping[str, Screened]:
    """What screening says of each target, by key, in the plan's own form."""
    places = load_knowledge().places
    wanted = [muscle_target(t.muscle, t.side, atlas, places) for t in targets]
    screening = screen_targets(answers, wanted, policy=policy, techniques=techniques).screening
    found: dict[str, Screened] = {}
    for judged in screening.muscles:
        used = [judged.techniques[name] for name in screening.planned]
        around = {f"{part}:{judged.target.side}" for part in judged.target.parts}
        # What holds for the patient, the place and the technique holds for the muscle too.
        reasons = [
            _reason(fired)
            for fired in screening.counted
            if fired.decision > Decision.PROCEED and fired.where in {"", judged.key, *around}
        ]
        decision = strictest([judged.decision, *used])
        found[judged.key] = Screened(decision, strictest_first(reasons))
    return found


def _reason(fired: Fired) -> Reason:
    known = {str(confidence): confidence for confidence in Confidence}
    return Reason(
        f"screening:{fired.id}",
        fired.decision,
        f"{fired.why} {fired.do}".strip(),
        fired.sources,
        known.get(fired.confidence, Confidence.UNREVIEWED),
    )
