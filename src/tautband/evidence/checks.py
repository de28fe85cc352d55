"""Findings about printed figures: what cannot be, and what hardly can be.

Published tables carry misprints.  A row with a finding about the figures that a pool
would take is kept out of it; a p-value that does not fit is listed only, since it may come from
another test than the interval.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from scipy.stats import norm

from tautband.evidence.trials import ArmRow, Result, Trial

# A printed interval is rounded; its middle may lie this far off, as a share of its width.
OFF_CENTRE = 0.08
ROUNDING = 0.06
# Half of a scale's range is the largest SD that values on it can have.
LARGEST_SHARE = 0.5
# An SD below this share of the mean difference of scale is seldom an SD of people.
SMALL_CV = 0.06
P_FAR = 10.0


@dataclass(frozen=True)
class Finding:
    """What a check found at one row."""

    trial: str
    row: int
    kind: Literal["impossible", "doubtful"]
    check: str
    text: str

    @property
    def keeps_out(self) -> bool:
        """Whether the row is kept out of pools."""
        return self.check != "p"


def findings(trial: Trial) -> tuple[Finding, ...]:
    """All findings of a trial, row by row."""
    found: list[Finding] = []
    for number, result in enumerate(trial.results):
        for kind, check, text in _of(result):
            found.append(Finding(trial.id, number, kind, check, text))
    return tuple(found)


Told = tuple[Literal["impossible", "doubtful"], str, str]


def _of(result: Result) -> Iterator[Told]:
    for arm in (result.needled, *result.others):
        if arm is not None:
            yield from _arm(arm.label or "arm", arm, result)
    yield from _interval(result)
    yield from _p_value(result)
    yield from _sign(result)


def _arm(name: str, arm: ArmRow, result: Result) -> Iterator[Told]:
    if arm.n is not None and arm.n < 2:
        yield "impossible", "n", f"{name}: {arm.n} people"
    if arm.sd is not None and arm.sd <= 0:
        yield "impossible", "sd", f"{name}: SD {arm.sd:g} is not above 0"
    if arm.ci and not arm.ci[0] <= arm.mean <= arm.ci[1]:
        yield "impossible", "interval", f"{name}: {arm.mean:g} lies outside {_told(arm.ci)}"
    if arm.spread == "not said" and arm.sd is not None:
        yield "doubtful", "spread", f"{name}: the text does not say what +-{arm.sd:g} is"
    scale = result.scale
    if scale is None or arm.score != "final":
        return
    if not scale[0] <= arm.mean <= scale[1]:
        yield "impossible", "scale", f"{name}: mean {arm.mean:g} outside {_told(scale)}"
    if arm.sd is None or arm.spread == "se":
        return
    # Bhatia & Davis 2000: variance <= (top - mean)(mean - bottom), times n / (n - 1).
    n = arm.n or 1000
    most = sqrt(max((scale[1] - arm.mean) * (arm.mean - scale[0]), 0) * n / (n - 1))
    if arm.sd > most * 1.02:
        yield "impossible", "sd", f"{name}: SD {arm.sd:g}, at most {most:.2g} on {_told(scale)}"
    elif arm.sd < SMALL_CV * (scale[1] - scale[0]) and result.outcome in ("pain", "disability"):
        text = f"{name}: SD {arm.sd:g} is small for people on {_told(scale)}; a standard error?"
        yield "doubtful", "sd", text


def _interval(result: Result) -> Iterator[Told]:
    if result.estimate is None or result.ci is None:
        return
    low, high = result.ci
    if not low < high:
        yield "impossible", "interval", f"limits {low:g} and {high:g} are not in order"
        return
    if not low <= result.estimate <= high:
        text = f"{result.estimate:g} lies outside {_told(result.ci)}"
        turned = low <= -result.estimate <= high
        yield "impossible", "interval", text + ("; with the other sign it would fit" * turned)
        return
    middle = (low + high) / 2
    off = abs(result.estimate - middle)
    rounding = ROUNDING if high - low < 20 else 10 * ROUNDING
    if off > OFF_CENTRE * (high - low) and off > rounding and result.metric != "odds ratio":
        text = f"{result.estimate:g} is not the middle ({middle:.3g}) of {_told(result.ci)}"
        yield "doubtful", "interval", text


def _p_value(result: Result) -> Iterator[Told]:
    """A printed p against the one that estimate and interval give (normal)."""
    if result.estimate is None or result.ci is None or result.metric == "odds ratio":
        return
    text = result.p.strip()
    if not text or not result.ci[0] < result.ci[1]:
        return
    se = (result.ci[1] - result.ci[0]) / (2 * 1.959964)
    expected = 2 * float(norm.sf(abs(result.estimate) / se))
    bound, value = _p_of(text)
    if value is None:
        return
    if bound == "=" and not 1 / P_FAR < (expected + 1e-4) / (value + 1e-4) < P_FAR:
        yield "doubtful", "p", f"p is printed {text}; estimate and interval give {expected:.2g}"
    if bound == "<" and expected > max(value * 2, value + 0.02):
        yield "doubtful", "p", f"p is printed {text}; estimate and interval give {expected:.2g}"
    if bound == ">" and expected < value / 2:
        yield "doubtful", "p", f"p is printed {text}; estimate and interval give {expected:.2g}"


def _p_of(text: str) -> tuple[str, float | None]:
    bound = text[0] if text[0] in "<>" else "="
    try:
        return bound, float(text.lstrip("<>= "))
    except ValueError:
        return bound, None


def _sign(result: Result) -> Iterator[Told]:
    """An estimate whose sign is against what its own text says."""
    said = result.note.lower()
    if result.estimate is None or result.better == "not said" or not result.estimate:
        return
    favours = (result.estimate < 0) == (result.better == "lower")
    if "favours needling" in said and not favours:
        text = f"{result.estimate:g} speaks against needling where the text speaks for it"
        yield "doubtful", "sign", text


def _told(ends: tuple[float, float]) -> str:
    return f"{ends[0]:g} to {ends[1]:g}"
