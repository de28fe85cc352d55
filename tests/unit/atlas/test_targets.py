"""Targets that are not muscle keep the rules of records, and say honestly what was studied."""

import copy
from typing import Any

import msgspec
import pytest

from tautband.atlas.load import read_muscles
from tautband.atlas.targets import (
    Target,
    check_target,
    check_targets,
    not_now_facts,
    parse_target,
    read_not_now,
    read_targets,
    target_facts,
)
from tautband.base.errors import InputError
from tautband.base.sources import Seen, bibliography
from tautband.body.regions import load_regions

TABLE, KNOWN, TARGETS = load_regions(), bibliography(), read_targets()


def broken_by(path: str, value: Any, target: str = "gluteal_tendons") -> InputError:
    data: Any = copy.deepcopy(msgspec.to_builtins(TARGETS[target]))
    *steps, last = path.split(".")
    inner = data
    for step in steps:
        inner = inner[int(step)] if step.isdigit() else inner[step]
    inner[last] = value
    with pytest.raises(InputError) as caught:
        check_target(msgspec.convert(data, Target), TABLE, KNOWN)
    return caught.value


def test_all_targets_and_rules_keep_the_rules() -> None:
    check_targets(TABLE, KNOWN)
    assert not set(TARGETS) & set(read_muscles())


def test_every_kind_and_the_common_tendons_are_there() -> None:
    kinds = {t.kind for t in TARGETS.values()}
    assert kinds == {"scar", "fascia", "tendon", "enthesis", "other soft tissue"}
    words = " ".join(" ".join((t.name, *t.synonyms)).lower() for t in TARGETS.values())
    for name in ("achilles", "patellar", "tennis elbow", "rotator cuff", "gluteal", "plantar"):
        assert name in words, name


@pytest.mark.parametrize("target", sorted(TARGETS))
def test_evidence_names_a_source_that_was_read_or_says_that_nothing_was_seen(target: str) -> None:
    for field, fact in target_facts(TARGETS[target]):
        if field.startswith("evidence"):
            read = [s for s in fact.sources if KNOWN[s].seen is not Seen.NONE]
            assert read or "was seen" in fact.text, field


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("evidence.0.sources", [], "gluteal_tendons.evidence[0].sources"),
        ("evidence.0.sources", ["nobody1999"], "gluteal_tendons.evidence[0].sources"),
        ("evidence", [], "gluteal_tendons.evidence"),
        ("limits", [], "gluteal_tendons.limits"),
        ("needling.direction", "", "gluteal_tendons.needling"),
        ("needling.status", "not needled", "gluteal_tendons.needling"),
        ("needling.withheld", True, "gluteal_tendons.needling"),
        ("regions", ["hip"], "region"),
        ("regions", [], "gluteal_tendons.regions"),
        ("muscles", ["gluteus"], "gluteal_tendons.muscles"),
    ],
)
def test_a_broken_target_names_the_field(path: str, value: Any, field: str) -> None:
    assert broken_by(path, value).field == field


def test_a_file_that_cannot_be_read_is_named() -> None:
    with pytest.raises(InputError) as caught:
        parse_target('id = "x"', "x.toml")
    assert caught.value.field == "x.toml"


def test_a_fresh_injury_is_a_rule_that_safety_can_refer_to() -> None:
    rules = read_not_now()
    assert {"acute_strain", "haematoma"} <= set(rules)
    for rule in rules.values():
        assert "muscle" in rule.spares or rule.id == "suspected_rupture"
        for field, fact in not_now_facts(rule):
            assert fact.text, f"{rule.id}.{field}"
    assert "compartment syndrome" in rules["haematoma"].doctor.text
