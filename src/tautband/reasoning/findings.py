"""What the examination found at a muscle, and how it moves the odds."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from rapidfuzz import process

from tautband.atlas.load import find_muscle
from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.reasoning.knowledge import Knowledge
from tautband.reasoning.network import Floats

_FORM = re.compile(
    r"^\s*(?P<muscle>[^:]+?)\s+(?P<side>left|right)\s*:\s*(?P<finding>.+?)\s*$", re.I
)
_ABSENT = re.compile(r"^(?:no|not|absent|without)\s+", re.I)
RIGHT_FORM = "'muscle side: finding', for example 'infraspinatus right: familiar pain'"


@dataclass(frozen=True)
class Finding:
    """One finding at one muscle, present or absent."""

    muscle: str
    side: Side
    sign: str
    present: bool


def parse_finding(text: str, knowledge: Knowledge) -> Finding:
    """Read ``infraspinatus right: familiar pain`` or ``... : no taut band``; raises InputError."""
    match = _FORM.match(text)
    if match is None:
        raise InputError("finding", f"'{text[:80]}' cannot be read", RIGHT_FORM)
    muscle = find_muscle(match["muscle"], knowledge.atlas.muscles)
    words = match["finding"].lower()
    sign = _ABSENT.sub("", words)
    known = list(knowledge.model.findings)
    if sign not in known:
        close = [str(m[0]) for m in process.extract(sign, known, limit=2, score_cutoff=55)]
        raise InputError(
            "finding", f"'{sign}' is not a known sign", "one of " + ", ".join(known), close
        )
    return Finding(muscle.id, Side(match["side"].lower()), sign, present=sign == words)


def finding_ratios(findings: Iterable[Finding], knowledge: Knowledge) -> Floats:
    """Likelihood ratio per cause, (C,); a sign counts once, a contradiction is an InputError."""
    ratios = np.ones(len(knowledge.units))
    seen: dict[tuple[str, Side, str], bool] = {}
    for finding in findings:
        key = (finding.muscle, finding.side, finding.sign)
        if key in seen:
            if seen[key] != finding.present:
                where = f"{finding.muscle} {finding.side}"
                raise InputError(
                    "finding",
                    f"'{finding.sign}' at {where} is present and absent",
                    "one of the two",
                )
            continue
        seen[key] = finding.present
        ratio = knowledge.model.findings[finding.sign]
        cause = knowledge.cause(knowledge.atlas.ranked(finding.muscle, finding.side).key)
        ratios[cause] *= ratio.present if finding.present else ratio.absent
    return ratios
