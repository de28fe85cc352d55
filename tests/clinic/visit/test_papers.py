"""Papers of a visit: what stands on them, who may print them, and that each print is noted."""

import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from tautband.atlas.atlas import load_atlas
from tautband.clinic import catalogue
from tautband.clinic.papers import figures, views
from tautband.clinic.record.export.typesetting import paper_of
from tautband.clinic.record.models import (
    Amendment,
    Note,
    Plan,
    PlanTarget,
    Session,
    Withdrawal,
)
from tautband.clinic.record.services import consents, keeping, notes, sessions
from tautband.clinic.trail.models import AuditEntry
from tests.clinic.cast import NAMES, Name
from tests.clinic.pages_as_text import page_of
from tests.clinic.record import made
from tests.clinic.visit.places import Place, refused_at
from tests.clinic.visit.printed import address, paper, text

STRETCH = "Bring the arm across the chest with the other hand and hold gently for half a minute, without pain."  # noqa: E501
ADVISED = {
    "schema": "tautband.plan/1",
    "decision": "precaution",
    "rules": [],
    "targets": [],
    "home_plan": {"advice": [{"muscle": "Infraspinatus", "kind": "stretch", "text": STRETCH}]},
    "versions": {"atlas": "atlas-0123"},
}
HOME = f"Sore for a day\nIt passes.\n\nWhat you can do (Infraspinatus)\n- Stretch: {STRETCH}\n- Stretch: {STRETCH}\n- Walk."  # noqa: E501
CAP = {"mm": 40.0, "below": False, "why": "measured", "source": []}


def a_plan(place: Place, **values: Any) -> Plan:
    """A plan with one muscle that is needled and one that is left out."""
    by = made.seat(place.cast, "clinician")
    plan = made.plan(by, place.episode, advised=ADVISED, home_plan=HOME, **values)
    needle = {"length_cap": CAP, "depth_cap": None}
    for at, (muscle, dropped) in enumerate([("infraspinatus", False), ("teres_minor", True)], 1):
        row = PlanTarget(plan=plan, place=at, muscle=muscle, side="right", decision="precaution",
                         safety={"needle": needle}, dropped=dropped)  # fmt: skip
        keeping.add(by, row)
    return plan


@pytest.mark.parametrize("name", NAMES)
def test_who_prints(place: Place, name: Name) -> None:
    plan = a_plan(place)
    expected = {"clinician": 200, "student": 200, "nobody": 302}.get(name, 404)
    assert refused_at(place, name, address(place, "home", plan.pk)) == expected
    printed = AuditEntry.objects.of(place.cast.clinic.pk).filter(action="print").count()
    assert printed == (1 if expected == 200 else 0)


def test_a_print_is_no_page_that_a_browser_keeps(place: Place) -> None:
    answer = place.browser().get(address(place, "plan", a_plan(place).pk))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"
    assert "kafor" not in answer["Content-Disposition"]


def test_what_is_not_of_this_episode_is_not_printed(place: Place) -> None:
    by, client = made.seat(place.cast, "clinician"), place.browser()
    other = made.episode(by, place.patient, title="another complaint")
    for kind, row in (("plan", made.plan(by, other)), ("note", made.note(by, other))):
        assert client.get(address(place, kind, row.pk)).status_code == 404
    theirs = made.consent(by, made.episode(by, made.patient(by, given_name="Ada")))
    assert client.get(address(place, "consent", theirs.pk)).status_code == 404
    outside = made.seat(place.cast, "outsider")
    foreign = made.plan(outside, made.episode(outside, made.patient(outside)))
    assert client.get(address(place, "plan", foreign.pk)).status_code == 404
    assert client.get(address(place, "plan", "nonsense")).status_code == 400
    assert client.get(address(place, "poem", theirs.pk)).status_code == 404
    note = made.note(by, place.episode)
    assert client.get(address(place, "letter", note.pk)).status_code == 404


def test_a_note_is_a_draft_until_it_is_signed_to_its_end(place: Place) -> None:
    by, student = made.seat(place.cast, "clinician"), made.seat(place.cast, "student")
    session = made.session(by, place.episode)
    made.insertion(by, session, twitches=2, detected_by="seen")
    made.insertion(by, session)
    sessions.finish(by, session.pk, Session.objects.get(pk=session.pk).version)
    row = made.note(student, place.episode, session=session, sections={"procedure": "As below."})
    assert paper(place, "note", row)["draft"] == "DRAFT"
    notes.sign(student, row.pk, 1, uuid4())
    waiting = paper(place, "note", Note.objects.get(pk=row.pk))
    assert waiting["draft"] == "DRAFT"
    assert "supervisor’s signature" in text(waiting)
    notes.countersign(by, row.pk, 2, uuid4())
    notes.amend(by, Amendment(note=row, text="gauge 0.30 mm", why="left out"), uuid4())
    signed = paper(place, "note", Note.objects.get(pk=row.pk))
    assert signed["draft"] == ""
    said = text(signed)
    assert said.count("unchanged since; SHA-256") == 3
    assert "gauge 0.30 mm" in said
    assert "2 needles, 2 insertions, 2 out" in said
    assert '["Infraspinatus", "right", "2", "0.3 × 50 mm", "2", "2"]' in said
    assert "not assessed" not in said


def test_twitches_that_nobody_assessed_are_not_nought(place: Place) -> None:
    by = made.seat(place.cast, "clinician")
    session = made.session(by, place.episode)
    made.insertion(by, session)
    assert "not assessed" in text(
        paper(place, "note", made.note(by, place.episode, session=session))
    )


def test_the_plan_says_its_limits_risks_and_who_signs(place: Place) -> None:
    said = text(paper(place, "plan", a_plan(place, complementary=["walk", "walk"])))
    assert "at most 40 mm" in said
    assert "no published limit" in said
    assert "Left out: Teres minor, right" in said
    assert said.count('"walk"') == 1
    assert "Sore for a day or two" in said  # a risk, as it is explained
    assert "Clinician: Clinician, physical therapist, licence PT 1234" in said
    assert "atlas 0123" in said
    nothing = made.plan(made.seat(place.cast, "clinician"), place.episode)
    assert "No muscle is needled" in text(paper(place, "plan", nothing))


def test_the_home_plan_has_pictures_and_cannot_lose_its_warnings(place: Place) -> None:
    told = paper(place, "home", a_plan(place))
    kinds = [one["kind"] for one in told["blocks"]]
    assert told["large"]
    assert kinds.count("exercise") == 1  # what stands twice is said once
    (exercise,) = [one for one in told["blocks"] if one["kind"] == "exercise"]
    assert exercise["figure"] == "arm_across.svg"
    # The kept text names no warning sign; infraspinatus lies over the lung.
    warned = [one["title"] for one in told["blocks"] if one["kind"] == "warning"]
    assert warned == ["Get help at once", "Call us or a doctor"]
    assert "In an emergency: 911." in text(told)
    assert kinds.index("warning") < kinds.index("exercise")
    empty = made.plan(made.seat(place.cast, "clinician"), place.episode, home_plan="")
    assert "Nothing was written down for home" in text(paper(place, "home", empty))


def test_the_consent_copy_says_how_it_ends(place: Place) -> None:
    by = made.seat(place.cast, "clinician")
    row = made.consent(by, place.episode, words="One.\n\nTwo.")
    told = paper(place, "consent", row)
    assert [one["text"] for one in told["blocks"] if one["kind"] == "text"][:2] == ["One.", "Two."]
    assert "PT 1234" in text(told)
    assert "without giving a reason" in text(told)
    assert [one["strokes"] for one in told["blocks"] if one["kind"] == "signature"] == [
        made.STROKES
    ]
    consents.withdraw(by, Withdrawal(consent=row, told="moved away"))
    assert "This consent was withdrawn" in text(paper(place, "consent", row))


def test_each_page_leads_to_its_paper(place: Place) -> None:
    by, client = made.seat(place.cast, "clinician"), place.browser()
    plan, consent = a_plan(place), made.consent(by, place.episode)
    note = made.note(by, place.episode)
    ids = [place.cast.clinic.pk, place.patient.pk]
    page = page_of(client.get(place.address("visit_plan", plan.pk)))
    assert address(place, "plan", plan.pk) in page
    assert address(place, "home", plan.pk) in page
    page = page_of(client.get(place.address("visit_consent", consent.pk)))
    assert address(place, "consent", consent.pk) in page
    page = page_of(client.get(reverse("patient_entry", args=[*ids, "note", note.pk])))
    assert address(place, "note", note.pk) in page
    page = page_of(client.get(place.address("episode")))
    assert place.address("visit_letters") in page


def test_every_figure_belongs_to_words_of_the_atlas() -> None:
    known = {one.text for muscle in load_atlas().muscles.values() for one in muscle.advice}
    for one in figures.load_figures():
        assert set(one.texts) <= known, one.id
        found = figures.figure_of(one.texts[0])
        assert found is not None
        assert found.picture.startswith(b"<svg")
    later = figures.figure_of(f"When it is calm: {STRETCH}")
    assert later is not None
    assert later.file == "arm_across.svg"
    assert figures.figure_of("Stand on your head.") is None


def test_paper_has_the_size_of_its_place() -> None:
    assert [paper_of(place) for place in ("US-CO", "GB", "ES")] == ["us-letter", "a4", "a4"]


def test_every_text_of_the_papers_is_used() -> None:
    folder = Path(views.__file__).parent
    source = "".join(file.read_text("utf-8") for file in folder.glob("*.py"))
    pages = folder.parent / "templates"
    source += "".join(file.read_text("utf-8") for file in pages.rglob("*.html"))
    known = re.findall(r"^papers-([a-z0-9-]+) =", catalogue.catalogue_source(), re.M)
    stems = ("section-", "note-", "role-", "seal-", "sign-", "better-", "end-", "consent-",
             "state-", "letter-")  # fmt: skip
    unused = [one for one in known if f'"{one}"' not in source and f"papers-{one}" not in source]
    assert [one for one in unused if not one.startswith(stems)] == []


def test_a_sessions_draft_says_on_paper_what_its_page_says(place: Place) -> None:
    by, client = made.seat(place.cast, "clinician"), place.browser()
    session = made.session(by, place.episode)
    made.insertion(by, session)
    own = {"step": "keep", "own-free": "Sleeps better.", "version": "0"}
    assert client.post(place.address("visit_note", session.pk), own).status_code == 302
    row = Note.objects.get(session=session)
    made.insertion(by, session, muscle="teres_minor")
    plain = client.get(place.address("visit_note_text", session.pk)).content.decode()
    (needled,) = [line for line in plain.splitlines() if "eres minor" in line]
    told = paper(place, "note", row)
    assert needled in [one.get("text") for one in told["blocks"]]
    assert "Sleeps better." in text(told)
