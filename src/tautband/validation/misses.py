"""Why a muscle was not found: reasons that are computed, each with the figures that it rests on."""

from collections.abc import Collection
from dataclasses import dataclass

from tautband.body.drawing import Drawing
from tautband.validation.methods import Baselines, Scores

MISS_BEYOND = 5  # a case is a miss when its muscle is not among the first five
LEAST_REACHED = 0.1  # of the painful skin: less is called not reaching it
MANY_REACH = 2 * MISS_BEYOND  # the zones of so many muscles share what is named: a wide place


@dataclass(frozen=True)
class Reason:
    """One reason: ``kind`` for counting, ``text`` with its figures."""

    kind: str
    text: str


NOT_READ = "words not read"
NOT_REACHED = "zone does not reach"
WIDE = "words name a wide place"
RARER = "rarer than its neighbours"
FIT_LESS = "others fit better"


def reasons(
    drawing: Drawing, right: Collection[str], scores: Scores, baselines: Baselines
) -> tuple[Reason, ...]:
    """All reasons that hold for a miss of the muscles ``right``, the plainest first."""
    best = max(right, key=lambda name: scores[name])
    above = [name for name in scores if scores[name] > scores[best]]
    reached = baselines.reached(drawing)
    most = max(reached[name] for name in right)
    many = sum(share >= LEAST_REACHED for share in reached.values())
    rarer = _rarer(best, above, baselines)
    found = []
    if most < LEAST_REACHED:
        found.append(
            Reason(NOT_REACHED, f"its zones hold {most * 100:.0f} % of the skin that is named")
        )
    if many >= MANY_REACH:
        found.append(Reason(WIDE, f"the zones of {many} muscles hold a tenth or more of it"))
    if rarer > 0.5:
        found.append(
            Reason(RARER, f"its prior is below that of {rarer * 100:.0f} % of those above it")
        )
    if not found:
        found.append(Reason(FIT_LESS, f"{len(above)} others explain the places as well or better"))
    return tuple(found)


def _rarer(best: str, above: Collection[str], baselines: Baselines) -> float:
    """Share of the muscles above whose prior is higher."""
    prior = baselines.prevalence
    return sum(prior[name] > prior[best] for name in above) / len(above) if above else 0.0
