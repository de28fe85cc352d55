"""A patient in a mirror: left and right change everywhere, in answers and drawing too."""

import re
from dataclasses import replace
from typing import Any

from tautband.body.drawing import Drawing
from tautband.body.surface import Surface
from tautband.reasoning.findings import Finding
from tautband.safety.events.entries import Entry, Insertion
from tautband.safety.events.ledger import Ledger
from tautband.synthetic.cases.values import Case, Visit

_SIDES = re.compile(r"\b(left|right)\b")


def mirrored(case: Case, surface: Surface) -> Case:
    """The same patient with sides changed; twice gives the first again."""
    illness = case.illness
    return replace(
        case,
        person=replace(case.person, answers=_words(dict(case.person.answers))),
        illness=replace(
            illness,
            side=illness.side.mirrored,
            active=tuple((m, side.mirrored) for m, side in illness.active),
        ),
        drawing=mirrored_drawing(case.drawing, surface),
        findings=tuple(_finding(f) for f in case.findings),
        targets=tuple(replace(t, side=t.side.mirrored) for t in case.targets),
        visits=tuple(_visit(v) for v in case.visits),
    )


def mirrored_drawing(drawing: Drawing, surface: Surface) -> Drawing:
    """The drawing with left and right changed."""
    turn = surface.mirror
    loose = None if drawing.loose is None else drawing.loose[turn]
    return Drawing(
        drawing.body, drawing.intensity[turn], drawing.quality[turn], drawing.asked[turn], loose
    )


def _finding(finding: Finding) -> Finding:
    # Made-up findings name no regions, which would have to change side too.
    assert not finding.places
    # Not by ``replace``, which takes a tenth of the time of a patient.
    return Finding(finding.muscle, finding.side.mirrored, finding.sign, finding.answer)


def _visit(visit: Visit) -> Visit:
    entries = {key: _entry(entry) for key, entry in visit.ledger.entries.items()}
    muscles = tuple(replace(m, side=m.side.mirrored) for m in visit.muscles)
    return replace(visit, ledger=Ledger(entries), muscles=muscles)


def _entry(entry: Entry) -> Entry:
    if isinstance(entry, Insertion):
        return replace(entry, side=entry.side.mirrored, needle=_words(entry.needle))
    return entry


def _words(value: Any) -> Any:
    """Plain data with "left" and "right" changed in every text."""
    match value:
        case str():
            return _SIDES.sub(lambda m: "right" if m[0] == "left" else "left", value)
        case list():
            return [_words(one) for one in value]
        case dict():
            return {key: _words(one) for key, one in value.items()}
    return value
