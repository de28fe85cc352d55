"""Published cases and group studies as data: what they hold, and the checks at load."""

import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Literal

import msgspec

from tautband.atlas.load import facts
from tautband.atlas.records import Muscle
from tautband.base.errors import InputError
from tautband.base.sources import Seen, Source, bibliography
from tautband.validation.halves import half_of

ENOUGH_PERCENT = 50.0  # an area is part of a group's pattern when at least half named it
LONGEST_WORDS = 80  # a few words for a place, never a sentence of a paper


class _Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What every file of published data has in common."""


class LeftOut(_Data, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A publication that was read and not used, and why."""

    what: str
    why: str


class Case(_Data, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One published patient: places of the pain in the source's words, and what was treated.

    ``side`` is the pain's, empty when the source does not say.  ``treated`` are names as published.
    ``collection`` 1 was at hand while the model was made, 2 was found afterwards.
    """

    id: str
    collection: Literal[1, 2]
    words: tuple[str, ...]
    side: Literal["", "left", "right", "both"] = ""
    treated: tuple[str, ...]
    grade: Literal["A", "B", "C"]
    sources: tuple[str, ...]
    note: str = ""

    @property
    def half(self) -> str:
        """``development`` or ``held out``."""
        return half_of(self.sources[0])

    @property
    def sentence(self) -> str:
        """The words as one text, with the side where it is stated and the words lack it."""
        text = ", ".join(self.words)
        if self.side == "both":
            return f"{text}, both sides"
        if self.side and self.side not in text:
            return f"{self.side}-sided: {text}"
        return text


class PublishedArea(_Data, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A place that people named, and the percent who did, where it is printed."""

    words: str
    percent: float | None = None


class GroupRow(_Data, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One pattern of pain after one muscle was stimulated in ``n`` people, where that was read.

    ``muscles`` are records of the atlas, several where the study does not tell parts apart.
    """

    id: str
    muscles: tuple[str, ...]
    sources: tuple[str, ...]
    n: int | None = None
    method: Literal["hypertonic saline", "palpation", "electrical stimulation"]
    population: str
    percent: float | None = None
    areas: tuple[PublishedArea, ...]
    note: str = ""

    @property
    def sentence(self) -> str:
        """The pattern in words, on the right: the areas that at least half named."""
        often = [a for a in self.areas if a.percent is None or a.percent >= ENOUGH_PERCENT]
        return "right side: " + ", ".join(area.words for area in often)


class Cases(_Data, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """All published cases; ``muscles`` gives the atlas records of names that are no record's id."""

    muscles: dict[str, tuple[str, ...]]
    case: tuple[Case, ...]
    left_out: tuple[LeftOut, ...]

    def records(self, case: Case) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Atlas ids of what was treated, and the published names that no record stands for."""
        found: list[str] = []
        missing = []
        for name in case.treated:
            ids = self.muscles.get(name, (name.replace(" ", "_"),))
            found += ids
            if not ids:
                missing.append(name)
        return tuple(dict.fromkeys(found)), tuple(missing)


class GroupStudies(_Data, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """All patterns of published group studies."""

    row: tuple[GroupRow, ...]
    left_out: tuple[LeftOut, ...]


@cache
def read_cases() -> Cases:
    """The shipped cases, as written; ``check_cases`` checks them against the atlas."""
    return parse_cases(_text("cases.toml"))


@cache
def read_group_studies() -> GroupStudies:
    """The shipped group studies, as written."""
    return parse_group_studies(_text("group_studies.toml"))


def parse_cases(text: str) -> Cases:
    """Read cases; raises InputError."""
    try:
        return msgspec.convert(tomllib.loads(text), Cases)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InputError("cases.toml", str(error)) from error


def parse_group_studies(text: str) -> GroupStudies:
    """Read group studies; raises InputError."""
    try:
        return msgspec.convert(tomllib.loads(text), GroupStudies)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InputError("group_studies.toml", str(error)) from error


def check_cases(cases: Cases, atlas: Collection[str], known: Mapping[str, Source]) -> None:
    """Raise InputError unless ids differ, sources were read, and records are in the atlas."""
    _check_ids("case", [case.id for case in cases.case])
    for case in cases.case:
        _check_sources(f"case {case.id}.sources", case.sources, known)
        _check_words(f"case {case.id}.words", case.words)
        ids, _ = cases.records(case)
        if not ids:
            raise InputError(
                f"case {case.id}.treated", "names no record", "a muscle of the atlas at least"
            )
        _check_records(f"case {case.id}.treated", ids, atlas)


def check_group_studies(
    studies: GroupStudies, atlas: Collection[str], known: Mapping[str, Source]
) -> None:
    """Raise InputError unless ids differ, sources were read, and percents are percents."""
    _check_ids("row", [row.id for row in studies.row])
    for row in studies.row:
        where = f"row {row.id}"
        _check_sources(f"{where}.sources", row.sources, known)
        _check_words(f"{where}.areas", [area.words for area in row.areas])
        _check_records(f"{where}.muscles", row.muscles, atlas)
        if (row.n is not None and row.n < 1) or not row.muscles:
            raise InputError(where, "has no people or no muscle", "at least one of each")
        for value in (row.percent, *(area.percent for area in row.areas)):
            if value is not None and not 0 < value <= 100:
                raise InputError(f"{where}.percent", f"is {value}", "above 0, at most 100")
        if all(a.percent is not None and a.percent < ENOUGH_PERCENT for a in row.areas):
            raise InputError(f"{where}.areas", "none was named by half", "one that was")


def is_circular(
    sources: Collection[str],
    muscles: Iterable[Muscle],
    known: Mapping[str, Source] | None = None,
) -> bool:
    """Whether a record of these muscles cites one of these sources, by key or by address.

    Then the record was partly made from the very publication, and finding the muscle proves little.
    """
    entries = bibliography() if known is None else known
    cited = {key for muscle in muscles for _, fact in facts(muscle) for key in fact.sources}
    addresses = {entries[key].url for key in cited if key in entries and entries[key].url}
    return any(
        key in cited or (key in entries and entries[key].url in addresses) for key in sources
    )


def _text(name: str) -> str:
    return resources.files("tautband.validation").joinpath("data", name).read_text("utf-8")


def _check_ids(what: str, ids: Sequence[str]) -> None:
    twice = sorted({i for i in ids if ids.count(i) > 1})
    if twice:
        raise InputError(f"{what}.id", f"{', '.join(twice)} stands twice", "each id once")


def _check_sources(field: str, keys: Sequence[str], known: Mapping[str, Source]) -> None:
    if not keys:
        raise InputError(field, "is empty", "at least one source")
    for key in keys:
        if key not in known:
            raise InputError(field, f"'{key}' is not in the bibliography", "a known key")
        if known[key].seen is Seen.NONE:
            raise InputError(field, f"'{key}' was not read", "a source that was")


def _check_words(field: str, words: Sequence[str]) -> None:
    if not words or not all(words):
        raise InputError(field, "is empty", "the places in a few words")
    long = [text for text in words if len(text) > LONGEST_WORDS]
    if long:
        raise InputError(field, f"has {len(long[0])} letters", f"at most {LONGEST_WORDS}")


def _check_records(field: str, ids: Sequence[str], atlas: Collection[str]) -> None:
    odd = [i for i in ids if i not in atlas]
    if odd:
        raise InputError(field, f"{', '.join(odd)} is no record", "records of the atlas")
