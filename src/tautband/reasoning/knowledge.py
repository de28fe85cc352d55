"""The network of this atlas and this model: units become causes, covers become links."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from tautband.atlas.atlas import Atlas, Unit, load_atlas
from tautband.atlas.prevalence import mean_active, read_prevalence
from tautband.reasoning.coupling import tied
from tautband.reasoning.model import MUSCLE, Model, Variant, load_model, quality_ratios
from tautband.reasoning.network import Floats, Network

WHOLE_SCALE = 25.0  # percent active that counts as weight 1, see model.toml
MOST_LIKELY = 0.2  # prior chance that no unit exceeds, which matters in a tiny atlas only


@dataclass(frozen=True, eq=False)
class Knowledge:
    """The network with the meaning of its causes: cause c is ``units[c]``; regions as in the table.

    Causes beyond the units are hidden ties between them and paint nothing (``coupling``).
    ``links`` (U, V, R) are the chances of painting; ``typical`` (U, R) their mean over variants;
    ``quality`` (U, Q) the likelihood ratio of each quality word for each unit; ``prior`` (U,) the
    prior odds of each unit, ties all told.
    """

    atlas: Atlas
    model: Model
    network: Network
    units: tuple[Unit, ...]
    links: Floats
    typical: Floats
    quality: Floats
    prior: Floats

    def cause(self, key: str) -> int:
        """Number of the cause of a unit's key."""
        return self.units.index(self.atlas.unit[key])

    def reaching(self, places: Mapping[int, tuple[int, ...]], chance: float) -> "Knowledge":
        """The same, with causes that also paint further regions with at least that chance.

        ``places`` gives regions by cause.
        """
        if not places:
            return self
        links = self.links.copy()
        for cause, regions in places.items():
            variants = np.flatnonzero(self.network.share[cause] > 0)
            at = np.ix_(variants, np.array(regions))
            links[cause][at] = np.maximum(links[cause][at], chance)
        n = self.network
        couplings = np.column_stack([n.driver, n.child, n.factor]).tolist()
        network = Network.build(n.odds, n.share, n.leak, _rows(links), couplings)
        typical = np.einsum("cv,cvr->cr", n.share[: len(links)], links)
        return replace(self, network=network, links=links, typical=typical)


@cache
def load_knowledge() -> Knowledge:
    """The shipped network."""
    return build_knowledge(load_atlas(), load_model())


def build_knowledge(atlas: Atlas, model: Model) -> Knowledge:
    """Make the network of an atlas."""
    units = atlas.units
    widest = max(len(atlas.patterns(u)) for u in units)
    share = np.zeros((len(units), widest))
    links = np.zeros((len(units), widest, len(atlas.table)))
    for number, unit in enumerate(units):
        names = atlas.patterns(unit)
        weights, numbers = _variants(model, names)
        share[number, : len(names)] = weights
        links[number, : len(names)] = _links(model, atlas.cover(unit), atlas.table.areas, numbers)
    prior = prior_odds(atlas, model)
    ties = tied(units, prior, model.prior)
    hidden = np.eye(1, widest).repeat(len(ties.chance), axis=0)
    network = Network.build(
        np.concatenate([ties.odds, ties.chance / (1 - ties.chance)]),
        np.concatenate([share, hidden]),
        _leak(atlas, model),
        _rows(links),
        ties.couplings,
    )
    ratios = quality_ratios(model)
    quality = np.array([ratios[u.cause.kind if u.cause else MUSCLE] for u in units])
    typical = np.einsum("cv,cvr->cr", share, links)
    return Knowledge(atlas, model, network, units, links, typical, quality, prior)


def _variants(model: Model, names: list[str]) -> tuple[Floats, list[Variant]]:
    """Shares (summing to 1) and numbers of the named patterns."""
    kinds = [kind_of(name) for name in names]
    numbers = [model.variants[kind] for kind in kinds]
    # The share of a kind is divided among its patterns: those of single trigger points.
    shares = np.array([model.variants[kind].share / kinds.count(kind) for kind in kinds])
    return shares / shares.sum(), numbers


def kind_of(pattern: str) -> str:
    """The variant that a pattern's name stands for: "point 1 spread" is a "point spread"."""
    if not pattern.startswith("point "):
        return pattern
    return "point spread" if pattern.endswith(" spread") else "point"


def _links(model: Model, cover: Floats, areas: Floats, numbers: list[Variant]) -> Floats:
    """Chances of painting each region, (P, R).

    A region counts by how much of it the zone covers, or, for a small zone in a large region, by
    how much of the zone lies in it, whichever links them more.
    """
    low, high = model.links.cover_none, model.links.cover_full
    zone = (cover * areas).sum(axis=-1, keepdims=True)
    part = np.divide(cover * areas, zone, out=np.zeros_like(cover), where=zone > 0)
    linked = np.clip((cover - low) / (high - low), 0, 1)
    linked = np.maximum(linked, np.clip(part / model.links.part_full, 0, 1) * (cover > 0.02))
    main = np.array([v.main for v in numbers])[:, None] * linked[:, 0]
    spill = np.array([v.spill for v in numbers])[:, None] * linked[:, 1]
    chance = 1 - (1 - main) * (1 - spill)
    return np.where(chance < model.links.least, 0.0, chance)


def prior_odds(atlas: Atlas, model: Model) -> Floats:
    """Prior odds per unit: muscles by published prevalence, other causes by frequency class."""
    prior = model.prior
    known = mean_active(read_prevalence())
    weights = np.array(
        [muscle_weight(known, u.id, model) if u.muscle else 0.0 for u in atlas.units]
    )
    chance = np.minimum(weights * prior.expected_active / weights.sum(), MOST_LIKELY)
    odds: Floats = chance / (1 - chance)
    classes = {"common": prior.common, "uncommon": prior.uncommon, "rare": prior.rare}
    for number, unit in enumerate(atlas.units):
        if unit.cause:
            odds[number] = classes[unit.cause.frequency]
    return odds


def muscle_weight(known: Mapping[str, float], muscle: str, model: Model) -> float:
    """Weight of a muscle in the prior, within the model's limits."""
    prior = model.prior
    if muscle in prior.rare_muscles:
        return prior.rare_muscles[muscle]
    if muscle not in known:
        return prior.unknown_weight
    return float(np.clip(known[muscle] / WHOLE_SCALE, prior.least_weight, prior.most_weight))


def _rows(links: Floats) -> Floats:
    """A row (cause, variant, region, chance) for each link of a dense array."""
    cause, variant, region = np.nonzero(links)
    return np.column_stack([cause, variant, region, links[cause, variant, region]])


def _leak(atlas: Atlas, model: Model) -> Floats:
    leak = model.leak
    chance: Floats = np.clip(atlas.table.areas / 50 * leak.per_50_cm2, leak.least, leak.most)
    return chance
