"""The answer: which causes would explain a drawing, what for and what against, what is left."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tautband.atlas.atlas import Unit
from tautband.body.drawing import QUALITIES, Drawing, Quality
from tautband.body.regions import Region
from tautband.reasoning.evidence import Evidence
from tautband.reasoning.explanation import Explanation
from tautband.reasoning.findings import Finding, finding_ratios
from tautband.reasoning.knowledge import Knowledge
from tautband.reasoning.naming import Naming, naming_of
from tautband.reasoning.network import Floats
from tautband.reasoning.observation import (
    Observation,
    evidence_of,
    observe,
    region_likelihoods,
)
from tautband.reasoning.posterior import Posterior, explain

# Regions are named when a candidate, being active, would have lit them with at least this chance.
LEAST_EXPLAINED = 0.25
# A region counts against a candidate when its zone usually reaches there with at least this chance.
USUALLY_FELT = 0.45
MOST_AGAINST = 4
# Reasons are told for units that are at least this likely.
LEAST_TOLD = 0.005
# Less paint than this share of a region is the edge of a neighbour's and needs no cause of its own.
LEAST_PAINTED = 0.25


@dataclass(frozen=True)
class Explained:
    """A painted region, and the chance that this cause accounts for it."""

    region: Region
    share: float


@dataclass(frozen=True)
class Against:
    """What speaks against a candidate: a region where nothing was drawn, or a word."""

    region: Region | None
    why: str


@dataclass(frozen=True)
class Candidate:
    """One hidden unit with its posterior probability."""

    unit: Unit
    probability: float
    explains: tuple[Explained, ...]
    against: tuple[Against, ...]


@dataclass(frozen=True)
class Ranking:
    """All units, best first, and the painted regions that are probably explained by none."""

    candidates: tuple[Candidate, ...]
    unexplained: tuple[Explained, ...]
    bound: float
    posterior: Posterior


def rank(
    drawing: Drawing, knowledge: Knowledge, findings: Sequence[Finding] = (), bound: float = 1e-3
) -> Ranking:
    """Rank every unit of the atlas for a drawing; probabilities are right to within the bound."""
    observation = observe(drawing, knowledge.atlas.table)
    naming = naming_of(drawing, knowledge)
    evidence = evidence_of(observation, knowledge, naming, finding_ratios(findings, knowledge))
    posterior, explanation = explain(naming.network, evidence, bound)
    told = _Teller(knowledge, naming, observation, evidence, explanation, posterior, findings)
    # Equal probabilities (the two sides of a midline pain) keep the order of the atlas.
    order = np.lexsort((np.arange(len(knowledge.units)), -np.round(posterior.probability, 12)))
    return Ranking(
        tuple(told.candidate(int(c)) for c in order), told.unexplained(), posterior.bound, posterior
    )


@dataclass(frozen=True, eq=False)
class _Teller:
    knowledge: Knowledge
    naming: Naming
    observation: Observation
    evidence: Evidence
    explanation: Explanation
    posterior: Posterior
    findings: Sequence[Finding]

    def candidate(self, cause: int) -> Candidate:
        unit, chance = self.knowledge.units[cause], float(self.posterior.probability[cause])
        if chance < LEAST_TOLD:
            return Candidate(unit, chance, (), ())
        return Candidate(unit, chance, self._explains(cause, chance), self._against(cause))

    def _explains(self, cause: int, chance: float) -> tuple[Explained, ...]:
        regions = self.knowledge.atlas.table.regions
        return tuple(
            Explained(regions[r], min(share / chance, 1.0))
            for r, share in self._lit(cause).items()
            if chance > 0 and share / chance >= LEAST_EXPLAINED
        )

    def _lit(self, cause: int) -> dict[int, float]:
        """Regions that a cause accounts for; of a loosely named place, those that it can reach."""
        reach = self.knowledge.typical[cause]
        return {
            region: share
            for node, share in self.explanation.of(cause).items()
            for region in self.naming.nodes[node]
            if reach[region] > 0
        }

    def _against(self, cause: int) -> tuple[Against, ...]:
        regions = self.knowledge.atlas.table.regions
        typical = self.knowledge.typical[cause]
        on, _ = region_likelihoods(self.observation, self.knowledge.model)
        free = (on == 0) & (typical >= USUALLY_FELT)
        worst = sorted(np.flatnonzero(free).tolist(), key=lambda r: -typical[r])
        found = [Against(regions[r], "usually felt here too, and nothing is drawn") for r in worst]
        return tuple(self._words(cause) + found[:MOST_AGAINST])

    def _words(self, cause: int) -> list[Against]:
        unit = self.knowledge.units[cause]
        found = [
            Against(None, f"{f.sign} was looked for and not found")
            for f in self.findings
            if not f.present and (f.muscle, f.side) == (unit.id, unit.side)
        ]
        lit = self._lit(cause)
        if lit:
            words = self.observation.quality[list(lit)].mean(axis=0)
            kind = QUALITIES[int(words.argmax())]
            if (
                kind is not Quality.UNSPECIFIED
                and self.knowledge.quality[cause, words.argmax()] < 0.6
            ):
                found.append(Against(None, f"the pain is called {_ADJECTIVE[kind]}"))
        return found

    def unexplained(self) -> tuple[Explained, ...]:
        regions = self.knowledge.atlas.table.regions
        nodes = self._unlit()
        left = {
            region: float(nodes[node])
            for node in np.flatnonzero(nodes >= 0.5).tolist()
            for region in self.naming.nodes[node]
            if self.observation.share[region] >= LEAST_PAINTED
        }
        order = sorted(left, key=lambda r: (-left[r], r))
        return tuple(Explained(regions[r], left[r]) for r in order)

    def _unlit(self) -> Floats:
        """Chance that no cause lights a node, where its evidence speaks for paint.

        The explanation tells how likely the leak alone painted it.  That no cause lights it and the
        brush merely slipped leaves the paint as unexplained.  Once nothing lights a region, leak
        and evidence alone decide whether it hurts, so the one follows from the other.
        """
        leak = self.naming.network.leak
        painted, bare = self.evidence.like_on * leak, self.evidence.like_off * (1 - leak)
        by_leak = np.divide(painted, painted + bare, out=np.ones_like(leak), where=painted > 0)
        return np.minimum(self.explanation.unexplained / by_leak, 1.0)


_ADJECTIVE = {
    Quality.ACHE: "an ache",
    Quality.SHARP: "sharp",
    Quality.BURNING: "burning",
    Quality.TINGLING: "tingling",
    Quality.NUMB: "numb",
}
