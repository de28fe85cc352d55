"""A clinic with treatments, events, outcomes and drawings, small enough to count by hand."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from tautband.body.drawing import Mark, from_regions, to_json
from tautband.body.regions import load_regions
from tautband.clinic.access import Seat
from tautband.clinic.record.models import Consent, Episode, Patient, Reaction, Session
from tautband.clinic.record.services import consents, keeping, sessions
from tests.clinic.cast import Cast
from tests.clinic.record import made

REGION = "temple:right"


@dataclass(frozen=True)
class Treated:
    """A patient with an episode and one closed session."""

    patient: Patient
    episode: Episode
    session: Session


def treated(by: Seat, days: int = 7, insertions: int = 2, **values: Any) -> Treated:
    """A patient who was needled some days ago, in the infraspinatus; values of the episode."""
    patient = made.patient(by, birth_date=values.pop("born", date(1985, 3, 21)))
    episode = made.episode(by, patient, presentation="neck_pain", **values)
    at = timezone.now() - timedelta(days=days)
    held = made.session(by, episode, began_at=at)
    for _ in range(insertions):
        made.insertion(by, held, at=at)
    version = Session.objects.get(pk=held.pk).version
    closed = sessions.finish(by, held.pk, version).session
    return Treated(patient, episode, closed)


def scored(by: Seat, of: Episode, *values: float, first: datetime | None = None) -> None:
    """Pain scores a week apart, the last one today."""
    last = first or timezone.now()
    for weeks, value in enumerate(reversed(values)):
        made.measure(by, of, items=[value], taken_at=last - timedelta(weeks=weeks))


def reacted(by: Seat, of: Session, kind: str = "soreness") -> Reaction:
    """A reaction told of a session."""
    return keeping.add(by, Reaction(session=of, kind=kind, severity=3))


def drawn(by: Seat, of: Episode) -> None:
    """A first drawing at the right temple."""
    drawing = from_regions(load_regions(), [Mark(REGION, 6)], answered=True)
    made.assessment(by, of, drawing=to_json(drawing))


def agrees(by: Seat, of: Patient) -> Consent:
    """A consent to research."""
    words = "I agree that my data are used for research."
    row = Consent(
        patient=of,
        kind="research",
        words=words,
        signed_by="patient",
        strokes=made.STROKES,
        copy_given="paper",
        signed_at=timezone.now() - timedelta(days=1),
    )
    return consents.give(by, row)


def clinician(cast: Cast) -> Seat:
    """Who writes in these tests."""
    return made.seat(cast, "clinician")
