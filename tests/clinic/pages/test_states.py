"""What was changed in an entry: who, when, why, and what it said before."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tautband.clinic import catalogue
from tautband.clinic.record.models import Kept
from tautband.clinic.record.services import keeping
from tautband.clinic.record_pages.states import changes, tellable
from tautband.clinic.record_pages.timeline import SOURCES
from tautband.clinic.trail.models import AuditEntry
from tests.clinic.cast import Cast
from tests.clinic.pages_as_text import page_of
from tests.clinic.record import made

CHANGING = {kind: one.model for kind, one in SOURCES.items() if not one.model.append_only}


def test_a_correction_is_told_with_who_and_why(cast: Cast) -> None:
    by = made.seat(cast, "clinician")
    episode = made.episode(by, made.patient(by))
    note = made.note(by, episode, sections={"procedure": "two needles", "plan": "see in a week"})
    keeping.change(
        by, note, 1, {"sections": {**note.sections, "procedure": "three needles"}}, why="miscounted"
    )
    address = reverse("patient_entry", args=[cast.clinic.pk, episode.patient_id, "note", note.pk])
    text = page_of(cast.browser("student").get(address))
    assert "miscounted" in text
    assert str(by.user) in text
    assert "<del>procedure: two needles</del>" in text
    assert "<ins>procedure: three needles</ins>" in text
    assert "<del>plan" not in text  # what stayed is no change
    last = AuditEntry.objects.of(cast.clinic.pk).order_by("-number").first()
    assert last is not None
    assert (last.object_id, last.detail) == (str(note.pk), '{"form":"versions"}')


def test_the_newest_change_comes_first(cast: Cast) -> None:
    by = made.seat(cast, "clinician")
    episode = made.episode(by, made.patient(by))
    row = episode
    for title in ("neck", "shoulder"):
        row = keeping.change(by, row, row.version, {"title": title}, why="told more exactly")
    found = changes(by, row)
    assert [one.number for one in found] == [3, 2]
    assert [one.differences[0].after for one in found] == ["shoulder", "neck"]
    assert found[0].differences[0].before == "neck"


def test_times_and_codes_are_told_as_on_every_page(cast: Cast) -> None:
    by = made.seat(cast, "clinician")
    episode = made.episode(by, made.patient(by))
    event = made.event(by, episode, kind="pain_during", began_at=made.NOON)
    later = made.NOON.replace(minute=30)
    values = {"began_at": later, "kind": "bleeding"}
    event = keeping.change(by, event, 1, values, why="asked again")
    (change,) = changes(by, event)
    told = {one.name: (one.before, one.after) for one in change.differences}
    local = [timezone.localtime(at).strftime("%Y-%m-%d %H:%M") for at in (made.NOON, later)]
    assert told["began-at"] == tuple(local)
    assert told["kind"] == ("pain during", "bleeding")


def test_what_was_never_changed_has_no_history(cast: Cast) -> None:
    by = made.seat(cast, "clinician")
    assert changes(by, made.episode(by, made.patient(by))) == []


@pytest.mark.parametrize("kind", CHANGING)
def test_every_column_that_can_change_has_a_name(kind: str) -> None:
    model: type[Kept] = CHANGING[kind]
    names = [f.name.replace("_", "-") for f in model._meta.concrete_fields if tellable(f)]
    nameless = [n for n in names if catalogue.text_or_none(f"patients-column-{n}", "en") is None]
    assert not nameless
