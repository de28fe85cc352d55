"""Muscles that the visit points to, in words that the forms of screening and plan read."""

from dataclasses import dataclass

from tautband.clinic.record.models import Finding, Plan, PlanTarget
from tautband.clinic.visit_pages.door import Visit
from tautband.reasoning.knowledge import load_knowledge
from tautband.reasoning.signs import FAMILIAR

MOST_SUGGESTED = 12


@dataclass(frozen=True)
class Suggested:
    """A muscle on a side, by id and name."""

    muscle: str
    name: str
    side: str

    @property
    def words(self) -> str:
        """``Infraspinatus right``, as the forms read it."""
        return f"{self.name} {self.side}"


def suggested(at: Visit) -> list[Suggested]:
    """The targets of the newest plan; without one, the muscles of `familiar`."""
    plan = (
        Plan.objects.in_clinic(at.seat.clinic)
        .filter(episode=at.episode)
        .order_by("-written_at")
        .first()
    )
    if plan is not None:
        rows = PlanTarget.objects.filter(plan=plan, dropped=False).order_by("place")
        return _named([(row.muscle, row.side) for row in rows])
    return familiar(at)


def familiar(at: Visit) -> list[Suggested]:
    """Muscles whose pressure gave the familiar pain, newest first."""
    rows = (
        Finding.objects.in_clinic(at.seat.clinic)
        .filter(assessment__episode=at.episode, sign=FAMILIAR, answer="present")
        .order_by("-written_at")
    )
    return _named([(row.muscle, row.side) for row in rows[:MOST_SUGGESTED]])


def _named(found: list[tuple[str, str]]) -> list[Suggested]:
    muscles = load_knowledge().atlas.muscles
    known = dict.fromkeys((muscle, side) for muscle, side in found if muscle in muscles)
    return [Suggested(muscle, muscles[muscle].name, side) for muscle, side in known]


def in_words(chosen: list[Suggested]) -> str:
    """As one line of a form."""
    return ", ".join(one.words for one in chosen)
