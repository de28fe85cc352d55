"""From a drawing to evidence: what each region says, and what the quality words say."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tautband.body.drawing import QUALITIES, Drawing
from tautband.body.overlap import region_coverage
from tautband.body.regions import RegionTable
from tautband.reasoning.evidence import Evidence
from tautband.reasoning.knowledge import Knowledge
from tautband.reasoning.model import Drawn, Model
from tautband.reasoning.naming import Naming
from tautband.reasoning.network import Floats


@dataclass(frozen=True, eq=False)
class Observation:
    """A drawing told by region, (R,) each: painful share, asked share, highest intensity;
    ``quality`` (R, Q), the share of the painful skin with each quality word; and ``area`` (R,), the
    painful skin in cm2."""

    share: Floats
    asked: Floats
    intensity: Floats
    quality: Floats
    area: Floats

    def telling_share(self, drawn: Drawn) -> Floats:
        """Painted share (R,) that counts; enough paint counts as much, however large the region."""
        return np.maximum(self.share, np.minimum(self.area / drawn.enough_cm2, 1.0))

    def told(self, drawn: Drawn) -> NDArray[np.bool_]:
        """Regions (R,) with paint that says something: more than a slip of the brush."""
        share = self.telling_share(drawn)
        ordered = np.sort(share)[::-1]
        beyond = float(ordered[drawn.many]) if drawn.many < len(ordered) else 0.0
        told: NDArray[np.bool_] = share >= np.clip(beyond, drawn.slip, drawn.slip_of_many)
        return told


def observe(drawing: Drawing, table: RegionTable) -> Observation:
    """Tell a drawing by region."""
    felt = drawing.painful
    share = region_coverage(felt, table)
    each = np.zeros((len(table), len(QUALITIES)))
    for kind in np.unique(drawing.quality[felt]).tolist():
        each[:, kind] = region_coverage(felt & (drawing.quality == kind), table)
    quality = np.divide(each, share[:, None], out=np.zeros_like(each), where=share[:, None] > 0)
    return Observation(
        share,
        region_coverage(drawing.asked, table),
        _highest(drawing, table),
        quality,
        share * table.areas,
    )


def _highest(drawing: Drawing, table: RegionTable) -> Floats:
    highest = np.zeros(len(table))
    half = len(table) // 2
    surface = table.surface
    for offset, sign in ((0, 1), (half, -1)):
        here = surface.half * sign >= 0
        np.maximum.at(highest, surface.region[here] + offset, drawing.intensity[here])
    return highest


def evidence_of(
    observation: Observation,
    knowledge: Knowledge,
    naming: Naming,
    finding_lr: Floats | None = None,
) -> Evidence:
    """The evidence that a drawing gives about the nodes, with findings on single causes."""
    on, off = region_likelihoods(observation, knowledge.model)
    weight = quality_weights(observation, knowledge)
    told = naming.largest(on), naming.smallest(off)
    # Nothing is seen of the hidden ties beyond the units.
    ties = naming.network.causes - len(knowledge.units)
    weight = np.concatenate([weight, np.ones((ties, weight.shape[1]))])
    if finding_lr is not None:
        finding_lr = np.concatenate([finding_lr, np.ones(ties)])
    return Evidence.of(naming.network, *told, finding_lr, weight)


def region_likelihoods(observation: Observation, model: Model) -> tuple[Floats, Floats]:
    """Likelihood of what was drawn on each region if it hurts, and if it does not.

    Asked and without paint: free.  Not asked, or touched by a slip of the brush: unknown, both 1.
    """
    drawn = model.drawing
    share = observation.telling_share(drawn)
    on = np.interp(share, drawn.share, drawn.like_on)
    off = np.interp(share, drawn.share, drawn.like_off)
    top = observation.intensity.max(initial=0.0)
    if top > 0:
        off = off + drawn.weak_mark * (1 - observation.intensity / top) * (1 - off)
    # Paint never speaks against pain: a little more of it says at least as much as a slip does.
    off = np.minimum(off, on)
    free = (observation.share < drawn.free) & (observation.asked >= drawn.asked)
    unknown = ~observation.told(drawn) & ~free
    on[free], off[free] = 0.0, 1.0
    on[unknown] = off[unknown] = 1.0
    return on, off


def quality_weights(observation: Observation, knowledge: Knowledge) -> Floats:
    """Likelihood of the quality words for each variant of each cause against the average, (C, V).

    The words on the regions that a variant paints count together as one piece of evidence (a
    weighted geometric mean), because one patient's words for one pain are not independent.
    """
    log_ratio = np.log(knowledge.quality) @ observation.quality.T
    seen = observation.told(knowledge.model.drawing)
    links = knowledge.links[:, :, seen]
    total = links.sum(axis=2)
    mean = np.einsum("cvr,cr->cv", links, log_ratio[:, seen])
    weight: Floats = np.exp(mean / np.maximum(total, 1.0))
    return weight
