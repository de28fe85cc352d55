"""Measured depth: what is known of the distance to a structure, and how often a needle reaches it.

``docs/depth.md`` says how each figure is made.  Three rules hold everywhere: no figure for people
unlike those who were measured, none finer than their number, and none that permits a needle; what
is measured can only add caution.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tautband.base.sources import Confidence
from tautband.safety.decision import Decision
from tautband.safety.people import Patient, Sex
from tautband.safety.planning.reasons import Reason
from tautband.safety.planning.shares import (
    Sampled,
    Share,
    beyond,
    counted,
    lower_bound_mm,
    normal_interval,
    predictive,
    whole_people,
)
from tautband.safety.planning.studies import ADULT, VITAL, Measurement, fit, usable
from tautband.safety.planning.technique import Technique

Basis = Literal["spread or range", "mean alone", "shortest needle tried", "nothing"]
FIGURES = frozenset({"hazard", "backstop", "target"})


@dataclass(frozen=True)
class Judged:
    """One measurement seen from one patient and one needle.

    ``share`` is how often the needle would reach what was measured, ``None`` where no figure may
    be given (``no_figure`` says why).  ``guard_mm`` is the nearest that its number of people
    supports, and ``basis`` says on what that rests.
    """

    measurement: Measurement
    outside: tuple[str, ...]
    unknown: tuple[str, ...]
    share: Share | None
    no_figure: str
    guard_mm: float | None
    basis: Basis
    guards: bool


@dataclass(frozen=True)
class JoinedStudies:
    """Studies of one distance read together, for a person of a further study."""

    pool: str
    studies: tuple[str, ...]
    mean_mm: float
    between_sd_mm: float
    share: Share


@dataclass(frozen=True)
class MeasuredDepth:
    """All that was measured for a muscle, with the smallest value on guard."""

    reach_mm: float | None
    judged: tuple[Judged, ...]
    joined: tuple[JoinedStudies, ...]
    guard_mm: float | None
    guard_from: str
    reasons: tuple[Reason, ...]

    @property
    def worst(self) -> Share | None:
        """The highest share among the studies of what must not be reached, and their joint one.

        ``None`` where the study with the smallest value gives no figure: the others alone would
        look milder than what is known.
        """
        least = next((j for j in self.judged if j.measurement.id == self.guard_from), None)
        if least is None or least.share is None:
            return None
        shares = [j.share for j in self.judged if j.share and j.measurement.role == "hazard"]
        shares += [j.share for j in self.joined]
        return max(shares, key=lambda s: (s.point / s.of, s.upper), default=None)


def measured_depth(
    muscle: str, technique: Technique, patient: Patient, studies: Mapping[str, Measurement]
) -> MeasuredDepth:
    """Everything that was measured for a muscle, judged for this needle and this patient."""
    own = [m for m in studies.values() if muscle in m.muscles]
    reach = technique.reach_mm
    strata = _strata(own, patient)
    judged = tuple(_judge(m, technique, patient, strata) for m in own)
    guards = [(j.guard_mm, j) for j in judged if j.guards and j.guard_mm is not None]
    guard, least = min(guards, key=lambda pair: pair[0]) if guards else (None, None)
    joined = tuple(_join(judged, reach)) if reach is not None else ()
    reasons = tuple(_reasons(judged, least, technique, patient))
    return MeasuredDepth(
        reach, judged, joined, guard, least.measurement.id if least else "", reasons
    )


def _strata(own: Sequence[Measurement], patient: Patient) -> frozenset[str]:
    """The sexes whose measurements guard: the patient's and the mixed ones, else all."""
    every = frozenset({"female", "male", "both", "not stated"})
    if patient.sex is None:
        return every
    fitting = every - {"male" if patient.sex is Sex.FEMALE else "female"}
    hazards = [m for m in own if m.role == "hazard"]
    return fitting if any(m.sample.sex in fitting for m in hazards) else every


def _judge(
    m: Measurement, technique: Technique, patient: Patient, strata: frozenset[str]
) -> Judged:
    outside, unknown = fit(m.sample, patient)
    if technique.posture and m.posture != "not stated" and technique.posture not in m.posture:
        outside = (*outside, f"posture {technique.posture}, measured {m.posture}")
    guard, basis = nearest_mm(m)
    on_the_way = m.approach in _approaches(technique)
    share, why_not = None, ""
    if m.role not in FIGURES:
        why_not = "no distance from the skin"
    elif outside:
        why_not = "not measured in people like this: " + "; ".join(outside)
    elif m.quoted:
        why_not = "seen only as quoted"
    elif not on_the_way:
        why_not = f"another way of the needle: {m.approach}"
    elif (reach := reach_for(m, technique)) is not None:
        share = share_within(m, reach, patient)
        why_not = "" if share else "mean and spread, or counts, were not in the text that was read"
    else:
        why_not = "no needle was told"
    return Judged(
        m,
        outside,
        unknown,
        share,
        why_not,
        guard,
        basis,
        guards=m.role == "hazard" and not m.quoted and on_the_way and m.sample.sex in strata,
    )


def _approaches(technique: Technique) -> frozenset[str]:
    """The measured ways that this needle could follow; one that is not told could follow any."""
    ways = {"perpendicular", "not stated"}
    if technique.direction in {"", "medial"}:
        ways.add("medial")
    if technique.direction == "lateral":
        ways.add("lateral")
    return frozenset(ways)


def reach_for(m: Measurement, technique: Technique) -> float | None:
    """What of the needle counts against this distance: its length along a line, else its depth."""
    return technique.inserted_mm if m.approach in {"medial", "lateral"} else technique.reach_mm


def nearest_mm(m: Measurement) -> tuple[float | None, Basis]:
    """The nearest distance that a measurement speaks for, and on what that rests.

    The smallest of: the smallest seen, what one in n + 1 is expected to fall below (mean and SD),
    the longest needle that reached in nobody.  Without a spread the mean itself, marked.
    """
    values: list[float] = []
    if m.min_mm is not None:
        values.append(m.min_mm)
    if m.mean_mm is not None and m.sd_mm is not None and m.n is not None:
        values.append(max(0.0, lower_bound_mm(m.mean_mm, m.sd_mm, m.n)))
    clear = [c.needle_mm for c in m.counts if c.reached == 0]
    first_hit = min((c.needle_mm for c in m.counts if c.reached), default=None)
    clear = [mm for mm in clear if first_hit is None or mm < first_hit]
    if clear:
        values.append(max(clear))
    if values:
        return min(values), "spread or range"
    if first_hit is not None:
        return first_hit, "shortest needle tried"
    return m.mean_mm, "nothing" if m.mean_mm is None else "mean alone"


def share_within(m: Measurement, reach_mm: float, patient: Patient) -> Share | None:
    """How often the distance is at most ``reach_mm`` in people like those measured, or ``None``."""
    if m.counts:
        return _counted_share(m, reach_mm)
    if m.n is None:
        return None
    if m.mean_mm is not None and m.sd_mm is not None:
        mean, sd = conditional(m, patient)
        return beyond(reach_mm, mean, sd, m.n)
    if m.min_mm is not None:
        return _ranged_share(m, m.n, m.min_mm, reach_mm)
    return None


def conditional(m: Measurement, patient: Patient) -> tuple[float, float]:
    """Mean and spread for a patient: by the published line where it can be true, else overall.

    On a line with correlation r the spread about it is SD sqrt(1 - r^2).
    """
    assert m.mean_mm is not None
    assert m.sd_mm is not None
    for line in m.regressions:
        if usable(line, m.sd_mm) and patient.bmi is not None:
            r = line.slope * line.sd / m.sd_mm
            return line.intercept + line.slope * patient.bmi, m.sd_mm * (1 - r * r) ** 0.5
    return m.mean_mm, m.sd_mm


def _counted_share(m: Measurement, reach_mm: float) -> Share:
    """The count of the shortest needle tried that is as long; beyond all, no upper end."""
    tried = sorted(m.counts, key=lambda c: c.needle_mm)
    for count in tried:
        if count.needle_mm >= reach_mm:
            return counted(count.reached, count.of)
    last = tried[-1]
    share = counted(last.reached, last.of)
    return whole_people(last.reached / last.of, share.low / share.of, 1.0, last.of)


def _ranged_share(m: Measurement, n: int, min_mm: float, reach_mm: float) -> Share:
    """From smallest, mean and largest alone: nearer in nobody, in one, in half, in all."""
    if reach_mm < min_mm:
        return counted(0, n)
    if m.max_mm is not None and reach_mm >= m.max_mm:
        return counted(n, n)
    one = counted(1, n)
    past_mean = m.mean_mm is not None and reach_mm >= m.mean_mm
    return whole_people(0.5 if past_mean else 1 / n, one.low / n, 1.0, n)


def _join(judged: Iterable[Judged], reach_mm: float) -> Iterable[JoinedStudies]:
    groups: dict[str, list[Measurement]] = {}
    for j in judged:
        m = j.measurement
        if j.share and m.pool and m.mean_mm is not None and m.sd_mm is not None:
            groups.setdefault(m.pool, []).append(m)
    for pool, members in groups.items():
        if len(members) < 2:
            continue
        sampled = [Sampled(m.mean_mm or 0.0, m.sd_mm or 0.0, m.n or 0) for m in members]
        together = predictive(sampled)
        ends = [normal_interval(reach_mm, s.mean_mm, s.sd_mm, s.n) for s in sampled]
        share = whole_people(
            together.share(reach_mm),
            min(low for low, _ in ends),
            max(high for _, high in ends),
            min(s.n for s in sampled),
        )
        yield JoinedStudies(
            pool, tuple(m.id for m in members), together.mean_mm, together.between_sd_mm, share
        )


def _reasons(
    judged: Sequence[Judged], least: Judged | None, technique: Technique, patient: Patient
) -> Iterable[Reason]:
    yield Reason(
        "depth_is_no_permit",
        Decision.PRECAUTION,
        "A measured distance describes the people who were measured, not this patient; pressing "
        "the skin or lifting the muscle changes it.",
        ("cad_sr25", "lopez22"),
        Confidence.MEASURED,
    )
    yield from _about_patient(judged, patient)
    reach = technique.reach_mm
    if reach is None:
        return
    if least is not None:
        yield from _about_guards([j for j in judged if j.guards], least, technique)
    for j in judged:
        m = j.measurement
        if m.quoted and m.role == "hazard" and m.min_mm is not None and reach >= m.min_mm:
            why = f"A depth of {m.min_mm:g} mm is quoted as one that reached ({m.site}): {m.text}"
            yield Reason(f"depth_{m.id}", Decision.ASK, why, m.sources, Confidence.UNREVIEWED)


def _about_guards(
    guarding: Sequence[Judged], least: Judged, technique: Technique
) -> Iterable[Reason]:
    """Each guard against its own reach: along a line the needle's length counts, not its depth."""
    passed = [j for j in guarding if _passes(j, technique)]
    if passed:
        yield _beyond(max(passed, key=lambda j: (_is_vital(j), -(j.guard_mm or 0))), technique)
    elif least.basis != "spread or range":
        m = least.measurement
        why = f"The smallest published value is {least.guard_mm:.1f} mm ({m.site}): " + (
            "a mean without its spread, so in about half of those measured it lay nearer."
            if least.basis == "mean alone"
            else "the shortest needle that was tried, and it already went too far in some."
        )
        confidence = m.confidence or _UNREVIEWED
        yield Reason("depth_spread_unknown", Decision.ASK, why, m.sources, confidence)


def _passes(judged: Judged, technique: Technique) -> bool:
    reach = reach_for(judged.measurement, technique)
    return reach is not None and judged.guard_mm is not None and reach >= judged.guard_mm


def _is_vital(judged: Judged) -> bool:
    return judged.measurement.structure in VITAL


def _beyond(judged: Judged, technique: Technique) -> Reason:
    m, lifted = judged.measurement, technique.grip == "pincer"
    verdict = Decision.NOT_HERE if _is_vital(judged) and not lifted else Decision.ASK
    why = (
        f"The tip would lie {reach_for(m, technique):.1f} mm deep; the smallest published value on "
        f"this way is {judged.guard_mm:.1f} mm ({m.structure}, {m.site})."
    )
    if lifted:
        why += " Nobody measured a muscle that is lifted off between the fingers."
    return Reason("depth_beyond_smallest", verdict, why, m.sources, m.confidence or _UNREVIEWED)


_UNREVIEWED = Confidence.UNREVIEWED


def _about_patient(judged: Sequence[Judged], patient: Patient) -> Iterable[Reason]:
    hazards = [j for j in judged if j.measurement.role == "hazard"]
    if patient.age_years is None:
        why = "The age is not known. Distances were measured in adults; a child's are smaller."
        yield Reason("age_unknown", Decision.ASK, why, ("ped16_ped15_pedab",), _UNREVIEWED)
    elif patient.age_years < ADULT:
        why = "A child: weight and age change these distances most; no figure here is for children."
        yield Reason("depth_child", Decision.ASK, why, ("ped16_ped15_pedab",), Confidence.MEASURED)
    if not hazards:
        why = "No distance to a structure at risk was found for this muscle; only published limits."
        yield Reason("depth_not_measured", Decision.PRECAUTION, why, ("cad_sr25",), _UNREVIEWED)
        return
    lacking = sorted({name for j in hazards for name in j.unknown} - {"age"})
    if lacking:
        why = f"Not known of the patient: {', '.join(lacking)}. The strictest of all strata holds."
        yield Reason("depth_patient_unknown", Decision.ASK, why, (), _UNREVIEWED)
    guarding = [j for j in hazards if not j.measurement.quoted]
    if guarding and all(j.outside for j in guarding):
        why = "Not measured in people like this: " + "; ".join(
            sorted({reason for j in guarding for reason in j.outside})
        )
        yield Reason("depth_not_like_this", Decision.ASK, why, (), _UNREVIEWED)
