"""How dry needling may work, step by step, with how sure each step is; and how it differs from
acupuncture.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

import msgspec

from tautband.base.errors import InputError
from tautband.base.sources import Fact, bibliography, check_fact

Sureness = Literal["known", "likely", "contested", "unknown"]


class Step(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One step: ``text`` for clinicians, ``patient`` in plain words, ``scene`` its drawing."""

    id: str
    title: str
    kind: Literal["what it is", "mechanical", "neurological", "course"]
    sureness: Sureness
    patient: str
    scene: Literal["band", "needle", "twitch", "release", "flow", "signal", "soreness"]


class Difference(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One way in which dry needling and acupuncture differ, or do not; ``text`` sums it up."""

    aspect: str
    needling: str
    acupuncture: str


@dataclass(frozen=True)
class Mechanism:
    """The whole sheet."""

    steps: tuple[Step, ...]
    differences: tuple[Difference, ...]


@cache
def load_mechanism() -> Mechanism:
    """The mechanism sheet, checked; raises InputError that names the entry."""
    text = resources.files("tautband.evidence").joinpath("data/mechanism.toml").read_text("utf-8")
    raw, known = tomllib.loads(text), bibliography()
    try:
        steps = msgspec.convert(raw["step"], tuple[Step, ...])
        differences = msgspec.convert(raw["difference"], tuple[Difference, ...])
    except msgspec.ValidationError as error:
        raise InputError("mechanism.toml", str(error)) from error
    for step in steps:
        check_fact(f"mechanism.{step.id}", step, known)
    for difference in differences:
        check_fact(f"mechanism.{difference.aspect}", difference, known)
    return Mechanism(steps, differences)
