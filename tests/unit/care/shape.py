"""The documented shape of ``tautband.locate/1``, read strictly: no field more, none less."""

from typing import Annotated, Any, Literal

import msgspec

Chance = Annotated[float, msgspec.Meta(ge=0, le=1)]
Text = Annotated[str, msgspec.Meta(min_length=1)]
Halves = Literal["left", "right"]
Sides = Literal["left", "right", "midline"]


class Strict(msgspec.Struct, forbid_unknown_fields=True):
    """A JSON object with these fields and no others."""


class Versions(Strict):
    body: Text
    atlas: Text
    model: Text
    tautband: Text


class Reading(Strict):
    text: Text
    meaning: Text


class Flag(Strict):
    id: Text
    title: Text
    urgency: Literal["emergency_now", "emergency_today", "urgent_days"]
    say: Text
    do: Text
    ask: list[Text]
    why: Text
    source: Text


class Widespread(Strict):
    regions: Annotated[int, msgspec.Meta(ge=4, le=5)]
    areas: Annotated[int, msgspec.Meta(ge=7, le=19)]
    text: Text
    why: Text
    source: Text


class Explained(Strict):
    region: Text
    side: Halves
    name: Text
    share: Chance


class Against(Strict):
    region: Text | None
    side: Halves | None
    name: Text | None
    why: Text


class Risk(Strict):
    structure: Text
    note: str
    source: str
    confidence: Literal["measured", "published teaching", "unreviewed"]


class Reason(Strict):
    text: Text
    factor: float | None
    source: str
    confidence: Literal["measured", "published teaching", "unreviewed"]


class Prior(Strict):
    value: Chance
    why: list[Reason]


class Named(Strict):
    id: Text
    name: Text


class Past(Strict):
    muscle: Text
    side: Sides
    response: Literal["better", "same", "worse"]


class Setting(Strict):
    presentation: Named | None
    sex: Literal["female", "male"] | None
    age: int | None
    treated: list[Past]
    assumed_findings: bool


class Candidate(Strict):
    muscle: Text
    name: Text
    synonyms: list[Text]
    side: Sides
    probability: Chance
    from_drawing: Chance | None
    prior: Prior
    explains: list[Explained]
    against: list[Against]
    at_risk: list[Risk]


class Other(Strict):
    id: Text
    name: Text
    kind: Literal["nerve root", "peripheral nerve", "facet joint", "joint", "visceral"]
    side: Sides
    probability: Chance
    from_drawing: Chance | None
    prior: Prior
    explains: list[Explained]


class Location(Strict):
    schema: Literal["tautband.locate/1"]
    versions: Versions
    understood: list[Reading]
    not_understood: list[Text]
    red_flags: list[Flag]
    questions: list[Flag]
    widespread: Widespread | None
    candidates: list[Candidate]
    other_causes: list[Other]
    unexplained: list[Explained]
    bound: Chance
    setting: Setting


def as_documented(data: Any) -> Location:
    """The answer, typed; fails for a missing, unknown or wrongly typed field."""
    return msgspec.convert(data, Location)
