"""The model and the three baselines: each gives every muscle of the atlas a score for one text.

The baselines are what a careful clinician has without a model: a chart, a sense of what is common,
and a book to search.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log, sqrt

import numpy as np

from tautband.atlas.atlas import Unit
from tautband.body.drawing import Drawing
from tautband.body.surface import FloatArray
from tautband.reasoning.knowledge import Knowledge
from tautband.reasoning.ranking import Candidate
from tautband.text.stopwords import FUNCTION_WORDS
from tautband.text.tokens import tokenize

MODEL, LOOK_UP, PREVALENCE, WORDS = "model", "look-up table", "prevalence", "words"
BASELINES = (LOOK_UP, PREVALENCE, WORDS)

Scores = Mapping[str, float]


def by_muscle(scores: Sequence[tuple[Unit, float]]) -> dict[str, float]:
    """The higher score of the two sides, by muscle: many reports do not say the muscle's side."""
    best: dict[str, float] = {}
    for unit, score in scores:
        if unit.muscle:
            best[unit.id] = max(score, best.get(unit.id, -np.inf))
    return best


def model_scores(candidates: Sequence[Candidate]) -> dict[str, float]:
    """Probabilities of a ranking, by muscle."""
    return by_muscle([(c.unit, c.probability) for c in candidates])


@dataclass(frozen=True, eq=False)
class Baselines:
    """The baselines over the muscles of one network."""

    knowledge: Knowledge

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The hidden units that are muscles."""
        return tuple(u for u in self.knowledge.units if u.muscle)

    @cached_property
    def _zones(self) -> FloatArray:
        """Skin of each unit's main and spill-over zone, (U, V) in cm2."""
        atlas = self.knowledge.atlas
        zones = [atlas.zone(u, "main") | atlas.zone(u, "spill") for u in self.units]
        return np.array(zones) * atlas.table.surface.area

    def look_up(self, drawing: Drawing) -> dict[str, float]:
        """Agreement of zone and painful skin: 2 |A and B| / (|A| + |B|) by area, 0 if apart."""
        area = self.knowledge.atlas.table.surface.area
        felt = drawing.painful
        both = self._zones @ felt.astype(float)
        score = 2 * both / (self._zones.sum(axis=1) + area[felt].sum())
        return by_muscle(list(zip(self.units, score.tolist(), strict=True)))

    def reached(self, drawing: Drawing) -> dict[str, float]:
        """Share of the painful skin that lies in each muscle's zones."""
        felt = drawing.painful
        total = self.knowledge.atlas.table.surface.area[felt].sum()
        share = (self._zones @ felt.astype(float)) / total
        return by_muscle(list(zip(self.units, share.tolist(), strict=True)))

    @cached_property
    def prevalence(self) -> dict[str, float]:
        """Prior odds: the same order for every patient."""
        # Beyond the units the network has hidden ties.
        odds = self.knowledge.network.odds[: len(self.knowledge.units)].tolist()
        return by_muscle(list(zip(self.knowledge.units, odds, strict=True)))

    @cached_property
    def _texts(self) -> dict[str, Counter[str]]:
        records = {u.id: u.muscle for u in self.units if u.muscle}
        return {
            name: _bag(" ".join(zone.text for zone in muscle.referral if zone.stated))
            for name, muscle in records.items()
        }

    @cached_property
    def _rarity(self) -> dict[str, float]:
        """Inverse document frequency of each word over the records' referral texts."""
        found = Counter(word for bag in self._texts.values() for word in bag)
        return {word: log(len(self._texts) / count) for word, count in found.items()}

    def words(self, text: str) -> dict[str, float]:
        """Cosine of the weighted words of a text and of each record's referral text.

        Words weigh by how few records use them (Salton and Buckley, Inf Process Manag 1988;24:513).
        """
        asked = _weighted(_bag(text), self._rarity)
        return {
            name: _cosine(asked, _weighted(bag, self._rarity)) for name, bag in self._texts.items()
        }


def _bag(text: str) -> Counter[str]:
    words = [t.norm for t in tokenize(text) if t.is_word and t.norm not in FUNCTION_WORDS]
    # "shoulders" and "shoulder" are one word.
    return Counter(w[:-1] if len(w) > 3 and w.endswith("s") else w for w in words)


def _weighted(bag: Counter[str], rarity: Mapping[str, float]) -> dict[str, float]:
    return {word: count * rarity[word] for word, count in bag.items() if word in rarity}


def _cosine(one: Mapping[str, float], two: Mapping[str, float]) -> float:
    dot = sum(weight * two[word] for word, weight in one.items() if word in two)
    size = sqrt(sum(w * w for w in one.values()) * sum(w * w for w in two.values()))
    return dot / size if size else 0.0
