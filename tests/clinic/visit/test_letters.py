"""A letter to a physician: drafted from the record, kept, changed, signed, countersigned."""

import re
from datetime import timedelta
from uuid import uuid4

from django.urls import reverse

from tautband.clinic.record.models import Note, Reaction, Session
from tautband.clinic.record.services import keeping, sessions
from tests.clinic.pages_as_text import page_of
from tests.clinic.record import made
from tests.clinic.visit.places import Place
from tests.clinic.visit.printed import address, paper, text


def letter_of(place: Place) -> Note:
    """A letter, kept on its page from the draft that the page offers."""
    client, path = place.browser(), place.address("visit_letters")
    page = page_of(client.get(path))
    drafted = dict(re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>([^<]*)</textarea>', page))
    told = {**drafted, "free": "Dr Example\n1 Hill Road", "id": str(uuid4())}
    assert client.post(path, told).status_code == 302
    return Note.objects.get(kind="letter")


def test_a_letter_is_drafted_kept_changed_and_signed(place: Place) -> None:
    by, client = made.seat(place.cast, "clinician"), place.browser()
    for days, score in ((0, 7), (14, 3)):
        at = made.NOON + timedelta(days=days)
        made.measure(by, place.episode, items=[score], taken_at=at)
    session = made.session(by, place.episode)
    made.insertion(by, session)
    keeping.add(by, Reaction(session=session, kind="none"))
    sessions.finish(by, session.pk, Session.objects.get(pk=session.pk).version)
    row = letter_of(place)
    assert "NPRS went from 7" in row.sections["assessment"]
    assert "one needle, one insertion, in Infraspinatus right" in row.sections["procedure"]
    assert "the patient told of no reaction" in row.sections["procedure"]
    assert "plan" not in row.sections  # nothing was planned, so nothing is said
    ids = [place.cast.clinic.pk, place.patient.pk]
    entry = page_of(client.get(reverse("patient_entry", args=[*ids, "note", row.pk])))
    assert place.address("visit_letter", row.pk) in entry
    assert address(place, "letter", row.pk) in entry
    told = paper(place, "letter", row)
    assert told["draft"] == "DRAFT"
    assert [one["kind"] for one in told["blocks"]].count("chart") == 1
    assert "Dr Example" in text(told)
    path = place.address("visit_letter", row.pk)
    more = {"version": "1", "free": "Dr Example", "plan": "Six more.", "signature": str(uuid4())}
    assert client.post(path, {**more, "step": "sign"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.sections["plan"]) == ("signed", "Six more.")
    assert paper(place, "letter", row)["draft"] == ""
    assert client.post(path, {**more, "step": "sign"}).status_code == 302  # once, sent twice
    assert row.signatures.count() == 1
    answer = client.post(path, {**more, "plan": "Seven."})
    assert answer.status_code == 409
    assert "Seven." in page_of(answer)
    row.refresh_from_db()
    assert row.sections["plan"] == "Six more."


def test_a_letter_that_somebody_else_changed_is_not_lost(place: Place) -> None:
    row, client = letter_of(place), place.browser()
    path = place.address("visit_letter", row.pk)
    assert client.post(path, {"version": "1", "plan": "First."}).status_code == 302
    answer = client.post(path, {"version": "1", "plan": "Second."})
    assert answer.status_code == 409
    assert "Second." in page_of(answer)
    assert client.post(path, {"version": "x"}).status_code == 400
    empty = client.post(place.address("visit_letters"), {"id": str(uuid4())})
    assert empty.status_code == 422
    assert "at least one part" in page_of(empty)


def test_a_students_letter_waits_for_a_supervisor(place: Place) -> None:
    student, clinician = place.browser("student"), place.browser()
    by = made.seat(place.cast, "student")
    row = made.note(by, place.episode, kind="letter", sections={"plan": "Six."})
    path = place.address("visit_letter", row.pk)
    told = {"version": "1", "plan": "Six.", "signature": str(uuid4()), "step": "sign"}
    assert student.post(path, told).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.version) == ("waiting", 2)
    again = {"version": "2", "signature": str(uuid4())}
    assert student.post(path, {**again, "step": "countersign"}).status_code == 404
    answer = clinician.post(path, {**again, "step": "back"})
    assert answer.status_code == 422
    assert "what is missing" in page_of(answer)
    assert clinician.post(path, {**again, "step": "countersign"}).status_code == 302
    row.refresh_from_db()
    assert row.state == "signed"
