"""The answer: which causes would explain a drawing, what for and what against, what is left."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tautband.atlas.atlas import Unit
from tautband.base.sources import Confidence
from tautband.body.drawing import QUALITIES, Drawing, Quality
from tautband.body.regions import Region
from tautband.reasoning.clinical_tests import TestResult, implied_results, with_results
from tautband.reasoning.evidence import Evidence
from tautband.reasoning.explanation import Explanation
from tautband.reasoning.findings import (
    Finding,
    answers_by_muscle,
    finding_ratios,
    recognised_places,
)
from tautband.reasoning.knowledge import Knowledge
from tautband.reasoning.naming import Naming, naming_of
from tautband.reasoning.network import Floats
from tautband.reasoning.observation import (
    Observation,
    evidence_of,
    observe,
    region_likelihoods,
)
from tautband.reasoning.patient import NOBODY, Patient
from tautband.reasoning.posterior import Posterior, explain, solve
from tautband.reasoning.priors import Prior, Priors, priors_of
from tautband.reasoning.signs import FAMILIAR, IN_BAND, SPOT

# Regions are named when a candidate, being active, would have lit them with at least this chance.
LEAST_EXPLAINED = 0.25
# A region counts against a candidate when its zone usually reaches there with at least this chance.
USUALLY_FELT = 0.45
MOST_AGAINST = 4
# Reasons are told for units that are at least this likely.
LEAST_TOLD = 0.005
# Drawings of more weights than this (about a tenth of a second) are not solved a second time.
QUICK = 2_000_000
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
    """One hidden unit with its posterior probability.

    ``from_drawing`` is its probability without any finding, None when none was told or when the
    drawing is too large to be solved twice.
    """

    unit: Unit
    probability: float
    explains: tuple[Explained, ...]
    against: tuple[Against, ...]
    prior: Prior
    from_drawing: float | None = None


@dataclass(frozen=True)
class Ranking:
    """All units, best first, and the painted regions that are probably explained by none."""

    candidates: tuple[Candidate, ...]
    unexplained: tuple[Explained, ...]
    bound: float
    posterior: Posterior
    case: "Case"


@dataclass(frozen=True, eq=False)
class Case:
    """One patient's drawing and all that was told, as network and evidence, before it is solved.

    ``bare`` is the same without any finding, the very same when there is none.
    """

    knowledge: Knowledge
    priors: Priors
    findings: tuple[Finding, ...]
    results: tuple[TestResult, ...]
    observation: Observation
    naming: Naming
    evidence: Evidence
    bare: "Case | None"


def rank(
    drawing: Drawing,
    knowledge: Knowledge,
    findings: Sequence[Finding | TestResult] = (),
    bound: float = 1e-3,
    patient: Patient = NOBODY,
    assumed: bool = True,
) -> Ranking:
    """Rank every unit of the atlas for a drawing; probabilities are right to within the bound.

    ``assumed=False`` leaves out the weight of findings that nobody measured.  Raises InputError for
    findings that contradict each other.
    """
    case = case_of(drawing, knowledge, findings, patient, assumed)
    posterior, explanation = explain(case.naming.network, case.evidence, bound)
    posterior = of_units(posterior, knowledge)
    alone, honest = None, posterior.bound
    if case.bare is not None and posterior.effort.weights <= QUICK:
        without = solve(case.bare.naming.network, case.bare.evidence, bound)
        alone, honest = without.probability, max(posterior.bound, without.bound)
    told = _Teller(case, explanation, posterior, alone)
    # Equal probabilities (the two sides of a midline pain) keep the order of the atlas.
    order = np.lexsort((np.arange(len(knowledge.units)), -np.round(posterior.probability, 12)))
    return Ranking(
        tuple(told.candidate(int(c)) for c in order), told.unexplained(), honest, posterior, case
    )


def of_units(posterior: Posterior, knowledge: Knowledge) -> Posterior:
    """The same without the hidden ties beyond the units, which are of no interest to a reader."""
    size = len(knowledge.units)
    return replace(
        posterior, probability=posterior.probability[:size], variant=posterior.variant[:size]
    )


def case_of(
    drawing: Drawing,
    knowledge: Knowledge,
    findings: Sequence[Finding | TestResult] = (),
    patient: Patient = NOBODY,
    assumed: bool = True,
) -> Case:
    """Network and evidence of a drawing and what was told; raises InputError."""
    signs = tuple(f for f in findings if isinstance(f, Finding))
    results = tuple(f for f in findings if isinstance(f, TestResult))
    results += implied_results(answers_by_muscle(signs), results)
    observation = observe(drawing, knowledge.atlas.table)
    priors = priors_of(knowledge, patient)
    knowledge = priors.applied()
    ratios = finding_ratios(signs, knowledge, patient.sex, assumed)
    bare = _put(drawing, knowledge, observation, priors, np.ones(len(ratios)))
    # Only places that hurt need a cause: a referral to any other place speaks against nothing.
    painful = observation.share > 0
    places = {
        knowledge.cause(knowledge.atlas.ranked(muscle, side).key): own
        for (muscle, side), regions in recognised_places(signs).items()
        if (own := tuple(r for r in regions if painful[r]))
    }
    if not places and not results and (ratios == 1).all():
        return replace(bare, findings=signs)
    reaching = knowledge.reaching(
        places if assumed else {}, knowledge.model.findings.recognised_link
    )
    full = _put(drawing, reaching, observation, priors, ratios)
    counted = [r for r in results if assumed or r.test.confidence is Confidence.MEASURED]
    naming, evidence = with_results(full.naming, full.evidence, counted, knowledge)
    return replace(
        full, findings=signs, results=results, naming=naming, evidence=evidence, bare=bare
    )


def _put(
    drawing: Drawing,
    knowledge: Knowledge,
    observation: Observation,
    priors: Priors,
    ratios: Floats,
) -> Case:
    naming = naming_of(drawing, knowledge)
    evidence = evidence_of(observation, knowledge, naming, ratios)
    return Case(knowledge, priors, (), (), observation, naming, evidence, None)


@dataclass(frozen=True, eq=False)
class _Teller:
    case: Case
    explanation: Explanation
    posterior: Posterior
    alone: Floats | None

    @cached_property
    def free(self) -> NDArray[np.bool_]:
        """Regions (R,) that were asked about and are free of pain."""
        on, _ = region_likelihoods(self.observation, self.knowledge.model)
        free: NDArray[np.bool_] = on == 0
        return free

    @property
    def knowledge(self) -> Knowledge:
        return self.case.knowledge

    @property
    def naming(self) -> Naming:
        return self.case.naming

    @property
    def observation(self) -> Observation:
        return self.case.observation

    def candidate(self, cause: int) -> Candidate:
        unit, chance = self.knowledge.units[cause], float(self.posterior.probability[cause])
        told = chance >= LEAST_TOLD
        return Candidate(
            unit,
            chance,
            self._explains(cause, chance) if told else (),
            self._against(cause) if told else (),
            self.case.priors.of(cause),
            None if self.alone is None else float(self.alone[cause]),
        )

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
        free = self.free & (typical >= USUALLY_FELT)
        worst = sorted(np.flatnonzero(free).tolist(), key=lambda r: -typical[r])
        found = [Against(regions[r], "usually felt here too, and nothing is drawn") for r in worst]
        return tuple(self._words(cause) + found[:MOST_AGAINST])

    def _words(self, cause: int) -> list[Against]:
        unit = self.knowledge.units[cause]
        own = [f for f in self.case.findings if (f.muscle, f.side) == (unit.id, unit.side)]
        tender = any(f.present and f.sign in (SPOT, IN_BAND) for f in own)
        found = [Against(None, _missing(f.sign, tender)) for f in own if f.absent]
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
        painted, bare = self.case.evidence.like_on * leak, self.case.evidence.like_off * (1 - leak)
        by_leak = np.divide(painted, painted + bare, out=np.ones_like(leak), where=painted > 0)
        return np.minimum(self.explanation.unexplained / by_leak, 1.0)


def _missing(sign: str, tender: bool) -> str:
    if sign == FAMILIAR and tender:
        return (
            "tender without the familiar pain: a latent point, which people without pain have too"
        )
    return f"{sign} was looked for and not found"


_ADJECTIVE = {
    Quality.ACHE: "an ache",
    Quality.SHARP: "sharp",
    Quality.BURNING: "burning",
    Quality.TINGLING: "tingling",
    Quality.NUMB: "numb",
}
