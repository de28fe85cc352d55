"""What goes over the wire; the OpenAPI document and the browser's types come from here."""

from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import BaseModel, ConfigDict, Field, SkipValidation

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
    """A drawing to explain, with what is known of the patient and what the examination found."""

    drawing: Drawing
    presentation: Annotated[str, Field(min_length=1, max_length=120)] | None = Field(
        default=None, description="Id, name or synonym of a presentation."
    )
    sex: Sex | None = Field(
        default=None,
        description="Chooses red flags and questions, excludes organs of the other sex, and "
        "says how common latent points are.",
    )
    age: int | None = Field(
        default=None, ge=0, le=120, description="In years; chooses red flags and questions."
    )
    treated: list[Annotated[str, Field(max_length=200)]] = Field(
        default=[],
        max_length=50,
        description="'muscle side: better', '... same' or '... worse'.",
    )
    findings: list[Annotated[str, Field(max_length=200)]] = Field(default=[], max_length=100)
    without_assumed_findings: bool = Field(
        default=False, description="Leave out the weight of findings that nobody measured."
    )


class ExamineIn(LocateIn):
    """The same, to be told what to examine next."""


class Sign(_Out):
    """A sign at a muscle by itself: how much it weighs, and what that rests on."""

    sign: str
    ratio_present: float
    ratio_absent: float
    basis: Literal["from agreement", "assumed", "measured"]
    text: str
    source: str


class Test(_Out):
    """A clinical test for an explanation other than muscle."""

    id: str
    name: str
    sensitivity: float | None
    specificity: float | None
    positive: str
    how: str
    text: str
    source: str
    confidence: str


class Findings(_Out):
    """What an examination can find at a muscle, in the words that `locate` reads."""

    signs: list[str] = Field(
        description="Write 'muscle side: sign', '... : no sign' or '... : sign not examined'."
    )
    details: list[Sign]
    tests: list[Test] = Field(description="Write 'test side: positive' or '... : negative'.")


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
    urgency: Literal["emergency_now", "emergency_today", "urgent_days"]
    say: str
    do: str = Field(description="What to do.")
    ask: list[str] = Field(description="Questions that settle it.")
    why: str
    source: str


class Widespread(_Out):
    """Pain over much of the body, by the regions and areas of the 2016 fibromyalgia criteria."""

    regions: int = Field(description="Painful regions, of 5.")
    areas: int = Field(description="Painful areas, of 19.")
    text: str
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


class PriorReason(_Out):
    """One thing that a prior rests on; the factor on the odds, null for where they start."""

    text: str
    factor: float | None
    source: str
    confidence: str


class Prior(_Out):
    """The chance before the drawing and the findings."""

    value: Share
    why: list[PriorReason]


class Candidate(_Out):
    """A muscle whose trigger points would explain the drawing."""

    muscle: str
    name: str
    synonyms: list[str]
    side: SideName
    probability: Share
    from_drawing: Share | None = Field(
        description="Probability without any finding; null when none was told."
    )
    prior: Prior
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
    from_drawing: Share | None = Field(
        description="Probability without any finding; null when none was told."
    )
    prior: Prior
    explains: list[Explained]


class Named(_Out):
    """A record by id and name."""

    id: str
    name: str


class PastTreatment(_Out):
    """A muscle that was treated before, and what followed."""

    muscle: str
    side: SideName
    response: Literal["better", "same", "worse"]


class Setting(_Out):
    """What an answer was told beside drawing and findings."""

    presentation: Named | None
    sex: Sex | None
    age: int | None
    treated: list[PastTreatment]
    assumed_findings: bool


class Location(_Out):
    """The ranking, best first, and what it leaves unexplained."""

    schema_: Literal["tautband.locate/1"] = Field(alias="schema")
    versions: Versions
    understood: list[Understood]
    not_understood: list[str]
    red_flags: list[RedFlag] = Field(description="The most urgent first.")
    questions: list[RedFlag] = Field(
        description="What to ask before needling where something is drawn."
    )
    widespread: Widespread | None = Field(
        description="Stated where a ranking of muscles would tell nothing; none is given then."
    )
    candidates: list[Candidate]
    other_causes: list[OtherCause]
    unexplained: list[Explained]
    bound: float = Field(ge=0, description="Probability mass that was left out, at most.")
    setting: Setting


class Proposal(_Out):
    """An examination: what to do, what it costs, and what its answers would do.

    ``if_present`` and ``if_absent`` are the probability of the muscle, or that some target of the
    test is active, after the answers that ``present`` and ``absent`` name.
    """

    kind: Literal["palpation", "movement", "test"]
    id: str = Field(description="Of the muscle, or of the test.")
    name: str
    side: SideName
    signs: list[str]
    gain_bits: float
    minutes: float
    burden: float
    burden_why: str
    how: str
    position: str
    present: str
    absent: str
    if_present: Share
    if_absent: Share
    changes_plan: bool | None = Field(
        description="Some answer would change what is needled first; null when not followed."
    )
    accuracy: str
    source: str


class NotProposed(_Out):
    """A muscle that is never proposed, and why."""

    muscle: str
    name: str
    side: SideName
    why: str


class Examination(_Out):
    """What to examine next, best first; nothing with the reason in ``stop``."""

    schema_: Literal["tautband.examine/2"] = Field(alias="schema")
    red_flags: list[RedFlag]
    next: list[Proposal]
    stop: str | None
    plan: str
    not_proposed: list[NotProposed]
    bound: float = Field(ge=0)
    setting: Setting


class PresentationInShort(_Out):
    """A presentation in a list."""

    id: str
    name: str
    area: str
    synonyms: list[str]


class Presentations(_Out):
    """All presentations by name."""

    presentations: list[PresentationInShort]


class Statement(_Out):
    """A sourced statement."""

    text: str
    source: str
    confidence: str


class ThinkOf(Statement):
    """Muscles that a presentation makes one think of."""

    muscles: list[Named]


class Raised(Statement):
    """Other causes whose prior odds a presentation raises."""

    causes: list[Named]
    factor: float


class NotToMiss(Statement):
    """What must not be missed."""

    red_flags: list[str]


class PrevalenceRow(Statement):
    """Percent of n people with a trigger point in a muscle, as ranges."""

    muscle: Named
    condition: str
    n: int | None
    active: tuple[float, float] | None
    latent: tuple[float, float] | None
    any: tuple[float, float] | None
    indirect: bool


class PrevalenceGap(Statement):
    """A study that gives no figure per muscle."""

    muscles: list[Named]
    condition: str
    n: int | None


class Presentation(_Out):
    """A presentation with the published figures."""

    schema_: Literal["tautband.presentation/1"] = Field(alias="schema")
    id: str
    name: str
    area: str
    synonyms: list[str]
    summary: Statement
    think_of: list[ThinkOf]
    raised: list[Raised]
    not_to_miss: list[NotToMiss]
    prevalence: list[PrevalenceRow]
    gaps: list[PrevalenceGap]
    unknown: list[str]


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


# A course is read by the one reader of all faces, which names the field in its refusal: these
# classes describe it and refuse nothing themselves.
Count = Annotated[int, Field(ge=0, le=1000, description="null: not recorded, which is never 0.")]


class CourseScore(Schema):
    """A score on a day of the course; a fraction of a day tells the hour."""

    day: float
    value: float


class CourseSession(Schema):
    """A session; what was not recorded or not assessed is null."""

    day: float
    needles: Count | None = None
    insertions: Count | None = None
    ltr: Count | None = Field(default=None, description="Local twitch responses.")


class CourseOutcome(Schema):
    """What was scored: an instrument, or an outcome of one's own with range and direction."""

    outcome: str = Field(description="An instrument's id or name, or a name of one's own.")
    scores: list[CourseScore]
    region: str | None = Field(default=None, description="Chooses the nearest population.")
    important: float | None = Field(default=None, description="The change that matters, in points.")
    range: tuple[float, float] | None = None
    step: float | None = None
    better: Literal["lower", "higher"] | None = None


class CourseIn(BaseModel):
    """A course by schema ``tautband.course/1``."""

    # Not of ninja's own base, which drops unknown fields: they too are for the reader to refuse.
    model_config = ConfigDict(
        extra="allow",
        populate_by_name=True,
        json_schema_extra={"additionalProperties": False, "required": ["outcome", "scores"]},
    )

    schema_: Annotated[Literal["tautband.course/1"], SkipValidation] = Field(
        default="tautband.course/1", alias="schema"
    )
    outcome: Annotated[str, SkipValidation] = Field(
        default="", description="An instrument's id or name, or a name of one's own with `range`."
    )
    scores: Annotated[list[CourseScore], SkipValidation] = Field(default=[])
    region: Annotated[str, SkipValidation] = Field(default="")
    important: Annotated[float | None, SkipValidation] = None
    range: Annotated[tuple[float, float] | None, SkipValidation] = None
    step: Annotated[float | None, SkipValidation] = None
    better: Annotated[Literal["lower", "higher"] | None, SkipValidation] = None
    sessions: Annotated[list[CourseSession], SkipValidation] = Field(default=[])
    planned_sessions: Annotated[int | None, SkipValidation] = None
    baseline_days: Annotated[int | None, SkipValidation] = None
    outcomes: Annotated[list[CourseOutcome], SkipValidation] = Field(default=[])
    today: Annotated[float | None, SkipValidation] = None
    synthetic: Annotated[bool, SkipValidation] = False
    note: Annotated[str, SkipValidation] = ""

    def told(self) -> dict[str, Any]:
        """The course as it was sent, and nothing that was not."""
        given = {name: getattr(self, name) for name in self.model_fields_set}
        if "schema_" in given:
            given["schema"] = given.pop("schema_")
        return given


class Told(_Out):
    """A probability, and in words as coarse as it is known."""

    p: Share
    said: str


class ToldByWeek(Told):
    """The same by a week after the first session."""

    week: int


class ImportantByWeek(_Out):
    """The chance of a clinically important change."""

    now: Told
    if_continued: list[ToldByWeek]
    if_stopped: list[ToldByWeek]


class Ends(_Out):
    """An interval of 90 % and its middle, in points of the outcome."""

    low: float
    middle: float
    high: float


class CurvePoint(Ends):
    """The course's level on a day."""

    day: float


class Curves(_Out):
    """The fitted course up to today, and the two futures."""

    fitted: list[CurvePoint]
    if_continued: list[CurvePoint]
    if_stopped: list[CurvePoint]


class ImportantSize(_Out):
    """The change that matters, and who says so."""

    points: float
    from_: str = Field(alias="from")
    sources: list[str]


class NextReview(_Out):
    """When to look again."""

    kind: Literal["now", "half course", "full course", "none"]
    day: float | None
    session: int | None
    stalled: bool


class Remaining(_Out):
    """Sessions still to come, and how many until an important change is likelier than not."""

    planned: int
    until_important_change_is_likely: int | None


class Sentences(_Out):
    """The forecast for its two readers."""

    clinician: list[str]
    patient: list[str]


class Forecast(_Out):
    """A course judged."""

    schema_: Literal["tautband.forecast/1"] = Field(alias="schema")
    versions: dict[str, str]
    synthetic: bool
    outcome: str
    range: tuple[float, float]
    better: Literal["lower", "higher"]
    today: float
    first_session: float | None
    sessions_done: int
    sessions_planned: int
    important_change: ImportantSize
    verdict: Literal["working", "too_early", "cannot_be_separated", "not_working"]
    why: str
    p_important_change: ImportantByWeek
    p_benefit: Told
    change_so_far: Ends
    benefit_of_usual_course: Ends
    prior_share: Share
    prior_share_of_change: Share
    curve: Curves
    review: NextReview
    remaining_sessions: Remaining
    sentences: Sentences
    accuracy: dict[str, float]


class Items(_Out):
    """How many items, and what each may be."""

    count: int
    low: float
    high: float
    allowed: list[float]
    whole: bool
    least_count: int | None
    names: list[str]


class Sourced(_Out):
    """A statement with its sources."""

    text: str
    sources: list[str]
    confidence: str


class MissingRule(Sourced):
    """How many items may be missing, and what is then done."""

    most: int


class LicenceOf(Sourced):
    """What its owner allows."""

    kind: Literal["free", "permission", "licence", "not established"]


class InstrumentOut(_Out):
    """An outcome measure, without the wording of its items."""

    id: str
    name: str
    short: str
    about: str
    regions: list[str]
    items: Items
    range: tuple[float, float]
    better: Literal["lower", "higher"]
    unit: str
    digits: int
    missing: MissingRule
    licence: LicenceOf
    caution: str


class Instruments(_Out):
    """All shipped instruments."""

    instruments: list[InstrumentOut]


Answer = Annotated[float, Field(allow_inf_nan=False)]


class ScoreIn(_In):
    """Item answers in their order; null for one that was not answered, which is never 0."""

    instrument: str = Field(min_length=1, max_length=120)
    answers: list[Answer | None] = Field(max_length=60)
    before: Answer | None = Field(default=None, description="An earlier score to compare with.")
    region: str = Field(default="", max_length=60)
    repeats: list[Answer] = Field(
        default=[], max_length=100, description="This patient's scores on days without treatment."
    )


class ThresholdReached(_Out):
    """A published size of change beside this one."""

    kind: Literal["important", "error"]
    points: tuple[float, float]
    reached: Literal["yes", "between", "no"]
    nearest: bool
    population: str
    sources: list[str]
    confidence: str


class RealChange(_Out):
    """What this patient's own repeated scores say."""

    repeats: int
    least: float | None
    stands_out: bool | None
    text: str


class WeighedChange(_Out):
    """Important and real, side by side and never merged."""

    points_better: float
    percent_better: float | None
    important: list[ThresholdReached]
    real: RealChange


class Scored(_Out):
    """A score, and what a change is worth."""

    schema_: Literal["tautband.score/1"] = Field(alias="schema")
    instrument: str
    name: str
    score: float | None
    unit: str
    range: tuple[float, float]
    better: Literal["lower", "higher"]
    items: list[float | None]
    item_names: list[str]
    missing: int
    why_none: str | None
    change: WeighedChange | None
    caution: str | None
