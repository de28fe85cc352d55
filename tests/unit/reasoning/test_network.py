"""Networks and evidence refuse to be built wrong, and name the field."""

from typing import Any

import numpy as np
import pytest

from tautband.base.errors import InputError
from tautband.reasoning.budget import Budget
from tautband.reasoning.evidence import Evidence
from tautband.reasoning.network import Network
from tautband.reasoning.posterior import solve

GOOD: dict[str, Any] = {
    "odds": [0.1, 0.2, 0.3],
    "share": [[1.0, 0.0], [0.5, 0.5], [0.25, 0.75]],
    "leak": [0.01, 0.02],
    "links": [(0, 0, 0, 0.5), (1, 1, 1, 0.5)],
    "couplings": [(0, 1, 2.0)],
}


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"odds": [0.1, 0.0, 0.3]}, "odds"),
        ({"odds": [0.1, np.inf, 0.3]}, "odds"),
        ({"odds": [[0.1, 0.2, 0.3]]}, "odds"),
        ({"odds": [0.1, 1e200, 0.3]}, "odds"),
        ({"couplings": [(0, 1, 1e12)]}, "factor"),
        ({"share": [[1.0, 0.0], [0.5, 0.5]]}, "share"),
        ({"share": [[1.0, 0.0], [0.5, 0.4], [0.25, 0.75]]}, "share"),
        ({"share": [[1.5, -0.5], [0.5, 0.5], [0.25, 0.75]]}, "share"),
        ({"leak": [0.0, 0.1]}, "leak"),
        ({"leak": [0.1, 1.0]}, "leak"),
        ({"links": [(0, 0, 0, 1.0)]}, "link_chance"),
        ({"links": [(0, 0, 0, -0.1)]}, "link_chance"),
        ({"links": [(0, 0, 0, np.nan)]}, "link_chance"),
        ({"links": [(3, 0, 0, 0.5)]}, "link_cause"),
        ({"links": [(0, 2, 0, 0.5)]}, "link_variant"),
        ({"links": [(0, 0, 2, 0.5)]}, "link_region"),
        ({"links": [(0.5, 0, 0, 0.5)]}, "links"),
        ({"links": [(0, 0, 0, 0.5), (0, 0, 0, 0.4)]}, "links"),
        ({"links": [(0, 0, 0)]}, "links"),
        ({"couplings": [(0, 1, 0.5)]}, "factor"),
        ({"couplings": [(0, 3, 2.0)]}, "child"),
        ({"couplings": [(-1, 1, 2.0)]}, "driver"),
        ({"couplings": [(0, 1, 2.0), (1, 2, 2.0)]}, "couplings"),
        ({"couplings": [(0, 1, 2.0), (0, 1, 3.0)]}, "couplings"),
    ],
)
def test_a_wrong_network_names_the_field(changed: dict[str, Any], field: str) -> None:
    with pytest.raises(InputError) as caught:
        Network.build(**{**GOOD, **changed})
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        ({"like_on": [1.0]}, "like_off"),
        ({"like_on": [1.0], "like_off": [1.0]}, "like_on"),
        ({"like_on": [-1.0, 1.0]}, "like_on"),
        ({"like_on": [0.0, 1.0], "like_off": [0.0, 1.0]}, "like_on"),
        ({"like_off": [np.nan, 1.0]}, "like_off"),
        ({"finding_lr": [1.0, 0.0, 1.0]}, "finding_lr"),
        ({"finding_lr": [1.0, 1.0]}, "finding_lr"),
        ({"finding_lr": [1.0, np.inf, 1.0]}, "finding_lr"),
        ({"variant_weight": [[1.0, 1.0]]}, "variant_weight"),
        ({"variant_weight": -np.ones((3, 2))}, "variant_weight"),
    ],
)
def test_wrong_evidence_names_the_field(arguments: dict[str, Any], field: str) -> None:
    with pytest.raises(InputError) as caught:
        Evidence.of(Network.build(**GOOD), **arguments)
    assert caught.value.field == field


def test_a_drawing_names_each_region_once_and_only_known_ones() -> None:
    network = Network.build(**GOOD)
    with pytest.raises(InputError, match="painted"):
        Evidence.drawn(network, [2])
    with pytest.raises(InputError, match="free"):
        Evidence.drawn(network, [0], free=[0])


def test_other_wrong_questions_name_the_field() -> None:
    network = Network.build(**GOOD)
    with pytest.raises(InputError, match="bound"):
        solve(network, Evidence.of(network), bound=1.0)
    with pytest.raises(InputError, match="settings"):
        Budget(settings=0)


def test_a_network_keeps_its_own_read_only_arrays() -> None:
    odds = np.array([0.1, 0.2, 0.3])
    network = Network.build(**{**GOOD, "odds": odds})
    odds[0] = 5.0
    assert network.odds[0] == 0.1
    with pytest.raises(ValueError, match="read-only"):
        network.odds[0] = 1.0


def test_dense_links_are_the_same_as_rows() -> None:
    dense = np.zeros((3, 2, 2))
    for c, v, r, q in GOOD["links"]:
        dense[c, v, r] = q
    one, two = Network.build(**GOOD), Network.build(**{**GOOD, "links": dense})
    np.testing.assert_array_equal(one.link_region, two.link_region)
    np.testing.assert_array_equal(one.link_chance, two.link_chance)


def test_kin_are_the_causes_that_drive_none_with_their_odds_for_each_setting() -> None:
    network = Network.build(
        [0.1, 0.2, 0.3, 0.4, 0.5],
        np.ones((5, 1)),
        [0.01],
        [],
        [(0, 2, 2.0), (1, 2, 5.0), (0, 3, 3.0), (1, 3, 7.0)],
    )
    by_count = {kin.sets.shape[1]: kin for kin in network.kin}
    assert network.drivers.tolist() == [0, 1]
    assert by_count[0].causes.tolist() == [4]
    assert by_count[2].causes.tolist() == [2, 3]
    assert by_count[2].sets.tolist() == [[0, 1]]
    off, second, first, both = np.array([[1.0, 1.0], [5.0, 7.0], [2.0, 3.0], [10.0, 21.0]])
    expected = np.transpose([off, second, first, both]) * [[0.3], [0.4]]
    np.testing.assert_allclose(by_count[2].odds, expected, rtol=1e-15)
