"""Instruments as data: items, range, direction, how a score is made, and what may be shipped.

No item wording is shipped: an instrument says how many items it has and what each may be.  A clinic
adds its own as a TOML file of the same form.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Literal

import msgspec

from tautband.base.errors import InputError
from tautband.base.sources import Fact, Source, bibliography, check_fact

Rule = Literal["value", "sum", "mean", "percent of answered", "mean to 100", "subscales to 100"]
Kind = Literal["important", "error"]


class Items(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many items, and the values that each may take: a range, or a list.

    ``names`` tell generic ratings apart (``now``, ``worst``); never the wording of a licensed item.
    """

    count: int
    low: float = 0.0
    high: float = 10.0
    allowed: tuple[float, ...] = ()
    whole: bool = True
    least_count: int | None = None
    names: tuple[str, ...] = ()


class Missing(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The rule for unanswered items: how many may be missing; ``text`` says what is done."""

    most: int


class Threshold(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A size of change, in points of the score (or percent of baseline), with its population.

    ``important``: a minimal important change; ``error``: a minimal detectable change or measurement
    error.  ``low`` and ``high`` are the same for a single figure.  ``regions`` name the populations
    that it fits (``neck``, ``shoulder``, ... ; empty: any).
    """

    kind: Kind
    low: float
    high: float
    population: str
    regions: tuple[str, ...] = ()
    relative: bool = False
    n: int | None = None


class Code(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A code of a terminology, only where certain."""

    system: Literal["LOINC"]
    code: str
    text: str
    sure: Literal["certain", "seen"]


class Licence(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What its owner allows: ``free``, ``permission`` for some users, ``licence`` or not known."""

    kind: Literal["free", "permission", "licence", "not established"]


class Instrument(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One instrument.  ``range`` of the score; ``better`` its direction; ``unit`` of the score."""

    id: str
    name: str
    short: str
    about: str
    regions: tuple[str, ...]
    items: Items
    rule: Rule
    range: tuple[float, float]
    better: Literal["lower", "higher"]
    unit: str
    digits: int = 0
    parts: tuple[int, ...] = ()
    factor: float = 1.0
    missing: Missing
    thresholds: tuple[Threshold, ...]
    licence: Licence
    codes: tuple[Code, ...] = ()
    synonyms: tuple[str, ...] = ()
    caution: str = ""


@cache
def load_instruments() -> Mapping[str, Instrument]:
    """All shipped instruments by id, checked; raises InputError."""
    folder = resources.files("tautband.measures").joinpath("data/instruments")
    found: dict[str, Instrument] = {}
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".toml"):
            one = parse_instrument(entry.read_text("utf-8"), entry.name, bibliography())
            if f"{one.id}.toml" != entry.name:
                raise InputError(entry.name, f"holds the id '{one.id}'", "the file's own name")
            found[one.id] = one
    return found


def parse_instrument(text: str, name: str, known: Mapping[str, Source]) -> Instrument:
    """Read and check one instrument; raises InputError that names the field."""
    try:
        one = msgspec.convert(tomllib.loads(text), Instrument)
    except tomllib.TOMLDecodeError as error:
        raise InputError(name, f"is not TOML ({error})", "an instrument's file") from error
    except msgspec.ValidationError as error:
        raise InputError(name, str(error), "docs/measures.md shows a file") from error
    _check(one, name, known)
    return one


def _check(one: Instrument, name: str, known: Mapping[str, Source]) -> None:
    if not one.range[0] < one.range[1]:
        raise InputError(f"{name}, range", f"is {one.range}", "lowest, highest")
    if one.items.count < 1:
        raise InputError(f"{name}, items.count", f"is {one.items.count}", "at least 1")
    if not one.items.allowed and not one.items.low < one.items.high:
        raise InputError(f"{name}, items", "have no range", "low below high, or allowed values")
    if len(one.items.names) not in (0, one.items.count):
        raise InputError(f"{name}, items.names", f"are {len(one.items.names)}", "one for each item")
    if not 0 <= one.missing.most < one.items.count:
        raise InputError(f"{name}, missing.most", f"is {one.missing.most}", "fewer than all items")
    if (one.rule == "subscales to 100") != bool(one.parts) or (
        one.parts and sum(one.parts) != one.items.count
    ):
        raise InputError(f"{name}, parts", f"are {one.parts}", "item counts of the subscales")
    check_fact(f"{name}, missing", one.missing, known)
    check_fact(f"{name}, licence", one.licence, known)
    for number, threshold in enumerate(one.thresholds):
        where = f"{name}, thresholds[{number}]"
        check_fact(where, threshold, known)
        if not 0 < threshold.low <= threshold.high:
            raise InputError(where, f"are {threshold.low:g}, {threshold.high:g}", "above 0, rising")
        if not threshold.population:
            raise InputError(f"{where}.population", "is missing", "who was studied")


def find_instrument(text: str, extra: Mapping[str, Instrument] | None = None) -> Instrument:
    """An instrument by id, name, short name or synonym; raises InputError with close ones."""
    from tautband.text.near import close_names

    instruments = {**load_instruments(), **(extra or {})}
    wanted = " ".join(text.lower().replace("-", " ").replace("_", " ").split())
    names: dict[str, str] = {}
    for one in instruments.values():
        for name in (one.id, one.name, one.short, *one.synonyms):
            names[" ".join(name.lower().replace("-", " ").replace("_", " ").split())] = one.id
    if wanted in names:
        return instruments[names[wanted]]
    close = tuple(dict.fromkeys(names[n] for n in close_names(wanted, names)))
    right = "one of " + ", ".join(instruments)
    raise InputError("instrument", f"'{text[:60]}' is not known", right, close)
