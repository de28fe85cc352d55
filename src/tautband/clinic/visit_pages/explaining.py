"""What is explained before a consent: benefit by the evidence sheet, risks by what is planned."""

from dataclasses import dataclass
from typing import Any

from tautband.atlas.records import Muscle
from tautband.base.sources import Seen, bibliography
from tautband.care.evidence import of_100_sentence
from tautband.clinic.catalogue import text
from tautband.clinic.people.models import User
from tautband.clinic.people.needling import credential_of, permission
from tautband.clinic.policy import Role
from tautband.clinic.record.models import Plan, PlanTarget
from tautband.clinic.record.services.cards import card_of
from tautband.clinic.visit_pages.door import Visit
from tautband.evidence.sheets import Sheet, load_sheets
from tautband.reasoning.knowledge import load_knowledge
from tautband.safety.events.taxonomy import load_taxonomy
from tautband.safety.planning.aftercare import load_texts, texts_for
from tautband.safety.planning.session import in_pleural_zone

GENERAL_SHEET = "myofascial_pain_syndrome"
_NEEDLE = (Role.CLINICIAN, Role.STUDENT)


@dataclass(frozen=True)
class Point:
    """One thing to explain: its id on the form, a heading and the words."""

    id: str
    title: str
    text: str

    @property
    def line(self) -> str:
        """As it is stored and signed under."""
        return f"{self.title}: {self.text}"


@dataclass(frozen=True)
class Needler:
    """Who needles, as the patient sees them, and what the practitioner rules say of them."""

    user: User
    card: dict[str, Any]
    student: bool
    supervisor: str
    decision: str
    why: tuple[str, ...]


def sheet_of(at: Visit, chosen: str = "") -> Sheet:
    """The evidence sheet: the one chosen, else the presentation's, else that of muscle pain."""
    sheets = load_sheets()
    for condition in (chosen, at.episode.presentation):
        if condition in sheets:
            return sheets[condition]
    return sheets[GENERAL_SHEET]


def points(at: Visit, sheet: Sheet, locale: str) -> list[Point]:
    """What is to be explained, in order: what it may do, what is not known, what may happen."""
    benefit = " ".join([*sheet.patient, of_100_sentence(sheet)]).strip()
    found = [Point("benefit", sheet.title, benefit)]
    found.append(Point("unknown", text("visit-point-unknown", locale), sheet.patient_unknown))
    muscles = planned_muscles(at)
    # Without a plan any muscle may be meant: everything is explained.
    texts = texts_for(muscles) if muscles else load_texts()
    found += [Point(one.id, one.title, one.text) for one in texts]
    lung = lung_point(muscles, locale)
    found += [lung] if lung else []
    found.append(
        Point("choice", text("visit-point-choice", locale), text("visit-point-choice-text", locale))
    )
    return found


def lung_point(muscles: list[Muscle], locale: str) -> Point | None:
    """What is said of the lung where a needle could reach it; no muscles: any may be meant."""
    if muscles and not any(in_pleural_zone(muscle) for muscle in muscles):
        return None
    kind = load_taxonomy().kinds["pneumothorax"]
    # A figure whose source nobody has seen is never shown to a patient.
    if any(bibliography()[key].seen is Seen.NONE for key in kind.sources):
        return None
    return Point(kind.id, text("visit-point-lung", locale), kind.text)


def planned_muscles(at: Visit) -> list[Muscle]:
    """The muscles of the newest plan that are to be needled."""
    plan = (
        Plan.objects.in_clinic(at.seat.clinic)
        .filter(episode=at.episode)
        .order_by("-written_at")
        .first()
    )
    if plan is None:
        return []
    known = load_knowledge().atlas.muscles
    rows = PlanTarget.objects.filter(plan=plan, dropped=False).order_by("place")
    return [known[row.muscle] for row in rows if row.muscle in known]


def needlers(at: Visit) -> list[Needler]:
    """Those of the clinic whose role needles, the one who asks first."""
    members = at.seat.clinic.memberships.filter(ended_at=None, role__in=_NEEDLE)
    held: dict[User, set[str]] = {}
    for one in members.select_related("user").order_by("user__name"):
        held.setdefault(one.user, set()).add(one.role)
    people = [_needler(at, user, Role.CLINICIAN not in roles) for user, roles in held.items()]
    return sorted(people, key=lambda one: one.user.pk != at.seat.user.pk)


def _needler(at: Visit, user: User, student: bool) -> Needler:
    credential = credential_of(user, at.seat.clinic)
    said = permission(credential, at.seat.clinic, student, at.today)
    supervisor = str(credential.supervisor) if credential and credential.supervisor else ""
    why = tuple(reason.why for reason in said.reasons)
    card = card_of(user, at.seat.clinic)
    return Needler(user, card, student, supervisor, said.decision.key, why)
