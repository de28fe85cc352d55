"""How well probabilities keep their word: of all that were given 30 %, are 30 % true?"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
BINS = (0.0, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 1.0)


@dataclass(frozen=True)
class Bin:
    """Predictions between two limits: how many, their mean, and the share that came true."""

    low: float
    high: float
    count: int
    predicted: float
    observed: float


@dataclass(frozen=True)
class Calibration:
    """Reliability by bin, expected calibration error among predictions of at least 2 %, and ranks.

    ``top`` is the share of active muscles that stand among the first 1, 3 and 5 muscles beyond the
    other active ones of the same patient.
    """

    bins: tuple[Bin, ...]
    error: float
    brier: float
    top: dict[int, float]
    patients: int


def calibration(
    predicted: Iterable[FloatArray], truth: Iterable[npt.NDArray[np.bool_]]
) -> Calibration:
    """Compare probabilities with the truth, patient by patient, over the same units."""
    chances, facts = list(predicted), list(truth)
    p, t = np.concatenate(chances), np.concatenate(facts)
    which = np.clip(np.searchsorted(BINS, p, side="right") - 1, 0, len(BINS) - 2)
    bins = tuple(
        Bin(
            BINS[b],
            BINS[b + 1],
            int((which == b).sum()),
            float(p[which == b].mean()),
            float(t[which == b].mean()),
        )
        for b in range(len(BINS) - 1)
        if (which == b).any()
    )
    told = [b for b in bins if b.low >= 0.02]
    total = sum(b.count for b in told)
    error = sum(b.count * abs(b.predicted - b.observed) for b in told) / total if total else 0.0
    ranks = np.concatenate([_ranks(c, f) for c, f in zip(chances, facts, strict=True)])
    top = {k: float((ranks <= k).mean()) for k in (1, 3, 5)} if len(ranks) else {}
    return Calibration(bins, error, float(((p - t) ** 2).mean()), top, len(chances))


def _ranks(chance: FloatArray, active: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """Rank of each active unit among the inactive ones, best first."""
    inactive = np.sort(chance[~active])
    above = len(inactive) - np.searchsorted(inactive, chance[active], side="right")
    return above + 1
