"""Find records by name, by a place of the body in anybody's words, or by a word of their text."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from rapidfuzz import fuzz, process

from tautband.atlas.atlas import Atlas, Unit
from tautband.atlas.load import facts
from tautband.atlas.names import MOST_SUGGESTED, parts_of
from tautband.atlas.records import Muscle
from tautband.atlas.targets import Target, target_facts
from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.base.sources import Fact
from tautband.body.words.lexicon import Lexicon
from tautband.body.words.understand import understand
from tautband.text.near import CUTOFF
from tautband.text.stopwords import FUNCTION_WORDS

By = Literal["name", "place", "text"]
Record: TypeAlias = Muscle | Target
MOST_HITS = 20
LONGEST = 300
SPILL_WEIGHT = 0.4  # a place of spill-over counts less than one of the main area
LEAST_SHARE = 0.15  # of the asked place that a zone covers; less is an edge that touches
MOSTLY = 0.6  # of the main zone that lies in the asked place: small, but at home there
# Fields in which a symptom is told; needling and sources are not symptoms.
_SYMPTOMS = ("referral", "limited", "weak", "overload", "what")
_FREE = {"pain", "pains", "painful", "ache", "aches", "aching", "hurts", "sore", "trigger"}


@dataclass(frozen=True)
class Hit:
    """A record that was found; ``why`` says by what, ``score`` (0 to 1) orders within ``by``."""

    id: str
    name: str
    kind: str
    by: By
    why: str
    score: float


@dataclass(frozen=True)
class Found:
    """What was found, best first, and the places that were understood of the question.

    ``close`` are records with a name much like the question, where none has the name itself.
    """

    hits: tuple[Hit, ...]
    places: tuple[str, ...]
    close: tuple[str, ...] = ()


def search(asked: str, atlas: Atlas, targets: Mapping[str, Target], lexicon: Lexicon) -> Found:
    """Records for a question: those with the name first, then by place, then by their text.

    Raises InputError with close names when nothing is found.
    """
    words = " ".join(asked.replace("_", " ").split()).lower()
    if not words or len(words) > LONGEST:
        raise InputError("search", "has nothing to look for", f"1 to {LONGEST} characters")
    named = [*_by_name(words, atlas, targets), *_by_everyday_name(words, atlas)]
    regions = _regions(words, lexicon)
    placed = [*_by_place(regions, atlas), *_targets_by_place(regions, targets)]
    told = _by_text(words, _all(atlas, targets))
    hits: dict[str, Hit] = {}
    for hit in (*_best(named), *_best(placed), *_best(told)):
        hits.setdefault(hit.id, hit)
    close = () if named else _close(words, atlas, targets)
    if not hits:
        raise InputError(
            "search",
            f"'{asked[:80]}' was not found",
            "a muscle, a condition, a place of the body or a symptom",
            close,
        )
    places = tuple(lexicon.region_names[region] for region in sorted(regions))
    return Found(tuple(hits.values())[:MOST_HITS], places, close)


def _best(hits: Iterable[Hit]) -> list[Hit]:
    return sorted(hits, key=lambda hit: (-hit.score, hit.name))


def _all(atlas: Atlas, targets: Mapping[str, Target]) -> list[Record]:
    records: list[Record] = [*atlas.muscles.values()]
    return [*records, *targets.values()]


def _names(record: Record) -> Iterator[str]:
    yield record.id.replace("_", " ")
    yield record.name.lower()
    if isinstance(record, Muscle):
        yield record.latin.lower()
    yield from (synonym.lower() for synonym in record.synonyms)


def _by_name(words: str, atlas: Atlas, targets: Mapping[str, Target]) -> Iterator[Hit]:
    for record in _all(atlas, targets):
        scored = [(_likeness(words, name), name) for name in _names(record)]
        score, name = max(scored)
        if score > 0:
            kind = _kind(record)
            yield Hit(record.id, record.name, kind, "name", f"named '{name}'", score)
            # What a condition's target points to is wanted by whoever asks for the condition.
            if isinstance(record, Target) and score == 1:
                for muscle in record.muscles:
                    why = f"goes with {record.name.lower()}"
                    told = atlas.muscles[muscle].name
                    yield Hit(muscle, told, "muscle", "name", why, score / 2)


def _by_everyday_name(words: str, atlas: Atlas) -> Iterator[Hit]:
    for muscle in parts_of(words, atlas.muscles):
        yield Hit(muscle.id, muscle.name, "muscle", "name", f"part of '{words}'", 1.0)


def _likeness(words: str, name: str) -> float:
    """1 for the name itself, less for one that starts with or holds the words, else 0."""
    if words == name:
        return 1.0
    if name.startswith(words):
        return 0.9
    return 0.8 if re.search(rf"\b{re.escape(words)}", name) else 0.0


def _regions(words: str, lexicon: Lexicon) -> frozenset[str]:
    """Regions that the question names, without side; empty when it names none."""
    try:
        meaning = understand(words, lexicon)
    except InputError:
        return frozenset()
    return frozenset(region for region, _ in meaning.painful())


def _by_place(regions: frozenset[str], atlas: Atlas) -> Iterator[Hit]:
    if not regions:
        return
    half = len(atlas.table) // 2
    here = np.array([region in regions for region in atlas.table.ids])
    area = atlas.table.areas[:half]
    wanted = float(area[here].sum())
    for muscle in atlas.muscles.values():
        main, spill = _covered(atlas, atlas.unit[f"{muscle.id}:{Side.LEFT}"], half)
        in_main = float((area * main)[here].sum()) / wanted
        in_spill = float((area * spill)[here].sum()) / wanted
        # Of two that cover the place, the one that is felt less elsewhere fits better.
        own = float((area * main)[here].sum()) / float((area * main).sum())
        if max(in_main, in_spill) >= LEAST_SHARE or own >= MOSTLY:
            why = "main area of pain" if in_main >= in_spill else "spill-over"
            covered = in_main + SPILL_WEIGHT * in_spill
            score = min(1.0, 0.7 * covered + 0.3 * own)
            yield Hit(muscle.id, muscle.name, "muscle", "place", why, score)


def _covered(atlas: Atlas, unit: Unit, half: int) -> tuple[np.ndarray, np.ndarray]:
    """Share of each region, on either side of the body, under the main and the spill-over zone."""
    names = atlas.patterns(unit)
    cover = atlas.cover(unit)
    whole = cover[names.index("spread") if "spread" in names else 0]
    sides = whole.reshape(2, 2, half).max(axis=1)
    return sides[0], sides[1]


def _targets_by_place(regions: frozenset[str], targets: Mapping[str, Target]) -> Iterator[Hit]:
    for target in targets.values():
        shared = regions & set(target.regions)
        if shared:
            score = len(shared) / len(regions)
            yield Hit(target.id, target.name, target.kind, "place", "lies there", score)


def _by_text(words: str, records: Iterable[Record]) -> Iterator[Hit]:
    wanted = [
        w for w in re.findall(r"[a-z]{4,}", words) if w not in FUNCTION_WORDS and w not in _FREE
    ]
    if not wanted:
        return
    for record in records:
        for field, fact in _statements(record):
            text = fact.text.lower()
            if field.partition("[")[0] in _SYMPTOMS and all(
                re.search(rf"\b{re.escape(w)}", text) for w in wanted
            ):
                why = f"{field.partition('[')[0]}: {fact.text}"
                yield Hit(record.id, record.name, _kind(record), "text", why, 0.5)
                break


def _statements(record: Record) -> Iterator[tuple[str, Fact]]:
    return facts(record) if isinstance(record, Muscle) else target_facts(record)


def _kind(record: Record) -> str:
    return "muscle" if isinstance(record, Muscle) else record.kind


def _close(words: str, atlas: Atlas, targets: Mapping[str, Target]) -> tuple[str, ...]:
    names = {
        name: record.id
        for record in _all(atlas, targets)
        for name in _names(record)
        if len(name) > 3
    }
    near = process.extract(words, list(names), scorer=fuzz.ratio, limit=12, score_cutoff=CUTOFF)
    return tuple(dict.fromkeys(names[str(match[0])] for match in near))[:MOST_SUGGESTED]
