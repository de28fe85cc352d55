"""The figures that made-up patients are drawn from; each names its source or says "assumption"."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Literal, TypeVar

import msgspec

from tautband.atlas.presentations import read_presentations
from tautband.base.errors import InputError
from tautband.base.sources import bibliography

ASSUMPTION = "assumption"
Cause = Literal["overuse", "trauma", "posture", "stress", "unknown"]
T = TypeVar("T")


class Movement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A movement that is measured: its usual degrees and the share lost at the worst pain."""

    name: str
    degrees: float
    lost: float


class Complaint(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who comes with a presentation, since when, from what, and what they want to do again."""

    weight: float
    ages: tuple[float, float, float, float]
    female: float
    both: float
    weeks: float
    least_weeks: float = 1.0
    most_weeks: float = 20 * 52
    causes: dict[Cause, float]
    trauma: tuple[str, ...] = ()
    movement: Movement
    activities: tuple[str, ...]


class Work(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An occupation; ``loads`` names the areas of the body by kind of load."""

    name: str
    weight: float
    female: float = 0.5
    ages: tuple[int, int] = (18, 66)
    loads: dict[Cause, tuple[str, ...]]
    words: str


class Sport(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A sport, what it loads, and what its competition is called (empty: nobody competes)."""

    name: str
    weight: float
    female: float = 0.5
    areas: tuple[str, ...]
    ages: tuple[int, int]
    contest: str
    words: str


class Girth(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A girth in cm from the body mass index: ``at`` and ``per_bmi`` by sex, and the SD around."""

    female: tuple[float, float]
    male: tuple[float, float]
    sd: float


class People(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Work, sport and build."""

    source: str
    retiring: int
    retired: int
    retiring_share: float
    working_on: float
    sport_from: tuple[int, ...]
    sport_share: tuple[float, ...]
    compete_share: tuple[float, ...]
    competition_days: tuple[int, int]
    sport_fits: float
    waist: Girth
    forearm: Girth
    forearm_length: float
    forearm_length_sd: float
    life: dict[Cause, dict[str, tuple[str, ...]]]
    work: tuple[Work, ...]
    sport: tuple[Sport, ...]


class Figure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One figure of care, in ``unit``, from ``source`` (a key of the bibliography) or assumed."""

    value: float
    unit: str
    source: str
    text: str


@cache
def load_people() -> People:
    """Work, sport and build; raises InputError."""
    people = _read("people.toml", People)
    _check_source("people.toml", people.source)
    bands = {len(people.sport_from), len(people.sport_share), len(people.compete_share)}
    if len(bands) != 1:
        raise InputError("people.toml", "has shares that do not fit the ages", "a share a band")
    return people


@cache
def load_complaints() -> Mapping[str, Complaint]:
    """Figures by id of the presentation; raises InputError."""
    data = dict(_table("presentations.toml"))
    _check_source("presentations.toml", str(data.pop("source", "")))
    found = _convert("presentations.toml", data, dict[str, Complaint])
    for key, one in found.items():
        where = f"presentations.toml {key}"
        if key not in read_presentations():
            raise InputError(where, "is no presentation of the atlas", "an id")
        if abs(sum(one.causes.values()) - 1) > 1e-9:
            raise InputError(f"{where}.causes", "do not sum to 1", "shares")
        if "trauma" in one.causes and not one.trauma:
            raise InputError(f"{where}.trauma", "is empty", "what may have happened")
        if len(one.activities) < 3:
            raise InputError(f"{where}.activities", "are too few", "three or more")
        mean, sd, low, high = one.ages
        if not (low <= mean <= high and sd > 0):
            raise InputError(f"{where}.ages", f"is {one.ages}", "mean, SD, lowest, highest")
    return found


@cache
def load_care() -> Mapping[str, Figure]:
    """Figures of examining, needling and asking; raises InputError."""
    found = _convert("care.toml", _table("care.toml"), dict[str, Figure])
    for key, figure in found.items():
        _check_source(f"care.toml {key}", figure.source)
    return found


@cache
def care(key: str) -> float:
    """One figure of care."""
    return load_care()[key].value


def _check_source(where: str, source: str) -> None:
    if source != ASSUMPTION and source not in bibliography():
        raise InputError(f"{where}.source", f"is '{source}'", f"a known key or '{ASSUMPTION}'")


def _table(name: str) -> dict[str, object]:
    file = resources.files("tautband.synthetic").joinpath("data").joinpath(name)
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise InputError(name, str(error)) from error


def _read(name: str, kind: type[T]) -> T:
    return _convert(name, _table(name), kind)


def _convert(name: str, data: object, kind: type[T]) -> T:
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        raise InputError(name, str(error)) from error
