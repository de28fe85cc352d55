"""Other explanations than trigger points, and the patterns that must be seen first."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Literal, TypeVar

import msgspec

from tautband.atlas.records import Zone
from tautband.atlas.zones import zone_mask
from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.base.sources import Fact, Source, check_fact
from tautband.body.drawing import Quality
from tautband.body.regions import RegionTable

T = TypeVar("T")

Kind = Literal["nerve root", "peripheral nerve", "facet joint", "joint", "visceral"]


class OtherCause(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A nerve, joint or organ that could explain pain; ``only`` fixes the side where it has one."""

    id: str
    name: str
    kind: Kind
    frequency: Literal["common", "uncommon", "rare"]
    zones: tuple[Zone, ...]
    root: str = ""
    only: Side | None = None

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides on which it can be a cause of its own."""
        return (self.only,) if self.only else (Side.LEFT, Side.RIGHT)


class RedFlag(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A pattern of pain that is shown before any ranking; see ``red_flags.toml`` for its terms."""

    id: str
    title: str
    say: str
    all: tuple[tuple[str, ...], ...]
    none: tuple[str, ...] = ()
    side: Side | None = None
    both_sides: bool = False
    least_intensity: int = 1
    qualities: tuple[Quality, ...] = ()


@cache
def read_causes() -> Mapping[str, OtherCause]:
    """All other causes by id."""
    return {c.id: c for c in _read("other_causes.toml", "cause", OtherCause)}


@cache
def read_red_flags() -> tuple[RedFlag, ...]:
    """All red-flag patterns, in the order in which they are shown."""
    return tuple(_read("red_flags.toml", "flag", RedFlag))


def _read(name: str, key: str, kind: type[T]) -> Iterator[T]:
    text = resources.files("tautband.atlas").joinpath(f"data/{name}").read_text("utf-8")
    for number, entry in enumerate(tomllib.loads(text)[key]):
        try:
            yield msgspec.convert(entry, kind)
        except msgspec.ValidationError as error:
            raise InputError(f"{name}, {key} {number + 1}", str(error)) from error


def check_causes(table: RegionTable, known: Mapping[str, Source]) -> None:
    """Raise InputError unless all causes and flags are sourced and name places that exist."""
    for cause in read_causes().values():
        check_fact(cause.id, cause, known)
        if not any(zone.zone == "main" for zone in cause.zones):
            raise InputError(cause.id, "has no main zone", "at least one")
        for zone in cause.zones:
            check_fact(f"{cause.id}.zones", zone, known)
            zone_mask(table, zone, Side.LEFT)
    for flag in read_red_flags():
        check_fact(flag.id, flag, known)
        for region in [r for group in (*flag.all, flag.none) for r in group]:
            table.vertices(f"{region}:left")
