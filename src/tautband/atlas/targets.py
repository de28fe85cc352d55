"""Targets that are not muscle: scar, fascia, tendon and enthesis, other soft tissue.

``atlas/data/targets`` has one TOML file a record, named by its id, and ``atlas/data/not_now.toml``
what is not needled while an injury is fresh.  Both are read as text, so no compiling is needed.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Literal, TypeAlias

import msgspec

from tautband.atlas.load import check_needling, read_muscles
from tautband.atlas.records import Advice, Area, Needling, Risk
from tautband.base.errors import InputError
from tautband.base.sources import Fact, Source, check_fact
from tautband.body.regions import RegionTable

Kind = Literal["scar", "fascia", "tendon", "enthesis", "other soft tissue"]
Scope = Literal["injured tissue", "injured limb or region", "whole patient"]
Spared: TypeAlias = Literal["muscle", "scar", "fascia", "tendon", "enthesis", "other soft tissue"]

_LISTS = ("evidence", "limits", "at_risk", "advice")


class Target(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One target that is not a muscle.

    ``regions`` are the places of the skin above it, none where it can lie anywhere, as a scar;
    ``muscles`` are the records to look at with it.  ``evidence`` tells what was studied and what
    came out, also where nothing did; ``limits`` what it does not show, and when not to needle.
    """

    id: str
    name: str
    kind: Kind
    synonyms: tuple[str, ...]
    area: Area | Literal["anywhere"]
    regions: tuple[str, ...] = ()
    muscles: tuple[str, ...] = ()
    what: Fact
    needling: Needling
    evidence: tuple[Fact, ...]
    limits: tuple[Fact, ...]
    at_risk: tuple[Risk, ...]
    advice: tuple[Advice, ...]


class NotNow(Fact, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What is not needled while something is fresh, for safety's rules to refer to.

    ``spares`` are the kinds of target that it is about and ``scope`` how far around; ``text`` is
    the rule, ``why`` its reason, ``signs`` how it is recognised, ``until`` when it ends,
    ``instead`` what to do meanwhile, ``doctor`` what must be seen by a doctor.
    """

    id: str
    title: str
    spares: tuple[Spared, ...]
    scope: Scope
    why: Fact
    signs: Fact
    until: Fact
    instead: Fact
    doctor: Fact


def target_facts(target: Target) -> Iterator[tuple[str, Fact]]:
    """Every sourced statement of a target with the field it stands in."""
    yield "what", target.what
    yield "needling", target.needling
    for field in _LISTS:
        for number, fact in enumerate(getattr(target, field)):
            yield f"{field}[{number}]", fact


def not_now_facts(rule: NotNow) -> Iterator[tuple[str, Fact]]:
    """Every sourced statement of a rule with the field it stands in."""
    yield "text", rule
    for field in ("why", "signs", "until", "instead", "doctor"):
        yield field, getattr(rule, field)


@cache
def read_targets() -> Mapping[str, Target]:
    """All targets by id, as written; checking them is ``check_targets``'s work."""
    folder = resources.files("tautband.atlas").joinpath("data/targets")
    found: dict[str, Target] = {}
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if not entry.name.endswith(".toml"):
            continue
        target = parse_target(entry.read_text("utf-8"), entry.name)
        if f"{target.id}.toml" != entry.name:
            raise InputError(entry.name, f"holds the id '{target.id}'", "a file named by its id")
        found[target.id] = target
    return found


def find_target(name: str, targets: Mapping[str, Target]) -> Target | None:
    """The target of an id, name or synonym, or None."""
    wanted = name.strip().lower().replace("_", " ")
    for target in targets.values():
        names = (target.id.replace("_", " "), target.name, *target.synonyms)
        if wanted in {own.lower() for own in names}:
            return target
    return None


def parse_target(text: str, name: str) -> Target:
    """Read one target; ``name`` is the file's, for the error message."""
    try:
        return msgspec.convert(tomllib.loads(text), Target)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise InputError(name, str(error)) from error


@cache
def read_not_now() -> Mapping[str, NotNow]:
    """The rules of ``not_now.toml`` by id, in the order of the file."""
    text = resources.files("tautband.atlas").joinpath("data/not_now.toml").read_text("utf-8")
    try:
        rules = msgspec.convert(tomllib.loads(text)["rule"], tuple[NotNow, ...])
    except msgspec.ValidationError as error:
        raise InputError("not_now.toml", str(error)) from error
    return {rule.id: rule for rule in rules}


def check_target(target: Target, table: RegionTable, known: Mapping[str, Source]) -> None:
    """Raise InputError unless a target is sourced and names places and muscles that exist."""
    for field, fact in target_facts(target):
        check_fact(f"{target.id}.{field}", fact, known)
    for field in _LISTS:
        if not getattr(target, field):
            raise InputError(f"{target.id}.{field}", "is empty", "an entry, or 'not established'")
    check_needling(target.id, target.needling)
    for region in target.regions:
        table.vertices(f"{region}:left")
    if not target.regions and target.area != "anywhere":
        raise InputError(f"{target.id}.regions", "is empty", "regions, or area = 'anywhere'")
    for muscle in target.muscles:
        if muscle not in read_muscles():
            raise InputError(f"{target.id}.muscles", f"'{muscle}' is no record", "a muscle's id")


def check_targets(table: RegionTable, known: Mapping[str, Source]) -> None:
    """Check every target and every rule; no id may be that of a muscle."""
    for target in read_targets().values():
        check_target(target, table, known)
        if target.id in read_muscles():
            raise InputError(target.id, "is a muscle's id", "an id of its own")
    for rule in read_not_now().values():
        for field, fact in not_now_facts(rule):
            check_fact(f"{rule.id}.{field}", fact, known)
