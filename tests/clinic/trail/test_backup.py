"""Backup and restore, as a drill: what was acknowledged comes back, and nothing else happens."""

import contextlib
import json
import shutil
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests.clinic.installation import Installation, lay_out, new_database
from tests.clinic.postgres import cluster

MAKE_CLINIC = """
from tautband.clinic.people.models import Clinic
import uuid
Clinic.objects.create(id=uuid.UUID(int=9), name="North", jurisdiction="GB")
"""
WRITE = """
import uuid
from django.db import transaction
from tautband.clinic.people.models import User
from tautband.clinic.trail.deeds import Deed
from tautband.clinic.trail.writing import note
def write():
    with transaction.atomic():
        user = User.objects.create_user(f"{uuid.uuid4()}@example.org")
        note(uuid.UUID(int=9), user, Deed.WRITE, "user", user.id)
    print(user.id, flush=True)
"""
ALL = """
from tautband.clinic.people.models import User
print(*User.objects.values_list("id", flat=True), sep="\\n")
"""
LAID_OUT = "laid_out"
Make = Callable[[str], Installation]
New = Callable[..., Installation]


@pytest.fixture(scope="module")
def postgres_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A cluster that has one database laid out already, to make others like it."""
    with cluster() as address:
        url = new_database(address, LAID_OUT)
        Installation(tmp_path_factory.mktemp("laid"), url).lay_out()
        yield address


@pytest.fixture
def new(tmp_path: Path) -> Iterator[New]:
    """Makes installations: of a name, the address of a database, and other settings."""
    with contextlib.ExitStack() as stack:

        def made(name: str, url: str = "", **more: str) -> Installation:
            installation = Installation(tmp_path / name, url, more)
            stack.callback(installation.close)
            return installation

        yield made


@pytest.fixture(params=["sqlite", "postgresql"])
def make(request: pytest.FixtureRequest, new: New) -> Make:
    """Makes installations of one kind of database."""

    def made(name: str) -> Installation:
        if request.param == "sqlite":
            return new(name)
        address = request.getfixturevalue("postgres_address")
        # What is restored into begins with nothing, as on a new machine.
        like = "template1" if name == "there" else LAID_OUT
        return new(name, new_database(address, f"{name}_{uuid.uuid4().hex[:8]}", like))

    return made


def filled(made: Installation, count: int = 3) -> list[str]:
    """Some people and entries; answers their ids."""
    if not made.database_url:
        lay_out(made.data)
    out = made.python(f"{MAKE_CLINIC}\n{WRITE}\nfor _ in range({count}): write()")
    return out.split()


def with_keys_of(source: Installation, target: Installation) -> Installation:
    target.data.mkdir(exist_ok=True)
    shutil.copy(source.data / "keys.json", target.data / "keys.json")
    return target


def people(made: Installation) -> list[str]:
    return made.python(ALL).split()


def test_a_drill_under_load(make: Make, tmp_path: Path) -> None:
    here = make("here")
    acknowledged = set(filled(here))
    script = "from tautband.clinic.start import set_up; set_up()\n" + WRITE
    writers = [here.start("-c", f"{script}\nwhile True: write()") for _ in range(2)]
    try:
        for writer in writers:  # both are under way
            assert writer.stdout is not None
            acknowledged.update(writer.stdout.readline().strip() for _ in range(5))
        time.sleep(0.5)
        said = here.told("backup", str(tmp_path / "drill.backup"))
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()
    assert "is sound." in said
    assert "is whole." in said

    there = with_keys_of(here, make("there"))
    assert "Everybody has to sign in again." in there.told(
        "restore", str(tmp_path / "drill.backup")
    )
    found = people(there)
    assert acknowledged <= set(found)
    assert len(found) == len(set(found))
    assert set(found) <= set(people(here))
    assert "Whole:" in there.told("audit", "verify")
    # And it goes on: the next entry follows the last one restored.
    there.python(f"{WRITE}\nwrite()")
    assert "Whole:" in there.told("audit", "verify")


def test_restoring_over_something_needs_a_word_and_keeps_it(make: Make, tmp_path: Path) -> None:
    here, file = make("here"), str(tmp_path / "a.backup")
    early = filled(here)
    here.told("backup", file)
    late = here.python(f"{WRITE}\nwrite()").split()
    assert "is not empty" in here.refused("restore", file)
    assert set(people(here)) == {*early, *late}
    said = here.told("restore", file, "--replace")
    assert "What was here before is kept in" in said
    assert set(people(here)) == set(early)
    assert "Whole:" in here.told("audit", "verify")
    if not here.database_url:
        (aside,) = here.data.glob("before-restore-*/tautband.sqlite3")
        with contextlib.closing(sqlite3.connect(aside)) as opened:
            kept = opened.execute("SELECT count(*) FROM people_user").fetchone()
    else:
        schema = said.partition("schema ")[2].partition(".")[0]
        with psycopg.connect(here.database_url) as opened_too:
            kept = opened_too.execute(
                f'SELECT count(*) FROM "{schema}".people_user'.encode()
            ).fetchone()
    assert kept == (len({*early, *late}),)
    # A second backup does not carry what was kept aside.
    here.told("backup", str(tmp_path / "b.backup"))


@pytest.mark.parametrize("stopped", [False, True], ids=["listed", "stopped before the list"])
def test_what_is_erased_stays_erased(new: New, tmp_path: Path, stopped: bool) -> None:
    here, file = new("here"), str(tmp_path / "a.backup")
    filled(here)
    here.python(
        "from tests.clinic.sealing.models import Person\n"
        "import uuid\n"
        "Person.objects.create(id=uuid.UUID(int=3), clinic_id=uuid.UUID(int=9), name='Ann')"
    )
    here.told("backup", file)
    here.python(
        "from django.db import transaction\n"
        "from tautband.clinic.erasures import destroy_key\n"
        "from tests.clinic.sealing.models import Person\n"
        "with transaction.atomic(): destroy_key(Person.objects.get())"
    )
    if stopped:
        (here.data / "erased.jsonl").unlink()
    assert "Erased again: 1" in here.told("restore", file, "--replace")
    read = (
        "from tautband.clinic.patient_keys import is_erased\n"
        "from tests.clinic.sealing.models import Person\n"
        "print(is_erased(Person.objects.get()))"
    )
    assert here.python(read).strip() == "True"


def test_rows_of_an_erased_patient_do_not_come_back(new: New, tmp_path: Path) -> None:
    here, file = new("here"), str(tmp_path / "a.backup")
    filled(here)
    here.python(
        "import uuid\n"
        "from tautband.clinic.people.models import Clinic, Membership, User\n"
        "from tests.clinic.record import made\n"
        "clinic, user = Clinic.objects.get(), User.objects.create_user('o@example.org')\n"
        "for role in ('owner', 'clinician'):\n"
        "    Membership.objects.create(clinic=clinic, user=user, role=role)\n"
        "by = made.seat_in(user, clinic)\n"
        "patient = made.patient(by, is_synthetic=True)\n"
        "made.note(by, made.episode(by, patient))"
    )
    here.told("backup", file)
    here.python(
        "from tautband.clinic.people.models import Clinic, User\n"
        "from tautband.clinic.record.models import Patient\n"
        "from tautband.clinic.record.services.erasure import request\n"
        "from tests.clinic.record import made\n"
        "user = User.objects.get(email='o@example.org')\n"
        "by = made.seat_in(user, Clinic.objects.get())\n"
        "request(by, Patient.objects.get().pk, made.DAY, made.DAY, made.fresh())"
    )
    here.told("restore", file, "--replace")
    count = (
        "from tautband.clinic.record.models import Episode, Note\n"
        "print(Note.objects.count() + Episode.objects.count())"
    )
    assert here.python(count).strip() == "0"


def test_a_backup_is_sealed_and_refuses_every_other_key(new: New, tmp_path: Path) -> None:
    here, file = new("here"), tmp_path / "a.backup"
    filled(here)
    here.told("backup", str(file))
    assert b"example.org" not in file.read_bytes()
    assert file.stat().st_mode & 0o777 == 0o600
    there = new("there")
    assert "keys.json does not exist" in there.refused("restore", str(file))
    filled(there)
    assert "which the key ring lacks" in there.refused("restore", str(file), "--replace")
    assert not list(here.data.glob(".backup-work-*"))


def test_a_damaged_or_short_file_changes_nothing(new: New, tmp_path: Path) -> None:
    here, file = new("here"), tmp_path / "a.backup"
    kept = filled(here)
    here.told("backup", str(file))
    whole = file.read_bytes()
    damaged = tmp_path / "damaged.backup"
    for bad in (whole[:-1], whole[: len(whole) // 2], whole[:-40] + b"x" + whole[-39:], b"PK"):
        damaged.write_bytes(bad)
        here.refused("restore", str(damaged), "--replace")
    assert set(people(here)) == set(kept)
    assert "Whole:" in here.told("audit", "verify")
    assert "does not exist" in here.refused("restore", str(tmp_path / "none"))
    assert "is a folder" in here.refused("restore", str(tmp_path))


def test_a_backup_never_overwrites(new: New, tmp_path: Path) -> None:
    here, file = new("here"), tmp_path / "a.backup"
    filled(here)
    file.write_text("mine")
    assert "exists already" in here.refused("backup", str(file))
    assert file.read_text() == "mine"
    assert "does not exist" in here.refused("backup", str(tmp_path / "none" / "a.backup"))
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []


def test_old_backups_go_when_a_new_one_is_good(new: New, tmp_path: Path) -> None:
    here, folder = new("here"), tmp_path / "backups"
    filled(here)
    folder.mkdir()
    old = folder / "tautband-20250101T000000Z.backup"
    older = folder / "tautband-20240101T000000Z.backup"
    mine = folder / "notes.txt"
    for path in (old, older, mine):
        path.write_text("x")
    said = here.told("backup", "--to", str(folder), "--keep", "2")
    assert "Deleted: tautband-20240101T000000Z.backup, made 2024-01-01 00:00 UTC." in said
    assert not older.exists()
    assert {old, mine} < set(folder.iterdir())
    assert len(list(folder.iterdir())) == 3
    assert "needs --to" in here.refused("backup", str(tmp_path / "x"), "--keep", "2")


def test_a_passphrase_opens_it_too(new: New, tmp_path: Path) -> None:
    here, file, words = new("here"), tmp_path / "a.backup", tmp_path / "words"
    filled(here)
    words.write_text("short\n")
    assert "at least 12" in here.refused("backup", str(file), "--passphrase-file", str(words))
    words.write_text("twelve small needles\n")
    here.told("backup", str(file), "--passphrase-file", str(words))
    assert "passphrase: is missing" in here.refused("restore", str(file), "--check")
    assert "is whole." in here.told(
        "restore", str(file), "--check", "--passphrase-file", str(words)
    )


def test_a_tampered_trail_is_backed_up_but_said_aloud(new: New, tmp_path: Path) -> None:
    here, file = new("here"), tmp_path / "a.backup"
    filled(here)
    here.python(
        "from tests.clinic.triggers import without_triggers\n"
        "from django.db import connection\n"
        "with without_triggers(), connection.cursor() as cursor:\n"
        "    cursor.execute('DELETE FROM trail_auditentry WHERE number = 2')"
    )
    code, out, _ = here.command("backup", str(file))
    assert code == 1
    assert "Entry 2 was removed." in " ".join(out.split())
    assert file.exists()


def test_a_running_server_is_noticed(make: Make, tmp_path: Path) -> None:
    here, file = make("here"), str(tmp_path / "a.backup")
    filled(here)
    here.told("backup", file)
    script = (
        "from tautband.clinic.start import open_installation; open_installation()\n"
        "from tautband.clinic.people.models import User\n"
        "print(User.objects.count(), flush=True)\n"
        "input()"
    )
    with here.start("-c", script) as other:
        assert other.stdout is not None
        other.stdout.readline()
        refusal = here.refused("restore", file, "--replace")
        other.kill()
    assert "stopped first" in refusal


def test_another_kind_of_database_is_refused(
    new: New, postgres_address: str, tmp_path: Path
) -> None:
    here, file = new("here"), str(tmp_path / "a.backup")
    filled(here)
    here.told("backup", file)
    url = new_database(postgres_address, "other")
    there = with_keys_of(here, new("there", url))
    assert "holds a database of sqlite" in there.refused("restore", file)


def test_an_old_pg_dump_is_named(new: New, postgres_address: str, tmp_path: Path) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("pg_dump", "pg_restore"):
        (programs / name).write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) 9.6.24'\n")
        (programs / name).chmod(0o755)
    url = new_database(postgres_address, "old")
    here = new("here", url)
    filled(here)
    old = new("here", url, PATH=f"{programs}:/usr/bin:/bin")
    assert "pg_dump: is version 9, and the server is version" in old.refused(
        "backup", str(tmp_path / "a.backup")
    )
    none = new("here", url, PATH=str(tmp_path))
    assert "pg_dump: is not installed" in none.refused("backup", str(tmp_path / "a.backup"))
    assert not (tmp_path / "a.backup").exists()


def test_heads_in_the_second_place_follow_a_restore(new: New, tmp_path: Path) -> None:
    second = tmp_path / "second"
    here = new("here", TAUTBAND_HEADS=str(second))
    file = str(tmp_path / "a.backup")
    filled(here)
    here.told("backup", file)
    here.python(f"{WRITE}\nfor _ in range(9): write()")
    here.told("restore", file, "--replace")
    assert "Whole:" in here.told("audit", "verify")
    assert list(second.glob("before-restore-*/*.json"))
    head = json.loads((second / f"{uuid.UUID(int=9)}.json").read_text())
    assert head["number"] == 4  # three entries and that of the restore
