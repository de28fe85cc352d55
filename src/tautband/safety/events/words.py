"""The words that a patient reads, and the emergency number of a place."""

import re
from collections.abc import Iterable, Mapping
from functools import cache

import msgspec

from tautband.base.errors import InputError
from tautband.base.sources import Confidence, Fact, bibliography, check_fact
from tautband.safety.events.toml_data import read_data
from tautband.safety.events.urgency import Urgency

DOUBT = "doubt"
_PLACE = re.compile(r"^[A-Za-z]{2}(?:-[A-Za-z0-9]{1,3})?$")


class Number(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The emergency number of some countries."""

    countries: tuple[str, ...]
    number: str


class Numbers(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All numbers, and the words for a place that is not among them."""

    default: str
    number: tuple[Number, ...]


class Lines(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is said for one decision; the first line is the one instruction."""

    lines: tuple[str, ...]


@cache
def load_numbers() -> Numbers:
    """The emergency numbers; raises InputError for a country named twice or a fact unsourced."""
    numbers = read_data("emergency_numbers.toml", Numbers)
    countries = [country for entry in numbers.number for country in entry.countries]
    if len(set(countries)) != len(countries):
        raise InputError("emergency_numbers.toml", "names a country twice", "each country once")
    for entry in numbers.number:
        check_fact(f"emergency_numbers.toml {entry.number}", entry, bibliography())
    return numbers


@cache
def load_lines() -> Mapping[str, Lines]:
    """The patient's words by decision; raises InputError unless each decision has some."""
    lines = read_data("say.toml", dict[str, Lines])
    if set(lines) != {DOUBT, *(urgency.key for urgency in Urgency)}:
        raise InputError("say.toml", f"speaks of {sorted(lines)}", "every decision, and 'doubt'")
    return lines


def emergency_number(place: str | None) -> str:
    """What to call in a place (``GB``, ``US-VA``); general words where no number was read.

    A number that nobody has checked is not told to a patient.  Raises InputError for a place that
    is no code.
    """
    numbers = load_numbers()
    if not place:
        return numbers.default
    if not _PLACE.match(place):
        raise InputError("place", f"'{place[:20]}' is no code", "a country code such as GB or US")
    country = place[:2].upper()
    for entry in numbers.number:
        if country in entry.countries and entry.confidence is not Confidence.UNREVIEWED:
            return entry.number
    return numbers.default


def say_to_patient(
    decision: Urgency, number: str, do: Iterable[str], *, doubt: bool = False
) -> tuple[str, ...]:
    """The patient's words: the one instruction, what the present signs add, and the rest.

    ``doubt`` says that some words were not understood: then the questions are asked for at once.
    """
    first, *rest = (line.format(number=number) for line in load_lines()[decision.key].lines)
    calls = decision in {Urgency.CONTACT_CLINIC, Urgency.SAME_DAY}
    unsure = load_lines()[DOUBT].lines if doubt and calls else ()
    return (first, *unsure, *dict.fromkeys(do), *rest)
