"""Presentations: what a clinician calls the complaint, and what that makes one think of.

One record a file in ``data/presentations``, named by its id.  Other packages refer to them by id.
"""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Literal

import msgspec
from rapidfuzz import process

from tautband.atlas.prevalence import Gap, Prevalence, read_gaps, read_prevalence
from tautband.base.errors import InputError
from tautband.base.sources import Fact, Source, check_fact

Area = Literal["head and jaw", "neck", "shoulder and arm", "trunk", "hip and leg", "whole body"]

MOST_SUGGESTED = 4
LARGEST_FACTOR = 10.0


class ThinkOf(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Muscles (ids) that this presentation makes one think of, and why."""

    muscles: tuple[str, ...]


class Raised(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Other causes (ids) whose prior odds are ``factor`` times as high; 1 changes nothing."""

    causes: tuple[str, ...]
    factor: float


class NotToMiss(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What must not be missed; ``flags`` are ids of red-flag patterns that show parts of it."""

    flags: tuple[str, ...] = ()


class Presentation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One complaint as clinicians name it.  ``synonyms`` are words of clinicians and patients."""

    id: str
    name: str
    synonyms: tuple[str, ...]
    area: Area
    summary: Fact
    think_of: tuple[ThinkOf, ...] = ()
    raised: tuple[Raised, ...] = ()
    not_to_miss: tuple[NotToMiss, ...]
    unknown: tuple[str, ...]

    @property
    def prevalence(self) -> tuple[Prevalence, ...]:
        """Published shares of people with a trigger point, muscle by muscle."""
        return tuple(row for row in read_prevalence() if row.presentation == self.id)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Studies of it that give no figure per muscle."""
        return tuple(gap for gap in read_gaps() if gap.presentation == self.id)

    def facts(self) -> Iterator[tuple[str, Fact]]:
        """Every sourced statement with the field it stands in."""
        yield "summary", self.summary
        for name in ("think_of", "raised", "not_to_miss"):
            for number, fact in enumerate(getattr(self, name)):
                yield f"{name}[{number}]", fact


@cache
def read_presentations() -> Mapping[str, Presentation]:
    """All presentations by id."""
    folder = resources.files("tautband.atlas").joinpath("data/presentations")
    found: dict[str, Presentation] = {}
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".toml"):
            record = parse_presentation(entry.read_text("utf-8"), entry.name)
            found[record.id] = record
    return found


def parse_presentation(text: str, name: str) -> Presentation:
    """Read one record; ``name`` is the file's.  Raises InputError."""
    try:
        record = msgspec.convert(tomllib.loads(text), Presentation)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InputError(name, str(error)) from error
    if f"{record.id}.toml" != name:
        raise InputError(name, f"holds the id '{record.id}'", "a file named by its id")
    return record


def check_presentation(
    record: Presentation,
    muscles: Collection[str],
    causes: Collection[str],
    flags: Collection[str],
    known: Mapping[str, Source],
) -> None:
    """Raise InputError unless all is sourced and names only what the atlas holds."""
    where = f"presentations {record.id}"
    for field, fact in record.facts():
        check_fact(f"{where}.{field}", fact, known)
    if not record.not_to_miss or not record.unknown:
        raise InputError(where, "is silent", "what must not be missed, and what is unknown")
    for think in record.think_of:
        _require(f"{where}.think_of", think.muscles, muscles)
    for raised in record.raised:
        _require(f"{where}.raised", raised.causes, causes)
        if not 1 <= raised.factor <= LARGEST_FACTOR:
            raise InputError(f"{where}.raised", f"has the factor {raised.factor}", "from 1 to 10")
    for miss in record.not_to_miss:
        _require(f"{where}.not_to_miss", miss.flags, flags)


def check_presentations(
    muscles: Collection[str],
    causes: Collection[str],
    flags: Collection[str],
    known: Mapping[str, Source],
) -> None:
    """Check every record, and that every published row and gap names one of them or none."""
    records = read_presentations()
    words: dict[str, str] = {}
    for record in records.values():
        check_presentation(record, muscles, causes, flags, known)
        for word in _words(record):
            if words.setdefault(word, record.id) != record.id:
                both = f"'{word}' names {words[word]} and {record.id}"
                raise InputError("presentations", both, "each name for one presentation")
    named = {row.presentation for row in read_prevalence()}
    named |= {gap.presentation for gap in read_gaps()}
    for one in sorted(named - {""} - set(records)):
        raise InputError("prevalence.toml", f"'{one}' is no presentation", "an id")


def find_presentation(name: str) -> Presentation:
    """The record of an id, name or synonym; raises InputError with close names."""
    wanted = " ".join(name.lower().replace("_", " ").replace("-", " ").split())
    words = {
        word.replace("-", " "): record
        for record in read_presentations().values()
        for word in _words(record)
    }
    if wanted in words:
        return words[wanted]
    close = process.extract(wanted, list(words), limit=None, score_cutoff=65)
    near = dict.fromkeys(words[str(match[0])].id for match in close)
    raise InputError(
        "presentation",
        f"'{name[:60]}' is not known",
        "one that 'tautband presentations' lists",
        list(near)[:MOST_SUGGESTED],
    )


def _words(record: Presentation) -> tuple[str, ...]:
    own = (record.id.replace("_", " "), record.name.lower(), *(s.lower() for s in record.synonyms))
    return tuple(dict.fromkeys(own))


def _require(field: str, named: tuple[str, ...], known: Collection[str]) -> None:
    for one in named:
        if one not in known:
            raise InputError(field, f"'{one}' is not in the atlas", "an id")
