"""Made-up rows of the record for tests, stored through the services as pages store them."""

import uuid
from datetime import UTC, date, datetime
from typing import Any

from tautband.clinic.access import Seat, seat_of
from tautband.clinic.people.models import Clinic, User
from tautband.clinic.record.models import (
    AdverseEvent,
    Assessment,
    Consent,
    Episode,
    Finding,
    LedgerEntry,
    Measure,
    Needle,
    Note,
    OwnLink,
    Patient,
    Plan,
    Report,
    Screening,
    Session,
)
from tautband.clinic.record.services import consents, keeping, sessions
from tests.clinic.cast import Cast, Name

DAY = date(2026, 11, 2)
NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
STROKES = [[[0.1, 0.2], [0.3, 0.4], [0.5, 0.2]]]


def seat(cast: Cast, name: Name) -> Seat:
    """The seat of somebody of the cast in their own clinic."""
    return seat_in(cast[name], cast.membership(name).clinic)


def seat_in(user: User, clinic: Clinic) -> Seat:
    """A person's seat in a clinic."""
    found = seat_of(user, clinic.pk)
    assert found is not None
    return found


def patient(by: Seat, **values: Any) -> Patient:
    """A patient with a name and a date of birth."""
    told = {
        "family_name": "Okafor",
        "given_name": "Ngozi",
        "birth_date": date(1985, 3, 21),
        "sex": "female",
        "email": "ngozi@example.org",
        "phone": "+1 303 555 0100",
    }
    return keeping.add(by, Patient(**{**told, **values}))


def episode(by: Seat, of: Patient, **values: Any) -> Episode:
    """An episode of shoulder pain."""
    told = {
        "title": "pain in the front of the right shoulder",
        "side": "right",
        "cause": "overuse",
        "began_on": DAY,
    }
    return keeping.add(by, Episode(patient=of, **{**told, **values}))


def assessment(by: Seat, of: Episode, **values: Any) -> Assessment:
    """A first assessment."""
    told = {"kind": "first", "held_at": NOON, "told": "aches at night"}
    return keeping.add(by, Assessment(episode=of, **{**told, **values}))


def finding(by: Seat, of: Assessment, **values: Any) -> Finding:
    """A taut band in the right infraspinatus."""
    told = {"muscle": "infraspinatus", "side": "right", "sign": "taut band", "answer": "present"}
    return keeping.add(by, Finding(assessment=of, **{**told, **values}))


def screening(by: Seat, of: Episode, **values: Any) -> Screening:
    """A first screening that lets needling proceed with a precaution."""
    told = {
        "form": "first visit",
        "answers": {"schema": "tautband.answers/1", "answers": {"pregnant": "no"}},
        "decided": {"schema": "tautband.screen/1", "decision": "precaution"},
        "decision": "precaution",
        "policy": "default",
        "versions": {"tautband": "0.1.0"},
    }
    return keeping.add(by, Screening(patient=of.patient, episode=of, **{**told, **values}))


def consent(by: Seat, of: Episode, **values: Any) -> Consent:
    """A signed consent to treatment."""
    told = {
        "kind": "treatment",
        "sheet": "shoulder_pain",
        "sheet_version": "a1b2c3",
        "explained": ["soreness for one to three days"],
        "words": "I have read the sheet and agree to dry needling.",
        "needler": by.user,
        "signed_by": "patient",
        "strokes": STROKES,
        "copy_given": "paper",
        "signed_at": NOON,
    }
    return consents.give(by, Consent(patient=of.patient, episode=of, **{**told, **values}))


def plan(by: Seat, of: Episode, **values: Any) -> Plan:
    """A plan of six sessions."""
    told = {
        "decision": "precaution",
        "advised": {"schema": "tautband.plan/1"},
        "complementary": ["stretching after work"],
        "home_plan": "Keep moving.",
        "sessions_planned": 6,
    }
    return keeping.add(by, Plan(episode=of, **{**told, **values}))


def session(by: Seat, of: Episode, **values: Any) -> Session:
    """An open session."""
    return sessions.begin(by, Session(episode=of, **{"began_at": NOON, **values}))


def needle(by: Seat, of: Session, **values: Any) -> Needle:
    """A needle of 50 x 0.30 mm."""
    return keeping.add(by, Needle(session=of, **{"length_mm": 50.0, "gauge_mm": 0.3, **values}))


def insertion(by: Seat, of: Session, **values: Any) -> LedgerEntry:
    """An insertion of a fresh needle, in and out in one action."""
    given = values.pop("needle", None) or needle(by, of)
    told = {"kind": "insertion", "muscle": "infraspinatus", "side": "right", "at": NOON}
    return sessions.enter(by, LedgerEntry(session=of, needle=given, **{**told, **values}))


def note(by: Seat, of: Episode, **values: Any) -> Note:
    """A draft."""
    told = {"kind": "session", "sections": {"subjective": "sleeps better"}, "author": by.user}
    return keeping.add(by, Note(patient=of.patient, episode=of, **{**told, **values}))


def measure(by: Seat, of: Episode, **values: Any) -> Measure:
    """Pain on the numeric rating scale, told by the patient."""
    told = {
        "instrument": "nprs",
        "items": [4],
        "value": 4.0,
        "unit": "points",
        "told_by": "patient",
    }
    return keeping.add(by, Measure(episode=of, **{**told, **values}))


def event(by: Seat, of: Episode, **values: Any) -> AdverseEvent:
    """A small bruise."""
    told = {"kind": "bruise", "grade": "mild", "began_at": NOON}
    return keeping.add(by, AdverseEvent(patient=of.patient, **{**told, **values}))


def check_in(by: Seat, of: Episode, **values: Any) -> OwnLink:
    """A check-in a day after a session, sent."""
    given = values.pop("session", None) or session(by, of)
    told = {
        "purpose": "check-in",
        "occasion": f"{given.pk} 24",
        "hours": 24,
        "due_at": NOON,
        "state": "sent",
        "channel": "email",
    }
    return keeping.add(by, OwnLink(patient=of.patient, session=given, **{**told, **values}))


def report(by: Seat, of: Episode, **values: Any) -> Report:
    """A patient who finds it harder to breathe."""
    told = {
        "urgency": "emergency",
        "answers": {"breathless": True},
        "triaged": {"schema": "tautband.triage/1", "say": ["Call 911 now."]},
        "link": values.pop("link", None) or check_in(by, of),
    }
    return keeping.add(by, Report(patient=of.patient, **{**told, **values}))


def fresh() -> uuid.UUID:
    """An id as a browser makes it."""
    return uuid.uuid4()
