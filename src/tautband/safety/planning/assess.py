"""One muscle, one needle, one patient: measured depth and published limits in one answer."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tautband.atlas.records import Muscle
from tautband.safety.decision import Decision
from tautband.safety.people import Clinician, Patient
from tautband.safety.planning.depth import MeasuredDepth, measured_depth
from tautband.safety.planning.limits import Applied, Limit, apply_limits, cap_of, load_limits
from tautband.safety.planning.reasons import Reason, decide, strictest_first
from tautband.safety.planning.recipe import millimetres, recipe_of, usual_gauge
from tautband.safety.planning.studies import Measurement, load_studies
from tautband.safety.planning.technique import Technique

# Lengths in which filiform needles are sold, so that a cap names one that can be bought.
STANDARD_LENGTHS_MM = (13, 15, 20, 25, 30, 40, 50, 60, 75, 100)


@dataclass(frozen=True)
class LengthCap:
    """The most, in millimetres, and the rule or measurement that sets it."""

    mm: float
    below: bool
    why: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class NeedleAnswer:
    """What speaks about a needle in a muscle.

    ``length_cap`` limits the needle, ``depth_cap`` how deep the tip may lie below the skin; either
    is ``None`` where nothing was published.  ``decision`` is never ``PROCEED``.
    """

    decision: Decision
    reasons: tuple[Reason, ...]
    depth: MeasuredDepth
    limits: tuple[Applied, ...]
    length_cap: LengthCap | None
    depth_cap: LengthCap | None

    @property
    def longest_standard_mm(self) -> int | None:
        """The longest needle that is sold within the cap, or ``None`` where none is."""
        if self.length_cap is None:
            return None
        within = [mm for mm in STANDARD_LENGTHS_MM if not _over(self.length_cap, mm)]
        return max(within, default=None)


def assess_needle(
    muscle: Muscle,
    technique: Technique,
    patient: Patient,
    clinician: Clinician | None = None,
    *,
    studies: Mapping[str, Measurement] | None = None,
    limits: Sequence[Limit] | None = None,
) -> NeedleAnswer:
    """Judge a needle by what was measured and by what was published; never milder than caution."""
    depth = measured_depth(
        muscle.id, technique, patient, load_studies() if studies is None else studies
    )
    applied = apply_limits(
        muscle, technique, patient, load_limits() if limits is None else limits, clinician
    )
    reasons = [*depth.reasons, *(a.reason for a in applied), *_against_recipe(muscle, technique)]
    return NeedleAnswer(
        decision=decide(reasons),
        reasons=strictest_first(reasons),
        depth=depth,
        limits=applied,
        length_cap=_length_cap(muscle, technique, applied, depth),
        depth_cap=_depth_cap(applied, depth),
    )


def _over(cap: LengthCap, mm: float) -> bool:
    return mm >= cap.mm if cap.below else mm > cap.mm


def _against_recipe(muscle: Muscle, technique: Technique) -> Iterator[Reason]:
    """A needle longer or thicker than what is published asks why."""
    recipe = recipe_of(muscle)
    if recipe is None:
        return
    length, gauge = technique.needle_mm, technique.gauge_mm
    if length is not None and recipe.length_mm and length > recipe.length_mm[1]:
        published = millimetres(recipe.length_mm)
        why = f"{length:g} mm is longer than the {published} that are published for this muscle."
        sources = recipe.sources
        yield Reason("longer_than_published", Decision.ASK, why, sources, recipe.confidence)
    if gauge is not None and gauge > recipe.gauge_mm[1]:
        why = f"{gauge:g} mm is thicker than the {recipe.gauge_mm[1]:g} mm that is published."
        sources = usual_gauge().sources if recipe.gauge_is_general else recipe.sources
        yield Reason("thicker_than_published", Decision.ASK, why, sources, recipe.confidence)


def _length_cap(
    muscle: Muscle, technique: Technique, applied: Sequence[Applied], depth: MeasuredDepth
) -> LengthCap | None:
    caps = []
    published = cap_of(applied, "needle")
    if published is not None and published.cap is not None:
        cap = published.cap
        caps.append(LengthCap(cap.mm, cap.below, published.text, published.sources))
    needling = muscle.needling
    if needling.length_mm:
        caps.append(
            LengthCap(needling.length_mm[1], False, "Longest that is taught.", needling.sources)
        )
    if depth.guard_mm is not None and technique.grip != "pincer" and technique.depth_mm is None:
        sine = math.sin(math.radians(90.0 if technique.angle_deg is None else technique.angle_deg))
        if sine > 0:
            caps.append(LengthCap(depth.guard_mm / sine, True, _GUARD, _guard_sources(depth)))
    return min(caps, key=lambda c: (c.mm, not c.below), default=None)


_GUARD = "Fully inserted it would reach the smallest published distance."


def _depth_cap(applied: Sequence[Applied], depth: MeasuredDepth) -> LengthCap | None:
    caps = []
    published = cap_of(applied, "depth")
    if published is not None and published.cap is not None:
        cap = published.cap
        caps.append(LengthCap(cap.mm, cap.below, published.text, published.sources))
    if depth.guard_mm is not None:
        caps.append(
            LengthCap(
                depth.guard_mm, True, "The smallest published distance.", _guard_sources(depth)
            )
        )
    return min(caps, key=lambda c: (c.mm, not c.below), default=None)


def _guard_sources(depth: MeasuredDepth) -> tuple[str, ...]:
    return next(
        (j.measurement.sources for j in depth.judged if j.measurement.id == depth.guard_from), ()
    )
