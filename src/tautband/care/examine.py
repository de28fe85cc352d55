"""Examine: what to examine next, and when to stop."""

from collections.abc import Sequence
from dataclasses import dataclass

from tautband.atlas.causes import RedFlag
from tautband.atlas.examination import read_costs
from tautband.body.drawing import Drawing
from tautband.care.locate import CASE_BOUND, Setting, rank_drawing, read_setting
from tautband.reasoning.examination import NextSteps, examine_next
from tautband.reasoning.knowledge import Knowledge, load_knowledge
from tautband.reasoning.plan import NO_PLAN
from tautband.reasoning.warnings import red_flags
from tautband.reasoning.widespread import widespread


@dataclass(frozen=True)
class Examination:
    """Red flags, which come before any palpation, and the next steps."""

    red_flags: tuple[RedFlag, ...]
    steps: NextSteps
    bound: float
    setting: Setting


def examine(
    drawing: Drawing,
    *,
    findings: Sequence[str] = (),
    presentation: str | None = None,
    sex: str | None = None,
    age: int | None = None,
    treated: Sequence[str] = (),
    without_assumed_findings: bool = False,
    bound: float = CASE_BOUND,
    knowledge: Knowledge | None = None,
) -> Examination:
    """What to examine next for a drawing, given what was told so far; raises InputError.

    The arguments are those of ``locate``.  The next findings are weighed as the model has them,
    also when the ones so far are not.  Of a drawing of widespread pain nothing is proposed.
    """
    known = knowledge or load_knowledge()
    setting = read_setting(
        known, findings, presentation, sex, age, treated, not without_assumed_findings
    )
    everywhere = widespread(drawing, known.atlas.table)
    if everywhere is not None:
        steps, reached = NextSteps((), (), NO_PLAN, everywhere.criterion.say), 0.0
    else:
        ranking = rank_drawing(drawing, known, setting, bound)
        steps, reached = examine_next(ranking, read_costs()), ranking.bound
    flags = red_flags(drawing, known.atlas.table, known.atlas.flags, setting.person)
    return Examination(tuple(flags), steps, reached, setting)
