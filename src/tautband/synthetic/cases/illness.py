"""The complaint: its cause, the muscles behind it, what is found, and where it hurts.

Everything is made for the left side; ``mirror`` turns half of the patients round.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from math import exp

import numpy as np

from tautband.atlas.examination import read_costs
from tautband.atlas.presentations import Presentation, read_presentations
from tautband.base.sex import Sex
from tautband.base.side import Side
from tautband.reasoning.findings import Answer, Finding
from tautband.reasoning.model import FOUND, LATENT, NONE, OVERCALLED, Model
from tautband.reasoning.signs import BAND, FAMILIAR, SPOT
from tautband.synthetic.cases.figures import (
    Cause,
    Complaint,
    Sport,
    Work,
    care,
    load_complaints,
    load_people,
)
from tautband.synthetic.cases.picking import one_of, pick_key, some_of, toss, within
from tautband.synthetic.cases.values import Illness

MOST_MUSCLES = 7
BASIC = (FAMILIAR, SPOT, BAND)
NEAR, FAR = Side.LEFT, Side.RIGHT


@dataclass(frozen=True)
class Suspect:
    """A muscle that the presentation makes one think of, and how often it is active."""

    muscle: str
    chance: float


@cache
def suspects(presentation: str) -> tuple[Suspect, ...]:
    """The muscles to think of, without those that are not examined in ordinary practice."""
    record = read_presentations()[presentation]
    never = read_costs().never
    muscles = dict.fromkeys(m for think in record.think_of for m in think.muscles if m not in never)
    published = _published(record)
    least, taught = care("active_least"), care("active_taught")
    return tuple(Suspect(m, max(least, published.get(m, taught))) for m in muscles)


def _published(record: Presentation) -> Mapping[str, float]:
    rows = [row for row in record.prevalence if row.active is not None]
    people: dict[str, float] = {}
    for row in rows:
        people[row.muscle] = people.get(row.muscle, 0) + row.people
    shares: dict[str, float] = {}
    for row in rows:
        assert row.active is not None
        part = row.people / people[row.muscle] * sum(row.active) / 200
        shares[row.muscle] = shares.get(row.muscle, 0) + part
    return shares


def made_up_complaint(rng: np.random.Generator) -> tuple[Presentation, Complaint]:
    """A presentation, as often as its weight says."""
    complaints = load_complaints()
    key = pick_key({k: c.weight for k, c in complaints.items()}, rng)
    return read_presentations()[key], complaints[key]


def made_up_illness(
    record: Presentation,
    complaint: Complaint,
    work: Work,
    sport: Sport | None,
    first: date,
    rng: np.random.Generator,
) -> Illness:
    """Cause, onset and active muscles."""
    both = toss(complaint.both, rng)
    cause, because = _cause(record.area, complaint, work, sport, rng)
    weeks = complaint.weeks * exp(care("onset_spread") * rng.standard_normal())
    weeks = within(weeks, complaint.least_weeks, complaint.most_weeks)
    active = _active(record.id, both, rng)
    onset = first - timedelta(days=round(7 * weeks))
    return Illness(record.id, record.name, NEAR, both, cause, because, onset, active)


def _cause(
    area: str, complaint: Complaint, work: Work, sport: Sport | None, rng: np.random.Generator
) -> tuple[Cause, str]:
    """A cause and what is behind it: work or sport where they load the area, else life."""
    cause = pick_key(complaint.causes, rng)
    if cause == "trauma":
        return cause, one_of(complaint.trauma, rng)
    if cause == "unknown":
        return cause, ""
    if (
        cause == "overuse"
        and sport is not None
        and area in sport.areas
        and toss(care("sport_named"), rng)
    ):
        return cause, f"{sport.name}, {sport.words}"
    if area in work.loads.get(cause, ()) and work.words:
        return cause, "pressure at work" if cause == "stress" else work.words
    return cause, one_of(load_people().life[cause][area], rng)


def _active(
    presentation: str, both: bool, rng: np.random.Generator
) -> tuple[tuple[str, Side], ...]:
    options = suspects(presentation)
    on = [s.muscle for s in options if toss(s.chance, rng)]
    if not on:
        on = [pick_key({s.muscle: s.chance for s in options}, rng)]
    near = some_of(on, MOST_MUSCLES, rng)
    far = [m for m in near if both and toss(care("other_side_active"), rng)]
    if both and not far:
        far = [near[0]]
    return (*((m, NEAR) for m in near), *((m, FAR) for m in far))


def made_up_findings(
    illness: Illness, model: Model, sex: Sex, rng: np.random.Generator
) -> tuple[Finding, ...]:
    """What the examination finds, muscle by muscle, as the model of findings has it."""
    active = set(illness.active)
    sides = (NEAR, FAR) if illness.both_sides else (NEAR,)
    muscles = some_of([s.muscle for s in suspects(illness.presentation)], MOST_MUSCLES, rng)
    found: list[Finding] = []
    for side in sides:
        for muscle in muscles:
            kind = _kind((muscle, side) in active, model, sex, rng)
            found += _signs(muscle, side, kind, model, rng)
    return tuple(found)


def _kind(active: bool, model: Model, sex: Sex, rng: np.random.Generator) -> str:
    numbers, lot = model.findings, rng.random()
    if active:
        return NONE if lot < numbers.missed else FOUND
    latent = numbers.latent * numbers.latent_by_sex[sex]
    if lot < latent:
        return LATENT
    return OVERCALLED if lot < latent + numbers.overcalled else NONE


def _signs(
    muscle: str, side: Side, kind: str, model: Model, rng: np.random.Generator
) -> list[Finding]:
    signs = model.findings.sign
    lots = rng.random((len(signs), 2))
    found = []
    for (name, sign), (examined, seen) in zip(signs.items(), lots, strict=True):
        answer = Answer.PRESENT if seen < sign.read(kind) else Answer.ABSENT
        if name not in BASIC and examined < care("sign_not_examined"):
            answer = Answer.NOT_EXAMINED
        found.append(Finding(muscle, side, name, answer))
    return found


def likeliest(findings: tuple[Finding, ...]) -> tuple[tuple[str, Side], ...]:
    """The one muscle with a tender spot in a taut band that shows most signs, or none."""
    present = _present(findings)
    bands = [key for key, signs in present.items() if {SPOT, BAND} <= signs]
    return tuple(sorted(bands, key=lambda key: -len(present[key]))[:1])


def _present(findings: tuple[Finding, ...]) -> dict[tuple[str, Side], set[str]]:
    present: dict[tuple[str, Side], set[str]] = {}
    for finding in findings:
        if finding.present:
            present.setdefault((finding.muscle, finding.side), set()).add(finding.sign)
    return present


def positive(findings: tuple[Finding, ...]) -> tuple[tuple[str, Side], ...]:
    """Muscles with a tender spot and familiar pain, those in a taut band first."""
    present = _present(findings)
    hits = {key: signs for key, signs in present.items() if {FAMILIAR, SPOT} <= signs}
    return tuple(sorted(hits, key=lambda key: (BAND not in hits[key], -len(hits[key]))))
