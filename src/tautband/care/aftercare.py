"""After the needle: what a patient reports, where they were needled and where they are, joined."""

import re
from collections.abc import Mapping, Sequence

from tautband.atlas.load import read_muscles
from tautband.atlas.names import find_parts, split_side
from tautband.atlas.records import Muscle
from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.safety.events.triage import Triage, triage
from tautband.safety.events.words import emergency_number

_MIDLINE = re.compile(r"^midline\s|\smidline$", re.I)
_ANSWERS = {"yes": True, "no": False, "unknown": None}


def read_needled(text: str) -> tuple[tuple[Muscle, Side | None], ...]:
    """Read ``"upper trapezius right, infraspinatus"``: muscles with their sides, where said.

    A whole muscle or a group ("hamstrings") counts as all its parts, so that the strictest counts.
    Raises InputError, with close names, for a muscle that is not in the atlas.
    """
    found: list[tuple[Muscle, Side | None]] = []
    for part in (piece.strip() for piece in text.split(",")):
        if not part:
            raise InputError("needled", "has an empty entry", "muscles, separated by commas")
        bare = _MIDLINE.sub("", part).strip()
        name, sides = split_side(bare)
        if not name:
            raise InputError("needled", f"'{part}' names no muscle", "a muscle and its side")
        try:
            parts = find_parts(name, read_muscles())
        except InputError as error:
            raise InputError("needled", error.problem, error.expected, error.suggestions) from error
        told = sides or ((Side.MIDLINE,) if bare != part else (None,))
        found += [(muscle, side) for muscle in parts for side in told]
    return tuple(found)


def read_answers(texts: Sequence[str]) -> Mapping[str, bool | None]:
    """Read ``"chest pain=no"``; a sign answered twice is an InputError."""
    answers: dict[str, bool | None] = {}
    for text in texts:
        name, _, said = text.partition("=")
        key = said.strip().lower()
        if key not in _ANSWERS or not name.strip():
            raise InputError(
                "sign", f"'{text[:80]}' cannot be read", "'chest pain=yes', no or unknown"
            )
        if name.strip() in answers:
            raise InputError("sign", f"'{name.strip()}' is answered twice", "one answer")
        answers[name.strip()] = _ANSWERS[key]
    return answers


def triage_report(
    text: str,
    *,
    needled: str = "",
    hours: float | None = None,
    answers: Mapping[str, bool | None] | None = None,
    place: str | None = None,
) -> Triage:
    """Triage what a patient reports; raises InputError for anything but the text."""
    muscles = [muscle for muscle, _ in read_needled(needled)] if needled.strip() else []
    number = emergency_number(place)
    return triage(text, answers or {}, muscles, hours, number=number)


def triage_json(answer: Triage) -> dict[str, object]:
    """Schema ``tautband.triage/1``."""
    return {
        "schema": "tautband.triage/1",
        "decision": answer.decision.key,
        "say": list(answer.say),
        "ask": [
            {
                "id": q.id,
                "name": q.name,
                "question": q.question,
                "if_yes": q.urgency.key,
                "because": q.because,
            }
            for q in answer.ask
        ],
        "rules": [
            {
                "id": rule.id,
                "decision": rule.urgency.key,
                "why": rule.why,
                "source": list(rule.sources),
                "confidence": rule.confidence.value if rule.confidence else None,
            }
            for rule in answer.rules
        ],
        "zones": list(answer.zones),
        "denied": list(answer.denied),
        "not_understood": list(answer.not_understood),
        "next_check_hours": list(answer.next_check_hours),
    }
