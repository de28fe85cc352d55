"""The truth of each atom of a condition, from the answers and the target."""

from collections.abc import Mapping

from tautband.safety.screening.answers import Answers
from tautband.safety.screening.expression import (
    Atom,
    Compares,
    Here,
    Is,
    Placed,
    Takes,
    Yes,
)
from tautband.safety.screening.medicines import How, Medicine
from tautband.safety.screening.places import Place
from tautband.safety.screening.rules import NOT_RECOGNISED
from tautband.safety.screening.targets import Target
from tautband.safety.screening.truth import Truth


class Known:
    """What is known of one patient, and, for the questions that need one, of one target."""

    def __init__(self, answers: Answers, target: Target | None = None) -> None:
        self.answers = answers
        self.target = target
        self._memory: dict[Atom, Truth] = {}

    def __call__(self, atom: Atom) -> Truth:
        """Whether the atom holds: yes, no, or unknown."""
        found = self._memory.get(atom)
        if found is None:
            found = self._memory[atom] = self._judge(atom)
        return found

    def _judge(self, atom: Atom) -> Truth:
        match atom:
            case Takes(drug_class):
                return takes(drug_class, self.answers.get("medicines"))
            case Placed(how, placed):
                return self._placed(how, self.answers.get(placed))
            case Here(feature, value):
                assert self.target is not None
                return Truth.of((feature, value) in self.target.features)
        answer = self.answers.get(atom.question)
        if answer is None:
            return Truth.UNKNOWN
        match atom:
            case Yes():
                return Truth.of(answer is True)
            case Is(_, choice):
                return Truth.of(str(answer).replace(" ", "_") == choice)
            case Compares(_, sign, limit):
                assert isinstance(answer, float)
                return Truth.of(compare(answer, sign, limit))

    def _placed(self, how: str, value: object) -> Truth:
        if value is None:
            return Truth.UNKNOWN
        assert isinstance(value, tuple)
        places: tuple[Place, ...] = value
        if how == "any":
            return Truth.of(bool(places))
        assert self.target is not None
        parts = self.target.parts if how == "at" else self.target.around
        return Truth.of(any(place.holds(parts, self.target.side) for place in places))


def takes(drug_class: str, medicines: object) -> Truth:
    """Whether a class is taken.

    A medicine that was not recognised, or only nearly, may be of any class: then "no" is not known.
    """
    if medicines is None:
        return Truth.UNKNOWN
    assert isinstance(medicines, tuple)
    listed: tuple[Medicine, ...] = medicines
    unclear = any(m.how is not How.RECOGNISED for m in listed)
    if drug_class == NOT_RECOGNISED:
        return Truth.of(unclear)
    if any(drug_class in m.classes for m in listed):
        return Truth.YES
    return Truth.UNKNOWN if unclear else Truth.NO


_COMPARE: Mapping[str, tuple[bool, bool, bool]] = {
    "<": (True, False, False),
    "<=": (True, True, False),
    ">": (False, False, True),
    ">=": (False, True, True),
}


def compare(value: float, sign: str, limit: float) -> bool:
    """``value sign limit``."""
    below, equal, above = _COMPARE[sign]
    return (value < limit and below) or (value == limit and equal) or (value > limit and above)
