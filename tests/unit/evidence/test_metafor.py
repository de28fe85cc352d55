"""Agreement with R's metafor on its own data sets; the values are committed with their calls."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tautband.evidence.effects import Arm, hedges_g, mean_difference
from tautband.evidence.heterogeneity import Method
from tautband.evidence.influence import influence
from tautband.evidence.pool import Pool, Test, leave_one_out, pool
from tautband.evidence.regression import meta_regression, small_study_effects

REFERENCE: dict[str, Any] = json.loads(
    (Path(__file__).parent / "reference" / "metafor.json").read_text("utf-8")
)
METHODS = {"REML": Method.REML, "DL": Method.DL, "PM": Method.PM}
TESTS = {"knha": Test.HKSJ, "z": Test.Z}
# Relative; metafor's own iterations stop near 1e-11, its interval searches near 1e-12.
CLOSE = 1e-6
POOLS = [(name, i) for name, data in REFERENCE["sets"].items() for i in range(len(data["pools"]))]


def told(found: Pool) -> dict[str, Any]:
    assert found.prediction is not None
    assert found.tau2_ci is not None
    return {
        "k": found.k,
        "estimate": found.estimate,
        "se": found.se,
        "ci": [found.ci.low, found.ci.high],
        "p": found.p,
        "tau2": found.tau2,
        "tau2_ci": [found.tau2_ci.low, found.tau2_ci.high],
        "i2": found.i2,
        "h2": found.h2,
        "q": found.q,
        "q_p": found.q_p,
        "prediction": [found.prediction.low, found.prediction.high],
        "weights": list(found.weights),
    }


def test_the_grid_does_not_shrink() -> None:
    assert len(REFERENCE["sets"]) == 8
    assert {len(data["pools"]) for data in REFERENCE["sets"].values()} == {6}
    assert len(REFERENCE["regressions"]) == 12


@pytest.mark.parametrize(("name", "number"), POOLS)
def test_pool(name: str, number: int) -> None:
    data = REFERENCE["sets"][name]
    wanted = data["pools"][number]
    found = told(pool(data["yi"], data["vi"], METHODS[wanted["method"]], TESTS[wanted["test"]]))
    for field, value in found.items():
        np.testing.assert_allclose(value, wanted[field], rtol=CLOSE, atol=1e-9, err_msg=field)


@pytest.mark.parametrize(("name", "number"), POOLS)
def test_leave_one_out(name: str, number: int) -> None:
    data = REFERENCE["sets"][name]
    wanted = data["leave_one_out"][number]
    found = leave_one_out(data["yi"], data["vi"], METHODS[wanted["method"]], TESTS[wanted["test"]])
    for field in ("estimate", "se", "low", "high", "tau2"):
        np.testing.assert_allclose(
            getattr(found, field), wanted[field], rtol=CLOSE, atol=1e-8, err_msg=field
        )


@pytest.mark.parametrize("name", REFERENCE["sets"])
def test_influence(name: str) -> None:
    data = REFERENCE["sets"][name]
    found, wanted = influence(data["yi"], data["vi"]), data["influence"]
    for field in ("rstudent", "dffits", "cook", "cov_ratio", "tau2", "hat"):
        np.testing.assert_allclose(
            getattr(found, field), wanted[field], rtol=CLOSE, atol=1e-8, err_msg=field
        )
    assert found.stands_out.tolist() == wanted["stands_out"]


@pytest.mark.parametrize("name", REFERENCE["sets"])
def test_small_study_effects(name: str) -> None:
    data = REFERENCE["sets"][name]
    found, wanted = small_study_effects(data["yi"], data["vi"]), data["egger"]
    np.testing.assert_allclose(
        [found.slope.estimate, found.slope.p, found.limit.estimate, found.limit.ci.low],
        [wanted["slope"], wanted["slope_p"], wanted["limit"], wanted["limit_ci"][0]],
        rtol=CLOSE,
        atol=1e-8,
    )


@pytest.mark.parametrize("number", range(12))
def test_regression(number: int) -> None:
    wanted = REFERENCE["regressions"][number]
    found = meta_regression(
        wanted["yi"],
        wanted["vi"],
        wanted["features"],
        METHODS[wanted["method"]],
        TESTS[wanted["test"]],
    )
    rows = found.coefficients
    for field, values in (
        ("beta", [c.estimate for c in rows]),
        ("se", [c.se for c in rows]),
        ("low", [c.ci.low for c in rows]),
        ("high", [c.ci.high for c in rows]),
        ("p", [c.p for c in rows]),
        ("tau2", found.tau2),
        ("qm", found.qm),
        ("qm_p", found.qm_p),
        ("qe", found.qe),
        ("qe_p", found.qe_p),
    ):
        np.testing.assert_allclose(values, wanted[field], rtol=CLOSE, atol=1e-8, err_msg=field)


def test_effects() -> None:
    effects = REFERENCE["effects"]
    for number, row in enumerate(effects["arms"]):
        first = Arm(row["n1"], row["mean1"], row["sd1"])
        second = Arm(row["n2"], row["mean2"], row["sd2"])
        for measure, of in (("md", mean_difference), ("smd", hedges_g)):
            found = of(first, second)
            assert found.estimate == pytest.approx(effects[measure]["yi"][number], rel=1e-10)
            assert found.variance == pytest.approx(effects[measure]["vi"][number], rel=1e-10)
