"""`tautband audit`: what somebody does to the database is found and named."""

import json
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tautband.cli import main
from tautband.clinic.people.models import Clinic, User
from tautband.clinic.trail.deeds import Deed
from tautband.clinic.trail.heads import main_folder
from tautband.clinic.trail.models import AuditEntry
from tautband.clinic.trail.writing import note
from tests.clinic.triggers import without_triggers

Captured = pytest.CaptureFixture[str]
PATIENT = uuid.UUID(int=5)


@pytest.fixture
def clinic(transactional_db: None) -> Clinic:
    """A clinic with ten entries."""
    clinic = Clinic.objects.create(name="North", jurisdiction="GB")
    user = User.objects.create_user("ann@example.org")
    for number in range(10):
        note(clinic, user, Deed.READ, "patient", PATIENT, PATIENT, {"count": number})
    return clinic


def verify(capsys: Captured, *more: str) -> tuple[int, str]:
    code = main(["audit", "verify", *more])
    out, err = capsys.readouterr()
    assert err == ""
    return code, out


def change(statement: str, values: list[Any] | None = None) -> None:
    """As somebody who may do everything in the database."""
    with without_triggers(), connection.cursor() as cursor:
        cursor.execute(statement, values or [])


def test_an_untouched_trail_is_whole(clinic: Clinic, capsys: Captured) -> None:
    code, out = verify(capsys)
    assert code == 0
    assert f"Clinic {clinic.id}: 10 entries" in out
    assert "Whole: 10 entries were checked" in out


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE trail_auditentry SET action = 'print' WHERE number = 4", "Entry 4 was edited."),
        ("UPDATE trail_auditentry SET actor = NULL WHERE number = 4", "Entry 4 was edited."),
        ("UPDATE trail_auditentry SET detail = '' WHERE number = 4", "Entry 4 was edited."),
        ("DELETE FROM trail_auditentry WHERE number = 4", "Entry 4 was removed."),
        ("DELETE FROM trail_auditentry WHERE number = 1", "Entry 1 was removed."),
        ("DELETE FROM trail_auditentry WHERE number > 8", "Entries 9 to 10 were cut off"),
        ("DELETE FROM trail_auditentry", "Entries 1 to 10 were cut off"),
        ("UPDATE trail_auditentry SET number = 40 WHERE number = 4", "Entry 4 is out of order"),
        (
            "INSERT INTO trail_auditentry SELECT chain, 11, time, actor, action, kind, object_id,"
            " patient_id, detail, digest, key_id, seal FROM trail_auditentry WHERE number = 4",
            "Entry 4 stands in the chain more than once.",
        ),
        (
            "INSERT INTO trail_auditentry SELECT chain, 11, time, actor, 'export', kind, object_id,"
            " patient_id, detail, digest, key_id, seal FROM trail_auditentry WHERE number = 4",
            "A row that claims number 11 was inserted after entry 10",
        ),
    ],
)
def test_tampering_is_named(
    clinic: Clinic, capsys: Captured, statement: str, sentence: str
) -> None:
    change(statement)
    code, out = verify(capsys)
    assert code == 1
    assert sentence in " ".join(out.split())
    assert "NOT WHOLE: 1 finding." in out


@pytest.mark.parametrize(
    "what", ["actor = 'x'", "time = 'never'", "time = '2026-99-99 00:00:00'", "seal = 7",
             "kind = CAST(x'ff' AS TEXT)"]
)  # fmt: skip
def test_what_no_value_can_be_made_of_is_named_too(
    clinic: Clinic, capsys: Captured, what: str
) -> None:
    if connection.vendor == "postgresql":
        what = "seal = ''"  # its columns take nothing but values of their type
    change(f"UPDATE trail_auditentry SET {what} WHERE number = 4")
    assert "Entry 4 was edited" in verify(capsys)[1]


def test_an_entry_moved_to_another_clinic_is_missed_there_and_found_here(
    clinic: Clinic, capsys: Captured
) -> None:
    other = Clinic.objects.create(name="South", jurisdiction="IE")
    note(other, None, Deed.READ, "patient")
    value = other.id.hex if connection.vendor == "sqlite" else other.id
    change("UPDATE trail_auditentry SET chain = %s WHERE number = 4", [value])
    code, out = verify(capsys)
    assert code == 1
    assert "Entry 4 was removed." in out
    assert "A row that claims number 4 was inserted after entry 1" in out
    assert verify(capsys, "--clinic", str(other.id))[0] == 1


def test_a_head_that_is_gone_or_altered_is_a_finding(clinic: Clinic, capsys: Captured) -> None:
    head = main_folder().path / f"{clinic.id}.json"
    kept = json.loads(head.read_text("utf-8"))
    head.write_text(json.dumps({**kept, "number": 3}), "utf-8")
    assert "was altered: its seal does not fit" in " ".join(verify(capsys)[1].split())
    head.write_text("{", "utf-8")
    assert "cannot be read" in verify(capsys)[1]
    head.unlink()
    code, out = verify(capsys)
    assert code == 1
    assert "The head is missing" in out


def test_a_damaged_head_is_replaced_and_kept_as_evidence(clinic: Clinic, capsys: Captured) -> None:
    head = main_folder().path / f"{clinic.id}.json"
    head.write_text("{", "utf-8")
    note(clinic, None, Deed.READ, "patient")
    assert json.loads(head.read_text("utf-8"))["number"] == 11
    code, out = verify(capsys)
    assert code == 1
    assert ".damaged" in out


def test_a_head_left_behind_by_a_crash_is_no_finding_and_mends(
    clinic: Clinic, capsys: Captured
) -> None:
    head = main_folder().path / f"{clinic.id}.json"
    before = head.read_text("utf-8")
    note(clinic, None, Deed.READ, "patient")
    head.write_text(before, "utf-8")
    code, out = verify(capsys)
    assert code == 0
    assert "is 1 entry behind" in out
    note(clinic, None, Deed.READ, "patient")
    assert "behind" not in verify(capsys)[1]


def test_what_was_cut_off_is_named_for_ever(clinic: Clinic, capsys: Captured) -> None:
    change("DELETE FROM trail_auditentry WHERE number > 8")
    for _ in range(5):
        note(clinic, None, Deed.READ, "patient")
    assert "Entries 9 to 10 were removed." in verify(capsys)[1]


def test_the_second_place_finds_what_a_rolled_back_folder_hides(
    clinic: Clinic, capsys: Captured, tmp_path: Path, settings: Any
) -> None:
    settings.TAUTBAND_HEADS = str(tmp_path)
    head = main_folder().path / f"{clinic.id}.json"
    early = head.read_text("utf-8")
    note(clinic, None, Deed.READ, "patient")
    assert (tmp_path / f"{clinic.id}.json").exists()
    head.write_text(early, "utf-8")
    change("DELETE FROM trail_auditentry WHERE number > 10")
    code, out = verify(capsys)
    assert code == 1
    assert "Entry 11 was cut off" in out


def test_a_program_can_read_it(clinic: Clinic, capsys: Captured) -> None:
    change("DELETE FROM trail_auditentry WHERE number = 4")
    code, out = verify(capsys, "--json", "--clinic", str(clinic.id))
    found = json.loads(out)
    assert code == 1
    assert found["whole"] is False
    assert found["chains"][0]["findings"] == [
        {"harm": "removed", "first": 4, "last": 4, "sentence": "Entry 4 was removed."}
    ]


@pytest.mark.parametrize("wrong", ["x", str(uuid.UUID(int=77))])
def test_an_unknown_clinic_is_refused(clinic: Clinic, capsys: Captured, wrong: str) -> None:
    assert main(["audit", "verify", "--clinic", wrong]) == 2
    assert capsys.readouterr().err.startswith("tautband: clinic: ")


def test_entries_are_listed(clinic: Clinic, capsys: Captured) -> None:
    assert main(["audit", "list", "--limit", "3"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert f"read         patient {PATIENT}" in lines[0]
    assert main(["audit", "list", "--patient", str(PATIENT), "--json", "--limit", "99"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["number"] for row in rows] == list(range(10, 0, -1))
    assert rows[0]["detail"] == {"count": 9}
    assert main(["audit", "list", "--person", str(uuid.UUID(int=1))]) == 0
    assert capsys.readouterr().out == "No entry.\n"
    assert main(["audit", "list", "--limit", "0"]) == 2


def test_sql_is_the_same_on_both(clinic: Clinic) -> None:
    """The digest that was written is that of the row as the database gives it back."""
    for row in AuditEntry.objects.all():
        assert row.as_stored().entry.time.utcoffset() is not None
