"""Examine: what to palpate next, and when to stop."""

from collections.abc import Sequence
from dataclasses import dataclass

from tautband.atlas.causes import RedFlag
from tautband.atlas.examination import read_costs
from tautband.base.errors import InputError
from tautband.body.drawing import Drawing
from tautband.care.locate import CASE_BOUND
from tautband.reasoning.examination import SIGN, NextSteps, examine_next
from tautband.reasoning.findings import parse_finding
from tautband.reasoning.knowledge import Knowledge, load_knowledge
from tautband.reasoning.ranking import rank
from tautband.reasoning.warnings import red_flags


@dataclass(frozen=True)
class Examination:
    """Red flags, which come before any palpation, and the next steps."""

    red_flags: tuple[RedFlag, ...]
    steps: NextSteps
    bound: float


def examine(
    drawing: Drawing,
    *,
    findings: Sequence[str] = (),
    bound: float = CASE_BOUND,
    knowledge: Knowledge | None = None,
) -> Examination:
    """What to palpate next for a drawing, given the findings so far; raises InputError."""
    known = knowledge or load_knowledge()
    if not drawing.painful.any():
        raise InputError("drawing", "shows no pain", "at least one painful place")
    parsed = [parse_finding(text, known) for text in findings]
    ranking = rank(drawing, known, parsed, bound)
    done = {f"{f.muscle}:{f.side}" for f in parsed if f.sign == SIGN}
    steps = examine_next(ranking, known.model, read_costs(), done)
    flags = red_flags(drawing, known.atlas.table, known.atlas.flags)
    return Examination(tuple(flags), steps, ranking.bound)
