"""The list of records: all of an area, or what a search found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias, get_args

from tautband.atlas.atlas import Atlas
from tautband.atlas.records import Area, Muscle
from tautband.atlas.search import search as search_atlas
from tautband.atlas.targets import Target, read_targets
from tautband.base.errors import InputError
from tautband.care.locate import shipped_lexicon

Record: TypeAlias = Muscle | Target

NOT_MUSCLE = "not muscle"
SHELVES: tuple[str, ...] = (*get_args(Area), NOT_MUSCLE)
LONGEST_QUERY = 200


@dataclass(frozen=True)
class Card:
    """A record in the list: a second name, whether there is a picture, why it was found."""

    id: str
    name: str
    also: str
    also_language: str
    status: str
    pictured: bool
    why: str = ""


@dataclass(frozen=True)
class Shelf:
    """Records of one area, by name; what is not muscle stands on a shelf of its own."""

    area: str
    cards: tuple[Card, ...]

    @property
    def slug(self) -> str:
        """The area for addresses and the catalogue."""
        return slug(self.area)


def slug(area: str) -> str:
    """An area as it stands in an address and in the catalogue."""
    return area.replace(" ", "-")


def area_of(name: str) -> str:
    """The area of a slug, or nothing when none is asked for; raises InputError."""
    for area in SHELVES:
        if slug(area) == name:
            return area
    if name:
        known = ", ".join(map(slug, SHELVES))
        raise InputError("area", f"'{name[:40]}' is not an area", f"one of {known}")
    return ""


def shelved(records: Iterable[Record]) -> tuple[Shelf, ...]:
    """Records by area of the body, head to foot."""
    by_area: dict[str, list[Record]] = {area: [] for area in SHELVES}
    for record in records:
        by_area[_shelf_of(record)].append(record)
    return tuple(
        Shelf(area, tuple(_card(one) for one in sorted(found, key=lambda r: r.name)))
        for area, found in by_area.items()
        if found
    )


def everything(atlas: Atlas) -> list[Record]:
    """All records: muscles, and targets that are not muscle."""
    return [*atlas.muscles.values(), *read_targets().values()]


@dataclass(frozen=True)
class Result:
    """What a question found, best first; ``close`` are records whose name is much like it."""

    records: tuple[Record, ...]
    why: Mapping[str, str]
    places: tuple[str, ...] = ()
    close: tuple[Record, ...] = ()


def search(atlas: Atlas, query: str) -> Result:
    """Records that a question means; raises InputError for one that cannot be searched."""
    if len(query) > LONGEST_QUERY:
        raise InputError("search", f"is {len(query)} characters long", f"at most {LONGEST_QUERY}")
    known = {record.id: record for record in everything(atlas)}
    try:
        found = search_atlas(query, atlas, read_targets(), shipped_lexicon())
    except InputError as error:  # nothing found is an answer on a page, not a fault
        return Result((), {}, close=tuple(known[one] for one in error.suggestions))
    return Result(
        records=tuple(known[hit.id] for hit in found.hits),
        why={hit.id: hit.why for hit in found.hits},
        places=found.places,
        close=tuple(known[one] for one in found.close),
    )


def ranked(result: Result, area: str) -> tuple[Card, ...]:
    """Cards in the order in which they were found, of one area or of all."""
    return tuple(
        _card(record, result.why[record.id])
        for record in result.records
        if area in ("", _shelf_of(record))
    )


def _shelf_of(record: Record) -> str:
    return record.area if isinstance(record, Muscle) else NOT_MUSCLE


def _card(record: Record, why: str = "") -> Card:
    muscle = isinstance(record, Muscle)
    return Card(
        id=record.id,
        name=record.name,
        also=record.latin if isinstance(record, Muscle) else record.kind,
        also_language="la" if muscle else "en",
        status=slug(record.needling.status),
        pictured=isinstance(record, Muscle) or bool(record.regions),
        why=why,
    )
