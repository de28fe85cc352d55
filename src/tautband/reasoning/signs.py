"""The joint chance of the signs of one muscle, given that it is active and given that it is not.

The signs of a muscle are not independent given the trigger point: a latent point is tender in its
band too, a generally tender patient agrees to everything, and a finger beside the point finds
nothing at all.  So signs are told by classes (``[findings]`` in ``model.toml``), independent only
within a class:

    P(signs | active)     = missed * none(signs) + (1 - missed) * found(signs)
    P(signs | not active) = latent * latent(signs) + overcalled * overcalled(signs)
                            + rest * none(signs)

Signs that were not examined are summed out exactly.  Band, tender spot and whether the spot lies in
the band are one variable with five values, because a spot in the band is a relation, not a second
tender spot.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from tautband.base.errors import InputError
from tautband.base.sex import Sex
from tautband.reasoning.model import CLASSES, FOUND, LATENT, NONE, OVERCALLED, Findings

BAND, SPOT, FAMILIAR, REFERRED = "taut band", "tender spot", "familiar pain", "referred pain"
IN_BAND, OUTSIDE_BAND = "tender spot in band", "tender spot outside band"
LIMITED, WEAK, PAINFUL = "limited movement", "weak", "painful test"

# What pressing can show: (band, spot, spot in band).
_CELLS = (
    (True, True, True),
    (True, True, False),
    (False, True, False),
    (True, False, False),
    (False, False, False),
)
_PALPATED = {
    BAND: frozenset(c for c in _CELLS if c[0]),
    SPOT: frozenset(c for c in _CELLS if c[1]),
    IN_BAND: frozenset(c for c in _CELLS if c[2]),
    OUTSIDE_BAND: frozenset(c for c in _CELLS if c[1] and not c[2]),
}
_CELL_ANSWERS: tuple[dict[str, bool], ...] = (
    {IN_BAND: True},
    {BAND: True, OUTSIDE_BAND: True},
    {BAND: False, OUTSIDE_BAND: True},
    {BAND: True, SPOT: False},
    {BAND: False, SPOT: False},
)

Answers = Mapping[str, bool]


@dataclass(frozen=True)
class Told:
    """Chance of some answers given that the muscle is active, and given that it is not."""

    active: float
    other: float

    @property
    def ratio(self) -> float:
        """Likelihood ratio."""
        return self.active / self.other


@dataclass(frozen=True)
class SignTable:
    """The joint chances of all signs, for a patient of that sex (None: not told)."""

    findings: Findings
    sex: Sex | None = None

    @property
    def signs(self) -> tuple[str, ...]:
        """All signs in order, with the two relations of a tender spot to the band."""
        listed = list(self.findings.sign)
        at = listed.index(SPOT) + 1
        return (*listed[:at], IN_BAND, OUTSIDE_BAND, *listed[at:])

    @property
    def latent(self) -> float:
        """Share of muscles that are not active and hold a latent point."""
        return self.findings.latent * (
            self.findings.latent_by_sex[self.sex] if self.sex is not None else 1.0
        )

    def told(self, answers: Answers) -> Told:
        """Chances of these answers; raises InputError when they cannot all be true."""
        by_class = {kind: self._within(kind, answers) for kind in CLASSES}
        missed, over, latent = self.findings.missed, self.findings.overcalled, self.latent
        return Told(
            (1 - missed) * by_class[FOUND] + missed * by_class[NONE],
            latent * by_class[LATENT]
            + over * by_class[OVERCALLED]
            + (1 - latent - over) * by_class[NONE],
        )

    def ratio(self, answers: Answers) -> float:
        """Likelihood ratio of active against not active of all answers together."""
        return self.told(answers).ratio

    def outcomes(self, known: Answers, asked: tuple[str, ...]) -> Iterator[tuple[Answers, Told]]:
        """Every way in which the asked signs may turn out, given what is known already.

        The chances are conditional on ``known`` and sum to 1 over the outcomes.
        """
        before = self.told(known)
        for found in self._ways(known, asked):
            after = self.told({**known, **found})
            yield found, Told(after.active / before.active, after.other / before.other)

    def _ways(self, known: Answers, asked: tuple[str, ...]) -> Iterator[Answers]:
        pressed = any(sign in _PALPATED for sign in asked)
        cells = [a for a in _CELL_ANSWERS if _allowed(known) & _allowed(a)] if pressed else [{}]
        rest = [s for s in asked if s not in _PALPATED and s not in known]
        for cell in cells:
            for values in product((True, False), repeat=len(rest)):
                yield {**cell, **dict(zip(rest, values, strict=True))}

    def _within(self, kind: str, answers: Answers) -> float:
        allowed = _allowed(answers)
        if not allowed:
            said = ", ".join(s if yes else f"no {s}" for s, yes in answers.items())
            raise InputError("finding", f"'{said}' cannot all be true", "signs that agree")
        signs, inside = self.findings.sign, self.findings.inside[kind]
        band, spot = signs[BAND].read(kind), signs[SPOT].read(kind)
        chance = {
            (True, True, True): band * spot * inside,
            (True, True, False): band * spot * (1 - inside),
            (False, True, False): (1 - band) * spot,
            (True, False, False): band * (1 - spot),
            (False, False, False): (1 - band) * (1 - spot),
        }
        likelihood = sum(chance[cell] for cell in sorted(allowed))
        for sign, present in answers.items():
            if sign not in _PALPATED:
                read = signs[sign].read(kind)
                likelihood *= read if present else 1 - read
        return likelihood


def _allowed(answers: Answers) -> frozenset[tuple[bool, bool, bool]]:
    """What band, spot and relation can still be."""
    left = frozenset(_CELLS)
    for sign, present in answers.items():
        if sign in _PALPATED:
            left = left & _PALPATED[sign] if present else left - _PALPATED[sign]
    return left
