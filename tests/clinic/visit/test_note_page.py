"""The note of a session: written from the record, beside the own words, signed, amended."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tautband.clinic.record.models import (
    AdverseEvent,
    Amendment,
    ComparableSign,
    Goal,
    Kept,
    LedgerEntry,
    Movement,
    Note,
    PressureThreshold,
    Reaction,
    Retest,
    Session,
    SessionTarget,
    Signature,
    Strength,
)
from tautband.clinic.record.services import keeping, notes, sessions
from tests.clinic.cast import NAMES, Name
from tests.clinic.pages_as_text import page_of
from tests.clinic.record import made
from tests.clinic.visit.places import Place, refused_at
from tests.clinic.visit.places import send as send_json


def held(place: Place, *, close: bool = True, by: Name = "clinician") -> Session:
    """A session of two insertions, the first with two twitches, the second not assessed."""
    seat = made.seat(place.cast, by)
    made.screening(seat, place.episode)
    session = made.session(seat, place.episode, number=2)
    made.insertion(seat, session, twitches=2, detected_by="seen", familiar_pain="yes")
    made.insertion(seat, session, muscle="trapezius_upper", side="left")
    if close:
        sessions.finish(seat, session.pk, Session.objects.get(pk=session.pk).version)
    return Session.objects.get(pk=session.pk)


def form_of(page: str) -> dict[str, str]:
    """What the page's form sends along."""
    return {
        name: found[1]
        for name in ("version", "seen", "signature")
        if (found := re.search(f'name="{name}" value="([^"]*)"', page))
    }


def send(client: Client, place: Place, session: Session, **typed: Any) -> Any:
    return client.post(place.address("visit_note", session.pk), typed)


def opened(client: Client, place: Place, session: Session) -> tuple[str, dict[str, str]]:
    response = client.get(place.address("visit_note", session.pk))
    assert response.status_code == 200
    return page_of(response), form_of(response.content.decode())


@pytest.mark.parametrize("name", NAMES)
def test_who_reads_a_note(place: Place, name: Name) -> None:
    expected = {"clinician": 200, "student": 200, "nobody": 302}.get(name, 404)
    session = held(place)
    assert refused_at(place, name, place.address("visit_note", session.pk)) == expected
    assert refused_at(place, name, place.address("visit_note_text", session.pk)) == expected


def test_it_writes_itself_and_says_nothing_that_was_not_recorded(place: Place) -> None:
    page, _ = opened(place.browser(), place, held(place))
    assert "Right infraspinatus: 1 insertion with 1 needle (0.3 × 50 mm)." in page
    assert "Local twitch responses in the right infraspinatus: 2 (seen)." in page
    assert "Local twitch responses in the left trapezius, upper part: not assessed." in page
    assert "reproduced at 1 of the 1 insertion" in page
    assert "Needles in: 2; needles out: 2; insertions: 2." in page
    assert "PT 1234" in page
    assert "Informed consent to dry needling was signed" not in page  # none was recorded
    assert "Informed consent stands in the record." in page  # which Colorado asks for
    assert not Note.objects.exists()  # reading writes nothing


def test_a_visit_from_assessment_to_retest_stands_in_it(place: Place) -> None:
    by = made.seat(place.cast, "clinician")
    assessment = made.assessment(by, place.episode, told="aches at night", impression="the cuff")
    made.finding(by, assessment)

    def add(row: Kept) -> None:
        keeping.add(by, row)

    add(ComparableSign(assessment=assessment, movement="hand behind back", when="before", pain=6.0))
    add(Movement(assessment=assessment, joint="shoulder", movement="turn in", side="right",
                 amount=40.0, unit="degrees", pain=5.0))  # fmt: skip
    add(Strength(assessment=assessment, what="infraspinatus", side="right", grade=4.0))
    add(PressureThreshold(assessment=assessment, where="infraspinatus", side="right", kpa=180.0))
    add(Goal(episode=place.episode, words="row again"))
    made.measure(by, place.episode)
    made.consent(by, place.episode)
    plan = made.plan(by, place.episode)
    session = made.session(by, place.episode, plan=plan, told_before="sore for a day")
    add(SessionTarget(session=session, muscle="infraspinatus", side="right", decision="ask",
                      reason="asked, no blood thinner"))  # fmt: skip
    into = made.insertion(by, session, retained=True, point="1")
    sessions.enter(by, LedgerEntry(session=session, kind="removal", about=into.pk,
                                   at=made.NOON + timedelta(minutes=10)))  # fmt: skip
    add(Retest(session=session, movement="hand behind back", when="after", pain=3.0))
    add(Reaction(session=session, kind="none"))
    add(Reaction(session=session, kind="soreness", began_at=made.NOON + timedelta(days=1)))
    sessions.finish(by, session.pk, Session.objects.get(pk=session.pk).version)
    add(AdverseEvent(patient=place.patient, session=session, kind="bruise", grade="mild",
                     began_at=made.NOON, told="a coin’s size"))  # fmt: skip
    page, _ = opened(place.browser(), place, session)
    for sentence in (
        "Since the last visit the patient reports: “sore for a day”.",
        "Right infraspinatus: taut band present.",
        "Comparable sign before needling, hand behind back: pain 6/10.",
        "Shoulder, turn in, right, active: 40°, pain 5/10.",
        "Strength, infraspinatus, right: grade 4/5.",
        "Pressure pain threshold, infraspinatus, right: 180 kPa.",
        "Goal in the patient’s words: “row again”.",
        "Adverse event: bruise, mild, “a coin’s size”.",
        "Clinical impression: the cuff.",
        "Informed consent to dry needling was signed by the patient on 2 November 2026;",
        "Explained before consent: soreness for one to three days.",
        "the reason given: “asked, no blood thinner”.",
        "Retained in the right infraspinatus: 1 needle for 10 min.",
        "Comparable sign after needling, hand behind back: pain 3/10.",
        "Asked about reactions, the patient reported none.",
        "6 sessions planned.",
    ):
        assert sentence in page
    assert "Reaction: soreness" not in page  # of the day after: the next visit asks for it


def test_a_correction_takes_its_sentence_away(place: Place) -> None:
    by = made.seat(place.cast, "clinician")
    session = held(place, close=False)
    wrong = LedgerEntry.objects.get(session=session, muscle="trapezius_upper")
    sessions.enter(
        by, LedgerEntry(session=session, kind="correction", about=wrong.pk, told="other muscle")
    )
    page, _ = opened(place.browser(), place, session)
    assert "infraspinatus" in page
    assert "trapezius" not in page


def test_own_words_are_kept_apart_and_both_are_signed(place: Place) -> None:
    client, session = place.browser(), held(place)
    _, form = opened(client, place, session)
    typed = {**form, "own-procedure": "Side lying, flat palpation.", "code": "20560"}
    assert send(client, place, session, step="sign", **typed).status_code == 302
    note = Note.objects.get(session=session)
    assert note.state == "signed"
    assert note.trace["own"] == {"procedure": "Side lying, flat palpation."}
    assert note.trace["code"] == "20560"
    written, own = note.sections["procedure"].split("\n\n")
    assert own == "Side lying, flat palpation."
    assert "Side lying" not in written
    items = {item for one in note.trace["sentences"] for item in one["items"]}
    entries = LedgerEntry.objects.filter(session=session)
    assert {f"ledgerentry:{one.pk}" for one in entries} <= items
    assert notes.is_whole(Signature.objects.get(note=note))
    # What comes to the record later changes nothing of what was signed.
    made.finding(made.seat(place.cast, "clinician"), made.assessment(
        made.seat(place.cast, "clinician"), place.episode
    ))  # fmt: skip
    page, _ = opened(client, place, session)
    assert "Side lying, flat palpation." in page
    assert "taut band" not in page
    # The same form sent again signs nothing twice.
    assert send(client, place, session, step="sign", **typed).status_code == 302
    assert Signature.objects.filter(note=note).count() == 1


def test_a_sentence_can_be_left_out(place: Place) -> None:
    client, session = place.browser(), held(place)
    page = client.get(place.address("visit_note", session.pk)).content.decode()
    left = re.findall(r'name="left"\s+value="([^"]+)"', page)
    form = form_of(page)
    assert send(client, place, session, step="keep", left=left[:1], **form).status_code == 302
    note = Note.objects.get(session=session)
    out = [one for one in note.trace["sentences"] if one["left_out"]]
    assert [one["id"] for one in out] == left[:1]
    assert out[0]["text"] not in note.sections["subjective"]


def test_an_open_session_is_not_signed(place: Place) -> None:
    client, session = place.browser(), held(place, close=False)
    _, form = opened(client, place, session)
    answer = send(client, place, session, step="sign", **form, **{"own-free": "calm"})
    assert answer.status_code == 422
    assert "is still open" in page_of(answer)
    assert "calm" in page_of(answer)
    assert not Note.objects.exists()


def test_what_changed_since_it_was_read_is_shown_before_it_is_signed(place: Place) -> None:
    client, session = place.browser(), held(place)
    _, form = opened(client, place, session)
    made.consent(made.seat(place.cast, "clinician"), place.episode)
    typed = {**form, "own-free": "well tolerated"}
    answer = send(client, place, session, step="sign", **typed)
    assert answer.status_code == 409
    page = page_of(answer)
    assert "was signed by the patient" in page
    assert "well tolerated" in page
    again = form_of(answer.content.decode())
    assert send(client, place, session, step="sign", **{**typed, **again}).status_code == 302


def test_a_note_changed_in_another_window_loses_no_words(place: Place) -> None:
    client, session = place.browser(), held(place)
    _, form = opened(client, place, session)
    first = {**form, "own-free": "from the first window"}
    assert send(client, place, session, step="keep", **first).status_code == 302
    answer = send(client, place, session, step="keep", **form, **{"own-free": "from the second"})
    assert answer.status_code == 409
    page = page_of(answer)
    assert "from the first window" in page
    assert "from the second" in page


def test_a_student_hands_in_and_the_supervisor_gives_back_or_signs(place: Place) -> None:
    student, lead = place.browser("student"), place.browser()
    session = held(place)
    _, form = opened(student, place, session)
    assert send(student, place, session, step="sign", **form).status_code == 302
    note = Note.objects.get(session=session)
    assert note.state == "waiting"
    _, seen = opened(lead, place, session)
    empty = send(lead, place, session, step="give back", why=" ", **seen)
    assert empty.status_code == 422
    given = send(lead, place, session, step="give back", why="name the position", **seen)
    assert given.status_code == 302
    _, form = opened(student, place, session)
    typed = {**form, "own-procedure": "prone"}
    assert send(student, place, session, step="sign", **typed).status_code == 302
    assert send(student, place, session, step="countersign", **form).status_code == 404
    _, seen = opened(lead, place, session)
    assert send(lead, place, session, step="countersign", **seen).status_code == 302
    note = Note.objects.get(session=session)
    assert note.state == "signed"
    assert all(notes.is_whole(one) for one in Signature.objects.filter(note=note))


def test_anothers_draft_is_read_and_not_written(place: Place) -> None:
    session = held(place)
    student = place.browser("student")
    _, form = opened(student, place, session)
    assert send(student, place, session, step="keep", **form).status_code == 302
    lead = place.browser()
    page, _ = opened(lead, place, session)
    assert "This draft is another’s" in page
    assert send(lead, place, session, step="keep", version="1", seen="").status_code == 404


def test_a_signed_note_is_amended(place: Place) -> None:
    client, session = place.browser(), held(place)
    _, form = opened(client, place, session)
    send(client, place, session, step="sign", **form)
    ids = {"amendment": str(uuid.uuid4()), "signature": str(uuid.uuid4())}
    told = {"text": "gauge was 0.25 mm", "why": ""}
    answer = send(client, place, session, step="amend", **ids, **told)
    assert answer.status_code == 422
    assert "gauge was 0.25 mm" in page_of(answer)
    told["why"] = "misread the packet"
    assert send(client, place, session, step="amend", **ids, **told).status_code == 302
    assert Amendment.objects.get().number == 1
    text = client.get(place.address("visit_note_text", session.pk)).content.decode()
    assert "gauge was 0.25 mm" in text


def test_plain_text_says_what_it_is_and_names_no_patient(place: Place) -> None:
    client, session = place.browser(), held(place)
    answer = client.get(place.address("visit_note_text", session.pk))
    text = answer.content.decode()
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert text.splitlines()[1] == "Draft, not signed"
    assert "Right infraspinatus: 1 insertion" in text
    assert "Okafor" not in text


def test_a_note_kept_as_words_alone_is_the_clinicians_own(place: Place) -> None:
    by = made.seat(place.cast, "clinician")
    session = held(place)
    note = made.note(by, place.episode, session=session, sections={"procedure": "by hand"})
    notes.sign(by, note.pk, 1, uuid.uuid4())
    page, _ = opened(place.browser(), place, session)
    assert "by hand" in page
    text = place.browser().get(place.address("visit_note_text", session.pk)).content.decode()
    assert "by hand" in text
    assert "infraspinatus" not in text


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [("code", "99999", "20560 or 20561"), ("version", "x", "the page was sent"),
     ("own-free", "x" * 10_001, "at most 10000")],
)  # fmt: skip
def test_bad_input_is_told_by_its_field(place: Place, field: str, value: str, told: str) -> None:
    client, session = place.browser(), held(place)
    _, form = opened(client, place, session)
    answer = send(client, place, session, step="keep", **{**form, field: value})
    assert answer.status_code == 422
    assert told in page_of(answer)
    assert not Note.objects.exists()


def test_what_is_typed_is_kept_while_it_is_typed(place: Place) -> None:
    client, session = place.browser(), held(place)
    address = place.address("visit_note_save", session.pk)
    told = {"own": {"free": "calm"}, "left": [], "code": "", "version": 0}
    assert send_json(client, address, told) == (200, {"version": 1})
    assert send_json(client, address, told) == (200, {"version": 1})  # sent again, stored once
    more = {**told, "own": {"free": "calm and warm"}, "version": 1}
    assert send_json(client, address, more) == (200, {"version": 2})
    assert send_json(client, address, told)[0] == 409
    assert send_json(place.browser("student"), address, {**more, "version": 2})[0] == 404
    assert Note.objects.get(session=session).trace["own"] == {"free": "calm and warm"}


@pytest.mark.parametrize(
    "wrong",
    [{"own": "x"}, {"own": {"other": "x"}}, {"left": "x"}, {"version": "1"}, {"code": "1"}],
)
def test_what_no_page_sends_is_refused(place: Place, wrong: dict[str, Any]) -> None:
    client, session = place.browser(), held(place)
    told = {"own": {}, "left": [], "code": "", "version": 0, **wrong}
    status, answer = send_json(client, place.address("visit_note_save", session.pk), told)
    assert (status, answer["field"]) == (422, next(iter(wrong)))
    assert not Note.objects.exists()


def test_the_page_asks_as_often_for_many_entries_as_for_few(place: Place) -> None:
    by, client = made.seat(place.cast, "clinician"), place.browser()
    session = held(place, close=False)
    assessment = made.assessment(by, place.episode)
    address = place.address("visit_note", session.pk)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for sign in ("taut band", "tender spot", "familiar pain"):
        made.finding(by, assessment, sign=sign)
        made.insertion(by, session, twitches=1)
        made.measure(by, place.episode)
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


def test_a_session_of_another_episode_is_not_there(place: Place) -> None:
    by = made.seat(place.cast, "clinician")
    other = made.session(by, made.episode(by, place.patient))
    assert place.browser().get(place.address("visit_note", other.pk)).status_code == 404
    assert keeping.find(by, Session, other.pk) == other
