"""Locate: from a drawing or a sentence to ranked trigger points, with reasons."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version

from tautband.atlas.causes import RedFlag
from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.body.drawing import Drawing
from tautband.body.regions import load_regions
from tautband.body.words.lexicon import Lexicon, load_lexicon
from tautband.body.words.meanings import Reading
from tautband.body.words.to_drawing import to_drawing
from tautband.body.words.understand import understand
from tautband.reasoning.clinical_tests import TestResult
from tautband.reasoning.findings import Answer, Finding
from tautband.reasoning.knowledge import Knowledge, load_knowledge
from tautband.reasoning.patient import Patient, read_patient
from tautband.reasoning.ranking import Candidate, Explained, Ranking, rank
from tautband.reasoning.told import read_told
from tautband.reasoning.warnings import Person, questions, red_flags
from tautband.reasoning.widespread import Widespread, widespread

SCHEMA = "tautband.locate/1"

# While somebody paints, and when a case is opened or printed (the mass that may be left out).
LIVE_BOUND, CASE_BOUND = 1e-3, 1e-6
MOST_CANDIDATES, MOST_OTHERS = 15, 8
LEAST_SHOWN = 0.01


@dataclass(frozen=True)
class Versions:
    """What made an answer."""

    body: str
    atlas: str
    model: str
    tautband: str


@dataclass(frozen=True)
class ReadSentence:
    """A sentence as a drawing, with what was and was not understood."""

    drawing: Drawing
    understood: tuple[Reading, ...]
    not_understood: tuple[str, ...]


@dataclass(frozen=True)
class Setting:
    """What an answer was told beside the drawing; ``assumed`` False: without assumed findings."""

    patient: Patient
    person: Person
    told: tuple[Finding | TestResult, ...]
    assumed: bool


@dataclass(frozen=True)
class Location:
    """The answer to "where does this come from"; ``bound`` limits the error of each probability."""

    versions: Versions
    understood: tuple[Reading, ...]
    not_understood: tuple[str, ...]
    red_flags: tuple[RedFlag, ...]
    questions: tuple[RedFlag, ...]
    widespread: Widespread | None
    candidates: tuple[Candidate, ...]
    other_causes: tuple[Candidate, ...]
    unexplained: tuple[Explained, ...]
    bound: float
    setting: Setting


@cache
def shipped_lexicon() -> Lexicon:
    """The lexicon of places of the shipped body."""
    return load_lexicon(load_regions().regions)


def read_sentence(text: str, lexicon: Lexicon | None = None) -> ReadSentence:
    """Read a sentence about pain; raises InputError when too little of it is understood."""
    meaning = understand(text, lexicon or shipped_lexicon())
    drawing = to_drawing(meaning, load_regions())
    return ReadSentence(drawing, tuple(meaning.understood), tuple(meaning.not_understood))


def locate(
    drawing: Drawing,
    *,
    findings: Sequence[str] = (),
    sentence: ReadSentence | None = None,
    presentation: str | None = None,
    sex: str | None = None,
    age: int | None = None,
    treated: Sequence[str] = (),
    without_assumed_findings: bool = False,
    bound: float = LIVE_BOUND,
    knowledge: Knowledge | None = None,
) -> Location:
    """Rank what would explain a drawing.

    ``findings`` are written as ``"infraspinatus right: familiar pain"`` or ``"phalen left:
    negative"``, ``treated`` as ``"infraspinatus right: better"``; ``presentation`` is an id, name
    or synonym.  ``sex`` and ``age`` (years) choose the red flags and questions that can concern
    the patient; sex also excludes organs.  ``without_assumed_findings`` leaves out the weight of
    findings that nobody measured.  A drawing of widespread pain is answered as such, and of the
    muscles only those that were examined are told.  Raises InputError for a drawing on another
    body, an empty drawing, or a part that cannot be read.
    """
    known = knowledge or load_knowledge()
    table = known.atlas.table
    setting = read_setting(
        known, findings, presentation, sex, age, treated, not without_assumed_findings
    )
    check_drawing(drawing, known)
    everywhere, named = widespread(drawing, table), named_units(setting, known)
    # A drawing that no muscle could explain needs no solving, unless a muscle was examined.
    unasked = everywhere is not None and not named
    ranking = None if unasked else rank_drawing(drawing, known, setting, bound)
    return Location(
        versions=Versions(
            table.surface.version,
            known.atlas.version,
            f"model-{known.model.version}",
            version("tautband"),
        ),
        understood=sentence.understood if sentence else (),
        not_understood=sentence.not_understood if sentence else (),
        red_flags=tuple(red_flags(drawing, table, known.atlas.flags, setting.person)),
        questions=tuple(questions(drawing, table, known.atlas.flags, setting.person)),
        widespread=everywhere,
        candidates=_shown(
            ranking.candidates if ranking else (), named, 0 if everywhere else MOST_CANDIDATES
        ),
        other_causes=() if everywhere or ranking is None else _others(ranking),
        unexplained=() if everywhere or ranking is None else ranking.unexplained,
        bound=ranking.bound if ranking else 0.0,
        setting=setting,
    )


def _others(ranking: Ranking) -> tuple[Candidate, ...]:
    likely = [c for c in ranking.candidates if c.unit.cause and _worth_showing(c)]
    return tuple(likely[:MOST_OTHERS])


def read_setting(
    knowledge: Knowledge,
    findings: Sequence[str],
    presentation: str | None,
    sex: str | None,
    age: int | None,
    treated: Sequence[str],
    assumed: bool,
) -> Setting:
    """What was told beside the drawing; raises InputError that names the part."""
    patient = read_patient(knowledge, presentation, sex, treated)
    person = Person(patient.sex, age)
    return Setting(patient, person, read_told(findings, knowledge), assumed)


def rank_drawing(drawing: Drawing, knowledge: Knowledge, setting: Setting, bound: float) -> Ranking:
    """The whole ranking; raises InputError for a drawing that cannot be used."""
    check_drawing(drawing, knowledge)
    return rank(drawing, knowledge, setting.told, bound, setting.patient, setting.assumed)


def check_drawing(drawing: Drawing, knowledge: Knowledge) -> None:
    """Raise InputError for a drawing on another body, or without pain."""
    body = knowledge.atlas.table.surface.version
    if drawing.body != body:
        raise InputError("drawing.body", f"'{drawing.body}' is not known", f"'{body}'")
    if not drawing.painful.any():
        raise InputError("drawing", "shows no pain", "at least one painful place")


def named_units(setting: Setting, knowledge: Knowledge) -> set[tuple[str, Side]]:
    """Ranked units of the muscles that were examined or treated."""
    signs = [f for f in setting.told if isinstance(f, Finding)]
    named = [(f.muscle, f.side) for f in signs if f.answer is not Answer.NOT_EXAMINED]
    named += [(past.muscle, past.side) for past in setting.patient.treated]
    units = [knowledge.atlas.ranked(muscle, side) for muscle, side in named]
    return {(unit.id, unit.side) for unit in units}


def _shown(
    candidates: Sequence[Candidate], examined: Collection[tuple[str, Side]], most: int
) -> tuple[Candidate, ...]:
    """The likeliest muscles that explain something drawn, and every muscle that was examined."""
    muscles = [c for c in candidates if c.unit.muscle]
    likely = [c for c in muscles if _worth_showing(c)][:most]
    return tuple(c for c in muscles if c in likely or (c.unit.id, c.unit.side) in examined)


def _worth_showing(candidate: Candidate) -> bool:
    """Likely enough, and for something drawn: what explains nothing keeps its prior, no more."""
    return candidate.probability >= LEAST_SHOWN and bool(candidate.explains)
