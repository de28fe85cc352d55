"""What is known of a patient before the drawing is looked at: presentation, sex, past treatment."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from tautband.atlas.names import find_muscle, split_side
from tautband.atlas.presentations import Presentation, find_presentation
from tautband.base.errors import InputError
from tautband.base.sex import Sex
from tautband.base.side import Side
from tautband.reasoning.knowledge import Knowledge

Response = Literal["better", "same", "worse"]

_FORM = re.compile(r"^\s*(?P<where>[^:]+?)\s*:\s*(?P<after>.+?)\s*$", re.I)
_SAME = frozenset({"same", "no change", "unchanged", "no better"})
RIGHT_FORM = "'muscle side: better', '... same' or '... worse'"


@dataclass(frozen=True)
class PastTreatment:
    """A muscle that was treated for this pain before, and what followed."""

    muscle: str
    side: Side
    response: Response


@dataclass(frozen=True)
class Patient:
    """Each part is None or empty where nothing was told, and then changes nothing."""

    presentation: Presentation | None = None
    sex: Sex | None = None
    treated: tuple[PastTreatment, ...] = ()


NOBODY = Patient()


def read_patient(
    knowledge: Knowledge,
    presentation: str | None = None,
    sex: str | None = None,
    treated: Sequence[str] = (),
) -> Patient:
    """Read what was told; raises InputError that names the part which cannot be used."""
    if sex is not None and sex not in list(Sex):
        raise InputError("sex", f"is '{sex[:40]}'", "'female' or 'male', or nothing")
    past = [parse_treated(text, knowledge) for text in treated]
    seen: dict[tuple[str, Side], PastTreatment] = {}
    for one in past:
        if seen.setdefault((one.muscle, one.side), one) != one:
            raise InputError(
                "treated", f"{one.muscle} {one.side} is told in two ways", "one response"
            )
    return Patient(
        find_presentation(presentation) if presentation is not None else None,
        Sex(sex) if sex is not None else None,
        tuple(seen.values()),
    )


def parse_treated(text: str, knowledge: Knowledge) -> PastTreatment:
    """Read ``infraspinatus right: better``; raises InputError."""
    match = _FORM.match(text)
    if match is None:
        raise InputError("treated", f"'{text[:80]}' cannot be read", RIGHT_FORM)
    name, sides = split_side(match["where"])
    if len(sides) != 1:
        raise InputError("treated", f"'{text[:80]}' cannot be read", RIGHT_FORM)
    muscle = find_muscle(name, knowledge.atlas.muscles)
    after = " ".join(match["after"].lower().split())
    for response in get_args(Response):
        if after == response or (response == "same" and after in _SAME):
            return PastTreatment(muscle.id, sides[0], response)
    raise InputError("treated", f"'{after[:40]}' is no response", RIGHT_FORM)
