"""How long a record must be kept, by jurisdiction: data with sources, and one date made from it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

import msgspec

from tautband.base.errors import InputError
from tautband.base.sources import Fact, bibliography, check_fact

OF_AGE = 18
LATE_MINOR = 17  # "17 at the end of treatment" has an age of its own in one code
FILE = "retention.toml"


class Rule(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The least time that one jurisdiction asks for; ``state`` may be "not established"."""

    jurisdiction: str
    years: int | None = None
    minor_until_age: int | None = None
    minor_late_until_age: int | None = None


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    rule: tuple[Rule, ...]


@dataclass(frozen=True)
class Period:
    """What holds for one clinic: the law's rule as far as it is known, and its own longer choice.

    ``years`` is the longer of the two, None where neither is there: then nothing may be erased yet.
    """

    rule: Rule | None
    chosen_years: int | None = None
    chosen_minor_until_age: int | None = None

    @property
    def years(self) -> int | None:
        """Years after the last entry."""
        told = [self.rule.years if self.rule else None, self.chosen_years]
        known = [years for years in told if years is not None]
        return max(known) if known else None

    def until(self, last_entry: date, born: date | None) -> date:
        """The first day on which the record may go; raises InputError when it is not established.

        Where the date of birth is not known the patient is taken for an adult.
        """
        if self.years is None:
            raise InputError(
                "retention",
                "is not established for this jurisdiction",
                "the clinic's own period with its reason, in the clinic's settings",
            )
        ends = [_add_years(last_entry, self.years)]
        if born is not None and last_entry < _add_years(born, OF_AGE):
            ends += [_add_years(born, age) for age in self._ages(last_entry, born)]
        return max(ends)

    def _ages(self, last_entry: date, born: date) -> list[int]:
        late = last_entry >= _add_years(born, LATE_MINOR)
        rule = self.rule
        of_law = None
        if rule is not None:
            of_law = rule.minor_until_age
            if late and rule.minor_late_until_age is not None:
                of_law = rule.minor_late_until_age
        return [age for age in (of_law, self.chosen_minor_until_age) if age is not None]

    def as_dict(self) -> dict[str, object]:
        """As an erasure keeps it."""
        rule = self.rule
        return {
            "jurisdiction": rule.jurisdiction if rule else None,
            "law_years": rule.years if rule else None,
            "text": rule.text if rule else "No rule was read for this jurisdiction.",
            "sources": list(rule.sources) if rule else [],
            "confidence": str(rule.confidence) if rule and rule.confidence else "not established",
            "chosen_years": self.chosen_years,
            "chosen_minor_until_age": self.chosen_minor_until_age,
        }


@cache
def load_retention() -> Mapping[str, Rule]:
    """All rules by jurisdiction, checked; raises InputError."""
    text = resources.files("tautband.clinic.record").joinpath("data", FILE).read_text("utf-8")
    return parse_retention(text)


def parse_retention(text: str) -> Mapping[str, Rule]:
    """Read and check rules; raises InputError that names the entry."""
    try:
        rules = msgspec.convert(tomllib.loads(text), _File).rule
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InputError(FILE, str(error)) from error
    found: dict[str, Rule] = {}
    for rule in rules:
        where = f"{FILE} {rule.jurisdiction}"
        check_fact(where, rule, bibliography())
        if rule.stated != (rule.years is not None):
            raise InputError(where, "has years and is not established, or neither", "one of them")
        if rule.jurisdiction in found:
            raise InputError(where, "stands twice", "one rule")
        found[rule.jurisdiction] = rule
    return found


def rule_for(jurisdiction: str) -> Rule | None:
    """The rule of ``US-VA``; of a state that was not read that of its country, if it says more."""
    rules = load_retention()
    place = jurisdiction.strip().upper()
    exact = rules.get(place)
    if exact is not None:
        return exact
    country = rules.get(place.partition("-")[0])
    # A country's period says nothing of a part of it that has its own law.
    return country if country is not None and not country.stated else None


def _add_years(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, month=3, day=1)
