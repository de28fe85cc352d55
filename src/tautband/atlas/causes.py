"""Other explanations than trigger points, and the patterns that must be seen first."""

import tomllib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Literal, TypeVar

import msgspec

from tautband.atlas.records import Zone
from tautband.atlas.zones import zone_mask
from tautband.base.errors import InputError
from tautband.base.sex import Sex
from tautband.base.side import Side
from tautband.base.sources import Fact, Source, check_fact
from tautband.body.drawing import Quality
from tautband.body.regions import RegionTable

T = TypeVar("T")

Kind = Literal["nerve root", "peripheral nerve", "facet joint", "joint", "visceral"]
OLDEST = 120


class Urgency(StrEnum):
    """How soon somebody has to act; the members are in order, the most urgent first."""

    EMERGENCY_NOW = "emergency_now"
    EMERGENCY_TODAY = "emergency_today"
    URGENT_DAYS = "urgent_days"

    @property
    def rank(self) -> int:
        """0 for the most urgent."""
        return list(Urgency).index(self)


class OtherCause(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A nerve, joint or organ that could explain pain.

    ``only`` fixes the side where it has one; ``sex``: who has it; ``roots``: of a nerve root, the
    levels it stands for; ``with_both_sides``: causes with the same word here are of one sort and
    tend to be active on both sides together (a cause without it tends so with its own other side).
    """

    id: str
    name: str
    kind: Kind
    frequency: Literal["common", "uncommon", "rare"]
    zones: tuple[Zone, ...]
    roots: tuple[str, ...] = ()
    only: Side | None = None
    sex: Sex | None = None
    with_both_sides: str = ""

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides on which it can be a cause of its own."""
        return (self.only,) if self.only else (Side.LEFT, Side.RIGHT)


class RedFlag(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A pattern of pain that is shown before any ranking, or a question to ask before needling.

    ``red_flags.toml`` explains the terms; ``say`` tells the clinician, ``do`` what to do, ``ask``
    the questions that settle it.
    """

    id: str
    title: str
    urgency: Urgency
    say: str
    do: str
    ask: tuple[str, ...]
    all: tuple[tuple[str, ...], ...]
    none: tuple[str, ...] = ()
    side: Side | None = None
    both_sides: bool = False
    one_side: bool = False
    least_intensity: int = 1
    qualities: tuple[Quality, ...] = ()
    sex: Sex | None = None
    least_age: int = 0
    most_age: int = OLDEST
    only_if_known: bool = False
    when_asked: bool = False


@cache
def read_causes() -> Mapping[str, OtherCause]:
    """All other causes by id, from every file of ``data/causes``."""
    found: dict[str, OtherCause] = {}
    folder = resources.files("tautband.atlas").joinpath("data/causes")
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".toml"):
            for cause in _read(entry, "cause", OtherCause):
                if cause.id in found:
                    raise InputError(f"{entry.name}, {cause.id}", "stands twice", "one place")
                found[cause.id] = cause
    return found


@cache
def read_red_flags() -> tuple[RedFlag, ...]:
    """All red flags and questions, the most urgent first, else in the order of the data."""
    entry = resources.files("tautband.atlas").joinpath("data/red_flags.toml")
    return tuple(sorted(_read(entry, "flag", RedFlag), key=lambda flag: flag.urgency.rank))


def _read(entry: Traversable, key: str, kind: type[T]) -> Iterator[T]:
    for number, fields in enumerate(tomllib.loads(entry.read_text("utf-8"))[key]):
        try:
            yield msgspec.convert(fields, kind)
        except msgspec.ValidationError as error:
            raise InputError(f"{entry.name}, {key} {number + 1}", str(error)) from error


def check_causes(table: RegionTable, known: Mapping[str, Source]) -> None:
    """Raise InputError unless all causes and flags are sourced and name places that exist."""
    for cause in read_causes().values():
        _check_cause(cause, table, known)
    for flag in read_red_flags():
        check_flag(flag, table, known)


def _check_cause(cause: OtherCause, table: RegionTable, known: Mapping[str, Source]) -> None:
    check_fact(cause.id, cause, known)
    if not any(zone.zone == "main" for zone in cause.zones):
        raise InputError(cause.id, "has no main zone", "at least one")
    if bool(cause.roots) != (cause.kind == "nerve root"):
        raise InputError(f"{cause.id}.roots", f"is {cause.roots}", "levels for a nerve root alone")
    for zone in cause.zones:
        check_fact(f"{cause.id}.zones", zone, known)
        zone_mask(table, zone, Side.LEFT)


def check_flag(flag: RedFlag, table: RegionTable, known: Mapping[str, Source]) -> None:
    """Raise InputError unless a flag is sourced, can be raised, and says what to do and to ask."""
    check_fact(flag.id, flag, known)
    for region in [r for group in (*flag.all, flag.none) for r in group]:
        table.vertices(f"{region}:left")
    if not (flag.all and all(flag.all)):
        raise InputError(f"{flag.id}.all", "is empty", "a list of regions, or several")
    if not (flag.say and flag.do and flag.ask):
        raise InputError(flag.id, "lacks say, do or ask", "all three")
    if not 0 <= flag.least_age <= flag.most_age <= OLDEST:
        raise InputError(
            f"{flag.id}.least_age", f"is {flag.least_age}", f"0 to most_age, {flag.most_age}"
        )
    if flag.both_sides and (flag.one_side or flag.side):
        raise InputError(f"{flag.id}.both_sides", "contradicts one_side or side", "one of them")
    if flag.when_asked and (len(flag.all) > 1 or flag.least_intensity > 1 or flag.qualities):
        raise InputError(f"{flag.id}.when_asked", "has a pattern too", "one list of regions alone")
