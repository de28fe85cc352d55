"""The quick posterior beside full NUTS, whose results ``tools/nuts_reference.py`` wrote."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tautband.response.course import Course, Outcome, Score, Session
from tautband.response.fit import fit
from tautband.response.model import BUILT, HOURS, WEEK, Model
from tautband.response.numbers import numbers_version
from tautband.response.shape import Clock, Floats

REFERENCE = json.loads((Path(__file__).parent / "reference" / "nuts.json").read_text("utf-8"))
CASES = REFERENCE["courses"]
WITHIN = 0.1  # of the posterior SD for means, of the width of the 90 % interval for its ends
LEAST_COURSES = 50
# The reference is sampled too: its own errors, one SD, where they are largest.
MOST_ERROR = (0.03, 0.04)  # of the posterior SD for means, of the width for ends


def test_the_reference_is_current_and_sharp() -> None:
    assert REFERENCE["priors"] == numbers_version(), "run tools/nuts_reference.py"
    assert len(CASES) >= LEAST_COURSES
    for case in CASES:
        for name, one in case["posterior"].items():
            low, _, high = one["quantiles"]
            assert one["r_hat"] < 1.01, name
            assert one["mean_error"] / one["sd"] <= MOST_ERROR[0], name
            assert max(one["quantile_errors"][::2]) / (high - low) <= MOST_ERROR[1], name


@pytest.mark.parametrize("number", range(len(CASES)))
def test_every_mean_and_interval_agrees(number: int) -> None:
    """Within the bound, but for one standard error of the reference itself."""
    for name, off, own_error in _off(number):
        assert off <= WITHIN + own_error, name


def _off(number: int) -> list[tuple[str, float, float]]:
    """How far means are off in posterior SD, and ends in widths; with the reference's own error."""
    case, found = CASES[number], []
    for name, (mean, ends) in _ours(case).items():
        told = case["posterior"][name]
        low, _, high = told["quantiles"]
        width, sd = high - low, told["sd"]
        found.append((f"mean of {name}", abs(mean - told["mean"]) / sd, told["mean_error"] / sd))
        errors = told["quantile_errors"][::2]
        for which, ours, theirs, error in zip(
            ("low", "high"), ends, (low, high), errors, strict=True
        ):
            found.append((f"{which} end of {name}", abs(ours - theirs) / width, error / width))
    return found


def _ours(case: dict[str, Any]) -> dict[str, tuple[float, tuple[float, float]]]:
    course = Course(
        (Outcome("pain", tuple(Score(d, v) for d, v in case["scores"])),),
        tuple(Session(*one) for one in case["sessions"]),
        6,
        today=case["today"],
    )
    posterior = fit(Model(course))
    model, v = posterior.model, posterior.model.values(posterior.z)
    at = np.array([course.now, course.now + REFERENCE["later_days"]]) - course.start
    level = model.burden(v, 0, Clock(at, model.given), soreness=False)
    drawn: dict[str, Floats] = {
        "half_life": v.half_life_days / WEEK,
        "benefit": v.benefit[0],
        "build": BUILT / v.build_rate,
        "fade": np.log(2) / (WEEK * v.fade_rate),
        "expectation": v.expectation,
        "soreness": v.soreness,
        "soreness_half_life": np.log(2) * HOURS / v.soreness_rate,
        "soreness_slope": v.soreness_slope,
        "twitch_slope": v.twitch_slope,
        "start": v.start[0],
        "share": v.share[0],
        "noise": v.noise[0],
        "level_now": level[:, 0],
        "level_later": level[:, 1],
    }
    assert set(drawn) == set(case["posterior"])
    found = {}
    for name, x in drawn.items():
        low, high = posterior.quantile(x, (0.05, 0.95))
        found[name] = (posterior.mean(x), (low, high))
    return found
