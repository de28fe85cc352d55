"""The lexicon: which words name which regions, qualities, intensities and paths.

It is a TOML text, ``body/data/lexicon.toml``, whose head explains the format.  A clinic can add a
text of its own in the same format: new entries are added, and an entry with a known name gains the
words and parts of the new one.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from importlib import resources
from typing import Any, Literal, Protocol

import msgspec

from tautband.base.errors import InputError
from tautband.body.drawing import Quality
from tautband.text.near import close_names
from tautband.text.phrases import PhraseTable
from tautband.text.stopwords import FUNCTION_WORDS
from tautband.text.tokens import plain, tokenize

PART_NOUNS = ("side", "aspect", "part", "portion", "surface", "border", "edge", "half", "face")


class NamedRegion(Protocol):
    """What the lexicon wants to know of a region."""

    @property
    def id(self) -> str:
        """The id without side, such as ``shoulder_anterior``."""

    @property
    def name(self) -> str:
        """The anatomical name."""

    @property
    def plain(self) -> str:
        """The name in patients' words."""

    @property
    def synonyms(self) -> Sequence[str]:
        """Other names."""


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a place: an aspect around it (front, outer side) or a level along it (upper)."""

    runs: Literal["around", "along"]
    words: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    otherwise: tuple[str, ...] = ()  # parts that serve where a place has no part of this name
    say: str = ""


class PlaceEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place that can be named, with its regions and parts (ids or patterns with ``*``)."""

    names: tuple[str, ...]
    regions: tuple[str, ...]
    parts: dict[str, tuple[str, ...]] = {}
    middle: bool = False  # lies across the midline: without a side both halves are meant
    many: bool = False  # several on one side: a plural does not mean both sides
    limb: bool = False  # "down the arm": says the way, not how far
    loose: bool = False  # says little of where ("headache"): an exacter place in it replaces it
    also_free: tuple[str, ...] = ()  # what is free too when the place is said to be (hand: fingers)
    leads: str = ""  # the aspect along which pain comes here, if the text names none
    say: str = ""


class Chain(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Places in the order in which pain runs through them, from the trunk outwards."""

    links: tuple[str, ...]
    likely: str = ""  # the aspect to follow when nothing else tells


class _Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    middle: tuple[str, ...] = ()
    part: dict[str, Part] = {}
    place: dict[str, PlaceEntry] = {}
    chain: dict[str, Chain] = {}
    word: dict[str, tuple[str, ...]] = {}
    quality: dict[str, tuple[str, ...]] = {}
    intensity: dict[str, int] = {}
    abbreviation: dict[str, str] = {}
    level: dict[str, str] = {}
    root: dict[str, str] = {}


class Sense(msgspec.Struct, frozen=True):
    """What a phrase stands for: ``kind`` such as "place", "part", "go", and which one."""

    kind: str
    key: str


WORD_KINDS = frozenset(
    {"pain", "go", "to", "from", "between", "jump", "stop", "only", "except", "free", "root",
     "up", "whole", "aside", "context"}
)  # fmt: skip


class Lexicon:
    """A lexicon that fits a list of regions; build it with :func:`load_lexicon`."""

    def __init__(self, source: _Source, regions: Sequence[NamedRegion]) -> None:
        self.region_names: Mapping[str, str] = {r.id: r.plain or r.name for r in regions}
        self._ids = tuple(r.id for r in regions)
        self.parts = source.part
        self.chains = source.chain
        self.levels = source.level
        self.roots = source.root
        self.intensities = source.intensity
        self.abbreviations = {plain(k): v for k, v in source.abbreviation.items()}
        self.middle = frozenset(self._match("middle", source.middle))
        self.places = {key: self._resolved(key, entry) for key, entry in source.place.items()}
        self.table: PhraseTable[Sense] = PhraseTable()
        self._teach(source)
        self._teach_regions(regions)
        self._check_references()
        self.known_words = frozenset(self.table.words) | frozenset(self.abbreviations)
        self.word_groups = self._word_groups()

    def part_regions(self, place: str, part: str) -> tuple[str, ...]:
        """Regions of one part of a place; empty when the place has no such part."""
        entry = self.places[place]
        if part in entry.parts:
            return entry.parts[part]
        for other in self.parts[part].otherwise if part in self.parts else ():
            found = (
                self.select_joint(place, other) if "+" in other else self.part_regions(place, other)
            )
            if found:
                return found
        return ()

    def select_joint(self, place: str, joint: str) -> tuple[str, ...]:
        """Regions of a joint part such as "front+outside": its own, or both parts together."""
        parts = joint.split("+")
        return self._joint(place, parts) or tuple(sorted(self._chosen(place, parts)))

    def select(self, place: str, parts: Iterable[str]) -> tuple[str, ...]:
        """The regions of a place that the named parts leave; all when it has none of them."""
        named = [part for part in parts if part in self.parts]
        around = self._chosen(place, [p for p in named if self.parts[p].runs == "around"])
        along = self._chosen(place, [p for p in named if self.parts[p].runs == "along"])
        if around and along:
            return tuple(sorted(around & along or around))
        return tuple(sorted(around or along)) or self.places[place].regions

    def _chosen(self, place: str, parts: Sequence[str]) -> set[str]:
        joint = self._joint(place, parts) if len(set(parts)) > 1 else ()
        return set(joint) or {r for part in parts for r in self.part_regions(place, part)}

    def _joint(self, place: str, parts: Sequence[str]) -> tuple[str, ...]:
        """Regions of several parts named together, such as "front+outside"."""
        return self.places[place].parts.get("+".join(sorted(set(parts))), ())

    def place_names(self) -> tuple[str, ...]:
        """Every phrase that names a place, to suggest from."""
        return tuple(phrase for phrase, sense in self.table.items() if sense.kind == "place")

    def _resolved(self, key: str, entry: PlaceEntry) -> PlaceEntry:
        parts = {
            name: self._match(f"place {key}, part {name}", globs)
            for name, globs in entry.parts.items()
        }
        regions = self._match(f"place {key}", entry.regions)
        middle = entry.middle or self.middle.issuperset(regions)
        free = self._match(f"place {key}, also_free", entry.also_free)
        return msgspec.structs.replace(
            entry, regions=regions, parts=parts, middle=middle, also_free=free
        )

    def _match(self, where: str, patterns: Iterable[str]) -> tuple[str, ...]:
        found: set[str] = set()
        for pattern in patterns:
            hits = [region for region in self._ids if fnmatchcase(region, pattern)]
            if not hits:
                raise InputError(
                    f"lexicon, {where}",
                    f'no region is called "{pattern}"',
                    "a region id, or a pattern with * that fits one",
                    close_names(pattern, self._ids),
                )
            found.update(hits)
        return tuple(sorted(found))

    def _teach(self, source: _Source) -> None:
        for key, entry in source.place.items():
            self._add(entry.names, Sense("place", key))
        for key, part in source.part.items():
            nouned = [f"{word} {noun}" for word in part.adjectives for noun in PART_NOUNS]
            self._add((*part.words, *part.adjectives, *nouned), Sense("part", key))
        for key, words in source.quality.items():
            if key not in set(Quality):
                raise InputError("lexicon, quality", f'no quality is called "{key}"', "", ())
            self._add(words, Sense("quality", key))
        for phrase, value in source.intensity.items():
            self._add((phrase,), Sense("intensity", str(value)))
        for kind, words in source.word.items():
            if kind not in WORD_KINDS:
                raise InputError(
                    "lexicon, word",
                    f'no kind is called "{kind}"',
                    "",
                    close_names(kind, WORD_KINDS),
                )
            self._add(words, Sense(kind, kind))

    def _add(self, phrases: Iterable[str], sense: Sense) -> None:
        seen: set[str] = set()
        for phrase in phrases:
            if phrase in seen:
                raise InputError("lexicon", f'"{phrase}" is defined twice', "each phrase once")
            seen.add(phrase)
            if phrase in self.table:
                raise InputError("lexicon", f'"{phrase}" is defined twice', "each phrase once")
            self.table.add(phrase, sense)

    def _teach_regions(self, regions: Sequence[NamedRegion]) -> None:
        """Each region answers to its own names too.

        A phrase that the lexicon has, or that it can put together from a part and a place ("back of
        the thigh") so that the region is included, is left to the lexicon.
        """
        names: dict[str, list[str]] = {}
        for region in regions:
            key = f"region {region.id}"
            self.places[key] = PlaceEntry(
                (), (region.id,), middle=region.id in self.middle, say=region.plain
            )
            own = (region.name, region.plain)
            names[key] = [
                name
                for name in dict.fromkeys((*own, *region.synonyms))
                if name
                and not _names_side(name)
                and not self._can_say(name, region.id, exactly=name in own)
            ]
        for key, phrases in names.items():
            for name in phrases:
                if name not in self.table:
                    self.table.add(name, Sense("place", key))

    def _can_say(self, phrase: str, region: str, *, exactly: bool) -> bool:
        """True when parts and one place of the lexicon already spell the phrase out."""
        tokens = tokenize(phrase)
        parts: list[str] = []
        places: list[str] = []
        i = 0
        while i < len(tokens):
            match = self.table.longest(tokens, i, lambda _: False)
            if match is not None and match.value.kind in {"place", "part"}:
                (places if match.value.kind == "place" else parts).append(match.value.key)
                i = match.end
            elif tokens[i].norm in FUNCTION_WORDS:
                i += 1
            else:
                return False
        if len(places) != 1 or (parts and not self._has_parts(places[0], parts)):
            return False
        found = self.select(places[0], parts)
        return found == (region,) if exactly and parts else region in found

    def _has_parts(self, place: str, parts: Sequence[str]) -> bool:
        return bool(self._joint(place, parts)) or all(self.part_regions(place, p) for p in parts)

    def _check_references(self) -> None:
        for name, chain in self.chains.items():
            self._check(f"chain {name}", chain.links, self.places)
            self._check(f"chain {name}", filter(None, [chain.likely]), self.parts)
        for name, part in self.parts.items():
            names = [n for other in part.otherwise for n in other.split("+")]
            self._check(f"part {name}", names, self.parts)
        for name, entry in self.places.items():
            self._check(f"place {name}", filter(None, [entry.leads]), self.parts)
            for joint in entry.parts:
                self._check(f"place {name}", joint.split("+"), self.parts)
        self._check("level", self.levels.values(), self.places)
        self._check("root", self.roots.values(), self.places)

    def _check(self, where: str, names: Iterable[str], known: Mapping[str, object]) -> None:
        for name in names:
            if name not in known:
                raise InputError(
                    f"lexicon, {where}", f'"{name}" is unknown', "", close_names(name, known)
                )

    def _word_groups(self) -> dict[str, str]:
        """The meaning of each word that is a phrase by itself, to tell rivals from synonyms."""
        return {
            phrase: f"{sense.kind} {sense.key}"
            for phrase, sense in self.table.items()
            if " " not in phrase
        }


def _names_side(phrase: str) -> bool:
    """True for "right lower quadrant", whose side the text itself must say."""
    return bool({"right", "left"} & set(plain(phrase).split()))


def load_lexicon(regions: Sequence[NamedRegion], extra: str = "") -> Lexicon:
    """The lexicon that is shipped, and ``extra`` (a TOML text) merged into it.

    ``regions`` may hold each region once or on both sides.  It takes some 0.06 s: keep the result.
    Raises InputError that names the entry when the text is broken, names an unknown region, or
    gives a phrase a second meaning.
    """
    text = resources.files("tautband.body").joinpath("data/lexicon.toml").read_text("utf-8")
    return parse_lexicon([text, extra], regions)


def parse_lexicon(texts: Sequence[str], regions: Sequence[NamedRegion]) -> Lexicon:
    """A lexicon from TOML texts, the later ones adding to the earlier."""
    merged: dict[str, Any] = {}
    for text in texts:
        try:
            _merge(merged, tomllib.loads(text))
        except tomllib.TOMLDecodeError as error:
            raise InputError("lexicon", f"not readable as TOML: {error}", "a TOML text") from error
    try:
        source = msgspec.convert(merged, _Source)
    except msgspec.ValidationError as error:
        raise InputError("lexicon", str(error), "the format that lexicon.toml explains") from error
    both_sides = {region.id: region for region in regions}
    return Lexicon(source, list(both_sides.values()))


def _merge(into: dict[str, Any], new: Mapping[str, Any]) -> None:
    for key, value in new.items():
        old = into.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            _merge(old, value)
        elif isinstance(old, list) and isinstance(value, list):
            into[key] = old + [item for item in value if item not in old]
        else:
            into[key] = value
