"""A made-up patient with something of every kind that a record holds."""

import uuid
from datetime import date, timedelta
from typing import Any

from tautband.atlas.atlas import load_atlas
from tautband.body.drawing import Mark, Quality, from_regions, to_json
from tautband.clinic.record.models import (
    Activity,
    AdverseEvent,
    Amendment,
    Appointment,
    BodyMeasure,
    ComparableSign,
    Goal,
    Guardian,
    HistoryItem,
    LedgerEntry,
    Measure,
    Medication,
    Movement,
    OwnAnswer,
    Patient,
    PlanTarget,
    PressureThreshold,
    Reaction,
    Retest,
    Session,
    SessionTarget,
    Strength,
    Withdrawal,
)
from tautband.clinic.record.services import consents, keeping, notes, sessions, showing
from tests.clinic.cast import Cast
from tests.clinic.record import made


def rich_patient(cast: Cast, **values: Any) -> Patient:
    """Stored through the services by clinician and student; synthetic unless told otherwise."""
    by, student = made.seat(cast, "clinician"), made.seat(cast, "student")
    patient = made.patient(
        by, **{"is_synthetic": True, "address": "1 Quay St <b>#set</b>", **values}
    )

    def add(row: Any) -> Any:
        return keeping.add(by, row)

    add(Guardian(patient=patient, name="Ada Okafor", relation="mother", phone="+1 303 555 0101"))
    add(BodyMeasure(patient=patient, kind="height", value=171.0, unit="cm", measured_on=made.DAY))
    add(BodyMeasure(patient=patient, kind="weight", value=64.5, unit="kg", measured_on=made.DAY))
    add(
        Medication(
            patient=patient, told="apixaban", dose="5 mg twice a day", since=date(2025, 1, 1)
        )
    )
    add(HistoryItem(patient=patient, kind="surgery", told="right rotator cuff, 2019"))
    episode = made.episode(by, patient, sport="rowing", competes_on=date(2026, 12, 5))
    add(Appointment(patient=patient, episode=episode, begins_at=made.NOON, remark="by bus"))
    add(Goal(episode=episode, words="row 5 km without thinking about it"))
    add(Activity(episode=episode, place=1, words="lift the kettle"))
    add(Activity(episode=episode, place=2, words="sleep on the right side"))
    table = load_atlas().table
    drawing = from_regions(table, [Mark("shoulder_anterior:right", 6, Quality.ACHE)], answered=True)
    assessment = made.assessment(by, episode, drawing=to_json(drawing), impression="infraspinatus")
    finding = made.finding(by, assessment)
    keeping.change(by, finding, 1, {"answer": "absent"})
    made.finding(by, assessment, sign="familiar pain")
    add(Movement(assessment=assessment, joint="shoulder", movement="turn in", side="right",
                 amount=40.0, unit="degrees", pain=5.0))  # fmt: skip
    add(Strength(assessment=assessment, what="infraspinatus", side="right", grade=4.0, pain=3.0))
    add(PressureThreshold(assessment=assessment, where="infraspinatus", side="right", kpa=180.0))
    add(ComparableSign(assessment=assessment, movement="hand behind back", when="before", pain=6.0))
    add(Measure(episode=episode, instrument="nprs", items=[6], taken_at=made.NOON))
    add(Measure(episode=episode, instrument="psfs", items=[3, 4], taken_at=made.NOON))
    screening = made.screening(by, episode)
    consent = made.consent(by, episode)
    research = made.consent(by, episode, kind="research", words="My data may be used.")
    consents.withdraw(by, Withdrawal(consent=research))
    plan = made.plan(
        by, episode, screening=screening, why="cuff first", review_on=date(2026, 12, 1)
    )
    add(PlanTarget(plan=plan, place=1, muscle="infraspinatus", side="right", decision="precaution",
                   safety=[{"id": "lung", "why": "the lung lies below"}]))  # fmt: skip
    session = made.session(by, episode, plan=plan, screening=screening)
    made.insertion(by, session, twitches=2, detected_by="seen")
    retained = made.insertion(by, session, retained=True)
    sessions.enter(by, LedgerEntry(session=session, kind="removal", about=retained.pk,
                                   at=made.NOON + timedelta(minutes=10)))  # fmt: skip
    add(SessionTarget(session=session, muscle="infraspinatus", side="right", decision="ask",
                      reason="asked at the couch", safety={"rules": []}))  # fmt: skip
    add(Retest(session=session, movement="hand behind back", when="after", pain=4.0))
    add(Reaction(session=session, kind="soreness", severity=3.0, told="gone on the second day"))
    asked = made.check_in(by, episode, session=session)
    made.report(by, episode, link=asked, told="short of breath", will_do="called")
    add(OwnAnswer(patient=patient, link=asked, answers={"sore": "day"}, told="slept well"))
    sessions.finish(by, session.pk, Session.objects.get(pk=session.pk).version)
    add(AdverseEvent(patient=patient, session=session, kind="bruise", grade="mild",
                     began_at=made.NOON + timedelta(hours=20), told="a coin's size"))  # fmt: skip
    note = made.note(student, episode, session=session, sections={"procedure": "two needles"})
    notes.sign(student, note.pk, 1, uuid.uuid4())
    notes.countersign(by, note.pk, 2, uuid.uuid4())
    notes.amend(by, Amendment(note=note, text="gauge 0.30 mm", why="left out"), uuid.uuid4())
    answer = {"schema": "tautband.locate/1", "versions": {"atlas": "1"}, "candidates": []}
    showing.keep_shown(by, patient, "ranking", {"drawing": "a"}, answer, episode=episode)
    assert consent.needler_card["name"] == "Clinician"
    return patient
