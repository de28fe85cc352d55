"""Rotating keys: interrupted, beside others' writing, with values that nobody can open."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.utils import timezone

from tautband.base.errors import InputError
from tautband.clinic import rotation
from tautband.clinic.blind_fields import found_by
from tautband.clinic.key_care import SETTLED, add_key, copy_ring, retire_key
from tautband.clinic.keyring import key_ring, replace_ring
from tautband.clinic.people.models import Clinic
from tautband.clinic.rotation import Progress, rotate, uses
from tautband.vault.keys import KeyRing, MasterKey
from tests.clinic.rings import own_ring
from tests.clinic.sealing.models import Contact, Memo, Note, Person
from tests.clinic.test_sealed_fields import put, stored

__all__ = ["own_ring"]
pytestmark = pytest.mark.django_db
PEOPLE = 7
VALUES = PEOPLE * 2 + 3  # a wrapped key and a memo each, and three of a contact


@pytest.fixture
def clinic(own_ring: Path) -> Clinic:
    clinic = Clinic.objects.create(name="Hill Street", jurisdiction="GB")
    for number in range(PEOPLE):
        person = Person.objects.create(clinic=clinic, name=f"Person {number}")
        Note.objects.create(person=person, text=f"Note {number}")
        Memo.objects.create(clinic=clinic, text=f"Memo {number}")
    Contact.objects.create(clinic=clinic, name="Ana", email="Ana@example.org")
    return clinic


def everything() -> set[str | None]:
    return {
        *(person.name for person in Person.objects.all()),
        *(note.text for note in Note.objects.all()),
        *(memo.text for memo in Memo.objects.all()),
        *(contact.email for contact in Contact.objects.all()),
    }


def old_and_new() -> tuple[str, str]:
    old = key_ring().active
    return old, add_key().active


def settle() -> None:
    """As if ten minutes had gone by since the newest key was made."""
    then = timezone.now() - SETTLED - timedelta(seconds=1)
    keys = tuple(MasterKey(key.secret, then) for key in key_ring())
    replace_ring(KeyRing(keys, key_ring().active))


def test_everything_is_sealed_anew_and_reads_as_before(clinic: Clinic) -> None:
    before = everything()
    note = stored(Note.objects.all()[0], "text")
    old, new = old_and_new()
    assert set(uses()) == {old}
    assert rotate().done == VALUES
    assert set(uses()) == {new}
    assert everything() == before
    assert stored(Note.objects.all()[0], "text") == note  # a person's key was wrapped anew, no more
    assert rotate() == Progress()


def test_a_rotation_interrupted_anywhere_is_finished_by_starting_again(clinic: Clinic) -> None:
    before = everything()
    for steps in range(1, 12):
        old, new = old_and_new()
        with pytest.raises(KeyboardInterrupt):
            rotate(batch=2, tell=stop_after(steps))
        assert everything() == before
        halfway = uses()
        if steps < 9:
            assert set(halfway) == {old, new}
        left = sum(halfway.get(old, {}).values())
        progress = rotate(batch=2)
        assert (progress.done, progress.broken) == (left, [])
        assert set(uses()) == {new}
        assert everything() == before


def stop_after(steps: int) -> Callable[[Progress], None]:
    left = iter(range(steps - 1))

    def tell(_: Progress) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt

    return tell


def test_what_is_written_meanwhile_stays(clinic: Clinic, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody saves between our reading of a value and our writing of it."""
    old_and_new()
    sealed_anew = rotation._sealed_anew
    saved: list[UUID] = []

    def slow(column: rotation.Column, ring: KeyRing, row: Memo, value: object) -> object:
        anew = sealed_anew(column, ring, row, value)
        if column.name == "sealing.memo.text" and not saved:
            memo = Memo.objects.get(pk=row.pk)
            memo.text = "said meanwhile"
            memo.save()
            saved.append(memo.pk)
        return anew

    monkeypatch.setattr(rotation, "_sealed_anew", slow)
    progress = rotate()
    assert Memo.objects.get(pk=saved[0]).text == "said meanwhile"
    assert (progress.changed_meanwhile, progress.broken) == (0, [])
    assert set(uses()) == {key_ring().active}


def test_a_value_that_cannot_be_opened_is_named_and_left(clinic: Clinic) -> None:
    old, _ = old_and_new()
    memo = Memo.objects.all()[0]
    touched = bytearray(stored(memo, "text"))
    touched[-1] ^= 1
    put(memo, "text", bytes(touched))
    progress = rotate()
    assert progress.broken == [
        f"sealing.memo.text:{memo.pk}: was changed, or sealed for another place"
    ]
    assert progress.done == VALUES - 1
    assert stored(memo, "text") == touched
    assert uses()[old] == {"sealing.memo.text": 1}
    settle()
    with pytest.raises(InputError, match=r"is still needed: 1 in sealing.memo.text"):
        retire_key(old)
    assert old in key_ring()


def test_an_index_is_found_before_while_and_after(clinic: Clinic) -> None:
    def found() -> int:
        return found_by(Contact.objects.all(), "email_blind", "ana@EXAMPLE.org", clinic.id).count()

    assert found() == 1
    old_and_new()
    assert found() == 1
    rotate()
    assert found() == 1


def test_a_key_is_forgotten_only_when_nothing_needs_it(clinic: Clinic) -> None:
    old, new = old_and_new()
    with pytest.raises(InputError, match="is the active one"):
        retire_key(new)
    with pytest.raises(InputError, match="until a few minutes ago"):
        retire_key(old)
    settle()
    with pytest.raises(InputError, match=r"is still needed: 1 in sealing.contact.data_key, "):
        retire_key(old)
    rotate()
    retire_key(old)
    assert [key.id for key in key_ring()] == [new]
    assert len(everything()) == PEOPLE * 3 + 1
    with pytest.raises(InputError, match="is not in the ring"):
        retire_key(old)


def test_other_places_that_need_a_key_are_asked(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, _ = old_and_new()
    rotate()
    settle()
    monkeypatch.setattr(rotation, "OTHER_USES", [lambda: {old: "the head of a chain"}])
    with pytest.raises(InputError, match="is still needed: 1 in the head of a chain"):
        retire_key(old)


def test_a_copy_holds_every_key_and_overwrites_nothing(clinic: Clinic, tmp_path: Path) -> None:
    old_and_new()
    target = tmp_path / "copy.json"
    copy_ring(target)
    assert target.stat().st_mode & 0o777 == 0o600
    assert {key.id for key in KeyRing.parse(target.read_text())} == {key.id for key in key_ring()}
    with pytest.raises(InputError, match="exists"):
        copy_ring(target)
