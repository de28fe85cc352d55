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
from tautband.reasoning.findings import parse_finding
from tautband.reasoning.knowledge import Knowledge, load_knowledge
from tautband.reasoning.ranking import Candidate, Explained, rank
from tautband.reasoning.warnings import red_flags

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
class Location:
    """The answer to "where does this come from"; ``bound`` limits the error of each probability."""

    versions: Versions
    understood: tuple[Reading, ...]
    not_understood: tuple[str, ...]
    red_flags: tuple[RedFlag, ...]
    candidates: tuple[Candidate, ...]
    other_causes: tuple[Candidate, ...]
    unexplained: tuple[Explained, ...]
    bound: float


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
    bound: float = LIVE_BOUND,
    knowledge: Knowledge | None = None,
) -> Location:
    """Rank what would explain a drawing.

    ``findings`` are written as ``"infraspinatus right: familiar pain"``.  Raises InputError for a
    drawing on another body, an empty drawing, or a finding that cannot be read.
    """
    known = knowledge or load_knowledge()
    table = known.atlas.table
    if drawing.body != table.surface.version:
        raise InputError(
            "drawing.body", f"'{drawing.body}' is not known", f"'{table.surface.version}'"
        )
    if not drawing.painful.any():
        raise InputError("drawing", "shows no pain", "at least one painful place")
    parsed = [parse_finding(text, known) for text in findings]
    ranking = rank(drawing, known, parsed, bound)
    flags = red_flags(drawing, table, known.atlas.flags)
    return Location(
        versions=Versions(
            table.surface.version,
            known.atlas.version,
            f"model-{known.model.version}",
            version("tautband"),
        ),
        understood=sentence.understood if sentence else (),
        not_understood=sentence.not_understood if sentence else (),
        red_flags=tuple(flags),
        candidates=_shown(ranking.candidates, {(f.muscle, f.side) for f in parsed}),
        other_causes=tuple(c for c in ranking.candidates if c.unit.cause and _worth_showing(c))[
            :MOST_OTHERS
        ],
        unexplained=ranking.unexplained,
        bound=ranking.bound,
    )


def _shown(
    candidates: Sequence[Candidate], examined: Collection[tuple[str, Side]]
) -> tuple[Candidate, ...]:
    """The likeliest muscles that explain something drawn, and every muscle that was examined."""
    muscles = [c for c in candidates if c.unit.muscle]
    likely = [c for c in muscles if _worth_showing(c)][:MOST_CANDIDATES]
    return tuple(c for c in muscles if c in likely or (c.unit.id, c.unit.side) in examined)


def _worth_showing(candidate: Candidate) -> bool:
    """Likely enough, and for something drawn: what explains nothing keeps its prior, no more."""
    return candidate.probability >= LEAST_SHOWN and bool(candidate.explains)
