"""What goes over the wire; the OpenAPI document and the browser's types come from here."""

from typing import Annotated, Literal

from ninja import Schema
from pydantic import ConfigDict, Field

SideName = Literal["left", "right", "midline"]
# "unspecified": nobody said what the pain is like.
Quality = Literal["ache", "sharp", "burning", "tingling", "numb", "unspecified"]
Sex = Literal["female", "male"]
View = Literal["front", "back", "left", "right", "head", "hand", "foot"]
Share = Annotated[float, Field(ge=0, le=1)]
Runs = Annotated[
    list[Annotated[int, Field(ge=0, le=10_000_000)]],
    Field(
        max_length=200_000,
        description="Sorted vertex numbers as gap, length, gap, length, ...: the gap counts from "
        "the end of the run before, the first from 0.",
    ),
]


class _In(Schema):
    """What a client sends: a field that is not known is an error, never ignored."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class _Out(Schema):
    """What the server answers."""

    model_config = ConfigDict(populate_by_name=True)


class Problem(_Out):
    """The one shape of every error."""

    field: str
    problem: str
    expected: str
    suggestions: list[str]
    message: str


class Mark(_In):
    """Vertices that share an intensity and a quality."""

    intensity: int = Field(ge=1, le=10)
    quality: Quality
    vertices: Runs


class Drawing(_In):
    """A pain drawing on a named version of the body."""

    schema_: Literal["tautband.drawing/1"] = Field(alias="schema")
    body: str = Field(min_length=1, max_length=80)
    answers: Literal["whole body", "named places only"]
    marks: list[Mark] = Field(max_length=200)
    free: Runs = Field(
        default=[], description="Vertices said to be free of pain; for named places only."
    )
    loose: list[Runs] = Field(
        default=[],
        max_length=200,
        description="Loosely named places: it hurts somewhere in each; for named places only.",
    )


class Region(_Out):
    """A named part of the skin, on one side."""

    id: str
    side: Literal["left", "right"]
    name: str
    plain: str = Field(description="The name in a patient's words.")
    synonyms: list[str]
    views: list[str]
    index: int
    anchor: int = Field(description="A vertex near the region's middle.")


class Body(_Out):
    """The body that is drawn on, and its regions."""

    version: str
    glb: str = Field(description="Address of the binary glTF; its name changes with its content.")
    regions: list[Region]
    shapes: list[str] = Field(description="Names of the morph targets.")


class WordsIn(_In):
    """A sentence about the pain."""

    text: str = Field(max_length=5_000)


class Understood(_Out):
    """A piece of the sentence and what it was taken to mean."""

    text: str
    meaning: str


class Words(_Out):
    """What a sentence says about the body."""

    drawing: Drawing
    understood: list[Understood]
    not_understood: list[str]


class LocateIn(_In):
    """A drawing to explain, with what the examination found."""

    drawing: Drawing
    sex: Sex | None = Field(default=None, description="Does not change the ranking so far.")
    findings: list[Annotated[str, Field(max_length=200)]] = Field(default=[], max_length=100)


class Findings(_Out):
    """What an examination can find at a muscle, in the words that `locate` reads."""

    signs: list[str] = Field(description="Write 'muscle side: sign', or '... : no sign'.")


class Versions(_Out):
    """What an answer was made with."""

    body: str
    atlas: str
    model: str
    tautband: str


class RedFlag(_Out):
    """A pattern that comes before any ranking."""

    id: str
    title: str
    say: str
    why: str
    source: str


class Explained(_Out):
    """A region and the share of it that a candidate accounts for, or that nothing does."""

    region: str
    side: SideName
    name: str
    share: Share


class Against(_Out):
    """What speaks against a candidate: a region, or a finding, which has no region."""

    region: str | None
    side: SideName | None
    name: str | None
    why: str


class AtRisk(_Out):
    """A structure that a needle could reach."""

    structure: str
    note: str
    source: str
    confidence: str


class Candidate(_Out):
    """A muscle whose trigger points would explain the drawing."""

    muscle: str
    name: str
    synonyms: list[str]
    side: SideName
    probability: Share
    explains: list[Explained]
    against: list[Against]
    at_risk: list[AtRisk]


class OtherCause(_Out):
    """An explanation that is not muscle."""

    id: str
    name: str
    kind: str
    side: SideName
    probability: Share
    explains: list[Explained]


class Location(_Out):
    """The ranking, best first, and what it leaves unexplained."""

    schema_: Literal["tautband.locate/1"] = Field(alias="schema")
    versions: Versions
    understood: list[Understood]
    not_understood: list[str]
    red_flags: list[RedFlag]
    candidates: list[Candidate]
    other_causes: list[OtherCause]
    unexplained: list[Explained]
    bound: float = Field(ge=0, description="Probability mass that was left out, at most.")


class TriggerPoint(_Out):
    """A trigger point on the surface."""

    id: str
    vertex: int


class Zones(_Out):
    """Where a muscle refers pain."""

    main: Runs
    spill: Runs


class Muscle(_Out):
    """A muscle's trigger points and referral zones on one side, and its record in short."""

    id: str
    name: str
    side: SideName
    synonyms: list[str]
    trigger_points: list[TriggerPoint]
    zones: Zones
    summary: dict[str, str]
