"""Signing: immutable afterwards, amended by adding, supervised where a student wrote."""

import json
import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from tautband.base.errors import InputError
from tautband.clinic.access import Seat
from tautband.clinic.record.canonical import sha256
from tautband.clinic.record.errors import ClosedError, ConflictError, NotFoundError
from tautband.clinic.record.models import Amendment, Note, Signature
from tautband.clinic.record.models.note import TRACE_SCHEMA
from tautband.clinic.record.services import keeping, notes
from tests.clinic.cast import Cast
from tests.clinic.record import made


def _note(cast: Cast, name: str = "clinician") -> tuple[Seat, Note]:
    clinician = made.seat(cast, "clinician")
    by = made.seat(cast, name)  # type: ignore[arg-type]
    return by, made.note(by, made.episode(clinician, made.patient(clinician)))


def test_a_signed_note_never_changes(cast: Cast) -> None:
    by, note = _note(cast)
    note = keeping.change(
        by, note, 1, {"sections": {"subjective": "sleeps well", "plan": "two more"}}
    )
    signature = uuid.uuid4()
    signed = notes.sign(by, note.pk, 2, signature)
    assert signed.state == "signed"
    assert notes.sign(by, note.pk, 2, signature).pk == note.pk
    kept = Signature.objects.get()
    assert kept.sha256 == sha256(kept.signed)
    told = json.loads(kept.signed)
    assert told["note"]["sections"]["plan"] == "two more"
    assert told["versions"]["tautband"]
    assert notes.is_whole(kept)
    with pytest.raises(DatabaseError), transaction.atomic():
        keeping.change(by, signed, signed.version, {"sections": {"plan": "x"}}, why="to hide it")
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE record_note SET state = 'draft'")
    assert Note.objects.get().sections["plan"] == "two more"


def test_an_amendment_is_added_and_points_back(cast: Cast) -> None:
    by, note = _note(cast)
    early = Amendment(note=note, text="left, not right", why="slip")
    with pytest.raises(ClosedError):
        notes.amend(by, early, uuid.uuid4())
    notes.sign(by, note.pk, 1, uuid.uuid4())
    first = Signature.objects.get()
    for number in (1, 2):
        amendment = Amendment(id=uuid.uuid4(), note=note, text=f"addition {number}", why="slip")
        ids = amendment.pk, uuid.uuid4()
        for _ in range(2):
            again = Amendment(id=ids[0], note=note, text=f"addition {number}", why="slip")
            assert notes.amend(by, again, ids[1]).number == number
    one, two = Amendment.objects.order_by("number")
    assert one.follows_sha256 == first.sha256
    assert two.follows_sha256 == one.signatures.get().sha256
    assert all(notes.is_whole(s) for s in Signature.objects.all())
    with pytest.raises(InputError, match="why"):
        notes.amend(by, Amendment(note=note, text="more"), uuid.uuid4())


def test_a_students_note_waits_for_the_supervisor(cast: Cast) -> None:
    student, note = _note(cast, "student")
    clinician = made.seat(cast, "clinician")
    with pytest.raises(NotFoundError):
        notes.sign(clinician, note.pk, 1, uuid.uuid4())
    waiting = notes.sign(student, note.pk, 1, uuid.uuid4())
    assert (waiting.state, waiting.signed_at) == ("waiting", None)
    with pytest.raises(NotFoundError):
        notes.countersign(student, note.pk, 2, uuid.uuid4())
    with pytest.raises(DatabaseError), transaction.atomic():
        keeping.change(student, waiting, 2, {"sections": {"plan": "x"}}, why="late")
    with pytest.raises(DatabaseError), transaction.atomic():
        keeping.change(student, waiting, 2, {"trace": {"schema": TRACE_SCHEMA}}, why="late")
    back = notes.give_back(clinician, note.pk, 2, "the side is missing")
    assert back.state == "draft"
    mended = keeping.change(student, back, 3, {"sections": {"subjective": "right side"}})
    notes.sign(student, note.pk, mended.version, uuid.uuid4())
    done = notes.countersign(clinician, note.pk, mended.version + 1, uuid.uuid4())
    assert done.state == "signed"
    assert sorted(done.signatures.values_list("role", flat=True)) == [
        "author", "author", "supervisor",
    ]  # fmt: skip
    assert all(notes.is_whole(s) for s in Signature.objects.all())


def test_what_a_note_stands_on_is_a_trace_or_nothing(cast: Cast) -> None:
    by, note = _note(cast, "clinician")
    with pytest.raises(InputError, match="trace"):
        keeping.change(by, note, 1, {"trace": {"sentences": []}})
    assert note.trace is None


def test_a_signature_from_before_there_was_a_trace_is_whole(cast: Cast) -> None:
    """Its text knows no such column; neither does the state that was kept with it."""
    by, note = _note(cast, "clinician")
    notes.sign(by, note.pk, 1, uuid.uuid4())
    signature = Signature.objects.get()
    assert '"trace"' not in signature.signed
    assert notes.is_whole(signature)


def test_a_students_amendment_waits_too(cast: Cast) -> None:
    student, note = _note(cast, "student")
    clinician = made.seat(cast, "clinician")
    notes.sign(student, note.pk, 1, uuid.uuid4())
    notes.countersign(clinician, note.pk, 2, uuid.uuid4())
    added = notes.amend(student, Amendment(note=note, text="more", why="slip"), uuid.uuid4())
    assert added.is_waiting
    with pytest.raises(NotFoundError):
        notes.countersign_amendment(student, added.pk, uuid.uuid4())
    assert not notes.countersign_amendment(clinician, added.pk, uuid.uuid4()).is_waiting


def test_signing_an_older_state_is_refused(cast: Cast) -> None:
    by, note = _note(cast)
    keeping.change(by, note, 1, {"sections": {"plan": "added on another device"}})
    with pytest.raises(ConflictError) as refused:
        notes.sign(by, note.pk, 1, uuid.uuid4())
    assert "added on another device" in refused.value.changes[0]


def test_an_empty_note_is_not_signed(cast: Cast) -> None:
    clinician = made.seat(cast, "clinician")
    episode = made.episode(clinician, made.patient(clinician))
    note = made.note(clinician, episode, sections={"plan": "  "})
    with pytest.raises(InputError, match="empty"):
        notes.sign(clinician, note.pk, 1, uuid.uuid4())


def test_a_forged_text_is_found(cast: Cast) -> None:
    by, note = _note(cast)
    notes.sign(by, note.pk, 1, uuid.uuid4())
    signature = Signature.objects.get()
    signature.signed = signature.signed.replace("sleeps better", "sleeps worse")
    assert not notes.is_whole(signature)
    signature.sha256 = sha256(signature.signed)
    assert not notes.is_whole(signature)
