"""The loop as one pure function: locate, examine, screen, plan.

Command line, pages and later interfaces call this or its steps; nothing here reads a file, a clock
or a setting.  Each step may be asked for alone, and none is skipped in silence: a red flag stops
the plan, and a muscle is planned only when it was chosen or its pressure gave the familiar pain.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tautband.atlas.atlas import Atlas
from tautband.atlas.causes import RedFlag
from tautband.body.drawing import Drawing
from tautband.care.examine import Examination, examine
from tautband.care.from_answers import athlete_of, context_of, patient_of, screened_of
from tautband.care.locate import Location, ReadSentence, locate
from tautband.care.plan import Plan, make_plan, parse_targets
from tautband.reasoning.findings import Finding
from tautband.reasoning.knowledge import Knowledge, load_knowledge
from tautband.reasoning.signs import FAMILIAR
from tautband.reasoning.told import read_told
from tautband.safety.people import Clinician, Patient
from tautband.safety.planning.session import Context, SessionPolicy, Target
from tautband.safety.planning.technique import Technique
from tautband.safety.screening.answers import Answers
from tautband.safety.screening.policy import Policy

RED_FLAG = "A red flag comes first; nothing is planned until it has been cleared: "
NOTHING_FOUND = (
    "Nothing is planned: no muscle was chosen, and pressure gave nobody's familiar pain."
)


@dataclass(frozen=True)
class Visit:
    """Who is needled by whom, and how; what is missing is not known."""

    patient: Patient = field(default_factory=Patient)
    clinician: Clinician = field(default_factory=Clinician)
    answers: Answers | None = None
    technique: Technique = field(default_factory=Technique)
    context: Context = field(default_factory=Context)
    cause: str = "unknown"
    athlete: bool | None = None


@dataclass(frozen=True)
class Case:
    """A pain, what the examination found, the muscles that were chosen in words, the visit."""

    drawing: Drawing
    sentence: ReadSentence | None = None
    findings: tuple[str, ...] = ()
    chosen: str = ""
    presentation: str | None = None
    visit: Visit = field(default_factory=Visit)
    red_flags_cleared: bool = False


@dataclass(frozen=True)
class Loop:
    """The answer of every step; ``plan`` is None with the reason in ``no_plan``."""

    location: Location
    examination: Examination
    plan: Plan | None
    no_plan: str

    @property
    def red_flags(self) -> tuple[RedFlag, ...]:
        """What must be thought of before any muscle."""
        return self.location.red_flags


def loop(
    case: Case,
    *,
    knowledge: Knowledge | None = None,
    session_policy: SessionPolicy | None = None,
    screening_policy: Policy | None = None,
) -> Loop:
    """Run a case through the steps; raises InputError as the steps do."""
    known = knowledge or load_knowledge()
    location = locate(
        case.drawing,
        findings=case.findings,
        sentence=case.sentence,
        presentation=case.presentation,
        knowledge=known,
    )
    examination = examine(
        case.drawing, findings=case.findings, presentation=case.presentation, knowledge=known
    )
    targets = chosen_targets(case, known)
    no_plan = ""
    if location.red_flags and not case.red_flags_cleared:
        no_plan = RED_FLAG + "; ".join(flag.title for flag in location.red_flags) + "."
    elif not targets:
        no_plan = NOTHING_FOUND
    plan = None
    if not no_plan:
        plan = plan_visit(case.visit, targets, known.atlas, session_policy, screening_policy)
    return Loop(location, examination, plan, no_plan)


def chosen_targets(case: Case, known: Knowledge) -> tuple[Target, ...]:
    """The targets that were chosen, else every muscle whose pressure gave the familiar pain."""
    muscles = known.atlas.muscles
    if case.chosen.strip():
        return parse_targets(case.chosen, muscles)
    found = [f for f in read_told(case.findings, known) if isinstance(f, Finding)]
    familiar = {(f.muscle, f.side): None for f in found if f.sign == FAMILIAR and f.present}
    return tuple(Target(muscles[muscle], side) for muscle, side in familiar)


def plan_visit(
    visit: Visit,
    targets: Sequence[Target],
    atlas: Atlas,
    session_policy: SessionPolicy | None = None,
    screening_policy: Policy | None = None,
) -> Plan:
    """Screen and plan; without answers every target asks to be screened."""
    patient, context, athlete, screened = visit.patient, visit.context, visit.athlete, None
    if visit.answers is not None:
        patient = patient_of(visit.answers, patient)
        context = context_of(visit.answers, context)
        athlete = athlete_of(visit.answers, athlete)
        techniques = ("electrical stimulation",) if context.electrical else ()
        screened = screened_of(
            visit.answers, targets, atlas, techniques=techniques, policy=screening_policy
        )
    return make_plan(
        targets,
        patient,
        visit.clinician,
        atlas,
        technique=visit.technique,
        context=context,
        policy=session_policy,
        cause=visit.cause,
        screened=screened,
        athlete=athlete,
    )
