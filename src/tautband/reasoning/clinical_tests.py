"""Results of clinical tests as evidence: each is one more observed node of the network.

A test answers for several causes together (a straight leg raise for the roots L5 and S1), so it is
no likelihood ratio on one cause.  As a node of the noisy-OR network it is exact: the leak is the
false positive rate, 1 - specificity, and each target links with

    q = 1 - (1 - sensitivity) / specificity,

so that one active target alone makes the test positive with its sensitivity.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tautband.atlas.clinical_tests import ClinicalTest, find_test, read_tests
from tautband.atlas.names import split_side
from tautband.base.errors import InputError
from tautband.base.side import Side
from tautband.reasoning.evidence import Evidence
from tautband.reasoning.knowledge import Knowledge
from tautband.reasoning.naming import Naming
from tautband.reasoning.network import Network
from tautband.reasoning.signs import BAND, IN_BAND, OUTSIDE_BAND, SPOT

_FORM = re.compile(r"^\s*(?P<where>[^:]+?)\s*:\s*(?P<result>.+?)\s*$", re.I)
_RESULTS = {
    "positive": True,
    "present": True,
    "negative": False,
    "absent": False,
    "not examined": None,
    "not tested": None,
    "unknown": None,
}


@dataclass(frozen=True)
class TestResult:
    """A clinical test on one side; ``positive`` is None when it was not done."""

    __test__ = False  # not a test of ours, whatever its name says to pytest

    test: ClinicalTest
    side: Side
    positive: bool | None


def parse_result(text: str) -> TestResult | None:
    """Read ``straight leg raise right: positive``; None when it names no test.

    Raises InputError for a result that is neither positive nor negative nor not examined.
    """
    match = _FORM.match(text)
    name, sides = split_side(match["where"]) if match else ("", ())
    test = find_test(name) if len(sides) == 1 else None
    if match is None or test is None:
        return None
    result = " ".join(match["result"].lower().split())
    if result not in _RESULTS:
        raise InputError(
            "finding",
            f"'{result[:40]}' is no result of {test.name}",
            "'positive', 'negative' or 'not examined'",
        )
    return TestResult(test, sides[0], _RESULTS[result])


def implied_results(
    answers: Mapping[tuple[str, Side], Mapping[str, bool]], told: Sequence[TestResult]
) -> tuple[TestResult, ...]:
    """Tests that findings at muscles answer: a tender spot in a band there is a positive test.

    Negative once the first of the muscles was looked at and none has one.  A test that was told
    itself is not answered twice.
    """
    done = {(r.test.id, r.side) for r in told if r.positive is not None}
    found = []
    for test in read_tests().values():
        for side in (Side.LEFT, Side.RIGHT):
            if not test.answered_by or (test.id, side) in done:
                continue
            spots = [_spot(answers.get((m, side), {})) for m in test.answered_by]
            if any(spots) or spots[0] is False:
                found.append(TestResult(test, side, any(spots)))
    return tuple(found)


def _spot(answers: Mapping[str, bool]) -> bool | None:
    """Whether a tender spot lies in a taut band; a spot without its relation is taken as one."""
    if answers.get(SPOT) is False or answers.get(BAND) is False:
        return False
    if answers.get(OUTSIDE_BAND):
        return False
    return answers.get(IN_BAND, answers.get(SPOT))


def targets(test: ClinicalTest, side: Side, knowledge: Knowledge) -> tuple[int, ...]:
    """Causes (numbers) for which a test on a side answers; those of the midline count for both."""
    keys = [f"{target}:{s}" for target in test.targets for s in (side, Side.MIDLINE)]
    return tuple(knowledge.cause(key) for key in keys if key in knowledge.atlas.unit)


def with_results(
    naming: Naming, evidence: Evidence, results: Sequence[TestResult], knowledge: Knowledge
) -> tuple[Naming, Evidence]:
    """Network and evidence with one more node for each result that can be weighed.

    Raises InputError when one test is both positive and negative.
    """
    counted = _weighed(results)
    if not counted:
        return naming, evidence
    network = naming.network
    links = []
    for number, result in enumerate(counted, start=network.regions):
        chance = link_chance(result.test)
        for cause in targets(result.test, result.side, knowledge):
            variants = np.flatnonzero(network.share[cause] > 0)
            links += [(cause, int(v), number, chance) for v in variants]
    positive = np.array([float(bool(r.positive)) for r in counted])
    nodes = (*naming.nodes, *(() for _ in counted))
    told = replace(
        evidence,
        like_on=np.append(evidence.like_on, positive),
        like_off=np.append(evidence.like_off, 1 - positive),
    )
    return Naming(nodes, _extended(network, [leak(r.test) for r in counted], links)), told


def leak(test: ClinicalTest) -> float:
    """Chance of a positive test without any target: 1 - specificity."""
    assert test.specificity is not None
    return 1 - test.specificity


def link_chance(test: ClinicalTest) -> float:
    """Chance that one active target by itself makes the test positive."""
    assert test.sensitivity is not None
    assert test.specificity is not None
    return 1 - (1 - test.sensitivity) / test.specificity


def _weighed(results: Sequence[TestResult]) -> list[TestResult]:
    seen: dict[tuple[str, Side], TestResult] = {}
    for result in results:
        if result.positive is None:
            continue
        before = seen.setdefault((result.test.id, result.side), result)
        if before.positive != result.positive:
            raise InputError(
                "finding",
                f"'{result.test.name}' {result.side} is positive and negative",
                "one of the two",
            )
    return [r for r in seen.values() if r.test.weighed]


def _extended(
    network: Network, leaks: list[float], links: list[tuple[int, int, int, float]]
) -> Network:
    rows = np.array(links, dtype=np.float64).reshape(-1, 4)
    whole = rows[:, :3].astype(np.int64)
    return Network(
        network.odds,
        network.share,
        np.append(network.leak, leaks),
        np.append(network.link_cause, whole[:, 0]),
        np.append(network.link_variant, whole[:, 1]),
        np.append(network.link_region, whole[:, 2]),
        np.append(network.link_chance, rows[:, 3]),
        network.driver,
        network.child,
        network.factor,
    )
