"""Adverse events of needling: kinds, onset, rates with their denominators, scales, reporting."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

import msgspec

from tautband.base.errors import InputError
from tautband.base.sources import Fact, Source, bibliography, check_fact
from tautband.safety.events.toml_data import read_data

GradeName = Literal["mild", "moderate", "severe", "serious"]
GRADES: tuple[GradeName, ...] = ("mild", "moderate", "severe", "serious")


class Rate(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How often: ``value`` in ``unit``, per treatment, patient or study, among ``of`` of those."""

    value: float
    unit: str
    per: Literal["treatment", "patient", "needle", "study"]
    of: int
    source: str

    @property
    def words(self) -> str:
        """``7.55 % of 7,629 treatments`` or ``1 of 70 patients``."""
        many = {"treatment": "treatments", "patient": "patients", "study": "studies"}
        whom = many.get(self.per, "needles")
        if self.unit == "%":
            return f"{self.value:g} % of {self.of:,} {whom}"
        return f"{self.value:g} of {self.of:,} {whom}"


class Overall(Rate, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A rate over all kinds of event."""

    name: str


class Kind(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One kind of event; ``onset_hours`` is the window in which it usually begins."""

    id: str
    name: str
    usual: GradeName
    onset_hours: tuple[float, float]
    rate: tuple[Rate, ...] = ()


class Scheme(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A published scale: what each grade is called on it."""

    id: str
    name: str
    grades: Mapping[GradeName, str]


class Reporting(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What must be reported in a jurisdiction, and within how many days."""

    jurisdiction: str
    within_days: int


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    event: tuple[Kind, ...]
    overall: tuple[Overall, ...]
    scheme: tuple[Scheme, ...]
    reporting: tuple[Reporting, ...]


@dataclass(frozen=True)
class Taxonomy:
    """Everything that is known of adverse events here."""

    kinds: Mapping[str, Kind]
    overall: tuple[Overall, ...]
    schemes: tuple[Scheme, ...]
    reporting: Mapping[str, Reporting]


@cache
def load_taxonomy() -> Taxonomy:
    """The taxonomy; raises InputError that names the entry which breaks a rule."""
    read = read_data("adverse_events.toml", _File)
    known = bibliography()
    for entry in (*read.event, *read.scheme, *read.reporting):
        check_fact(f"adverse_events.toml {entry.text[:40]}", entry, known)
    for kind in read.event:
        _check_kind(kind, known)
    for overall in read.overall:
        _check_rate(overall.name, overall, known)
    for scheme in read.scheme:
        if set(scheme.grades) != set(GRADES):
            raise InputError(f"scheme {scheme.id}", "lacks a grade", ", ".join(GRADES))
    kinds = {kind.id: kind for kind in read.event}
    if len(kinds) != len(read.event):
        raise InputError("adverse_events.toml", "holds an id twice", "each id once")
    return Taxonomy(kinds, read.overall, read.scheme, {r.jurisdiction: r for r in read.reporting})


def _check_kind(kind: Kind, known: Mapping[str, Source]) -> None:
    first, last = kind.onset_hours
    if not 0 <= first <= last:
        raise InputError(f"event {kind.id}.onset_hours", f"is {kind.onset_hours}", "smaller first")
    for rate in kind.rate:
        _check_rate(kind.id, rate, known)


def _check_rate(name: str, rate: Rate, known: Mapping[str, Source]) -> None:
    if not rate.value > 0 or rate.of <= 0:
        # Nothing seen bounds a rate; it does not make it 0.
        raise InputError(f"rate of {name}", f"is {rate.value:g} of {rate.of}", "above 0")
    if rate.source not in known:
        raise InputError(f"rate of {name}", f"names '{rate.source}'", "a known source")
