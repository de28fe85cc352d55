"""What the examination found at a muscle, read from words, and how it moves the odds."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from rapidfuzz import process

from tautband.atlas.names import find_muscle, split_side
from tautband.base.errors import InputError
from tautband.base.sex import Sex
from tautband.base.side import Side
from tautband.reasoning.knowledge import Knowledge
from tautband.reasoning.network import Floats
from tautband.reasoning.places import read_place
from tautband.reasoning.signs import (
    BAND,
    FAMILIAR,
    IN_BAND,
    OUTSIDE_BAND,
    REFERRED,
    SPOT,
    SignTable,
)

_FORM = re.compile(r"^\s*(?P<where>[^:]+?)\s*:\s*(?P<finding>.+?)\s*$", re.I)
_ABSENT = re.compile(r"^(?:no|not|absent|without)\s+", re.I)
_UNEXAMINED = re.compile(
    r"^(?:not examined|not tested|unknown)[:,]?\s+|[:,]?\s+(?:not examined|not tested|unknown)$",
    re.I,
)
_REFERRED_TO = re.compile(r"^(?P<sign>.*?refer\w*(?:\s+\w+)?)\s+(?:to|into)\s+(?P<place>.+)$", re.I)
_FAMILIAR_REFERRAL = re.compile(r"^(?:familiar|recognised)\s+(?P<sign>refer\w*(?:\s+\w+)?)$", re.I)
RIGHT_FORM = "'muscle side: finding', for example 'infraspinatus right: familiar pain'"
# The signs that a relation rests on.
_RESTS_ON = {IN_BAND: (BAND, SPOT), OUTSIDE_BAND: (BAND, SPOT)}


class Answer(StrEnum):
    """Whether a sign was found; what was not examined is no evidence of anything."""

    PRESENT = "present"
    ABSENT = "absent"
    NOT_EXAMINED = "not examined"


@dataclass(frozen=True)
class Finding:
    """One sign at one muscle; ``places`` are regions (numbers) to which it referred pain."""

    muscle: str
    side: Side
    sign: str
    answer: Answer
    places: tuple[int, ...] = field(default=())

    @property
    def present(self) -> bool:
        """The sign was looked for and found."""
        return self.answer is Answer.PRESENT

    @property
    def absent(self) -> bool:
        """The sign was looked for and not found."""
        return self.answer is Answer.ABSENT


def parse_findings(text: str, knowledge: Knowledge) -> tuple[Finding, ...]:
    """Read one line, such as ``infraspinatus right: no taut band``; raises InputError.

    ``familiar referred pain to PLACE`` says two things: that pressure refers pain there, and that
    the patient knows this pain.
    """
    match = _FORM.match(text)
    if match is None:
        raise InputError("finding", f"'{text[:80]}' cannot be read", RIGHT_FORM)
    name, sides = split_side(match["where"])
    if len(sides) != 1:
        raise InputError("finding", f"'{text[:80]}' cannot be read", RIGHT_FORM)
    side = sides[0]
    muscle = find_muscle(name, knowledge.atlas.muscles)
    words = " ".join(match["finding"].lower().split())
    bare = _UNEXAMINED.sub("", words)
    told = _ABSENT.sub("", bare)
    answer = Answer.ABSENT if told != bare else Answer.PRESENT
    if bare != words:
        answer = Answer.NOT_EXAMINED
    places: tuple[int, ...] = ()
    if referred := _REFERRED_TO.match(told):
        told = referred["sign"].strip()
        places = read_place(referred["place"], side, knowledge.atlas.table)
    if both := _FAMILIAR_REFERRAL.match(told):
        if answer is Answer.ABSENT:
            raise InputError(
                "finding",
                f"'{text[:80]}' may mean two things",
                f"'no {FAMILIAR}' or 'no {REFERRED}'",
            )
        return (
            Finding(muscle.id, side, find_sign(both["sign"], knowledge), answer, places),
            Finding(muscle.id, side, FAMILIAR, answer),
        )
    return (Finding(muscle.id, side, find_sign(told, knowledge), answer, places),)


def parse_finding(text: str, knowledge: Knowledge) -> Finding:
    """Read a line that says one thing; raises InputError."""
    return parse_findings(text, knowledge)[0]


def find_sign(word: str, knowledge: Knowledge) -> str:
    """The sign that a word names; raises InputError with close ones."""
    known = SignTable(knowledge.model.findings).signs
    if word in known:
        return word
    for sign, numbers in knowledge.model.findings.sign.items():
        if word in numbers.also:
            return sign
    relation = re.fullmatch(r"(?:tender spot|tenderness|spot) (in|inside|within|outside) .*", word)
    if relation is not None and "band" in word:
        return OUTSIDE_BAND if relation[1] == "outside" else IN_BAND
    close = [str(m[0]) for m in process.extract(word, known, limit=2, score_cutoff=55)]
    raise InputError(
        "finding", f"'{word}' is not a known sign", "one of " + ", ".join(known), close
    )


def answers_by_muscle(findings: Iterable[Finding]) -> dict[tuple[str, Side], dict[str, bool]]:
    """What was found at each muscle; a contradiction is an InputError, repetition is not."""
    found: dict[tuple[str, Side], dict[str, bool]] = {}
    for finding in findings:
        if finding.answer is Answer.NOT_EXAMINED:
            continue
        answers = found.setdefault((finding.muscle, finding.side), {})
        if answers.setdefault(finding.sign, finding.present) != finding.present:
            raise InputError(
                "finding",
                f"'{finding.sign}' at {finding.muscle} {finding.side} is present and absent",
                "one of the two",
            )
    return found


def finding_ratios(
    findings: Iterable[Finding],
    knowledge: Knowledge,
    sex: Sex | None = None,
    assumed: bool = True,
) -> Floats:
    """Likelihood ratio per cause, (C,), of all signs of a muscle together.

    Members of a group that is ranked as one are told together.  ``assumed=False`` leaves out every
    sign whose weight was not measured.  Raises InputError for signs that cannot all be true.
    """
    ratios = np.ones(len(knowledge.units))
    table = SignTable(knowledge.model.findings, sex)
    for (muscle, side), answers in answers_by_muscle(findings).items():
        cause = knowledge.cause(knowledge.atlas.ranked(muscle, side).key)
        table.told(answers)
        counted = answers if assumed else _measured(answers, knowledge)
        ratios[cause] *= table.ratio(counted) if counted else 1.0
    return ratios


def _measured(answers: Mapping[str, bool], knowledge: Knowledge) -> dict[str, bool]:
    signs = knowledge.model.findings.sign
    return {
        sign: present
        for sign, present in answers.items()
        if all(signs[own].basis == "measured" for own in _RESTS_ON.get(sign, (sign,)))
    }


def recognised_places(findings: Iterable[Finding]) -> dict[tuple[str, Side], tuple[int, ...]]:
    """Regions to which pressing a muscle referred pain that the patient knows, by muscle."""
    listed = list(findings)
    known = {
        key for key, answers in answers_by_muscle(listed).items() if answers.get(FAMILIAR, False)
    }
    places: dict[tuple[str, Side], tuple[int, ...]] = {}
    for finding in listed:
        key = (finding.muscle, finding.side)
        if finding.present and finding.places and key in known:
            places[key] = tuple(dict.fromkeys((*places.get(key, ()), *finding.places)))
    return places
